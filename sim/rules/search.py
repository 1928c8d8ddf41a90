"""Search over packages: what a one-issue change does to every party's surplus, kept up to date in O(P) a change.

The searcher p looks for the package that is best for the others among those that it could accept itself. The `score` of
a package is the least surplus of those whose consent it needs, as p sees it, where p can accept it; and far below that,
rising with p's own surplus, where it cannot: so an ascent first finds its way to what p accepts.

Patterns over one issue (most red lines, most consent rules) are folded into tables by option before a search; only
patterns over several issues ("joint" ones) are followed while it runs. Package, surpluses and counts are scratch fields
of the state: `place` sets them, `change` keeps them.
"""

from sim.game import Floats, Ints, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import ABSENT, SATISFIED, nth_largest
from sim.rules.formulas import TOLERANCE, reaches
from sim.rules.packages import matches
from sim.rules.state import State
from sim.rules.tables import contents, pattern_owner

UNACCEPTABLE = -1e4
"""Score of a package that the searcher only just refuses. Scores below `WITHIN_REACH` are of packages that it refuses."""

WITHIN_REACH = ABSENT * 5.0
STEPS = 200


@inlined
def misses_after(s: State, k: int, i: int, option: int) -> int:
    """Issues that joint pattern k does not match once issue i is at `option`."""
    return s.misses[k] + contents(s, k, i, s.x[i]) - contents(s, k, i, option)


@inlined
def note_what_matters(g: Rulebook, s: State, p: int) -> None:
    """Which joint patterns change p's own surplus, or what it refuses, when they match."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for k in g.joint:
        s.matters[k] = s.forbids[k] > 0 or (k < first and pattern_owner(g, k) == p)


@inlined
def may_flip(g: Rulebook, s: State, i: int, for_all: bool) -> bool:
    """Whether a change of issue i alone makes a joint pattern match, or cease to: any, or one that matters to p itself."""
    for k in g.touching[i]:
        if k < 0:
            break
        if for_all or s.matters[k]:
            if s.misses[k] == 0 or (s.misses[k] == 1 and contents(s, k, i, s.x[i]) == 0):
                return True
    return False


@compiled
def flip(g: Rulebook, s: State, k: int, sign: int, surplus: Floats, need: Ints) -> int:
    """A joint pattern begins (1) or ceases (-1) to match: change surplus or need; return the change in what p refuses."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    if k >= first:
        if g.phase_groups[s.phase[0], k - first] and g.group_whole[k - first]:
            for q in range(need.shape[0]):
                need[q] += sign * g.group_members[k - first, q]
        return sign * s.forbids[k]
    surplus[pattern_owner(g, k)] += sign * s.amount[k]
    return sign * s.forbids[k]


@inlined
def counts_as_moved(g: Rulebook, s: State, i: int, option: int) -> int:
    """1 where an option differs from what holds now; a game without status quo always moves."""
    return int(option != s.package[i] or g.status_quo[i] < 0)


@compiled
def place(g: Rulebook, s: State, x: Ints) -> None:
    """Start from package x."""
    surplus, need, table, asks, refused, moved = s.surplus, s.need, s.table, s.asks, s.closed[0], 0
    for k in g.joint:
        s.misses[k] = 0
    for q in range(surplus.shape[0]):
        surplus[q], need[q] = -s.floor[q], s.always[q]
    for i in g.issue_order:
        option = x[i]
        s.x[i] = option
        refused += s.banned[i, option]
        moved += counts_as_moved(g, s, i, option)
        for q in range(surplus.shape[0]):
            surplus[q] += table[i, option, q]
            need[q] += asks[i, option, q]
        for k in g.touching[i]:
            if k < 0:
                break
            s.misses[k] += 1 - contents(s, k, i, option)
    for k in g.joint:
        if s.misses[k] == 0:
            refused += flip(g, s, k, 1, surplus, need)
    s.refused[0], s.moved[0] = refused, moved


@compiled
def change(g: Rulebook, s: State, i: int, option: int) -> None:
    """Set issue i of s.x to `option`."""
    surplus, need, table, asks, old = s.surplus, s.need, s.table, s.asks, s.x[i]
    for q in range(surplus.shape[0]):
        surplus[q] += table[i, option, q] - table[i, old, q]
        need[q] += asks[i, option, q] - asks[i, old, q]
    s.refused[0] += s.banned[i, option] - s.banned[i, old]
    s.moved[0] += counts_as_moved(g, s, i, option) - counts_as_moved(g, s, i, old)
    for k in g.touching[i]:
        if k < 0:
            break
        before = s.misses[k]
        s.misses[k] = misses_after(s, k, i, option)
        if (before == 0) != (s.misses[k] == 0):
            s.refused[0] += flip(g, s, k, 1 if before != 0 else -1, surplus, need)
    s.x[i] = option


@compiled
def quota_score(g: Rulebook, s: State, p: int, surplus: Floats) -> float:
    """Least surplus on which the rules turn that need only some of their members, for package s.x."""
    least = SATISFIED
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for q in range(surplus.shape[0]):
        s.scaled[q] = s.scale[q] * surplus[q] if s.present[q] else ABSENT
    s.scaled[p] = SATISFIED
    for group in range(g.group_needed.shape[0]):
        if g.phase_groups[s.phase[0], group] and not g.group_whole[group] and matches(s.patterns[first + group], s.x):
            least = min(least, nth_largest(s.scaled, g.group_members[group], g.group_needed[group]))
    return least


@inlined
def own_score(own: float, refused: int) -> float:
    """Score of a package that the searcher cannot accept."""
    return UNACCEPTABLE + min(0.0, own) - 100.0 * refused


@compiled
def score(g: Rulebook, s: State, p: int) -> float:
    """Score of s.x. No change at all is never a deal and counts as refused."""
    refused = s.refused[0] + int(s.moved[0] == 0)
    if refused > 0 or s.surplus[p] < -TOLERANCE:
        return own_score(s.surplus[p], refused)
    least = SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0:
            least = min(least, s.scale[q] * s.surplus[q] if s.present[q] else ABSENT)
    return min(least, quota_score(g, s, p, s.surplus)) if s.has_quota[0] else least


@compiled
def joint_view(g: Rulebook, s: State, i: int, option: int, own: float, refused: int) -> tuple[float, int]:
    """The searcher's surplus and what it refuses, once the joint patterns count that begin or cease to match."""
    for k in g.touching[i]:
        if k < 0:
            break
        if s.matters[k]:
            sign = int(misses_after(s, k, i, option) == 0) - int(s.misses[k] == 0)
            own += sign * s.amount[k]
            refused += sign * s.forbids[k]
    return own, refused


@inlined
def own_view(g: Rulebook, s: State, p: int, i: int, option: int, joint: bool) -> tuple[float, int]:
    """p's surplus with issue i of s.x at `option`, and how many patterns it then refuses; no change counts as one."""
    old = s.x[i]
    own = s.surplus[p] + (s.table[i, option, p] - s.table[i, old, p])
    refused = s.refused[0] + s.banned[i, option] - s.banned[i, old]
    if joint:
        own, refused = joint_view(g, s, i, option, own, refused)
    if s.moved[0] <= 1 and s.moved[0] + counts_as_moved(g, s, i, option) - counts_as_moved(g, s, i, old) == 0:
        refused += 1
    return own, refused


@compiled
def try_change(g: Rulebook, s: State, i: int, option: int) -> None:
    """Write surplus and need with issue i of s.x at `option` to `trial` and `trial_need`."""
    trial, trial_need, table, asks, old = s.trial, s.trial_need, s.table, s.asks, s.x[i]
    for q in range(trial.shape[0]):
        trial[q] = s.surplus[q] + (table[i, option, q] - table[i, old, q])
        trial_need[q] = s.need[q] + asks[i, option, q] - asks[i, old, q]
    for k in g.touching[i]:
        if k < 0:
            break
        sign = int(misses_after(s, k, i, option) == 0) - int(s.misses[k] == 0)
        if sign != 0:
            flip(g, s, k, sign, trial, trial_need)


@compiled
def level_after(g: Rulebook, s: State, p: int, i: int, option: int, joint: bool, enough: float) -> float:
    """Least surplus of those whose consent s.x with issue i at `option` needs; anything up to `enough` will do there."""
    least, old = SATISFIED, s.x[i]
    if joint or s.has_quota[0]:
        try_change(g, s, i, option)
    for q in range(s.surplus.shape[0]):
        if joint:
            level, needed = s.trial[q], s.trial_need[q]
        else:
            level = s.surplus[q] + (s.table[i, option, q] - s.table[i, old, q])
            needed = s.need[q] + s.asks[i, option, q] - s.asks[i, old, q]
        if q != p and needed > 0:
            least = min(least, s.scale[q] * level if s.present[q] else ABSENT)
            if least <= enough:
                return least
    if s.has_quota[0]:
        s.x[i] = option
        least = min(least, quota_score(g, s, p, s.trial))
        s.x[i] = old
    return least


@inlined
def hardest(s: State, p: int) -> int:
    """Party whose consent to s.x is needed and hardest to have; -1 where there is none."""
    worst, least = -1, SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0 and s.scale[q] * s.surplus[q] < least:
            worst, least = q, s.scale[q] * s.surplus[q]
    return worst


@inlined
def stays_below(s: State, q: int, i: int, option: int, joint: bool, enough: float) -> bool:
    """Whether q is sure to be needed still with issue i at `option`, and its surplus no more than `enough`."""
    if q < 0 or joint or s.asks[i, s.x[i], q] > 0:
        return False
    return s.scale[q] * (s.surplus[q] + (s.table[i, option, q] - s.table[i, s.x[i], q])) <= enough


@compiled
def nearest_change(g: Rulebook, s: State, p: int, beat: float) -> tuple[int, int, float]:
    """As `best_change`, while p refuses all changes of s.x: only its own view counts. SATISFIED once it takes one."""
    issue, chosen, best, agenda = -1, -1, beat, g.agenda[s.phase[0]]
    for i in g.issue_order:
        if not agenda[i]:
            continue
        matters = may_flip(g, s, i, False)
        for option in range(g.options[i]):
            if option == s.x[i]:
                continue
            own, refused = own_view(g, s, p, i, option, matters)
            if refused <= 0 and own >= -TOLERANCE:
                return i, option, SATISFIED
            reached = own_score(own, refused)
            if reached > best + TOLERANCE:
                issue, chosen, best = i, option, reached
    return issue, chosen, best


@compiled
def best_change(g: Rulebook, s: State, p: int, beat: float) -> tuple[int, int, float]:
    """Best one-issue change of s.x that beats a score: issue (-1: none), option, score. Ties: issue order, option order.

    The hottest loop of the program. Most changes are passed over because they do too little for the hardest party.
    """
    if beat < WITHIN_REACH:
        issue, chosen, best = nearest_change(g, s, p, beat)
        if best < WITHIN_REACH:
            return issue, chosen, best
    issue, chosen, best = -1, -1, beat
    agenda, first = g.agenda[s.phase[0]], hardest(s, p)
    for i in g.issue_order:
        if not agenda[i]:
            continue
        joint, matters = may_flip(g, s, i, True), may_flip(g, s, i, False)
        for option in range(g.options[i]):
            if option == s.x[i] or stays_below(s, first, i, option, joint, best):
                continue
            own, refused = own_view(g, s, p, i, option, matters)
            if refused > 0 or own < -TOLERANCE:
                continue
            reached = level_after(g, s, p, i, option, joint, best)
            if reached > best + TOLERANCE:
                issue, chosen, best = i, option, reached
    return issue, chosen, best


@compiled
def climb(g: Rulebook, s: State, p: int, reached: float) -> float:
    """Steepest ascent over one-issue changes from s.x, whose score is given; returns the score at its end."""
    for _ in range(STEPS):
        issue, option, better = best_change(g, s, p, reached)
        if issue < 0:
            break
        change(g, s, issue, option)
        reached = better
    return reached


@inlined
def ascend(g: Rulebook, s: State, p: int, x: Ints) -> float:
    """Steepest ascent from package x; the package it ends at is s.x, its score is returned."""
    place(g, s, x)
    return climb(g, s, p, score(g, s, p))


@inlined
def is_worth_tabling(reached: float) -> bool:
    """Whether a score is that of a package which the searcher accepts and on which consent can be had."""
    return reaches(reached, ABSENT / 2)
