"""Quantile functions: closed, or tabulated once. u = 0 gives a finite value, since draws keep away from the ends."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sim.game import Floats, Uncertain

GRID = 2049  # points of a tabulated quantile function


def quantile(number: Uncertain, u: Floats) -> Floats:
    """Values [n] of an uncertain number at uniform draws [n], within the range that the number may take."""
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


def _normal(parameters: Sequence[float], u: Floats) -> Floats:
    mean, sd, low, high = parameters
    below, above = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    return np.clip(mean + sd * ndtri(below + u * (above - below)), low, high)


def _lognormal(parameters: Sequence[float], u: Floats) -> Floats:
    median, sd = parameters
    return median * np.exp(sd * ndtri(u))


@cache
def _beta_table(mean: float, sd: float) -> tuple[Floats, Floats]:
    size = mean * (1.0 - mean) / sd**2 - 1.0
    grid = np.linspace(0.0, 1.0, GRID)
    return grid, betaincinv(mean * size, (1.0 - mean) * size, grid)


def _beta(parameters: Sequence[float], u: Floats) -> Floats:
    grid, table = _beta_table(*parameters)
    return np.interp(u, grid, table)


QUANTILES: dict[str, Callable[[Sequence[float], Floats], Floats]] = {
    "triangular": _triangular,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
}
