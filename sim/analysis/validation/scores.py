"""Scores of probabilities, with intervals, beside those of naive rivals.

The Brier score is the mean of (1 - probability of what happened) squared (Brier 1950), the log score the mean of minus
its natural logarithm (Good 1952). Intervals are percentiles of means over answers drawn anew (Efron 1979). Answers count
there as if they did not hang together, so intervals are rather too narrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.game import Flags, Floats

RESAMPLES = 2000
LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Score:
    """How well some probabilities foretold n answers or facts."""

    count: int
    likelier: int  # what happened had a probability of one half or more
    brier: Estimate
    log: Estimate


def bounded(p: Floats, worlds: int) -> Floats:
    """Probabilities [n] kept off 0 and 1 by half a world, so that no logarithm is without end."""
    least = 0.5 / (worlds + 1)
    return np.clip(p, least, 1.0 - least)


def probability_of_what_happened(p: Floats, happened: Flags) -> Floats:
    """Of forecasts p [n] that something happens, what they gave to what came."""
    return np.where(happened, p, 1.0 - p)


def score(p: Floats, happened: Flags, worlds: int, seed: int) -> Score:
    """The scores of forecasts p [n], n of 1 or more, from shares of some worlds."""
    given = probability_of_what_happened(p, happened)
    losses = -np.log(bounded(given, worlds))
    again = _drawn(len(given), seed)
    return Score(
        len(given), int(np.count_nonzero(given >= 0.5)), _mean((1.0 - given) ** 2, again), _mean(losses, again)
    )


def skill(p: Floats, rival: Floats, happened: Flags, seed: int) -> Estimate | None:
    """1 - Brier / Brier of a rival, over the same answers; None where the rival makes no error."""
    own = (1.0 - probability_of_what_happened(p, happened)) ** 2
    other = (1.0 - probability_of_what_happened(rival, happened)) ** 2
    if not other.any():
        return None
    again = _drawn(len(own), seed)
    below = other[again].mean(axis=1)
    drawn = 1.0 - own[again].mean(axis=1)[below > 0.0] / below[below > 0.0]
    low, high = np.quantile(drawn, (LOW, HIGH))
    return Estimate(float(1.0 - own.mean() / other.mean()), float(low), float(high))


def others_rate(happened: Flags) -> Floats:
    """For each of n answers the share of takes among the other n - 1: a base rate that leaves it out; 0.5 of one alone."""
    n = len(happened)
    return (happened.sum() - happened) / (n - 1) if n > 1 else np.full(n, 0.5)


def own_rates(parties: Sequence[str], known: Sequence[tuple[str, bool]]) -> Floats:
    """For each answer its party's share of takes among answers that were known, one of either kind added (Laplace)."""
    takes: Mapping[str, list[bool]] = {party: [took for who, took in known if who == party] for party in parties}
    return np.array([(sum(takes[party]) + 1) / (len(takes[party]) + 2) for party in parties])


def _drawn(n: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Which of n answers are drawn, in many samples [B, n]; the same for every forecaster."""
    return np.random.Generator(np.random.Philox(key=seed)).integers(0, n, (RESAMPLES, n))


def _mean(losses: Floats, again: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Estimate:
    low, high = np.quantile(losses[again].mean(axis=1), (LOW, HIGH))
    return Estimate(float(losses.mean()), float(low), float(high))
