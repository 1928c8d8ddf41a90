"""The chunks that a study is played in: ranges of runs at some design points, one file each.

Which runs stand in which chunk depends on neither workers nor the order of work. Chunks go through all design points with
the first runs, then with the next ones. So a study that is stopped early has something at every point, and a worker that
plays the same runs at the next point can keep their draws.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

MOST_ROWS = 1_000_000
"""Of a chunk."""

_NAME = re.compile(r"chunk-(\d{6,12})\.parquet", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chunk:
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
class Chunks(Sequence[Chunk]):
    """Every chunk of a study; a chunk has about `size` rows: several whole points, or a range of runs at one.

    They are worked out one at a time, as they may be a million.
    """

    points: int
    runs: int
    size: int

    @property
    def together(self) -> int:
        """Design points of a chunk."""
        return max(1, self.size // self.runs)

    @property
    def groups(self) -> int:
        """Chunks with the same runs."""
        return -(-self.points // self.together)

    def __len__(self) -> int:
        return self.groups * -(-self.runs // self.size)

    @overload
    def __getitem__(self, at: int) -> Chunk: ...
    @overload
    def __getitem__(self, at: slice) -> list[Chunk]: ...
    def __getitem__(self, at: int | slice) -> Chunk | list[Chunk]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        number = range(len(self))[at]
        block, group = divmod(number, self.groups)
        first, point = block * self.size, group * self.together
        points = range(point, min(point + self.together, self.points))
        return Chunk(number, points, first, min(self.size, self.runs - first))

    def named(self, file: str) -> Chunk | None:
        """The chunk that a file of this name holds; None where there is none."""
        number = chunk_number(file)
        return self[number] if number is not None and number < len(self) else None


def chunk_name(number: int) -> str:
    """Name of the file of one chunk."""
    return f"chunk-{number:06d}.parquet"


def chunk_number(file: str) -> int | None:
    """The number of the chunk whose file has a name; None where no chunk has it."""
    name = _NAME.fullmatch(file)
    return int(name[1]) if name and chunk_name(int(name[1])) == file else None
