"""How far coders agree on the same units: Krippendorff's alpha for ordered codes.

Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes & Krippendorff (2007). With n pairable codes:

1. Each code takes its middle rank among all codes of its kind. Two codes lie apart as their ranks do, squared: that is the
   ordinal metric, since the codes between c and k, less half of those at either end, are the difference of middle ranks.
2. Observed: of each unit with m codes the mean square over its pairs; over units it is weighed by m.
3. Expected: the mean square over all pairs of codes, whoever gave them to what. Alpha is 1 - observed / expected.

Units of several kinds (weights, firmness, ...) are each held against what is expected of their own kind, so that parts of
them, such as one party's, average to the whole. Of one kind this is alpha itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import LEVEL
from sim.game import Floats, Ints

RESAMPLED = 2000
ENOUGH = 10
"""Units below which an alpha is told by no figure: a single unit would move it by a tenth."""


@dataclass(frozen=True)
class Agreement:
    """Agreement of coders on some units; 1 is all alike, 0 what chance gives, and below 0 is worse."""

    alpha: float  # nan without a unit, or where no code differs from another
    low: float
    high: float
    units: int
    alike: int  # units with the same code from all
    level: float = LEVEL

    def is_told(self) -> bool:
        """Whether there are units enough for a figure."""
        return self.units >= ENOUGH and not math.isnan(self.alpha)


@dataclass(frozen=True)
class Units:
    """What coders made of some units of one kind, or of several."""

    apart: Floats  # [N] how far codes of a unit lie apart, 1 being what chance gives; nan where no code differs at all
    codes: Ints  # [N] how many coders gave one

    def of(self, chosen: Ints) -> "Units":
        """Some of the units, by their places."""
        return Units(self.apart[chosen], self.codes[chosen])


def middle_ranks(codes: Floats) -> Floats:
    """The middle rank of each code among those that are not nan: equal ones share it. Any shape."""
    there = ~np.isnan(codes)
    values, place, count = np.unique(codes[there], return_inverse=True, return_counts=True)
    ranks = np.full(codes.shape, np.nan)
    ranks[there] = (np.cumsum(count) - count / 2)[place.reshape(-1)] if len(values) else ()
    return ranks


def units_of(codes: Floats, ordered: bool = True) -> Units:
    """Units of one kind from `codes` [coders, N], nan where a coder gave none; a unit with one code does not count.

    Without `ordered` codes lie apart as numbers do (the interval metric).
    """
    given = np.count_nonzero(~np.isnan(codes), axis=0)
    pairable = np.where(given >= 2, codes, np.nan)
    places = middle_ranks(pairable) if ordered else pairable
    counted = np.where(given >= 2, given, 0)
    n = int(counted.sum())
    expected = float(np.nanvar(places, ddof=1)) if n else 0.0
    own = np.array([_spread(places[:, k]) for k in range(codes.shape[1])])
    return Units(own / expected if expected > 0.0 else np.full(len(own), np.nan), counted)


def _spread(places: Floats) -> float:
    there = places[~np.isnan(places)]
    return float(there.var(ddof=1)) if len(there) >= 2 else 0.0


def together(parts: Sequence[Units]) -> Units:
    """Units of several kinds, one after the other."""
    return Units(
        np.concatenate([part.apart for part in parts] or [np.empty(0)]),
        np.concatenate([part.codes for part in parts] or [np.empty(0, np.int64)]),
    )


def agreement(units: Units) -> Agreement:
    """Alpha over some units, with an interval: units drawn anew many times, what chance gives held fixed.

    Among those drawn is one more that lies as far apart as by chance, so that no interval has zero width.
    """
    chosen = (units.codes >= 2) & ~np.isnan(units.apart)
    apart, weight = units.apart[chosen], units.codes[chosen].astype(float)
    count = int(np.count_nonzero(units.codes >= 2))
    alike = count - int(np.count_nonzero(apart > 0.0))
    if not len(apart):
        return Agreement(math.nan, math.nan, math.nan, count, alike)
    drawn = np.random.Generator(np.random.Philox(key=0)).integers(len(apart) + 1, size=(RESAMPLED, len(apart) + 1))
    weights, missed = np.append(weight, weight.mean()), np.append(apart * weight, weight.mean())
    again = 1.0 - missed[drawn].sum(axis=1) / weights[drawn].sum(axis=1)
    low, high = np.quantile(again, [(1.0 - LEVEL) / 2, (1.0 + LEVEL) / 2])
    return Agreement(1.0 - float(np.average(apart, weights=weight)), float(low), float(high), count, alike)
