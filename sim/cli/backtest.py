"""`sim backtest`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sim.api.questions.backtest import backtested
from sim.api.questions.dated_worlds import DATED, dated_worlds, read_worlds
from sim.cli.common import data_or_page, faults_told, say
from sim.cli.front import FRONT
from sim.cli.options import Common, day, scenario_argument
from sim.cli.recorded import RecordFile, StancesFile, check_picture, write_picture

Scenarios = Annotated[
    list[Path] | None,
    scenario_argument("SCENARIO", f"Worlds to choose from, each with a date. Default: {DATED}, here or as shipped."),
]
KnownBy = Annotated[
    date,
    typer.Option(
        "--known-by", metavar="DATE", parser=day,
        help="The day up to which claims may make the world, such as 2025-04-23. What was recorded later is foretold.",
    ),
]  # fmt: skip
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=1_000_000, help="In how many worlds to ask.")]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also draw how reliable it is: a file that ends in .png, .svg or .pdf."),
]


def backtest(
    scenarios: Scenarios = None,
    *,
    known_by: KnownBy,
    runs: Count = 2000,
    common: Common,
    record: RecordFile = None,
    file: StancesFile = None,
    out: Out = None,
) -> None:
    """Ask a world of one day about what was recorded later: answers to proposals, and facts that its runs should show.

    Only claims written by that day make the world. Scores stand beside those of rivals that use no model.

    Example: sim backtest --known-by 2025-04-23
    """
    by = known_by.isoformat()
    with faults_told():
        check_picture(out)
        worlds = read_worlds(scenarios or dated_worlds("backtest"), common.overrides)
        report = backtested(worlds, by, common.overrides or (), runs, common.seed, FRONT, record, file)
    from sim.report.backtest.data import backtest_data
    from sim.report.backtest.page import backtest_page

    say(data_or_page(common.as_json, report, backtest_data, backtest_page))
    if out is not None:
        from sim.report.backtest.picture import backtest_picture

        with faults_told():
            write_picture(backtest_picture(report), out, "as no answer was asked")
