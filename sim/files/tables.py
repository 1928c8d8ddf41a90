"""Runs as a table with one row a run, and back from Parquet."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.game import Game
from sim.records import End, Runs, Why


def runs_table(game: Game, runs: Runs, blocked_by: list[str], stuck_on: list[str]) -> pa.Table:
    """One row a run: how it ended and why, what was settled, and what each party got of it.

    `blocked_by` and `stuck_on` [n]: red line and issue that refusals named most often, or nothing.
    """
    out, names = runs.outcomes, game.names
    columns: dict[str, pa.Array] = {
        **_endings(game, runs),
        "offers": pa.array(out.offers, pa.int64()),
        "mediator_left": pa.array(out.left, pa.int64()),
        "momentum": pa.array(out.momentum, pa.float64()),
        "blocked_by": pa.array(blocked_by, pa.string()),
        "stuck_on": pa.array(stuck_on, pa.string()),
    }
    for i, issue in enumerate(names.issues):
        columns[f"settled.{issue}"] = pa.array([names.options[i][o] for o in out.package[:, i]], pa.string())
    for p, party in enumerate(names.parties):
        columns[f"value.{party}"] = pa.array(out.value[:, p], pa.float64())
        columns[f"no_deal.{party}"] = pa.array(out.no_deal[:, p], pa.float64())
        columns[f"aspiration.{party}"] = pa.array(out.aspiration[:, p], pa.float64())
        columns[f"withheld.{party}"] = pa.array(out.withheld[:, p], pa.int64())
    for r, line in enumerate(names.lines):
        columns[f"cited.{line}"] = pa.array(out.cited[:, r], pa.int64())
    return pa.table(columns)


def _endings(game: Game, runs: Runs) -> dict[str, pa.Array]:
    out = runs.outcomes
    return {
        "run": pa.array(range(runs.first, runs.first + len(runs)), pa.int64()),
        "outcome": pa.array([End(end).name.lower() for end in out.end], pa.string()),
        "why": pa.array([Why(why).name.lower() for why in runs.why], pa.string()),
        "round": pa.array(out.round, pa.int64()),
        "phase": pa.array([game.names.phases[h] for h in out.phase], pa.string()),
        "zone": pa.array(runs.zone, pa.bool_()),
        "core_kept": pa.array(out.core_kept, pa.bool_()),
        "holds": pa.array(out.holds, pa.float64()),
    }


def compared_runs(scenario: str, game: Game, runs: Runs) -> pa.Table:
    """Runs of one scenario of a comparison, a row each: how it ended and why, and what each party got of it."""
    columns = {"scenario": pa.array([scenario] * len(runs), pa.string()), **_endings(game, runs)}
    for p, party in enumerate(game.names.parties):
        columns[f"value.{party}"] = pa.array(runs.outcomes.value[:, p], pa.float64())
        columns[f"no_deal.{party}"] = pa.array(runs.outcomes.no_deal[:, p], pa.float64())
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
    """A table as the bytes of a Parquet file, the same for the same table."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", store_schema=False)
    return bytes(sink.getvalue())


def read_table(folder: Path) -> pa.Table:
    """All chunks of a result, in the order of runs."""
    return pa.concat_tables(pq.read_table(file) for file in sorted(folder.glob("chunk-*.parquet")))
