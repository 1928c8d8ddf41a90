"""`sim sensitivity` over all assumptions: one sample of codings and runs, judged."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.signals import tell
from sim.cli.studies import counting, game_of, refuse_days, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report.sensitivity.assumptions import AssumptionReport

RUNS = 4000
FEWEST_RUNS = 500
"""Runs below which there are too few codings to tell conventions apart."""

TORNADO = "tornado.svg"


def assumptions(
    loaded: "Loaded", path: Path, runs: int, seed: int, by: date | None, out: Path | None, as_json: bool
) -> None:
    """Say which assumptions the likelihood and the terms hang on; faults end the program."""
    if runs < FEWEST_RUNS:
        fail(f"--runs {runs}: at least {FEWEST_RUNS}, as conventions count by coding and each coding has 25 runs")
    refuse_days(loaded.scenario, [by] if by else None)
    loaded, seed, runs = with_draws(loaded, seed, runs)
    with faults_told():
        report = _sampled(loaded, path, runs, seed, by)
        _print(report, as_json)
        if out is not None:
            _draw(report, out)


def _sampled(loaded: "Loaded", path: Path, runs: int, seed: int, by: date | None) -> "AssumptionReport":
    from sim.report.sensitivity.assumptions import AssumptionReport
    from sim.scenario.calendar import calendar_of
    from sim.scenario.conventions import conventions
    from sim.scenario.provenance import numbers
    from sim.study.sample_of_codings import sample, total_runs

    game_of(loaded)
    ready_to_play()
    calendar = calendar_of(loaded.scenario)
    rounds = calendar.rounds_by(by) if by and calendar else None
    found = conventions(loaded.scenario, tuple(loaded.overridden))
    with counting(total_runs(runs)) as count:
        drawn = sample(loaded.scenario, loaded.plain, found, runs, seed, rounds, count)
    return AssumptionReport(
        loaded.scenario, path.stem, {one.path: one for one in found}, numbers(loaded.scenario, loaded.overridden), drawn,
        seed, by.isoformat() if by else None, loaded.overridden,
    )  # fmt: skip


def _print(report: "AssumptionReport", as_json: bool) -> None:
    from sim.report.sensitivity.assumption_data import assumption_data
    from sim.report.sensitivity.assumption_page import assumption_page

    say(data_or_page(as_json, report, assumption_data, assumption_page), nl=as_json)


def _draw(report: "AssumptionReport", out: Path) -> None:
    from sim.files.outputs import write_files
    from sim.plots import picture_bytes
    from sim.report.sensitivity.picture import tornado_picture

    figures = {TORNADO: tornado_picture(report)}
    drawn = {out / name: picture_bytes(figure, "svg") for name, figure in figures.items() if figure is not None}
    if not drawn:
        fail("--out: nothing to draw, as no assumption stands out")
    out.mkdir(parents=True, exist_ok=True)
    write_files(drawn, "--out")
    for file in drawn:
        tell(f"Written to {file}")
