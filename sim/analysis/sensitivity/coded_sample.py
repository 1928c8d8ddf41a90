"""A sample over all assumptions, and which of them stand out in it for the likelihood and for terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.assumptions import inputs
from sim.analysis.influence import is_enough
from sim.analysis.sensitivity.given_data import FEWEST, Dependence, Outcome, dependences, mean_of, standing_out
from sim.analysis.shares.likelihood import Share, share_of
from sim.game import Flags, Floats, Ints


@dataclass(frozen=True)
class Played:
    """What is kept of n runs."""

    agreed: Flags  # [n] by the day that was asked for
    terms: Floats  # [n, P] of the runs that agree; NaN elsewhere


@dataclass(frozen=True)
class CodedSample:
    """N runs of K codings, with what each was drawn for."""

    points: Mapping[str, Floats]  # convention: its quantile [K]
    draws: Mapping[str, Floats]  # number: its draw [N], as the scenario stands
    coding: Ints  # [N] which coding a run is of
    played: Played  # [N]
    stated: Played  # of runs of the same draws as the scenario stands
    refused: int  # codings that contradict themselves; not played

    @property
    def codings(self) -> int:
        """How many were played."""
        return int(self.coding[-1]) + 1 if len(self.coding) else 0


def over_codings(sample: CodedSample) -> Share:
    """The likelihood over all codings; its interval is that of a mean over codings."""
    hits = sample.played.agreed
    if sample.codings < 2:
        return share_of(hits)
    means = hits.reshape(sample.codings, -1).mean(axis=1)
    told = mean_of(means, Outcome(means, len(hits) // sample.codings, float(hits.var())))
    return replace(share_of(hits), low=told.low, high=told.high)


@dataclass(frozen=True)
class Judged:
    """What stands out: for the likelihood, and for each party's terms; and how many dependences were looked at."""

    agreement: tuple[Dependence, ...]
    terms: Mapping[int, tuple[Dependence, ...]]  # party: of its terms
    drawn: int  # inputs that are drawn
    looked_at: int
    enough: bool  # whether enough runs agree, and enough fail, for anything to be said


def judged(sample: CodedSample, sides: Sequence[int]) -> Judged:
    """What stands out in a sample for the likelihood, and for the terms of the parties that are asked for."""
    numbers = inputs(sample.draws)
    every = len(numbers) + len(sample.points)
    if not is_enough(sample.played.agreed):
        return Judged((), {}, len(numbers), every, False)
    outcomes = [sample.played.agreed.astype(float), *(sample.played.terms[:, p] for p in sides)]
    outcomes = [each for each in outcomes if np.isfinite(each).sum() >= FEWEST]
    found = [[*_of_runs(numbers, each, k == 0), *_of_codings(sample, each, k == 0)] for k, each in enumerate(outcomes)]
    clear = standing_out(found, every * len(found))
    told = {side: tuple(rows) for side, rows in zip(sides, clear[1:], strict=False)}
    return Judged(tuple(clear[0]), told, len(numbers), every * len(found), True)


def _of_runs(numbers: Mapping[str, Floats], values: Floats, is_share: bool) -> list[Dependence]:
    return dependences(numbers, Outcome(values, 1, float(np.nanvar(values)), is_share))


def _of_codings(sample: CodedSample, values: Floats, is_share: bool) -> list[Dependence]:
    """Of conventions: the runs of a coding share it, so each coding counts once, by the mean of its runs."""
    known = np.isfinite(values)
    sums = np.bincount(sample.coding[known], values[known], sample.codings)
    sizes = np.bincount(sample.coding[known], minlength=sample.codings)
    means = np.divide(sums, sizes, out=np.full(sample.codings, np.nan), where=sizes > 0)
    runs = len(values) // max(1, sample.codings)
    return dependences(sample.points, Outcome(means, runs, float(np.nanvar(values)), is_share))
