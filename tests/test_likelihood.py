"""Shares, intervals and curves."""

import numpy as np
import pytest
from playing import FREEZE, play_file
from scipy import stats

from sim.analysis.shares.likelihood import by_round, wilson
from sim.records import End


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (3, 10), (10, 10), (37, 2000)])
def test_wilson_interval_is_that_of_scipy(hits: int, n: int) -> None:
    ours, theirs = wilson(hits, n), stats.binomtest(hits, n).proportion_ci(0.95, "wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilson_interval_covers_as_often_as_it_says() -> None:
    draws = np.random.default_rng(1).binomial(400, 0.3, 2000)
    inside = [wilson(int(hits), 400).low <= 0.3 <= wilson(int(hits), 400).high for hits in draws]
    assert 0.93 <= np.mean(inside) <= 0.97


def test_nothing_played_is_no_share() -> None:
    share = wilson(0, 0)
    assert np.isnan(share.estimate)
    assert (share.low, share.high) == (0.0, 1.0)


def test_curve_rises_to_the_likelihood() -> None:
    played = play_file(FREEZE, 250, 1)
    curve = by_round(played.outcomes, played.game.total_rounds())
    assert (np.diff(curve.estimate) >= 0).all()
    assert curve.estimate[-1] == played.agreed().mean()
    assert (curve.low <= curve.estimate).all()
    assert (curve.estimate <= curve.high).all()
    early = (played.outcomes.end == End.AGREEMENT) & (played.outcomes.round < 20)
    assert curve.estimate[19] == early.mean()
