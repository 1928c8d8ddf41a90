"""One part of a study as a task for any worker, near or far: what goes in fits a message, what comes out is a file.

A task needs no file and no earlier task. A worker keeps what the next task is likely to need again: the tree of the
scenario, games of design points and the draws of the current runs.
"""

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache

from sim.draws import Remembered, Uniforms
from sim.files.errors import Mark
from sim.files.nodes import Node, from_plain
from sim.files.overrides import Override
from sim.files.parts import Part, parts_of
from sim.files.store import MANIFEST
from sim.files.tables import Table, parquet_bytes, stacked, zones_table
from sim.game import Game
from sim.records import Design
from sim.study.designs import game_at
from sim.study.playing import Engine, Plan, play_runs, table_of

Overrides = tuple[tuple[str, str], ...]

GAMES = 256  # kept by a worker
BLOCK = 1000
"""Runs that are played at a time, however large a part is: worlds take some 15 kB a run."""


@dataclass(frozen=True)
class Task:
    """A part of a study and everything that is needed to play it."""

    part: Part
    scenario: bytes  # resolved, as JSON, packed
    before: tuple[str, ...]  # paths that are overridden in it
    overrides: tuple[Overrides, ...]  # of each design point of the part
    seed: int
    engine: Engine


@dataclass(frozen=True)
class Failure:
    """A part that could not be played, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Study:
    """A scenario, the design points at which it is played, and how."""

    scenario: bytes
    before: tuple[str, ...]
    design: Design
    plan: Plan

    def parts(self) -> list[Part]:
        """All its parts, in the order of work."""
        return list(parts_of(len(self.design), self.plan.runs, self.plan.chunk))

    def task(self, part: Part) -> Task:
        """One of its parts as a task."""
        overrides = tuple(self.design.overrides(point) for point in part.points)
        return Task(part, self.scenario, self.before, overrides, self.plan.seed, self.plan.engine)


def packed(plain: object) -> bytes:
    """A resolved scenario as a message."""
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


@lru_cache(maxsize=4)
def _tree(scenario: bytes) -> Node:
    return from_plain(json.loads(zlib.decompress(scenario)), Mark(MANIFEST))


@lru_cache(maxsize=GAMES)
def _game(scenario: bytes, before: tuple[str, ...], overrides: Overrides) -> Game:
    return game_at(_tree(scenario), [Override(path, text) for path, text in overrides], before)


@lru_cache(maxsize=1)
def _luck(seed: int, first: int, n: int) -> Remembered:
    return Remembered(seed, first, n)


def _zones(game: Game, point: int, luck: Uniforms) -> Table:
    """The zones of some worlds of a design point."""
    from sim.analysis.exact.answer import counts_of  # noqa: PLC0415  (loads compiled code that nothing else here needs)
    from sim.analysis.exact.spaces import space_of  # noqa: PLC0415

    counts = counts_of(game, space_of(game), luck, threads=1)
    return zones_table(point, luck.first, counts.exists, counts.packages)


def play_task(task: Task) -> bytes:
    """Play a part of a study; the bytes of its Parquet file."""
    part, tables = task.part, []
    for point, overrides in zip(part.points, task.overrides, strict=True):
        game = _game(task.scenario, task.before, overrides)
        if task.engine == "zone":
            tables.append(_zones(game, point, Uniforms(task.seed, part.first, part.n)))
            continue
        for first in range(part.first, part.first + part.n, BLOCK):
            luck = _luck(task.seed, first, min(BLOCK, part.first + part.n - first))
            tables.append(table_of(game, play_runs(game, task.engine, luck), point))
    return parquet_bytes(stacked(tables))
