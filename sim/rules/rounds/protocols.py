"""The order of a negotiation's steps, once: `sim.batch` plays from step to step, `sim.talks` looks on after each.

A protocol is a function that says which step follows the last one. Steps are carried out in one place, whatever the protocol.
"""

from sim.game import ALTERNATING, SINGLE_TEXT, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.packages import copy
from sim.rules.rounds.answers import answer
from sim.rules.rounds.offers import draft, propose
from sim.rules.rounds.positions import threshold_for
from sim.rules.rounds.proposals import next_proposal, write_proposal
from sim.rules.rounds.settlement import refuse_vote, settle
from sim.rules.rounds.step_actions import (
    close_round,
    decide,
    is_asked,
    next_consulted,
    open_round,
    table,
)
from sim.rules.state import ACCEPTS, CLOSE, COUNT, DECIDE, DRAFT, OPEN, PUT, RESPOND, SPEAK, VOTE, State


@inlined
def put_proposal(g: Rulebook, s: State) -> bool:
    """Whether a documented proposal is tabled now; its author then is the author of the text."""
    d = next_proposal(g, s)
    if d >= 0:
        write_proposal(g, s, d)
        s.tabling[0] = d
        s.author[0] = s.actor[0] = g.author[d]
    return d >= 0


@inlined
def respond_or_decide(g: Rulebook, s: State) -> int:
    """Everybody asked answers the text, in the order of parties; then it is decided."""
    for k in range(s.asked[0] + 1, g.party_order.shape[0]):
        q = g.party_order[k]
        if is_asked(g, s, s.author[0], q):
            s.asked[0], s.actor[0] = k, q
            return RESPOND
    return DECIDE


@inlined
def speak_or_close(g: Rulebook, s: State) -> int:
    """The next party in the order of turns speaks, but not one that has put a documented proposal in this round."""
    for k in range(s.turn[0] + 1, s.sequence.shape[0]):
        p = s.sequence[k]
        if not s.has_put[p] and g.speaks[s.phase[0], p] and s.present[p]:
            s.turn[0], s.author[0], s.actor[0] = k, p, p
            return SPEAK
    return CLOSE


@inlined
def after_offers(g: Rulebook, s: State, last: int) -> int:
    """Alternating offers: a round of offers and counter-offers (after Aydogan et al. 2017)."""
    if last == OPEN:
        s.turn[0] = -1
    elif last == DECIDE and s.came_off[0]:
        return CLOSE
    elif last != DECIDE and s.came_off[0]:
        return respond_or_decide(g, s)
    if s.turn[0] < 0 and put_proposal(g, s):
        return PUT
    return speak_or_close(g, s)


@inlined
def after_text(g: Rulebook, s: State, last: int) -> int:
    """A mediator's single text, answered by all in the round, or by one party a round where the mediator shuttles."""
    h = s.phase[0]
    if last == OPEN:
        if s.round[0] == s.phase_start[0]:
            s.author[0] = -1
        if put_proposal(g, s):
            return PUT
        if s.author[0] < 0:
            s.author[0] = s.actor[0] = g.mediator[h]
            return DRAFT
    elif last == DECIDE or not s.came_off[0]:
        s.author[0] = -1
        return CLOSE
    if not g.alternates[h]:
        return respond_or_decide(g, s)
    q = next_consulted(g, s, s.author[0])
    if q < 0:
        return DECIDE
    s.actor[0] = q
    return CLOSE if last == RESPOND else RESPOND


@inlined
def after_votes(g: Rulebook, s: State, last: int) -> int:
    """A settled text is put to named parties, yes or no; when all have voted, votes are counted."""
    if last == COUNT:
        return CLOSE
    if last == OPEN:
        copy(s.package, s.text)
        s.asked[0] = -1
    for k in range(s.asked[0] + 1, g.party_order.shape[0]):
        if g.put_to[s.phase[0], g.party_order[k]]:
            s.asked[0], s.actor[0] = k, g.party_order[k]
            return VOTE
    return COUNT


@compiled
def next_step(g: Rulebook, s: State) -> int:
    """The step that follows the last one; `s.actor` is the party that takes it, `s.author` the one whose text it is about."""
    last = s.step[0]
    if last == CLOSE:
        s.step[0], s.tabling[0] = OPEN, -1
        s.has_put[:] = False
    elif s.protocol[0] == ALTERNATING:
        s.step[0] = after_offers(g, s, last)
    elif s.protocol[0] == SINGLE_TEXT:
        s.step[0] = after_text(g, s, last)
    else:
        s.step[0] = after_votes(g, s, last)
    return s.step[0]


@inlined
def bring(g: Rulebook, w: World, s: State, step: int) -> bool:
    """A package comes on the table: the documented proposal, an offer, or a draft; false where its author has none."""
    found = step == PUT
    if step == SPEAK:
        found = propose(g, w, s, s.actor[0])
    elif step == DRAFT:
        found = draft(g, w, s, s.actor[0], s.text if s.has_text[0] else s.package)
    if found:
        table(g, w, s, s.author[0])
        s.asked[0] = -1
    return found


@inlined
def vote(g: Rulebook, w: World, s: State, q: int) -> None:
    """A party takes a settled text if it beats what it falls back on; one that has left does not."""
    if not s.present[q] or answer(g, w, s, q, s.text, s.fallback[q]) != ACCEPTS:
        refuse_vote(g, s)


@compiled
def take_step(g: Rulebook, w: World, s: State) -> None:
    """Carry out the step that is due; `s.came_off` says whether a package was brought or agreed."""
    step = s.step[0]
    if step == OPEN:
        open_round(g, w, s)
    elif PUT <= step <= DRAFT:
        s.came_off[0] = bring(g, w, s, step)
    elif step == RESPOND:
        answer(g, w, s, s.actor[0], s.text, threshold_for(g, w, s, s.actor[0], s.text))
    elif step == DECIDE:
        s.came_off[0] = decide(g, w, s, s.author[0])
        if s.came_off[0]:
            settle(g, w, s)
    elif step == VOTE:
        vote(g, w, s, s.actor[0])
    elif step == COUNT:
        if s.end[0] == 0:
            settle(g, w, s)
    else:
        close_round(g, w, s)


@inlined
def is_over(s: State) -> bool:
    """Whether no step follows: the talks have ended, and a vote that has begun is complete."""
    return s.end[0] != 0 and s.step[0] != VOTE
