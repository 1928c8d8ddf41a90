"""Runs as a table with one row a run, and back from Parquet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.game import Flags, Game, Ints
from sim.records import End, Runs, Why

Table = pa.Table

WORTHS = ("value", "worth", "terms", "face_terms", "no_deal")
"""Fields of outcomes, and columns of tables, that are a number for each party."""


def runs_table(game: Game, runs: Runs, blocked_by: list[str], stuck_on: list[str], point: int = 0) -> pa.Table:
    """One row a run of a design point: how it ended and why, what was settled, and what each party got of it.

    `blocked_by` and `stuck_on` [n]: red line and issue that refusals named most often, or nothing.
    """
    out, names = runs.outcomes, game.names
    columns: dict[str, pa.Array] = {
        "point": pa.array(np.full(len(runs), point), pa.int64()),
        **_endings(game, runs),
        "offers": pa.array(out.offers, pa.int64()),
        "mediator_left": pa.array(out.left, pa.int64()),
        "momentum": pa.array(out.momentum, pa.float64()),
        "reversals": pa.array(out.reversals, pa.int64()),
        "blocked_by": pa.array(blocked_by, pa.string()),
        "stuck_on": pa.array(stuck_on, pa.string()),
    }
    for h, phase in enumerate(names.phases[:-1]):
        columns[f"settled_at.{phase}"] = pa.array(out.settled_at[:, h], pa.int64())
    for i, issue in enumerate(names.issues):
        columns[f"settled.{issue}"] = _words(names.options[i], out.package[:, i])
    for p, party in enumerate(names.parties):
        columns |= _worths(runs, p, party)
        columns[f"aspiration.{party}"] = pa.array(out.aspiration[:, p], pa.float64())
        columns[f"withheld.{party}"] = pa.array(out.withheld[:, p], pa.int64())
        columns[f"confident.{party}"] = pa.array(runs.confident[:, p], pa.bool_())
    for r, line in enumerate(names.lines):
        columns[f"cited.{line}"] = pa.array(out.cited[:, r], pa.int64())
    return pa.table(columns)


def zones_table(point: int, first: int, exists: Flags, packages: Ints) -> pa.Table:
    """One row a world of a design point: whether it has a zone of agreement, and how many packages are in it."""
    n = len(packages)
    return pa.table(
        {
            "point": pa.array(np.full(n, point), pa.int64()),
            "run": pa.array(np.arange(first, first + n), pa.int64()),
            "zone": pa.array(exists, pa.bool_()),
            "packages": pa.array(packages, pa.int64()),
        }
    )


def _endings(game: Game, runs: Runs) -> dict[str, pa.Array]:
    out = runs.outcomes
    return {
        "run": pa.array(np.arange(runs.first, runs.first + len(runs)), pa.int64()),
        "outcome": _words([end.name.lower() for end in End], out.end),
        "why": _words([why.name.lower() for why in Why], runs.why),
        "round": pa.array(out.round, pa.int64()),
        "phase": _words(game.names.phases, out.phase),
        "zone": pa.array(runs.zone, pa.bool_()),
        "core_kept": pa.array(out.core_kept, pa.bool_()),
        "holds": pa.array(out.holds, pa.float64()),
    }


def _worths(runs: Runs, p: int, party: str) -> dict[str, pa.Array]:
    """What a party got: face value, worth, terms, and what it had without."""
    return {f"{kind}.{party}": pa.array(getattr(runs.outcomes, kind)[:, p], pa.float64()) for kind in WORTHS}


def _words(words: Sequence[str], codes: Ints) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(codes))


def compared_runs(scenario: str, game: Game, runs: Runs) -> pa.Table:
    """Runs of one scenario of a comparison, a row each: how it ended and why, and what each party got of it."""
    columns = {"scenario": pa.array([scenario] * len(runs), pa.string()), **_endings(game, runs)}
    for p, party in enumerate(game.names.parties):
        columns |= _worths(runs, p, party)
    return pa.table(columns)


def stacked(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables one under the other; a column that one of them lacks is empty there."""
    return pa.concat_tables(tables, promote_options="default")


def rows_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of plain data as a table with every column that some row has; a column without any value is of numbers."""
    columns = {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}
    empty = {name for name, column in columns.items() if all(cell is None for cell in column)}
    return pa.table({name: pa.array(c, pa.float64() if name in empty else None) for name, c in columns.items()})


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file, the same for the same table. Checksums tell what a disk has spoilt."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", store_schema=False, write_page_checksum=True)
    return bytes(sink.getvalue())


@dataclass(frozen=True)
class CellDifference:
    """Where two tables of runs differ: rows and columns in all, and the first cell."""

    rows: int
    columns: tuple[str, ...]
    point: int
    run: int
    before: object
    now: object


def first_difference(before: pa.Table, data: bytes) -> CellDifference | None:
    """Where a table and that of the bytes of a file differ; None where their cells are the same."""
    now = pq.read_table(pa.BufferReader(data))
    if before.column_names != now.column_names:
        other = tuple(sorted(set(before.column_names) ^ set(now.column_names))) or ("the order of columns",)
        point, run = int(now["point"][0].as_py()), int(now["run"][0].as_py())
        return CellDifference(len(now), other, point, run, "other columns", "these")
    unlike = {name: _unlike(before[name], now[name]) for name in before.column_names}
    columns = tuple(name for name, flags in unlike.items() if flags.any())
    if not columns:
        return None
    rows = np.flatnonzero(np.any([unlike[name] for name in columns], axis=0))
    k = int(rows[0])
    column = next(name for name in columns if unlike[name][k])
    point, run = int(before["point"][k].as_py()), int(before["run"][k].as_py())
    return CellDifference(len(rows), columns, point, run, before[column][k].as_py(), now[column][k].as_py())


def _unlike(one: pa.ChunkedArray, other: pa.ChunkedArray) -> Flags:
    """Cells [n] that differ; as they are written, so that what is no number is like itself."""
    return np.array([repr(a) != repr(b) for a, b in zip(one.to_pylist(), other.to_pylist(), strict=True)], bool)


def runs_of(files: Sequence[Path]) -> pa.Table:
    """All runs in some files, which were checked, as one table, by design point and run."""
    table = pa.concat_tables([pq.read_table(file) for file in files], promote_options="default")
    return table.sort_by([("point", "ascending"), ("run", "ascending")])
