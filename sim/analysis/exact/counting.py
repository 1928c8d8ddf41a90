"""How many packages the zones of many worlds hold, and in how many worlds each package is in the zone.

Packages are numbered; a range of them is worked on by one thread, with a bit for each package that was already found in
the world at hand, since the questions of a zone overlap. So memory grows with the agenda, a bit and two bytes a package,
and neither with the zone nor with the number of worlds.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.exact.questions import Questions, blank_questions, pose_on_paths, question_at, take_together
from sim.analysis.exact.spaces import Space
from sim.analysis.exact.visiting import Walk, blank_walk, lay_out, visit
from sim.analysis.feasibility.trajectory import Board, Path, blank_path, board
from sim.analysis.threads import threads_for_now
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game, Ints, Masks, Rulebook, Worlds, frozen
from sim.rules.compiled import compiled
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.state import State, fresh

BLOCK = 4096
"""Packages that are visited at a time."""

WORLDS = 50
"""Worlds that are held at a time."""

MOST_WORLDS = 65_535

Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]


class Desk(NamedTuple):
    """What one thread works with."""

    path: Path
    questions: Questions
    walk: Walk
    number: Ints  # [BLOCK]
    value: Floats  # [BLOCK, P]


def desk_for(game: Game, at: Board, space: Space) -> Desk:
    """Room for one thread."""
    walk = blank_walk(game.rules)
    walk.stride[:] = space.stride
    return Desk(
        blank_path(game),
        blank_questions(game, at),
        walk,
        np.zeros(BLOCK, np.int64),
        np.zeros((BLOCK, len(game.names.parties))),
    )


@compiled
def mark(bits: Bytes, first: int, number: Ints, found: int, kept: Ints) -> int:
    """Set the bits of packages and write the positions [B] of those that were not set before to `kept`; how many."""
    count = 0
    for k in range(found):
        place = np.uint64(number[k] - first)
        byte, bit = place >> np.uint64(3), np.uint8(1 << (place & np.uint64(7)))
        if bits[byte] & bit == 0:
            bits[byte] |= bit
            kept[count] = k
            count += 1
    return count


@compiled
def narrow(allowed: Masks, lead: Ints) -> None:
    """Leave of the leading issues only the options of a range."""
    for i in range(lead.shape[0]):
        if lead[i] >= 0:
            allowed[i] &= np.uint64(1) << np.uint64(lead[i])


@compiled
def tally(
    rules: Rulebook, worlds: Worlds, state: State, b: Board, desk: Desk, lead: Ints, first: int, bits: Bytes,
    counts: Ints, seen: Shorts,
) -> None:  # fmt: skip
    """Add for each world the packages of a range that are in its zone to `counts` [n], and 1 to `seen` of each."""
    g, s = rulebook_handle(rules), state_handle(state)
    kept = np.empty(desk.number.shape[0], np.int64)
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        bits[:] = 0
        posed = pose_on_paths(g, w, s, b, desk.path, desk.questions)
        desk.questions.asked[:posed] = False
        for j in range(posed):
            together = take_together(desk.questions, j, posed)
            if together == 0:
                continue
            narrow(desk.questions.allowed[j], lead)
            ask = question_at(g, w, s, desk.questions, j)
            lay_out(ask, desk.walk)
            while desk.walk.depth[0] >= 0:
                found = visit(ask, desk.walk, desk.questions.bars[:together], desk.number, desk.value)
                fresh_ones = mark(bits, first, desk.number, found, kept)
                counts[k] += fresh_ones
                for n in range(fresh_ones):
                    seen[desk.number[kept[n]] - first] += 1


class Counts(NamedTuple):
    """The zones of n worlds."""

    packages: Ints  # [n] in the zone
    exists: Flags  # [n] whether there are any
    seen: Shorts  # [S] worlds in whose zone each of some packages is
    number: Ints | None  # [S] which packages those are; None for all of the agenda in their order


def count_worlds(
    game: Game,
    space: Space,
    luck: Uniforms,
    threads: int,
    moved: Callable[[int], None] = lambda n: None,
    among: Flags | None = None,
) -> Counts:
    """Count the zones of n worlds, those of the runs with the same luck; `moved` hears of worlds that are done.

    With `among` [n] only those worlds are counted, and the others count as having no zone.
    """
    worlds = luck.n
    at, packages, seen = board(game), np.zeros(worlds, np.int64), np.zeros(space.total, np.uint16)
    ranges = space.ranges()
    counts = np.zeros((len(ranges), worlds), np.int64)
    with threads_for_now(threads) as pool:
        for start in range(0, worlds, WORLDS):
            n = min(WORLDS, worlds - start)
            part = worlds_of(game, Uniforms(luck.seed, luck.first + start, n))
            chosen = start + (np.arange(n) if among is None else np.flatnonzero(among[start : start + n]))
            if among is not None:
                part = Worlds(*(frozen(field[chosen - start]) for field in part))

            def work(k: int, part: Worlds = part, chosen: Ints = chosen) -> None:
                piece, found = ranges[k], np.zeros(len(chosen), np.int64)
                bits = np.zeros(piece.size // 8 + 1, np.uint8)
                tally(
                    game.rules, part, fresh(game.rules), at, desk_for(game, at, space), piece.lead, piece.first, bits,
                    found, seen[piece.first : piece.first + piece.size],
                )  # fmt: skip
                counts[k, chosen] = found

            list(pool.map(work, range(len(ranges))))
            moved(n)
    packages[:] = counts.sum(axis=0)
    return Counts(packages, packages > 0, seen, None)
