"""Draws: one stream a number, the same in any chunk, finite at the ends."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import FREEZE
from scipy import stats
from scipy.stats.distributions import rv_frozen as rv

from sim.compiling import compile_scenario
from sim.draws import QUANTILES, SMALLEST, Moved, Remembered, Uniforms, influences, quantile, realise, stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Game, Uncertain
from sim.scenario.kept_draws import KeptDraws, in_spans


def normal(mean: float, sd: float, low: float, high: float) -> tuple[str, tuple[float, ...], rv]:
    return "normal", (mean, sd, low, high), stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)


def beta(mean: float, sd: float) -> tuple[str, tuple[float, ...], rv]:
    size = mean * (1 - mean) / sd**2 - 1
    return "beta", (mean, sd), stats.beta(mean * size, (1 - mean) * size)


FORMS = {
    "triangular": ("triangular", (0.1, 0.3, 0.6), stats.triang(0.4, 0.1, 0.5)),
    "uniform": ("uniform", (0.2, 0.9), stats.uniform(0.2, 0.7)),
    "normal": normal(0.5, 0.2, 0.1, 0.8),
    "normal, all of it above its mean": normal(0.5, 0.01, 0.7, 0.9),
    "normal, all of it far above its mean": normal(0.0, 0.01, 0.6, 0.9),
    "normal, all of it far below its mean": normal(1.0, 0.01, 0.0, 0.5),
    "normal, wide": normal(0.5, 50.0, 0.0, 1.0),
    "beta": beta(0.65, 0.15),
    "beta with one end": beta(0.98, 0.02),
    "beta with two ends": beta(0.5, 0.45),
}
TAILS = np.array([1e-15, 1e-12, 1e-9, 1e-6, 1e-4])
INSIDE = np.concatenate([TAILS, np.linspace(0.001, 0.999, 101), 1.0 - TAILS])


@pytest.fixture(scope="module")
def game():
    return compile_scenario(read_scenario(FREEZE).scenario)


@pytest.mark.parametrize("name", FORMS)
def test_quantiles_are_those_of_scipy_stats(name: str) -> None:
    form, parameters, distribution = FORMS[name]
    assert QUANTILES[form](parameters, INSIDE) == pytest.approx(distribution.ppf(INSIDE), abs=1e-6, rel=1e-6)


def test_a_lognormal_is_truncated_like_a_normal() -> None:
    """Its logarithm is a truncated normal: no draws heap up at its ends, however wide it is."""
    ends = np.log(10) / 2.0
    expected = 30.0 * np.exp(stats.truncnorm(-ends, ends, 0.0, 2.0).ppf(INSIDE))
    assert QUANTILES["lognormal"]((30.0, 2.0, 3.0, 300.0), INSIDE) == pytest.approx(expected, rel=1e-6)
    assert len(np.unique(QUANTILES["lognormal"]((30.0, 2.0, 3.0, 300.0), np.linspace(0.001, 0.999, 999)))) == 999


def test_a_normal_far_from_its_mean_does_not_always_draw_one_end() -> None:
    draws = QUANTILES["normal"]((0.0, 0.01, 0.6, 0.9), np.linspace(0.01, 0.99, 99))
    assert len(np.unique(draws)) == 99
    assert (np.diff(draws) > 0).all()


@pytest.mark.parametrize("name", FORMS)
def test_the_ends_of_a_distribution_are_finite(name: str) -> None:
    form, parameters, _ = FORMS[name]
    number = Uncertain("path", "base", (0,), form, parameters, 0.0, 300.0)
    assert np.isfinite(quantile(number, np.array([SMALLEST, 1.0 - SMALLEST]))).all()


def test_a_stream_is_the_same_in_any_chunk() -> None:
    whole = Uniforms(7, 0, 100).stream("parties.russia.insight")
    parts = [Uniforms(7, first, 7).stream("parties.russia.insight") for first in range(0, 98, 7)]
    assert np.array_equal(whole[:98], np.concatenate(parts))


def test_streams_differ_by_path_and_seed() -> None:
    one = Uniforms(1, 0, 1000).stream("a")
    assert abs(np.corrcoef(one, Uniforms(1, 0, 1000).stream("b"))[0, 1]) < 0.1
    assert abs(np.corrcoef(one, Uniforms(2, 0, 1000).stream("a"))[0, 1]) < 0.1
    assert stats.kstest(one, "uniform").pvalue > 0.001


def test_a_world_is_the_same_in_any_chunk(game) -> None:
    whole, part = realise(game, Uniforms(3, 0, 12)), realise(game, Uniforms(3, 5, 4))
    for name, field in whole._asdict().items():
        assert np.array_equal(field[5:9], getattr(part, name)), name


def test_a_number_more_shifts_no_other_draw(game) -> None:
    more = compile_scenario(read_scenario(FREEZE, ["parties.us.opening={uniform: [0.1, 0.9]}"]).scenario)
    before, after = realise(game, Uniforms(3, 0, 20)), realise(more, Uniforms(3, 0, 20))
    for name, field in before._asdict().items():
        if name != "opening":
            assert np.array_equal(field, getattr(after, name)), name


def test_weights_sum_to_one_and_stated_orders_hold(game) -> None:
    worlds = realise(game, Uniforms(1, 0, 200))
    best = worlds.value.max(axis=3).sum(axis=2)
    assert (best <= 1.0 + 1e-9).all()
    for (p, i), options in game.ascending.items():
        steps = np.diff(worlds.value[:, p, i, list(options)], axis=1)
        assert (steps >= -1e-12).all()


def test_full_insight_reads_the_others_as_they_are() -> None:
    sees_all = [f"parties.{party}.insight=1" for party in ("russia", "ukraine", "us", "eu")]
    game = compile_scenario(read_scenario(FREEZE, sees_all).scenario)
    worlds = realise(game, Uniforms(1, 0, 50))
    for reader in range(4):
        assert np.array_equal(worlds.estimate[:, reader], worlds.value)
    assert not worlds.reading.any()


def test_a_line_binds_as_often_as_it_is_firm(game) -> None:
    worlds = realise(game, Uniforms(5, 0, 4000))
    share = (worlds.z < worlds.firmness).mean(axis=0)
    assert share == pytest.approx(worlds.firmness.mean(axis=0), abs=0.03)


def test_in_the_stated_world_a_firmness_of_one_half_binds(game) -> None:
    assert (stated_world(game).z < 0.5).all()
    assert stated_world(game).z == pytest.approx(0.5)


def test_a_stream_is_philox_with_the_path_as_key_and_the_run_as_counter() -> None:
    key = int.from_bytes(hashlib.blake2b(b"parties.eu.insight", digest_size=8).digest(), "little")
    bits = np.random.Philox(key=np.array([9, key], np.uint64), counter=np.array([3, 0, 0, 0], np.uint64))
    assert np.array_equal(Uniforms(9, 12, 7).stream("parties.eu.insight"), np.random.Generator(bits).random(7))


def test_remembered_draws_are_fresh_ones(game) -> None:
    other = compile_scenario(read_scenario(FREEZE, ["parties.us.priorities.us_sanctions.weight=0.3"]).scenario)
    kept = Remembered(3, 5, 30)
    for played in (game, game, other, game):
        expected, found = realise(played, Uniforms(3, 5, 30)), realise(played, kept)
        for name, field in expected._asdict().items():
            assert np.array_equal(field, getattr(found, name)), name
    fresh, again = influences(game, Uniforms(3, 5, 30)), influences(game, kept)
    assert fresh.keys() == again.keys()
    assert all(np.array_equal(fresh[path], again[path]) for path in fresh)


KEPT = [0, 3, 4, 5, 11, 40, 41, 263]


def keeping(runs: list[int], seed: int = 3) -> Game:
    kept = KeptDraws(seed=seed, of=300, runs=in_spans(runs), fit="a list")
    return compile_scenario(read_scenario(FREEZE).scenario.model_copy(update={"draws": kept}))


def test_kept_runs_have_their_own_draws(game: Game) -> None:
    """Run j of a study is the j-th run that is kept, of the seed that they are of, in any chunk and however often asked."""
    every, one = realise(game, Uniforms(3, 0, 300)), keeping(KEPT)
    for chunk in (Uniforms(1, 2, 5), Remembered(1, 2, 5)):
        for _ in range(2):
            for field, whole in zip(realise(one, chunk), every, strict=True):
                assert np.array_equal(field, whole[KEPT[2:7]])
    draws, all_draws = influences(one, Uniforms(1, 0, 8)), influences(game, Uniforms(3, 0, 300))
    assert all(np.array_equal(draws[path], all_draws[path][KEPT]) for path in all_draws)
    moved = Moved(1, 0, 8, moves=(("hope", 0.5),))
    assert np.array_equal(realise(one, moved).hope, realise(game, Moved(3, 0, 300, moves=(("hope", 0.5),))).hope[KEPT])


def test_the_stated_world_is_none_of_the_runs_that_are_kept(game: Game) -> None:
    assert all(np.array_equal(a, b) for a, b in zip(stated_world(keeping(KEPT)), stated_world(game), strict=True))


def test_no_run_is_asked_for_that_is_not_kept() -> None:
    with pytest.raises(ValueError, match="only 8 runs are kept"):
        realise(keeping(KEPT), Uniforms(3, 4, 5))


@given(st.sets(st.integers(0, 60), min_size=1))
def test_spans_hold_what_is_kept(runs: set[int]) -> None:
    kept = KeptDraws(seed=1, of=61, runs=in_spans(sorted(runs)), fit="a list")
    assert kept.numbers() == sorted(runs)


@pytest.mark.parametrize("runs", ["3 1", "2-1", "0-3 3", "5 300", "0-5 2-7", "", "a", "1,2"])
def test_spans_that_do_not_rise_are_refused(runs: str) -> None:
    with pytest.raises(ValueError, match=r"rise|pattern"):
        KeptDraws(seed=1, of=300, runs=runs, fit="a list")
