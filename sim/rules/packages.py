"""Packages: what matches them and what they are worth."""

from typing import Any

from numpy.typing import NDArray

from sim.game import Floats, Ints, Masks, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.state import State


@compiled
def matches(mask: Masks, x: Ints) -> bool:
    """Whether package x [I] matches a pattern [I]."""
    for i in range(x.shape[0]):
        if (mask[i] >> x[i]) & 1 == 0:
            return False
    return True


@inlined
def falls_under(g: Rulebook, patterns: Masks, k: int, x: Ints) -> bool:
    """Whether package x matches pattern k of `patterns` [K, I]: only the issues that it names are looked at."""
    for i in g.naming[k]:
        if i < 0:
            break
        if (patterns[k, i] >> x[i]) & 1 == 0:
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
def linked_value(
    value: Floats, bonus: Floats, link_owner: Ints, link_masks: Masks, issue_order: Ints, p: int, x: Ints
) -> float:
    """Value of package x for party p: additive in `value` [P, I, O], with its linkages [L]; never clipped."""
    total = additive_value(value[p], issue_order, x)
    for link in range(link_owner.shape[0]):
        if link_owner[link] == p and matches(link_masks[link], x):
            total += bonus[link]
    return total


@inlined
def additive_with_links(g: Rulebook, w: World, value: Floats, p: int, x: Ints) -> float:
    """Additive in `value` [I, O], with the linkages of party p; never clipped."""
    lines, total = g.line_owner.shape[0], additive_value(value, g.issue_order, x)
    for link in range(g.link_owner.shape[0]):
        if g.link_owner[link] == p and falls_under(g, g.masks, lines + link, x):
            total += w.bonus[link]
    return total


@compiled
def package_value(g: Rulebook, w: World, p: int, x: Ints) -> float:
    """Face value of package x for party p in a world: linear additive with linkages, as if it lasted."""
    return additive_with_links(g, w, w.value[p], p, x)


@compiled
def package_worth(g: Rulebook, w: World, s: State, p: int, x: Ints) -> float:
    """What package x is worth to party p, protections included: what is compared with its no-deal value."""
    return additive_with_links(g, w, s.worth[p], p, x)


@inlined
def copy(x: NDArray[Any], into: NDArray[Any]) -> None:
    """Copy a package; a plain loop, since a slice assignment compiles into an error message for shapes."""
    for i in range(x.shape[0]):
        into[i] = x[i]


@inlined
def are_equal(x: Ints, y: Ints) -> bool:
    """Whether two packages are the same."""
    for i in range(x.shape[0]):
        if x[i] != y[i]:
            return False
    return True
