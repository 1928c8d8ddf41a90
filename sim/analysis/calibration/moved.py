"""Which numbers a record moves: those whose draws go with the weights by more than noise.

If a record says nothing about a number, its draws are in random order beside the weights. So two statistics need no model
of either: of the ranks of the draws, as scores from 0 to 1, and of their squared distance from the middle, which finds a
number that only narrows or widens. Of what is so or not the score is 1 or 0.

    T        = sum of (weight share - 1 / N) * score
    mean 0, variance and skewness over all orders: exact, from the sums of squares and cubes of both (Pitman 1937)

Weights may be few and large, and what is nearly always so is skewed. So the p-value is that of the Pearson type III
distribution with these three moments (Mielke & Berry 2007), or the normal one if that is larger. A number's p-value is
twice the smaller of the two (Bonferroni). What moved is decided over all that are looked at, so that among those told `RATE`
are noise at most (Benjamini & Hochberg 1995). Sums are enough, so draws are read, and ranked, in chunks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr

from sim.analysis.calibration.weights import effective, quantiles
from sim.analysis.influence import RATE, REAL, discoveries
from sim.draws import Uniforms, drawn_scores, in_own_units
from sim.game import Flags, Floats, Game

CHUNK = 1000  # draws that are read at a time
LEAST = 5.0
"""Effective draws that must be so, and not so, before it is said whether something that is so or not moved."""
NORMAL = 1e-3
"""Skewness below which a distribution counts as normal."""
LEVELS = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True)
class Spread:
    """Where a number lies, in its own units; of what is so or not, the mean is the share."""

    mean: float
    low: float  # a tenth lies below
    median: float
    high: float  # a tenth lies above


@dataclass(frozen=True)
class Moved:
    """A number that the record moves."""

    path: str
    prior: Spread
    posterior: Spread
    p_value: float

    def is_chance(self) -> bool:
        """Whether it is something that is so or not so in a draw."""
        return self.path.endswith(REAL)

    def shift(self) -> float:
        """How far the mean moves, in widths of the prior's middle 80 %; of what is so or not, in shares."""
        wide = 1.0 if self.is_chance() else self.prior.high - self.prior.low
        return (self.posterior.mean - self.prior.mean) / wide if wide > 0.0 else 0.0


@dataclass(frozen=True)
class Movement:
    """All that moved, and how much was looked at."""

    moved: tuple[Moved, ...]  # the furthest first
    looked_at: int


def movement(game: Game, weights: Floats, seed: int) -> Movement:
    """What weights [N] of runs 0 to N - 1 of a seed move; N of 2 or more, weights not all 0."""
    p_values = dict(zip(*_p_values(game, weights, seed), strict=True))
    paths = list(p_values)
    clear = [paths[k] for k in discoveries(list(p_values.values()), RATE)]
    scores = _scores(game, clear, weights, seed)
    moved = [
        Moved(path, _spread(game, path, score, np.ones(len(weights))), _spread(game, path, score, weights), p_values[path])
        for path, score in scores.items()
    ]  # fmt: skip
    return Movement(tuple(sorted(moved, key=lambda one: -abs(one.shift()))), len(paths))


def _chunks(seed: int, draws: int) -> Iterator[tuple[slice, Uniforms]]:
    for first in range(0, draws, CHUNK):
        n = min(CHUNK, draws - first)
        yield slice(first, first + n), Uniforms(seed, first, n)


def _p_values(game: Game, weights: Floats, seed: int) -> tuple[list[str], Floats]:
    """Every path that is drawn, and its p-value."""
    n, apart = len(weights), weights / weights.sum() - 1.0 / len(weights)
    paths: list[str] = []
    powers, contrast = np.zeros(0), np.zeros(0)
    for part, luck in _chunks(seed, n):
        scores = drawn_scores(game, luck)
        if not paths:
            paths = list(scores)
            powers, contrast = np.zeros((3, 2, len(paths))), np.zeros((2, len(paths)))
        for q, (path, score) in enumerate(scores.items()):
            x = (score if path.endswith(REAL) else mid_ranks(score)) - 0.5
            for k, each in enumerate((x, x * x)):
                square = each * each
                powers[:, k, q] += each.sum(), square.sum(), (square * each).sum()
                contrast[k, q] += apart[part] @ each
    p = np.minimum(1.0, 2.0 * order_p_values(contrast, powers, apart).min(axis=0))
    return paths, np.where(_is_told(paths, powers[0, 0] / n + 0.5, effective(weights)), p, 1.0)


def mid_ranks(values: Floats) -> Floats:
    """The ranks of values [n] as scores in (0, 1); equal ones share the middle of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(((np.cumsum(counts) - counts / 2.0) / len(values))[place])


def order_p_values(statistic: Floats, powers: Floats, apart: Floats) -> Floats:
    """Two-sided p-values [...] of sums of `apart` [N], which is 0 in all, times scores in any order.

    `powers` [3, ...] are the sums of the scores, of their squares and of their cubes.
    """
    n = len(apart)
    mean, second, third = powers / n
    variance = np.maximum(second - mean**2, 0.0)
    cubes = third - 3.0 * mean * second + 2.0 * mean**3
    spread = np.sqrt(np.sum(apart**2) * variance * n / (n - 1.0))
    is_fixed = spread <= 1e-12
    unit = np.where(is_fixed, 1.0, spread)
    skewness = np.sum(apart**3) * cubes * n**2 / ((n - 1.0) * max(n - 2.0, 1.0)) / unit**3
    return np.where(is_fixed, 1.0, pearson_p_values(statistic / unit, skewness))


def pearson_p_values(z: Floats, skewness: Floats) -> Floats:
    """Two-sided p-values of standard scores under the Pearson type III distribution, which without skewness is normal.

    Its short tail ends somewhere, where nothing says that this does: no p-value is below the normal one.
    """
    is_plain = np.abs(skewness) < NORMAL
    g = np.where(is_plain, 1.0, np.abs(skewness))
    toward = z * np.where(skewness < 0.0, -1.0, 1.0)
    shape = 4.0 / g**2
    place = np.maximum(0.0, shape + toward * np.sqrt(shape))
    tail = np.minimum(gammainc(shape, place), gammaincc(shape, place))
    normal = ndtr(-np.abs(z))
    return np.minimum(1.0, 2.0 * np.where(is_plain, normal, np.maximum(normal, tail)))


def _is_told(paths: list[str], mean: Floats, worth: float) -> Flags:
    """Of what is so or not, whether both are so in enough draws; everything else is."""
    rarer = np.minimum(mean, 1.0 - mean) * worth
    return np.array([not path.endswith(REAL) or rare >= LEAST for path, rare in zip(paths, rarer, strict=True)])


def _scores(game: Game, paths: list[str], weights: Floats, seed: int) -> dict[str, Floats]:
    """The scores [N] of a few paths."""
    found = {path: np.empty(len(weights)) for path in paths}
    for part, luck in _chunks(seed, len(weights)) if paths else ():
        scores = drawn_scores(game, luck)
        for path, kept in found.items():
            kept[part] = scores[path]
    return found


def _spread(game: Game, path: str, score: Floats, weights: Floats) -> Spread:
    values = in_own_units(game, path, score)
    low, median, high = quantiles(values, weights, LEVELS)
    return Spread(float(values @ weights / weights.sum()), float(low), float(median), float(high))
