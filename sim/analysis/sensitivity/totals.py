"""Total effects: how much of an outcome an assumption explains alone and in company.

Jansen (1999): half the mean square by which the outcome changes when one input is drawn again and all others stay, over the
variance of the outcome. Of an outcome of 0 or 1 that is the share of runs that turn, over twice the variance. The total less
the first order is what the input does in interaction with others, luck included.

Runs of one coding are alike, so the interval is that of a mean over codings.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sim.analysis.sensitivity.given_data import Estimate
from sim.analysis.shares.likelihood import LEVEL
from sim.game import Flags


@dataclass(frozen=True)
class Redrawn:
    """Runs of K codings of M runs, as drawn and with one assumption after the other drawn again."""

    agreed: Flags  # [K, M]
    again: Mapping[str, Flags]  # path: [K, M]


def total_effects(found: Redrawn) -> dict[str, Estimate]:
    """The total effect of each assumption; none where the outcome never varies."""
    variance = float(found.agreed.var())
    if variance == 0.0 or len(found.agreed) < 2:
        return {}
    return {path: _total(found.agreed != other, variance) for path, other in found.again.items()}


def _total(turned: Flags, variance: float) -> Estimate:
    parts = turned.mean(axis=1) / (2.0 * variance)
    n, mean = len(parts), float(parts.mean())
    half = float(stdtrit(n - 1.0, (1.0 + LEVEL) / 2.0)) * float(np.std(parts, ddof=1)) / math.sqrt(n)
    return Estimate(mean, max(0.0, mean - half), mean + half)
