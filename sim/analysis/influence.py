"""What moves the likelihood most: the likelihood in the lowest and highest fifth of each uncertain number's draws.

The draws are independent of one another but for a party's red lines, so a fifth is a fair comparison, free from the same
runs. What moves the likelihood by less than two standard errors is noise and is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from sim.analysis.likelihood import Share, share_of
from sim.game import Flags, Floats

FIFTH = 0.2
NOISE = 2.0  # standard errors
FRAGILE = 0.05  # change of the likelihood by one standard deviation of one number


@dataclass(frozen=True)
class Influence:
    """How the likelihood depends on one uncertain number."""

    path: str
    low: Share  # where its draw is in the lowest fifth
    high: Share  # where its draw is in the highest fifth
    per_sd: float  # change of the likelihood by one standard deviation of the number

    def effect(self) -> float:
        """Likelihood in the highest fifth less that in the lowest."""
        return self.high.estimate - self.low.estimate


def _influence(path: str, draws: Floats, agreed: Flags) -> Influence:
    low, high = agreed[draws < FIFTH], agreed[draws > 1.0 - FIFTH]
    score = ndtri(draws)
    per_sd = float(np.cov(score, agreed)[0, 1] / np.var(score, ddof=1))
    return Influence(path, share_of(low), share_of(high), per_sd)


def _is_noise(influence: Influence, n: int) -> bool:
    part = FIFTH * n
    spread = sum(share.estimate * (1.0 - share.estimate) / part for share in (influence.low, influence.high))
    return not abs(influence.effect()) > NOISE * spread**0.5


def influences(draws: Mapping[str, Floats], agreed: Flags) -> tuple[Influence, ...]:
    """Influences that stand out from noise, strongest first. `draws` [n] and `agreed` [n] belong to the same runs."""
    if len(agreed) < 50:
        return ()
    found = [_influence(path, numbers, agreed) for path, numbers in draws.items()]
    clear = [influence for influence in found if not _is_noise(influence, len(agreed))]
    return tuple(sorted(clear, key=lambda influence: -abs(influence.effect())))


def is_fragile(influence: Influence) -> bool:
    """Whether one standard deviation of the number moves the likelihood by five points or more."""
    return abs(influence.per_sd) >= FRAGILE
