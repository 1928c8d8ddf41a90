"""Sweeps from Python, as in a notebook: the same store, the same bytes as `sim sweep`.

from sim.study import sweep
study = sweep("scenarios/freeze_lines.yaml", vary={"parties.us.patience": "2:20:10"}, runs=500)
study.points()[["parties.us.patience", "agreement", "agreement_low", "agreement_high"]]
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.shares.point_rows import figures_of_points, point_rows, typed_values
from sim.files.errors import BadInput, Fault
from sim.files.result.chunks import Chunk
from sim.files.result.manifest import FROM_PYTHON
from sim.files.result.reader import Result, read_result
from sim.files.result.store import Store, default_folder
from sim.files.result.tables import rows_table, runs_of
from sim.files.scenario.reader import read_scenario
from sim.files.scenario.variations import read_variations
from sim.processes import cores
from sim.study.compilation import compile_ahead, needed_by, to_compile
from sim.study.design import check_design, design_of
from sim.study.kept_runs import keep
from sim.study.manifest import manifest_of
from sim.study.missing_chunks import missing, play_missing, refuse_other_versions, study_of
from sim.study.plan import SWEEP_CHUNK, Engine, Plan
from sim.study.workers.dask import executor_of
from sim.study.workers.tasks import Study
from sim.study.workers.workplaces import Workplace, workplace

if TYPE_CHECKING:
    from pandas import DataFrame


class Incomplete(Exception):
    """Some chunks of a sweep could not be played; what could is stored."""


class Swept:
    """A sweep on disk, finished or not."""

    def __init__(self, folder: str | Path) -> None:
        """Open the folder that `sweep`, `sim sweep` or `sim run` wrote.

        Raises:
            BadInput: it holds no such result.
        """
        self.result: Result = read_result(Path(folder))

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.result.folder

    def points(self) -> "DataFrame":
        """One row a design point: what varies, the likelihood of agreement with its interval, ceiling, ends, reasons."""
        design = self.result.design
        return rows_table(
            point_rows(design, figures_of_points(design, self.result.rows), self.result.scenario.parties)
        ).to_pandas()

    def runs(self) -> "DataFrame":
        """One row a run, by design point and run: what varies, how it ended, what was settled, what each party got."""
        frame, design = runs_of(self.result.files).to_pandas(), self.result.design
        for place, path in enumerate(design.paths, 1):
            frame.insert(place, path, np.array(typed_values(design, path))[frame["point"]])
        return frame

    def __repr__(self) -> str:
        """What a notebook shows of it."""
        done, asked = len(self.result.rows), len(self.result.design) * self.result.runs
        return f"<sweep of {self.result.title}: {len(self.result.design)} points, {done:,} of {asked:,} runs, {self.folder}>"


def sweep(
    scenario: str | Path,
    vary: Mapping[str, str | float | Sequence[float | str]] | None = None,
    *,
    runs: int = 500,
    seed: int = 1,
    sampler: str = "grid",
    points: int | None = None,
    overrides: Mapping[str, str | float] | None = None,
    engine: Engine = "batch",
    workers: int | None = None,
    executor: str = "local",
    dask_tls_ca: str | Path | None = None,
    dask_tls_cert: str | Path | None = None,
    dask_tls_key: str | Path | None = None,
    chunk: int = SWEEP_CHUNK,
    out: str | Path | None = None,
    progress: bool = True,
) -> Swept:
    """Play a scenario at many settings; what is stored already is not played again.

    `vary` takes paths to `"low:high:count"`, `"a,b,c"` or a list of values; `overrides` takes paths to single values. The
    other arguments are those of `sim sweep`.

    Raises:
        BadInput: as `sim sweep` says it; nothing was played.
        Mismatch: `out` holds the result of another sweep, or is being written to.
        Incomplete: some chunks could not be played.
    """
    _refuse(runs=runs, chunk=chunk, workers=1 if workers is None else workers, points=1 if points is None else points)
    place = workplace(executor, dask_tls_ca, dask_tls_cert, dask_tls_key)
    path = Path(scenario)
    loaded = read_scenario(path, [(name, _text(value)) for name, value in (overrides or {}).items()])
    loaded = keep(loaded, seed, runs)
    if loaded.scenario.draws is not None:
        seed, runs = loaded.scenario.draws.seed, min(runs, len(loaded.scenario.draws.numbers()))
    axes = read_variations([(name, _text(values)) for name, values in (vary or {}).items()])
    design = design_of(axes, sampler, points, seed)
    check_design(loaded, design)
    plan = Plan(runs, seed, engine, chunk)
    manifest = asdict(manifest_of(loaded, path, plan, FROM_PYTHON, design))
    with Store(Path(out) if out else default_folder(path.stem, manifest)).open(manifest, resume=True) as store:
        _play(study_of(loaded, design, plan), store, place, workers or cores(), progress)
        return Swept(store.folder)


def _play(study: Study, store: Store, place: Workplace, workers: int, progress: bool) -> None:
    chunks = missing(study, store)
    if not chunks:
        return
    refuse_other_versions(store)
    list(compile_ahead(to_compile(needed_by(study.plan.engine))))
    with _bar(sum(map(len, chunks)), progress) as count, executor_of(place, study, min(workers, len(chunks))) as crew:
        failures = list(play_missing(chunks, store, crew, count))
    if failures:
        raise Incomplete(f"{len(failures)} of {len(chunks)} chunks failed: {failures[0].why}")


def _refuse(**counts: int) -> None:
    faults = [Fault(None, name, f"must be 1 or more (got {count})") for name, count in counts.items() if count < 1]
    if faults:
        raise BadInput(faults)


def _text(value: str | float | Sequence[float | str]) -> str:
    if isinstance(value, str):
        return value
    return repr(value) if isinstance(value, int | float) else ",".join(map(_text, value))


@contextmanager
def _bar(rows: int, shown: bool) -> Iterator[Callable[[Chunk], None]]:
    from tqdm.auto import tqdm  # looks for a notebook when it is imported

    with tqdm(total=rows, unit=" runs", disable=not shown) as bar:

        def count(chunk: Chunk) -> None:
            bar.update(len(chunk))

        yield count
