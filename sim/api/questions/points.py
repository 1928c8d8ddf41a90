"""The figures of every design point of a result, made from its runs or zones: as a page, data, rows and files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.reader import Result
    from sim.files.result.store import Data
    from sim.report.sweep.report import SweepReport


@dataclass(frozen=True)
class PointFigures:
    """What the runs, or the zones, that are in a result say of its design points."""

    page: Callable[[], str]
    data: dict[str, Any]
    rows: list[dict[str, Any]]  # one a design point
    files: "dict[str, Data]"  # that stand beside the runs


def figures_of(result: "Result", by: "Sequence[date]" = ()) -> PointFigures:
    """The figures of every design point; page and data have the likelihood by some days too, files do not."""
    return _of_zones(result) if result.is_of_zones else _of_runs(result, by)


def _of_runs(result: "Result", by: "Sequence[date]") -> PointFigures:
    from sim.analysis.shares.point_rows import point_rows
    from sim.report.sweep.data import sweep_data
    from sim.report.sweep.page import sweep_page

    report = report_of_runs(result)
    data, rows = sweep_data(report), point_rows(report.design, report.figures, report.scenario.parties)
    asked = replace(report, by=tuple(by))
    return PointFigures(partial(sweep_page, asked), sweep_data(asked) if by else data, rows, _files(rows, data))


def report_of_runs(result: "Result") -> "SweepReport":
    """The runs of a result with what they are runs of."""
    from sim.report.sweep.report import SweepReport

    seed = int(result.manifest["seed"])
    return SweepReport(result.name, result.scenario, result.design, result.rows, result.runs, seed)


def _of_zones(result: "Result") -> PointFigures:
    from sim.report.sweep.zones import ceiling_rows, ceilings_data, ceilings_of, ceilings_page

    report = ceilings_of(result, result.name)
    data, rows = ceilings_data(report), ceiling_rows(report)
    return PointFigures(partial(ceilings_page, report), data, rows, _files(rows, data))


def _files(rows: list[dict[str, Any]], data: dict[str, Any]) -> "dict[str, Data]":
    from sim.files.result.tables import parquet_bytes, rows_table

    return {"points.parquet": parquet_bytes(rows_table(rows)), "points.json": data}
