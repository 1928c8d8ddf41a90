"""Scenarios side by side: paired differences, their interval, and what is settled most often."""

import math
from itertools import product

import numpy as np
import pytest
from playing import FREEZE, play_file

from sim.analysis.shares.difference import Difference, difference, matched
from sim.analysis.shares.likelihood import Z
from sim.analysis.summary import Settlement, typical


def settlement(**shares: dict[str, float]) -> Settlement:
    return Settlement(
        shares, value={"a": 0.6, "b": 0.4}, worth={"a": 0.7, "b": 0.4}, no_deal={"a": 0.5, "b": 0.45}, median_round=3.0,
        agreements=100, terms={}, face_terms={}, stands={},
    )  # fmt: skip


def test_interval_is_that_of_the_published_example() -> None:
    """The manual of the R package PropCIs: diffpropci.mp(b = 40, c = 20, n = 160), after the authors' own code."""
    found = matched(20, 40, 160)
    assert (found.low, found.high) == pytest.approx((-0.21601726, -0.03089632), abs=1e-8)
    assert found.estimate == -20 / 160


def test_interval_by_hand() -> None:
    """8 runs, 3 gained, 1 lost: with half a run in each cell 3.5 and 1.5 of 10, so 0.2 +- 1.96 sqrt(4.6) / 10."""
    found = matched(3, 1, 8)
    assert found.estimate == 0.25
    assert (found.low, found.high) == pytest.approx((0.2 - Z * math.sqrt(4.6) / 10, 0.2 + Z * math.sqrt(4.6) / 10))
    assert found.low == pytest.approx(-0.220365, abs=1e-6)


def test_equal_runs_leave_an_interval_around_nothing() -> None:
    """No pair differs in 2000: 0 +- 1.96 / 2002."""
    found = matched(0, 0, 2000)
    assert (found.low, found.estimate, found.high) == pytest.approx((-Z / 2002, 0.0, Z / 2002))


@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_interval_holds_its_estimate_stays_within_bounds_and_turns_with_the_sides(n: int) -> None:
    for gained, lost in product(range(n + 1), repeat=2):
        if gained + lost <= n:
            found, turned = matched(gained, lost, n), matched(lost, gained, n)
            assert -1.0 <= found.low <= found.estimate <= found.high <= 1.0
            assert found.high - found.low > 0
            assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@pytest.mark.parametrize(
    ("n", "gained", "lost"), [(100, 0.02, 0.01), (100, 0.3, 0.1), (2000, 0.05, 0.01), (400, 0.0, 0.02)]
)
def test_interval_covers_as_often_as_it_says(n: int, gained: float, lost: float) -> None:
    draws = np.random.default_rng(3).multinomial(n, [gained, lost, 1.0 - gained - lost], 2000)
    found = [matched(int(g), int(b), n) for g, b, _ in draws]
    covered = np.mean([one.low <= gained - lost <= one.high for one in found])
    assert 0.94 <= covered <= 0.995


def test_pairing_makes_differences_tighter_than_two_separate_samples() -> None:
    before, now = (play_file(FREEZE, 250, 1, *setting).agreed() for setting in ((), ("parties.us.patience=6",)))
    found = difference(now, before)
    assert found.estimate == pytest.approx(now.mean() - before.mean())
    apart = 2 * Z * math.sqrt(sum(flags.mean() * (1 - flags.mean()) / 250 for flags in (now, before)))
    assert found.high - found.low < 0.8 * apart


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Difference(0.12, 0.1, 0.14), "+12 (10 to 14)"),
        (Difference(-0.34, -0.36, -0.315), "-34 (-36 to -32)"),
        (Difference(-0.001, -0.02, 0.018), "0 (-2 to 2)"),
        (Difference(0.0, -0.001, 0.001), "0.0 (-0.1 to 0.1)"),
    ],
)
def test_points_in_words(found: Difference, said: str) -> None:
    assert found.points() == said


def test_the_most_frequent_option_of_each_issue_by_scenario() -> None:
    first = settlement(front={"freeze": 0.9, "withdraw": 0.1}, toll={"none": 0.5, "low": 0.5})
    third = settlement(front={"freeze": 0.2, "withdraw": 0.8})
    assert typical([first, None, third]) == {
        "front": {"freeze": {0: 0.9}, "withdraw": {2: 0.8}},
        "toll": {"none": {0: 0.5}},
    }


def test_gains_are_worth_less_no_deal_values() -> None:
    assert settlement().gains() == pytest.approx({"a": 0.2, "b": -0.05})
