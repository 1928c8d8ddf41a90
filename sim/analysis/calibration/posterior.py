"""What a record makes of draws: their weights, what they show of each item, and the likelihood before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.calibration.fit import Fit
from sim.analysis.calibration.record_items import Item, groups
from sim.analysis.calibration.weights import (
    ENOUGH,
    ERROR_RANGE,
    TIED_RANGE,
    Errors,
    effective,
    kept_runs,
    log_likelihood,
    weighted_share,
    weights_of,
)
from sim.analysis.shares.likelihood import Curve, Share
from sim.game import Floats, Ints


@dataclass(frozen=True)
class ItemFit:
    """How often draws show an item as it was recorded, before and after weighing."""

    item: Item
    group: int  # items of one group hang together
    prior: float
    posterior: float


@dataclass(frozen=True)
class Alternative:
    """The same record, believed more or less."""

    errors: Errors
    effective: float
    likelihood: Share | None  # of agreement; none where too few draws are left to say


@dataclass(frozen=True)
class Posterior:
    """N draws and what they weigh by how well they fit a record."""

    errors: Errors
    agreed: Ints  # [N] round in which the run agrees, -1
    weights: Floats  # [N] the largest is 1; all 0 where no draw is possible
    effective: float  # equal draws that they are worth
    kept: Ints  # runs that are drawn from the posterior, each once
    whole: int  # draws that show every item
    most: int  # items that the best draw shows
    items: tuple[ItemFit, ...]
    alternatives: tuple[Alternative, ...]  # empty where too few draws are left

    @property
    def draws(self) -> int:
        """N."""
        return len(self.weights)

    def is_enough(self) -> bool:
        """Whether enough draws are left to tell a posterior."""
        return self.effective >= ENOUGH

    def before(self, rounds: int) -> Share:
        """The likelihood that it is agreed once so many rounds are over, all draws alike."""
        return weighted_share(self._agreed_by(rounds), np.ones(self.draws))

    def after(self, rounds: int) -> Share:
        """The same by their weights."""
        return weighted_share(self._agreed_by(rounds), self.weights)

    def curves(self, rounds: int) -> tuple[Curve, Curve]:
        """Both over all rounds of a scenario."""
        over = range(1, rounds + 1)
        return _curve([self.before(t) for t in over]), _curve([self.after(t) for t in over])

    def _agreed_by(self, rounds: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.asarray((self.agreed >= 0) & (self.agreed < rounds))


def _curve(shares: Sequence[Share]) -> Curve:
    estimate, low, high = (np.array([getattr(share, name) for share in shares]) for name in ("estimate", "low", "high"))
    return Curve(np.arange(1, len(shares) + 1), estimate, low, high)


def posterior_of(fit: Fit, items: Sequence[Item], errors: Errors, seed: int) -> Posterior:
    """What a record makes of runs 0 to N - 1 of a seed that were held against its items, one or more."""
    group = groups(items)
    weights = weights_of(log_likelihood(fit.met, group, errors))
    worth = effective(weights)
    means = [np.average(fit.met, axis=0, weights=each) for each in (np.ones(len(weights)), weights) if each.any()]
    shown = (fit.met > 0.5).sum(axis=1)
    return Posterior(
        errors,
        fit.agreed,
        weights,
        worth,
        kept_runs(weights, seed),
        int(np.count_nonzero(shown == len(items))),
        int(shown.max()),
        tuple(ItemFit(item, int(group[j]), float(means[0][j]), float(means[-1][j])) for j, item in enumerate(items)),
        tuple(_alternatives(fit, group, errors)) if worth >= ENOUGH else (),
    )


def _alternatives(fit: Fit, group: Ints, errors: Errors) -> list[Alternative]:
    """The ends of the range of each convention, the other as it is."""
    tried = [replace(errors, chance=end) for end in ERROR_RANGE] + [replace(errors, tied=end) for end in TIED_RANGE]
    found = []
    for other in tried:
        weights = weights_of(log_likelihood(fit.met, group, other))
        worth = effective(weights)
        found.append(Alternative(other, worth, weighted_share(fit.agreed >= 0, weights) if worth >= ENOUGH else None))
    return found
