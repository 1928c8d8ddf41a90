"""PRIM, the patient rule induction method (Friedman & Fisher 1999): a box in which hits are frequent, cut out step by step.

1. Peeling: of all cuts that take a small part of the runs off one end of one input, take the one after which the share of
   hits in the box is largest; go on until few runs are left. The boxes on the way are the trajectory.
2. Pasting: widen an end of the box again as long as the share of hits does not fall.

Inputs are uniform in (0, 1), as draws are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.game import Flags, Floats

PART = 0.05
"""Part of the runs of a box that one cut takes off."""

FEWEST = 50
"""Runs of which a box is made at the least."""


@dataclass(frozen=True)
class Box:
    """Ends of a box [D], each input within them; 0 and 1 where it is not limited."""

    low: Floats
    high: Floats

    def holds(self, inputs: Floats) -> Flags:
        """Which runs [n] of `inputs` [n, D] are in it."""
        limited = self.limited()
        part = inputs[:, limited]
        return np.asarray(((part >= self.low[limited]) & (part <= self.high[limited])).all(axis=1))

    def limited(self) -> list[int]:
        """The inputs that it limits."""
        return np.flatnonzero((self.low > 0.0) | (self.high < 1.0)).tolist()

    def without(self, column: int) -> "Box":
        """The box with one input free."""
        low, high = self.low.copy(), self.high.copy()
        low[column], high[column] = 0.0, 1.0
        return Box(low, high)


def whole(columns: int) -> Box:
    """The box without limits."""
    return Box(np.zeros(columns), np.ones(columns))


def trajectory(inputs: Floats, hits: Flags, among: Sequence[int] | None = None) -> list[Box]:
    """The boxes that peeling comes through, from the whole on; `inputs` [n, D], `hits` [n]; limits `among` some inputs."""
    columns = list(range(inputs.shape[1])) if among is None else list(among)
    box, part, hit = whole(inputs.shape[1]), inputs[:, columns], hits
    found = [box]
    while len(hit) * (1.0 - PART) >= FEWEST and not hit.all():
        size = max(1, int(len(hit) * PART))
        ends = np.partition(part, (size, len(hit) - 1 - size), axis=0)
        low, high = ends[size], ends[len(hit) - 1 - size]
        above, below = part >= low, part <= high
        means = np.stack([_means(above, hit), _means(below, hit)])
        side, k = np.unravel_index(int(np.argmax(means)), means.shape)
        kept = above[:, k] if side == 0 else below[:, k]
        if kept.all():
            break
        lows, highs = box.low.copy(), box.high.copy()
        if side == 0:
            lows[columns[k]] = low[k]
        else:
            highs[columns[k]] = high[k]
        box, part, hit = Box(lows, highs), part[kept], hit[kept]
        found.append(box)
    return found


def pasted(box: Box, inputs: Floats, hits: Flags) -> Box:
    """The box with its ends moved outwards by small steps as long as the share of hits in it does not fall."""
    while True:
        inside = box.holds(inputs)
        share, size = hits[inside].mean(), max(1, int(inside.sum() * PART))
        wider = [each for column in box.limited() for each in _widened(box, column, inputs, size)]
        means = [float(hits[each.holds(inputs)].mean()) for each in wider]
        if not wider or max(means) < share:
            return box
        box = wider[int(np.argmax(means))]


def _means(kept: Flags, hit: Flags) -> Floats:
    """Share of hits among the runs that each cut [C] keeps; `kept` [m, C]."""
    return np.asarray((kept & hit[:, None]).sum(axis=0) / np.maximum(kept.sum(axis=0), 1))


def _widened(box: Box, column: int, inputs: Floats, size: int) -> list[Box]:
    """The box with `size` more runs at either end of an input."""
    beside = inputs[box.without(column).holds(inputs), column]
    below, above = np.sort(beside[beside < box.low[column]]), np.sort(beside[beside > box.high[column]])
    found = []
    if box.low[column] > 0.0:
        low = box.low.copy()
        low[column] = below[-size] if len(below) > size else 0.0
        found.append(Box(low, box.high))
    if box.high[column] < 1.0:
        high = box.high.copy()
        high[column] = above[size - 1] if len(above) > size else 1.0
        found.append(Box(box.low, high))
    return found
