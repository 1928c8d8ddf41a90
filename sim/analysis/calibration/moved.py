"""Which numbers a record moves: those whose draws go with the weights by more than noise.

If a record says nothing about a number, its draws are in random order beside the weights. So two statistics need no model
of either, the weighted mean of its scores and that of their squared distance from the middle:

    T        = sum of (weight share - 1 / N) * score
    variance = sum of (weight share - 1 / N)^2 * variance of scores * N / (N - 1)

by the exact mean and variance over all orders (Pitman 1937), normal to a good approximation where no few weights are all.
A number's p-value is twice the smaller of the two (Bonferroni). What moved is decided over all that are looked at, so that
among those told `RATE` are noise at most (Benjamini & Hochberg 1995). Sums are enough, so draws are read in chunks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.analysis.calibration.weights import effective, quantiles
from sim.analysis.influence import RATE, discoveries
from sim.draws import Uniforms, drawn_scores, in_own_units
from sim.game import Floats, Game

CHUNK = 1000  # draws that are read at a time
LEAST = 5.0
"""Effective draws that must be so, and not so, before it is said whether something that is so or not moved."""
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
        return self.path.endswith(".real")

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
    powers, contrasts = np.zeros(0), np.zeros(0)
    for part, luck in _chunks(seed, n):
        scores = drawn_scores(game, luck)
        if not paths:
            paths = list(scores)
            powers, contrasts = np.zeros((4, len(paths))), np.zeros((2, len(paths)))
        for q, score in enumerate(scores.values()):
            x = score - 0.5
            square = x * x
            powers[:, q] += x.sum(), square.sum(), (square * x).sum(), (square * square).sum()
            contrasts[:, q] += apart[part] @ x, apart[part] @ square
    mean, second, third, fourth = powers / n
    variance = np.maximum(second - mean**2, 0.0)
    around = fourth - 4.0 * mean * third + 6.0 * mean**2 * second - 3.0 * mean**4  # fourth moment about the mean
    squares = contrasts[1] - 2.0 * mean * contrasts[0]
    unit = float(np.sum(apart**2)) * n / (n - 1.0)
    p = 2.0 * np.minimum(
        _two_sided(contrasts[0], unit * variance), _two_sided(squares, unit * np.maximum(around - variance**2, 0.0))
    )
    told = _is_told(paths, mean + 0.5, effective(weights))
    return paths, np.where(told, np.minimum(1.0, p), 1.0)


def _two_sided(statistic: Floats, variance: Floats) -> Floats:
    """P-values of statistics with mean 0; 1 where nothing varies."""
    is_fixed = variance <= 1e-20
    return np.where(is_fixed, 1.0, 2.0 * ndtr(-np.abs(statistic) / np.sqrt(np.where(is_fixed, 1.0, variance))))


def _is_told(paths: list[str], mean: Floats, worth: float) -> Floats:
    """Of what is so or not, whether both are so in enough draws; everything else is."""
    rarer = np.minimum(mean, 1.0 - mean) * worth
    return np.array([not path.endswith(".real") or rare >= LEAST for path, rare in zip(paths, rarer, strict=True)])


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
