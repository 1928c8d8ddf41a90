"""Importance weights of draws by how well they fit a record, and draws from what they stand for.

1. An item is recorded wrongly with a chance e, whatever was so. A draw that shows it has likelihood 1 - e, another e.
2. What hangs together is not so many independent tellings: m items of a group with correlation c of their errors are worth
   m / (1 + (m - 1) c) of them (the design effect, Kish 1965). The logarithm of their likelihood is tempered by that much.
3. The weight of a draw is the product over groups; draws come from the prior, so nothing else enters.
4. N weighted draws are worth (sum of weights) squared / (sum of squares) equal ones (Kish 1965).
5. A draw is kept where its own uniform is below its weight over the largest: what is kept is drawn from the posterior, each
   at most once (rejection sampling, von Neumann 1951).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.analysis.shares.likelihood import Share, wilson_bounds
from sim.draws import Uniforms
from sim.game import Flags, Floats, Ints

ERROR, ERROR_RANGE = 0.1, (0.02, 0.3)
TIED, TIED_RANGE = 0.5, (0.0, 1.0)
"""Conventions: the chance of a wrong record, and how far the errors of items on one subject hang together; with ranges."""

ENOUGH = 100
"""Effective draws below which no posterior is told."""

STREAM = "posterior.kept"
"""Path of the uniform that keeps a draw or not."""


@dataclass(frozen=True)
class Errors:
    """How far a record may be wrong."""

    chance: float = ERROR  # that an item is recorded wrongly, from 0 to below 0.5
    tied: float = TIED  # correlation of errors on one subject, 0 to 1


def log_likelihood(met: NDArray[np.float32], group: Ints, errors: Errors) -> Floats:
    """Tempered log-likelihood [N] of draws that meet items [N, J] of some groups [J]; -inf where e = 0 and one is unmet."""
    size = np.bincount(group)[group]
    worth = 1.0 / (1.0 + (size - 1.0) * errors.tied)
    total = np.zeros(len(met))
    for j in range(met.shape[1]):
        chance = errors.chance + (1.0 - 2.0 * errors.chance) * met[:, j].astype(float)
        with np.errstate(divide="ignore"):
            total += worth[j] * np.log(chance)
    return total


def weights_of(log_likelihood: Floats) -> Floats:
    """Weights [N], of which the largest is 1; all 0 where no draw is possible."""
    top = float(log_likelihood.max())
    return np.exp(log_likelihood - top) if np.isfinite(top) else np.zeros(len(log_likelihood))


def effective(weights: Floats) -> float:
    """How many equal draws these weights [N] are worth."""
    total = float(weights.sum())
    return total**2 / float((weights**2).sum()) if total > 0.0 else 0.0


def kept_runs(weights: Floats, seed: int) -> Ints:
    """Runs [n] that are drawn from the posterior, of runs 0 to N - 1 of a seed, whose weights [N] are 1 at the most."""
    return np.flatnonzero(Uniforms(seed, 0, len(weights)).stream(STREAM) < weights)


def weighted_share(flags: Flags, weights: Floats) -> Share:
    """The share of weighted draws [N] that are so, with the score interval of as many equal draws as they are worth."""
    share, n = float(weights[flags].sum() / weights.sum()), effective(weights)
    low, high = wilson_bounds(np.array([share]), np.array([n]))
    return Share(share, float(low[0]), float(high[0]), round(share * n), round(n))


def quantiles(values: Floats, weights: Floats, levels: Floats) -> Floats:
    """Quantiles of weighted values [N] at some levels: the least value with at least so much weight at or below it."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    place = np.searchsorted(below, levels * below[-1] * (1.0 - 1e-12))
    return np.asarray(values[order][place])
