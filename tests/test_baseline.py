"""Naive baselines of the spatial models: the published example, and how positions are put on a line."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from hypothesis import given
from hypothesis import strategies as st
from playing import FREEZE, ROOT

from sim.analysis.validation.baseline import Baseline, baselines, is_single_peaked, weighted_mean, weighted_median
from sim.analysis.validation.baseline_errors import Contrast, hits, mean_apart
from sim.files.scenario.reader import read_scenario

EMISSIONS = ROOT / "scenarios" / "textbook" / "emission_standards.yaml"


def found(path: Path, *overrides: str) -> dict[str, Baseline]:
    return {one.issue: one for one in baselines(read_scenario(path, overrides).scenario)}


def test_the_published_example_by_hand() -> None:
    """Ten members (Scholz, Calbert & Smith 2011): weights 0.248 at four years, 0.093 at seven, 0.336 at ten."""
    delay = found(EMISSIONS)["delay"]
    assert delay.mean() == pytest.approx((4 * 0.248 + 7 * 0.093 + 10 * 0.336) / 0.677, abs=1e-12)
    assert delay.median() == 7.0
    assert delay.picks() == {"mean": "y7", "median": "y7"}
    assert list(delay.support().values()) == pytest.approx([0.248 / 0.677, 0.093 / 0.677, 0.336 / 0.677])


def test_issues_on_no_agenda_have_no_baseline() -> None:
    assert list(found(EMISSIONS)) == ["delay"]


def test_the_published_example_is_that_of_the_reference() -> None:
    folder = os.environ.get("SIM_ORACLES")
    if not folder:
        pytest.skip("SIM_ORACLES does not name the folder of reference answers")
    published = json.loads((Path(folder) / "emission_standards.json").read_text())
    delay = found(EMISSIONS)["delay"]
    assert delay.line is not None
    ours = [(one.capability, one.place(delay.line), one.salience) for one in delay.ideals]
    assert ours == [(actor["capability"], actor["position"], actor["salience"]) for actor in published["actors"]]
    assert delay.mean() == pytest.approx(published["expected"]["round_0_weighted_mean"], abs=1e-12)
    assert delay.median() == published["expected"]["round_0_weighted_median"]


def test_a_party_without_a_capability_counts_as_one() -> None:
    plain, stated = found(FREEZE)["crimea"], found(FREEZE, "parties.us.capability=1")["crimea"]
    assert (plain.mean(), plain.median()) == (stated.mean(), stated.median())
    heavy = found(FREEZE, "parties.russia.capability=1000")["crimea"]
    assert heavy.mean() == pytest.approx(3.0, abs=0.02)
    assert heavy.median() == 3.0


def test_capability_may_be_nothing() -> None:
    crimea = found(FREEZE, *(f"parties.{party}.capability=0" for party in ("russia", "ukraine", "us", "eu")))["crimea"]
    assert crimea.mean() is None and crimea.median() is None and crimea.picks() == {}


@pytest.mark.parametrize(
    ("at", "weight", "median"),
    [
        ([1, 2, 3], [1, 1, 1], 2),
        ([3, 1, 2], [1, 1, 1], 2),
        ([1, 2, 3], [5, 1, 1], 1),
        ([1, 3], [1, 1], 2),
        ([1, 2, 3, 4], [1, 1, 1, 1], 2.5),
        ([1, 2, 3], [1, 0, 1], 2),
        ([1, 9], [0, 1], 9),
        ([0, 1, 2], [0.1, 0.2, 0.3], 1.5),
    ],
)
def test_median_by_hand(at: list[float], weight: list[float], median: float) -> None:
    assert weighted_median(np.array(at, float), np.array(weight, float)) == median


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 9)), min_size=1), st.integers(1, 5))
def test_whole_weights_are_so_many_equal_voters(pulls: list[tuple[int, int]], scale: int) -> None:
    crowd = [at for at, weight in pulls for _ in range(weight)]
    if not crowd:
        return
    at, weight = (np.array(column, float) for column in zip(*pulls, strict=True))
    assert weighted_median(at, weight * scale) == np.median(crowd)
    assert weighted_mean(at, weight * scale) == pytest.approx(np.mean(crowd), abs=1e-12)


def test_rising_and_falling_values_have_one_peak() -> None:
    peaked = [[0, 1], [1, 0], [0, 1, 1, 0.5], [0, 0, 1], [1, 1, 1], [0.2, 0.9, 0.1]]
    assert all(is_single_peaked(np.array(values)) for values in peaked)
    assert not any(is_single_peaked(np.array(values)) for values in [[1, 0, 1], [0, 1, 0.5, 0.7], [1, 0, 0, 0.1]])


def test_values_that_follow_no_line_have_no_mean() -> None:
    """In the November draft the options of the line of control are in no order that all parties' values follow."""
    line = found(ROOT / "scenarios" / "november_draft.yaml")["front_line"]
    assert line.line is None and line.mean() is None and line.median() is None
    assert line.picks() == {"plurality": "freeze"}
    assert sum(line.support().values()) == pytest.approx(1.0)


def test_a_party_with_several_best_options_stands_in_their_middle() -> None:
    crimea = found(FREEZE, "parties.us.priorities.crimea.values.unrecognised=1",
                   "parties.us.priorities.crimea.values.us_de_jure=1")["crimea"]  # fmt: skip
    us = next(one for one in crimea.ideals if one.party == "us")
    assert crimea.line is not None
    assert us.best == (0, 1) and us.place(crimea.line) == 1.5


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("issues.delay.scale.at={y4: 4, y7: 7}", "no place for y10"),
        ("issues.delay.scale.at={y4: 4, y7: 7, y10: 10, y9: 9}", "unknown option (got y9)"),
        ("issues.delay.scale.at={y4: 1, y7: 1, y10: 1}", "puts all options at one place"),
        ("parties.greece.capability=-1", "must be between 0 and"),
        ("parties.greece.capability={uniform: [0, 1]}", "must be a fixed value"),
    ],
)
def test_faults_of_a_scale_and_of_a_capability(override: str, said: str) -> None:
    from sim.files.errors import BadInput

    with pytest.raises(BadInput) as bad:
        read_scenario(EMISSIONS, [override])
    assert said in str(bad.value)


def test_contrast_by_hand() -> None:
    """Half of the agreements at four years, half at ten: their mean 7 is as far from the baseline's mean as that is."""
    delay = found(EMISSIONS)["delay"]
    contrast = Contrast(delay, {"y4": 0.5, "y7": 0.0, "y10": 0.5})
    assert contrast.settled() == "y4" and contrast.mean() == 7.0
    assert contrast.agrees() == {"mean": False, "median": False}
    assert contrast.apart() == pytest.approx({"mean": (5.003 / 0.677 - 7) / 6, "median": 0.0})
    same = Contrast(delay, {"y4": 0.0, "y7": 1.0, "y10": 0.0})
    assert hits([contrast, same]) == {"mean": (1, 2), "median": (1, 2)}
    assert mean_apart([contrast, same])["median"] == 0.0


def test_nothing_is_held_against_no_agreements() -> None:
    contrast = Contrast(found(EMISSIONS)["delay"], None)
    assert contrast.settled() is None and contrast.agrees() == {} and contrast.apart() == {}
    assert hits([contrast]) == {} and mean_apart([contrast]) == {}


def test_the_page_of_the_published_example() -> None:
    code, page, _ = sim("baseline", EMISSIONS, "--runs", "40")
    assert code == 0
    assert max(map(len, page.splitlines())) <= 80
    assert "Delay of emission standards      7.39      7.00         7.00" in page
    assert "Netherlands 0.08 (scholz-2011.c3)" in page
    assert "both nearest to 7 years; agreements: 7 years 100 %" in page


def test_the_page_says_what_has_no_order_and_that_all_count_the_same() -> None:
    code, page, _ = sim("baseline", ROOT / "scenarios" / "november_draft.yaml", "--runs", "40")
    assert code == 0
    assert max(map(len, page.splitlines())) <= 80
    assert "no order; most weight behind freeze at the present front 41 %" in page
    assert "none is stated, so every party counts as 1" in page


def test_without_an_agreement_the_page_says_so() -> None:
    code, page, _ = sim("baseline", FREEZE, "--runs", "20", "--set", "parties.russia.good_faith=0")
    assert code == 0
    assert "No run agreed, so there is nothing to hold the baselines against." in page


def test_data_hold_what_the_page_says() -> None:
    code, text, _ = sim("baseline", EMISSIONS, "--runs", "40", "--set", "parties.denmark.capability=0.1", "--json")
    assert code == 0
    told = json.loads(text)
    (delay,) = told["issues"]
    assert delay["scale"] == {"y4": 4, "y7": 7, "y10": 10} and delay["unit"] == "years"
    assert delay["mean"] == pytest.approx((4 * 0.298 + 7 * 0.093 + 10 * 0.336) / 0.727)
    assert told["capabilities"]["denmark"]["source"] == "override"
    assert told["overrides"] == {"parties.denmark.capability": "0.1"}
    assert sum(delay["agreements"].values()) == pytest.approx(1.0)


def test_capability_changes_no_run() -> None:
    """Only the baseline reads it: the same runs agree on the same terms."""
    plain, heavy = (
        json.loads(sim("baseline", FREEZE, "--runs", "60", "--json", *more)[1])
        for more in ((), ("--set", "parties.russia.capability=9"))
    )
    assert plain["likelihood"] == heavy["likelihood"]
    for before, after in zip(plain["issues"], heavy["issues"], strict=True):
        assert before["agreements"] == after["agreements"]
    assert plain["issues"][4]["mean"] < heavy["issues"][4]["mean"]
