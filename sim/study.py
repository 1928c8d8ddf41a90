"""A study: runs of a scenario in chunks, played by an engine, judged, and stored as they come in.

A chunk is a range of runs whose size depends on neither the number of runs nor of workers, so results are the same for
any of them. `executor` is anything with `map`; the compiled loop holds no interpreter lock, so threads scale.
"""

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import numpy as np

from sim.analysis.blocking import foremost
from sim.analysis.reasons import reasons
from sim.draws import Uniforms, influences, realise
from sim.files.scenarios import Loaded
from sim.files.store import CHUNKS, Store, digest
from sim.files.tables import parquet_bytes, runs_table
from sim.game import Game
from sim.records import Asked, ComparisonManifest, Manifest, Outcomes, Runs

Engine = Literal["batch", "mesa"]

CHUNK = 250
LIBRARIES = ("negotiation-simulator", "mesa", "numba", "numpy", "scipy", "pydantic", "pyarrow")


@dataclass(frozen=True)
class Plan:
    """What to play."""

    runs: int
    seed: int
    engine: Engine = "batch"

    def chunks(self) -> list[Uniforms]:
        """The draws of each chunk."""
        starts = range(0, self.runs, CHUNK)
        return [Uniforms(self.seed, first, min(CHUNK, self.runs - first)) for first in starts]


def play_engine(game: Game, engine: Engine) -> Callable[..., Outcomes]:
    """How an engine plays every run of some worlds."""
    if engine == "mesa":
        from sim.talks.runs import play_all  # noqa: PLC0415  (mesa takes a second to import)
    else:
        from sim.batch import play_all  # noqa: PLC0415
    return play_all


def play_chunk(game: Game, engine: Engine, uniforms: Uniforms, with_reasons: bool = True) -> Runs:
    """Play the runs of one chunk and say why those failed that did."""
    worlds = realise(game, uniforms)
    outcomes = play_engine(game, engine)(game, worlds)
    zone, why = reasons(game, worlds, outcomes) if with_reasons else (np.zeros(uniforms.n, bool), outcomes.end * 0)
    return Runs(uniforms.first, outcomes, why, zone, influences(game, uniforms))


def _workers(engine: Engine) -> int:
    return 1 if engine == "mesa" else max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)


def play(game: Game, plan: Plan, executor: Executor | None = None) -> Iterator[Runs]:
    """Play a plan chunk by chunk, in the order of runs."""
    if executor is not None:
        yield from executor.map(lambda part: play_chunk(game, plan.engine, part), plan.chunks())
        return
    with ThreadPoolExecutor(_workers(plan.engine)) as threads:
        try:
            yield from play(game, plan, threads)
        except (KeyboardInterrupt, GeneratorExit):
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def join(parts: list[Runs]) -> Runs:
    """Runs of consecutive chunks as one."""
    fields = zip(*(part.outcomes for part in parts), strict=True)
    return Runs(
        parts[0].first,
        Outcomes(*(np.concatenate(field) for field in fields)),
        np.concatenate([part.why for part in parts]),
        np.concatenate([part.zone for part in parts]),
        {path: np.concatenate([part.draws[path] for part in parts]) for path in parts[0].draws},
    )


def manifest_of(loaded: Loaded, path: Path, plan: Plan, command: str) -> Manifest:
    """Enough to run a study again, and to tell it from any other."""
    return Manifest(
        **asdict(_asked(loaded, plan, command)),
        scenario=loaded.plain,
        scenario_file=str(path),
        scenario_hash=digest(loaded.plain),
        evidence_hash=_evidence_hash(loaded),
    )


def comparison_manifest(
    compared: Mapping[str, Loaded], files: Mapping[str, Path], plan: Plan, command: str
) -> ComparisonManifest:
    """What tells a comparison from any other. `compared` and `files` by the name of the scenario, in their order."""
    first = next(iter(compared.values()))
    return ComparisonManifest(
        **asdict(_asked(first, plan, command)),
        scenarios=list(compared),
        files={name: str(path) for name, path in files.items()},
        scenario_hashes={name: digest(loaded.plain) for name, loaded in compared.items()},
        evidence_hashes={name: _evidence_hash(loaded) for name, loaded in compared.items()},
    )


def _asked(loaded: Loaded, plan: Plan, command: str) -> Asked:
    versions = {"python": platform.python_version(), **{name: metadata.version(name) for name in LIBRARIES}}
    return Asked(dict(loaded.overridden), plan.runs, plan.seed, plan.engine, CHUNK, versions, command)


def _evidence_hash(loaded: Loaded) -> str:
    return digest(loaded.evidence.model_dump(mode="json", by_alias=True))


def store_chunk(store: Store, game: Game, runs: Runs) -> None:
    """Write the table of one chunk."""
    blocked = foremost(game.names.lines, runs.outcomes.cited)
    stuck = foremost(game.names.issues, runs.outcomes.wanted)
    table = runs_table(game, runs, blocked, stuck)
    store.write(f"{CHUNKS}/{store.chunk_path(runs.first // CHUNK).name}", parquet_bytes(table))
