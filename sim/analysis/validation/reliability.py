"""Whether what is given 70 % comes about in 70 %: the CORP diagram (Dimitriadis, Gneiting and Jordan 2021).

Forecasts are not put into bins, which few answers cannot fill. The observed rate is the isotonic regression of what
happened on the forecast: the best rising curve. The band is where that curve would lie if the forecasts were right.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from sim.game import Flags, Floats

RESAMPLES = 1000
BAND = 0.9


@dataclass(frozen=True)
class Reliability:
    """The curve at n distinct forecasts, in rising order, and what the Brier score is made of: M - D + U."""

    forecast: Floats  # [n]
    count: Floats  # [n] answers with that forecast
    observed: Floats  # [n] rate on the rising curve
    low: Floats  # [n] of the band in which it would lie if the forecasts were right
    high: Floats  # [n]
    miscalibration: float  # M: what putting every forecast on the curve would gain
    discrimination: float  # D: what the curve gains over one rate for all
    uncertainty: float  # U: the score of that one rate

    def outside(self) -> int:
        """How many of the distinct forecasts lie where the curve is outside the band."""
        return int(np.count_nonzero((self.observed < self.low - 1e-9) | (self.observed > self.high + 1e-9)))


def reliability(p: Floats, happened: Flags, seed: int) -> Reliability:
    """The curve of forecasts p [N], N of 1 or more, with its band."""
    forecast, place, count = np.unique(p, return_inverse=True, return_counts=True)
    weights = count.astype(np.float64)
    came = np.bincount(place, weights=happened.astype(np.float64)) / weights
    curve = _rising(came, weights)
    drawn = np.random.Generator(np.random.Philox(key=seed)).binomial(count, forecast, (RESAMPLES, len(count)))
    ways = np.array([_rising(one / weights, weights) for one in drawn])
    low, high = np.quantile(ways, ((1 - BAND) / 2, (1 + BAND) / 2), axis=0)
    took, rate = happened.astype(np.float64), float(happened.mean())
    plain, best, uncertainty = (float(np.mean((one - took) ** 2)) for one in (p, curve[place], np.full(len(p), rate)))
    return Reliability(forecast, weights, curve, low, high, plain - best, uncertainty - best, uncertainty)


def _rising(came: Floats, weights: Floats) -> Floats:
    return np.asarray(isotonic_regression(came, weights=weights).x, np.float64)
