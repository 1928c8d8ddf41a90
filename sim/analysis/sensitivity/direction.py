"""Which way assumptions are moved to change the likelihood most for the least change.

Every assumption is a standard normal score: of a number its draw, of a convention its place in the range. The scores are
independent, so the likelihood rises fastest along their slopes on the outcome (Stein 1981: the mean slope of any smooth
function of a normal score is the mean of their product), and of all changes of one length that one changes it most. Slopes
are shrunk by soft thresholding as in `sim.analysis.assumptions`, and what is left of under a fifth of the largest is dropped.
"""

import math
from collections.abc import Collection, Mapping

import numpy as np
from scipy.special import ndtr, ndtri

from sim.analysis.assumptions import shrunk
from sim.analysis.influence import REAL
from sim.analysis.sensitivity.coded_sample import CodedSample
from sim.game import Floats

SMALL = 0.2
"""Of the largest part of a direction: smaller ones are dropped."""


def direction(sample: CodedSample, cited: Collection[str]) -> dict[str, float]:
    """The direction of length 1 by path; empty where nothing moves the likelihood. Cited numbers stay."""
    hits = sample.played.agreed.astype(float)
    numbers = {path: u for path, u in sample.draws.items() if not path.endswith(REAL) and path not in cited}
    means = hits.reshape(sample.codings, -1).mean(axis=1) if sample.codings else hits
    slopes = {path: _slope(u, hits) for path, u in numbers.items()}
    slopes |= {path: _slope(u, means) for path, u in sample.points.items()}
    if not slopes:
        return {}
    kept = shrunk(np.array([slope / error if error else 0.0 for slope, error in slopes.values()]))
    parts = {path: float(z) * error for (path, (_, error)), z in zip(slopes.items(), kept, strict=True)}
    largest = max(abs(part) for part in parts.values())
    parts = {path: part for path, part in parts.items() if part and abs(part) >= SMALL * largest}
    length = math.sqrt(sum(part**2 for part in parts.values()))
    return {path: part / length for path, part in sorted(parts.items(), key=lambda one: -abs(one[1]))}


def quantile_of(moved: float) -> float:
    """Where a convention stands in its range when it is moved from the middle by so many standard deviations."""
    return float(ndtr(moved))


def length(moves: Mapping[str, float]) -> float:
    """How far a change goes, in standard deviations."""
    return math.sqrt(sum(by**2 for by in moves.values()))


def _slope(u: Floats, outcome: Floats) -> tuple[float, float]:
    """The slope on the normal score, and its standard error where there is none."""
    score = ndtri(u)
    x, y = score - score.mean(), outcome - outcome.mean()
    square = float(x @ x)
    return float(x @ y) / square, math.sqrt(float(y @ y) / len(y) / square)
