"""Paired differences of likelihoods.

Run k of every scenario draws the same luck for the same uncertain number, so runs are compared one by one.
"""

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import LEVEL, Z
from sim.game import Flags

FINE = 0.01  # intervals narrower than this support a decimal of a point


@dataclass(frozen=True)
class Difference:
    """A difference of two likelihoods over the same runs with its interval: sampling error only."""

    estimate: float
    low: float
    high: float
    level: float = LEVEL

    def points(self, unit: str = "") -> str:
        """In percentage points with its interval, such as +12 (10 to 14); no more digits than that supports."""
        digits = 0 if self.high - self.low > FINE else 1
        middle, low, high = (f"{100 * value:.{digits}f}" for value in (self.estimate, self.low, self.high))
        sign = "+" if float(middle) > 0 else ""
        return f"{sign}{_unsigned_zero(middle)}{unit} ({_unsigned_zero(low)} to {_unsigned_zero(high)})"


def _unsigned_zero(number: str) -> str:
    return number.lstrip("-") if float(number) == 0 else number


def matched(gained: int, lost: int, n: int) -> Difference:
    """Difference of two shares of the same n runs, of which `gained` hit only now and `lost` only before.

    The interval is the adjusted Wald interval for matched pairs, "Wald+2" of Agresti & Min (2005):

    1. add half a run to each of the four cells (both, gained, lost, neither), so to n add 2;
    2. take the Wald interval of the result, which so never has zero width;
    3. cut it at -1 and 1.
    """
    g, b, m = gained + 0.5, lost + 0.5, n + 2.0
    middle = (g - b) / m
    half = Z * math.sqrt(g + b - (g - b) ** 2 / m) / m
    estimate = (gained - lost) / n if n else math.nan
    return Difference(estimate, max(-1.0, middle - half), min(1.0, middle + half))


def difference(now: Flags, before: Flags) -> Difference:
    """Share of `now` [n] less that of `before` [n], for the same runs."""
    gained, lost = np.count_nonzero(now & ~before), np.count_nonzero(before & ~now)
    return matched(int(gained), int(lost), len(now))
