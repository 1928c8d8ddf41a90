"""Documented proposals: which is tabled in a round, and what is in it."""

from sim.game import Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.rounds.positions import put_forward
from sim.rules.search.consent_tables import consent_is_folded, fold_consent, is_barred
from sim.rules.state import State


@inlined
def takes_up(g: Rulebook, s: State, d: int, i: int) -> bool:
    """Whether what proposal d states on an issue is tabled in this phase."""
    if not g.states[d, i] or not g.agenda[s.phase[0], i]:
        return False
    return g.proposal_round[d] >= 0 or g.proposal_phase[d, i] == s.phase[0]


@inlined
def is_due(g: Rulebook, s: State, d: int) -> bool:
    """Whether proposal d is tabled now: on its date, or in the first round of a phase that takes it up."""
    if not s.present[g.author[d]]:
        return False
    dated = g.proposal_round[d]
    if s.was_put[d] or s.round[0] < dated or (dated < 0 and s.round[0] != s.phase_start[0]):
        return False
    for i in range(g.options.shape[0]):
        if takes_up(g, s, d, i):
            return True
    return False


@compiled
def next_proposal(g: Rulebook, s: State) -> int:
    """The documented proposal that is tabled next in this round, after the one looked at last; -1 if none."""
    for d in range(s.tabling[0] + 1, g.author.shape[0]):
        if is_due(g, s, d):
            return d
    return -1


@compiled
def write_proposal(g: Rulebook, s: State, d: int) -> None:
    """Write proposal d to `found`: what it states, and elsewhere its author's position, or what holds."""
    if not consent_is_folded(g, s):
        fold_consent(g, s)
    for i in range(g.options.shape[0]):
        s.found[i] = s.framework[i] if s.framework[i] >= 0 else s.package[i]
        open_still = g.agenda[s.phase[0], i] and s.framework[i] < 0 and not s.settled[i]
        o = g.proposal[d, i] if g.states[d, i] else put_forward(g, s, g.author[d], i)
        if takes_up(g, s, d, i) or (not g.states[d, i] and o >= 0 and open_still and not is_barred(g, s, i, o)):
            s.found[i] = o
    s.was_put[d] = g.proposal_round[d] >= 0
    s.has_put[g.author[d]] = True
    s.to_all[0] = not g.alternates[s.phase[0]]
