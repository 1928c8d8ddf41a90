"""`sim sweep`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.questions.sweep import LARGEST, check, check_days_of, design_asked, plan_of, refuse_too_many
from sim.cli.common import fail, faults_told, say
from sim.cli.conditioning import load
from sim.cli.front import FRONT
from sim.cli.options import By, Engine, OnDraws, Out, ScenarioPath, UseEngine
from sim.cli.progress import chunks_said, foretell, play_out, told
from sim.cli.signals import SOME_FAILED, tell
from sim.cli.storing import stored
from sim.cli.studies import asked, with_draws

if TYPE_CHECKING:
    from datetime import date

    from sim.files.scenario.reader import Loaded
    from sim.records import Design
    from sim.study import Plan
    from sim.study.workers.workplaces import Workplace


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
    from sim.study import cores
    from sim.study.workers.workplaces import workplace

    loaded = load(scenario, common.overrides, common.posterior)
    with faults_told():
        place = workplace(executor, dask_tls_ca, dask_tls_cert, dask_tls_key)
        check_days_of(loaded.scenario, by, analysis)
        design, given = design_asked(loaded.scenario, vary or (), points_from, sampler, points, common.seed)
        plan = plan_of(analysis, runs, common.seed, engine, chunk)
        loaded, seed, runs = with_draws(loaded, plan.seed, plan.runs)
        plan = replace(plan, seed=seed, runs=runs)
        if not (yes or dry_run):
            refuse_too_many(design, runs)
        check(loaded, design, given, FRONT)
        _study(loaded, scenario, design, plan, workers or cores(), place, out, dry_run, by or (), common.as_json)


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
