"""Long work at the command line: how long it will take, how far it is, how it stops, and what came of it."""

import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.points import figures_of
from sim.cli.common import as_text, fail, fitted
from sim.cli.front import FRONT, counting
from sim.cli.signals import SOME_FAILED, safe, tell
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.store import Store
    from sim.scenario import Scenario
    from sim.study.workers.tasks import Failure, Study
    from sim.study.workers.workplaces import Workplace

TRIALS = 3
TRIAL_RUNS, TRIAL_ZONES = 300, 10
STARTING = 1.5  # seconds until workers have loaded what they need
QUIET = 30.0  # seconds between lines on the progress, where no bar is shown


def play_out(study: "Study", store: "Store", place: "Workplace", workers: int) -> "list[Failure]":
    """Play what is missing of a study; the chunks that failed."""
    from sim.api.questions.sweep import play_out
    from sim.study.workers.dask import Lost

    try:
        return play_out(study, store, place, workers, replace(FRONT, counting=_progress))
    except Lost as lost:
        fail(f"{lost}; {safe()}", SOME_FAILED)


def chunks_said(store: "Store", total: int) -> str:
    """Of a sweep, how much of it is there and how to go on."""
    return (
        f"{len(store.chunks()):,} of {total:,} chunks are safe in {store.folder}; the same command goes on from there"
    )


@contextmanager
def _progress(total: int, what: str = "negotiations") -> "Iterator[Callable[[int], None]]":
    """A bar on a terminal; elsewhere a line now and then."""
    started = said = time.monotonic()
    done = 0
    with counting(total, what) as bar:

        def count(rows: int) -> None:
            nonlocal done, said
            done, now = done + rows, time.monotonic()
            bar(rows)
            if not sys.stderr.isatty() and now - said >= QUIET:
                said = now
                tell(f"{done:,} of {total:,} {what}, {done / (now - started):,.0f} a second")

        yield count


def foretell(scenario: "Scenario", study: "Study", store: "Store", workers: int, as_json: bool) -> str:
    """What a sweep would take, from a short trial: points, runs, time and disk."""
    from sim.report.sweep.estimate import Forecast, forecast_data, forecast_page

    seconds, size, rows = _trial(study)
    chunks = len(study.chunks())
    total = len(study.design) * study.plan.runs
    forecast = Forecast(
        design=study.design,
        runs=study.plan.runs,
        chunks=chunks,
        workers=min(workers, chunks),
        seconds=total * seconds / rows / min(workers, chunks) + STARTING,
        bytes=round(total * size / rows),
        per_second=rows / seconds,
        folder=str(store.folder),
        what=study.plan.what(),
    )
    return as_text(forecast_data(forecast)) if as_json else fitted(forecast_page, forecast, scenario)


def _trial(study: "Study") -> tuple[float, int, int]:
    """Seconds, bytes and rows of a few small chunks of a study, spread over its design points."""
    from sim.files.result.chunks import Chunk
    from sim.study.workers.tasks import play_task

    is_zone = study.plan.engine == "zone"
    ready_to_play(study.plan.engine)
    points = len(study.design)
    n = min(TRIAL_ZONES if is_zone else TRIAL_RUNS, study.plan.runs)
    chosen = sorted({points * k // TRIALS for k in range(TRIALS)})
    tasks = [study.task(Chunk(0, range(point, point + 1), 0, n)) for point in chosen]
    play_task(replace(tasks[0], chunk=Chunk(0, tasks[0].chunk.points, 0, 1)))  # loads what only the first one needs
    start = time.perf_counter()
    sizes = [len(play_task(task)) for task in tasks]
    return time.perf_counter() - start, sum(sizes), n * len(tasks)


def told(store: "Store", as_json: bool, by: "Sequence[date]" = ()) -> str:
    """Write the figures of every design point beside the runs; the page or the data to print."""
    from sim.files.result.reader import read_result

    result = read_result(store.folder)
    told = figures_of(result, by)
    written = [store.write(name, data) for name, data in told.files.items()]
    if as_json:
        return as_text({**told.data, "written": str(store.folder)})
    return f"{fitted(told.page)}\n{_said(store.folder, written, result.is_of_zones)}"


def _said(folder: Path, written: list[Path], zones: bool = False) -> str:
    names, quoted = ", ".join(path.name for path in written), shlex.quote(str(folder))
    told = (
        f"Written to {folder}/\n"
        f"  manifest.json, chunks/ (every {'world' if zones else 'run'}, Parquet), {names}\n"
        f"Draw it:   sim plot {quoted}\n"
    )
    return told if zones else f"{told}Take it:   sim export {quoted} --to runs.csv\n"
