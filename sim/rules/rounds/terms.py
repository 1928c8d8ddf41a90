"""Terms: how far a settlement lies from the other side's position to a party's own."""

import numpy as np

from sim.game import Floats, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.packages import additive_with_links
from sim.rules.state import State

LEAST_APART = 0.01
"""Positions that differ by less to a party have no terms between them."""


@compiled
def worth_of_position(g: Rulebook, w: World, s: State, value: Floats, p: int, holder: int) -> float:
    """What the whole position of `holder` at the start is worth to p by `value` [I, O]; where it is silent, as then.

    A position that changes later is no other measure: terms of all agreements are on one scale.
    """
    for i in range(g.options.shape[0]):
        s.found[i] = g.position[0, holder, i] if g.position[0, holder, i] >= 0 else g.start[i]
    return additive_with_links(g, w, value, p, s.found)


@inlined
def is_other_side(g: Rulebook, p: int, q: int) -> bool:
    """Whether q's position counts as the other side's: a belligerent's, and for one that fights its adversary's."""
    return g.belligerent[q] and g.has_position[q] and q != p


@compiled
def placed(g: Rulebook, w: World, s: State, value: Floats, p: int) -> float:
    """Where what is settled lies for p, by `value` [I, O]: 0 the other side's position, 1 its own; never clipped.

    The other side is the belligerent whose position p likes least. NaN without such positions, or where they hardly differ.
    """
    least = np.inf
    for q in range(g.party_order.shape[0]):
        if is_other_side(g, p, q):
            least = min(least, worth_of_position(g, w, s, value, p, q))
    own = worth_of_position(g, w, s, value, p, p)
    if not g.has_position[p] or not own - least >= LEAST_APART:
        return np.nan
    return (additive_with_links(g, w, value, p, s.package) - least) / (own - least)


@compiled
def terms_for(g: Rulebook, w: World, s: State, p: int) -> tuple[float, float]:
    """The terms of what is settled for p: by worth, and by face value."""
    return placed(g, w, s, s.worth[p], p), placed(g, w, s, w.value[p], p)
