"""Draws: one stream a number, the same in any chunk, finite at the ends."""

import hashlib

import numpy as np
import pytest
from playing import FREEZE
from scipy import stats

from sim.compiling import compile_scenario
from sim.draws import QUANTILES, SMALLEST, Remembered, Uniforms, influences, quantile, realise, stated_world
from sim.files.scenarios import read_scenario
from sim.game import Uncertain

FORMS = {
    "triangular": ((0.1, 0.3, 0.6), stats.triang(0.4, 0.1, 0.5)),
    "uniform": ((0.2, 0.9), stats.uniform(0.2, 0.7)),
    "normal": ((0.5, 0.2, 0.1, 0.8), stats.truncnorm(-2.0, 1.5, 0.5, 0.2)),
    "lognormal": ((30.0, 0.4), stats.lognorm(0.4, scale=30.0)),
    "beta": ((0.65, 0.15), stats.beta(0.65 * (0.65 * 0.35 / 0.0225 - 1), 0.35 * (0.65 * 0.35 / 0.0225 - 1))),
}


@pytest.fixture(scope="module")
def game():  # noqa: ANN201
    return compile_scenario(read_scenario(FREEZE).scenario)


@pytest.mark.parametrize("form", FORMS)
def test_quantiles_are_those_of_scipy_stats(form: str) -> None:
    parameters, distribution = FORMS[form]
    u = np.linspace(0.01, 0.99, 50)
    assert QUANTILES[form](parameters, u) == pytest.approx(distribution.ppf(u), abs=2e-4, rel=2e-4)


@pytest.mark.parametrize("form", FORMS)
def test_the_ends_of_a_distribution_are_finite(form: str) -> None:
    number = Uncertain("path", "base", (0,), form, FORMS[form][0], 0.0, 300.0)
    assert np.isfinite(quantile(number, np.array([SMALLEST, 1.0 - SMALLEST]))).all()


def test_a_stream_is_the_same_in_any_chunk() -> None:
    whole = Uniforms(7, 0, 100).stream("parties.russia.heed")
    parts = [Uniforms(7, first, 7).stream("parties.russia.heed") for first in range(0, 98, 7)]
    assert np.array_equal(whole[:98], np.concatenate(parts))


def test_streams_differ_by_path_and_seed() -> None:
    one = Uniforms(1, 0, 1000).stream("a")
    assert abs(np.corrcoef(one, Uniforms(1, 0, 1000).stream("b"))[0, 1]) < 0.1
    assert abs(np.corrcoef(one, Uniforms(2, 0, 1000).stream("a"))[0, 1]) < 0.1
    assert stats.kstest(one, "uniform").pvalue > 0.001


def test_a_world_is_the_same_in_any_chunk(game) -> None:  # noqa: ANN001
    whole, part = realise(game, Uniforms(3, 0, 12)), realise(game, Uniforms(3, 5, 4))
    for name, field in whole._asdict().items():
        assert np.array_equal(field[5:9], getattr(part, name)), name


def test_a_number_more_shifts_no_other_draw(game) -> None:  # noqa: ANN001
    more = compile_scenario(read_scenario(FREEZE, ["parties.us.heed={uniform: [0.1, 0.9]}"]).scenario)
    before, after = realise(game, Uniforms(3, 0, 20)), realise(more, Uniforms(3, 0, 20))
    for name, field in before._asdict().items():
        if name != "heed":
            assert np.array_equal(field, getattr(after, name)), name


def test_weights_sum_to_one_and_stated_orders_hold(game) -> None:  # noqa: ANN001
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


def test_a_line_binds_as_often_as_it_is_firm(game) -> None:  # noqa: ANN001
    worlds = realise(game, Uniforms(5, 0, 4000))
    share = (worlds.z < worlds.firmness).mean(axis=0)
    assert share == pytest.approx(worlds.firmness.mean(axis=0), abs=0.03)


def test_in_the_stated_world_a_firmness_of_one_half_binds(game) -> None:  # noqa: ANN001
    assert (stated_world(game).z < 0.5).all()
    assert stated_world(game).z == pytest.approx(0.5)


def test_a_stream_is_philox_with_the_path_as_key_and_the_run_as_counter() -> None:
    key = int.from_bytes(hashlib.blake2b(b"parties.eu.heed", digest_size=8).digest(), "little")
    bits = np.random.Philox(key=np.array([9, key], np.uint64), counter=np.array([3, 0, 0, 0], np.uint64))
    assert np.array_equal(Uniforms(9, 12, 7).stream("parties.eu.heed"), np.random.Generator(bits).random(7))


def test_remembered_draws_are_fresh_ones(game) -> None:  # noqa: ANN001
    other = compile_scenario(read_scenario(FREEZE, ["parties.us.priorities.us_sanctions.weight=0.3"]).scenario)
    kept = Remembered(3, 5, 30)
    for played in (game, game, other, game):
        expected, found = realise(played, Uniforms(3, 5, 30)), realise(played, kept)
        for name, field in expected._asdict().items():
            assert np.array_equal(field, getattr(found, name)), name
    fresh, again = influences(game, Uniforms(3, 5, 30)), influences(game, kept)
    assert fresh.keys() == again.keys()
    assert all(np.array_equal(fresh[path], again[path]) for path in fresh)
