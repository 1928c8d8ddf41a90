"""`sim sweep`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import fail, faults_told, say, takes_the_place
from sim.cli.conditioning import load
from sim.cli.options import By, Engine, OnDraws, Out, ScenarioPath, UseEngine
from sim.cli.progress import chunks_said, foretell, play_out, told
from sim.cli.signals import SOME_FAILED, tell
from sim.cli.storing import stored
from sim.cli.studies import asked, with_draws

if TYPE_CHECKING:
    from datetime import date

    from sim.files.scenario.overrides import Override
    from sim.files.scenario.reader import Loaded
    from sim.records import Design
    from sim.scenario import Scenario
    from sim.study import Plan
    from sim.study.workers.workplaces import Workplace

RUNS, WORLDS = 500, 200
TELLING = ("patience", "concession.deadline")
"""Numbers of a party that make an example, in rounds."""
LARGEST = 1_000_000
"""Negotiations of the largest sweep that starts without being asked twice."""


class Sampler(StrEnum):
    """How design points are chosen."""

    grid = "grid"
    lhs = "lhs"
    sobol = "sobol"
    list = "list"


class Analysis(StrEnum):
    """What is done at each design point."""

    runs = "runs"
    zone = "zone"


UseAnalysis = Annotated[
    Analysis,
    typer.Option(
        help="runs: play negotiations. zone: play none, but count every package in the zone of agreement of the same "
        "worlds: the ceiling of the likelihood, and how much room there is."
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary", metavar="PATH=SPEC",
        help="What to vary: low:high:count, or values with commas, of any part of the scenario; may be given several times.",
    ),
]  # fmt: skip
UseSampler = Annotated[
    Sampler,
    typer.Option(
        help="grid: every combination. list: first values together, then second ones. lhs, sobol: --points spread over "
        "the ranges (Latin hypercube, Sobol sequence)."
    ),
]
Points = Annotated[
    int | None, typer.Option(min=1, max=100_000, metavar="N", help="How many design points lhs or sobol spread.")
]
PointsFrom = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv", help="Design points from a table instead: paths in its first line, a point a line."
    ),
]
RunsEach = Annotated[
    int | None,
    typer.Option(
        "--runs", "-n", min=1, max=10_000_000,
        help="Negotiations, or worlds, at each design point. Default: 500, or 200 with --analysis zone.",
    ),
]  # fmt: skip
Workers = Annotated[int | None, typer.Option(min=1, max=1024, help="Worker processes. Default: one for each core.")]
UseExecutor = Annotated[
    str,
    typer.Option(
        "--executor", metavar="local|dask|dask:ADDRESS",
        help="Processes of this machine; a Dask cluster started for the sweep; or a running one, best by TLS: "
        "whoever reaches a scheduler without it can run code there, and here.",
    ),
]  # fmt: skip
TlsCa = Annotated[
    Path | None,
    typer.Option(
        "--dask-tls-ca", metavar="FILE.pem",
        help="For dask:tls://HOST:PORT: the certificate of the cluster's own authority. Default of all three: Dask's "
        "configuration.",
    ),
]  # fmt: skip
TlsCert = Annotated[
    Path | None, typer.Option("--dask-tls-cert", metavar="FILE.pem", help="The same: the certificate of this program.")
]
TlsKey = Annotated[
    Path | None, typer.Option("--dask-tls-key", metavar="FILE.pem", help="The same: the key of that certificate.")
]
Chunk = Annotated[
    int | None,
    typer.Option(min=1, max=1_000_000, metavar="ROWS", help="Runs in one file; about a second of work is best."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many runs, how long and how large; play nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=f"Allow more than {LARGEST:,} negotiations.")]


def sweep(
    scenario: ScenarioPath,
    *,
    vary: Vary = None,
    points_from: PointsFrom = None,
    sampler: UseSampler = Sampler.grid,
    points: Points = None,
    runs: RunsEach = None,
    common: OnDraws,
    by: By = None,
    analysis: UseAnalysis = Analysis.runs,
    engine: UseEngine = Engine.batch,
    workers: Workers = None,
    executor: UseExecutor = "local",
    dask_tls_ca: TlsCa = None,
    dask_tls_cert: TlsCert = None,
    dask_tls_key: TlsKey = None,
    chunk: Chunk = None,
    out: Out = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Play a scenario at many settings of its numbers and words: how likely agreement is along each of them.

    Stop it at any time, lose power, come back: the same command plays what is missing. All settings have the same luck,
    so differences between them are paired.

    Example: sim sweep freeze_lines --vary parties.us.patience=2:20:10 --runs 500
    """
    from sim.files.scenario.overrides import replaced
    from sim.study import cores
    from sim.study.workers.workplaces import workplace

    loaded = load(scenario, common.overrides, common.posterior)
    with faults_told():
        place = workplace(executor, dask_tls_ca, dask_tls_cert, dask_tls_key)
        _refuse_days(loaded.scenario, by, analysis)
        design, given = _design(loaded, vary, points_from, sampler, points, common.seed)
        plan = _plan(analysis, runs, common.seed, engine, chunk)
        loaded, seed, runs = with_draws(loaded, plan.seed, plan.runs)
        plan, total = replace(plan, seed=seed, runs=runs), len(design) * runs
        if total > LARGEST and not (yes or dry_run):
            fail(
                f"{len(design):,} design points of {runs:,} runs are {total:,} negotiations; give --yes if you mean it"
            )
        _check(loaded, design, given)
        for path in design.paths:
            gone = replaced(loaded.root, path)
            if gone:
                tell(takes_the_place(path, gone))
        _study(loaded, scenario, design, plan, workers or cores(), place, out, dry_run, by or (), common.as_json)


def _refuse_days(scenario: "Scenario", by: "list[date] | None", analysis: Analysis) -> None:
    from sim.cli.studies import refuse_days

    if by and analysis is Analysis.zone:
        fail("--by: says when runs agree, and --analysis zone plays none")
    refuse_days(scenario, by, varies=True)


def _plan(analysis: Analysis, runs: int | None, seed: int, engine: Engine, chunk: int | None) -> "Plan":
    from sim.study import SWEEP_CHUNK, ZONE_CHUNK, Plan

    if analysis is Analysis.runs:
        return Plan(runs or RUNS, seed, engine.value, chunk or SWEEP_CHUNK)
    if engine is not Engine.batch:
        fail("--engine: says how negotiations are played, and --analysis zone plays none")
    return Plan(runs or WORLDS, seed, "zone", chunk or ZONE_CHUNK)


def _design(
    loaded: "Loaded", vary: list[str] | None, points_from: Path | None, sampler: Sampler, points: int | None, seed: int
) -> "tuple[Design, list[list[Override]] | None]":
    """The design points asked for, and their overrides as a table gave them."""
    from sim.files.scenario.variations import read_points, read_variations
    from sim.study.design import design_of

    if points_from is None:
        if not vary:
            fail(f"--vary is missing: say what to vary, such as --vary {_example(loaded.scenario)}")
        return design_of(read_variations(vary), sampler.value, points, seed), None
    if vary or points is not None or sampler is not Sampler.grid:
        fail("--points-from brings its own design points; it goes without --vary, --sampler and --points")
    return read_points(points_from)


def _example(scenario: "Scenario") -> str:
    """Something of a scenario that a sweep may vary, in values about those that it states."""
    from sim.report.wording.scenario_values import stated

    paths = [f"parties.{party}.{end}" for end in TELLING for party in scenario.parties]
    found = {path: middle for path in paths if (middle := stated(scenario, path))}
    path, middle = next(iter(found.items()), ("phases.talks.rounds", 8.0))
    low = max(1, round(middle / 2))
    return f"{path}={low}:{4 * low}:4"


def _check(loaded: "Loaded", design: "Design", given: "list[list[Override]] | None") -> None:
    """Try every design point before any is played."""
    from sim.cli.studies import counting
    from sim.study.design import check_design

    with counting(len(design), "checking design points") as count:
        check_design(loaded, design, given, lambda: count(1))


def _study(
    loaded: "Loaded", path: Path, design: "Design", plan: "Plan", workers: int, place: "Workplace", out: Path | None,
    dry_run: bool, by: "Sequence[date]", as_json: bool,
) -> None:  # fmt: skip
    from sim.files.result.store import Store, default_folder
    from sim.study.manifest import OF_A_SWEEP, manifest_of
    from sim.study.missing_chunks import study_of

    study = study_of(loaded, design, plan)
    manifest = asdict(manifest_of(loaded, path, plan, asked(), design, OF_A_SWEEP))
    store = Store(out or default_folder(path.stem, manifest))
    if dry_run:
        store.check()
        say(foretell(loaded.scenario, study, store, workers, as_json))
        return
    total = len(study.chunks())
    with stored(store, manifest, lambda store: chunks_said(store, total), resume=True):
        failures = play_out(study, store, place, workers)
        say(told(store, as_json, by), nl=as_json)
    sys.stdout.flush()
    if failures:
        again = "the same command tries again what is missing"
        tell("\n".join(f"chunk {failure.number} failed: {failure.why}" for failure in failures[:5]))
        fail(f"{len(failures):,} of {total:,} chunks failed; {again}", SOME_FAILED)
