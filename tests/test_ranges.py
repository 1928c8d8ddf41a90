"""Ranges beside conventions: what other coders might make of a class; told, never drawn."""

import json
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from test_names import TWINS

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.scenario.provenance import numbers

FIRMNESS = "refuses: {road: toll}, firmness: 0.4"
PATH = "parties.east.red_lines.no_toll.firmness"
RANGED = "{value: 0.8, convention: class one of three, range: [0.6, 0.9]}"


def written(folder: Path, firmness: str, name: str = "well.yaml") -> Path:
    file = folder / name
    file.write_text(TWINS.replace(FIRMNESS, f"refuses: {{road: toll}}, firmness: {firmness}"), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("firmness", "said"),
    [
        ("{value: 0.8, range: [0.6, 0.9]}", "says range but no convention beside it"),
        ("{value: 0.8, assumed: a guess, range: [0.6, 0.9]}", "says range but no convention beside it"),
        ("{value: 0.5, convention: class, range: [0.6, 0.9]}", "must lie in its range 0.6 to 0.9 (got 0.5)"),
        ("{triangular: [0.1, 0.5, 0.9], convention: class, range: [0.6, 0.9]}", "must lie in its range 0.6 to 0.9 (got 0.5)"),
        ("{value: 0.8, convention: class, range: [0.9, 0.6]}", "its range must rise from low to high (got 0.9 to 0.6)"),
        ("{value: 0.8, convention: class, range: [0.8, 0.8]}", "its range must rise from low to high (got 0.8 to 0.8)"),
        ("{value: 0.8, convention: class, range: [0.6, 1.2]}", "its range must be between 0 and 1 (got 0.6 to 1.2)"),
        ("{value: 0.8, convention: class, range: [0.6, high]}", "must be a number (got high)"),
        ("{value: 0.8, convention: class, range: 0.6}", "must be a list (got 0.6)"),
    ],
)  # fmt: skip
def test_what_is_no_range_is_told_at_its_place(tmp_path: Path, firmness: str, said: str) -> None:
    code, _, told = sim("check", written(tmp_path, firmness))
    assert code == 2 and said in told, told
    assert "well.yaml:23:" in told and PATH in told


def test_a_range_belongs_to_one_number(tmp_path: Path) -> None:
    code, _, told = sim("check", written(tmp_path, "0.7, convention: class, range: [0.6, 0.9]"))
    assert code == 2 and "parties.east.red_lines.no_toll.range: unknown key" in told


def test_the_middle_of_a_distribution_lies_in_the_range(tmp_path: Path) -> None:
    file = written(tmp_path, "{beta: {mean: 0.7, sd: 0.2}, convention: class, range: [0.6, 0.9]}")
    number = next(entry.number for entry in numbers(read_scenario(file).scenario) if entry.path == PATH)
    assert (number.middle(), number.range, number.support()) == (0.7, (0.6, 0.9), (0.0, 1.0))


def test_evidence_tells_it(tmp_path: Path) -> None:
    file = written(tmp_path, RANGED)
    assert f"{PATH} = 0.8  [convention, 0.6 to 0.9]" in sim("evidence", file, PATH)[1]
    (entry,) = json.loads(sim("evidence", file, PATH, "--json")[1])["entries"]
    assert (entry["source"], entry["why"], entry["range"]) == ("convention", "class one of three", [0.6, 0.9])
    other = json.loads(sim("evidence", file, "parties.west.no_deal.base", "--json")[1])["entries"]
    assert [one["range"] for one in other] == [None]


def test_no_run_draws_it(tmp_path: Path) -> None:
    with_range, without = written(tmp_path, RANGED), written(tmp_path, "0.8", "plain.yaml")
    games = [compile_scenario(read_scenario(file).scenario) for file in (with_range, without)]
    worlds = [realise(game, Uniforms(1, 0, 50)) for game in games]
    for one, other in zip(*worlds, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize(
    "given", [f"{PATH}.value=0.1", f"{PATH}=0.1", f"{PATH}.uniform=[0, 0.2]", f"{PATH}.assumed=a guess"]
)
def test_setting_the_number_or_assuming_it_takes_the_range_away(tmp_path: Path, given: str) -> None:
    scenario = read_scenario(written(tmp_path, RANGED), [given]).scenario
    assert [entry.number.range for entry in numbers(scenario) if entry.path == PATH] == [None]


def test_a_file_laid_over_keeps_the_range_or_gives_another(tmp_path: Path) -> None:
    written(tmp_path, RANGED, "base.yaml")
    line = "uses: [base.yaml]\nparties: {east: {red_lines: [{id: no_toll, firmness: FIRM}]}}\n"
    found = {}
    for firm in ("{range: [0.7, 0.9]}", "{convention: another rule}", "{assumed: a guess}", "0.3"):
        (tmp_path / "top.yaml").write_text(line.replace("FIRM", firm), encoding="utf-8")
        scenario = read_scenario(tmp_path / "top.yaml").scenario
        found[firm] = next(entry.number.range for entry in numbers(scenario) if entry.path == PATH)
    assert list(found.values()) == [(0.7, 0.9), (0.6, 0.9), None, None]


def test_weights_that_are_rescaled_lose_theirs(tmp_path: Path) -> None:
    file = tmp_path / "well.yaml"
    weight = "road: {weight: {value: 0.4, convention: class, range: [0.3, 0.5]}"
    file.write_text(TWINS.replace("road: {weight: 0.4", weight), encoding="utf-8")
    assert read_scenario(file).scenario.parties["east"].priorities["road"].weight.range == (0.3, 0.5)
    east = read_scenario(file, ["parties.east.priorities.well.weight=0.9"]).scenario.parties["east"]
    road = east.priorities["road"].weight
    assert road.value == pytest.approx(0.1) and road.range is None
