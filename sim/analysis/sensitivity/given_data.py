"""How an outcome depends on each of many inputs, from one sample: no further runs are played.

A *unit* is what an input is drawn for: a run for a number, a coding for a convention, whose runs all share it. A unit has
an outcome: whether it agrees, or a mean over the runs of a coding. Whatever the runs of a coding share is one draw, so it
counts once.

For every input, with p the mean outcome over all and p_b that of one slice of the input's draws:

1. first order: the variance of p_b over slices, less the sampling noise of the p_b, as a part of the variance of the
   outcome (Sobol 1993; from given data: Plischke 2010);
2. PAWN: the largest |p_b - p| (Pianosi & Wagener 2015), as the distribution of an outcome of 0 or 1 has one step;
3. Borgonovo's delta (2007): for such an outcome the mean of |p_b - p|. Noise makes it too large, so the mean of its
   bootstrap is subtracted from twice the estimate (Plischke, Borgonovo & Smith 2013), and at zero it ends;
4. a p-value by the moments that the outcome has under every order of the draws: twice the smaller of that of a trend and
   that of any difference between fifths. For an outcome of 0 or 1 these are the tests of `sim.analysis.influence`.

Intervals of the indices come from slices redrawn around their means.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaincc, ndtr, stdtrit

from sim.analysis.influence import FIFTHS, RATE, discoveries, ranked
from sim.analysis.shares.likelihood import LEVEL, wilson_bounds
from sim.game import Floats, Ints

MANY = 50
"""Slices of a large sample."""

PER_SLICE = 200
"""Units that a slice of them needs; below that there are fifths."""

REDRAWN = 400
FEWEST = 30
"""Units below which nothing is said."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval: sampling error only."""

    estimate: float
    low: float
    high: float
    level: float = LEVEL


@dataclass(frozen=True)
class Dependence:
    """How an outcome depends on one input."""

    path: str
    units: int
    fifths: tuple[Estimate, ...]  # mean outcome in each fifth of the draws, lowest first
    first_order: Estimate
    delta: Estimate
    pawn: float
    p_value: float

    def effect(self) -> float:
        """How far the means of the fifths lie apart."""
        told = [fifth.estimate for fifth in self.fifths]
        return max(told) - min(told)


@dataclass(frozen=True)
class Outcome:
    """An outcome by unit: its mean [units] over `runs` runs of each (NaN where there is none), and its variance over runs."""

    means: Floats
    runs: int
    variance: float
    is_share: bool = True


def dependences(
    inputs: Mapping[str, Floats], outcome: Outcome, seed: int = 0, most: float = RATE
) -> list[Dependence]:  # fmt: skip
    """Of each input [units] with a p-value of at most `most`: above `RATE` none can stand out.

    Nothing where there are too few units, or the outcome never varies.
    """
    known = np.isfinite(outcome.means)
    means = outcome.means[known]
    if len(means) < FEWEST or outcome.variance <= 0.0 or np.ptp(means) == 0.0:
        return []
    rng = np.random.default_rng(seed)
    ranks = {path: ranked(draws[known]) for path, draws in inputs.items()}
    p_values = {path: p_value(rank, means) for path, rank in ranks.items()}
    return [
        _dependence(path, rank, p_values[path], means, outcome, rng)
        for path, rank in ranks.items()
        if p_values[path] <= most
    ]


def standing_out(found: Sequence[Sequence[Dependence]], looked_at: int) -> list[list[Dependence]]:
    """Of several lists those that stand out from noise over all of them, the strongest first (Benjamini & Hochberg 1995).

    Their intervals are widened, as chance has helped to choose them (Benjamini & Yekutieli 2005). `looked_at` counts what
    was looked at in all: what could not be told has no p-value and counts as noise.
    """
    every = [one for each in found for one in each]
    p_values = [one.p_value for one in every] + [1.0] * (looked_at - len(every))
    clear = {id(every[k]) for k in discoveries(p_values, RATE)}
    level = 1.0 - (1.0 - LEVEL) * len(clear) / max(1, len(p_values))
    told = [[_widened(one, level) for one in each if id(one) in clear] for each in found]
    return [sorted(each, key=lambda one: -one.effect()) for each in told]


def _dependence(
    path: str, rank: Ints, p: float, means: Floats, outcome: Outcome, rng: np.random.Generator
) -> Dependence:  # fmt: skip
    n = len(means)
    slices = max(FIFTHS, min(MANY, n // PER_SLICE))
    first, delta, pawn = _indices(slices * rank // n, slices, means, outcome.variance, rng)
    part = FIFTHS * rank // n
    fifths = tuple(mean_of(means[part == k], outcome) for k in range(FIFTHS))
    return Dependence(path, n, fifths, first, delta, pawn, p)


def p_value(rank: Ints, means: Floats) -> float:
    """Of no dependence: twice the smaller of a trend's and of any difference between fifths."""
    n, apart = len(means), means - means.mean()
    square = float(apart @ apart)
    centred = rank - (n - 1.0) / 2.0
    trend = float(centred @ apart) / math.sqrt(float(centred @ centred) * square / (n - 1.0))
    part = FIFTHS * rank // n
    sums, sizes = np.bincount(part, apart, FIFTHS), np.bincount(part, minlength=FIFTHS)
    chi2 = (n - 1.0) * float((sums**2 / sizes).sum()) / square
    return min(1.0, 2.0 * min(float(2.0 * ndtr(-abs(trend))), float(gammaincc((FIFTHS - 1) / 2.0, chi2 / 2.0))))


def _indices(
    part: Ints, slices: int, means: Floats, variance: float, rng: np.random.Generator
) -> tuple[Estimate, Estimate, float]:  # fmt: skip
    """First order, delta and PAWN over slices of the draws."""
    sizes = np.bincount(part, minlength=slices)
    mean = np.bincount(part, means, slices) / sizes
    square = np.bincount(part, (means - mean[part]) ** 2, slices)
    noise = square / (sizes - 1.0) / sizes
    weight, overall = sizes / len(part), float(means.mean())
    bias = float((weight * noise).sum() * (1.0 - 1.0 / slices))
    drawn = mean + np.sqrt(noise) * rng.standard_normal((REDRAWN, slices))
    middle = (drawn @ weight)[:, None]
    between = float((weight * (mean - overall) ** 2).sum())
    redrawn = ((drawn - middle) ** 2) @ weight
    first = _estimate((between - bias) / variance, (redrawn - 2.0 * bias) / variance)
    delta = float(weight @ np.abs(mean - overall))
    deltas = np.abs(drawn - middle) @ weight
    shift = float(deltas.mean()) - delta
    return first, _estimate(delta - shift, deltas - 2.0 * shift), float(np.abs(mean - overall).max())


def _estimate(value: float, redrawn: Floats) -> Estimate:
    """An index of 0 at the least, with the middle of what was redrawn; the estimate lies inside."""
    low, high = (max(0.0, float(q)) for q in np.quantile(redrawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    value = max(0.0, value)
    return Estimate(value, min(low, value), max(high, value))


def mean_of(means: Floats, outcome: Outcome, level: float = LEVEL) -> Estimate:
    """The mean of some units; of a share no narrower than the interval of as many runs (Wilson 1927)."""
    n, mean = len(means), float(means.mean())
    half = float(stdtrit(n - 1.0, (1.0 + level) / 2.0)) * float(means.std(ddof=1)) / math.sqrt(n)
    if not outcome.is_share:
        return Estimate(mean, mean - half, mean + half)
    low, high = wilson_bounds(np.array([mean]), np.array([float(n * outcome.runs)]))
    return Estimate(mean, max(0.0, min(mean - half, float(low[0]))), min(1.0, max(mean + half, float(high[0]))))


def _widened(one: Dependence, level: float) -> Dependence:
    factor = float(stdtrit(1e9, (1.0 + level) / 2.0) / stdtrit(1e9, (1.0 + LEVEL) / 2.0))

    def wide(it: Estimate, least: float, most: float) -> Estimate:
        low, high = it.estimate - factor * (it.estimate - it.low), it.estimate + factor * (it.high - it.estimate)
        return Estimate(it.estimate, max(least, low), min(most, high), level)

    is_share = all(fifth.low >= 0.0 and fifth.high <= 1.0 for fifth in one.fifths)
    ends = (0.0, 1.0) if is_share else (-math.inf, math.inf)
    return replace(
        one,
        fifths=tuple(wide(fifth, *ends) for fifth in one.fifths),
        first_order=wide(one.first_order, 0.0, 1.0),
        delta=wide(one.delta, 0.0, math.inf),
    )
