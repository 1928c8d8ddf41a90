"""`sim new`: what it writes checks, runs and cites as it is, of every size; a copy plays the same runs."""

import json
import re
from itertools import cycle, product
from pathlib import Path

import pytest
from commands import sim
from playing import ROOT

from sim.cli.check import inspect
from sim.files.scenario.reader import read_scenario
from sim.files.starter.copied import copied
from sim.files.starter.made_up import ISSUES, PARTIES, Size, project_texts
from sim.scenario.provenance import references


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> Path:
    """A folder with nothing in it, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path, size: Size) -> Path:
    for place, text in project_texts("talks", size).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text)
    return folder / "scenarios" / "talks.yaml"


SIZES = list(product(PARTIES, ISSUES))
EACH = {*zip(cycle(PARTIES), ISSUES, strict=False), *product((PARTIES[0], PARTIES[-1]), (ISSUES[0], ISSUES[-1]))}
"""Every number of parties and every number of issues, the smallest and the largest with each other."""


def test_sizes_that_are_looked_at_in_any_case() -> None:
    assert [set(counts) for counts in zip(*EACH, strict=True)] == [set(PARTIES), set(ISSUES)]


@pytest.mark.parametrize(
    ("parties", "issues"),
    [size if size in EACH else pytest.param(*size, marks=pytest.mark.slow) for size in SIZES],
)
def test_every_size_is_well_formed_and_answers_as_reported(parties: int, issues: int, tmp_path: Path) -> None:
    file = made(tmp_path, Size(parties, issues))
    loaded = read_scenario(file)
    assert (len(loaded.scenario.parties), len(loaded.scenario.issues)) == (parties, issues)
    _, _, checks, warnings = inspect(file, loaded)
    assert not warnings
    assert [check.agrees() for check in checks] == [True, True]
    assert {claim for _, claim in references(loaded.scenario)} == set(loaded.evidence.claims())


def test_it_is_good_to_read(tmp_path: Path) -> None:
    text = made(tmp_path, Size(PARTIES.stop - 1, ISSUES.stop - 1)).read_text()
    assert max(map(len, text.splitlines())) <= 120
    blocks = re.findall(r"^(\w+):", text, re.MULTILINE)
    commented = re.findall(r"^#.*\n(?:#.*\n)*(\w+):", text, re.MULTILINE)
    assert set(blocks) - set(commented) == {"summary", "date"}, "every block says what it is for"


def test_a_new_project_does_all_that_it_says(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said, errors = sim("new", "talks")
    assert code == 0, errors
    folder = empty / "talks"
    assert sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()) == [
        "README.md", "scenarios/talks.yaml", "seeds/river-news.yaml", "seeds/stances.yaml",
    ]  # fmt: skip
    assert "  cd talks\n  sim check talks\n  sim run talks\n" in said
    monkeypatch.chdir(folder)
    commands = re.findall(r"^    sim (\w+) talks", (folder / "README.md").read_text(), re.MULTILINE)
    assert commands == ["check", "run", "zopa", "evidence"]
    options = {"run": ["--runs", "50"], "zopa": ["--worlds", "5"]}
    for command in commands:
        code, page, errors = sim(command, "talks", *options.get(command, []))
        assert code == 0, errors
        assert page
    shares = json.loads(sim("run", "talks", "--runs", "50", "--json")[1])
    assert 0.5 < shares["likelihood"]["estimate"] < 1


def test_sizes_are_chosen(empty: Path) -> None:
    assert sim("new", "two", "--parties", "2", "--issues", "1")[0] == 0
    scenario = read_scenario(Path("two/scenarios/two.yaml")).scenario
    assert (list(scenario.parties), list(scenario.issues)) == (["upper", "lower"], ["water"])


def test_the_scenario_is_called_as_the_folder(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sim("new", "The 2.5 talks!")[0] == 0
    assert Path("The 2.5 talks!/scenarios/The_2_5_talks.yaml").is_file()
    (empty / "here").mkdir()
    monkeypatch.chdir(empty / "here")
    code, said, _ = sim("new", ".")
    assert code == 0 and "cd " not in said
    assert Path("scenarios/here.yaml").is_file()


def test_a_copy_plays_the_same_runs(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sim("new", "mine", "--from", "freeze_lines")[0] == 0
    monkeypatch.chdir(empty / "mine")
    code, _, errors = sim("check", "freeze_lines")
    assert code == 0, errors
    assert "stances of its date as reported" in sim("check", "freeze_lines")[1]
    assert sim("run", "freeze_lines", "--runs", "40", "--out", "copy")[0] == 0
    assert sim("run", ROOT / "scenarios" / "freeze_lines.yaml", "--runs", "40", "--out", "original")[0] == 0
    chunk = Path("chunks/chunk-000000.parquet")
    assert ("copy" / chunk).read_bytes() == ("original" / chunk).read_bytes()
    hashes = [json.loads(Path(folder, "manifest.json").read_text())["scenario_hash"] for folder in ("copy", "original")]
    assert hashes[0] == hashes[1]


QUICK = ("freeze_lines", "us_walks_away", "as_of_2025-12-02", "fearon", "december")
"""Scenarios that are copied at every test, of each kind one."""


@pytest.mark.parametrize(
    "file",
    [
        file if file.stem in QUICK else pytest.param(file, marks=pytest.mark.slow)
        for file in sorted((ROOT / "scenarios").rglob("*.yaml"))
        if file.parent.name != "common" or file.stem.startswith("as_of_")
    ],
    ids=lambda path: path.stem,
)
def test_what_ships_is_copied_whole(file: Path, tmp_path: Path) -> None:
    name, files = copied(file)
    for place, data in files.items():
        assert (ROOT / place).read_bytes() == data
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(data)
    copy = read_scenario(tmp_path / "scenarios" / f"{name}.yaml")
    assert copy.plain == read_scenario(file).plain
    cites_war = "april-freeze" in {article.id for article in copy.evidence.articles}
    assert cites_war == (file.parent.name != "textbook") == bool(copy.evidence.stances)


def test_a_copy_takes_what_lies_beside_the_folder_of_scenarios(empty: Path) -> None:
    made(empty, Size(2, 1))
    Path("scenarios/talks.yaml").rename("base.yaml")
    Path("scenarios/over.yaml").write_text("uses: [../base.yaml]\ntitle: Over\n")
    code, _, errors = sim("new", "copy", "--from", "over")
    assert code == 0, errors
    assert Path("copy/scenarios/base.yaml").is_file()
    assert read_scenario(Path("copy/scenarios/scenarios/over.yaml")).scenario.title == "Over"


BAD: dict[str, tuple[list[str], str]] = {
    "a folder that is not empty": (["full"], "full: is not empty; name a new or an empty folder"),
    "a file": (["full/note"], "full/note: is a file; name a new or an empty folder"),
    "no folder above": (["ful/talks"], "ful/talks: cannot be made: there is no folder ful; did you mean full?"),
    "too many parties": (["x", "--parties", "7"], "6"),
    "no issues": (["x", "--issues", "0"], "1"),
    "a size with a copy": (["x", "--from", "freeze_lines", "--issues", "3"], "--issues: says how large"),
    "no such scenario": (["x", "--from", "freeze_line"], "did you mean freeze_lines?"),
    "a scenario with faults": (["x", "--from", "full/note"], "full/note:1:1"),
    "a name that no system takes": (["x" * 300], "name too long"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_writes_nothing(name: str, empty: Path) -> None:
    (empty / "full").mkdir()
    (empty / "full" / "note").write_text("a note")
    before = sorted(empty.rglob("*"))
    arguments, words = BAD[name]
    code, _, errors = sim("new", *arguments)
    assert code == 2
    assert words in errors
    assert sorted(empty.rglob("*")) == before
