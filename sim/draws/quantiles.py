"""Quantile functions of the distributions that a number may have, right to 1e-6 over the open interval (0, 1).

A normal and a lognormal are truncated: drawn anew until they lie between their ends, so that no draw heaps up there.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import betaincinv, log_ndtr, ndtr, ndtri, ndtri_exp

from sim.game import Floats, Uncertain


def quantile(number: Uncertain, u: Floats) -> Floats:
    """Values [n] of an uncertain number at uniform draws [n] in (0, 1), within the range that the number may take."""
    return np.clip(QUANTILES[number.form](number.parameters, u), number.lowest, number.highest)


def _triangular(parameters: Sequence[float], u: Floats) -> Floats:
    low, mode, high = parameters
    split = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.where(u < split, rising, falling)


def _uniform(parameters: Sequence[float], u: Floats) -> Floats:
    low, high = parameters
    return low + u * (high - low)


def truncated(low: float, high: float, u: Floats) -> Floats:
    """Quantiles [n] of a standard normal between `low` and `high`.

    Where both ends lie on one side of the mean, chances are added up as logarithms: they may be too small for a float.
    """
    if low >= 0.0:
        return -truncated(-high, -low, 1.0 - u)
    if high > 0.0:
        below, above = ndtr(low), ndtr(-high)
        from_below = below + u * (1.0 - below - above)
        from_above = above + (1.0 - u) * (1.0 - below - above)
        return np.where(from_below < 0.5, ndtri(from_below), -ndtri(from_above))
    at_low, at_high = log_ndtr(low), log_ndtr(high)
    between = at_high + math.log1p(-math.exp(at_low - at_high))
    return np.asarray(ndtri_exp(np.logaddexp(at_low, np.log(u) + between)))


def _normal(parameters: Sequence[float], u: Floats) -> Floats:
    mean, sd, low, high = parameters
    return mean + sd * truncated((low - mean) / sd, (high - mean) / sd, u)


def _lognormal(parameters: Sequence[float], u: Floats) -> Floats:
    median, sd, low, high = parameters
    return median * np.exp(sd * truncated(math.log(low / median) / sd, math.log(high / median) / sd, u))


def _beta(parameters: Sequence[float], u: Floats) -> Floats:
    mean, sd = parameters
    size = mean * (1.0 - mean) / sd**2 - 1.0
    return np.asarray(betaincinv(mean * size, (1.0 - mean) * size, u))


QUANTILES: dict[str, Callable[[Sequence[float], Floats], Floats]] = {
    "triangular": _triangular,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
}
