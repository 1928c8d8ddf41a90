"""Names that could be taken for one another: told of, and told apart wherever they are read."""

import copy
from pathlib import Path
from typing import Any

import pytest
from commands import sim
from games import SMALL
from playing import ROOT

from sim.files.errors import Mark
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.scenario import Scenario
from sim.scenario.names import alike, apart, seen_as, shortened, told_apart

TWINS = """\
title: A well between two villages
summary: Two villages share a well.
assumed: made up
issues:
  well:
    title: The well
    status_quo: closed
    options: {closed: Nobody draws water, shared: Both draw in turn, east: Both draw  in turn}
  road:
    title: "the\\u200b Well"
    status_quo: free
    options: {free: The road stays open, toll: West takes a toll}
parties:
  east:
    name: East
    role: belligerent
    priorities:
      well: {weight: 0.6, values: {closed: 0, shared: 0.7, east: 1}}
      road: {weight: 0.4, values: {free: 1, toll: 0}}
    no_deal: {base: 0.3}
    concession: {exponent: {lognormal: {median: 1, sd: 0.5}}, deadline: 12}
    red_lines:
      - {id: no_toll, says: Never that, refuses: {road: toll}, firmness: 0.4, yield: 0.1}
      - {id: no_closing, says: never that, refuses: {well: shared, road: toll}, firmness: 0.4, yield: 0.1}
  west:
    name: EAST
    role: belligerent
    priorities:
      well: {weight: 0.5, values: {closed: 0, shared: 1, east: 0.1}}
      road: {weight: 0.5, values: {free: 0.2, toll: 1}}
    no_deal: {base: 0.3}
    good_faith: 0.8
    concession: {exponent: {lognormal: {median: 1, sd: 0.5}}, deadline: 12}
phases:
  - {id: talks, rounds: 10}
"""


def plain(text: str) -> Any:
    return to_plain(parse_yaml(text, Mark("twins")))


@pytest.fixture
def twins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("twins.yaml")
    path.write_text(TWINS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "other", ["EAST", "ea st", "East\u00a0", "Ea\u200bst", "Ea\u00adst", "\uff25\uff41\uff53\uff54", "East\u3164"]
)
def test_names_that_differ_in_nothing_that_is_seen_are_alike(other: str) -> None:
    assert seen_as(other) == seen_as("East")
    assert apart({"a": "East", "b": other, "c": "West"}) == {"a": "East (a)", "b": f"{other} (b)", "c": "West"}


def test_names_that_look_different_are_not() -> None:
    named = {"a": "Éire", "b": "Eire", "c": "Ost", "d": "O st!", "e": "किला", "f": "कला"}
    assert apart(named) == named


def test_an_id_that_makes_a_name_like_a_third_is_put_there_too() -> None:
    assert len(set(apart({"east": "East", "west": "East", "third": "East (west)"}).values())) == 3


def test_a_name_that_shows_nothing_has_its_id() -> None:
    assert apart({"a": "\u200b", "b": "B"}) == {"a": "\u200b (a)", "b": "B"}


def test_what_is_in_brackets_stays_where_names_would_be_alike_without() -> None:
    assert shortened(["Congo (Kinshasa)", "Congo (Brazzaville)", "Allies (EU and UK)"], " (") == [
        "Congo (Kinshasa)",
        "Congo (Brazzaville)",
        "Allies",
    ]


def test_parties_issues_options_and_lines_are_told_apart_in_the_models() -> None:
    scenario = Scenario.model_validate(plain(TWINS))
    assert [party.name for party in scenario.parties.values()] == ["East (east)", "EAST (west)"]
    assert [issue.title for issue in scenario.issues.values()] == ["The well (well)", "the\u200b Well (road)"]
    assert scenario.issues["well"].options["east"].says == "Both draw  in turn (east)"
    assert scenario.issues["well"].options["closed"].says == "Nobody draws water"
    assert [line.says for line in scenario.parties["east"].red_lines] == [
        "Never that (no_toll)",
        "never that (no_closing)",
    ]


def test_data_without_such_names_stay_as_they_are() -> None:
    data = plain(SMALL)
    assert told_apart(data) is data and alike(data) == []
    changed = plain(TWINS)
    before = copy.deepcopy(changed)
    Scenario.model_validate(changed)
    assert changed == before


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_scenario_of_ours_has_such_names(path: Path) -> None:
    if path.parent.name != "common" or path.stem.startswith("as_of"):
        assert alike(read_scenario(path).plain) == []


def test_check_and_run_warn_at_the_name(twins: Path) -> None:
    code, _, warned = sim("check", twins)
    assert code == 0
    assert "twins.yaml:26:11: parties.west.name: could be taken for the name of east" in warned
    for place in ("issues.road.title", "issues.well.options.east", "parties.east.red_lines.no_closing.says"):
        assert f"{place}: could be taken for" in warned
    assert "parties.west.name: could be taken for" in sim("run", twins, "--watch")[2]


def test_pages_and_tables_name_both(twins: Path, undrawn: None) -> None:
    assert sim("run", twins, "--runs", "60", "--out", "r")[0] == 0
    transcript = Path("r/transcript.txt").read_text(encoding="utf-8")
    assert "East (east)" in transcript and "EAST (west)" in transcript and "The well (well)" in transcript
    sim("export", "r", "--to", "runs.csv")
    columns = Path("runs.columns.csv").read_text(encoding="utf-8")
    assert "East (east): " in columns and "EAST (west): " in columns
    _, page, _ = sim("zopa", twins, "--worlds", "0")
    assert "East (east)" in page and "EAST (west)" in page
