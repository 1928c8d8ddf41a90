"""A sweep from Python: what was asked, stored as by `sim sweep`, in a folder that stays or in one that goes."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.api.errors import SimError
from sim.api.questions.front import Front
from sim.api.questions.play import with_draws
from sim.api.questions.points import figures_of
from sim.api.questions.sweep import check, check_days_of, design_asked, plan_of, play_out, refuse_too_many
from sim.api.results.sweep import SweepResult
from sim.files.printable import printable
from sim.files.result.manifest import PROGRAM
from sim.files.result.reader import read_result
from sim.files.result.store import Store
from sim.files.scenario.reader import Loaded
from sim.processes import cores
from sim.study import Plan
from sim.study.manifest import OF_A_SWEEP, manifest_of
from sim.study.missing_chunks import study_of
from sim.study.workers.dask import Lost
from sim.study.workers.workplaces import Workplace, workplace

MOST_TOLD = 5
"""Chunks that failed and are told one by one."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a sweep, each as the command line takes it."""

    vary: Sequence[tuple[str, str]]
    runs: int | None
    seed: int
    sampler: str
    points: int | None
    points_from: Path | None
    by: tuple[date, ...]
    analysis: str
    engine: str
    workers: int | None
    executor: str
    tls: tuple[str | Path | None, str | Path | None, str | Path | None]
    chunk: int | None
    out: Path | None
    yes: bool


def swept(loaded: Loaded, path: Path, posterior: Path | None, asked: Asked, front: Front) -> SweepResult:
    """Play what is missing of a sweep, and what came of it.

    Raises:
        BadInput: something of it is wrong; nothing was played.
        Mismatch: the folder holds the result of another sweep, or is being written to.
        SimError: some chunks could not be played, or a cluster can play no more.
    """
    place = _place(asked)
    check_days_of(loaded.scenario, asked.by, asked.analysis)
    design, given = design_asked(
        loaded.scenario, asked.vary, asked.points_from, asked.sampler, asked.points, asked.seed
    )
    plan = plan_of(asked.analysis, asked.runs, asked.seed, asked.engine, asked.chunk)
    command = _command(loaded, path, posterior, asked, plan)
    loaded, seed, runs = with_draws(loaded, plan.seed, plan.runs, front)
    plan = replace(plan, seed=seed, runs=runs)
    if not asked.yes:
        refuse_too_many(design, runs)
    check(loaded, design, given, front)
    study = study_of(loaded, design, plan)
    manifest = asdict(manifest_of(loaded, path, plan, command, design, OF_A_SWEEP))
    holder = TemporaryDirectory(prefix="sim-sweep-", ignore_cleanup_errors=True) if asked.out is None else None
    folder = asked.out if holder is None else Path(holder.name) / "result"
    assert folder is not None
    with Store(folder).open(manifest, resume=True) as store:
        try:
            failures = play_out(study, store, place, asked.workers or cores(), front)
        except Lost as lost:
            raise SimError(printable(f"{lost}; {_safe(store, len(study.chunks()))}")) from None
        result = read_result(store.folder)
        for name, data in figures_of(result).files.items():
            store.write(name, data)
    if failures:
        told = "\n".join(f"chunk {each.number} failed: {each.why}" for each in failures[:MOST_TOLD])
        again = "the same call tries again what is missing"
        raise SimError(printable(f"{told}\n{len(failures):,} of {len(study.chunks()):,} chunks failed; {again}"))
    return SweepResult(result, asked.by, holder)


def _safe(store: Store, total: int) -> str:
    return f"{len(store.chunks()):,} of {total:,} chunks are safe in {store.folder}; the same call goes on from there"


def _place(asked: Asked) -> Workplace:
    """Who plays: this process itself where nobody says how many others do."""
    place = workplace(str(asked.executor), *asked.tls)
    return Workplace("here") if place.kind == "local" and asked.workers is None else place


def _command(loaded: Loaded, path: Path, posterior: Path | None, asked: Asked, plan: Plan) -> str:
    """The command that plays the same, and goes on with it."""
    return shlex.join([PROGRAM, "sweep", str(path), *_options(loaded, posterior, asked, plan)])


def _options(loaded: Loaded, posterior: Path | None, asked: Asked, plan: Plan) -> Iterator[str]:
    for name, pairs in (("--set", loaded.overridden.items()), ("--vary", asked.vary)):
        for path, text in pairs:
            yield from (name, f"{path}={text}")
    usual = {"--sampler": "grid", "--analysis": "runs", "--engine": "batch"}
    values = {
        "--posterior": posterior,
        "--points-from": asked.points_from,
        "--sampler": asked.sampler,
        "--points": asked.points,
        "--runs": plan.runs,
        "--seed": plan.seed,
        "--analysis": asked.analysis,
        "--engine": asked.engine,
        "--chunk": asked.chunk,
        "--out": asked.out,
    }
    for name, value in values.items():
        if value is not None and value != usual.get(name):
            yield from (name, str(value))
    if asked.yes:
        yield "--yes"
