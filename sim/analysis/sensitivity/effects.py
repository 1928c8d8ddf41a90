"""What one change does to likelihood and terms, run by run."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.difference import Difference, difference
from sim.analysis.shares.likelihood import LEVEL, Z
from sim.game import Flags, Floats
from sim.scenario.mechanisms import Mechanism

LEAST = 0.03
"""A change that moves neither the likelihood nor any terms by so much is small."""


@dataclass(frozen=True)
class Ends:
    """What is kept of n runs with P parties."""

    agreed: Flags  # [n]
    zone: Flags  # [n]
    terms: Floats  # [n, P] NaN where a party has none


@dataclass(frozen=True)
class Move:
    """A difference of mean terms over the runs that agree both times, with its interval: sampling error only."""

    estimate: float
    low: float
    high: float
    n: int
    level: float = LEVEL


@dataclass(frozen=True)
class Effect:
    """What a change does: likelihood, ceiling, and each party's terms (None without any)."""

    likelihood: Difference
    ceiling: Difference
    terms: tuple[Move | None, ...]

    def largest(self) -> float:
        """The largest move of the likelihood or of terms, whatever its sign."""
        return max([abs(self.likelihood.estimate), *(abs(move.estimate) for move in self.terms if move is not None)])

    def is_small(self) -> bool:
        """Whether neither the likelihood nor any terms move by three points."""
        return self.largest() < LEAST


def _move(now: Floats, before: Floats) -> Move | None:
    """Mean difference [n] of what is finite both times; the interval is that of a mean of paired differences."""
    apart = (now - before)[np.isfinite(now) & np.isfinite(before)]
    if len(apart) < 2:
        return None
    half = Z * apart.std(ddof=1) / np.sqrt(len(apart))
    return Move(float(apart.mean()), float(apart.mean() - half), float(apart.mean() + half), len(apart))


def effect(now: Ends, before: Ends) -> Effect:
    """What has changed between two plays of the same runs."""
    both = now.agreed & before.agreed
    terms = tuple(_move(now.terms[both, p], before.terms[both, p]) for p in range(now.terms.shape[1]))
    return Effect(difference(now.agreed, before.agreed), difference(now.zone, before.zone), terms)


@dataclass(frozen=True)
class Change:
    """A mechanism that is switched off (`path` is empty), or a number of one that is moved by `by` standard deviations."""

    mechanism: Mechanism
    path: str = ""
    by: float = 0.0


@dataclass(frozen=True)
class Ablations:
    """The runs as they stand, and what every change does to them."""

    before: Ends
    effects: tuple[tuple[Change, Effect], ...]


def mechanisms_of(found: Ablations) -> Iterator[tuple[Mechanism, list[tuple[Change, Effect]]]]:
    """The changes of each mechanism, its switch first."""
    names = dict.fromkeys(change.mechanism for change, _ in found.effects)
    for name in names:
        yield name, [(change, what) for change, what in found.effects if change.mechanism == name]
