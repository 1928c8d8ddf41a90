"""Whole negotiations a second through a sweep, what scaling and bookkeeping cost, and memory over the size of a study.

    python benchmarks/sweeps.py [--seconds 20] [--sizes 1000 10000 100000] [--dask]

Every figure is of `scenarios/freeze_lines.yaml` with its reasons for failure, in steady state: workers have loaded what
they need. `--sizes` plays whole `sim sweep` commands, from start to end, and watches the memory of all of their processes.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import psutil

from sim.analysis.shares.design_points import figures, grouped
from sim.draws import Uniforms
from sim.files.result.chunks import Chunk
from sim.files.result.store import Store
from sim.files.result.tables import parquet_bytes
from sim.files.scenario.reader import read_scenario
from sim.files.scenario.variations import read_variations
from sim.records import Rows
from sim.study import SWEEP_CHUNK, Plan, table_of
from sim.study.compilation import compile_ahead, to_compile
from sim.study.design import design_of, game_at, overrides_of
from sim.study.manifest import manifest_of
from sim.study.missing_chunks import play_missing, study_of
from sim.study.plan import play_runs
from sim.study.workers.dask import Executor, executor_of
from sim.study.workers.tasks import Study
from sim.study.workers.workplaces import Workplace

ROOT = Path(__file__).parent.parent
FREEZE = ROOT / "scenarios" / "freeze_lines.yaml"
POINTS = "parties.us.patience=2:20:10"  # of the whole commands
LASTING = "lasting.base=0.1:0.9:10"
"""Ten settings that leave the talks of the scenario as they are, so that its own speed is measured."""
WORK = 10  # chunks a worker plays before the clock starts


def begun(out: Path, chunk: int) -> tuple[Study, Store]:
    """A sweep far larger than will be played."""
    loaded, plan = read_scenario(FREEZE), Plan(10_000_000 // chunk * chunk, 1, "batch", chunk)
    design = design_of(read_variations([LASTING]))
    manifest = asdict(manifest_of(loaded, FREEZE, plan, "sim sweep", design))
    return study_of(loaded, design, plan), Store(out).open(manifest)


def steady(name: str, workers: int, seconds: float, chunk: int = SWEEP_CHUNK) -> float:
    """Negotiations a second, stored, once every worker has warmed up."""
    with tempfile.TemporaryDirectory() as home:
        study, store = begun(Path(home) / "out", chunk)
        with store, executor_of(Workplace(name), study, workers) as crew:
            return _rate(study, store, crew, workers * WORK, seconds)


def _rate(study: Study, store: Store, crew: Executor, warm: int, seconds: float) -> float:
    """Rows a second, from the end of the first `warm` chunks on."""
    marks: list[float] = []

    def until_time_is_up() -> Iterator[Chunk]:
        for chunk in study.chunks():
            if marks and time.perf_counter() - marks[0] > seconds:
                return
            yield chunk

    def mark(chunk: Chunk) -> None:
        if chunk.number >= warm:
            marks.append(time.perf_counter())

    assert not list(play_missing(until_time_is_up(), store, crew, mark))
    return (len(marks) - 1) * study.plan.chunk / (marks[-1] - marks[0])


def bookkeeping() -> None:
    """Where the time of one chunk goes, in one process."""
    study, _ = begun(Path(tempfile.mkdtemp()) / "out", SWEEP_CHUNK)
    loaded = read_scenario(FREEZE)
    game = game_at(loaded.root, overrides_of(study.design, 0))
    uniforms = Uniforms(1, 0, SWEEP_CHUNK)
    runs = play_runs(game, "batch", uniforms)
    data = parquet_bytes(table_of(game, runs))
    with tempfile.TemporaryDirectory() as home:
        store = Store(Path(home))
        steps: dict[str, Callable[[], object]] = {
            "play and judge": lambda: play_runs(game, "batch", uniforms),
            "game of the point": lambda: game_at(loaded.root, overrides_of(study.design, 0)),
            "table and Parquet": lambda: parquet_bytes(table_of(game, runs)),
            "write, sync, rename": lambda: store.write_chunk(0, data),
        }
        spent = {name: _best(step) for name, step in steps.items()}
    whole = sum(spent.values())
    print(f"\none chunk of {SWEEP_CHUNK:,} runs at one design point: {whole * 1e3:.0f} ms")
    for name, seconds in spent.items():
        print(f"  {name:<24}{seconds * 1e3:>8.1f} ms{seconds / whole:>8.1%}")


def figures_of_many(runs: int = 1_000_000, points: int = 200) -> None:
    """How long the figures of many stored runs take, ten design points to a group."""
    rng = np.random.default_rng(1)
    flags = rng.random(runs) < 0.5
    rows = Rows(
        np.repeat(np.arange(points), runs // points), np.tile(np.arange(runs // points), points),
        rng.integers(1, 7, runs), rng.integers(1, 7, runs), rng.integers(0, 100, runs), flags, flags, rng.random(runs),
        np.zeros((runs, 1), np.int64),
    )  # fmt: skip
    seconds = _best(lambda: figures(rows, grouped(rows, np.arange(points) // 10, points // 10)))
    print(f"\nfigures of {runs:,} runs: {seconds * 1e3:.0f} ms")


def _best(step: Callable[[], object], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        spent.append(time.perf_counter() - start)
    return min(spent)


def sizes(counts: list[int]) -> None:
    """Whole commands over the size of a study, with the most memory that all processes of each held at once."""
    print(f"\n{'runs':>12}{'seconds':>10}{'a second':>10}{'most memory, MB':>18}{'files, MB':>12}")
    for count in counts:
        with tempfile.TemporaryDirectory() as home:
            out = Path(home) / "out"
            words = [sys.executable, "-m", "sim", "sweep", str(FREEZE), "--vary", POINTS, "--runs", str(count // 10),
                     "--workers", "2", "--yes", "--out", str(out)]  # fmt: skip
            start = time.perf_counter()
            program = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            most = _watched(program)
            seconds = time.perf_counter() - start
            files = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        if program.returncode:
            sys.exit(f"{' '.join(words)} ended with {program.returncode}")
        print(
            f"{count:>12,}{seconds:>10.1f}{count / seconds:>10,.0f}{most / 1e6:>18,.0f}{files / 1e6:>12.1f}", flush=True
        )


def _watched(program: "subprocess.Popen[bytes]") -> int:
    """The most bytes that a program and all of its processes held in memory at once."""
    root, most = psutil.Process(program.pid), 0

    def watch() -> None:
        nonlocal most
        while program.poll() is None:
            try:
                family = [root, *root.children(recursive=True)]
                most = max(most, sum(each.memory_full_info().uss for each in family))
            except psutil.Error:
                continue  # one of them has just ended
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    program.wait()
    watcher.join()
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--dask", action="store_true")
    given = parser.parse_args()
    list(compile_ahead(to_compile()))
    print(f"negotiations a second on freeze_lines, reasons and storing included, chunks of {SWEEP_CHUNK:,} runs")
    one, two = steady("local", 1, given.seconds), steady("local", 2, given.seconds)
    print(f"  1 worker  {one:>8,.0f}\n  2 workers {two:>8,.0f}   {two / one:.2f} x one worker")
    if given.dask:
        chunk = max(SWEEP_CHUNK, round(one / 500) * 500)  # about a second of work
        near, far = steady("local", 2, given.seconds, chunk), steady("dask", 2, given.seconds, chunk)
        print(f"  Dask      {far:>8,.0f}   {far / near:.2f} x local ({near:,.0f}), chunks of {chunk:,} runs")
    bookkeeping()
    figures_of_many()
    if given.sizes:
        sizes(given.sizes)


if __name__ == "__main__":
    main()
