"""The ids of earlier talks in a later game: what goes by the same name in both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.game import Game, Ints, Names

Array = NDArray[Any]


def places(later: Sequence[str], earlier: Sequence[str]) -> Ints:
    """For each id of the later game its place in the earlier one, -1 where that lacks it."""
    known = {name: place for place, name in enumerate(earlier)}
    return np.array([known.get(name, -1) for name in later], np.int64)


def taken(values: Array, place: Ints, otherwise: Any) -> Array:
    """Values [n, A, ...] of the earlier game in the order of the later one; `otherwise` where it lacks the id."""
    padded = np.concatenate([values, np.zeros((len(values), 1, *values.shape[2:]), values.dtype)], axis=1)
    found: Array = padded[:, place]
    found[:, place < 0] = otherwise
    return found


@dataclass(frozen=True)
class SameIds:
    """Where each id of a later game stands in the earlier one."""

    parties: Ints
    issues: Ints
    lines: Ints
    levers: Ints
    options: Ints  # [I, O of the earlier game] option of the later one, -1

    def packages(self, x: Ints, otherwise: Ints) -> Ints:
        """Packages [n, ..., I] of the earlier game as the later one has them.

        What the earlier game lacked, and a term whose option has gone, is as in `otherwise` [n, ..., I] of the later one.
        """
        old = x[..., np.maximum(self.issues, 0)]
        named = (self.issues >= 0) & (old >= 0)
        found = self.options[np.arange(len(self.issues)), np.where(named, old, 0)]
        return np.where(named & (found >= 0), found, otherwise)

    def issue(self, i: Ints) -> Ints:
        """Issues [n, ...] of the earlier game as the later one numbers them, -1 where there is none."""
        if not (self.issues >= 0).any():
            return np.full_like(i, -1)
        later = np.full(max(int(self.issues.max()), int(i.max(initial=0))) + 2, -1, np.int64)
        later[self.issues[self.issues >= 0]] = np.flatnonzero(self.issues >= 0)
        return later[i]  # the last place stands for none


def same_ids(later: Game, earlier: Game) -> SameIds:
    """What goes by the same name in two games."""
    now, then = later.names, earlier.names
    return SameIds(
        places(now.parties, then.parties),
        (issues := places(now.issues, then.issues)),
        places(now.lines, then.lines),
        places(now.levers, then.levers),
        _options(now, then, issues),
    )


def _options(now: Names, then: Names, issues: Ints) -> Ints:
    most = max(len(options) for options in then.options)
    found = np.full((len(issues), most), -1, np.int64)
    for i, old in enumerate(issues.tolist()):
        if old >= 0:
            known = places(then.options[old], now.options[i])
            found[i, : len(known)] = known
    return found
