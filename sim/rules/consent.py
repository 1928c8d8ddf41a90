"""Who must accept a package, as a function of what is in it."""

from sim.game import Flags, Floats, Ints, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.packages import falls_under
from sim.rules.state import State

ABSENT = -1e3
"""Surplus of a party that has left the table: its consent cannot be had."""

SATISFIED = 1e3
"""Surplus of the author of a package: its consent comes with the package."""


@inlined
def is_in_force(g: Rulebook, s: State, group: int) -> bool:
    """Whether a consent rule counts in this phase, and has not ended."""
    return g.phase_groups[s.phase[0], group] and s.today[0] < g.group_until[group]


@inlined
def is_live(g: Rulebook, s: State, group: int, x: Ints) -> bool:
    """Whether a consent rule is in force in this phase and package x falls under it."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    return is_in_force(g, s, group) and falls_under(g, s.patterns, first + group, x)


@inlined
def can_be_satisfied(g: Rulebook, s: State, group: int) -> bool:
    """Whether those at the table could satisfy a consent rule; if not, what falls under it is off the table."""
    there = 0
    for q in range(g.party_order.shape[0]):
        if g.group_members[group, q] and s.present[q]:
            there += 1
    return there >= g.group_needed[group]


@inlined
def must_be_asked(g: Rulebook, s: State, q: int, x: Ints) -> bool:
    """Whether q's consent counts for package x."""
    for group in range(g.group_needed.shape[0]):
        if g.group_members[group, q] and is_live(g, s, group, x):
            return True
    return False


@compiled
def nth_largest(values: Floats, members: Flags, n: int) -> float:
    """The n-th largest of the members' values: what a rule that needs n of them turns on."""
    for p in range(values.shape[0]):
        if members[p]:
            above, level = 0, 0
            for q in range(values.shape[0]):
                if members[q]:
                    above += values[q] > values[p]
                    level += values[q] == values[p]
            if above < n <= above + level:
                return values[p]
    return ABSENT


@inlined
def turning_point(g: Rulebook, group: int, surplus: Floats) -> float:
    """Surplus [P] on which a consent rule turns: where it needs all of its members, the least of theirs."""
    if not g.group_whole[group]:
        return nth_largest(surplus, g.group_members[group], g.group_needed[group])
    least, nobody = SATISFIED, True
    for q in range(surplus.shape[0]):
        if g.group_members[group, q]:
            least, nobody = min(least, surplus[q]), False
    return ABSENT if nobody else least


@compiled
def note_live(g: Rulebook, s: State, x: Ints) -> None:
    """Which consent rules package x falls under."""
    for group in range(g.group_needed.shape[0]):
        s.live[group] = is_live(g, s, group, x)


@compiled
def consensus(g: Rulebook, s: State, surplus: Floats) -> float:
    """Surplus [P] of the party on which consent turns: the least over all rules that are `live`."""
    least = SATISFIED
    for group in range(g.group_needed.shape[0]):
        if s.live[group]:
            least = min(least, turning_point(g, group, surplus))
    return least
