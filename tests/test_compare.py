"""`sim compare` as a user types it."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from commands import sim
from games import changed, write_small
from playing import FREEZE, ROOT

from sim.cli.compare import names_of
from sim.report.wording.figures import ENDS, ENDS_SHORT, REASONS, REASONS_SHORT

OTHERS = [ROOT / "scenarios" / f"{name}.yaml" for name in ("us_framework", "textbook/fearon")]

RIVER = changed("  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}\n", "")
"""The small game without its opening phase, which nobody gets through."""

HOPELESS = changed("deadline: 12}\n", "deadline: 12}\n    good_faith: 0\n", RIVER)
"""The same with a lower town that never means to agree."""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a comparison of three scenarios, one with other parties and issues, prints and where it writes."""
    out = tmp_path_factory.mktemp("results") / "c"
    code, page, _ = sim("compare", FREEZE, *OTHERS, "--runs", "60", "--out", out)
    assert code == 0
    return page, out


@pytest.fixture
def rivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> list[Path]:
    """Two small scenarios in a folder of their own, which is the current one; the second never agrees."""
    monkeypatch.chdir(tmp_path)
    first = write_small(tmp_path, RIVER)
    second = first.with_name("no_judge.yaml")
    second.write_text(HOPELESS)
    return [path.relative_to(tmp_path) for path in (first, second)]


class TestPage:
    def test_says_everything_in_order_within_80_columns(self, compared: tuple[str, Path]) -> None:
        page, _ = compared
        parts = [
            "3 scenarios, 60 runs each, seed 1", "freeze_lines: Freeze along", "Likelihood of agreement",
            "Differences are from 1 (freeze_lines), paired", "Terms: ", "a fifth is below", "Beside it",
            "Where runs end", "Why the others fail",
            "Indicative in 1, 2", "Worth of agreements to each party", "    gain  ", "Typical settlement",
            "Red line named most", "What moves it most", "not a forecast", "Written to",
        ]  # fmt: skip
        places = [page.index(part) for part in parts]
        assert places == sorted(places)
        assert max(len(line) for line in page.split("Written to")[0].splitlines()) <= 80

    def test_a_cell_is_empty_where_a_scenario_has_no_such_figure(self, compared: tuple[str, Path]) -> None:
        page, _ = compared
        beside = page.split("Beside it")[1]
        parts = [line.split()[1:] for line in beside.partition("Core kept")[0].splitlines() if line.startswith("   3")]
        assert [cell for part in parts for cell in part if cell != "fearon"] == ["100", "%", "round", "17", "86", "%"]

    def test_a_scenario_without_agreements_says_none(self, rivers: list[Path]) -> None:
        code, page, _ = sim("compare", *rivers, "--runs", "40")
        assert code == 0
        assert re.search(r"gain +\+0\.\d\d +none", page)
        assert "none in 2" in page
        assert "The same in all that agree: " in page

    def test_no_agreements_at_all(self, rivers: list[Path]) -> None:
        code, page, _ = sim("compare", *rivers, "--runs", "40", "--set", "parties.lower.good_faith=0")
        assert code == 0
        assert "Typical settlement: none, as no run agreed" in page

    def test_ten_scenarios_fit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> None:
        monkeypatch.chdir(tmp_path)
        paths = [write_small(tmp_path, RIVER)]
        for k in range(11):
            paths.append(paths[0].with_name(f"a_rather_long_name_of_a_scenario_{k}.yaml"))
            paths[-1].write_text(changed("good_faith: 0.9", f"good_faith: {k / 11:.3f}", RIVER))
        code, page, _ = sim("compare", *paths, "--runs", "20")
        assert code == 0
        assert "12 scenarios" in page and re.search(r"scenario +11 +12", page)
        assert max(len(line) for line in page.splitlines()) <= 80


class TestFiles:
    def test_all_are_written(self, compared: tuple[str, Path]) -> None:
        _, out = compared
        assert {path.name for path in out.glob("[!.]*")} == {
            "manifest.json", "comparison.json", "comparison.parquet", "runs.parquet", "comparison.png", "comparison.svg",
        }  # fmt: skip

    def test_a_row_a_scenario_and_run(self, compared: tuple[str, Path]) -> None:
        rows = pq.read_table(compared[1] / "runs.parquet").to_pylist()
        assert [row["run"] for row in rows] == [*range(60)] * 3
        assert list(dict.fromkeys(row["scenario"] for row in rows)) == ["freeze_lines", "us_framework", "fearon"]
        assert rows[0]["value.a"] is None and rows[0]["value.russia"] is not None
        assert rows[-1]["no_deal.russia"] is None and rows[-1]["no_deal.a"] is not None

    def test_figures_of_all_files_agree(self, compared: tuple[str, Path]) -> None:
        out = compared[1]
        figures = json.loads((out / "comparison.json").read_text())
        table = pq.read_table(out / "comparison.parquet").to_pylist()
        runs = pq.read_table(out / "runs.parquet").to_pylist()
        for one, row in zip(figures["scenarios"], table, strict=True):
            mine = [run["outcome"] == "agreement" for run in runs if run["scenario"] == one["scenario"]]
            assert one["likelihood"]["estimate"] == row["likelihood"] == sum(mine) / 60
            assert row["end.agreement"] == row["likelihood"]
        first, second, third = table
        assert first["difference"] is None
        assert second["difference"] == figures["differences"][0]["estimate"]
        assert third["core"] is None and third["gain.a"] == figures["scenarios"][2]["gains"]["a"]

    def test_the_same_command_again_is_welcome_another_is_not(self, rivers: list[Path]) -> None:
        common = ["compare", "--runs", "10", "--out", "r"]
        assert sim(*common, *rivers)[0] == 0
        assert sim(*common, *rivers)[0] == 0
        code, _, errors = sim(*common, *reversed(rivers), "--seed", "2")
        assert code == 4
        assert "river, no_judge there, no_judge, river now" in errors
        assert "seed: 1 there, 2 now" in errors
        rivers[0].write_text(rivers[0].read_text().replace("low: 0.3", "low: 0.4"))
        assert "another scenario of river" in sim(*common, *rivers)[2]
        assert "another kind of result" in sim("run", rivers[0], "--out", "r")[2]

    def test_the_folder_is_named_by_what_was_asked(self, rivers: list[Path]) -> None:
        pages = [sim("compare", *rivers, "--runs", "10", "--seed", seed)[1] for seed in ("1", "1", "2")]
        first, again, other = (page.split("Written to results/compare-")[1][:8] for page in pages)
        assert first == again != other


def figures_of(*arguments: str | Path) -> dict[str, Any]:
    code, text, _ = sim("compare", "--json", *arguments)
    assert code == 0
    found: dict[str, Any] = json.loads(text)
    return found


def test_json_has_everything_a_table_needs(rivers: list[Path]) -> None:
    figures = figures_of(*rivers, "--runs", "60")
    assert figures["differences"][0].keys() == {"scenario", "against", "estimate", "low", "high", "level"}
    first, second = figures["scenarios"]
    wanted = {"number", "scenario", "title", "date", "file", "likelihood", "core", "ceiling", "ends", "why", "settlement",
              "gains", "influences", "numbers", "mediator_left", "holds"}  # fmt: skip
    assert wanted <= first.keys()
    assert second["gains"] is None and second["settlement"] is None


def test_each_scenario_is_played_as_by_itself(rivers: list[Path]) -> None:
    both = figures_of(*rivers, "--runs", "60", "--seed", "5")["scenarios"]
    alone = json.loads(sim("run", rivers[0], "--runs", "60", "--seed", "5", "--json")[1])
    assert {name: both[0].get(name) for name in alone} == {**alone, "written": None}


BAD = {
    "one file": (["{0}"], ["only one scenario"]),
    "the same file twice": (["{0}", "./{0}"], ["given more than once"]),
    "missing files": (["{0}", "no.yaml", "nor.yaml"], ["no.yaml: no such file", "nor.yaml: no such file"]),
    "a path that one lacks": (
        ["{0}", "{fearon}", "--set", "parties.judge.patience=3"],
        ["fearon.yaml: --set parties.judge"],
    ),
    "a path that all lack": (
        ["{0}", "{1}", "--set", "parties.judge.patiens=3"],
        ["--set parties.judge.patiens=3: no such"],
    ),
    "no value": (["{0}", "{1}", "--set", "parties"], ["--set parties: must be PATH=VALUE"]),
    "a file as a folder": (["{0}", "{1}", "--out", "{0}"], ["is a file, not a folder"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_once_with_exit_2_and_nothing_is_written(name: str, rivers: list[Path]) -> None:
    arguments, words = BAD[name]
    before = sorted(Path().rglob("*"))
    code, page, errors = sim("compare", *(one.format(*rivers, fearon=OTHERS[1]) for one in arguments))
    assert (code, page) == (2, "")
    assert all(errors.count(word) == 1 for word in words)
    assert len(errors.splitlines()) == len(words)
    assert sorted(Path().rglob("*")) == before


def test_every_end_and_every_reason_has_a_head_of_a_table() -> None:
    assert list(ENDS_SHORT) == list(ENDS)
    assert list(REASONS_SHORT) == list(REASONS)


def test_files_of_one_name_are_told_apart_by_their_path() -> None:
    paths = [Path(path) for path in ("a/x/talks.yaml", "b/x/talks.yaml", "b/x/talks.yml", "c/other.yaml")]
    names = names_of(paths)
    assert names[0] == "a/x/talks" and names[3] == "other"
    assert all(one != another for one, another in combinations(names, 2))
