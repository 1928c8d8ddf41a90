"""The rules over many runs, one compiled loop. `sim.talks` plays the same rules turn by turn."""

from sim.game import ALTERNATING, SINGLE_TEXT, Game, Rulebook, World, Worlds
from sim.records import Outcomes, room
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import copy
from sim.rules.propose import draft, propose
from sim.rules.records import write_down
from sim.rules.respond import answer
from sim.rules.settling import refuse_vote, settle
from sim.rules.state import ACCEPTS, State, fresh
from sim.rules.talk import begin, close_round, decide, is_asked, next_consulted, open_round, table, tabled_proposal
from sim.rules.worlds import world_at


@inlined
def play_turn(g: Rulebook, w: World, s: State, author: int) -> bool:
    """Everybody asked answers the text at once; whether it is agreed."""
    for q in g.party_order:
        if is_asked(g, s, author, q):
            answer(g, w, s, q, s.text, s.aspiration[q])
    if decide(g, w, s, author):
        settle(g, w, s)
        return True
    return False


@inlined
def play_alternating(g: Rulebook, w: World, s: State) -> None:
    """A round of offers and counter-offers (after Aydogan et al. 2017)."""
    opened = -1
    if tabled_proposal(g, s):
        opened = g.author
        table(g, s, opened)
        if play_turn(g, w, s, opened):
            return
    for p in s.sequence:
        if p != opened and g.speaks[s.phase[0], p] and s.present[p] and propose(g, w, s, p):
            table(g, s, p)
            if play_turn(g, w, s, p):
                return


@inlined
def play_single_text(g: Rulebook, w: World, s: State, author: int) -> int:
    """A round of a mediator's single text; returns the author of the text on the table."""
    m = g.mediator[s.phase[0]]
    if author < 0:
        if tabled_proposal(g, s):
            author = g.author
        elif draft(g, w, s, m, s.text if s.has_text[0] else s.package):
            author = m
        else:
            return -1
        table(g, s, author)
    if not g.alternates[s.phase[0]]:
        play_turn(g, w, s, author)
        return -1
    q = next_consulted(g, s, author)
    if q >= 0:
        answer(g, w, s, q, s.text, s.aspiration[q])
    if next_consulted(g, s, author) >= 0:
        return author
    if decide(g, w, s, author):
        settle(g, w, s)
    return -1


@inlined
def play_vote(g: Rulebook, w: World, s: State) -> None:
    """A settled text is put to named parties, yes or no: each takes it if it beats what it falls back on."""
    copy(s.package, s.text)
    for q in g.party_order:
        if g.put_to[s.phase[0], q] and (not s.present[q] or answer(g, w, s, q, s.text, s.fallback[q]) != ACCEPTS):
            refuse_vote(g, s)
    if s.end[0] == 0:
        settle(g, w, s)


@inlined
def negotiate(g: Rulebook, w: World, s: State) -> None:
    """Play one negotiation to its end."""
    begin(g, w, s)
    author = -1
    while s.end[0] == 0:
        open_round(g, w, s)
        if s.end[0] != 0:
            break
        if s.round[0] == s.phase_start[0]:
            author = -1
        if s.protocol[0] == ALTERNATING:
            play_alternating(g, w, s)
        elif s.protocol[0] == SINGLE_TEXT:
            author = play_single_text(g, w, s, author)
        else:
            play_vote(g, w, s)
        if s.end[0] == 0:
            close_round(g, w, s)


@compiled
def play(rules: Rulebook, worlds: Worlds, state: State, out: Outcomes) -> None:
    """Play one negotiation in each world and record them."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(out.end.shape[0]):
        w = world_handle(world_at(worlds, k))
        negotiate(g, w, s)
        write_down(g, w, s, out, k)


def play_all(game: Game, worlds: Worlds) -> Outcomes:
    """Play one negotiation in each of n worlds."""
    out = room(game, len(worlds.start))
    play(game.rules, worlds, fresh(game.rules), out)
    return out
