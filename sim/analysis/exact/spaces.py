"""The packages of an agenda as numbers, and ranges of them that can be worked on apart."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from sim.analysis.exact.visiting import package_at, set_strides
from sim.game import Flags, Game, Ints

MOST_NUMBERED = 2**62

RANGES = 8
"""Ranges are cut until there are so many, if the agenda has them."""


class TooLargeError(ValueError):
    """A game that is beyond what exact answers can be given of; says in what."""


@dataclass(frozen=True)
class Range:
    """Packages `first` to `first` + `size` - 1: those with one combination of options of the leading issues."""

    lead: Ints  # [I] option, -1 where the issue does not lead
    first: int
    size: int


@dataclass(frozen=True)
class Space:
    """All packages that talks about a game can be about."""

    options: Ints  # [I]
    free: Flags  # [I] issues on some agenda
    fixed: Ints  # [I] what holds, for the others
    stride: Ints  # [I]
    total: int

    def package(self, number: int) -> Ints:
        """The package [I] of a number."""
        x = np.zeros(len(self.options), np.int64)
        package_at(number, self.free, self.options, self.fixed, x)
        return x

    def packages(self, numbers: Ints) -> Ints:
        """The packages [n, I] of some numbers [n]."""
        return np.array([self.package(number) for number in numbers.tolist()], np.int64).reshape(-1, len(self.options))

    @cached_property
    def leading(self) -> list[int]:
        """The first free issues, as many as it takes for enough ranges."""
        chosen: list[int] = []
        for i in np.flatnonzero(self.free).tolist():
            if np.prod(self.options[chosen]) >= RANGES:
                break
            chosen.append(i)
        return chosen

    def ranges(self) -> list[Range]:
        """All packages in ranges."""
        leading = self.leading
        size = self.total // int(np.prod(self.options[leading]))
        found = []
        for k, chosen in enumerate(product(*(range(int(self.options[i])) for i in leading))):
            lead = np.full(len(self.options), -1, np.int64)
            lead[leading] = chosen
            found.append(Range(lead, k * size, size))
        return found


def space_of(game: Game, phase: int | None = None) -> Space:
    """The packages of a game, or those that one phase is about.

    Raises:
        TooLargeError: there are more than can be numbered.
    """
    rules, stride = game.rules, np.zeros(len(game.rules.options), np.int64)
    free = np.asarray(rules.agenda.any(axis=0) if phase is None else rules.agenda[phase])
    total = math.prod(rules.options[free].tolist())
    if total > MOST_NUMBERED:
        raise TooLargeError(f"{total:.3g} packages; at most {MOST_NUMBERED:.3g} can be numbered")
    set_strides(free, rules.options, stride)
    return Space(rules.options, free, rules.start, stride, total)
