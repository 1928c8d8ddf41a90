"""What the steps of a negotiation do to its state. `protocols` says in which order they come."""

from sim.game import ALTERNATING, PUT_TO, Rulebook, World
from sim.records import End
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import SATISFIED, consensus, must_be_asked, note_live
from sim.rules.packages import copy
from sim.rules.rounds.answers import cross, withhold, would_take
from sim.rules.rounds.aspirations import set_aspirations
from sim.rules.rounds.clock import advance, mask_groups, note_ceasefire, note_lines, pull_levers_in_reply
from sim.rules.rounds.departure import after_departure, lose_patience, may_lose_patience, shortfalls
from sim.rules.rounds.earlier_talks import continues, resume, take_over
from sim.rules.rounds.no_deal import last_bargaining_phase, see_prospects, weigh_protections
from sim.rules.rounds.positions import meet_adversaries, note_given, note_reversals, renew_goals, set_goals
from sim.rules.state import ACCEPTS, CLOSE, NOT_ASKED, UNHEARD, State

RUNNING, DEADLINE, INTERIM_ONLY = int(End.RUNNING), int(End.DEADLINE), int(End.INTERIM_ONLY)


@inlined
def draw_sequence(g: Rulebook, w: World, s: State) -> None:
    """Order of turns: ascending draw, ties in the order of parties."""
    n = g.party_order.shape[0]
    for k in range(n):
        s.sequence[k] = g.party_order[k]
    for k in range(1, n):
        party, j = s.sequence[k], k
        while j > 0 and w.turn[s.sequence[j - 1]] > w.turn[party]:
            s.sequence[j] = s.sequence[j - 1]
            j -= 1
        s.sequence[j] = party


@compiled
def reset(g: Rulebook, w: World, s: State) -> None:
    """Before round 0: nothing settled, nobody heard, no lever pulled, but for what earlier talks had reached."""
    s.end[0], s.round[0], s.left[0], s.fighting[0], s.offers[0] = RUNNING, 0, -1, 0, 0
    s.today[0] = 0
    s.step[0], s.author[0] = CLOSE, -1
    s.momentum[0] = w.start
    s.ceasefire[0] = False
    copy(g.status_quo, s.status_quo)
    copy(g.start, s.package)
    copy(g.locked, s.settled)
    s.lapses_at[:], s.settled_at[:] = -1, -1
    s.present[:] = True
    s.pulled[:] = False
    s.withdrawn[:] = False
    copy(w.firmness, s.firmness)
    s.heard[:] = UNHEARD
    s.refusals[:] = 0
    s.withheld[:] = 0
    s.raised[:] = False
    s.demand[:] = -1
    s.framework[:] = -1
    s.reopened[0] = -1
    copy(s.package, s.held)
    copy(s.settled, s.held_settled)
    s.exposed[:] = False
    s.cited[:] = 0
    s.wanted[:] = 0
    s.cited_last[:] = -1
    s.wanted_last[:] = -1
    s.is_folded[:] = False
    s.was_put[:] = False
    s.tabled_count[:] = 0
    s.reversals[0] = 0
    if continues(w):
        take_over(g, w, s)
    draw_sequence(g, w, s)
    mask_groups(g, s)
    note_ceasefire(g, s)
    see_prospects(g, w, s, s.status_quo)
    weigh_protections(g, w, s)


@compiled
def note_later_goals(g: Rulebook, w: World, s: State) -> None:
    """At the start: what every party will ask first in the last phase of bargaining."""
    s.phase[0] = last_bargaining_phase(g)
    note_lines(g, s)
    set_goals(g, w, s)
    copy(s.goal, s.later_goal)
    s.phase[0] = 0


@compiled
def look_ahead(g: Rulebook, w: World, s: State) -> None:
    """Where an opening phase comes first and parties hope for more than it settles, see what they will ask later."""
    if w.hope > 0.0 and last_bargaining_phase(g) > 0:
        note_later_goals(g, w, s)


@compiled
def begin_phase(g: Rulebook, w: World, s: State) -> None:
    """Open the phase that is due: its agenda, its protocol, and what each party would like best of it.

    A framework that the phase before has settled lies on the table as the first text, and everybody stands by it.
    """
    s.phase_start[0], s.phase_done[0] = s.round[0], False
    s.clock_start[0] = s.round[0]
    s.today[0] = s.round[0]
    s.restated[:] = False
    s.protocol[0] = g.protocol[s.phase[0]]
    if g.mediator[s.phase[0]] >= 0 and not s.present[g.mediator[s.phase[0]]]:
        s.protocol[0] = ALTERNATING
    s.has_text[0] = s.phase[0] > 0 and g.provisional[s.phase[0] - 1]
    for p in range(g.party_order.shape[0]):
        s.has_offered[p] = s.has_text[0]
        copy(s.text, s.last_offer[p])
        s.offered_at[p], s.fallback_then[p] = s.offers[0], s.fallback[p]
    s.answers[:] = NOT_ASKED
    s.offered_at[:], s.receded_at[:] = -1, -1
    s.shortfall[0], s.stalled_at[0], s.stalled_since[0] = SATISFIED, SATISFIED, s.round[0]
    if g.protocol[s.phase[0]] != PUT_TO:
        copy(s.package, s.held)
        copy(s.settled, s.held_settled)
    note_lines(g, s)
    set_goals(g, w, s)
    meet_adversaries(g, w, s)
    if s.has_text[0]:
        note_given(g, w, s, -1)


@compiled
def begin(g: Rulebook, w: World, s: State) -> None:
    """Set a negotiation up."""
    reset(g, w, s)
    s.phase[0] = 0
    look_ahead(g, w, s)
    begin_phase(g, w, s)
    if continues(w):
        resume(g, w, s)


@inlined
def keep_to_agenda(g: Rulebook, s: State) -> None:
    """What is not on the agenda is in every text as it holds now, also where it has lapsed or a lever has changed it."""
    for i in range(g.options.shape[0]):
        if not g.agenda[s.phase[0], i]:
            s.text[i] = s.package[i]
            for p in range(g.party_order.shape[0]):
                s.last_offer[p, i] = s.package[i]
                s.opening[p, i] = s.package[i]
                s.stand[p, i] = s.package[i]


@compiled
def open_round(g: Rulebook, w: World, s: State) -> None:
    """What the round brings before anybody speaks; a departure may end the talks here."""
    advance(g, w, s)
    renew_goals(g, w, s)
    keep_to_agenda(g, s)
    set_aspirations(g, w, s)
    after_departure(g, s)


@compiled
def table(g: Rulebook, w: World, s: State, author: int) -> None:
    """The package found comes on the table; whoever tables it gives up the lines of its own that it breaks."""
    if g.has_position[author]:
        copy(s.found, s.tabled[author, s.tabled_count[author]])
        s.tabled_count[author] += 1
        if s.offered_at[author] >= 0 and author != g.mediator[s.phase[0]]:
            note_reversals(g, s, author)
    copy(s.found, s.text)
    s.has_text[0] = True
    copy(s.found, s.last_offer[author])
    s.has_offered[author] = True
    s.offered_at[author], s.fallback_then[author] = s.offers[0], s.fallback[author]
    s.restated[author] = False
    s.offers[0] += 1
    s.answers[:] = NOT_ASKED
    cross(g, s, author, s.text)
    note_given(g, w, s, author)


@compiled
def is_asked(g: Rulebook, s: State, author: int, q: int) -> bool:
    """Whether q answers the text: it is at the table, and its consent counts or the text is put to all."""
    return q != author and s.present[q] and (s.to_all[0] or must_be_asked(g, s, q, s.text))


@compiled
def next_consulted(g: Rulebook, s: State, author: int) -> int:
    """Party that a shuttling mediator sees next; -1 when all have answered the text."""
    for q in s.sequence:
        if s.answers[q] == NOT_ASKED and is_asked(g, s, author, q):
            return q
    return -1


@compiled
def decide(g: Rulebook, w: World, s: State, author: int) -> bool:
    """Whether the text is agreed, once all who are asked have answered.

    An author in bad faith finds an objection; and where a documented proposal breaks a real line of its author's or is
    worth less than what that falls back on, in this world, the author does not sign it.
    """
    note_live(g, s, s.text)
    if may_lose_patience(w, s):
        s.shortfall[0] = min(s.shortfall[0], shortfalls(g, w, s, author))
    for q in range(g.party_order.shape[0]):
        s.trial[q] = 1.0 if q == author or s.answers[q] == ACCEPTS else -1.0
    agreed = consensus(g, s, s.trial) > 0.0
    s.declined[0] = agreed and not would_take(g, w, s, author, s.text)
    if s.declined[0]:
        return False
    if agreed and not w.good_faith[author]:
        withhold(g, w, s, author, s.text)
        return False
    return agreed


@compiled
def close_round(g: Rulebook, w: World, s: State) -> None:
    """What the round's talks set off, and the end of a phase whose time is over."""
    for p in range(g.party_order.shape[0]):
        s.exposed[p] = s.exposed[p] or s.withheld[p] >= g.exposed_after[p]
    pull_levers_in_reply(g, w, s)
    s.fighting[0] += not s.ceasefire[0]
    if not s.phase_done[0]:
        lose_patience(g, w, s)
    if s.end[0] != RUNNING:
        return
    s.round[0] += 1
    if s.phase_done[0]:
        s.phase[0] += 1
        begin_phase(g, w, s)
    elif s.round[0] - s.phase_start[0] >= g.rounds[s.phase[0]]:
        s.end[0] = INTERIM_ONLY if s.phase[0] > 0 else DEADLINE
