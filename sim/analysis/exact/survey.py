"""The zone of one world: how many packages it holds, and its Pareto frontier.

Packages come in blocks. What one of a few strong packages dominates is dropped at once. The rest is compared with the
frontier so far (`moocore`; divide and conquer after Kung, Luccio & Preparata 1975, below quadratic in their number). Values
that are equal at nine decimals count as equal, and packages of equal values count once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis.exact.counting import Bytes, Desk, desk_for, mark, narrow
from sim.analysis.exact.questions import pose_at_start, pose_on_paths, question_at, take_together
from sim.analysis.exact.spaces import Range, Space
from sim.analysis.exact.visiting import Walk, lay_out, visit
from sim.analysis.feasibility.question import Question
from sim.analysis.feasibility.trajectory import board
from sim.analysis.threads import threads_for_now
from sim.game import Flags, Floats, Game, Ints, Worlds
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import fresh

About = Literal["start", "first_phase", "any"]
"""The whole deal in round 0, what the first phase may settle in round 0, or the whole deal in any round of the world."""

UNIT = 1e9  # nine decimals
STRONG = 64  # packages of the frontier that newcomers are held against first
BATCH = 100_000  # packages that meet the frontier at a time


@dataclass(frozen=True)
class Front:
    """F packages that no other one of the zone dominates, one for each set of values, largest sum first."""

    number: Ints  # [F]
    value: Floats  # [F, P] of all parties


@dataclass(frozen=True)
class Survey:
    """The zone of one world."""

    packages: int
    front: Front


@inlined
def is_beaten(value: Floats, strong: Floats, counted: Ints) -> bool:
    """Whether a strong package [S, P] is worth as much as one [P] to each of the parties that are counted."""
    for k in range(strong.shape[0]):
        beaten = True
        for p in counted:
            if strong[k, p] < value[p]:
                beaten = False
                break
        if beaten:
            return True
    return False


@compiled
def gather(
    ask: Question, walk: Walk, bars: Floats, first: int, bits: Bytes, desk: Desk, strong: Floats, counted: Ints,
    number: Ints, value: Floats, total: Ints,
) -> int:  # fmt: skip
    """Go on with a visit until `number` and `value` could overflow; how many packages they hold then.

    Adds to `total` [1] all packages that are new; those that a strong one beats are counted and not kept.
    """
    kept, held = np.empty(desk.number.shape[0], np.int64), 0
    while walk.depth[0] >= 0 and held + desk.number.shape[0] <= number.shape[0]:
        found = visit(ask, walk, bars, desk.number, desk.value)
        fresh_ones = mark(bits, first, desk.number, found, kept)
        total[0] += fresh_ones
        for k in range(fresh_ones):
            row = desk.value[kept[k]]
            for p in range(row.shape[0]):
                row[p] = np.rint(row[p] * UNIT) / UNIT
            if not is_beaten(row, strong, counted):
                number[held] = desk.number[kept[k]]
                for p in range(row.shape[0]):
                    value[held, p] = row[p]
                held += 1
    return held


def merged(front: Front, number: Ints, value: Floats, counted: Ints) -> Front:
    """The frontier with some more packages considered."""
    from moocore import is_nondominated  # 0.2 s

    if not len(number):
        return front
    number, value = np.concatenate([front.number, number]), np.concatenate([front.value, value])
    if not len(counted):  # a deal that nobody need consent to: all are worth the same to those who count
        first = np.array([number.argmin()])
        return Front(number[first], value[first])
    stays = is_nondominated(value[:, counted], maximise=True)
    number, value = number[stays], value[stays]
    order = np.lexsort((number, -value[:, counted].sum(axis=1)))
    return Front(number[order], value[order])


class Surveyor:
    """Surveys ranges of the packages of one world."""

    def __init__(self, game: Game, space: Space, world: Worlds, about: About, counted: Flags) -> None:
        self.game, self.space, self.about = game, space, about
        self.world, self.board = world.at(0), board(game)
        self.counted = np.flatnonzero(counted)

    def nothing(self) -> Front:
        """The frontier of no packages."""
        return Front(np.zeros(0, np.int64), np.zeros((0, len(self.game.names.parties))))

    def questions(self, desk: Desk, lead: Ints) -> Iterator[tuple[Question, Floats]]:
        """The questions whose answers in a range make up the zone, each with its sets of thresholds [M, P]."""
        state = fresh(self.game.rules)
        g, s, w = rulebook_handle(self.game.rules), state_handle(state), world_handle(self.world)
        asks = desk.questions
        if self.about == "any":
            posed = pose_on_paths(g, w, s, self.board, desk.path, asks)
        else:
            posed = pose_at_start(g, w, s, self.board, self.about == "first_phase", True, asks)
        asks.asked[:posed] = False
        for j in range(posed):
            together = take_together(asks, j, posed)
            if together:
                narrow(asks.allowed[j], lead)
                yield question_at(g, w, s, asks, j), asks.bars[:together]

    def survey(self, piece: Range) -> Survey:
        """One range."""
        desk, bits = desk_for(self.game, self.board, self.space), np.zeros(piece.size // 8 + 1, np.uint8)
        number, value = np.empty(BATCH, np.int64), np.empty((BATCH, len(self.game.names.parties)))
        front, total = self.nothing(), np.zeros(1, np.int64)
        for ask, bars in self.questions(desk, piece.lead):
            lay_out(ask, desk.walk)
            while desk.walk.depth[0] >= 0:
                strong = np.ascontiguousarray(front.value[:STRONG])
                held = gather(
                    ask, desk.walk, bars, piece.first, bits, desk, strong, self.counted, number, value, total
                )  # fmt: skip
                front = merged(front, number[:held], value[:held], self.counted)
        return Survey(int(total[0]), front)


def survey(game: Game, space: Space, world: Worlds, counted: Flags, about: About, threads: int) -> Survey:
    """The zone of a world (the first of `world`), with its frontier over the parties that are counted [P]."""
    surveyor = Surveyor(game, space, world, about, counted)
    with threads_for_now(threads) as pool:
        parts = list(pool.map(surveyor.survey, space.ranges()))
    front = surveyor.nothing()
    for part in parts:
        front = merged(front, part.front.number, part.front.value, surveyor.counted)
    return Survey(sum(part.packages for part in parts), front)
