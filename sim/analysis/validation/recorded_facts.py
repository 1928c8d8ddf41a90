"""Recorded facts asked of runs: the share of runs that show them by their day."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.validation.questions import terms_of
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.evidence import Fact, Text
from sim.game import Flags, Game, Ints, Rulebook, World, Worlds
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.rounds.protocols import is_over, next_step, take_step
from sim.rules.rounds.settlement import AGREEMENT, RATIFICATION_FAILED
from sim.rules.rounds.step_actions import begin
from sim.rules.state import DRAFT, OPEN, PUT, State, fresh

CHUNK = 500  # worlds that are held at a time

SIGNED, MEDIATES, PULLED, TABLED, ADDED, DROPPED = 0, 1, 2, 3, 4, 5
_TEXTS = {"tabled": TABLED, "added": ADDED, "dropped": DROPPED}


class Checks(NamedTuple):
    """F things that a run can show, as arrays. Axes as in `sim.game`."""

    kind: Ints  # [F]
    rounds: Ints  # [F] rounds that are over by its day
    who: Ints  # [F] party or lever, -1
    should: Flags  # [F] what it must be
    terms: Ints  # [F, I] option that a text must name, -1


class Seen(NamedTuple):
    """What has been seen of them in one run; compiled code fills it."""

    closed: Flags  # [F] its day is over
    had: Flags  # [F] an earlier text of the party had the terms
    lacked: Flags  # [F] one lacked some of them
    latest: Flags  # [F] its latest has them
    shown: Flags  # [F] what is so, at its day


def checks_of(game: Game, facts: Sequence[tuple[Fact, int]]) -> tuple[Checks, Ints]:
    """Facts, each with the rounds that are over by its day, as arrays; and which fact [F] each check is part of.

    ValueError or KeyError where a fact names a party, lever, issue or option that the game lacks.
    """
    rows = [(n, rounds, *part) for n, (fact, rounds) in enumerate(facts) for part in _parts(game, fact)]
    terms = np.array([row[5] for row in rows], np.int64).reshape(len(rows), len(game.names.issues))
    kind, rounds, who = (np.array([row[k] for row in rows], np.int64) for k in (2, 1, 3))
    fact = np.array([row[0] for row in rows], np.int64)
    return Checks(kind, rounds, who, np.array([row[4] for row in rows], bool), terms), fact


def _parts(game: Game, fact: Fact) -> Iterator[tuple[int, int, bool, Ints]]:
    """What a fact asks, one by one: kind, who, what it must be, terms."""
    nothing = np.full(len(game.names.issues), -1, np.int64)
    if fact.signed is not None:
        yield SIGNED, -1, fact.signed, nothing
    for party, should in (fact.mediates or {}).items():
        yield MEDIATES, game.names.parties.index(party), should, nothing
    for lever, should in (fact.pulled or {}).items():
        yield PULLED, game.names.levers.index(lever), should, nothing
    for name, kind in _TEXTS.items():
        text: Text | None = getattr(fact, name)
        if text is not None:
            yield kind, game.names.parties.index(text.by), True, terms_of(game, text.terms)


def shows(game: Game, facts: Sequence[tuple[Fact, int]], runs: int, seed: int) -> Flags:
    """Which of runs 0 to `runs` - 1 of a seed show which facts, [runs, facts]; errors as for `checks_of`."""
    draws = [Uniforms(seed, first, min(CHUNK, runs - first)) for first in range(0, runs, CHUNK)]
    return np.concatenate([shown_in(game, worlds_of(game, each), facts) for each in draws])


def shown_in(game: Game, worlds: Worlds, facts: Sequence[tuple[Fact, int]]) -> Flags:
    """Which of n worlds show which facts, [n, facts]; errors as for `checks_of`."""
    checks, fact = checks_of(game, facts)
    return whole_facts(look(game, worlds, checks)[0], fact, len(facts))


def look(game: Game, worlds: Worlds, checks: Checks) -> tuple[Flags, Ints]:
    """Which checks are met [n, F] by a run in each of n worlds, and the round [n] in which it agrees, -1 where none."""
    n, asked = len(worlds.start), len(checks.kind)
    met, agreed = np.zeros((n, asked), np.bool_), np.full(n, -1, np.int64)
    seen = Seen(*(np.zeros(asked, np.bool_) for _ in Seen._fields))
    look_at_all(game.rules, worlds, fresh(game.rules), checks, seen, met, agreed)
    return met, agreed


def whole_facts(met: Flags, fact: Ints, facts: int) -> Flags:
    """Which facts [n, facts] are met in all their checks [n, F]."""
    return np.array([met[:, fact == k].all(axis=1) for k in range(facts)]).reshape(facts, len(met)).T


@compiled
def look_at_all(
    rules: Rulebook, worlds: Worlds, state: State, checks: Checks, seen: Seen, met: Flags, agreed: Ints
) -> None:
    """Play one negotiation in each world, and note which checks [runs, F] it meets and the round [runs] of agreement."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(met.shape[0]):
        w = world_handle(world_at(worlds, k))
        watch(g, w, s, checks, seen)
        for f in range(checks.kind.shape[0]):
            met[k, f] = seen.shown[f] == checks.should[f]
        if s.end[0] == AGREEMENT:
            agreed[k] = s.round[0]


@compiled
def watch(g: Rulebook, w: World, s: State, checks: Checks, seen: Seen) -> None:
    """Play one negotiation to its end; every check is looked at when its day is over, or at the end of talks before it."""
    seen.closed[:], seen.had[:], seen.lacked[:], seen.latest[:], seen.shown[:] = False, False, False, False, False
    begin(g, w, s)
    while not is_over(s):
        step = next_step(g, s)
        if step == OPEN:
            close_checks(g, s, checks, seen, s.round[0])
        take_step(g, w, s)
        if PUT <= step <= DRAFT and s.came_off[0]:
            note_text(s, checks, seen)
    close_checks(g, s, checks, seen, -1)


@inlined
def close_checks(g: Rulebook, s: State, checks: Checks, seen: Seen, rounds: int) -> None:
    """Look at the checks whose day is over once so many rounds are; at all that are left where it is -1."""
    for f in range(checks.kind.shape[0]):
        if not seen.closed[f] and (rounds < 0 or checks.rounds[f] <= rounds):
            seen.closed[f] = True
            seen.shown[f] = is_so(g, s, checks, seen, f)


@compiled
def is_so(g: Rulebook, s: State, checks: Checks, seen: Seen, f: int) -> bool:
    """What check f asks, as it is now."""
    kind, who = checks.kind[f], checks.who[f]
    if kind == SIGNED:
        return is_signed(g, s)
    if kind == MEDIATES:
        return bool(s.present[who])
    if kind == PULLED:
        return bool(s.pulled[who] and not s.withdrawn[who])
    if kind == TABLED:
        return bool(seen.had[f])
    if kind == ADDED:
        return bool(seen.latest[f] and seen.lacked[f])
    return bool(seen.had[f] and not seen.latest[f])


@inlined
def is_signed(g: Rulebook, s: State) -> bool:
    """Whether anything is agreed and in force beside what cannot be changed; also a deal that fails at home was signed."""
    signed = bool(s.end[0] == AGREEMENT or s.end[0] == RATIFICATION_FAILED)
    for i in range(g.options.shape[0]):
        if s.settled[i] and not g.locked[i]:
            signed = True
    return signed


@inlined
def note_text(s: State, checks: Checks, seen: Seen) -> None:
    """A text has come on the table: what its author has put forward, and puts forward now."""
    for f in range(checks.kind.shape[0]):
        if checks.kind[f] >= TABLED and not seen.closed[f] and checks.who[f] == s.author[0]:
            has = True
            for i in range(checks.terms.shape[1]):
                if checks.terms[f, i] >= 0 and s.text[i] != checks.terms[f, i]:
                    has = False
            seen.latest[f] = has
            if has:
                seen.had[f] = True
            else:
                seen.lacked[f] = True
