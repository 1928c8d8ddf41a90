"""Settlements that hold in most worlds, and who and what fails them in the others.

They are chosen by their share in some worlds and judged in as many others: the best of millions in one sample
would look better than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.analysis.exact.counting import WORLDS, Counts
from sim.analysis.exact.questions import Questions, blank_questions, is_in_zone, pose_on_paths
from sim.analysis.exact.spaces import Space
from sim.analysis.feasibility.constraints import is_there
from sim.analysis.feasibility.trajectory import (
    Board,
    Path,
    begin_quietly,
    blank_path,
    board,
    last_round,
    next_round,
)
from sim.analysis.shares.likelihood import Share, wilson
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Game, Ints, Rulebook, World, Worlds
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import falls_under, matches, package_worth
from sim.rules.rounds.clock import advance
from sim.rules.state import State, fresh


class Judged(NamedTuple):
    """What worlds say of S packages."""

    holds: Flags  # [S, n] in the zone
    line: Ints  # [S, R] worlds in which the line stands against it, in the round and coalition in which least does
    short: Ints  # [S, P] worlds in which it is worth too little to the party then


@inlined
def stands_against(g: Rulebook, w: World, s: State, b: Board, c: int, x: Ints, lines: Flags, short: Flags) -> int:
    """Write what keeps coalition c from package x in this round, [R] and [P]; how much that is."""
    total = 0
    for r in range(lines.shape[0]):
        lines[r] = s.binding[r] and b.parties[c, g.line_owner[r]] and matches(g.masks[r], x)
        total += lines[r]
    for p in range(short.shape[0]):
        short[p] = b.parties[c, p] and not reaches(package_worth(g, w, s, p, x), s.no_deal[p])
        total += short[p]
    return total


@inlined
def could_settle(g: Rulebook, s: State, b: Board, c: int, x: Ints) -> bool:
    """Whether coalition c is at the table and all whose consent package x needs are in it."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    if b.phase[c] != g.protocol.shape[0] or not is_there(b, c, s.present):
        return False
    for group in range(g.group_needed.shape[0]):
        if b.barred[c, group] and s.today[0] < g.group_until[group] and falls_under(g, s.patterns, first + group, x):
            return False
    return True


@compiled
def note_failure(g: Rulebook, w: World, s: State, b: Board, x: Ints, line: Ints, short: Ints) -> None:
    """Add 1 to the lines [R] and parties [P] that fail package x in the round in which least stands against it.

    Its issues on no agenda become what holds then.
    """
    lines, least_lines = np.zeros(line.shape[0], np.bool_), np.zeros(line.shape[0], np.bool_)
    parties, least_parties = np.zeros(short.shape[0], np.bool_), np.zeros(short.shape[0], np.bool_)
    least = line.shape[0] + short.shape[0] + 1
    begin_quietly(g, w, s, b, False, False)
    for _ in range(last_round(g, w, b)):
        advance(g, w, s)
        for i in range(x.shape[0]):
            if not b.free[i]:
                x[i] = s.package[i]
        for c in range(b.phase.shape[0]):
            if could_settle(g, s, b, c, x):
                total = stands_against(g, w, s, b, c, x, lines, parties)
                if total < least:
                    least = total
                    least_lines[:] = lines
                    least_parties[:] = parties
        next_round(g, s, b, -1)
    for r in range(line.shape[0]):
        line[r] += least_lines[r]
    for p in range(short.shape[0]):
        short[p] += least_parties[p]


@compiled
def judge(
    rules: Rulebook, worlds: Worlds, state: State, b: Board, path: Path, q: Questions, packages: Ints, out: Judged
) -> None:
    """Say for S packages [S, I] in which worlds they are in the zone, and what fails them in the others."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        posed = pose_on_paths(g, w, s, b, path, q)
        for n in range(packages.shape[0]):
            out.holds[n, k] = is_in_zone(g, w, s, q, posed, b.free, packages[n])
            if not out.holds[n, k]:
                note_failure(g, w, s, b, packages[n], out.line[n], out.short[n])


@dataclass(frozen=True)
class Robust:
    """A package, and the share of worlds in which it is in the zone; chosen in other worlds than those."""

    number: int
    share: Share
    lines: dict[str, float]  # red line: share of worlds in which it stands against the package, largest first
    short: dict[str, float]  # party: share of worlds in which it is worth too little to it


def most_robust(game: Game, space: Space, counts: Counts, seed: int, most: int) -> tuple[Robust, ...]:
    """The packages that are in the zone of most of n worlds, judged in the n worlds that come after those."""
    worlds = len(counts.packages)
    numbers = _foremost(counts, most).tolist()
    fresh_ones = judged(game, space, numbers, Uniforms(seed, worlds, worlds))
    found = [_robust(game, number, _row(fresh_ones, n)) for n, number in enumerate(numbers)]
    return tuple(sorted(found, key=lambda one: (-one.share.estimate, one.number)))


def _foremost(counts: Counts, most: int) -> Ints:
    """Numbers of the packages seen in most worlds; ties by number."""
    seen = counts.seen
    if not seen.any():
        return np.zeros(0, np.int64)
    by_share = np.bincount(seen)
    least = len(by_share) - 1
    while least > 1 and by_share[least:].sum() < most:
        least -= 1
    numbers = np.flatnonzero(seen >= least)
    best = numbers[np.argsort(-seen[numbers].astype(np.int64), kind="stable")][:most]
    return np.unique(best if counts.number is None else counts.number[best])


def judged(game: Game, space: Space, numbers: Sequence[int], luck: Uniforms) -> Judged:
    """What n worlds say of some packages, a few worlds at a time."""
    packages = np.array([space.package(number) for number in numbers], np.int64).reshape(-1, len(space.options))
    parts = []
    for start in range(0, luck.n, WORLDS):
        part = worlds_of(game, Uniforms(luck.seed, luck.first + start, min(WORLDS, luck.n - start)))
        parts.append(_judged(game, part, packages))
    return Judged(
        np.concatenate([part.holds for part in parts], axis=1),
        np.sum([part.line for part in parts], axis=0),
        np.sum([part.short for part in parts], axis=0),
    )


def _judged(game: Game, worlds: Worlds, packages: Ints) -> Judged:
    at, n = board(game), len(packages)
    out = Judged(
        np.zeros((n, len(worlds.start)), bool),
        np.zeros((n, len(game.names.lines)), np.int64),
        np.zeros((n, len(game.names.parties)), np.int64),
    )
    judge(game.rules, worlds, fresh(game.rules), at, blank_path(game), blank_questions(game, at), packages, out)
    return out


def _row(judged: Judged, n: int) -> Judged:
    return Judged(*(field[n] for field in judged))


def _robust(game: Game, number: int, found: Judged) -> Robust:
    worlds = len(found.holds)
    return Robust(
        number,
        wilson(int(found.holds.sum()), worlds),
        _shares(game.names.lines, found.line, worlds),
        _shares(game.names.parties, found.short, worlds),
    )


def _shares(ids: tuple[str, ...], counts: Ints, n: int) -> dict[str, float]:
    order = np.argsort(-counts, kind="stable")
    return {ids[k]: float(counts[k] / n) for k in order if counts[k] > 0}
