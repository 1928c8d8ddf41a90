"""Scenarios side by side: paired differences of likelihoods, and what their agreements settle.

Run k of every scenario draws the same luck for the same uncertain number, so runs are compared one by one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.likelihood import LEVEL, Z
from sim.game import Flags

if TYPE_CHECKING:
    from sim.analysis.summary import Settlement  # loads compiled code, which nothing here needs

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


Typical = dict[str, dict[str, dict[int, float]]]
"""issue: option: position of each scenario in which it is the most frequent one: its share of the agreements."""


def typical(settlements: "Sequence[Settlement | None]") -> Typical:
    """The most frequent option of each issue in each scenario that has agreements; of equal ones the first stated."""
    found: Typical = {}
    for k, settlement in enumerate(settlements):
        for issue, shares in (settlement.shares if settlement else {}).items():
            option = max(shares, key=lambda name: shares[name])
            found.setdefault(issue, {}).setdefault(option, {})[k] = shares[option]
    return found
