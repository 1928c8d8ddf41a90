"""What each column says of a sweep that counted zones: a row for each world, or for each design point."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.files.export.columns import CellKind, Column, kind_of
from sim.files.result.reader import Result
from sim.report.dictionary import SHARE, Columns, described, varied_columns
from sim.report.sweep.zones import QUANTILES, ceiling_rows, ceilings_of

WORLDS_IN = SHARE.replace("runs", "worlds")


def worlds_columns(result: Result, stored: Mapping[str, CellKind]) -> Columns:
    """All columns of the table of worlds, those of the design point first, and the cells [N] of those not stored."""
    varied, cells = varied_columns(result, list(stored))
    point, *others = (_of_world(Column(name, kind), result) for name, kind in stored.items())
    return [point, *varied, *others], cells


def _of_world(column: Column, result: Result) -> Column:
    if column.name == "run":
        said = "which drawn world, counted from 0: that of the run of this number with the same seed"
        return replace(column, meaning=said, span=f"0 to {result.runs - 1}")
    if column.name == "packages":
        said = "packages in the zone: those acceptable to all who count at some time, on the path without talks"
        return replace(column, meaning=said, unit="packages", span="0 and up")
    return described(column, result)


def point_rows_of_zones(result: Result) -> list[dict[str, Any]]:
    """One row a design point: its number, its values, worlds asked for and in, and what is known of their zones."""
    rows = ceiling_rows(ceilings_of(result, ""))
    return [
        {**{name: row[name] for name in ("point", *result.design.paths)}, "worlds_asked": result.runs, **row}
        for row in rows
    ]


def point_columns_of_zones(result: Result, rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """All columns of that table."""
    known = {one.name: one for one in (*varied_columns(result, ())[0], *_of_points(result))}
    cells = {name: [row[name] for row in rows] for name in rows[0]}
    return [replace(known[name], kind=kind_of([cell for cell in cells[name] if cell is not None])) for name in cells]


def _of_points(result: Result) -> list[Column]:
    bound = "end of the 95 % interval of ceiling: sampling error only (Wilson 1927)"
    zone = (
        "packages in the zone of the world at this percentile of worlds, from the smallest zone; 0 where there is none"
    )
    return [
        described(Column("point", CellKind.INTEGER), result),
        Column("worlds_asked", CellKind.INTEGER, "worlds", "how many worlds were asked for at the point", "1 and up"),
        Column("worlds", CellKind.INTEGER, "worlds", "how many of them are in", "0 and up"),
        Column("ceiling", CellKind.NUMBER, WORLDS_IN, "structural ceiling: worlds with a zone of agreement", "0 to 1"),
        Column("ceiling_low", CellKind.NUMBER, WORLDS_IN, f"lower {bound}", "0 to 1"),
        Column("ceiling_high", CellKind.NUMBER, WORLDS_IN, f"upper {bound}", "0 to 1"),
        *(Column(f"packages_p{q}", CellKind.NUMBER, "packages", f"{zone} ({q} %)", "0 and up") for q in QUANTILES),
    ]
