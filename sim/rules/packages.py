"""Packages: what matches them and what they are worth."""

from sim.game import Floats, Ints, Masks, Rulebook, World
from sim.rules.compiled import compiled, inlined


@compiled
def matches(mask: Masks, x: Ints) -> bool:
    """Whether package x [I] matches a pattern [I]."""
    for i in range(x.shape[0]):
        if (mask[i] >> x[i]) & 1 == 0:
            return False
    return True


@inlined
def additive_value(value: Floats, issue_order: Ints, x: Ints) -> float:
    """Weighted value [I, O] of package x [I], summed in the order of `issue_order` (Keeney & Raiffa 1976)."""
    total = 0.0
    for i in issue_order:
        total += value[i, x[i]]
    return total


@compiled
def package_value(g: Rulebook, w: World, p: int, x: Ints) -> float:
    """Value of package x for party p: linear additive with linkages; never clipped."""
    total = additive_value(w.value[p], g.issue_order, x)
    first = g.line_owner.shape[0]
    for link in range(g.link_owner.shape[0]):
        if g.link_owner[link] == p and matches(g.masks[first + link], x):
            total += w.bonus[link]
    return total


@inlined
def copy(x: Ints, into: Ints) -> None:
    """Copy a package; a plain loop, since a slice assignment compiles into an error message for shapes."""
    for i in range(x.shape[0]):
        into[i] = x[i]
