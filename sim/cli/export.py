"""`sim export`: the runs of a result, or a scenario as a domain of another program."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.common import fail, faults_told, load, say
from sim.cli.options import Force, Overrides, scenario_argument
from sim.cli.signals import tell
from sim.cli.storing import writes
from sim.cli.studies import counting
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.files.export.columns import Column
    from sim.files.export.comparison import ComparedTable
    from sim.files.export.writer import StoredRuns, Target


class Which(StrEnum):
    """What has a row in the file."""

    runs = "runs"
    points = "points"


class As(StrEnum):
    """For which program a scenario is written."""

    genius = "genius"
    geniusweb = "geniusweb"


Source = Annotated[
    Path,
    scenario_argument(
        "SOURCE", "Folder of a result of sim run, sweep or compare; or a scenario: its file (YAML) or its name."
    ),
]
To = Annotated[
    Path,
    typer.Option(
        "--to",
        metavar="PATH",
        help="Of a result, file to write; it ends in .parquet, .csv, .csv.gz, .json or .xlsx. Of a scenario, a folder.",
    ),
]
WhichTable = Annotated[
    Which | None,
    typer.Option(
        "--table",
        help="Of a result: a row for each run or world (default), or for each design point or scenario compared.",
    ),
]
AsWhat = Annotated[
    As | None, typer.Option("--as", help="Of a scenario: XML of GENIUS (default), or JSON of GeniusWeb.")
]


def export(
    source: Source,
    to: To,
    table: WhichTable = None,
    form: AsWhat = None,
    overrides: Overrides = None,
    force: Force = False,
) -> None:
    """Write a result or a scenario for other programs.

    Of a result it writes the runs, or the worlds whose zones were counted, as one sorted file with typed columns. A data
    dictionary lies beside it, or is a sheet of it. Of an unfinished result it writes what is there.

    Of a scenario it writes issues, weights, values and no-deal values, as a negotiation domain, and lists all else.

    Example: sim export results/freeze_lines-1a2b3c4d --to runs.parquet
    """
    from sim.files.scenario.catalogue import means_scenario

    if means_scenario(source):
        if table is not None:
            fail("--table: goes with a result, and this is a scenario")
        _domain(source, to, form or As.genius, overrides, force)
    elif form is not None or overrides:
        fail(f"{'--set' if form is None else '--as'}: goes with a scenario, and {source} is none")
    else:
        _result(source, to, table or Which.runs, force)


def _domain(scenario: Path, to: Path, form: As, overrides: list[str] | None, force: bool) -> None:
    from sim.files.genius.exporting import DomainForm, export_domain

    loaded = load(scenario, overrides)
    with faults_told():
        writes(to)
        ready("exact")
        done = export_domain(loaded.scenario, to, DomainForm(form), force)
    domain = done.domain
    counts = f"{len(domain.topics)} issues, {len(domain.profiles)} parties, {domain.packages} packages"
    lines = [f"Written to {to} for {done.platform}: {counts}", *(f"  {file.name}" for file in done.files)]
    lines += ["Not carried over:", *(f"  {line}" for line in done.lost)]
    say("\n".join(lines))


def _result(result: Path, to: Path, table: Which, force: bool) -> None:
    from sim.files.export.comparison import compared_table
    from sim.files.export.writer import stored_runs, target_of
    from sim.files.result.reader import read_result

    with faults_told():
        compared = compared_table(result, table is Which.runs)
        if compared is not None:
            target = target_of(to, result, force)
            writes(to)
            _say_written(target, _compared(compared, target, table is Which.runs))
            return
        found = read_result(result)
        target = target_of(to, found.folder, force)
        stored = stored_runs(found)
        writes(to)
        written = _runs(stored, target) if table is Which.runs else _points(stored, target)
    if len(stored) < stored.asked:
        tell(_unfinished(stored))
    _say_written(target, written)


def _say_written(target: "Target", written: str) -> None:
    where = "its sheet columns" if target.describes_itself else target.dictionary
    say(f"Written to {target.path}: {written}\n  {where} says what each column is")


def _compared(table: "ComparedTable", target: "Target", of_runs: bool) -> str:
    from sim.files.export.comparison import export_comparison
    from sim.report.compare.dictionary import comparison_columns
    from sim.report.wording.figures import counted

    columns = comparison_columns(table.kinds(), of_runs)
    with counting(table.rows, "rows") as count:
        export_comparison(table, columns, target, count)
    return f"{counted(table.rows, 'run' if of_runs else 'scenario')}, {counted(len(columns), 'column')}"


def _runs(stored: "StoredRuns", target: "Target") -> str:
    from sim.files.export.writer import export_runs
    from sim.report.dictionary import runs_columns
    from sim.report.sweep.zone_dictionary import worlds_columns
    from sim.report.wording.figures import counted

    of_zones = stored.result.is_of_zones
    columns, varied = (worlds_columns if of_zones else runs_columns)(stored.result, stored.kinds())
    with counting(len(stored), stored.result.what) as count:
        export_runs(stored, columns, varied, target, count)
    return f"{counted(len(stored), 'world' if of_zones else 'run')}, {counted(len(columns), 'column')}"


def _points(stored: "StoredRuns", target: "Target") -> str:
    from sim.files.export.writer import export_rows
    from sim.report.sweep.zone_dictionary import point_columns_of_zones, point_rows_of_zones
    from sim.report.wording.figures import counted

    result = stored.result
    if result.is_of_zones:
        rows = point_rows_of_zones(result)
        columns = point_columns_of_zones(result, rows)
    else:
        rows, columns = _figures(stored)
    export_rows(result, rows, columns, target)
    return f"{counted(len(rows), 'design point')}, {counted(len(columns), 'column')}"


def _figures(stored: "StoredRuns") -> "tuple[list[dict[str, Any]], list[Column]]":
    """Of runs, the row of each design point, and what their columns are."""
    from sim.analysis.shares.point_rows import figure_row, figures_of_points
    from sim.report.dictionary import point_rows, points_columns

    result = stored.result
    found = figures_of_points(result.design, result.rows)
    figures = [figure_row(found, point, result.scenario.parties) for point in range(len(result.design))]
    rows = point_rows(result, stored.per_point(), figures)
    return rows, points_columns(result, rows)


def _unfinished(stored: "StoredRuns") -> str:
    command = stored.result.manifest["command"]
    said = f"{len(stored)} of {stored.asked} {stored.result.what} are in"
    return f"unfinished: {said}; to play the others, give again: {command}"
