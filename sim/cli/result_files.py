"""The files of figures beside the runs of a result, made from the runs: to write them, and again to check them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.cli.common import fitted

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.reader import Result
    from sim.files.result.store import Data
    from sim.game import Game
    from sim.records import Runs
    from sim.report import Report
    from sim.report.sweep.report import SweepReport
    from sim.scenario import Scenario
    from sim.study import Plan
    from sim.talks.transcript.entries import Transcript


@dataclass(frozen=True)
class Told:
    """What the runs, or the zones, that are in a result say of its design points."""

    page: str
    data: dict[str, Any]
    files: "dict[str, Data]"


def told_of_points(result: "Result", by: "Sequence[date]" = ()) -> Told:
    """The figures of every design point; page and data have the likelihood by some days too, files do not."""
    return _of_zones(result) if result.is_of_zones else _of_runs(result, by)


def _of_runs(result: "Result", by: "Sequence[date]") -> Told:
    from sim.analysis.shares.point_rows import point_rows
    from sim.files.result.tables import parquet_bytes, rows_table
    from sim.report.sweep.data import sweep_data
    from sim.report.sweep.page import sweep_page

    report = sweep_report(result)
    data, rows = sweep_data(report), point_rows(report.design, report.figures, report.scenario.parties)
    asked = replace(report, by=tuple(by))
    return Told(
        fitted(sweep_page, asked),
        sweep_data(asked) if by else data,
        {"points.parquet": parquet_bytes(rows_table(rows)), "points.json": data},
    )


def sweep_report(result: "Result") -> "SweepReport":
    """A sweep of negotiations, finished or not."""
    from sim.report.sweep.report import SweepReport

    seed = int(result.manifest["seed"])
    return SweepReport(result.name, result.scenario, result.design, result.rows, result.runs, seed)


def _of_zones(result: "Result") -> Told:
    from sim.files.result.tables import parquet_bytes, rows_table
    from sim.report.sweep.zones import ceiling_rows, ceilings_data, ceilings_of, ceilings_page

    report = ceilings_of(result, result.name)
    data = ceilings_data(report)
    table = parquet_bytes(rows_table(ceiling_rows(report)))
    return Told(fitted(ceilings_page, report), data, {"points.parquet": table, "points.json": data})


def files_of_run(
    report: "Report", scenario: "Scenario", game: "Game", seed: int, which: int
) -> "tuple[Transcript, dict[str, Data]]":
    """The figures of a single scenario, and one of its runs in words; with that run itself."""
    from sim.draws import Uniforms
    from sim.earlier import worlds_of
    from sim.files.printable import printable
    from sim.report.run.data import run_data
    from sim.talks.transcript.page import to_text
    from sim.talks.transcript.recorder import watch

    transcript = watch(game, worlds_of(game, Uniforms(seed, which, 1)).at(0), which)
    return transcript, {"summary.json": run_data(report), "transcript.txt": printable(to_text(transcript, scenario))}


def differences(result: "Result", game: "Game", plan: "Plan", played: "list[Runs]") -> dict[str, str]:
    """Of every file of figures that can be made again, what it has otherwise than its runs give, or nothing.

    `played`: all runs of a single scenario, played again; none of a sweep, whose figures come from what is stored.
    """
    from sim.files.result.recomputation import difference
    from sim.files.result.store import file_bytes

    if not result.figures:
        return {}
    again = _again(result, game, plan, played) if played else told_of_points(result).files
    return {name: difference(result.folder / name, file_bytes(again[name])) for name in result.figures if name in again}


def _again(result: "Result", game: "Game", plan: "Plan", played: "list[Runs]") -> "dict[str, Data]":
    from sim.cli.studies import beside, report_of
    from sim.report.run.data import run_data
    from sim.study import join

    done = join(played)
    report = beside(report_of(result, result.name, game, done, plan), done, plan)
    watched = result.manifest.get("watched")
    if watched is None:
        return {"summary.json": run_data(report)}
    return files_of_run(report, result.scenario, game, plan.seed, watched)[1]
