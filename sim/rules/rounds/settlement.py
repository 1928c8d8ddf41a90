"""How a text comes to hold: settled, ratified at home, or voted down."""

from sim.game import Rulebook, World
from sim.records import End
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import chance_of_lasting
from sim.rules.packages import matches
from sim.rules.rounds.clock import note_ceasefire
from sim.rules.state import State

AGREEMENT, RATIFICATION_FAILED, REFUSED = int(End.AGREEMENT), int(End.RATIFICATION_FAILED), int(End.REFUSED)


@compiled
def settle(g: Rulebook, w: World, s: State) -> None:
    """The text holds from now on; after the last phase it is signed and goes home to be ratified.

    What a provisional phase settles is noted as a framework and holds for nobody yet.
    """
    h = s.phase[0]
    for i in range(g.options.shape[0]):
        if g.agenda[h, i] and g.provisional[h]:
            s.framework[i] = s.text[i]
        elif g.agenda[h, i]:
            if s.framework[i] >= 0:
                s.reopened[0] = max(s.reopened[0], 0) + (s.framework[i] != s.text[i])
                s.framework[i] = -1
            s.package[i] = s.text[i]
            s.settled[i] = True
            s.lapses_at[i] = s.round[0] + g.lasts[h, i] if g.lasts[h, i] > 0 else -1
    s.phase_done[0], s.settled_at[h] = True, s.round[0]
    note_ceasefire(g, s)
    if h == g.protocol.shape[0] - 1:
        s.end[0] = AGREEMENT if is_ratified(g, w, s) else RATIFICATION_FAILED


@compiled
def fails_at_home(g: Rulebook, w: World, s: State, c: int) -> bool:
    """Whether the package comes before ratification clause c and does not pass."""
    return matches(g.ratifying[c], s.package) and not w.luck[c] < w.passes[c]


@inlined
def is_ratified(g: Rulebook, w: World, s: State) -> bool:
    """Each clause that matches the package passes with its probability (Putnam 1988)."""
    for c in range(g.ratifying.shape[0]):
        if fails_at_home(g, w, s, c):
            return False
    return True


@compiled
def lasting_probability(g: Rulebook, w: World, s: State) -> float:
    """Chance that what is settled lasts a year, as the belligerent sees it that trusts it least."""
    least = 1.0
    for p in range(g.party_order.shape[0]):
        if g.belligerent[p]:
            protected = 0.0
            for i in g.issue_order:
                protected += w.protection[p, i, s.package[i]]
            least = min(least, chance_of_lasting(w.doubt[p], protected))
    return least


@compiled
def refuse_vote(g: Rulebook, s: State) -> None:
    """A party says no to a settled text that was put to it: only what was settled before that text holds."""
    s.end[0] = REFUSED
    for i in range(g.options.shape[0]):
        s.settled[i] = s.held_settled[i]
        s.package[i] = s.held[i] if s.settled[i] else s.status_quo[i]
    note_ceasefire(g, s)
