"""What each party accepts now: down from what it asked first, with time and for what it has been given."""

from sim.game import PUT_TO, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import aspiration_level, time_share
from sim.rules.packages import copy
from sim.rules.rounds.no_deal import set_fallbacks
from sim.rules.rounds.positions import answered_by
from sim.rules.state import State


@inlined
def patience_left(g: Rulebook, w: World, s: State, p: int) -> float:
    """p's own deadline in this phase: scaled by the phase's share of all rounds."""
    return w.deadline[p] * g.rounds[s.phase[0]] / g.rounds.sum()


@inlined
def sees_bad_faith(g: Rulebook, s: State, p: int) -> bool:
    """Whether the bad faith of another party with a say has shown: then p stops coming down."""
    for q in range(s.exposed.shape[0]):
        if q != p and s.exposed[q] and g.has_say[q]:
            return True
    return False


@compiled
def set_aspirations(g: Rulebook, w: World, s: State) -> None:
    """Set fallbacks and aspirations of the round; in a vote nobody can hope for more than what it falls back on."""
    set_fallbacks(g, w, s)
    if g.protocol[s.phase[0]] == PUT_TO:
        copy(s.fallback, s.aspiration)
        return
    elapsed = float(s.round[0] - s.clock_start[0])
    for p in range(g.party_order.shape[0]):
        goal = max(s.fallback[p], s.goal[p])
        time = time_share(elapsed, patience_left(g, w, s, p), w.exponent[p])
        answered = answered_by(g, w, s, p, goal)
        level = aspiration_level(s.fallback[p], goal, time, w.reciprocity[p], answered)
        if s.round[0] > s.phase_start[0] and sees_bad_faith(g, s, p):
            level = max(level, s.aspiration[p])
        s.aspiration[p] = level
