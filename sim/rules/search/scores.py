"""What a search measures: the score of a package that the searcher refuses, and what rules with quotas turn on."""

from sim.game import Floats, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import ABSENT, SATISFIED, is_in_force, nth_largest
from sim.rules.packages import falls_under
from sim.rules.state import State

UNACCEPTABLE = -1e4
"""Score of a package that the searcher only just refuses. Scores below `WITHIN_REACH` are of packages that it refuses."""

WITHIN_REACH = ABSENT * 5.0

A_REFUSAL = 100.0
"""What each pattern that the searcher refuses takes off the score."""


@inlined
def own_score(own: float, refused: int) -> float:
    """Score of a package that the searcher cannot accept."""
    return UNACCEPTABLE + min(0.0, own) - A_REFUSAL * refused


@compiled
def quota_score(g: Rulebook, s: State, p: int, surplus: Floats) -> float:
    """Least surplus on which the rules turn that need only some of their members, for package s.x."""
    least = SATISFIED
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for q in range(surplus.shape[0]):
        s.scaled[q] = s.scale[q] * surplus[q] if s.present[q] else ABSENT
    s.scaled[p] = SATISFIED
    for group in range(g.group_needed.shape[0]):
        counts = is_in_force(g, s, group) and not g.group_whole[group]
        if counts and falls_under(g, s.patterns, first + group, s.x):
            least = min(least, nth_largest(s.scaled, g.group_members[group], g.group_needed[group]))
    return least
