"""The parts that a study is played in: ranges of runs at some design points, one file each.

Which runs stand in which part depends on neither workers nor the order of work. Parts go through all design points with
the first runs, then with the next ones: a study that is stopped early has something at every point, and a worker that
plays the same runs at the next point can keep their draws.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

MOST_ROWS = 1_000_000
"""Of a part."""

_NAME = re.compile(r"chunk-(\d{6,12})\.parquet", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Runs `first` to `first + n - 1` at each of some design points."""

    number: int
    points: range
    first: int
    n: int

    def __len__(self) -> int:
        return len(self.points) * self.n

    @property
    def file(self) -> str:
        """Name of the file that holds it."""
        return chunk_name(self.number)

    @property
    def says(self) -> str:
        """Which rows these are, in words."""
        last = self.first + self.n - 1
        return f"points {self.points.start} to {self.points.stop - 1}, runs {self.first} to {last}"


@dataclass(frozen=True)
class Parts(Sequence[Part]):
    """Every part of a study; a part has about `chunk` rows: several whole points, or a range of runs at one.

    They are worked out one at a time, as they may be a million.
    """

    points: int
    runs: int
    chunk: int

    @property
    def together(self) -> int:
        """Design points of a part."""
        return max(1, self.chunk // self.runs)

    @property
    def groups(self) -> int:
        """Parts with the same runs."""
        return -(-self.points // self.together)

    def __len__(self) -> int:
        return self.groups * -(-self.runs // self.chunk)

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> list[Part]: ...
    def __getitem__(self, at: int | slice) -> Part | list[Part]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        number = range(len(self))[at]
        block, group = divmod(number, self.groups)
        first, point = block * self.chunk, group * self.together
        points = range(point, min(point + self.together, self.points))
        return Part(number, points, first, min(self.chunk, self.runs - first))

    def named(self, file: str) -> Part | None:
        """The part that a file of this name holds; None where there is none."""
        number = chunk_number(file)
        return self[number] if number is not None and number < len(self) else None


def chunk_name(number: int) -> str:
    """Name of the file of one chunk."""
    return f"chunk-{number:06d}.parquet"


def chunk_number(file: str) -> int | None:
    """The number of the chunk whose file has a name; None where no chunk has it."""
    name = _NAME.fullmatch(file)
    return int(name[1]) if name and chunk_name(int(name[1])) == file else None
