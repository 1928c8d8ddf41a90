"""Uniform draws: every path has a stream of its own.

Philox (Salmon et al. 2011) with the key (seed, hash of the path) and the run as counter.
"""

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self

import numpy as np
from scipy.special import ndtr, ndtri

from sim.game import Floats, Ints, Kept, frozen

SMALLEST = 2.0**-53
"""Distance that a uniform keeps from 0 and 1, so that every quantile is finite."""

PER_BLOCK = 4  # numbers that one Philox counter yields


@lru_cache(maxsize=100_000)
def _key(path: str) -> int:
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Uniforms:
    """Uniform draws of runs `first` to `first + n - 1` under a seed, one stream a path."""

    seed: int
    first: int
    n: int
    runs: Ints | None = field(default=None, compare=False, kw_only=True)
    """[n] The rising runs that these stand for, where some are left out."""

    def among(self, kept: Kept | None) -> Self:
        """The same of the runs that are kept: run j is the j-th of them, of their seed.

        Raises:
            ValueError: so many are not kept.
        """
        if kept is None or self.runs is not None:
            return self
        runs = kept.runs[self.first : self.first + self.n]
        if len(runs) < self.n:
            raise ValueError(f"only {len(kept.runs)} runs are kept (asked for run {self.first + self.n - 1})")
        return self._of(kept.seed, runs)

    def _of(self, seed: int, runs: Ints) -> Self:
        return replace(self, seed=seed, runs=runs)

    def stream(self, path: str) -> Floats:
        """Draws [n] in (0, 1) of one path."""
        return np.asarray(self.streams([path])[0])

    def streams(self, paths: Sequence[str]) -> Floats:
        """Draws [paths, n] of some paths. One generator is aimed at each in turn: to make one takes longer than to draw."""
        first = self.first if self.runs is None else int(self.runs[0])
        block, skip = divmod(first, PER_BLOCK)
        bits = np.random.Philox(key=np.array([self.seed, 0], np.uint64), counter=np.array([block, 0, 0, 0], np.uint64))
        state, generator = bits.state, np.random.Generator(bits)
        last = first + self.n - 1 if self.runs is None else int(self.runs[-1])
        wanted = slice(skip, None) if self.runs is None else self.runs - first + skip
        row, draws = np.empty(skip + last - first + 1), np.empty((len(paths), self.n))
        for k, path in enumerate(paths):
            state["state"]["key"][1] = _key(path)
            bits.state = state
            generator.random(out=row)
            draws[k] = row[wanted]
        return np.clip(draws, SMALLEST, 1.0 - SMALLEST, out=draws)

    def normals(self, paths: Sequence[str]) -> Floats:
        """The same as standard normal draws."""
        return np.asarray(ndtri(self.streams(paths)))

    def recall(self, place: str, _inputs: Hashable, make: Callable[[], Floats]) -> Floats:
        """What `make` makes, which must depend on the draws and on its inputs alone; kept by `Remembered`."""
        return make()


@dataclass(frozen=True)
class Remembered(Uniforms):
    """The same draws, kept: for one block of runs that is played at many design points. Dropped with the object."""

    _drawn: dict[tuple[str, ...], Floats] = field(default_factory=dict, compare=False, repr=False)
    _normal: dict[tuple[str, ...], Floats] = field(default_factory=dict, compare=False, repr=False)
    _made: dict[str, tuple[Hashable, Floats]] = field(default_factory=dict, compare=False, repr=False)
    _kept: dict[tuple[int, bytes], "Remembered"] = field(default_factory=dict, compare=False, repr=False)

    def _of(self, seed: int, runs: Ints) -> "Remembered":
        return self._kept.setdefault((seed, runs.tobytes()), Remembered(seed, self.first, self.n, runs=runs))

    def streams(self, paths: Sequence[str]) -> Floats:
        """Draws [paths, n]; drawn once."""
        together = tuple(paths)
        if together not in self._drawn:
            self._drawn[together] = frozen(super().streams(paths))
        return self._drawn[together]

    def normals(self, paths: Sequence[str]) -> Floats:
        """The same as standard normal draws."""
        together = tuple(paths)
        if together not in self._normal:
            self._normal[together] = frozen(super().normals(paths))
        return self._normal[together]

    def recall(self, place: str, inputs: Hashable, make: Callable[[], Floats]) -> Floats:
        """What was made at this place, where the inputs are those of the last time; else what `make` makes."""
        held = self._made.get(place)
        if held is None or held[0] != inputs:
            held = self._made[place] = inputs, frozen(make())
        return held[1]  # what this call found: another thread may have changed the place since


@dataclass(frozen=True)
class Moved(Uniforms):
    """The same draws but for some numbers, each moved by so many standard deviations of its normal score."""

    moves: tuple[tuple[str, float], ...] = ()  # path, standard deviations

    def streams(self, paths: Sequence[str]) -> Floats:
        """Draws [paths, n]."""
        draws, moves = super().streams(paths), dict(self.moves)
        for row in (k for k, path in enumerate(paths) if path in moves):
            draws[row] = np.clip(ndtr(ndtri(draws[row]) + moves[paths[row]]), SMALLEST, 1.0 - SMALLEST)
        return draws


@dataclass(frozen=True)
class Again(Uniforms):
    """The same draws but for some paths, which are drawn again."""

    again: tuple[str, ...] = ()

    def streams(self, paths: Sequence[str]) -> Floats:
        """Draws [paths, n]."""
        return super().streams([f"{path}.again" if path in self.again else path for path in paths])


@dataclass(frozen=True)
class Medians(Uniforms):
    """The stated world: every number at its median."""

    def among(self, _kept: Kept | None) -> Self:
        """The same: the stated world is none of the runs."""
        return self

    def streams(self, paths: Sequence[str]) -> Floats:
        """One half, for any path."""
        return np.full((len(paths), 1), 0.5)


STATED = Medians(seed=0, first=0, n=1)
