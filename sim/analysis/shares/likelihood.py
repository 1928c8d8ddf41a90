"""How often runs agree, with honest intervals."""

import math
from dataclasses import dataclass

import numpy as np

from sim.game import Flags, Floats, Ints
from sim.records import End, Outcomes, Rows

LEVEL = 0.95
Z = 1.959963984540054  # two-sided 95 % point of the standard normal

FEW = 30
"""Of fewer than these a share is told as a count, and averages over them mean little."""


@dataclass(frozen=True)
class Share:
    """A share of runs with its Wilson interval: sampling error only."""

    estimate: float
    low: float
    high: float
    hits: int
    n: int  # what it is a share of
    level: float = LEVEL

    def is_few(self) -> bool:
        """Whether it is a share of so few that it is told as a count."""
        return 0 < self.n < FEW

    def counted(self) -> str:
        """The share as a count, such as 5 of 8."""
        return f"{self.hits} of {self.n}"


def wilson(hits: int, n: int) -> Share:
    """Share of `hits` in n with its score interval (Wilson 1927); n = 0 gives nan within [0, 1]."""
    if n == 0:
        return Share(math.nan, 0.0, 1.0, 0, 0)
    low, high = wilson_bounds(np.array([hits / n]), np.array([n], float))
    return Share(hits / n, float(low[0]), float(high[0]), hits, n)


def wilson_bounds(p: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Score intervals (Wilson 1927) of shares p [G] of n [G] independent runs, n not necessarily whole."""
    z2 = Z * Z
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = np.where(p == 0, 0.0, middle - half), np.where(p == 1, 1.0, middle + half)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def share_of(flags: Flags) -> Share:
    """Share of true flags."""
    return wilson(int(np.count_nonzero(flags)), len(flags))


def agreed(runs: Outcomes | Rows) -> Flags:
    """Runs, or rows, [n] that end in a signed and ratified agreement."""
    return np.asarray(runs.end == End.AGREEMENT)


@dataclass(frozen=True)
class Curve:
    """Share of runs that have agreed by the end of each round."""

    rounds: Ints  # [T] 1, 2, ...: rounds that are over
    estimate: Floats  # [T]
    low: Floats  # [T]
    high: Floats  # [T]


def by_round(outcomes: Outcomes, rounds: int) -> Curve:
    """The curve of agreement over all rounds of a scenario."""
    return curve_of(outcomes.round[agreed(outcomes)], len(outcomes.end), rounds)


def curve_of(signed: Ints, runs: int, rounds: int) -> Curve:
    """The curve over all rounds from the rounds in which agreements were signed, in any order."""
    over = np.arange(1, rounds + 1)
    hits = np.searchsorted(np.sort(signed), over)  # signed in round t is agreed once round t, the (t + 1)-th, is over
    shares = [wilson(int(hit), runs) for hit in hits]
    return Curve(
        over,
        np.array([share.estimate for share in shares]),
        np.array([share.low for share in shares]),
        np.array([share.high for share in shares]),
    )
