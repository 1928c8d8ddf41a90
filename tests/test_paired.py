"""How far the first and the last value of a swept part are apart: paired run by run, and averaged over the rest."""

from dataclasses import replace

import numpy as np
import pytest
from sweeps import FAITH, PATIENCE, over, rows, scattered

from sim.analysis.shares.difference import difference
from sim.analysis.shares.likelihood import agreed
from sim.analysis.shares.paired import from_first_to_last

GRID = over({PATIENCE: [2, 4, 8], FAITH: [0, 0.5, 1]})


def chance(patience: float, faith: float) -> float:
    return 0.1 + 0.05 * patience + 0.3 * faith


def test_it_is_the_mean_of_the_differences_at_each_other_value() -> None:
    made = rows(GRID, 400, chance)
    hits = agreed(made).reshape(3, 3, 400)  # patience, faith, run
    found = from_first_to_last(GRID, made, 400, PATIENCE)
    assert found is not None
    assert found.estimate == pytest.approx(float((hits[2].mean(axis=0) - hits[0].mean(axis=0)).mean()))
    assert found.low < found.estimate < found.high
    other = from_first_to_last(GRID, made, 400, FAITH)
    assert other is not None and other.estimate == pytest.approx(float((hits[:, 2] - hits[:, 0].astype(float)).mean()))


def test_of_a_single_part_it_is_the_difference_of_matched_pairs() -> None:
    design = over({PATIENCE: [2, 4, 8]})
    made = rows(design, 300, lambda patience: 0.1 * patience)
    hits = agreed(made).reshape(3, 300)
    assert from_first_to_last(design, made, 300, PATIENCE) == difference(hits[2], hits[0])


def test_where_nothing_changes_the_interval_still_has_a_width() -> None:
    found = from_first_to_last(GRID, rows(GRID, 100, lambda p, f: 0.5), 100, PATIENCE)
    assert found is not None and found.estimate == 0.0 and found.low < 0.0 < found.high < 0.05


def test_scattered_or_unfinished_points_have_none() -> None:
    design = scattered(20, PATIENCE, FAITH)
    assert from_first_to_last(design, rows(design, 50, lambda p, f: p), 50, PATIENCE) is None
    assert from_first_to_last(GRID, rows(GRID, 50, chance, missing=[0]), 50, PATIENCE) is None
    assert from_first_to_last(GRID, rows(GRID, 50, chance), 60, FAITH) is None


def test_intervals_hold_what_is_so_about_as_often_as_they_say() -> None:
    """A hundred runs of a fair coin that is thrown anew at every point: the difference is 0."""
    held, rng = 0, np.random.default_rng(3)
    empty = rows(GRID, 100, chance)
    for _ in range(300):
        ends = np.where(rng.random(len(empty.run)) < 0.5, 1, 4)
        found = from_first_to_last(GRID, replace(empty, end=ends), 100, PATIENCE)
        assert found is not None
        held += found.low <= 0.0 <= found.high
    assert 274 <= held <= 298, "285 of 300 are expected"
