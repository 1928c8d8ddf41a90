"""Tables as a workbook for spreadsheets (XLSX): the rows, a sheet that says what each column is, and how they were made.

Written row by row: what is in memory does not grow with the rows. Text is stored as text, so none is a formula, whatever it
begins with; of a number the library writes 16 digits. The same rows give the same bytes: nothing tells when the file was
written.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from sim.files.errors import bad_option
from sim.files.outputs import OPTION

if TYPE_CHECKING:
    from openpyxl import Workbook

ROWS_IN_A_SHEET = 1_048_576
"""Rows that a spreadsheet opens, that of the heads among them."""

MOST_COLUMNS = 16_384
LONGEST = 32_767
"""Letters of a cell."""

AT_ONCE = 2048
"""Rows that become values at once."""

DAY = datetime(1980, 1, 1)
"""When every part says that it was written: the first day that the format knows."""

COLUMNS, MADE = "columns", "made"
HEADS = ("column", "type", "unit", "meaning", "values")
WIDE = {"meaning": 60, "values": 60, "column": 28, "what": 24, "is": 80}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = {"int64": "integer", "double": "number", "bool": "true or false"}

Row = Sequence[Any]


def write_xlsx(tables: Iterable[pa.Table], schema: pa.Schema, stream: BinaryIO) -> None:
    """As XLSX. More rows than a sheet takes go on in another one, under the same heads.

    Raises:
        BadInput: there are more columns than a spreadsheet opens.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    if len(schema) > MOST_COLUMNS:
        raise bad_option(OPTION, f"a spreadsheet opens {MOST_COLUMNS:,} columns, and these are {len(schema):,}")
    about = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    workbook = Workbook(write_only=True)
    name = about.get("rows", "rows")
    for k, rows in enumerate(_sheets(_rows(tables))):
        _write_sheet(workbook, f"{name} {k + 1}" if k else name, schema.names, rows)
    _write_sheet(workbook, COLUMNS, HEADS, map(_description, schema))
    _write_sheet(workbook, MADE, ("what", "is"), about.items())
    properties = workbook.properties
    properties.creator, properties.title = "negotiation-simulator", _legal(about.get("title", ""))
    properties.created = properties.modified = DAY
    ExcelWriter(workbook, _Undated(stream, "w", ZIP_DEFLATED)).save()


class _Undated(ZipFile):
    """An archive whose entries are all of one day."""

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        super().writestr(self._entry(name), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        entry = self._entry(arcname or filename)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)

    def _entry(self, name: Any) -> ZipInfo:
        entry = ZipInfo(str(name), DAY.timetuple()[:6])
        entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
        entry.external_attr = 0o600 << 16
        return entry


def _write_sheet(workbook: "Workbook", title: str, heads: Sequence[str], rows: Iterable[Row]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for k, head in enumerate(heads, 1):
        if head in WIDE and title in (COLUMNS, MADE):
            sheet.column_dimensions[get_column_letter(k)].width = WIDE[head]
    told = _Texts(lambda text: WriteOnlyCell(sheet, text))
    head_cells = []
    for head in heads:
        cell = WriteOnlyCell(sheet, _legal(head))
        cell.data_type, cell.font = "s", Font(bold=True)
        head_cells.append(cell)
    sheet.append(head_cells)
    for row in rows:
        sheet.append([told[value] if type(value) is str else value for value in row])
    sheet.close()


class _Texts(dict[str, Any]):
    """Texts as a sheet takes them: as they are, or as a cell that says that it is text where the library would guess."""

    MOST = 10_000

    def __init__(self, cell: Callable[[str], Any]) -> None:
        super().__init__()
        self.cell = cell

    def __missing__(self, text: str) -> Any:
        told: Any = _legal(text)
        if told.startswith(("=", "#")):
            told = self.cell(told)
            told.data_type = "s"
        if len(self) < self.MOST:
            self[text] = told
        return told


def _legal(text: str) -> str:
    """A text of letters that the format can hold, cut where a cell ends; a sign stands for each other one."""
    plain = _ILLEGAL.sub("\ufffd", text)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}\u2026"


def _sheets(rows: Iterator[Row]) -> Iterator[Iterator[Row]]:
    """Rows by sheet, each of which must be read to its end before the next; without any rows there is one sheet."""
    first = next(rows, None)
    yield _up_to(first, rows)
    while (first := next(rows, None)) is not None:
        yield _up_to(first, rows)


def _up_to(first: Row | None, rows: Iterator[Row]) -> Iterator[Row]:
    if first is not None:
        yield first
    for _, row in zip(range(ROWS_IN_A_SHEET - 2), rows, strict=False):
        yield row


def _rows(tables: Iterable[pa.Table]) -> Iterator[Row]:
    parts = (part for table in tables for part in table.to_batches(AT_ONCE))
    return chain.from_iterable(zip(*(column.to_pylist() for column in part.columns), strict=True) for part in parts)


def _description(field: pa.Field) -> Row:
    told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    kind = _TYPES.get(str(field.type), "text")
    return field.name, kind, told.get("unit", ""), told.get("description", ""), told.get("values", "")
