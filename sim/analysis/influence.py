"""What moves the likelihood: the numbers whose draws go with the outcome by more than noise, and by how much.

All runs share one outcome, and the draws of a number that moves nothing are in random order beside it. So two tests need
no model of the outcome and are right near 0 and 100 % too:

1. a trend over all draws: the sum of the ranks of the runs that agree (Wilcoxon 1945);
2. any difference between fifths of the draws, whatever its shape: chi-squared over five parts.

A number's p-value is twice the smaller of the two (Bonferroni). What stands out is decided over all numbers at once, so
that among those told `RATE` are noise at most (Benjamini & Hochberg 1995). A probability and the draw against it are one
number, and that draw stands for both: it holds what either does.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import gammaincc, ndtr, ndtri

from sim.analysis.shares.likelihood import FEW, LEVEL, Share, share_of
from sim.game import Flags, Floats, Ints

FIFTHS = 5
RATE = 0.02
"""Of the numbers that are said to move the likelihood, the part that may be noise."""

FRAGILE = 0.05
"""Change of the likelihood by one standard deviation of a number from which the likelihood hangs on that number."""

CLEARLY = 4.0
"""Standard errors by which a middle fifth must lie beyond both ends before it is told beside them."""

REAL = ".real"
"""At the end of the path of a draw against a number: whether what it is the probability of is so in a run."""


@dataclass(frozen=True)
class Slope:
    """Change of the likelihood by one standard deviation of a number, with its interval: sampling error only.

    Only the largest of many slopes are reported, and chance has helped to make them large. So the interval is wider than
    95 %: the fewer are reported, the wider. Of all reported intervals 95 % hold (Benjamini & Yekutieli 2005).
    """

    estimate: float
    error: float  # standard error
    level: float = LEVEL

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.estimate - self._half()

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.estimate + self._half()

    def _half(self) -> float:
        return float(ndtri((1.0 + self.level) / 2.0)) * self.error


@dataclass(frozen=True)
class Influence:
    """How the likelihood depends on one number. A number and the draw against it are one."""

    path: str  # of the number
    draw: str  # its own, or of a probability the one against it
    fifths: tuple[Share, ...]  # likelihood in each fifth of its draws, lowest first
    slope: Slope | None  # none where the number itself is fixed
    p_value: float

    @property
    def low(self) -> Share:
        """Where the draw is in the lowest fifth."""
        return self.fifths[0]

    @property
    def high(self) -> Share:
        """Where the draw is in the highest fifth."""
        return self.fifths[-1]

    def turn(self) -> Share | None:
        """The middle fifth that lies furthest beyond both ends, where one clearly does: more is not always better."""
        found = [(_beyond(fifth, self.low, self.high), fifth) for fifth in self.fifths[1:-1]]
        far, fifth = max(found, key=lambda one: one[0])
        return fifth if far > CLEARLY else None

    def effect(self) -> float:
        """How far the likelihoods that are told lie apart."""
        told = [share.estimate for share in (self.low, self.high, self.turn()) if share is not None]
        return max(told) - min(told)

    def is_fragile(self) -> bool:
        """Whether one standard deviation moves the likelihood by five points or more, the whole interval of that too."""
        return self.slope is not None and (self.slope.low >= FRAGILE or self.slope.high <= -FRAGILE)


def number_of(draw: str) -> str:
    """The path of the number to which a draw belongs: a probability where it is drawn against one."""
    base = draw.removesuffix(REAL)
    return f"{base}.firmness" if base != draw and ".red_lines." in base else base


def is_enough(agreed: Flags) -> bool:
    """Whether enough runs agree, and enough fail, to say what moves them."""
    hits = int(np.count_nonzero(agreed))
    return min(hits, len(agreed) - hits) >= FEW


def influences(draws: Mapping[str, Floats], agreed: Flags) -> tuple[Influence, ...]:
    """Numbers that stand out from noise, strongest first. `draws` [n] and `agreed` [n] belong to the same runs.

    Draws of numbers are uniform. Those against a probability, under `.real`, count by their order only.
    """
    if not is_enough(agreed):
        return ()
    against = {number_of(draw): draw for draw in draws if draw.endswith(REAL)}
    found = [_influence(path, against.get(path, path), draws, agreed) for path in dict.fromkeys(map(number_of, draws))]
    clear = discoveries([one.p_value for one in found], RATE)
    level = 1.0 - (1.0 - LEVEL) * len(clear) / max(1, len(found))
    told = (found[k] for k in clear)
    widened = (replace(one, slope=one.slope and replace(one.slope, level=level)) for one in told)
    return tuple(sorted(widened, key=lambda one: -one.effect()))


def discoveries(p_values: Sequence[float], rate: float) -> list[int]:
    """Positions of the p-values that stand out, so that at most `rate` of them are noise (Benjamini & Hochberg 1995).

    1. rank the m p-values, the smallest first;
    2. find the last, the k-th, that is at most k / m of the rate;
    3. it and all before it stand out.
    """
    order = np.argsort(p_values, kind="stable")
    below = np.flatnonzero(np.asarray(p_values)[order] <= rate * np.arange(1, len(order) + 1) / max(1, len(order)))
    return order[: below[-1] + 1].tolist() if len(below) else []


def _influence(path: str, draw: str, draws: Mapping[str, Floats], agreed: Flags) -> Influence:
    rank = ranked(draws[draw])
    fifth = FIFTHS * rank // len(rank)
    fifths = tuple(share_of(agreed[fifth == k]) for k in range(FIFTHS))
    p_value = min(1.0, 2.0 * min(trend(rank, agreed), differences(fifth, agreed)))
    return Influence(path, draw, fifths, _slope(draws[path], agreed) if path in draws else None, p_value)


def ranked(draws: Floats) -> Ints:
    """The place of each draw in their order, from 0."""
    rank = np.empty(len(draws), np.int64)
    rank[np.argsort(draws, kind="stable")] = np.arange(len(draws))
    return rank


def trend(rank: Ints, agreed: Flags) -> float:
    """Two-sided p-value of the rank sum of the runs that agree (Wilcoxon 1945), by its exact mean and variance.

    The tails of a rank sum are lighter than those of the normal distribution: of few runs it says too little, not too much.
    """
    n, hits = len(agreed), int(np.count_nonzero(agreed))
    spread = math.sqrt(hits * (n - hits) * (n + 1.0) / 12.0)
    return float(2.0 * ndtr(-abs(rank[agreed].sum() - hits * (n - 1.0) / 2.0) / spread))


def differences(part: Ints, agreed: Flags) -> float:
    """P-value of Pearson's chi-squared over the fifths of the draws, all margins held fixed."""
    n, hits = len(agreed), int(np.count_nonzero(agreed))
    sizes = np.bincount(part, minlength=FIFTHS)
    apart = np.bincount(part[agreed], minlength=FIFTHS) - hits * sizes / n
    chi2 = float((apart**2 / sizes).sum()) * n * (n - 1.0) / (hits * (n - hits))
    return float(gammaincc((FIFTHS - 1) / 2.0, chi2 / 2.0))


def _slope(draws: Floats, agreed: Flags) -> Slope:
    """Least squares on the normal score of the draws; its error allows for unequal variances (White 1980)."""
    score, hit = ndtri(draws), agreed.astype(float)
    x, y = score - score.mean(), hit - hit.mean()
    square, n = float(x @ x), len(x)
    slope = float(x @ y) / square
    return Slope(slope, math.sqrt(float(x**2 @ (y - slope * x) ** 2) * n / (n - 2.0)) / square)


def _beyond(share: Share, low: Share, high: Share) -> float:
    """Standard errors by which a share lies beyond the nearer of two others; 0 or less between them."""
    above = min(_apart(share, low), _apart(share, high))
    below = min(_apart(low, share), _apart(high, share))
    return max(above, below)


def _apart(one: Share, other: Share) -> float:
    """How far a share lies above another, in standard errors of the difference; half a run is added to each cell."""
    parts = [((share.hits + 0.5) / (share.n + 1.0), share.n + 1.0) for share in (one, other)]
    return (parts[0][0] - parts[1][0]) / math.sqrt(sum(p * (1.0 - p) / n for p, n in parts))
