"""One chunk of a study as a task for any worker, near or far: what goes in fits a message, what comes out is a file.

A task needs no file and no earlier task. A worker keeps what the next task is likely to need again: the tree of the
scenario, games of design points and the draws of the current runs.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sim.draws import Remembered, Uniforms
from sim.files.errors import Mark
from sim.files.result.chunk_files import ChunkForm, chunk_bytes, form_of_runs, form_of_zones
from sim.files.result.chunks import Chunk, Chunks
from sim.files.result.manifest import digest, study_id
from sim.files.result.tables import Table, stacked, zones_table
from sim.files.scenario.overrides import Override
from sim.files.yaml.nodes import Node, from_plain
from sim.game import Game
from sim.records import MANIFEST, Design
from sim.study.design import game_at
from sim.study.fingerprint import rules_hash
from sim.study.plan import Engine, Plan, play_runs, table_of

Overrides = tuple[tuple[str, str], ...]

GAMES = 256  # kept by a worker
BLOCK = 1000
"""Runs that are played at a time, however large a chunk is: worlds take some 15 kB a run."""


@dataclass(frozen=True)
class Task:
    """A chunk of a study and everything that is needed to play it."""

    chunk: Chunk
    scenario: bytes  # resolved, as JSON, packed
    before: tuple[str, ...]  # paths that are overridden in it
    overrides: tuple[Overrides, ...]  # of each design point of the chunk
    seed: int
    engine: Engine
    study: str  # which the chunk says that it belongs to
    rules: str  # by which it is to be played, as a hash


class OtherRules(Exception):
    """The program has changed since a study was begun."""


@dataclass(frozen=True)
class Failure:
    """A chunk that could not be played, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Study:
    """A scenario, the design points at which it is played, and how."""

    scenario: bytes
    before: Mapping[str, str]  # what is overridden in it already
    design: Design
    plan: Plan
    rules: str = ""  # hash of those of the chunks that are there; of the present ones if it says nothing

    def chunks(self) -> Chunks:
        """All its chunks, in the order of work."""
        return Chunks(len(self.design), self.plan.runs, self.plan.chunk)

    @cached_property
    def id(self) -> str:
        """What its chunks say that they belong to; that of its manifest."""
        plan, design = self.plan, self.design
        said = {
            "scenario_hash": digest(json.loads(zlib.decompress(self.scenario))),
            "overrides": dict(self.before),
            "paths": list(design.paths),
            "points": [list(point) for point in design.points],
            "runs": plan.runs,
            "seed": plan.seed,
            "engine": plan.engine,
            "chunk": plan.chunk,
            "rules_hash": self.rules or rules_hash(plan.engine),
        }
        return str(study_id(said))

    def form(self) -> ChunkForm:
        """What its chunks are like."""
        if self.plan.engine == "zone":
            return form_of_zones(self.id)
        return form_of_runs(self.id, _game(self.scenario, tuple(self.before), self.design.overrides(0)).names)

    def task(self, chunk: Chunk) -> Task:
        """One of its chunks as a task."""
        overrides = tuple(self.design.overrides(point) for point in chunk.points)
        plan = self.plan
        rules = rules_hash(plan.engine)
        return Task(chunk, self.scenario, tuple(self.before), overrides, plan.seed, plan.engine, self.id, rules)


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
    from sim.analysis.exact.answer import counts_of  # loads compiled code that nothing else here needs
    from sim.analysis.exact.spaces import space_of

    counts = counts_of(game, space_of(game), luck, threads=1)
    return zones_table(point, luck.first, counts.exists, counts.packages)


def play_task(task: Task) -> bytes:
    """Play a chunk of a study; the bytes of its Parquet file.

    Raises:
        OtherRules: it was asked for by a program with other rules than are here, as when a file is edited meanwhile.
    """
    if task.rules != rules_hash(task.engine):
        raise OtherRules("the rules have changed since this was begun")
    chunk, tables = task.chunk, []
    for point, overrides in zip(chunk.points, task.overrides, strict=True):
        game = _game(task.scenario, task.before, overrides)
        if task.engine == "zone":
            tables.append(_zones(game, point, Uniforms(task.seed, chunk.first, chunk.n)))
            continue
        for first in range(chunk.first, chunk.first + chunk.n, BLOCK):
            luck = _luck(task.seed, first, min(BLOCK, chunk.first + chunk.n - first))
            tables.append(table_of(game, play_runs(game, task.engine, luck), point))
    return chunk_bytes(stacked(tables), task.study, chunk)
