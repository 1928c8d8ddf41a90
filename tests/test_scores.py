"""Scores of probabilities, naive rivals, and the reliability curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.validation.reliability import reliability
from sim.analysis.validation.scores import bounded, others_rate, own_rates, score, skill

TOOK = np.array([True, False, True])
P = np.array([0.8, 0.3, 0.2])
forecasts = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20)


class TestScores:
    def test_by_hand(self) -> None:
        """What came had probabilities 0.8, 0.7 and 0.2."""
        found = score(P, TOOK, 1000, 1)
        assert found.brier.estimate == pytest.approx((0.04 + 0.09 + 0.64) / 3)
        assert found.log.estimate == pytest.approx(-np.log([0.8, 0.7, 0.2]).mean())
        assert (found.count, found.likelier) == (3, 2)
        assert found.brier.low <= found.brier.estimate <= found.brier.high

    def test_certainty_that_fails_costs_as_much_as_worlds_allow(self) -> None:
        """None of 9 worlds: as if half of one in ten."""
        assert score(np.array([0.0]), np.array([True]), 9, 1).log.estimate == pytest.approx(-np.log(0.05))
        assert bounded(np.array([1.0]), 9) == pytest.approx(0.95)

    def test_skill_against_a_rival(self) -> None:
        half = np.full(3, 0.5)
        found = skill(P, half, TOOK, 1)
        assert found is not None and found.estimate == pytest.approx(1 - (0.77 / 3) / 0.25)
        assert skill(half, np.array([1.0, 0.0, 1.0]), TOOK, 1) is None

    def test_the_same_seed_gives_the_same_interval(self) -> None:
        assert score(P, TOOK, 10, 4) == score(P, TOOK, 10, 4)


class TestRivals:
    def test_base_rate_of_the_others(self) -> None:
        assert others_rate(TOOK).tolist() == [0.5, 1.0, 0.5]
        assert others_rate(np.array([True])).tolist() == [0.5]

    def test_own_rate_before_with_one_of_either_kind(self) -> None:
        known = [("a", True), ("a", True), ("b", False)]
        assert own_rates(["a", "b", "c"], known) == pytest.approx([3 / 4, 1 / 3, 1 / 2])


class TestReliability:
    def test_by_hand(self) -> None:
        """0.2 came, 0.6 did not: pooled to a half. 0.9 came."""
        found = reliability(np.array([0.6, 0.9, 0.2]), np.array([False, True, True]), 1)
        assert found.forecast.tolist() == [0.2, 0.6, 0.9]
        assert found.observed.tolist() == [0.5, 0.5, 1.0]
        assert found.uncertainty == pytest.approx(2 / 9)
        assert found.discrimination == pytest.approx(2 / 9 - 0.5 / 3)

    def test_equal_forecasts_are_one_place(self) -> None:
        found = reliability(np.array([0.5, 0.5, 0.5, 0.5]), np.array([True, False, False, False]), 1)
        assert (found.forecast.tolist(), found.count.tolist(), found.observed.tolist()) == ([0.5], [4.0], [0.25])

    @given(forecasts)
    def test_the_brier_score_is_the_sum_of_its_parts(self, told: list[tuple[float, bool]]) -> None:
        p, came = (np.array(column) for column in zip(*told, strict=True))
        found = reliability(p, came, 1)
        brier = score(p, came, 100, 1).brier.estimate
        assert found.miscalibration - found.discrimination + found.uncertainty == pytest.approx(brier, abs=1e-9)
        assert found.miscalibration >= -1e-9 and found.discrimination >= -1e-9
        assert (np.diff(found.observed) >= -1e-12).all() and (found.low <= found.high).all()

    def test_right_forecasts_stay_in_the_band_mostly(self) -> None:
        draw = np.random.default_rng(3)
        outside = 0
        for _ in range(40):
            p = draw.uniform(0, 1, 12)
            outside += reliability(p, draw.uniform(0, 1, 12) < p, 1).outside()
        assert outside / (40 * 12) < 0.15
