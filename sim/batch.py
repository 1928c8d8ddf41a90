"""The rules over many runs, one compiled loop. `sim.talks` plays the same rules turn by turn."""

import numpy as np

from sim.game import ALTERNATING, SINGLE_TEXT, Game, Rulebook, World, Worlds
from sim.records import Outcomes
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import copy, package_value
from sim.rules.propose import draft, propose
from sim.rules.respond import answer
from sim.rules.state import ACCEPTS, NOT_ASKED, State, fresh
from sim.rules.talk import (
    begin,
    close_round,
    decide,
    is_asked,
    lasting_probability,
    open_round,
    refuse_vote,
    settle,
    table,
    tabled_proposal,
)


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
    if tabled_proposal(g, s):
        table(g, s, g.author)
        if play_turn(g, w, s, g.author):
            return
    for p in s.sequence:
        if g.speaks[s.phase[0], p] and s.present[p] and propose(g, w, s, p):
            table(g, s, p)
            if play_turn(g, w, s, p):
                return


@inlined
def next_consulted(g: Rulebook, s: State, author: int) -> int:
    """Party that a shuttling mediator sees next; -1 when all have answered the text."""
    for q in s.sequence:
        if s.answers[q] == NOT_ASKED and is_asked(g, s, author, q):
            return q
    return -1


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
        if g.put_to[s.phase[0], q] and answer(g, w, s, q, s.text, s.fallback[q]) != ACCEPTS:
            refuse_vote(s)
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
def write_down(g: Rulebook, w: World, s: State, out: Outcomes, k: int) -> None:
    """Record the negotiation that has just ended as run k."""
    out.end[k], out.round[k], out.left[k], out.phase[k] = s.end[0], s.round[0], s.left[0], s.phase[0]
    copy(s.package, out.package[k])
    copy(s.settled, out.settled[k])
    copy(s.no_deal, out.no_deal[k])
    copy(s.aspiration, out.aspiration[k])
    copy(s.binding, out.binding[k])
    copy(s.present, out.present[k])
    copy(s.withheld, out.withheld[k])
    copy(s.exposed, out.exposed[k])
    out.offers[k] = s.offers[0]
    copy(s.cited, out.cited[k])
    copy(s.wanted, out.wanted[k])
    out.holds[k] = lasting_probability(g, w, s)
    out.momentum[k] = s.momentum[0]
    out.core_kept[k] = True
    for i in range(g.options.shape[0]):
        if g.core[i] and s.package[i] != g.proposal[i]:
            out.core_kept[k] = False
    for p in range(g.party_order.shape[0]):
        out.value[k, p] = package_value(g, w, p, s.package)


@inlined
def world_at(w: Worlds, k: int) -> World:
    """World k."""
    return World(
        w.value[k], w.estimate[k], w.bonus[k], w.base[k], w.reading[k], w.momentum_effect[k], w.cost[k],
        w.exponent[k], w.deadline[k], w.heed[k], w.good_faith[k], w.patience[k], w.bias[k], w.firmness[k],
        w.yielding[k], w.z[k], w.shift[k], w.pressure[k], w.event_momentum[k], w.event_firmness[k], w.start[k],
        w.drift[k], w.ceasefire_drift[k], w.steps[k], w.turn[k], w.passes[k], w.luck[k], w.holds_base[k],
        w.holds_adds[k],
    )  # fmt: skip


@compiled
def play(rules: Rulebook, worlds: Worlds, state: State, out: Outcomes) -> None:
    """Play one negotiation in each world and record them."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(out.end.shape[0]):
        w = world_handle(world_at(worlds, k))
        negotiate(g, w, s)
        write_down(g, w, s, out, k)


def room(game: Game, n: int) -> Outcomes:
    """Room for the outcomes of n runs."""
    parties, issues, lines = len(game.names.parties), len(game.names.issues), len(game.names.lines)

    def ints(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        return np.zeros(shape, np.int64)

    def flags(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return np.zeros(shape, np.bool_)

    return Outcomes(
        end=ints(n), round=ints(n), left=ints(n), phase=ints(n), package=ints(n, issues), settled=flags(n, issues),
        value=np.zeros((n, parties)), no_deal=np.zeros((n, parties)), aspiration=np.zeros((n, parties)),
        binding=flags(n, lines), present=flags(n, parties), withheld=ints(n, parties), exposed=flags(n, parties),
        offers=ints(n), cited=ints(n, lines), wanted=ints(n, issues), core_kept=flags(n), holds=np.zeros(n),
        momentum=np.zeros(n),
    )  # fmt: skip


def play_all(game: Game, worlds: Worlds) -> Outcomes:
    """Play one negotiation in each of n worlds."""
    out = room(game, len(worlds.start))
    play(game.rules, worlds, fresh(game.rules), out)
    return out
