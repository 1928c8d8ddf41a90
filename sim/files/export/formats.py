"""Tables of one schema, one after the other, as one file: Parquet, CSV, JSON or XLSX. The same rows give the same bytes.

What a table is cut into leaves no trace in CSV and JSON; Parquet has a group of rows for each, so cut them alike.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

AT_ONCE = 2048
"""Rows that are made text at once: as JSON they take some four megabytes."""

FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What the text of a formula begins with, in full width too."""

Tables = Iterable[pa.Table]
Write = Callable[[Tables, pa.Schema, BinaryIO], None]


def write_parquet(tables: Tables, schema: pa.Schema, stream: BinaryIO) -> None:
    """As Parquet, a group of rows for each table."""
    with pq.ParquetWriter(stream, schema, compression="zstd", write_page_checksum=True) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=max(1, len(table)))


def write_csv(tables: Tables, schema: pa.Schema, stream: BinaryIO) -> None:
    """As CSV after RFC 4180: quotes only where they are needed, nothing where there is no value."""
    stream.write(",".join(map(_csv_text, schema.names)).encode() + b"\r\n")
    for part in _parts(tables):
        cells = [_texts(column, _csv_text) for column in part.columns]
        lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
        stream.write(("\r\n".join(lines.to_pylist()) + "\r\n").encode())


def write_packed_csv(tables: Tables, schema: pa.Schema, stream: BinaryIO) -> None:
    """As CSV, packed by gzip, without the time and name that gzip would add."""
    with gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed:
        write_csv(tables, schema, packed)  # type: ignore[arg-type]


def write_json(tables: Tables, schema: pa.Schema, stream: BinaryIO) -> None:
    """As a JSON array of objects, one a line."""
    heads = [f"{', ' if k else '{'}{_json_text(name)}: " for k, name in enumerate(schema.names)]
    before = "[\n"
    for part in _parts(tables):
        cells = [_texts(column, _json_text) for column in part.columns]
        pairs = [piece for pair in zip(heads, cells, strict=True) for piece in pair]
        lines = pc.binary_join_element_wise(*pairs, "}", "", null_handling="replace", null_replacement="null")
        stream.write((before + ",\n".join(lines.to_pylist())).encode())
        before = ",\n"
    stream.write(b"\n]\n")


def write_spreadsheet(tables: Tables, schema: pa.Schema, stream: BinaryIO) -> None:
    """As a workbook for spreadsheets."""
    from sim.files.export.spreadsheet import write_xlsx

    write_xlsx(tables, schema, stream)


WRITERS: dict[str, Write] = {
    ".csv": write_csv,
    ".csv.gz": write_packed_csv,
    ".json": write_json,
    ".parquet": write_parquet,
    ".xlsx": write_spreadsheet,
}
"""How to write a file, by its ending."""

NEEDS = {".xlsx": "openpyxl"}
"""The library that a format needs beside those of the program, and the extra of that name without the point."""

DESCRIBED = (".xlsx",)
"""Formats with a place of their own for what each column is; beside others lies a file."""


def _parts(tables: Tables) -> Iterator[pa.Table]:
    for table in tables:
        for start in range(0, len(table), AT_ONCE):
            yield table.slice(start, AT_ONCE).combine_chunks()


def _texts(column: pa.ChunkedArray, quoted: Callable[[str], str]) -> pa.Array:
    """Cells as they stand in a text file, nulls left as they are."""
    cells = column.chunk(0)
    if pa.types.is_dictionary(cells.type):
        return pa.array(map(quoted, cells.dictionary.to_pylist()), pa.string()).take(cells.indices)
    if pa.types.is_string(cells.type):
        return pa.array((None if cell is None else quoted(cell) for cell in cells.to_pylist()), pa.string())
    texts = cells.cast(pa.string())  # numbers in the fewest digits that give them back
    if pa.types.is_floating(cells.type):
        is_bare = pc.invert(pc.match_substring_regex(texts, "[.e]"))
        return pc.if_else(is_bare, pc.binary_join_element_wise(texts, "0", "."), texts)  # 1.0 stays no integer
    return texts


def inert(text: str) -> str:
    """A text as a cell of CSV: one that a spreadsheet would take for a formula has an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def _csv_text(cell: str) -> str:
    text = inert(cell)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def _json_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
