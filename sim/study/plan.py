"""Playing runs of one game: by which engine, chunk by chunk, judged, and as the table that is stored.

A chunk is a range of runs. Its size depends on neither the number of runs nor of workers, so results are the same for
any of them. The compiled loop holds no interpreter lock, so threads scale.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis.blockers.refusals import foremost
from sim.analysis.feasibility.reasons import reasons
from sim.analysis.threads import threads_for_now
from sim.draws import Uniforms, influences
from sim.earlier import worlds_of
from sim.files.result.tables import Table, runs_table
from sim.game import Game
from sim.processes import cores
from sim.records import Outcomes, Runs

Engine = Literal["batch", "mesa", "zone"]
"""How negotiations are played; `zone` plays none, it counts the zones of the same worlds."""

CHUNK = 250
"""Runs of a chunk of a single scenario: small, so that many cores share even a small study."""

SWEEP_CHUNK = 1000
"""Rows of a chunk of a sweep: larger, so that bookkeeping is a small part of the work."""

ZONE_CHUNK = 50
"""The same where zones are counted, which takes some 20 ms a world."""


@dataclass(frozen=True)
class Plan:
    """What to play at each design point."""

    runs: int
    seed: int
    engine: Engine = "batch"
    chunk: int = CHUNK

    def what(self) -> str:
        """What is counted, as a noun."""
        return "worlds" if self.engine == "zone" else "negotiations"

    def chunks(self) -> list[Uniforms]:
        """The draws of each chunk of one design point."""
        starts = range(0, self.runs, self.chunk)
        return [Uniforms(self.seed, first, min(self.chunk, self.runs - first)) for first in starts]


def play_engine(game: Game, engine: Engine) -> Callable[..., Outcomes]:
    """How an engine plays every run of some worlds."""
    if engine == "mesa":
        from sim.talks.runs import play_all  # mesa takes a second to import
    else:
        from sim.batch import play_all
    return play_all


def play_chunk(game: Game, engine: Engine, uniforms: Uniforms, with_reasons: bool = True) -> Runs:
    """Play the runs of one chunk and say why those failed that did."""
    runs = play_runs(game, engine, uniforms, with_reasons)
    runs.draws.update(influences(game, uniforms))
    return runs


def play_runs(game: Game, engine: Engine, uniforms: Uniforms, with_reasons: bool = True) -> Runs:
    """The same without the draws behind the uncertain numbers."""
    worlds = worlds_of(game, uniforms)
    outcomes = play_engine(game, engine)(game, worlds)
    zone, why = reasons(game, worlds, outcomes) if with_reasons else (np.zeros(uniforms.n, bool), outcomes.end * 0)
    return Runs(uniforms.first, outcomes, why, zone, worlds.confident, {})


def play(game: Game, plan: Plan, executor: Executor | None = None) -> Iterator[Runs]:
    """Play a plan chunk by chunk, in the order of runs. `executor` is anything with `map`."""
    if executor is not None:
        yield from executor.map(lambda part: play_chunk(game, plan.engine, part), plan.chunks())
        return
    with threads_for_now(1 if plan.engine == "mesa" else cores()) as threads:
        yield from play(game, plan, threads)


def join(parts: list[Runs]) -> Runs:
    """Runs of consecutive chunks as one."""
    fields = zip(*(part.outcomes for part in parts), strict=True)
    return Runs(
        parts[0].first,
        Outcomes(*(np.concatenate(field) for field in fields)),
        np.concatenate([part.why for part in parts]),
        np.concatenate([part.zone for part in parts]),
        np.concatenate([part.confident for part in parts]),
        {path: np.concatenate([part.draws[path] for part in parts]) for path in parts[0].draws},
    )


def table_of(game: Game, runs: Runs, point: int = 0) -> Table:
    """The table of some runs of a design point, as it is stored."""
    blocked = foremost(game.names.lines, runs.outcomes.cited)
    stuck = foremost(game.names.issues, runs.outcomes.wanted)
    return runs_table(game, runs, blocked, stuck, point)
