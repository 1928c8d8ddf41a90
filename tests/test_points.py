"""Figures of many design points: shares with honest intervals, axes, crossings, settlements."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sweeps import CONSULTS, FAITH, PATIENCE, ROUNDS, over, rows, scattered

from sim.analysis.shares.axes import Axis, as_number, axis_of, crossed, is_grid, matching, narrowed, spread_out
from sim.analysis.shares.design_points import (
    Groups,
    Shares,
    figures,
    grouped,
    median_rounds,
    shares,
    summary_of,
    ways_to_end,
)
from sim.analysis.shares.likelihood import Z, agreed, wilson, wilson_bounds
from sim.analysis.shares.settlements import settled
from sim.analysis.shares.tipping import tippings, tippings_along
from sim.game import Flags, Floats
from sim.records import Design, End, Rows


def together(flags: Flags, sampled: bool = False) -> Shares:
    """All of `flags` [points, runs] in one group."""
    points, runs = flags.shape
    point, run = (part.ravel() for part in np.indices((points, runs)))
    groups = Groups(point * 0, run, 1, runs, point if sampled else None)
    return shares(groups, flags.ravel())


def apart(flags: Flags) -> Shares:
    """A group for each of the points."""
    points, runs = flags.shape
    point, run = (part.ravel() for part in np.indices((points, runs)))
    return shares(Groups(point, point * runs + run, points, runs), flags.ravel())


flag_tables = arrays(bool, st.tuples(st.integers(1, 5), st.integers(1, 40)))


class TestShares:
    @given(flag_tables)
    def test_with_one_point_in_each_group_they_are_plain_wilson(self, flags: Flags) -> None:
        found = apart(flags)
        for k, row in enumerate(flags):
            plain = wilson(int(row.sum()), len(row))
            assert [found.estimate[k], found.low[k], found.high[k]] == pytest.approx(
                [plain.estimate, plain.low, plain.high]
            )

    @given(flag_tables)
    def test_the_interval_holds_the_share_and_is_never_narrower_than_that_of_independent_runs(
        self, flags: Flags
    ) -> None:
        found, plain = together(flags), wilson(int(flags.sum()), flags.size)
        assert 0 <= found.low[0] <= found.estimate[0] <= found.high[0] <= 1
        assert found.high[0] - found.low[0] >= plain.high - plain.low - 1e-12

    @given(arrays(bool, st.integers(1, 60)), st.integers(1, 6))
    def test_points_that_always_end_alike_are_worth_one(self, flags: Flags, points: int) -> None:
        found, plain = together(np.tile(flags, (points, 1))), wilson(int(flags.sum()), len(flags))
        assert [found.low[0], found.high[0]] == pytest.approx([plain.low, plain.high])

    def test_effective_size_by_hand(self) -> None:
        flags = np.array([[1, 1, 0, 0, 1, 0], [1, 0, 0, 0, 1, 1]], bool)
        residuals = flags.sum(axis=0) - 2 * 0.5
        effect = ((residuals**2).sum() + Z**2 * 2) / (12 * 0.25 + Z**2)
        low, high = wilson_bounds(np.array([0.5]), np.array([12 / effect]))
        found = together(flags)
        assert [found.low[0], found.high[0]] == pytest.approx([low[0], high[0]])

    def test_coverage_of_pooled_shares(self) -> None:
        """Simulated: of runs that share their luck, the pooled interval holds the truth about as often as it says."""
        rng = np.random.default_rng(3)
        truth, chances = 0.4, np.linspace(0.2, 0.6, 5)
        holds, naive = 0, 0
        for _ in range(400):
            flags = rng.random(80) < chances[:, None]
            found, plain = together(flags), wilson(int(flags.sum()), flags.size)
            holds += found.low[0] <= truth <= found.high[0]
            naive += plain.low <= truth <= plain.high
        assert 0.92 < holds / 400 < 0.98
        assert naive < 0.8 * 400

    def test_scattered_points_widen_it_by_what_they_differ(self) -> None:
        flags = np.random.default_rng(5).random((8, 300)) < np.linspace(0.1, 0.9, 8)[:, None]
        fixed, sampled = together(flags), together(flags, sampled=True)
        assert fixed.high[0] - fixed.low[0] < 0.08
        between = 2 * 1.96 * np.linspace(0.1, 0.9, 8).std(ddof=1) / math.sqrt(8)
        assert sampled.high[0] - sampled.low[0] == pytest.approx(between, rel=0.2)

    def test_groups_without_rows_have_no_share(self) -> None:
        found = shares(Groups(np.array([1]), np.array([1]), 3, 1), np.array([True]))
        assert found.rows.tolist() == [0, 1, 0]
        assert math.isnan(found.estimate[0]) and (found.low[0], found.high[0]) == (0.0, 1.0)

    def test_the_order_of_rows_does_not_matter(self) -> None:
        design = over({PATIENCE: [2, 4, 8], FAITH: [0, 1]})
        made = rows(design, 50, lambda p, f: p / 10 * (0.5 + f / 2))
        order = np.random.default_rng(1).permutation(len(made))
        mixed = Rows(*(column[order] for column in vars(made).values()))
        of_point, _ = crossed([axis_of(design, PATIENCE)], len(design))
        one, other = (figures(each, grouped(each, of_point, 3)) for each in (made, mixed))
        for name in ("likelihood", "core", "ceiling"):
            left, right = (vars(getattr(each, name)).values() for each in (one, other))
            assert all(np.array_equal(a, b) for a, b in zip(left, right, strict=True))
        assert np.array_equal(one.median_round, other.median_round)


class TestFigures:
    def test_against_counting_by_hand(self) -> None:
        design = over({PATIENCE: [2, 6]})
        made = rows(design, 80, lambda p: p / 10, missing=[])
        found = figures(made, grouped(made, np.arange(2), 2))
        for point in range(2):
            own = made.point == point
            hit = own & (made.end == End.AGREEMENT)
            assert found.likelihood.estimate[point] == hit.sum() / 80
            assert found.core.estimate[point] == (hit & made.core_kept).sum() / 80
            assert found.ceiling.estimate[point] == made.zone[own].mean()
            assert found.holds[point] == pytest.approx((made.holds * hit)[own].mean())
            assert found.median_round[point] == np.median(made.round[hit]) + 1
            assert found.ends["deadline"].estimate[point] == (made.end[own] == End.DEADLINE).mean()
            assert found.reasons["not_conceded"].estimate[point] == 1 - hit.sum() / 80

    @given(arrays(np.int64, st.integers(1, 30), elements=st.integers(0, 9)))
    def test_medians_by_counting(self, numbers: np.typing.NDArray[np.int64]) -> None:
        found = median_rounds(np.ones(len(numbers), np.int64), numbers, 2)
        assert math.isnan(found[0]) and found[1] == np.median(numbers)

    def test_ways_to_end_share_out_all_rows(self) -> None:
        made = rows(over({PATIENCE: [2, 6]}), 60, lambda p: p / 10)
        for has_core in (True, False):
            ways = ways_to_end(made, has_core)
            assert np.array_equal(sum(flags.astype(int) for flags in ways.values()), np.ones(len(made)))
            assert ("kept" in ways) == has_core != ("agreement" in ways)

    def test_one_point_is_summed_up_like_a_study(self) -> None:
        made = rows(Design(), 100, lambda: 0.5)
        found = summary_of(made, 16, indicative=True)
        hits = int(agreed(made).sum())
        assert (found.runs, found.likelihood.estimate) == (100, hits / 100)
        assert found.core.estimate + found.amended.estimate == pytest.approx(hits / 100)
        assert found.curve.estimate[-1] == hits / 100 and len(found.curve.rounds) == 16
        assert found.curve.estimate[3] == (agreed(made) & (made.round < 4)).mean()
        assert sum(share.estimate for share in found.ends.values()) == pytest.approx(1)


class TestAxes:
    def test_numbers_rise_and_equal_ones_are_one(self) -> None:
        axis = axis_of(over({PATIENCE: ["8", "2", "8.0", "1e1"]}), PATIENCE)
        assert axis.at.tolist() == [2, 8, 10]
        assert axis.of_point.tolist() == [1, 0, 1, 2]
        assert axis.edges.tolist() == [-1, 5, 9, 11]

    def test_words_stand_as_in_the_design(self) -> None:
        axis = axis_of(over({CONSULTS: ["b", "a", "b"]}), CONSULTS)
        assert (axis.is_number, axis.texts, axis.of_point.tolist()) == (False, ("b", "a"), [0, 1, 0])

    @pytest.mark.parametrize("text", ["nan", "inf", "1_0", "0x1f", "true", "", "[1]", "1 2"])
    def test_what_is_no_plain_number(self, text: str) -> None:
        assert as_number(text) is None

    def test_scattered_numbers_are_gathered_into_ranges_of_equally_many(self) -> None:
        design = scattered(60, PATIENCE, FAITH)
        axis = axis_of(design, PATIENCE)
        assert not is_grid(design) and axis.is_binned and len(axis) == 10
        assert set(np.bincount(axis.of_point).tolist()) <= {5, 6, 7}
        numbers = np.array([float(text) for text in design.values(PATIENCE)])
        assert all(axis.edges[k] <= value <= axis.edges[k + 1] for k, value in zip(axis.of_point, numbers, strict=True))
        assert axis.at[3] == pytest.approx(numbers[axis.of_point == 3].mean())

    @given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.integers(1, 12))
    def test_no_range_is_empty(self, numbers: list[int], ranges: int) -> None:
        design = Design((PATIENCE, FAITH), tuple((str(number), str(k)) for k, number in enumerate(numbers)))
        axis = axis_of(design, PATIENCE, ranges)
        assert np.bincount(axis.of_point, minlength=len(axis)).min() > 0
        assert len(axis.edges) == len(axis) + 1 == len(axis.texts) + 1

    def test_grids_and_single_parts_are_not_gathered(self) -> None:
        assert not axis_of(over({PATIENCE: range(40), FAITH: [0, 1]}), PATIENCE).is_binned
        assert not axis_of(scattered(60, PATIENCE), PATIENCE).is_binned

    def test_factors_make_a_scale_of_logarithms(self) -> None:
        factors, steps = (axis_of(over({PATIENCE: values}), PATIENCE) for values in ([1, 10, 100, 1000], [1, 4, 7, 10]))
        assert factors.is_geometric() and not steps.is_geometric()
        assert factors.edges.tolist() == pytest.approx([10**-0.5, 10**0.5, 10**1.5, 10**2.5, 10**3.5])

    def test_some_of_the_points(self) -> None:
        design = over({PATIENCE: [2, 4, 8], CONSULTS: ["all", "alternate"]})
        points = matching(design, {PATIENCE: "4.0"})
        left, made = narrowed(design, rows(design, 10, lambda p, c: 0.5), points)
        assert points.tolist() == [2, 3] and left.points == (("4", "all"), ("4", "alternate"))
        assert np.bincount(made.point).tolist() == [10, 10]
        assert matching(design, {CONSULTS: "each"}).tolist() == []

    def test_some_of_the_values_spread_over_all(self) -> None:
        design = over({PATIENCE: range(1, 13), FAITH: [0, 1]})
        axis = axis_of(narrowed(design, rows(design, 1, lambda p, f: 1), spread_out(design, PATIENCE, 4))[0], PATIENCE)
        assert axis.at.tolist() == [1, 5, 8, 12]


def band(estimate: list[float], half: float | list[float]) -> Shares:
    middle = np.array(estimate)
    return Shares(np.full(len(middle), 9), middle, middle - half, middle + half)


class TestTipping:
    def test_an_exactly_linear_curve(self) -> None:
        x = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
        (found,) = tippings(x, band([0.1, 0.3, 0.5, 0.7, 0.9], 0.1))
        assert (found.at, found.low, found.high, found.rises) == pytest.approx((2.0, 1.5, 2.5, True))

    def test_ends_beyond_what_was_swept_are_open(self) -> None:
        x = np.array([4.0, 8.0])
        (found,) = tippings(x, band([0.6, 0.4], 0.2))
        assert (found.at, found.low, found.high, found.rises) == (pytest.approx(6), -math.inf, math.inf, False)

    def test_other_levels_and_none(self) -> None:
        x, curve = np.array([0.0, 1.0]), band([0.0, 1.0], 0.05)
        assert tippings(x, curve, 0.25)[0].at == pytest.approx(0.25)
        assert tippings(x, band([0.1, 0.3], 0.3)) == ()
        assert tippings(x, band([0.2, 0.5], 0.1)) == ()

    def test_a_stay_on_the_level_is_crossed_in_its_middle(self) -> None:
        x = np.array([0.0, 1.0, 3.0, 4.0])
        assert tippings(x, band([0.0, 0.5, 0.5, 1.0], 0.1))[0].at == 2.0
        assert tippings(x, band([0.6, 0.5, 0.5, 0.6], 0.05)) == ()

    def test_crossings_that_are_not_told_apart_are_one(self) -> None:
        x = np.arange(6.0)
        (thrice,) = tippings(x, band([0.0, 0.48, 0.52, 0.49, 0.53, 1.0], 0.1))
        assert thrice.rises is True and 2 < thrice.at < 3
        (twice,) = tippings(x, band([0.0, 0.48, 0.52, 0.49, 0.2, 0.0], 0.1))
        assert twice.rises is None
        assert len(tippings(x, band([0.0, 1.0, 0.0, 1.0, 0.0, 1.0], 0.01))) == 5

    def test_points_without_runs_are_left_out(self) -> None:
        x = np.array([0.0, 1.0, 2.0])
        (found,) = tippings(x, band([0.0, math.nan, 1.0], 0.1))
        assert (found.at, found.low, found.high) == pytest.approx((1.0, 0.8, 1.2))

    @given(st.lists(st.floats(0, 1), min_size=2, max_size=12), st.floats(0.001, 0.4), st.floats(0.1, 0.9))
    def test_intervals_hold_their_crossing_and_the_band_its_level_there(
        self, estimate: list[float], half: float, level: float
    ) -> None:
        x = np.arange(float(len(estimate)))
        curve = band(estimate, half)
        ends = -math.inf
        for found in tippings(x, curve, level):
            assert ends <= found.low <= found.at <= found.high
            ends = found.high
            inside = np.linspace(max(found.low, x[0]), min(found.high, x[-1]), 9)
            assert (np.interp(inside, x, curve.low) <= level + 1e-9).all()
            assert (np.interp(inside, x, curve.high) >= level - 1e-9).all()

    def test_along_a_scale_of_logarithms(self) -> None:
        axis = axis_of(over({PATIENCE: [1, 10, 100, 1000]}), PATIENCE)
        (found,) = tippings_along(axis, band([0.0, 0.0, 1.0, 1.0], 0.1))
        assert found.at == pytest.approx(10**1.5)
        assert found.low == pytest.approx(10**1.4)

    def test_words_have_none(self) -> None:
        assert tippings_along(axis_of(over({CONSULTS: ["all", "alternate"]}), CONSULTS), band([0, 1], 0.1)) == ()


def test_settlements_are_shares_of_agreements() -> None:
    design = over({PATIENCE: [0, 5, 10]})
    made = rows(design, 90, lambda p: p / 10)
    found = settled(made, grouped(made, np.arange(3), 3), 2, ("none", "low", "high"))
    hit = made.end == End.AGREEMENT
    assert found.agreements().tolist() == [0, int((hit & (made.point == 1)).sum()), 90]
    assert np.isnan(found.estimate()[:, 0]).all()
    assert found.estimate()[1, 2] == (made.package[made.point == 2][:, 2] == 1).mean()
    assert found.estimate()[:, 1:].sum(axis=0) == pytest.approx(1)
    assert found.change() == pytest.approx(np.abs(np.diff(found.estimate()[:, 1:])).max())


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_the_order_of_design_points_does_not_matter(order: list[int]) -> None:
    design = over({PATIENCE: [2, 4, 8], ROUNDS: [6, 12]})
    mixed = Design(design.paths, tuple(design.points[k] for k in order))
    found: list[Floats] = []
    for each in (design, mixed):
        made, axis = rows(each, 30, lambda p, r: p / 10 * r / 12), axis_of(each, PATIENCE)
        assert isinstance(axis, Axis)
        found.append(shares(grouped(made, axis.of_point, len(axis)), agreed(made)).estimate)
    assert np.array_equal(*found)
