"""A mediator's departure: how its patience runs out, and what becomes of the talks."""

from sim.game import ALTERNATING, NO_LIMIT, SINGLE_TEXT, Rulebook, World
from sim.records import End
from sim.rules.compiled import inlined
from sim.rules.consent import consensus
from sim.rules.formulas import reaches
from sim.rules.packages import package_worth
from sim.rules.rounds.answers import broken_lines
from sim.rules.rounds.clock import walk_out
from sim.rules.rounds.positions import threshold_for
from sim.rules.state import State

PROGRESS = 0.01
"""Fall of the worst required shortfall that keeps a mediator at the table."""

WALKED_AWAY = int(End.WALKED_AWAY)


@inlined
def after_departure(g: Rulebook, s: State) -> None:
    """When a mediator has just left, talks end or go on without it; with nobody to draft, party to party."""
    if s.left[0] == s.round[0]:
        m = g.mediator[s.phase[0]]
        if not g.goes_on:
            s.end[0] = WALKED_AWAY
        elif s.protocol[0] == SINGLE_TEXT and not s.present[m]:
            s.protocol[0] = ALTERNATING


@inlined
def are_all_there(s: State) -> bool:
    """Whether nobody has left, in earlier talks neither: only one mediator ever does."""
    for p in range(s.present.shape[0]):
        if not s.present[p]:
            return False
    return True


@inlined
def may_lose_patience(w: World, s: State) -> bool:
    """Whether somebody at the table has patience to lose: only then does it matter how far a text falls short."""
    for p in range(s.present.shape[0]):
        if w.patience[p] < NO_LIMIT and are_all_there(s):
            return True
    return False


@inlined
def shortfalls(g: Rulebook, w: World, s: State, author: int) -> float:
    """How far the text is from the consent it needs: worst required shortfall, a broken line counting as 1."""
    for q in range(g.party_order.shape[0]):
        least = threshold_for(g, w, s, q, s.text)
        gap = max(0.0, least - package_worth(g, w, s, q, s.text)) + broken_lines(g, s, q, s.text)
        s.trial[q] = 0.0 if q == author else -gap
    return max(0.0, -consensus(g, s, s.trial))


@inlined
def lose_patience(g: Rulebook, w: World, s: State) -> None:
    """Let a mediator go whose patience is at its end: the best text has come no closer to consent for that long."""
    if s.shortfall[0] <= s.stalled_at[0] - PROGRESS:
        s.stalled_at[0], s.stalled_since[0] = s.shortfall[0], s.round[0]
    for p in g.party_order:
        stalled = float(s.round[0] - s.stalled_since[0])
        if reaches(stalled, w.patience[p]) and are_all_there(s):
            walk_out(g, s, p)
            after_departure(g, s)
