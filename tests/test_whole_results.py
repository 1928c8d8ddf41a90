"""A result is what it says: one study by one set of rules, every bit as it was written, and every figure that of its runs."""

import ast
import csv
import json
import random
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import sim
from mutating import flipped
from stored import CHUNK, PATH, RUNS, command, manifest_in, stored, with_manifest

from sim.files.export.columns import CellKind, Column, dictionary_bytes
from sim.files.export.formats import write_csv
from sim.files.printable import printable, printable_line
from sim.files.result.chunk_files import Flaw, check_chunk, chunk_bytes
from sim.files.result.chunks import Chunks
from sim.files.result.manifest import study_id
from sim.files.result.parquet_bounds import Bounds
from sim.files.result.parquet_pages import BadPages, unpacked
from sim.files.result.reader import read_result
from sim.study import fingerprint
from sim.study.fingerprint import rules_hash, sources

pytestmark = pytest.mark.usefixtures("at_hand", "undrawn")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return stored(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same study under another seed."""
    return stored(tmp_path_factory.mktemp("other"), seed=2)[1]


@pytest.fixture(scope="module")
def single(real: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("single") / "s"
    assert sim("run", real[0], "--runs", "60", "--run", "7", "--out", out, "--set", f"{PATH}=9")[0] == 0
    return out


@pytest.fixture
def folder(real: tuple[Path, Path], tmp_path: Path) -> Path:
    shutil.copytree(real[1], tmp_path / "r")
    return tmp_path / "r"


def chunk(folder: Path, number: int = 0) -> Path:
    return folder / "chunks" / f"chunk-{number:06d}.parquet"


class TestRules:
    """Files of other rules are not finished with these, and not taken for those of these."""

    def test_an_edited_rule_is_noticed_by_resume_and_named_by_replay(
        self, real: tuple[Path, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_manifest(folder, rules_hash="0" * 64)  # as if a rule had another text then
        for number in range(4):
            claimed(folder, number)
        for whole in (True, False):
            if not whole:
                chunk(folder).unlink()
            code, _, said = sim(*command(real[0], folder))
            assert code == 4
            assert said == (
                f"{folder} was begun with other rules: the program has changed since; name another --out, "
                "or remove it to play all of it anew\n"
            )
        assert sim("show", folder)[0] == 0
        code, _, said = sim("run", folder)
        assert code == 0 and "it was played by other rules, as the program has changed since" in said

    def test_a_result_of_before_is_read_and_not_finished(self, real: tuple[Path, Path], folder: Path) -> None:
        manifest = manifest_in(folder)
        for name in ("rules_hash", "figures", "watched"):
            del manifest[name]
        (folder / "manifest.json").write_text(json.dumps(manifest))
        for number in range(4):
            pq.write_table(pq.read_table(chunk(folder, number)), chunk(folder, number))
        assert sim("show", folder)[0] == 0
        assert sim("export", folder, "--to", folder / "a.csv")[0] == 0
        assert "every cell" in sim("run", folder)[1]
        code, _, said = sim(*command(real[0], folder))
        assert code == 4 and "was begun by a program that did not note its rules" in said

    def test_the_hash_is_of_whatever_the_makers_import(self) -> None:
        import grimp

        graph = grimp.build_graph("sim")
        for engine in fingerprint.PLAYERS:
            left, found = [*fingerprint.MAKERS, *fingerprint.PLAYERS[engine]], set[str]()
            while left:
                module = left.pop()
                if module not in found:
                    found.add(module)
                    left += graph.find_modules_directly_imported_by(module)
            names = {file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in sources(engine)}
            assert {name.removeprefix("sim.") for name in found} <= names
        beside = ("cli", "report", "plots", "talks/transcript", "study/workers")
        assert not [file for file in sources("batch") if file.startswith(beside)]
        assert {"study/plan.py", "files/scenario/reader.py", "rules/rounds/__init__.py"} <= sources("batch").keys()
        assert "talks/model.py" in sources("mesa") and "analysis/exact/answer.py" in sources("zone")

    def test_the_hash_knows_no_place_and_no_ends_of_lines(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def hash_of(home: Path) -> str:
            monkeypatch.setattr(fingerprint, "_HOME", home)
            return rules_hash.__wrapped__("batch")

        before = rules_hash("batch")
        copied = tmp_path / "elsewhere"
        shutil.copytree(fingerprint._HOME, copied, ignore=shutil.ignore_patterns("__pycache__"))
        rule = copied / "rules" / "rounds" / "answers.py"
        rule.write_bytes(rule.read_bytes().replace(b"\n", b"\r\n"))
        assert hash_of(copied) == before
        rule.write_bytes(rule.read_bytes() + b"\r\n_X = 1\r\n")
        assert hash_of(copied) != before

    def test_a_worker_whose_rules_changed_meanwhile_plays_nothing(self, real: tuple[Path, Path]) -> None:
        from dataclasses import replace

        from sim.study.replay import study_again
        from sim.study.workers.tasks import OtherRules, play_task

        study = study_again(read_result(real[1]))
        task = study.task(study.chunks()[0])
        with pytest.raises(OtherRules):
            play_task(replace(task, rules="0" * 64))

    def test_a_run_over_chunks_of_other_rules_begins_anew(self, real: tuple[Path, Path], folder: Path) -> None:
        from sim.files.result.store import Store

        held = manifest_in(folder)
        with Store(folder).open(held):
            assert len(list((folder / "chunks").iterdir())) == 4
        with Store(folder).open({**held, "rules_hash": "1" * 64}):
            assert not list((folder / "chunks").iterdir())


def claimed(folder: Path, number: int) -> None:
    """Make a chunk say that it belongs to the manifest beside it."""
    part = Chunks(2, RUNS, CHUNK)[number]
    file = chunk(folder, number)
    file.write_bytes(chunk_bytes(pq.read_table(file), str(study_id(manifest_in(folder))), part))


class TestOwner:
    def test_a_chunk_of_another_seed_is_refused_by_every_command(
        self, real: tuple[Path, Path], folder: Path, other: Path
    ) -> None:
        shutil.copy(chunk(other, 1), chunk(folder, 1))
        before = chunk(folder, 1).read_bytes()
        for words in (["show"], ["plot"], ["export", "--to", folder / "a.csv"], ["run"]):
            code, page, said = sim(words[0], folder, *words[1:])
            assert (code, page) == (2, "")
            assert said.startswith(f"{chunk(folder, 1)}: belongs to another study; remove it, and the same command")
        code, _, said = sim(*command(real[0], folder))
        assert code == 4 and f"{chunk(folder, 1)} belongs to another study; remove it" in said
        assert chunk(folder, 1).read_bytes() == before

    def test_a_chunk_under_the_name_of_another_is_played_again(self, real: tuple[Path, Path], folder: Path) -> None:
        wanted = chunk(folder, 1).read_bytes()
        shutil.copy(chunk(folder, 2), chunk(folder, 1))
        assert "is damaged" in sim("show", folder)[2]
        assert sim(*command(real[0], folder))[0] == 0
        assert chunk(folder, 1).read_bytes() == wanted

    def test_a_scenario_that_was_changed_in_a_manifest_is_refused(self, real: tuple[Path, Path], folder: Path) -> None:
        scenario = manifest_in(folder)["scenario"]
        scenario["parties"]["lower"]["concession"]["exponent"] = 3
        with_manifest(folder, scenario=scenario)
        for words in (["show", folder], ["run", folder], command(real[0], folder)):
            code, _, said = sim(*words)
            assert code == 2 and "scenario: is not the one that was played" in said


class TestBits:
    def test_no_bit_of_a_chunk_turns_unseen(self, real: tuple[Path, Path], tmp_path: Path) -> None:
        """At places all over the file, and at each of the last 300 bytes, where the footer ends."""
        result, luck = read_result(real[1]), random.Random(3)
        data, file, part = chunk(real[1]).read_bytes(), tmp_path / "c.parquet", result.chunks[0]
        places = [*luck.sample(range(len(data)), 150), *range(0, 8), *range(len(data) - 300, len(data))]
        for at in places:
            file.write_bytes(data[:at] + bytes([data[at] ^ 1 << luck.randrange(8)]) + data[at + 1 :])
            with pytest.raises(Flaw, match="is damaged"):
                check_chunk(file, part, result.form)
        file.write_bytes(data)
        check_chunk(file, part, result.form, every_cell=True)

    def test_a_flipped_bit_is_refused_and_the_same_command_mends_it(
        self, real: tuple[Path, Path], folder: Path
    ) -> None:
        luck, wanted = random.Random(5), chunk(folder).read_bytes()
        for _ in range(3):
            chunk(folder).write_bytes(flipped(wanted, luck))
            code, _, said = sim("show", folder)
            assert code == 2 and "is damaged; the same command plays its runs again" in said
            code, _, said = sim("export", folder, "--to", folder / "a.csv")
            assert code == 2 and "is damaged" in said
            code, _, said = sim(*command(real[0], folder))
            assert code == 0 and "3 of 4 chunks are there already; playing the other 1" in said
            assert chunk(folder).read_bytes() == wanted
            assert sim("export", folder, "--to", folder / "a.csv")[0] == 0
            (folder / "a.csv").unlink()

    def test_what_a_resume_takes_for_whole_is_exported(self, real: tuple[Path, Path], folder: Path) -> None:
        """A chunk with a right digest and too few columns, or words that no run has, is not whole."""
        table = pq.read_table(chunk(folder, 2))
        at = table.column_names.index("phase")
        for odd in (table.drop_columns(["offers"]), table.set_column(at, "phase", pa.array(["nowhere"] * len(table)))):
            chunk(folder, 2).write_bytes(
                chunk_bytes(odd, str(study_id(manifest_in(folder))), Chunks(2, RUNS, CHUNK)[2])
            )
            assert sim("export", folder, "--to", folder / "a.csv", "--force")[0] == 2
            assert sim(*command(real[0], folder))[0] == 0
            assert sim("export", folder, "--to", folder / "a.csv", "--force")[0] == 0

    def test_pages_are_measured_before_they_are_unpacked(self, real: tuple[Path, Path]) -> None:
        file = chunk(real[1])
        column = pq.read_metadata(file).row_group(0).column(3)
        start = column.dictionary_page_offset or column.data_page_offset
        data = file.read_bytes()[start : start + column.total_compressed_size]
        sizes = list(unpacked(data, 1000))
        assert len(sizes) == 2 and sum(sizes) < column.total_uncompressed_size
        for bad in (data[:-1], data[1:], b"\x15" * 50, b"\x15\x00\x15\xff\xff\xff\xff\x0f" + data[8:]):
            with pytest.raises(BadPages):
                list(unpacked(bad, 1000))
        assert Bounds(10, {"a": 100}, 5).file > 100


class TestReplay:
    @pytest.fixture
    def run(self, single: Path, tmp_path: Path) -> Path:
        shutil.copytree(single, tmp_path / "s")
        return tmp_path / "s"

    def test_all_that_a_reader_quotes_is_compared(self, run: Path) -> None:
        code, page, _ = sim("run", run, "--json")
        said = json.loads(page)
        assert (code, said["equal"]) == (0, True)
        assert said["files"] == {"summary.json": "equal", "transcript.txt": "equal"}
        assert "Run 7" in (run / "transcript.txt").read_text() or manifest_in(run)["watched"] == 7

    def test_a_changed_figure_is_told_with_its_key(self, run: Path) -> None:
        summary = json.loads((run / "summary.json").read_text())
        now = summary["likelihood"]["estimate"]
        summary["likelihood"]["estimate"] = 0.99
        (run / "summary.json").write_text(json.dumps(summary))
        code, page, _ = sim("run", run)
        assert code == 3
        assert "they are equal, and what is said of them is NOT." in page
        assert f"  summary.json: likelihood.estimate: 0.99 there, {now} now" in page

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda file: file.unlink(), "is missing"),
            (lambda file: file.write_text(file.read_text().replace("agreement", "agreemint", 1)), "line "),
            (lambda file: file.write_bytes(b"\xff" + file.read_bytes()), "is damaged"),
            (lambda file: file.write_text(file.read_text() + "Agreed.\n"), "lines there, "),
            (lambda file: file.write_bytes(bytes(5 * 2**20)), "is larger than"),
        ],
    )
    def test_a_changed_transcript_is_told(self, change: object, says: str, run: Path) -> None:
        file = run / "transcript.txt"
        file.write_text(file.read_text() + "agreement\n") if "agreement" not in file.read_text() else None
        change(file)  # type: ignore[operator]
        code, page, _ = sim("run", run)
        assert code == 3 and "  transcript.txt: " in page and says in page

    def test_figures_that_the_manifest_does_not_name_are_compared_too(self, run: Path) -> None:
        manifest = manifest_in(run)
        (run / "manifest.json").write_text(json.dumps({**manifest, "figures": []}))
        summary = json.loads((run / "summary.json").read_text())
        summary["runs"] += 1
        (run / "summary.json").write_text(json.dumps(summary))
        code, page, _ = sim("run", run)
        assert code == 3 and "  summary.json: " in page

    def test_figures_of_design_points_too(self, real: tuple[Path, Path], folder: Path) -> None:
        code, page, _ = sim("run", folder)
        assert code == 3 and "points.json: is missing" in page and "points.parquet: is missing" in page
        assert sim(*command(real[0], folder))[0] == 0
        assert sim("run", folder)[0] == 0
        table = pq.read_table(folder / "points.parquet")
        at = table.column_names.index("agreement")
        pq.write_table(table.set_column(at, "agreement", pa.array([0.5, 0.75])), folder / "points.parquet")
        code, page, _ = sim("run", folder)
        assert code == 3 and "points.parquet: agreement of row 0: 0.5 there, " in page
        (folder / "points.parquet").write_bytes(b"PAR1" + bytes(300) + b"PAR1")
        assert "points.parquet: is damaged" in sim("run", folder)[1]

    def test_of_an_unfinished_one_it_says_that_figures_were_not_compared(self, folder: Path) -> None:
        chunk(folder, 1).unlink()
        code, page, _ = sim("run", folder)
        assert code == 0 and "Its figures are not compared, as runs are missing." in page


class TestExports:
    def test_no_cell_of_text_starts_a_formula(self, tmp_path: Path) -> None:
        bad = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]
        table = pa.table({"=name": bad, "n": pa.array([-1.5] * len(bad)), "fine": ["a=1"] * len(bad)})
        with (tmp_path / "t.csv").open("wb") as stream:
            write_csv([table], table.schema, stream)
        rows = list(csv.reader((tmp_path / "t.csv").open(encoding="utf-8", newline="")))
        assert rows[0] == ["'=name", "n", "fine"]
        assert rows[1:] == [[f"'{cell}", "-1.5", "a=1"] for cell in bad]
        told = dictionary_bytes([Column("a", CellKind.TEXT, meaning="=HYPERLINK(1)", words={"x": "@y"}, unit="-")])
        assert b"a,text,'-,'=HYPERLINK(1),x: @y" in told

    def test_nothing_of_a_chunk_leaks_into_an_export(self, real: tuple[Path, Path], tmp_path: Path) -> None:
        assert sim("export", real[1], "--to", tmp_path / "a.parquet")[0] == 0
        held = pq.read_metadata(tmp_path / "a.parquet").metadata
        assert not [key for key in held if key.startswith(b"sim.")]


class TestPrinting:
    def test_what_a_terminal_would_obey_is_escaped_and_letters_stay(self) -> None:
        stays = "Zo\u00eb \u0634\u0647\u0631 \u05e2\u05d9\u05e8 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f680 \u2264 12 \u2014 \u65e5\u672c\u8a9e\n\tend"  # noqa: E501
        assert printable(stays) == stays
        for sign in "\x00\x1b\x7f\x85\x9b\u061c\u200b\u200e\u202a\u202e\u2066\u2069\u2028\u2029\ufeff\u2060\u3164\U000e0041\udcff":  # noqa: E501
            assert sign not in printable(f"a{sign}b") and "\\" in printable(f"a{sign}b")
        assert printable("a\u200db") == "a\\u200db"
        assert json.loads(printable(json.dumps("a\u202e\U000e0041b", ensure_ascii=False))) == "a\u202e\U000e0041b"
        assert printable_line("a\nb\x1b[1m") == "a\\nb\\x1b[1m"

    def test_all_that_commands_print_goes_through_one_place(self) -> None:
        """`say` and `tell` escape; nothing else in the commands writes, but for what holds no foreign text."""
        allowed = {("common.py", "echo"), ("signals.py", "write"), ("run.py", "print")}
        found = set()
        for file in Path(fingerprint._HOME / "cli").glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    of = ast.unparse(node.func)
                    if name in ("echo", "secho", "print", "print_exc") or of.startswith(
                        ("sys.stdout.w", "sys.stderr.w")
                    ):
                        found.add((file.name, name))
        assert found <= allowed

    @pytest.mark.parametrize("words", [["chek"], ["show", "--sead"], ["show"], ["run", "{}"], ["check", "{}"], ["plot", "{}"],
                                       ["show", "{}"], ["export", "{}", "--to", "{}"], ["compare", "{}", "{}"]])  # fmt: skip
    def test_names_on_the_command_line_too(self, words: list[str], tmp_path: Path) -> None:
        bad = "--\x1b[31m\u202ered" if "{}" not in words else f"{tmp_path}/\x1b[31m\u202ered\udcff.yaml"
        given = [word.replace("{}", bad) for word in words] if "{}" in words else [*words, bad]
        code, page, said = sim(*given)
        assert code == 2
        assert not any(sign in page + said for sign in "\x1b\u202e\udcff")

    def test_a_scenario_with_such_titles(self, real: tuple[Path, Path], tmp_path: Path) -> None:
        text = real[0].read_text().replace("The upper town", "The \u202eupper\u2066 town").replace("no_loss", "no_loss")
        scenario = tmp_path / "s.yaml"
        scenario.write_text(text)
        shutil.copytree(real[0].parent.parent / "seeds", tmp_path / "seeds", dirs_exist_ok=True)
        out = tmp_path / "out"
        for words in (["run", scenario, "--runs", "40", "--out", out], ["run", scenario, "--watch"], ["show", out]):
            code, page, said = sim(*words)
            assert code == 0, said
            assert "\u202e" not in page + said and "\u2066" not in page + said
        assert "\\u202eupper\\u2066 town" in (out / "transcript.txt").read_text()
