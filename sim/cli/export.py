"""`sim export`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import fail, faults_told, tell
from sim.cli.playing import counting

if TYPE_CHECKING:
    from sim.files.exporting import StoredRuns, Target


class Which(StrEnum):
    """What has a row in the file."""

    runs = "runs"
    points = "points"


ResultFolder = Annotated[Path, typer.Argument(metavar="RESULT", help="Folder of a result of sim run or sim sweep.")]
To = Annotated[
    Path, typer.Option("--to", metavar="FILE", help="File to write; it ends in .parquet, .csv, .csv.gz or .json.")
]
WhichTable = Annotated[Which, typer.Option("--table", help="A row for each run, or for each design point.")]
Force = Annotated[bool, typer.Option("--force", "--yes", help="Overwrite a file that exists.")]


def export(result: ResultFolder, to: To, table: WhichTable = Which.runs, force: Force = False) -> None:
    """Write the runs of a result as one file for other programs: sorted, typed, with a data dictionary beside it.

    Of an unfinished result it writes what is there.

    Example: sim export results/freeze_lines-1a2b3c4d --to runs.parquet
    """
    from sim.files.exporting import stored_runs, target_of  # noqa: PLC0415  (keeps `sim --help` light)
    from sim.files.results import read_result  # noqa: PLC0415

    with faults_told():
        found = read_result(result)
        if found.is_of_zones:
            fail(f"{result}: holds zones, not runs; read its points.parquet and chunks/ as they are")
        target = target_of(to, found.folder, force)
        stored = stored_runs(found)
        written = _runs(stored, target) if table is Which.runs else _points(stored, target)
    if len(stored) < stored.asked:
        tell(_unfinished(stored))
    typer.echo(f"Written to {target.path}: {written}\n  {target.dictionary} says what each column is")


def _runs(stored: "StoredRuns", target: "Target") -> str:
    from sim.files.exporting import export_runs  # noqa: PLC0415
    from sim.report.dictionary import runs_columns  # noqa: PLC0415

    columns, varied = runs_columns(stored.result, stored.kinds())
    with counting(len(stored), "runs") as count:
        export_runs(stored, columns, varied, target, count)
    return f"{_counted(len(stored), 'run')}, {_counted(len(columns), 'column')}"


def _points(stored: "StoredRuns", target: "Target") -> str:
    from sim.analysis.pointwise import figure_row, figures_of_points  # noqa: PLC0415
    from sim.files.exporting import export_rows  # noqa: PLC0415
    from sim.report.dictionary import point_rows, points_columns  # noqa: PLC0415

    result = stored.result
    found = figures_of_points(result.design, result.rows)
    rows = point_rows(result, stored.per_point(), [figure_row(found, point) for point in range(len(result.design))])
    columns = points_columns(result, rows)
    export_rows(result, rows, columns, target)
    return f"{_counted(len(rows), 'design point')}, {_counted(len(columns), 'column')}"


def _unfinished(stored: "StoredRuns") -> str:
    command = stored.result.manifest.get("command")
    return f"unfinished: {len(stored)} of {stored.asked} runs are in; to play the others, give again: {command}"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
