"""Indices of dependence from given data: functions whose indices are known are recovered, and noise gives no row."""

import numpy as np
import pytest
from scipy.stats import norm

from sim.analysis.influence import differences, ranked, trend
from sim.analysis.sensitivity.coded_sample import CodedSample, Played, judged
from sim.analysis.sensitivity.given_data import FIFTHS, Outcome, dependences, p_value, standing_out
from sim.game import Flags, Floats

N = 20_000


def of_ishigami(u: Floats) -> Floats:
    """Ishigami & Homma (1990) with a = 7, b = 0.1, of three uniforms [3, n]."""
    x = np.pi * (2.0 * u - 1.0)
    return np.asarray(np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))


def known(which: int, level: float, fine: int = 100) -> tuple[float, float]:
    """First order and delta of input `which` for whether the function is above a level, by a fine grid."""
    mid = (np.arange(fine) + 0.5) / fine
    grid = np.array(np.meshgrid(mid, mid, mid, indexing="ij")).reshape(3, -1)
    above = (of_ishigami(grid) > level).reshape(fine, fine, fine)
    share = above.mean(axis=tuple(k for k in range(3) if k != which))
    p = above.mean()
    return float(share.var() / (p * (1 - p))), float(np.abs(share - p).mean())


def shares(hits: Flags) -> Outcome:
    return Outcome(hits.astype(float), 1, float(hits.var()))


def test_the_thresholded_ishigami_function_is_recovered() -> None:
    u = np.random.default_rng(1).random((3, N))
    found = dependences({f"x{k}": u[k] for k in range(3)}, shares(of_ishigami(u) > 5.0), most=1.0)
    for k, one in enumerate(found):
        first, delta = known(k, 5.0)
        assert one.first_order.estimate == pytest.approx(first, abs=0.02)
        assert one.delta.estimate == pytest.approx(delta, abs=0.02)
        assert one.first_order.low - 0.01 <= first <= one.first_order.high + 0.01


def test_first_order_is_what_salib_has() -> None:
    analyzers = pytest.importorskip("SALib.analyze.rbd_fast")
    u = np.random.default_rng(2).random((3, N))
    hits = of_ishigami(u) > 5.0
    problem = {"num_vars": 3, "names": ["x0", "x1", "x2"], "bounds": [[0.0, 1.0]] * 3}
    theirs = analyzers.analyze(problem, u.T, hits.astype(float), seed=1)["S1"]
    ours = [one.first_order.estimate for one in dependences({f"x{k}": u[k] for k in range(3)}, shares(hits), most=1.0)]
    assert ours == pytest.approx(theirs, abs=0.02)


def test_pawn_is_what_salib_has() -> None:
    pawn = pytest.importorskip("SALib.analyze.pawn")
    u = np.random.default_rng(3).random((3, N))
    hits = of_ishigami(u) > 5.0
    problem = {"num_vars": 3, "names": ["x0", "x1", "x2"], "bounds": [[0.0, 1.0]] * 3}
    theirs = pawn.analyze(problem, u.T, hits.astype(float), S=50, seed=1)["maximum"]
    ours = [one.pawn for one in dependences({f"x{k}": u[k] for k in range(3)}, shares(hits), most=1.0)]
    assert ours == pytest.approx(theirs, abs=0.02)


def test_the_tests_are_those_of_influence_for_an_outcome_of_0_or_1() -> None:
    rng = np.random.default_rng(4)
    for shape in (0.0, 0.3):
        draws = rng.random(900)
        hits = rng.random(900) < 0.3 + shape * draws
        rank = ranked(draws)
        both = 2.0 * min(trend(rank, hits), differences(FIFTHS * rank // 900, hits))
        assert p_value(rank, hits.astype(float)) == pytest.approx(min(1.0, both), rel=1e-9)


def of_noise(seed: int, shift: float = 0.0) -> CodedSample:
    """Runs of 60 codings that differ in a way that no input is behind, plus one convention that shifts them."""
    rng = np.random.default_rng(seed)
    codings, each = 60, 25
    points = {f"convention{k}": (rng.permutation(codings) + 0.5) / codings for k in range(35)}
    draws = {f"number{k}": rng.random(codings * each) for k in range(100)}
    chance = norm.cdf(rng.normal(size=codings) - 0.5 + shift * norm.ppf(points["convention3"]))
    hits = rng.random((codings, each)) < chance[:, None]
    terms = np.where(hits.reshape(-1, 1), rng.normal(size=(codings * each, 1)), np.nan)
    played = Played(hits.ravel(), terms)
    return CodedSample(points, draws, np.repeat(np.arange(codings), each), played, played, 0)


def test_noise_gives_no_row_though_runs_of_a_coding_are_alike() -> None:
    told = [judged(of_noise(seed), [0]) for seed in range(60)]
    assert sum(bool(one.agreement or one.terms[0]) for one in told) <= 4  # 2 % are to be expected


def test_a_convention_that_moves_codings_is_found_by_coding() -> None:
    found = judged(of_noise(1, 2.0), [0])
    assert [one.path for one in found.agreement] == ["convention3"]
    assert found.agreement[0].units == 60
    assert found.looked_at == 2 * 135


def test_what_was_not_told_counts_among_what_was_looked_at() -> None:
    rng = np.random.default_rng(5)
    draws = {"x": rng.random(400)}
    found = dependences(draws, shares(rng.random(400) < 0.35 + 0.3 * draws["x"]))
    assert standing_out([found], 1)[0]
    assert not standing_out([found], 10**7)[0]


def test_an_outcome_that_never_varies_says_nothing() -> None:
    assert not dependences({"x": np.random.default_rng(6).random(100)}, shares(np.ones(100, bool)))
