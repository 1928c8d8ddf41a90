"""The range over assumptions: noise gives none, what is known to count is found, luck does not count."""

import numpy as np
import pytest

from sim.analysis.assumptions import HALVES, inputs, over_assumptions, shrunk
from sim.game import Floats


def of_chance(seed: int, n: int, many: int) -> tuple[dict[str, Floats], np.random.Generator]:
    rng = np.random.default_rng(seed)
    return {f"number{k}": rng.random(n) for k in range(many)}, rng


@pytest.mark.parametrize(("n", "many"), [(300, 300), (2000, 120)])
def test_pure_noise_gives_a_range_no_wider_than_sampling_allows(n: int, many: int) -> None:
    """Over many seeds the ends lie apart by 0 on average, by no more than two halves that err alike, and none is told."""
    apart, clear = [], 0
    for seed in range(60):
        draws, rng = of_chance(seed, n, many)
        found = over_assumptions(draws, rng.random(n) < 0.4)
        assert found is not None
        apart.append(found.high.estimate - found.low.estimate)
        clear += found.is_clear()
    error = np.sqrt(2 * 0.4 * 0.6 * HALVES / (n // 5))
    assert abs(np.mean(apart)) < 3 * error / np.sqrt(60)
    assert np.std(apart) < 1.2 * error
    assert clear <= 3


@pytest.mark.parametrize("n", [300, 2000])
def test_a_known_dependence_is_found_among_300_numbers(n: int) -> None:
    draws, rng = of_chance(1, n, 300)
    found = over_assumptions(draws, rng.random(n) < 0.1 + 0.8 * draws["number7"])
    assert found is not None and found.is_clear()
    slack = 0.12 if n == 2000 else 0.25
    assert found.low.estimate == pytest.approx(0.18, abs=slack)
    assert found.high.estimate == pytest.approx(0.82, abs=slack)


def test_a_number_that_is_good_in_the_middle_is_found() -> None:
    draws, rng = of_chance(2, 2000, 100)
    found = over_assumptions(draws, rng.random(2000) < np.where(abs(draws["number3"] - 0.5) < 0.2, 0.8, 0.2))
    assert found is not None and found.is_clear()
    assert found.high.estimate > 0.6 and found.low.estimate < 0.35


def test_many_small_ones_add_up() -> None:
    draws, rng = of_chance(3, 2000, 40)
    lean = sum(draws[f"number{k}"] - 0.5 for k in range(20))
    found = over_assumptions(draws, rng.random(2000) < 0.5 + 0.15 * lean)
    assert found is not None and found.high.estimate - found.low.estimate > 0.3


def test_no_run_is_read_by_an_index_that_it_helped_to_make() -> None:
    """Turning all outcomes of the odd runs around changes nothing in how those runs are ordered, only what is read."""
    draws, rng = of_chance(4, 400, 10)
    hit = rng.random(400) < draws["number0"]
    odd = np.arange(400) % 2 == 1
    before, after = over_assumptions(draws, hit), over_assumptions(draws, np.where(odd, ~hit, hit))
    assert before is not None and after is not None
    in_a_fifth = 2 * (200 // 5)
    assert before.low.n == in_a_fifth
    assert before.high.estimate > 0.6  # the halves agree
    assert after.high.estimate - after.low.estimate < 0.0  # each is read by the other one's index, which now misleads


def test_what_chance_decides_later_is_no_assumption() -> None:
    rng = np.random.default_rng(5)
    paths = [
        "parties.a.red_lines.x.real", "parties.a.red_lines.x.firmness", "ratification.vote.passes.real",
        "ratification.vote.passes", "walk_away.carried_out.real", "levers.l.carried_out.real", "parties.a.patience",
    ]  # fmt: skip
    chosen = inputs({path: rng.random(50) for path in paths})
    assert set(chosen) == {"parties.a.red_lines.x.real", "ratification.vote.passes", "parties.a.patience"}
    assert all(uniform.min() > 0.0 and uniform.max() < 1.0 for uniform in chosen.values())


@pytest.mark.parametrize(("hits", "n"), [(0, 400), (12, 400), (390, 400)])
def test_of_few_that_agree_or_few_that_fail_nothing_is_said(hits: int, n: int) -> None:
    draws, _ = of_chance(6, n, 5)
    assert over_assumptions(draws, np.arange(n) < hits) is None
    assert over_assumptions({}, np.arange(n) < 200) is None


def test_shrinking_keeps_what_is_large_and_drops_noise() -> None:
    z = np.concatenate([np.random.default_rng(7).normal(size=200), [8.0, -9.0]])
    kept = shrunk(z)
    assert kept[-2] > 4.0 and kept[-1] < -5.0
    assert np.abs(kept[:-2]).max() < 1.5
    assert (np.sign(kept) * np.sign(z) >= 0).all()
