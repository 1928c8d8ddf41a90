"""The commands as a user types them: what they print, what they write, and what they say of bad input."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from playing import FREEZE, ROOT

from sim.cli.options import complete_scenario


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> Path:
    """A small scenario in a folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return write_small(Path())


@pytest.fixture(scope="module")
def freeze(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a run of the freeze prints, and where it writes."""
    out = tmp_path_factory.mktemp("results") / "freeze"
    code, page, _ = sim("run", FREEZE, "--runs", "60", "--out", out)
    assert code == 0
    return page, out


class TestRun:
    def test_page_says_everything_in_order_within_80_columns(self, freeze: tuple[str, Path]) -> None:
        page, _ = freeze
        parts = [
            "Freeze along the present front", "60 runs, seed 1", "95 % interval", "keeping the core terms", "amended",
            "structural ceiling", "agreed by week", "Where runs end", "Why the others fail", "Red lines that refusals name",
            "Typical settlement", "What moves it most", "are cited", "not a forecast", "Written to",
        ]  # fmt: skip
        places = [page.index(part) for part in parts]
        assert places == sorted(places)
        assert max(len(line) for line in page.split("Written to")[0].splitlines()) <= 80

    def test_writes_every_file(self, freeze: tuple[str, Path]) -> None:
        _, out = freeze
        names = {path.name for path in out.rglob("[!.]*") if path.is_file()}
        pictures = {f"{name}.{kind}" for name in ("likelihood", "ends", "dance") for kind in ("png", "svg")}
        assert names == {"manifest.json", "summary.json", "transcript.txt", "chunk-000000.parquet", *pictures}

    def test_table_has_a_row_a_run(self, freeze: tuple[str, Path]) -> None:
        import pyarrow.parquet as pq

        _, out = freeze
        table = pq.read_table(out / "chunks" / "chunk-000000.parquet")
        assert table.column("run").to_pylist() == list(range(60))
        agreed = table.column("outcome").to_pylist().count("agreement")
        assert json.loads((out / "summary.json").read_text())["likelihood"]["estimate"] == agreed / 60

    def test_manifest_tells_how_to_run_it_again(self, freeze: tuple[str, Path]) -> None:
        manifest = json.loads((freeze[1] / "manifest.json").read_text())
        assert manifest["runs"] == 60
        assert manifest["seed"] == 1
        assert manifest["scenario"]["title"] == "Freeze along the present front"
        assert "numba" in manifest["versions"]

    @pytest.mark.usefixtures("undrawn")
    def test_the_same_command_again_is_welcome_another_is_not(self, freeze: tuple[str, Path]) -> None:
        _, out = freeze
        assert sim("run", FREEZE, "--runs", "60", "--out", out)[0] == 0
        code, _, errors = sim("run", FREEZE, "--runs", "61", "--out", out)
        assert code == 4
        assert "runs: 60 there, 61 now" in errors

    @pytest.mark.usefixtures("undrawn")
    def test_json_has_the_likelihood(self, tmp_path: Path) -> None:
        code, text, _ = sim("run", FREEZE, "--runs", "20", "--json", "--out", tmp_path / "r")
        figures = json.loads(text)
        assert code == 0
        assert set(figures["likelihood"]) == {"estimate", "low", "high", "hits", "n", "level"}
        assert set(figures["numbers"]) == {"cited", "convention", "assumed", "override"}

    @pytest.mark.usefixtures("undrawn")
    def test_engines_print_the_same_figures(self, tmp_path: Path) -> None:
        pages = [
            sim("run", FREEZE, "--runs", "12", "--engine", engine, "--out", tmp_path / engine, "--json")[1]
            for engine in ("batch", "mesa")
        ]
        batch, mesa = ({**json.loads(page), "engine": "", "written": ""} for page in pages)
        assert batch == mesa

    @pytest.mark.usefixtures("undrawn")
    def test_an_override_counts_as_one(self, tmp_path: Path) -> None:
        setting = "parties.us.patience=6"
        _, text, _ = sim("run", FREEZE, "--runs", "5", "--json", "--set", setting, "--out", tmp_path / "r")
        assert json.loads(text)["numbers"]["override"] == 1
        assert json.loads(text)["overrides"] == {"parties.us.patience": "6"}

    def test_watching_shows_one_negotiation_and_writes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        code, page, _ = sim("run", FREEZE, "--watch", "--run", "3")
        assert code == 0
        assert "Run 3" in page
        assert "Week 1" in page and "Week 0" not in page
        assert not list(tmp_path.iterdir())

    def test_a_small_scenario_of_ones_own_runs(self, small: Path) -> None:
        code, page, _ = sim("run", small, "--runs", "10")
        assert code == 0
        assert re.search(r"Written to results/\S+-[0-9a-f]{8}/", page)


BAD = {
    "missing file": (["run", "no.yaml"], "no.yaml"),
    "directory": (["run", "."], "folder"),
    "no runs": (["run", "{small}", "--runs", "0"], "--runs"),
    "unknown path": (["run", "{small}", "--set", "parties.upper.concesion.deadline=5"], "did you mean"),
    "no value": (["run", "{small}", "--set", "parties"], "--set"),
    "unknown engine": (["run", "{small}", "--engine", "fast"], "--engine"),
    "unknown command": (["rum"], "rum"),
    "unknown number": (["evidence", "{small}", "parties.nobody"], "parties.nobody"),
    "check of a missing file": (["check", "{small}", "no.yaml"], "no.yaml"),
    "answers of a missing file": (["stances", "{small}", "--file", "no.yaml"], "no.yaml"),
    "no worlds to ask in": (["stances", "{small}", "--runs", "0"], "--runs"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_a_clear_message_and_exit_2(name: str, small: Path) -> None:
    arguments, words = BAD[name]
    before = sorted(small.parent.rglob("*"))
    code, _, errors = sim(*(argument.replace("{small}", str(small)) for argument in arguments))
    assert code == 2
    assert words in errors
    assert "Traceback" not in errors
    assert sorted(small.parent.rglob("*")) == before


USAGE = {
    "run": "sim run: SCENARIO is missing; for example: sim run freeze_lines --runs 2000 --set parties.us.patience=6",
    "rum": "rum: no such command; did you mean run?",
    "play x.yaml": "play: no such command; there is a list in sim --help",
    "--vresion": "--vresion: no such option of sim; did you mean --version?",
    "run x --rnus 3": "--rnus: no such option of sim run; did you mean --runs?",
    "run x --runs": "--runs: needs a value",
    "run x --json=3": "--json: does not take a value",
    "run x --runs abc": "--runs: must be a whole number of 1 or more (got abc)",
    "run x -n 0": "--runs: must be a whole number of 1 or more (got 0)",
    "run x --runs 20000000": "--runs: must be a whole number of at most 10,000,000 (got 20000000)",
    "run x --seed -1": "--seed: must be a whole number of 0 or more (got -1)",
    "run x --engine fast": "--engine: must be batch or mesa (got fast)",
    "sweep x --workers x": "--workers: must be a whole number from 1 to 1,024 (got x)",
    "sweep x --chunk 1.5": "--chunk: must be a whole number of 1 or more (got 1.5)",
    "sweep x --sampler hls": "--sampler: must be grid, lhs, sobol or list (got hls); did you mean lhs?",
    "plot x --level much": "--level: must be a number from 0.1 to 99.9 (got much)",
    "zopa x -w 60001": "--worlds: must be a whole number from 0 to 60,000 (got 60001)",
    "export x": "sim export: --to is missing; for example: sim export results/freeze_lines-1a2b3c4d --to runs.parquet",
    "export x --to y --table zz": "--table: must be runs or points (got zz)",
    "show a b c": "sim show: too many arguments: b c",
    "show \x1b[31m --runs": "--runs: no such option of sim show; there is a list in sim show --help",
}


@pytest.mark.parametrize("line", USAGE)
def test_a_command_line_that_cannot_be_understood_is_told_in_one_line(line: str) -> None:
    assert sim(*line.split()) == (2, "", f"{USAGE[line]}\n")


def test_a_folder_that_holds_something_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("long work")
    code, _, errors = sim("run", small, "--out", other)
    assert code == 2
    assert "holds something else" in errors
    assert [path.name for path in other.iterdir()] == ["chapter.txt"]


def test_an_out_that_is_a_file_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "note").write_text("x")
    code, _, errors = sim("run", small, "--out", tmp_path / "note")
    assert code == 2
    assert "is a file, not a folder" in errors


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_out_is_refused(small: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    code, _, errors = sim("run", small, "--out", closed / "r")
    assert code == 2
    assert "cannot be written" in errors


def test_an_out_whose_name_is_too_long_is_refused(small: Path) -> None:
    code, _, errors = sim("run", small, "--out", "x" * 300)
    assert code == 2
    assert "cannot be written" in errors


def test_an_out_below_a_device_is_refused(small: Path) -> None:
    code, _, errors = sim("run", small, "--out", "/dev/null/r")
    assert code == 2
    assert "cannot be written" in errors


def test_check_says_all_at_once_for_all_files(small: Path) -> None:
    one, two = small.with_name("one.yaml"), small.with_name("two.yaml")
    one.write_text("title: 1e5\n")
    two.write_text("title: [\n")
    code, _, errors = sim("check", one, small, two)
    assert code == 2
    assert "one.yaml" in errors
    assert re.search(r"two\.yaml:\d+:\d+", errors)


def test_check_refuses_a_package_that_only_its_author_needs(small: Path) -> None:
    text = small.read_text()
    small.write_text(
        text.replace("role: belligerent", "role: stakeholder").replace(
            "consent:\n", "consent:\n  - any_of: [upper, lower]\n"
        )
    )
    code, _, errors = sim("check", small)
    assert code == 2
    assert "needs nobody's consent" in errors


@pytest.mark.parametrize("file", sorted((ROOT / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_scenarios_are_well_formed(file: Path) -> None:
    if file.parent.name == "common" and not file.stem.startswith("as_of_"):
        pytest.skip("a part of scenarios")
    code, verdict, _ = sim("check", file, "--stances")
    assert code == 0
    assert "well-formed" in verdict


def test_at_least_80_per_cent_of_stances_are_as_reported() -> None:
    checked = json.loads(sim("check", FREEZE, "--json")[1])[0]["stances"]
    assert len(checked) >= 20  # those of April; the others are of other dates
    assert sum(row["agrees"] for row in checked) >= 0.8 * len(checked)


@pytest.mark.parametrize("command", ["run", "check"])
def test_who_could_agree_with_itself_alone_is_refused(small: Path, command: str) -> None:
    text = small.read_text().replace(
        "mediator: judge, revisions: 2}", "mediator: judge, over_the_head_of: [upper, lower]}"
    )
    small.write_text(text)
    code, _, errors = sim(command, small)
    assert code == 2
    assert "phases.talks.over_the_head_of: in phase talks upper needs nobody's consent to (" in errors
    assert not (small.parent.parent / "results").exists()


def test_schema_is_json() -> None:
    assert json.loads(sim("schema")[1])["title"] == "Scenario"


def test_evidence_lists_claims(small: Path) -> None:
    code, page, _ = sim("evidence", small)
    assert code == 0
    assert "gazette.c2 (2025-04, reported, a clerk)" in page
    figures = json.loads(sim("evidence", small, "--json")[1])
    assert figures["numbers"]["override"] == 0
    assert figures["dates"] == {"gazette.c1": "2025-04", "gazette.c2": "2025-04"}


@pytest.mark.parametrize("command", ["run", "compare", "export", "check", "stances", "evidence", "schema"])
def test_help_has_an_example(command: str) -> None:
    code, page, _ = sim(command, "--help")
    assert code == 0
    assert f"sim {command}" in page


def test_completion_finds_scenarios(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert "scenarios/freeze_lines.yaml" in complete_scenario("scenarios/fr")
    assert "scenarios/textbook/" in complete_scenario("")


def test_module_runs_and_help_is_light() -> None:
    heavy = ("numba", "mesa", "matplotlib", "scipy", "pydantic")
    code = f"import sys, sim.cli.program; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
    shown = subprocess.run([sys.executable, "-m", "sim", "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("sim ")
