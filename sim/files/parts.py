"""The parts that a study is played in: ranges of runs at some design points, one file each.

Which runs stand in which part depends on neither workers nor the order of work. Parts go through all design points with
the first runs, then with the next ones: a study that is stopped early has something at every point, and a worker that
plays the same runs at the next point can keep their draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.files.store import chunk_name


@dataclass(frozen=True)
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


def parts_of(points: int, runs: int, chunk: int) -> Iterator[Part]:
    """Every part of a study; a part has about `chunk` rows: several whole points, or a range of runs at one."""
    together = max(1, chunk // runs)
    number = 0
    for first in range(0, runs, chunk):
        n = min(chunk, runs - first)
        for point in range(0, points, together):
            yield Part(number, range(point, min(point + together, points)), first, n)
            number += 1
