"""Solutions of bargaining theory on lists of packages: closed answers, axioms and ties."""

import json
import math
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.exact.solutions import egalitarian, gains_over, kalai_smorodinsky, nash, utilitarian
from sim.game import Floats
from sim.rules.formulas import reaches

Solution = Callable[[Floats], int]
ALL: list[Solution] = [nash, kalai_smorodinsky, egalitarian, utilitarian]
STEP = 1e-4

GOLDEN = (math.sqrt(5) - 1) / 2
EQUAL = (math.sqrt(17) - 1) / 4  # u = 2(1 - u^2)
FRONTIER: dict[str, tuple[float, float]] = {
    "nash": (1 / math.sqrt(3), 4 / 3),
    "kalai_smorodinsky": (GOLDEN, 2 * GOLDEN),
    "egalitarian": (EQUAL, EQUAL),
    "utilitarian": (0.25, 1.875),
}


def curve() -> Floats:
    """The frontier u2 = 2(1 - u1^2), from no deal at (0, 0)."""
    u = np.arange(0.0, 1.0 + STEP / 2, STEP)
    return np.stack([u, 2 * (1 - u * u)], axis=1)


def few_packages(parties: int = 3) -> st.SearchStrategy[Floats]:
    """Gains in hundredths, so that a difference is either none or one that counts."""
    hundredths = arrays(np.int64, st.tuples(st.integers(1, 8), st.just(parties)), elements=st.integers(-20, 80))
    return hundredths.map(lambda whole: whole / 100)


@pytest.mark.parametrize("solution", ALL, ids=lambda one: one.__name__)
def test_points_on_a_curved_frontier_are_the_closed_ones(solution: Solution) -> None:
    """Set the derivatives of u1 u2 and u1 + u2 to 0; solve u1 / 1 = u2 / 2 and u1 = u2."""
    assert curve()[solution(curve())] == pytest.approx(FRONTIER[solution.__name__], abs=4 * STEP)


@pytest.mark.parametrize("solution", ALL, ids=lambda one: one.__name__)
def test_points_on_a_curved_frontier_are_those_of_the_reference(solution: Solution) -> None:
    folder = os.environ.get("SIM_ORACLES")
    if not folder:
        pytest.skip("SIM_ORACLES does not name the folder of reference answers")
    published = json.loads((Path(folder) / "theory.json").read_text())["frontier"][solution.__name__]
    assert FRONTIER[solution.__name__] == pytest.approx(published, abs=1e-12)
    assert curve()[solution(curve())] == pytest.approx(published, abs=4 * STEP)


@given(st.floats(-1.0, 2.0), st.integers(-3, 3), st.sampled_from([0.0, 1e-9, 2e-9]))
def test_a_package_leaves_a_party_below_just_where_it_does_not_reach(no_deal: float, ulps: int, short: float) -> None:
    value = no_deal - short + ulps * float(np.spacing(no_deal))
    gain = gains_over(np.array([[value]]), np.array([no_deal]))[0, 0]
    assert (gain >= 0) == reaches.py_func(value, no_deal)


@pytest.mark.parametrize("solution", ALL, ids=lambda one: one.__name__)
def test_nothing_is_picked_where_every_package_leaves_somebody_below(solution: Solution) -> None:
    assert solution(np.array([[0.5, -0.1], [-0.1, 0.5]])) == -1
    assert solution(np.zeros((0, 2))) == -1


@pytest.mark.parametrize("solution", ALL, ids=lambda one: one.__name__)
def test_a_shortfall_of_rounding_is_forgiven_and_ties_go_to_the_first(solution: Solution) -> None:
    assert solution(gains_over(np.array([[-1.0, 3.0], [0.3, -1e-12]]), np.zeros(2))) == 1
    assert solution(np.array([[0.0, 0.1], [0.1 + 1e-13, 0.3], [0.1, 0.3 + 1e-12]])) == 1
    assert solution(np.array([[0.0, 0.0], [0.0, 0.0]])) == 0


def test_nash_leaves_out_a_party_that_cannot_gain() -> None:
    assert nash(np.array([[0.0, 0.2, 0.5], [0.0, 0.4, 0.4], [0.0, 0.9, 0.1]])) == 1


def test_nash_prefers_that_more_gain_to_that_one_gains_much() -> None:
    assert nash(np.array([[0.9, 0.0, 0.0], [0.0, 0.1, 0.1]])) == 1


def test_nash_tells_small_gains_apart() -> None:
    assert nash(np.array([[1e-6, 1e-6], [2e-6, 2e-6]])) == 1


def test_parts_of_the_best_gain_are_of_packages_that_leave_nobody_below() -> None:
    """The third package would give the first party most, at the second one's loss: nothing to measure by."""
    assert kalai_smorodinsky(np.array([[0.4, 0.2], [0.2, 0.4], [9.0, -1.0]])) == 0


def test_the_next_worst_off_decides_between_equal_minima() -> None:
    gains = np.array([[0.2, 0.3, 0.2], [0.2, 0.5, 0.3], [0.2, 0.9, 0.2]])
    assert egalitarian(gains) == 1


def improves(gains: Floats, picked: int) -> bool:
    """Whether some package is better for a party than the one picked and worse for none."""
    more = gains - gains[picked]
    return bool(((more >= 0).all(axis=1) & (more > 1e-6).any(axis=1)).any())


@given(few_packages())
def test_none_can_be_improved_on(gains: Floats) -> None:
    for solution in ALL:
        picked = solution(gains)
        assert (picked == -1) == (not (gains >= 0).all(axis=1).any())
        assert picked == -1 or not improves(gains, picked)


@given(few_packages(), st.permutations(range(3)))
def test_names_of_parties_do_not_matter(gains: Floats, order: list[int]) -> None:
    for solution in ALL:
        assert solution(gains[:, order]) == solution(gains)


@given(few_packages(), st.lists(st.sampled_from([0.1, 0.25, 1.0, 3.0, 40.0]), min_size=3, max_size=3))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_scales(gains: Floats, scale: list[float]) -> None:
    for solution in (nash, kalai_smorodinsky):
        assert solution(gains * np.array(scale)) == solution(gains)


@given(few_packages(), st.integers(0, 7))
def test_nash_does_not_depend_on_what_is_not_picked(gains: Floats, dropped: int) -> None:
    """Independence of irrelevant alternatives, where all gain together; which others may gain is no axiom of Nash's."""
    picked = nash(gains)
    assume(picked not in (-1, dropped) and dropped < len(gains) and bool((gains[picked] > 0).all()))
    assert nash(np.delete(gains, dropped, axis=0)) == picked - (dropped < picked)


@given(few_packages(2), st.floats(0.01, 1.0))
def test_more_for_everybody_hurts_nobody_at_the_egalitarian_point(gains: Floats, added: float) -> None:
    """Monotonicity: with one package more the smallest gain does not fall."""
    picked = egalitarian(gains)
    if picked == -1:
        return
    more = np.vstack([gains, [added, added]])
    assert more[egalitarian(more)].min() >= gains[picked].min() - 1e-9
