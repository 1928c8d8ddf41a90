"""Whether a run had a zone of possible agreement, exactly.

The zone is looked for on the path that depends on no talks: only scheduled levers, events and departures, and no
ceasefire. Where other levers can move no-deal values or lines, the answer is indicative.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.coalitions import winning_coalitions
from sim.analysis.feasible import Question, find_package
from sim.game import (
    AT_ROUND,
    PUT_TO,
    Flags,
    Floats,
    Game,
    Ints,
    Masks,
    Rulebook,
    World,
    frozen,
)
from sim.rules.clock import advance, set_fallbacks
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.packages import copy, matches, package_value
from sim.rules.state import State
from sim.rules.talk import note_lines, reset


class Board(NamedTuple):
    """What every run of a game is judged by. C coalitions, each for a phase or (phase H) for the whole deal."""

    phase: Ints  # [C]
    parties: Flags  # [C, P]
    barred: Flags  # [C, G]
    indispensable: Flags  # [P] parties in every coalition for the whole deal
    first: int  # phase with which talks begin
    last: int  # phase whose consent rules the whole deal needs
    free: Flags  # [I] issues on any agenda
    rounds: int  # rounds that the path has at most
    steady: bool  # no scheduled lever changes what holds while nothing is agreed


class Path(NamedTuple):
    """The path without talks, and room for questions about it. T rounds."""

    no_deal: Floats  # [T, P]
    binding: Flags  # [T, R]
    present: Flags  # [T, P]
    lowest: Floats  # [P] no-deal values over the path
    always: Flags  # [R] lines that bind in every round
    ever: Flags  # [P] parties present in some round
    allowed: Masks  # [I]
    barred: Masks  # [J, I]
    x: Ints  # [I]


def board(game: Game) -> Board:
    """The board of a game."""
    rules, phases = game.rules, len(game.rules.protocol)
    last = max(h for h in range(phases) if rules.protocol[h] != PUT_TO)
    parts = [(h, winning_coalitions(game, h, votes=False)) for h in range(phases)]
    whole = winning_coalitions(game, last, votes=True)
    parts.append((phases, whole))
    phase = np.concatenate([np.full(len(part.parties), h, np.int64) for h, part in parts])
    ends = rules.leaver >= 0 and rules.deadline >= 0 and not rules.goes_on
    scheduled = rules.lever_trigger == AT_ROUND
    return Board(
        phase=frozen(phase),
        parties=frozen(np.concatenate([part.parties for _, part in parts])),
        barred=frozen(np.concatenate([part.barred for _, part in parts])),
        indispensable=frozen(np.asarray(whole.parties.all(axis=0))),
        first=0,
        last=last,
        free=frozen(np.asarray(rules.agenda.any(axis=0))),
        rounds=min(rules.deadline, game.total_rounds()) if ends else game.total_rounds(),
        steady=not bool((rules.lever_sets[scheduled] >= 0).any()),
    )


def blank_path(game: Game) -> Path:
    """Room for the path of one run."""
    rounds, parties = game.total_rounds(), len(game.names.parties)
    lines, issues = len(game.names.lines), len(game.names.issues)
    return Path(
        np.zeros((rounds, parties)), np.zeros((rounds, lines), bool), np.zeros((rounds, parties), bool),
        np.zeros(parties), np.zeros(lines, bool), np.zeros(parties, bool), np.zeros(issues, np.uint64),
        np.zeros((len(game.rules.joint) + 1, issues), np.uint64), np.zeros(issues, np.int64),
    )  # fmt: skip


@compiled
def bar(g: Rulebook, s: State, k: int, allowed: Masks, barred: Masks, count: int) -> int:
    """No package may match pattern k any more: take its options off, or list it where it names several issues."""
    i = g.single[k]
    if i >= 0:
        allowed[i] &= ~s.patterns[k, i]
        return count
    for j in range(allowed.shape[0]):
        barred[count, j] = s.patterns[k, j]
    return count + 1


@compiled
def exists(
    g: Rulebook, w: World, s: State, b: Board, phase: int, free: Flags, threshold: Floats, binding: Flags,
    present: Flags, path: Path,
) -> int:  # fmt: skip
    """A coalition for `phase` that could agree on some package, which is written to the path's x; -1 if none.

    Only the lines and no-deal values of its own members stand in a coalition's way.
    """
    first = g.masks.shape[0] - g.group_needed.shape[0]
    lines = g.line_owner.shape[0]
    for c in range(b.phase.shape[0]):
        usable = b.phase[c] == phase
        for p in range(present.shape[0]):
            usable = usable and (present[p] or not b.parties[c, p])
        if not usable:
            continue
        count = 0
        for i in range(free.shape[0]):
            every = (np.uint64(1) << np.uint64(g.options[i])) - np.uint64(1)
            path.allowed[i] = every if free[i] else np.uint64(1) << np.uint64(s.package[i])
        for r in range(binding.shape[0]):
            if binding[r] and b.parties[c, g.line_owner[r]]:
                count = bar(g, s, r, path.allowed, path.barred, count)
        for group in range(g.group_needed.shape[0]):
            if b.barred[c, group]:
                count = bar(g, s, first + group, path.allowed, path.barred, count)
        ask = Question(
            w.value, w.bonus, g.link_owner, g.masks[lines:first], threshold, b.parties[c], path.allowed, g.options,
            g.issue_order, path.barred, count, s.current,
        )  # fmt: skip
        if find_package(ask, path.x):
            return c
    return -1


@compiled
def note_current(g: Rulebook, s: State) -> None:
    """What holds now is no deal; a game without status quo has no such package."""
    for i in range(g.options.shape[0]):
        s.current[i] = s.package[i] if g.status_quo[i] >= 0 else -1


@compiled
def begin_quietly(g: Rulebook, w: World, s: State, b: Board) -> None:
    """Round 0 of the path without talks: every line applies that names only what can be agreed or is settled."""
    reset(g, w, s)
    s.phase[0] = b.last
    for r in range(g.line_owner.shape[0]):
        s.applies[r] = True
        for i in range(g.options.shape[0]):
            if g.names[r, i] and not (b.free[i] or g.locked[i]):
                s.applies[r] = False


@compiled
def walk(g: Rulebook, w: World, s: State, b: Board, path: Path) -> None:
    """Follow the path without talks; its lowest no-deal values and the lines that always bind bound every round."""
    begin_quietly(g, w, s, b)
    path.always[:] = True
    path.ever[:] = False
    path.lowest[:] = 2.0
    for t in range(b.rounds):
        advance(g, w, s)
        copy(s.no_deal, path.no_deal[t])
        copy(s.binding, path.binding[t])
        copy(s.present, path.present[t])
        for p in range(s.present.shape[0]):
            path.lowest[p] = min(path.lowest[p], s.no_deal[p])
            path.ever[p] = path.ever[p] or s.present[p]
        for r in range(path.always.shape[0]):
            path.always[r] = path.always[r] and s.binding[r]
        s.fighting[0] += 1
        s.round[0] += 1


@compiled
def suits(g: Rulebook, w: World, b: Board, path: Path, t: int, c: int) -> bool:
    """Whether coalition c could agree on the path's x in round t."""
    for r in range(g.line_owner.shape[0]):
        if path.binding[t, r] and b.parties[c, g.line_owner[r]] and matches(g.masks[r], path.x):
            return False
    for p in range(path.lowest.shape[0]):
        if b.parties[c, p]:
            if not path.present[t, p] or not reaches(package_value(g, w, p, path.x), path.no_deal[t, p]):
                return False
    return True


@inlined
def is_as_before(path: Path, t: int) -> bool:
    """Whether thresholds, lines and parties of round t are those of the round before, so that its answer holds."""
    for p in range(path.ever.shape[0]):
        if path.no_deal[t, p] != path.no_deal[t - 1, p] or path.present[t, p] != path.present[t - 1, p]:
            return False
    for r in range(path.always.shape[0]):
        if path.binding[t, r] != path.binding[t - 1, r]:
            return False
    return True


@compiled
def opens(g: Rulebook, w: World, s: State, b: Board, path: Path) -> bool:
    """Whether the first of several phases can settle on anything that all whom it needs prefer to the present state."""
    if b.last == 0:
        return True
    reset(g, w, s)
    s.phase[0] = b.first
    note_lines(g, s)
    for t in range(g.rounds[b.first]):
        advance(g, w, s)
        set_fallbacks(g, w, s)
        note_current(g, s)
        copy(s.fallback, path.no_deal[t])
        copy(s.binding, path.binding[t])
        copy(s.present, path.present[t])
        is_new = t == 0 or not b.steady or not is_as_before(path, t)
        if is_new and exists(g, w, s, b, b.first, g.agenda[b.first], s.fallback, s.binding, s.present, path) >= 0:
            return True
        s.fighting[0] += 1
        s.round[0] += 1
    return False


@compiled
def has_zone(g: Rulebook, w: World, s: State, b: Board, path: Path) -> bool:
    """Whether some package in some round breaks no binding line and is worth the no-deal value of all whom it needs.

    Where talks begin with a phase of their own, that phase must be able to settle on something too.
    """
    if not opens(g, w, s, b, path):
        return False
    whole = g.protocol.shape[0]
    walk(g, w, s, b, path)
    if b.steady:
        note_current(g, s)
        c = exists(g, w, s, b, whole, b.free, path.lowest, path.always, path.ever, path)
        if c < 0:
            return False
        for t in range(b.rounds):
            if suits(g, w, b, path, t, c):
                return True
    begin_quietly(g, w, s, b)
    for _ in range(b.rounds):
        advance(g, w, s)
        note_current(g, s)
        if exists(g, w, s, b, whole, b.free, s.no_deal, s.binding, s.present, path) >= 0:
            return True
        s.fighting[0] += 1
        s.round[0] += 1
    return False
