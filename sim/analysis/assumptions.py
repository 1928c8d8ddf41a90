"""The likelihood where the assumptions are least, and where they are most, favourable: from the runs themselves.

What counts as an assumption is what stands before the first offer: every number that is drawn, and what is so or not so
about the parties (whether a red line is real, whether a party means to agree, whether it thinks that it is winning). What
chance decides later, such as whether a parliament agrees or a threat is carried out, is luck and does not count.

No run is read by an index that it helped to make. The runs are dealt into two halves, the even and the odd ones:

1. In one half every input, as a uniform u, gives two scores: 2u - 1, and the quadratic that is orthogonal to it (Legendre
   polynomials, so a number may be good in the middle). The correlation of each score with the outcome is its weight.
2. The weights are shrunk by soft thresholding, at the threshold with the least estimated risk (SURE; Donoho & Johnstone
   1995). Inputs are independent, so each is weighed alone: there may be more of them than runs.
3. In the other half each run gets the sum of its weighted scores, and the runs are ordered by it. Its lowest and highest
   fifth are read.
4. The same with the halves exchanged; the fifths of both are put together.

A weak index orders the runs badly, so the range is too narrow rather than too wide. Products of inputs are not looked for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.influence import FIFTHS, REAL, is_enough, number_of, ranked
from sim.analysis.shares.likelihood import Share, wilson_bounds
from sim.game import Flags, Floats, Ints

LUCK = ("ratification.", "levers.", "walk_away.")
"""Of these a draw against a probability is decided while talks go on: luck, and no assumption."""

CLEARLY = 2.0
"""Standard errors by which the fifths must lie apart before a range is told."""

HALVES = 2


@dataclass(frozen=True)
class AssumptionRange:
    """The likelihood in the least and in the most favourable fifth of the assumptions.

    The two halves of the runs may err alike, as one index is made of what the other is read on. So intervals are those of
    half as many runs.
    """

    low: Share
    high: Share

    def is_clear(self) -> bool:
        """Whether the two lie apart by more than sampling explains."""
        middle = (self.low.hits + self.high.hits) / (self.low.n + self.high.n)
        error = math.sqrt(middle * (1.0 - middle) * HALVES * (1.0 / self.low.n + 1.0 / self.high.n))
        return self.high.estimate - self.low.estimate > CLEARLY * error


def over_assumptions(draws: Mapping[str, Floats], agreed: Flags) -> AssumptionRange | None:
    """The range of the likelihood; None where too few runs agree or fail. `draws` [n] and `agreed` [n] of the same runs."""
    chosen = inputs(draws)
    if not chosen or not is_enough(agreed):
        return None
    half = np.arange(len(agreed)) % HALVES
    weights = [_weights(chosen, agreed, half == k) for k in range(HALVES)]
    index = np.where(half == 0, _index(chosen, weights[1]), _index(chosen, weights[0]))
    ends = [_ends(index[half == k], agreed[half == k]) for k in range(HALVES)]
    low, high = (np.concatenate(parts) for parts in zip(*ends, strict=True))
    return AssumptionRange(_share(low), _share(high))


def inputs(draws: Mapping[str, Floats]) -> dict[str, Floats]:
    """The draws [n] that are assumptions, each a uniform; a draw against a probability stands for that number too."""
    hidden = [path for path in draws if path.endswith(REAL) and not path.startswith(LUCK)]
    covered = {number_of(path) for path in hidden}
    own = {path: draws[path] for path in draws if not path.endswith(REAL) and path not in covered}
    return own | {path: (ranked(draws[path]) + 0.5) / len(draws[path]) for path in hidden}


def _scores(uniform: Floats) -> Floats:
    """The two scores [2, n] of an input, each with mean 0 and variance 1 over (0, 1)."""
    x = 2.0 * uniform - 1.0
    return np.array([math.sqrt(3.0) * x, math.sqrt(5.0) * (1.5 * x * x - 0.5)])


def _weights(chosen: Mapping[str, Floats], agreed: Flags, half: Flags) -> Floats:
    """The shrunk weights [inputs, 2] of one half, in standard errors."""
    hit = agreed[half].astype(float)
    apart = (hit - hit.mean()) / (math.sqrt(len(hit)) * max(float(hit.std()), 1e-12))
    return shrunk(np.array([_scores(uniform[half]) @ apart for uniform in chosen.values()]))


def shrunk(z: Floats) -> Floats:
    """Estimates in standard errors, soft-thresholded where Stein's unbiased estimate of the risk is least.

    Of m estimates the threshold is the size of one of them, and at most sqrt(2 log m), which hardly any noise passes.
    """
    size = np.sort(np.abs(z), axis=None)
    m, rank = len(size), np.arange(1, z.size + 1)
    risk = m - 2.0 * rank + np.cumsum(size**2) + (m - rank) * size**2
    threshold = min(float(size[np.argmin(risk)]), math.sqrt(2.0 * math.log(max(m, 2))))
    return np.asarray(np.sign(z) * np.maximum(0.0, np.abs(z) - threshold))


def _index(chosen: Mapping[str, Floats], weights: Floats) -> Floats:
    """The sum of weighted scores [n] of every run."""
    index = np.zeros(len(next(iter(chosen.values()))))
    for uniform, weight in zip(chosen.values(), weights, strict=True):
        if weight.any():
            index += weight @ _scores(uniform)
    return index


def _ends(index: Floats, agreed: Flags) -> tuple[Flags, Flags]:
    """Whether the runs of the lowest and of the highest fifth of an index agreed; of equal ones the earlier run is lower."""
    order: Ints = np.argsort(index, kind="stable")
    size = len(index) // FIFTHS
    return agreed[order[:size]], agreed[order[-size:]]


def _share(flags: Flags) -> Share:
    hits, n = int(np.count_nonzero(flags)), len(flags)
    low, high = wilson_bounds(np.array([hits / n]), np.array([n / HALVES]))
    return Share(hits / n, float(low[0]), float(high[0]), hits, n)
