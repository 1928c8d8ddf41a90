"""Boxes of the assumptions in which an outcome is frequent: found in one half of the runs, judged in the other.

1. Of all inputs keep the twelve whose draws go with the outcome most clearly, by either test of `sim.analysis.influence`.
   Peel over these until hits are frequent enough, and keep the four of the limits that could least be chance.
2. Peel once more, among these only. Of the boxes on the way take the largest in which hits are frequent enough, and paste.
3. In the other half ask of every limit how probable so many hits would be were it away (quasi-p-value; Bryant & Lempert
   2010: binomial, with the share of hits in the box without it). Limits that could be chance are dropped, weakest first.
4. A box is told if hits are more frequent in it than outside by more than sampling explains, and as frequent as is wanted
   within its interval.
5. Take its runs away in both halves, and look for the next one (covering).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import betainc

from sim.analysis.discovery.peeling import Box, pasted, trajectory
from sim.analysis.influence import FIFTHS, differences, ranked, trend
from sim.analysis.shares.likelihood import Share, wilson
from sim.game import Flags, Floats

MOST_LIMITS = 4
MOST_BOXES = 4
CHANCE = 0.01
"""Quasi-p-value above which a limit could be chance; divided by the limits of the box."""

CLEAREST = 12
"""Inputs among which boxes are looked for."""

HALVES = 2


@dataclass(frozen=True)
class Limit:
    """The range of one input in a box, as quantiles of its draws."""

    path: str
    low: float
    high: float
    quasi_p: float


@dataclass(frozen=True)
class Region:
    """A box, as the half of the runs judges it that had no part in finding it."""

    limits: tuple[Limit, ...]
    density: Share  # hits among the runs of the box
    coverage: Share  # of all hits, those in the box
    mass: Share  # of all runs, those in the box


@dataclass(frozen=True)
class Regions:
    """All boxes that are told, and what they were found among."""

    found: tuple[Region, ...]
    hits: Share  # among all runs of the half that judges
    wanted: float  # share of hits that a box was to have
    inputs: int
    together: Share  # of all hits, those in any of the boxes


def regions(
    draws: Mapping[str, Floats], hits: Flags, wanted: float, edges: Mapping[str, float] = MappingProxyType({})
) -> Regions:  # fmt: skip
    """Boxes in which at least a share `wanted` of the runs hit; `draws` [n] by path are uniform in (0, 1), `hits` [n].

    An input with an edge is so or not so, below it or above: a limit on it lies there.
    """
    paths, inputs = list(draws), np.stack(list(draws.values()), axis=1)
    at = np.array([edges.get(path, np.nan) for path in paths])
    half = np.arange(len(hits)) % HALVES
    seek, judge = half == 0, half == 1
    left = np.ones(len(hits), bool)
    found: list[Region] = []
    covered = np.zeros(len(hits), bool)
    for _ in range(MOST_BOXES):
        box = _sought(inputs[seek & left], hits[seek & left], wanted, at)
        if box is None:
            break
        told = _judged(box, paths, inputs[judge & left], hits[judge & left], hits[judge], wanted)
        if told is None:
            break
        region, box = told
        found.append(region)
        covered |= left & box.holds(inputs)
        left &= ~covered
    total, n = int(hits[judge].sum()), int(judge.sum())
    return Regions(
        tuple(found),
        wilson(total, n),
        wanted,
        len(paths),
        wilson(int((hits & covered & judge).sum()), total) if total else wilson(0, 0),
    )


def _sought(inputs: Floats, hits: Flags, wanted: float, edges: Floats) -> Box | None:
    """A box of few limits with hits as frequent as is wanted, the largest on the way; None where there is none."""
    if not len(hits) or hits.mean() >= wanted or not hits.any():
        return None
    first = _frequent(trajectory(inputs, hits, _clearest(inputs, hits)), inputs, hits, wanted)
    among = _foremost(first, inputs, hits)
    box = _frequent(trajectory(inputs, hits, among), inputs, hits, wanted)
    if hits[box.holds(inputs)].mean() < wanted:
        return None
    return _on_edges(pasted(box, inputs, hits), edges)


def _on_edges(box: Box, edges: Floats) -> Box:
    """The box with limits on inputs that have an edge moved there; one limited from both sides is free again."""
    low, high = box.low.copy(), box.high.copy()
    for column in np.flatnonzero(np.isfinite(edges)):
        both = low[column] > 0.0 and high[column] < 1.0
        low[column] = edges[column] if low[column] > 0.0 and not both else 0.0
        high[column] = edges[column] if high[column] < 1.0 and not both else 1.0
    return Box(low, high)


def _clearest(inputs: Floats, hits: Flags) -> list[int]:
    """The inputs that go with the outcome most clearly: of hundreds the others would only lead a search astray."""
    rank = [ranked(column) for column in inputs.T]
    chance = [min(trend(each, hits), differences(each * FIFTHS // len(each), hits)) for each in rank]
    return sorted(np.argsort(chance, kind="stable")[:CLEAREST].tolist())


def _frequent(boxes: Sequence[Box], inputs: Floats, hits: Flags, wanted: float) -> Box:
    """The first box with hits as frequent as is wanted; the last one where none has."""
    return next((box for box in boxes if hits[box.holds(inputs)].mean() >= wanted), boxes[-1])


def _foremost(box: Box, inputs: Floats, hits: Flags) -> list[int]:
    """Of the inputs that a box limits the few that could least be chance; the others are dropped one by one."""
    while len(box.limited()) > MOST_LIMITS:
        chances = dict(_quasi_p(box, inputs, hits))
        box = box.without(max(chances, key=lambda column: chances[column]))
    return box.limited()


def _judged(
    box: Box, paths: list[str], inputs: Floats, hits: Flags, every: Flags, wanted: float
) -> tuple[Region, Box] | None:  # fmt: skip
    """A box in runs that had no part in finding it, without the limits that could be chance; None where it is no news.

    `inputs` and `hits` are of the runs that earlier boxes left, `every` the hits of all.
    """
    while box.limited():
        chances = dict(_quasi_p(box, inputs, hits))
        worst = max(chances, key=lambda column: chances[column])
        if chances[worst] <= CHANCE / len(chances):
            break
        box = box.without(worst)
    if not box.limited():
        return None
    inside = box.holds(inputs)
    density = wilson(int(hits[inside].sum()), int(inside.sum()))
    if density.low <= hits[~inside].mean() or density.high < wanted:
        return None
    limits = tuple(
        Limit(paths[column], float(box.low[column]), float(box.high[column]), chances[column])
        for column in sorted(chances, key=lambda column: chances[column])
    )
    region = Region(
        limits,
        density,
        wilson(density.hits, int(every.sum())),
        wilson(density.n, len(every)),
    )
    return region, box


def _quasi_p(box: Box, inputs: Floats, hits: Flags) -> Iterator[tuple[int, float]]:
    """Of every limit the chance of at least so many hits, were they as frequent as in the box without it."""
    inside = box.holds(inputs)
    count, total = int(hits[inside].sum()), int(inside.sum())
    for column in box.limited():
        base = float(hits[box.without(column).holds(inputs)].mean())
        yield column, float(betainc(count, total - count + 1, base)) if count > 0 else 1.0
