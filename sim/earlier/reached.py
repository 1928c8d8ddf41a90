"""Talks played up to a round, and what they had reached by then."""

from typing import NamedTuple

import numpy as np

from sim.game import Flags, Floats, Game, Ints, Rulebook, World, Worlds
from sim.records import End
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import are_equal, copy
from sim.rules.rounds.protocols import is_over, next_step, take_step
from sim.rules.rounds.step_actions import begin
from sim.rules.search.best import NOTHING
from sim.rules.state import CLOSE, State, fresh

RUNNING = int(End.RUNNING)


class Reached(NamedTuple):
    """What n runs had reached. Axes as in `sim.game`; texts are -1 where there were none."""

    running: Flags  # [n] the talks had not ended; of the others the rest says nothing
    clock: Ints  # [n] rounds that concession clocks had run
    fought: Ints  # [n]
    stalled: Ints  # [n] rounds since a text last came closer to consent
    shortfall: Floats  # [n]
    best: Floats  # [n]
    momentum: Floats  # [n]
    present: Flags  # [n, P]
    pulled: Flags  # [n, V]
    status_quo: Ints  # [n, I]
    package: Ints  # [n, I]
    settled: Flags  # [n, I]
    lapses_at: Ints  # [n, I]
    firmness: Floats  # [n, R]
    heard: Ints  # [n, R]
    strength_cited: Floats  # [n, R]
    text: Ints  # [n, I]
    offers: Ints  # [n, P, I]
    gifts: Ints  # [n, P, P, I]
    tabled: Ints  # [n, P, B, I] each text once
    refusals: Ints  # [n, P]
    withheld: Ints  # [n, P]
    exposed: Flags  # [n, P]
    demand: Ints  # [n, P]
    raised: Flags  # [n, P, I]


def reached(game: Game, worlds: Worlds, rounds: int) -> Reached:
    """Play n worlds until so many rounds are over."""
    n, names, own = len(worlds.start), game.names, worlds.tabled_before.shape[2]
    parties, issues, lines, levers = len(names.parties), len(names.issues), len(names.lines), len(names.levers)
    most = rounds + len(names.proposals) + own

    def flags(*axes: int) -> Flags:
        return np.zeros((n, *axes), np.bool_)

    def ints(*axes: int) -> Ints:
        return np.full((n, *axes), -1, np.int64)

    def floats(*axes: int) -> Floats:
        return np.zeros((n, *axes))

    out = Reached(
        flags(), ints(), ints(), ints(), floats(), floats(), floats(), flags(parties), flags(levers),
        ints(issues), ints(issues), flags(issues), ints(issues), floats(lines), ints(lines), floats(lines),
        ints(issues), ints(parties, issues), ints(parties, parties, issues), ints(parties, most, issues),
        ints(parties), ints(parties), flags(parties), ints(parties), flags(parties, issues),
    )  # fmt: skip
    play_until(game.rules, worlds, fresh(game.rules), rounds, out)
    used = int((out.tabled[:, :, :, :1] >= 0).sum(axis=2).max(initial=0))
    return out._replace(tabled=out.tabled[:, :, :used])


@compiled
def play_until(rules: Rulebook, worlds: Worlds, state: State, rounds: int, out: Reached) -> None:
    """Play each world until so many rounds are over, or its talks are, and write down what it has reached."""
    g, s = rulebook_handle(rules), state_handle(state)
    best = np.zeros((rules.party_order.shape[0], rules.party_order.shape[0]))
    for k in range(out.running.shape[0]):
        w = world_handle(world_at(worlds, k))
        begin(g, w, s)
        best[:] = NOTHING
        note_gifts_before(g, w, s, best, out, k)
        while not is_over(s) and not (s.step[0] == CLOSE and s.round[0] >= rounds):
            next_step(g, s)
            take_step(g, w, s)
            note_gifts(g, s, best, out, k)
        write_reached(g, w, s, out, k)


@inlined
def note_gifts_before(g: Rulebook, w: World, s: State, best: Floats, out: Reached, k: int) -> None:
    """The best texts of talks that these continue, as far as they count as given still."""
    for p in range(best.shape[0]):
        for a in range(best.shape[0]):
            if s.given[p, a] > NOTHING:
                best[p, a] = s.given[p, a]
                copy(w.gifts_before[p, a], out.gifts[k, p, a])


@inlined
def note_gifts(g: Rulebook, s: State, best: Floats, out: Reached, k: int) -> None:
    """Note the text wherever it is the best that an adversary has given in this phase."""
    for p in range(best.shape[0]):
        for a in range(best.shape[0]):
            if s.given[p, a] != best[p, a]:
                best[p, a] = s.given[p, a]
                if best[p, a] > NOTHING:
                    copy(s.text, out.gifts[k, p, a])
                else:
                    out.gifts[k, p, a, :] = -1


@compiled
def write_reached(g: Rulebook, w: World, s: State, out: Reached, k: int) -> None:
    """Write down what run k has reached."""
    out.running[k] = s.end[0] == RUNNING
    out.clock[k], out.fought[k] = s.round[0] - s.clock_start[0], s.fighting[0]
    out.stalled[k] = s.round[0] - s.stalled_since[0]
    out.shortfall[k], out.best[k], out.momentum[k] = s.shortfall[0], s.stalled_at[0], s.momentum[0]
    copy(s.present, out.present[k])
    copy(s.pulled, out.pulled[k])
    copy(s.status_quo, out.status_quo[k])
    copy(s.package, out.package[k])
    copy(s.settled, out.settled[k])
    copy(s.lapses_at, out.lapses_at[k])
    copy(s.firmness, out.firmness[k])
    copy(s.heard, out.heard[k])
    copy(s.strength_cited, out.strength_cited[k])
    copy(s.refusals, out.refusals[k])
    copy(s.withheld, out.withheld[k])
    copy(s.exposed, out.exposed[k])
    copy(s.demand, out.demand[k])
    if s.has_text[0]:
        copy(s.text, out.text[k])
    for p in range(g.party_order.shape[0]):
        copy(s.raised[p], out.raised[k, p])
        if s.has_offered[p]:
            copy(s.last_offer[p], out.offers[k, p])
        write_tabled(w, s, p, out, k)


@inlined
def write_tabled(w: World, s: State, p: int, out: Reached, k: int) -> None:
    """Write down each text that p has tabled once, those of earlier talks first."""
    count, before = 0, w.tabled_before.shape[1]
    for n in range(before + s.tabled_count[p]):
        x = w.tabled_before[p, n] if n < before else s.tabled[p, n - before]
        known = x[0] < 0
        for m in range(count):
            known = known or are_equal(out.tabled[k, p, m], x)
        if not known:
            copy(x, out.tabled[k, p, count])
            count += 1
