"""Talks that go on from earlier ones: what these had reached is where they start."""

from sim.game import Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.packages import copy, package_worth
from sim.rules.rounds.positions import breaks_declared_line
from sim.rules.state import State


@inlined
def continues(w: World) -> bool:
    """Whether anything is carried over."""
    return w.rounds_before > 0.0


@compiled
def take_over(g: Rulebook, w: World, s: State) -> None:
    """Before round 0: what holds, who is there, which levers are pulled, which lines were named, how often who refused."""
    s.fighting[0] = int(w.fought_before)
    copy(w.status_quo_before, s.status_quo)
    copy(w.package_before, s.package)
    copy(w.settled_before, s.settled)
    copy(w.lapses_before, s.lapses_at)
    copy(s.package, s.held)
    copy(s.settled, s.held_settled)
    copy(w.present_before, s.present)
    copy(w.pulled_before, s.pulled)
    copy(w.heard_before, s.heard)
    copy(w.strength_before, s.strength_cited)
    copy(w.refusals_before, s.refusals)
    copy(w.withheld_before, s.withheld)
    copy(w.exposed_before, s.exposed)
    copy(w.demand_before, s.demand)
    for p in range(g.party_order.shape[0]):
        copy(w.raised_before[p], s.raised[p])


@inlined
def as_of_now(g: Rulebook, s: State, x: Ints) -> None:
    """Write an earlier text to `found`: what is not on the agenda of this phase is as it holds."""
    for i in range(x.shape[0]):
        s.found[i] = x[i] if g.agenda[s.phase[0], i] else s.package[i]


@inlined
def value_gifts(g: Rulebook, w: World, s: State, p: int) -> None:
    """The best that each adversary offered p in earlier talks counts as given, by what it is worth now."""
    for a in range(g.party_order.shape[0]):
        if w.reciprocity[p] > 0.0 and g.adversary[p, a] and w.gifts_before[p, a, 0] >= 0:
            as_of_now(g, s, w.gifts_before[p, a])
            if not breaks_declared_line(g, s, p, s.found):
                s.given[p, a] = max(s.given[p, a], package_worth(g, w, s, p, s.found))


@compiled
def resume(g: Rulebook, w: World, s: State) -> None:
    """As the first phase opens: clocks run on, and the last offers and the text of earlier talks stand."""
    s.clock_start[0] = s.round[0] - int(w.clock_before)
    s.shortfall[0], s.stalled_at[0] = w.shortfall_before, w.best_before
    s.stalled_since[0] = s.round[0] - int(w.stalled_before)
    if w.text_before[0] >= 0:
        s.has_text[0] = True
        copy(w.text_before, s.text)
    for p in range(g.party_order.shape[0]):
        if w.offers_before[p, 0] >= 0:
            s.has_offered[p] = True
            copy(w.offers_before[p], s.last_offer[p])
        value_gifts(g, w, s, p)
