"""Results as workbooks: text stays text, equal rows give equal bytes, and memory does not grow with the rows."""

import io
import shutil
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import sim
from games import SMALL, write_small
from hypothesis import given, settings
from hypothesis import strategies as st
from stored import stored

from sim.files.errors import BadInput
from sim.files.export import spreadsheet
from sim.files.export.columns import CellKind, Column, schema_of, table_of_rows
from sim.files.export.spreadsheet import write_xlsx
from sim.report.dictionary import UNKNOWN

COLUMNS = [
    Column("run", CellKind.INTEGER, "runs", "which run", "0 and up"),
    Column("said", CellKind.TEXT, meaning="=what was said"),
    Column("worth", CellKind.NUMBER, "scale"),
    Column("zone", CellKind.FLAG),
    Column("end", CellKind.TEXT, words={"agreement": "signed", "=1+1": "odd"}),
]
ABOUT = {"title": "The river", "rows": "runs", "seed": str(2**63 - 1)}


def workbook(rows: list[dict[str, Any]], columns: list[Column] = COLUMNS) -> bytes:
    schema, made = schema_of(columns, ABOUT), io.BytesIO()
    write_xlsx([table_of_rows(rows, columns).cast(schema)], schema, made)
    return made.getvalue()


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    read = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in read.worksheets}


ROWS = [
    {"run": 0, "said": "=HYPERLINK(\"http://x\")", "worth": 0.1 + 0.2, "zone": True, "end": "=1+1"},
    {"run": 1, "said": "#N/A", "worth": None, "zone": False, "end": None},
    {"run": 2**52, "said": "bell\x07 and \ufffe", "worth": 1e300, "zone": None, "end": "agreement"},
]  # fmt: skip


def test_cells_keep_their_types_and_texts() -> None:
    head, *rows = sheets(workbook(ROWS))["runs"]
    assert head == ["run", "said", "worth", "zone", "end"]
    assert rows == [
        [0, '=HYPERLINK("http://x")', 0.3, True, "=1+1"],  # of a number 16 digits
        [1, "#N/A", None, False, None],
        [2**52, "bell\ufffd and \ufffd", 1e300, None, "agreement"],
    ]


def test_no_cell_is_a_formula_or_an_error() -> None:
    read = openpyxl.load_workbook(io.BytesIO(workbook(ROWS)))
    kinds = {cell.data_type for sheet in read.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "inlineStr", "n", "b"}
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as archive:
        assert not any(b"<f>" in archive.read(name) or b'"e"' in archive.read(name) for name in archive.namelist())


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
@settings(deadline=None, max_examples=20)
def test_any_text_comes_back_but_for_letters_that_the_format_cannot_hold(texts: list[str]) -> None:
    column = [Column("said", CellKind.TEXT)]
    _, *rows = sheets(workbook([{"said": text} for text in texts] + [{"said": "last"}], column))["runs"]
    wanted = [spreadsheet._ILLEGAL.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [cell or "" for (cell,) in rows[: len(texts)]] == wanted


def test_a_long_text_is_cut_with_a_mark() -> None:
    _, (cell,) = sheets(workbook([{"said": "x" * 40_000}], [Column("said", CellKind.TEXT)]))["runs"]
    assert len(cell) == 32_767 and cell.endswith("x\u2026")


def test_a_sheet_says_what_each_column_is_and_another_how_they_were_made() -> None:
    found = sheets(workbook(ROWS))
    assert list(found) == ["runs", "columns", "made"]
    head, *rows = found["columns"]
    assert head == ["column", "type", "unit", "meaning", "values"]
    assert rows[:2] == [
        ["run", "integer", "runs", "which run", "0 and up"],
        ["said", "text", None, "=what was said", None],
    ]
    assert [row[1] for row in rows] == ["integer", "text", "number", "true or false", "text"]
    assert rows[4][4] == "agreement: signed; =1+1: odd"
    assert found["made"] == [["what", "is"], *(list(pair) for pair in ABOUT.items())]


def test_more_rows_than_a_sheet_takes_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS_IN_A_SHEET", 4)
    for count, wanted in ((0, [0]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])):
        found = sheets(workbook([{"run": run} for run in range(count)], COLUMNS[:1]))
        parts = [rows for name, rows in found.items() if name.startswith("runs")]
        assert [len(rows) - 1 for rows in parts] == wanted
        assert all(rows[0] == ["run"] for rows in parts)
        assert [run for _, *rows in parts for (run,) in rows] == list(range(count))
        assert list(found)[: len(wanted)] == ["runs", "runs 2", "runs 3"][: len(wanted)]


def test_more_columns_than_a_sheet_takes_are_refused() -> None:
    columns = [Column(f"c{k}", CellKind.INTEGER) for k in range(16_385)]
    with pytest.raises(BadInput, match="opens 16,384 columns, and these are 16,385"):
        workbook([], columns)


def test_nothing_of_a_workbook_tells_when_it_was_written() -> None:
    data = workbook(ROWS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2 and b"202" not in core
    assert workbook(ROWS) == data


def test_how_rows_are_cut_into_tables_leaves_no_trace() -> None:
    schema = schema_of(COLUMNS[:3], ABOUT)
    whole = table_of_rows([{"run": k, "said": f"word {k % 7}", "worth": k / 3} for k in range(5000)], COLUMNS[:3])
    made = []
    for size in (5000, 2048, 7):
        stream = io.BytesIO()
        write_xlsx([whole.slice(k, size).cast(schema) for k in range(0, 5000, size)], schema, stream)
        made.append(stream.getvalue())
    assert made[0] == made[1] == made[2]


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    schema = schema_of(COLUMNS[:3], ABOUT)

    def tables(count: int) -> Iterator[pa.Table]:
        for k in range(count):
            rows = [{"run": run, "said": f"word {run}", "worth": run / 7} for run in range(1000 * k, 1000 * (k + 1))]
            yield table_of_rows(rows, COLUMNS[:3]).cast(schema)

    peaks = []
    for count in (4, 4, 16):
        tracemalloc.start()
        with (tmp_path / "runs.xlsx").open("wb") as stream:
            write_xlsx(tables(count), schema, stream)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.5 * peaks[1]


def test_a_sweep_is_exported_with_its_dictionary_inside(tmp_path: Path) -> None:
    _, result = stored(tmp_path)
    for table, rows in (("runs", 60), ("points", 2)):
        file = tmp_path / f"{table}.xlsx"
        code, told, _ = sim("export", result, "--to", file, "--table", table)
        assert code == 0 and "its sheet columns says what each column is" in told
        found = sheets(file.read_bytes())
        assert list(found) == [table, "columns", "made"] and len(found[table]) == rows + 1
        assert [row[0] for row in found["columns"][1:]] == found[table][0]
        made = dict(found["made"][1:])
        assert made["title"] == "The river and the fish" and made["varied"] == "parties.lower.concession.deadline"
    assert not list(tmp_path.glob("*.columns.csv"))
    assert sim("export", result, "--to", tmp_path / "runs.xlsx")[0] == 2
    again = tmp_path / "again.xlsx"
    assert sim("export", result, "--to", again)[0] == 0
    assert again.read_bytes() == (tmp_path / "runs.xlsx").read_bytes()


def test_a_missing_library_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, result = stored(tmp_path)
    monkeypatch.setattr("sim.files.export.writer.find_spec", lambda name: None)
    code, told, said = sim("export", result, "--to", tmp_path / "runs.xlsx")
    assert (code, told) == (2, "")
    assert "runs.xlsx needs openpyxl, which is not installed: pip install openpyxl" in said
    assert sim("export", result, "--to", tmp_path / "runs.csv")[0] == 0


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    first = write_small(folder)
    other = first.with_name("wide_river.yaml")
    other.write_text(SMALL.replace("rounds: 12", "rounds: 8"))
    out = folder / "out"
    assert sim("compare", first, other, "--runs", "40", "--out", out)[0] == 0
    return out


@pytest.mark.parametrize(("table", "rows", "title"), [("runs", 80, "runs"), ("points", 2, "scenarios")])
def test_a_comparison_is_exported_with_every_column_described(
    comparison: Path, tmp_path: Path, table: str, rows: int, title: str
) -> None:
    files = [tmp_path / f"{table}{ending}" for ending in (".xlsx", ".parquet", ".csv")]
    for file in files:
        code, _, said = sim("export", comparison, "--to", file, "--table", table)
        assert code == 0, said
    found = sheets(files[0].read_bytes())
    stored = pq.read_table(comparison / ("runs.parquet" if table == "runs" else "comparison.parquet"))
    assert list(found) == [title, "columns", "made"] and len(found[title]) == rows + 1
    assert found[title][0] == stored.column_names == pq.read_table(files[1]).column_names
    told = {row[0]: row for row in found["columns"][1:]}
    assert not [name for name, row in told.items() if row[3] in (None, UNKNOWN)]
    exported = pq.read_table(files[1]).to_pylist()
    plain = [{name: value if value != "" and value == value else None for name, value in row.items()}
             for row in stored.to_pylist()]  # fmt: skip
    assert exported == plain
    assert dict(found["made"][1:])["runs"] == "40"


def test_a_damaged_comparison_is_named(comparison: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(comparison, folder)
    (folder / "runs.parquet").write_bytes((comparison / "runs.parquet").read_bytes()[:-9])
    code, told, said = sim("export", folder, "--to", tmp_path / "a.xlsx")
    assert (code, told) == (2, "") and "runs.parquet: is damaged" in said
    assert not (tmp_path / "a.xlsx").exists()
