"""The parts that a sweep varies, as axes of a picture: which values stand where, and which design points share them."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.game import Floats, Ints
from sim.records import Design, Rows

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

MANY = 12
"""Values of a scattered design above which they are gathered into ranges."""

IN_A_RANGE = 6
"""Design points that a range should hold, so that one of them does not decide its figure."""


@dataclass(frozen=True)
class Axis:
    """One swept part as an axis with C places; a place stands for one value, or for a range of them."""

    path: str
    is_number: bool
    texts: tuple[str, ...]  # [C] values as the design writes them; of a range the lowest one
    at: Floats  # [C] where it stands: its value, the mean value in a range, or 0, 1, ... for words
    edges: Floats  # [C + 1] ends of the ranges; elsewhere halfway between the values
    of_point: Ints  # [N] place of each design point
    is_binned: bool  # places are ranges

    def __len__(self) -> int:
        return len(self.at)

    def is_geometric(self) -> bool:
        """Whether its numbers grow by factors rather than by steps, so that they stand apart on a scale of logarithms."""
        return self.is_number and _is_geometric(self.at)

    def on_scale(self, values: Floats) -> Floats:
        """Values as lengths along the axis: their logarithms where its scale is one of these."""
        return np.log(values) if self.is_geometric() else values

    def off_scale(self, lengths: Floats) -> Floats:
        """The inverse of `on_scale`."""
        return np.exp(lengths) if self.is_geometric() else lengths

    def number(self, value: float) -> str:
        """A number on this axis, in no more digits than its span can show."""
        span = float(np.ptp(self.at)) or 1.0
        around = min(span, 3 * abs(value)) if self.is_geometric() and value else span
        digits = max(0, 2 - round(math.log10(around)))
        text = f"{value:,.{digits}f}"
        return text.rstrip("0").rstrip(".") if digits else text


def _is_geometric(at: Floats) -> bool:
    """Positive, far apart, and much more even in their logarithms than in themselves."""
    if len(at) < 4 or at[0] <= 0 or at[-1] < 8 * at[0]:
        return False
    steps, factors = np.diff(at), np.diff(np.log(at))
    return bool(np.std(factors) / np.mean(factors) < 0.6 * np.std(steps) / np.mean(steps))


def as_number(text: str) -> float | None:
    """The number that a YAML text stands for, if it is a plain one."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else None


def is_number(design: Design, path: str) -> bool:
    """Whether all values of a part are numbers."""
    return all(as_number(text) is not None for text in design.values(path))


def is_grid(design: Design) -> bool:
    """Whether the design has every combination of the values of its parts, each once."""
    combinations = int(np.prod([len(set(design.values(path))) for path in design.paths]))
    return len(set(design.points)) == len(design) == combinations


def axis_of(design: Design, path: str, ranges: int | None = None) -> Axis:
    """A swept part as an axis: numbers in rising order, words in the order of the design.

    Numbers that lie scattered, as in a Latin hypercube, are gathered into ranges that hold equally many design points;
    `ranges` is how many, where it matters.
    """
    texts = design.values(path)
    if not is_number(design, path):
        places = list(dict.fromkeys(texts))
        of_point = np.array([places.index(text) for text in texts], np.int64)
        at = np.arange(len(places), dtype=np.float64)
        return Axis(path, False, tuple(places), at, _halfway(at), of_point, False)
    numbers = np.array([as_number(text) for text in texts], float)
    at, first, of_point = np.unique(numbers, return_index=True, return_inverse=True)
    most = MANY if ranges is None else ranges
    if len(design.paths) > 1 and len(at) > most and not is_grid(design):
        return _in_ranges(path, numbers, texts, ranges or usual_ranges(len(design)))
    edges = np.exp(_halfway(np.log(at))) if _is_geometric(at) else _halfway(at)
    return Axis(path, True, tuple(texts[k] for k in first), at, edges, of_point.reshape(-1), False)


def spread_out(design: Design, path: str, most: int) -> Ints:
    """Design points [*] of a grid that have one of at most `most` values of a part, evenly spread over all of them."""
    axis = axis_of(design, path)
    if len(axis) <= most or axis.is_binned or not is_grid(design):
        return np.arange(len(design), dtype=np.int64)
    chosen = np.unique(np.linspace(0, len(axis) - 1, most).round().astype(np.int64))
    return np.flatnonzero(np.isin(axis.of_point, chosen)).astype(np.int64)


def usual_ranges(points: int) -> int:
    """Into how many ranges so many scattered design points are gathered along one axis."""
    return int(np.clip(points // IN_A_RANGE, 3, 12))


def square_ranges(points: int) -> int:
    """The same for each of the two axes of a map."""
    return int(np.clip(round(np.sqrt(points / 3)), 3, 12))


def _in_ranges(path: str, numbers: Floats, texts: Sequence[str], ranges: int) -> Axis:
    """Ranges from one value of the design to another: none of them is empty, the last one has both of its ends."""
    edges = np.unique(np.quantile(numbers, np.linspace(0.0, 1.0, ranges + 1), method="lower"))
    of_point = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, max(0, len(edges) - 2))
    count = np.bincount(of_point)
    at = np.bincount(of_point, numbers) / count
    lowest = tuple(texts[int(np.argmin(np.where(of_point == k, numbers, np.inf)))] for k in range(len(count)))
    return Axis(path, True, lowest, at, edges, of_point, True)


def _halfway(at: Floats) -> Floats:
    """Borders between values, and as far beyond the outer ones."""
    if len(at) == 1:
        return np.array([at[0] - 0.5, at[0] + 0.5])
    between = (at[1:] + at[:-1]) / 2
    return np.concatenate([[2 * at[0] - between[0]], between, [2 * at[-1] - between[-1]]])


def crossed(axes: Sequence[Axis], points: int) -> tuple[Ints, tuple[int, ...]]:
    """Which combination of places each of N design points [N] has, and how many places each axis has."""
    shape = tuple(len(axis) for axis in axes)
    if not axes:
        return np.zeros(points, np.int64), ()
    return np.ravel_multi_index([axis.of_point for axis in axes], shape).astype(np.int64), shape


def matching(design: Design, wanted: Mapping[str, str]) -> Ints:
    """Design points with these values; 6 and 6.0 are equal."""
    return np.array(
        [k for k in range(len(design)) if all(_equal(design.values(p)[k], v) for p, v in wanted.items())], np.int64
    )


def _equal(one: str, other: str) -> bool:
    left, right = as_number(one), as_number(other)
    return one.strip() == other.strip() if left is None or right is None else left == right


def narrowed(design: Design, rows: Rows, points: Ints) -> tuple[Design, Rows]:
    """Some design points and their rows, numbered anew in the order given."""
    new = np.full(len(design), -1, np.int64)
    new[points] = np.arange(len(points))
    kept = new[rows.point] >= 0
    fields = {name: column[kept] for name, column in vars(rows).items()}
    fields["point"] = new[fields["point"]]
    return Design(design.paths, tuple(design.points[k] for k in points.tolist())), Rows(**fields)
