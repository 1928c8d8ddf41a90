"""Curves that lie on each other: wider below and narrower above, so that all are seen, and said in words."""

from collections.abc import Sequence

import numpy as np

from sim.game import Floats
from sim.plots.sweep.scales import Curve

ALIKE = 0.005
"""Shares that are drawn on the same place."""


def coincide(one: Floats, other: Floats) -> float:
    """At how many of the places that both have they are alike, as a share of these; 0 where there are none."""
    known = np.isfinite(one) & np.isfinite(other)
    return float((np.abs(one - other)[known] <= ALIKE).mean()) if known.any() else 0.0


def covered(lines: Sequence[Curve]) -> list[int]:
    """How many later lines lie on each, along half of it or more."""
    found = [line.shares.estimate for line in lines]
    return [sum(coincide(one, other) >= 0.5 for other in found[k + 1 :]) for k, one in enumerate(found)]


def said_of(lines: Sequence[Curve], k: int) -> str:
    """With which other lines one coincides all along, in words, or nothing."""
    own = lines[k].shares.estimate
    same = [line.name for j, line in enumerate(lines) if j != k and coincide(own, line.shares.estimate) == 1.0]
    return f" (coincides with {', '.join(same)})" if same else ""
