"""A comparison as one file for other programs: its runs, or a row for each scenario."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.files.errors import bad_file
from sim.files.export.columns import CellKind, Column, kind_stored, schema_of
from sim.files.export.order import ROWS, recut, whole
from sim.files.export.writer import Target, counting_rows, write_tables
from sim.files.result.manifest import read_manifest, version_of

RUNS, SCENARIOS = "runs.parquet", "comparison.parquet"


@dataclass(frozen=True)
class ComparedTable:
    """One of the two tables of a comparison that is finished."""

    file: Path
    rows: int
    about: dict[str, str]

    def kinds(self) -> list[tuple[str, CellKind]]:
        """Its columns, and what stands in each."""
        with whole(self.file, AGAIN):
            return [(field.name, kind_stored(field.type)) for field in pq.read_schema(self.file)]


AGAIN = "the command that made it makes it anew"


def compared_table(folder: Path, of_runs: bool) -> ComparedTable | None:
    """A table of the comparison in a folder; None where there is no comparison.

    Raises:
        BadInput: the comparison is not finished, or its file is damaged.
    """
    manifest = read_manifest(folder) if os.path.isdir(folder) else None  # noqa: PTH112  (unlike pathlib, false for odd names)
    if manifest is None or "scenarios" not in manifest:
        return None
    file = folder / (RUNS if of_runs else SCENARIOS)
    if not file.is_file():
        raise bad_file(file, f"is missing, so the comparison is not finished; {AGAIN}")
    with whole(file, AGAIN):
        rows = pq.read_metadata(file).num_rows
    return ComparedTable(file, rows, _about(manifest, "runs" if of_runs else "scenarios"))


def _about(manifest: dict[str, Any], rows: str) -> dict[str, str]:
    """What a file says of its rows; the manifest may be anybody's, so what is not as it should be is left out."""
    hashes = manifest.get("scenario_hashes")
    named = {f"scenario_hash {name}": str(value) for name, value in hashes.items()} if isinstance(hashes, dict) else {}
    overrides = manifest.get("overrides")
    given = {f"set {path}": str(value) for path, value in overrides.items()} if isinstance(overrides, dict) else {}
    plain = {name: str(manifest[name]) for name in ("seed", "runs") if name in manifest}
    return {"title": "Comparison", "rows": rows, **plain, **named, **given, "program": version_of(manifest)}


def export_comparison(
    table: ComparedTable, columns: Sequence[Column], target: Target, each: Callable[[int], None] = lambda _: None
) -> None:
    """Write a table of a comparison, in its order; `each` is told of rows that are written.

    Raises:
        BadInput: the file is damaged; nothing is written.
        StoreFailed: the disk is full.
    """
    schema = schema_of(columns, table.about)
    write_tables(counting_rows(recut(_tables(table, columns, schema)), each), schema, columns, target)


def _tables(table: ComparedTable, columns: Sequence[Column], schema: pa.Schema) -> Iterator[pa.Table]:
    with whole(table.file, AGAIN), pq.ParquetFile(table.file, page_checksum_verification=True) as file:
        for batch in file.iter_batches(ROWS):
            cells = [one.cells(batch.column(one.name)) for one in columns]
            yield pa.Table.from_arrays(cells, schema=schema)
