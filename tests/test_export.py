"""Results as files for other programs: the same bytes however they were played, types that survive, words for each column."""

import csv
import gzip
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import sim
from games import changed, write_small
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.files.export.columns import CellKind, Column
from sim.files.export.formats import inert, write_csv, write_json
from sim.files.export.order import recut
from sim.files.result.chunk_files import chunk_bytes
from sim.files.result.chunks import Chunk, Chunks, chunk_name
from sim.files.result.manifest import study_id
from sim.files.result.reader import read_result
from sim.files.result.store import Store
from sim.files.result.tables import parquet_bytes
from sim.files.scenario.reader import read_scenario
from sim.files.scenario.variations import plain_values, read_variations
from sim.records import Design
from sim.report.dictionary import UNKNOWN, runs_columns, varied_columns
from sim.study.design import design_of
from sim.study.manifest import manifest_of
from sim.study.missing_chunks import study_of
from sim.study.plan import Plan
from sim.study.workers.tasks import play_task

RUNS = 30
AGREEING = changed("  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}\n", "")
AXES = ["parties.judge.patience=2:6:2", "parties.upper.concession.deadline=10,{uniform: [5, 12]}"]
ENDINGS = (".parquet", ".csv", ".json")


@dataclass(frozen=True)
class Swept:
    """A small sweep: its manifest, and all of its runs sorted."""

    manifest: dict[str, Any]
    table: pa.Table

    def chunk(self, part: Chunk, chunk: int = 20) -> bytes:
        rows = [point * RUNS + run for point in part.points for run in range(part.first, part.first + part.n)]
        return chunk_bytes(self.table.take(pa.array(rows)), self.study(chunk), part)

    def study(self, chunk: int = 20) -> str:
        return str(study_id({**self.manifest, "chunk": chunk}))

    def write(self, folder: Path, chunk: int = 20, only: Sequence[int] | None = None) -> Path:
        """The result as a sweep with such chunks leaves it; `only` some of them, in this order."""
        parts = Chunks(self.points, RUNS, chunk)
        with Store(folder).open({**self.manifest, "chunk": chunk}) as store:
            for number in range(len(parts)) if only is None else only:
                store.write_chunk(number, self.chunk(parts[number], chunk))
        return folder

    @property
    def points(self) -> int:
        return len(self.manifest["points"])


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    path = write_small(tmp_path_factory.mktemp("game"), AGREEING)
    loaded, design = read_scenario(path), design_of(read_variations(AXES))
    plan = Plan(RUNS, 1, "batch", RUNS)
    study = study_of(loaded, design, plan)
    table = pa.concat_tables(pq.read_table(pa.BufferReader(play_task(study.task(part)))) for part in study.chunks())
    return Swept(asdict(manifest_of(loaded, path, plan, "sim sweep river.yaml", design)), table)


@pytest.fixture(scope="module")
def result(swept: Swept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return swept.write(tmp_path_factory.mktemp("results") / "river")


@pytest.fixture(scope="module")
def exported(result: Path) -> Path:
    """A folder with the runs in every format."""
    folder = result.parent / "exported"
    folder.mkdir()
    for ending in (*ENDINGS, ".csv.gz"):
        assert sim("export", result, "--to", folder / f"runs{ending}")[0] == 0
    return folder


def export_bytes(folder: Path, ending: str) -> bytes:
    file = folder.with_name(f"{folder.name}{ending}")
    code, _, errors = sim("export", folder, "--to", file, "--force")
    assert code == 0, errors
    return file.read_bytes() + file.with_name(f"{folder.name}.columns.csv").read_bytes()


class TestSameBytes:
    @settings(max_examples=6, deadline=None)
    @given(data=st.data())
    def test_for_any_chunk_size_and_order_of_chunks(
        self, data: st.DataObject, swept: Swept, exported: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        chunk = data.draw(st.integers(5, 4 * RUNS))
        numbers = range(len(Chunks(swept.points, RUNS, chunk)))
        order = data.draw(st.permutations(numbers))
        folder = swept.write(tmp_path_factory.mktemp("any") / "r", chunk, order)
        dictionary = (exported / "runs.columns.csv").read_bytes()
        for ending in ENDINGS:
            assert export_bytes(folder, ending) == (exported / f"runs{ending}").read_bytes() + dictionary

    def test_for_a_study_that_was_stopped_and_went_on(self, swept: Swept, exported: Path, tmp_path: Path) -> None:
        folder = swept.write(tmp_path / "r", only=[5, 0])
        (folder / "chunks" / f".{chunk_name(3)}.77.part").write_bytes(b"half of a chu")
        assert sim("export", folder, "--to", tmp_path / "some.parquet")[0] == 0
        swept.write(folder)
        assert export_bytes(folder, ".parquet").startswith((exported / "runs.parquet").read_bytes())

    def test_for_groups_of_any_size_in_the_table(self) -> None:
        table = pa.table({"a": range(103)})
        cuts = sorted(random.Random(1).choices(range(103), k=9))
        parts = [table.slice(a, b - a) for a, b in zip([0, *cuts], [*cuts, 103], strict=True)]
        again = list(recut(parts, 25))
        assert [len(part) for part in again] == [25, 25, 25, 25, 3]
        assert pa.concat_tables(again).equals(table)

    @pytest.mark.slow
    def test_after_kills_at_random_moments(self, exported: Path, tmp_path: Path) -> None:
        path, luck, killed = write_small(tmp_path, AGREEING), random.Random(3), 0
        for chunk, stops in ((7, (1, 8, 13)), (50, (2,))):
            folder = tmp_path / f"killed{chunk}"
            command = [sys.executable, "-c", PLAY, str(path), str(folder), str(chunk), *AXES]
            for stop in stops:
                playing = subprocess.Popen(command, cwd=tmp_path)
                while playing.poll() is None and len(list(folder.glob("chunks/*.parquet"))) < stop:
                    time.sleep(0.01)
                time.sleep(luck.uniform(0, 0.1))
                killed += playing.poll() is None
                playing.send_signal(signal.SIGKILL)
                playing.wait()
            subprocess.run(command, cwd=tmp_path, check=True)
            assert export_bytes(folder, ".parquet").startswith((exported / "runs.parquet").read_bytes())
        assert killed == 4

    @pytest.mark.slow
    def test_for_either_engine(self, tmp_path: Path) -> None:
        path = write_small(tmp_path, AGREEING)
        found = set()
        for engine in ("batch", "mesa"):
            assert sim("run", path, "--runs", "40", "--engine", engine, "--out", tmp_path / engine)[0] == 0
            found.add(export_bytes(tmp_path / engine, ".parquet"))
        assert len(found) == 1


PLAY = f"""
import sys, time
from dataclasses import asdict
from pathlib import Path
from sim.files.scenario.reader import read_scenario
from sim.files.result.store import Store
from sim.files.scenario.variations import read_variations
from sim.study.workers.dask import executor_of
from sim.study.workers.workplaces import Workplace
from sim.study.design import design_of
from sim.study.manifest import manifest_of
from sim.study.plan import Plan
from sim.study.missing_chunks import missing, play_missing, study_of
path, folder, chunk, *axes = sys.argv[1:]
loaded, design, plan = read_scenario(Path(path)), design_of(read_variations(axes)), Plan({RUNS}, 1, "batch", int(chunk))
study = study_of(loaded, design, plan)
with Store(Path(folder)).open(asdict(manifest_of(loaded, Path("river.yaml"), plan, "sim sweep", design))) as store:
    with executor_of(Workplace(), study, 2) as executor:
        for failure in play_missing(missing(study, store), store, executor, lambda part: time.sleep(0.1)):
            raise SystemExit(failure.why)
"""


class TestContent:
    def test_rows_are_those_that_were_played_sorted_by_point_and_run(self, swept: Swept, exported: Path) -> None:
        table = pq.read_table(exported / "runs.parquet")
        stored = swept.table.sort_by([("point", "ascending"), ("run", "ascending")])
        assert table.num_rows == swept.points * RUNS
        for name in stored.column_names:
            cells = [
                None if cell == "" or cell != cell else cell for cell in stored[name].to_pylist()
            ]  # nan is not itself
            assert table[name].to_pylist() == cells, name

    def test_what_varies_comes_right_after_the_point(self, swept: Swept, exported: Path) -> None:
        table = pq.read_table(exported / "runs.parquet")
        patience, deadline = (axis.partition("=")[0] for axis in AXES)
        assert table.column_names == ["point", patience, deadline, *swept.table.column_names[1:]]
        assert table[patience].to_pylist() == [2] * 60 + [6] * 60
        assert table[deadline].to_pylist() == (["10"] * RUNS + ["{uniform: [5, 12]}"] * RUNS) * 2

    def test_all_formats_hold_the_same(self, exported: Path) -> None:
        table = pq.read_table(exported / "runs.parquet").to_pylist()
        assert json.loads((exported / "runs.json").read_text()) == table
        text = (exported / "runs.csv").read_bytes()
        assert gzip.decompress((exported / "runs.csv.gz").read_bytes()) == text
        assert text.count(b"\n") == text.count(b"\r\n") == len(table) + 1
        rows = list(csv.DictReader(text.decode().splitlines()))
        for row, cells in zip(table, rows, strict=True):
            assert {name: _as_text(value) for name, value in row.items()} == cells

    def test_odd_texts_and_numbers_are_written_as_the_standards_say(self) -> None:
        words, numbers = ['a,"b"', "line\nend", "plain", None], [1.0, 1e300, 0.1 + 0.2, math.inf]
        columns = [
            Column("w, x", CellKind.TEXT),
            Column("n", CellKind.NUMBER),
            Column("coded", CellKind.TEXT, words={"ü": ""}),
        ]
        cells = [columns[0].of(words), columns[1].of(numbers), columns[2].of(["ü", None, "ü", ""])]
        table = pa.Table.from_arrays(cells, names=[column.name for column in columns])
        made = pa.BufferOutputStream()
        write_csv([table], table.schema, made)
        head, *rows = csv.reader(made.getvalue().to_pybytes().decode().split("\r\n"), strict=True)
        assert head == ["w, x", "n", "coded"]
        assert rows[0] == ['a,"b"', "1.0", "ü"]
        assert b'"line\nend",1e+300,\r\nplain,0.30000000000000004,\xc3\xbc\r\n,,\r\n' in made.getvalue().to_pybytes()
        made = pa.BufferOutputStream()
        write_json([table], table.schema, made)
        assert json.loads(made.getvalue().to_pybytes()) == [
            {"w, x": word, "n": None if number == math.inf else number, "coded": coded}
            for word, number, coded in zip(words, numbers, ["ü", None, "ü", None], strict=True)
        ]

    def test_points_have_a_row_each(self, swept: Swept, tmp_path: Path) -> None:
        folder, file = swept.write(tmp_path / "r", only=[0, 1, 2]), tmp_path / "points.parquet"
        code, _, errors = sim("export", folder, "--to", file, "--table", "points")
        assert code == 0
        assert "60 of 120 runs are in" in errors
        points = pd.read_parquet(file)
        first = ["point", *(axis.partition("=")[0] for axis in AXES), "runs_asked", "runs_in", "agreement"]
        assert list(points.columns)[: len(first)] == first
        runs = pd.read_parquet(folder / "chunks")
        assert points.agreement.tolist()[:3] == (runs.outcome == "agreement").groupby(runs.point).mean().tolist()
        assert points.agreement.isna().tolist() == [False, False, False, True]
        assert points.runs_in.tolist() == [20, 20, 20, 0]
        assert points["parties.judge.patience"].tolist() == [2, 2, 6, 6]
        assert UNKNOWN not in (tmp_path / "points.columns.csv").read_text()


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


class TestTypes:
    """What other programs make of a file."""

    def test_pandas(self, exported: Path) -> None:
        runs = pd.read_parquet(exported / "runs.parquet")
        assert runs["round"].dtype == "int64" and runs.zone.dtype == "bool" and runs.holds.dtype == "float64"
        assert runs["parties.judge.patience"].dtype == "int64"
        assert list(runs["settled.bank"].cat.categories) == ["disputed", "shared", "upper"]
        assert (runs.outcome == "agreement").sum() > 0
        text = pd.read_csv(exported / "runs.csv")
        assert text.zone.dtype == "bool" and text["value.upper"].dtype == "float64" and text.run.dtype == "int64"
        assert text["value.upper"].tolist() == runs["value.upper"].tolist()
        assert pd.read_json(exported / "runs.json")["value.upper"].tolist() == pytest.approx(
            runs["value.upper"].tolist()
        )

    def test_polars(self, exported: Path) -> None:
        runs = pl.read_parquet(exported / "runs.parquet")
        types = {name: runs.schema[name] for name in ("round", "zone", "holds")}
        assert types == {"round": pl.Int64, "zone": pl.Boolean, "holds": pl.Float64}
        assert runs.filter(pl.col("outcome") == "agreement").height > 0
        for other in (pl.read_csv(exported / "runs.csv"), pl.read_json(exported / "runs.json")):
            assert other["aspiration.upper"].to_list() == runs["aspiration.upper"].to_list()
            assert other["zone"].to_list() == runs["zone"].to_list()

    def test_duckdb(self, exported: Path) -> None:
        for ending in (*ENDINGS, ".csv.gz"):
            kinds = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE FROM '{exported}/runs{ending}'").fetchall()}
            found = [kinds[name] for name in ("round", "zone", "holds", "outcome")]
            assert found == ["BIGINT", "BOOLEAN", "DOUBLE", "VARCHAR"], ending
            values = duckdb.sql(f"SELECT \"value.upper\" FROM '{exported}/runs{ending}' ORDER BY point, run").fetchall()
            assert [value for (value,) in values] == pl.read_parquet(exported / "runs.parquet")["value.upper"].to_list()

    @pytest.mark.parametrize(
        ("texts", "values", "kind"),
        [
            (["2", "8.0", "1e1"], [2, 8, 10], CellKind.INTEGER),
            (["2", "0.5"], [2.0, 0.5], CellKind.NUMBER),
            (["0x10", "~"], [16, None], CellKind.INTEGER),
            (["true", "false"], [True, False], CellKind.FLAG),
            (["true", "1"], ["true", "1"], CellKind.TEXT),
            (["'two'", '"3"', "4"], ["two", "3", "4"], CellKind.TEXT),
            (["{beta: {mean: 0.5, sd: 0.1}}", "0.5"], ["{beta: {mean: 0.5, sd: 0.1}}", "0.5"], CellKind.TEXT),
            (["1e999", "'"], ["1e999", "'"], CellKind.TEXT),
        ],
    )
    def test_what_varies(self, texts: list[str], values: list[object], kind: CellKind, result: Path) -> None:
        assert plain_values(texts) == values
        found = read_result(result)
        vars(found)["design"] = Design(("round",), tuple((text,) for text in texts))
        (column,), cells = varied_columns(found, ["point", "round"])
        assert (column.name, column.kind) == ("scenario.round", kind)
        assert column.of(cells["scenario.round"]).to_pylist() == values


class TestDictionary:
    def test_every_column_of_the_runs_has_an_entry(self, result: Path, swept: Swept) -> None:
        """A column that is new in `sim.files.result.tables.runs_table` gets one in `sim.report.dictionary`."""
        kinds = {field.name: CellKind.TEXT for field in swept.table.schema}
        columns, _ = runs_columns(read_result(result), kinds)
        assert [one.name for one in columns if one.meaning in ("", UNKNOWN) or not one.values] == []

    def test_a_column_without_an_entry_is_exported_and_says_so(self, result: Path) -> None:
        columns, _ = runs_columns(read_result(result), {"point": CellKind.INTEGER, "cost.upper": CellKind.NUMBER})
        assert columns[-1] == Column("cost.upper", CellKind.NUMBER, meaning=UNKNOWN)

    def test_stands_beside_the_file_and_names_its_columns_in_order(self, exported: Path) -> None:
        rows = list(csv.DictReader((exported / "runs.columns.csv").read_text().splitlines()))
        assert list(rows[0]) == ["column", "type", "unit", "meaning", "values"]
        assert [row["column"] for row in rows] == pl.read_csv(exported / "runs.csv").columns

    def test_speaks_in_the_words_of_the_scenario(self, exported: Path) -> None:
        said = (exported / "runs.columns.csv").read_text()
        for words in (
            "Who holds the east bank", "shared: Both use it", "The upper town: The bank is not left in dispute",
            "the first is 0, and each is a week", "(Who holds the east bank)", "above 0 it favours The upper town",
            "The judge: patience",
        ):  # fmt: skip
            assert words in said

    def test_is_in_the_parquet_file_too(self, exported: Path) -> None:
        schema = pq.read_schema(exported / "runs.parquet")
        assert schema.metadata[b"title"] == b"The river and the fish"
        for row in csv.DictReader((exported / "runs.columns.csv").read_text().splitlines()):
            told = schema.field(row["column"]).metadata
            assert told[b"description"].decode() == row["meaning"]
            assert inert(told[b"values"].decode()) == row["values"]

    def test_words_hold_all_that_occurs(self, exported: Path, result: Path, swept: Swept) -> None:
        columns, _ = runs_columns(read_result(result), {field.name: CellKind.TEXT for field in swept.table.schema})
        table = pq.read_table(exported / "runs.parquet")
        for one in columns:
            if one.words and one.name in swept.table.column_names:
                assert set(table[one.name].to_pylist()) <= {*one.words, None}


BAD = {
    "no folder": (["{dir}/rivr", "--to", "{dir}/a.csv"], "no such folder; did you mean river?"),
    "no possible folder": (["{dir}/" + "r" * 300, "--to", "{dir}/a.csv"], "cannot be read: file name too long"),
    "a file": (["{dir}/note.txt", "--to", "{dir}/a.csv"], "is a file, not the folder of a result"),
    "no result": (["{dir}/empty", "--to", "{dir}/a.csv"], "is a folder without manifest.json, so no result"),
    "no --to": (["{dir}/river"], "--to"),
    "bad ending": (["{dir}/river", "--to", "{dir}/a.parqet"], "(got .parqet); did you mean .parquet?"),
    "no ending": (
        ["{dir}/river", "--to", "{dir}/a"],
        "must end in .csv, .csv.gz, .json, .parquet, .xlsx (got no ending)",
    ),
    "only an ending": (["{dir}/river", "--to", "{dir}/.csv"], "must end in"),
    "old spreadsheet": (["{dir}/river", "--to", "{dir}/a.xls"], "(got .xls); did you mean .xlsx?"),
    "missing folder": (["{dir}/river", "--to", "{dir}/emty/a.csv"], "is no folder; did you mean empty?"),
    "below a file": (["{dir}/river", "--to", "{dir}/note.txt/a.csv"], "note.txt is a file, not a folder"),
    "a folder": (["{dir}/river", "--to", "{dir}/empty"], "is a folder; name a file in it"),
    "existing": (["{dir}/river", "--to", "{dir}/old.csv"], "exists already; --force overwrites it"),
    "other dictionary": (["{dir}/river", "--to", "{dir}/new.csv"], "new.columns.csv describes the columns of another"),
    "a chunk": (["{dir}/river", "--to", "{dir}/river/chunks/a.parquet", "--force"], "is part of the result itself"),
    "the manifest": (["{dir}/river", "--to", "{dir}/river/manifest.json", "--force"], "is part of the result itself"),
    "too long": (["{dir}/river", "--to", "{dir}/" + "a" * 300 + ".csv"], "cannot be written (file name too long)"),
    "a device": (["{dir}/river", "--to", "/dev/null/a.csv"], "/dev/null is a file, not a folder"),
    "no writable system": (["{dir}/river", "--to", "/proc/a.csv"], "cannot be written"),
    "unknown table": (["{dir}/river", "--to", "{dir}/a.csv", "--table", "rounds"], "--table"),
}


@pytest.fixture
def room(result: Path, tmp_path: Path) -> Path:
    """A folder with a result and other things."""
    shutil.copytree(result, tmp_path / "river")
    (tmp_path / "empty").mkdir()
    for name in ("note.txt", "old.csv", "new.columns.csv"):
        (tmp_path / name).write_text("long work")
    return tmp_path


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_message_and_exit_2_and_leaves_everything(name: str, room: Path) -> None:
    arguments, words = BAD[name]
    before = files(room)
    code, printed, errors = sim("export", *(argument.replace("{dir}", str(room)) for argument in arguments))
    assert (code, printed) == (2, "")
    assert words in errors
    assert len(errors.splitlines()) == 1 or "Usage" in errors
    assert files(room) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(room: Path) -> None:
    (room / "empty").chmod(0o500)
    code, _, errors = sim("export", room / "river", "--to", room / "empty" / "a.csv")
    assert code == 2
    assert "is not writable" in errors


def test_force_overwrites_and_the_same_dictionary_serves_several_files(room: Path) -> None:
    assert sim("export", room / "river", "--to", room / "old.csv", "--force")[0] == 0
    assert (room / "old.csv").read_text().startswith("point,")
    assert sim("export", room / "river", "--to", room / "old.json")[0] == 0
    assert sim("export", room / "river", "--to", room / "new.csv", "--yes")[0] == 0


def test_a_comparison_that_is_not_finished_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"scenarios": ["a", "b"]}')
    code, _, errors = sim("export", tmp_path, "--to", tmp_path / "a.csv")
    assert code == 2
    assert "runs.parquet: is missing, so the comparison is not finished" in errors


def test_an_unfinished_result_is_exported_as_far_as_it_is(swept: Swept, tmp_path: Path) -> None:
    folder = swept.write(tmp_path / "r", only=[7, 2])
    code, printed, errors = sim("export", folder, "--to", tmp_path / "a.parquet")
    assert code == 0
    assert errors.startswith("unfinished: 30 of 120 runs are in; to play the others, give again: sim sweep river.yaml")
    assert "30 runs, " in printed
    runs = pd.read_parquet(tmp_path / "a.parquet")
    assert list(zip(runs.point, runs.run, strict=True)) == [
        *((2, run) for run in range(20)),
        *((3, r) for r in range(20, 30)),
    ]


def test_a_result_without_runs_is_refused(swept: Swept, tmp_path: Path) -> None:
    code, _, errors = sim("export", swept.write(tmp_path / "r", only=[]), "--to", tmp_path / "a.csv")
    assert code == 2
    assert errors.endswith("holds no runs yet\n")


SPOILT = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda _: b"",
    "zeroed": lambda data: bytes(len(data)),
    "no footer": lambda data: data[:-8] + bytes(8),
    "a byte of the runs": lambda data: data[:400] + bytes([data[400] ^ 1]) + data[401:],
    "another table": lambda _: parquet_bytes(pa.table({"point": [0], "run": [0]})),
    "no runs": lambda _: parquet_bytes(pa.table({"a": [1]})),
    "no file of ours": lambda _: b"PAR1 this is not",
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_chunk_is_named_and_nothing_is_written(how: str, room: Path) -> None:
    chunk = room / "river" / "chunks" / chunk_name(3)
    chunk.write_bytes(SPOILT[how](chunk.read_bytes()))
    before = files(room)
    code, printed, errors = sim("export", room / "river", "--to", room / "a.parquet")
    assert (code, printed) == (2, "")
    (line,) = errors.splitlines()
    assert line.startswith(f"{chunk}: is damaged")
    assert line.endswith("the same command plays its runs again: sim sweep river.yaml")
    assert files(room) == before


@pytest.mark.parametrize("command", ["show", "plot", "export", "run"])
def test_chunks_that_hold_other_runs_than_their_own_are_named_by_every_command(
    command: str, swept: Swept, room: Path
) -> None:
    more = ["--to", str(room / "a.csv")] if command == "export" else []
    own = room / "river" / "chunks" / chunk_name(3)
    for data in (
        parquet_bytes(swept.table.slice(0, 3).set_column(0, "point", pa.array([8, 8, 9]))),
        swept.chunk(Chunks(swept.points, RUNS, 20)[0]),
        parquet_bytes(swept.table.slice(0, 20).drop_columns(["outcome"])),
        b"",
    ):
        own.write_bytes(data)
        code, _, errors = sim(command, room / "river", *more)
        assert code == 2
        assert errors == f"{own}: is damaged; the same command plays its runs again: sim sweep river.yaml\n"
    own.unlink()
    extra = own.with_name(chunk_name(77))
    extra.write_bytes(swept.chunk(Chunks(swept.points, RUNS, 20)[0]))
    code, _, errors = sim(command, room / "river", *more)
    assert (code, errors) == (2, f"{extra}: is no chunk of this result; remove it\n")


@pytest.mark.slow
@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory of the program alone, not of its parent"
)
@pytest.mark.parametrize("chunk", [1000, 100_000])
def test_memory_stays_flat(chunk: int, swept: Swept, tmp_path: Path) -> None:
    """Four times the runs take no more memory than a fourth more."""
    peaks = []
    for runs in (75_000, 300_000):
        folder = tmp_path / f"r{runs}"
        manifest = {**swept.manifest, "points": [["2", "10"]], "runs": runs, "chunk": chunk}
        with Store(folder).open(manifest) as store:
            for part in Chunks(1, runs, chunk):
                first, n = part.first, part.n
                rows = swept.table.take(pa.array([k % len(swept.table) for k in range(n)]))
                numbered = rows.set_column(0, "point", pa.array([0] * n)).set_column(
                    1, "run", pa.array(range(first, first + n))
                )
                store.write_chunk(part.number, chunk_bytes(numbered, str(study_id(manifest)), part))
        command = [sys.executable, "-c", PEAK, "export", str(folder), "--to", str(folder / "runs.json")]
        peaks.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]))
    assert peaks[1] < 1.25 * peaks[0]
    assert peaks[1] < 500_000


PEAK = """
import pathlib, re, sys
from sim.cli.program import app
try:
    app()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""
