"""Columns of a table that leaves the program: type, unit and meaning of each, and cells of that type."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sim.files.export.formats import inert

HEADS = ("column", "type", "unit", "meaning", "values")
MOST_WORDS = 100  # of a column, told in its description


class CellKind(StrEnum):
    """What stands in a column."""

    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "true or false"
    TEXT = "text"


_TYPES = {
    CellKind.INTEGER: pa.int64(),
    CellKind.NUMBER: pa.float64(),
    CellKind.FLAG: pa.bool_(),
    CellKind.TEXT: pa.string(),
}


@dataclass(frozen=True)
class Column:
    """One column and what a reader must know of it."""

    name: str
    kind: CellKind
    unit: str = ""
    meaning: str = ""
    span: str = ""  # which numbers may stand there, in words
    words: Mapping[str, str] = field(default_factory=dict)  # of a text, those that may stand there: what each means

    @property
    def type(self) -> pa.DataType:
        """Its Arrow type. Text of known words is a dictionary of all of them, whichever occur."""
        return pa.dictionary(pa.int32(), pa.string()) if self.words else _TYPES[self.kind]

    @property
    def values(self) -> str:
        """What may stand there, on one line."""
        told = [f"{word}: {means}" if means else word for word, means in list(self.words.items())[:MOST_WORDS]]
        more = len(self.words) - len(told)
        return "; ".join([*told, f"and {more} more"] if more else told) or self.span

    def cells(self, stored: pa.Array) -> pa.Array:
        """Stored cells with the type of the column; empty texts and numbers that are not finite become nulls.

        Raises:
            ValueError: a cell that this column cannot hold.
        """
        if self.kind is CellKind.TEXT:
            filled = pc.if_else(pc.equal(stored, ""), None, stored)
            return self._coded(filled) if self.words else filled
        cells = stored.cast(self.type)
        if self.kind is CellKind.NUMBER and not pc.all(pc.is_finite(cells)).as_py():
            return pc.if_else(pc.is_finite(cells), cells, None)
        return cells

    def of(self, cells: Sequence[Any]) -> pa.Array:
        """Cells of plain data with the type of the column."""
        return self.cells(pa.array(cells, _TYPES[self.kind]))

    def _coded(self, texts: pa.Array) -> pa.Array:
        known = pa.array(list(self.words), pa.string())
        codes = pc.index_in(texts, value_set=known)
        if codes.null_count != texts.null_count:
            strange = pc.and_(pc.is_valid(texts), pc.is_null(codes))
            raise ValueError(f"{self.name} cannot be {pc.filter(texts, strange)[0].as_py()!r}")
        return pa.DictionaryArray.from_arrays(codes, known)


def kind_stored(kind: pa.DataType) -> CellKind:
    """What stands in a column of some stored type."""
    if pa.types.is_boolean(kind):
        return CellKind.FLAG
    if pa.types.is_integer(kind):
        return CellKind.INTEGER
    return CellKind.NUMBER if pa.types.is_floating(kind) else CellKind.TEXT


def kind_of(cells: Iterable[object]) -> CellKind:
    """What stands in a column of plain data; None fits anywhere, and a column of nothing else is of numbers."""
    kinds = {_kind(cell) for cell in cells if cell is not None}
    if kinds <= {CellKind.INTEGER, CellKind.NUMBER}:
        return CellKind.INTEGER if kinds == {CellKind.INTEGER} else CellKind.NUMBER
    return kinds.pop() if len(kinds) == 1 else CellKind.TEXT


def _kind(cell: object) -> CellKind:
    if isinstance(cell, bool):
        return CellKind.FLAG
    if isinstance(cell, int):
        return CellKind.INTEGER
    return CellKind.NUMBER if isinstance(cell, float) else CellKind.TEXT


def schema_of(columns: Sequence[Column], about: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema of a table; every field carries its description, and the whole what it is `about`."""
    fields = [
        pa.field(one.name, one.type, metadata={"description": one.meaning, "unit": one.unit, "values": one.values})
        for one in columns
    ]
    return pa.schema(fields, metadata=dict(about))


def table_of_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> pa.Table:
    """Rows of plain data as a typed table."""
    arrays = [one.of([row.get(one.name) for row in rows]) for one in columns]
    return pa.Table.from_arrays(arrays, names=[one.name for one in columns])


def dictionary_bytes(columns: Sequence[Column]) -> bytes:
    """The data dictionary of a table as a CSV file: one row a column."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    rows = ((one.name, one.kind, one.unit, one.meaning, one.values) for one in columns)
    writer.writerows(map(inert, row) for row in rows)
    return text.getvalue().encode()
