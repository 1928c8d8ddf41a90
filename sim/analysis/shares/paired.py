"""How far a sweep's first and last value of one part are apart, paired run by run, whatever else it varies."""

import math

import numpy as np

from sim.analysis.shares.difference import Difference, difference
from sim.analysis.shares.likelihood import Z, agreed
from sim.game import Flags
from sim.records import Design, Rows


def from_first_to_last(design: Design, rows: Rows, runs: int, path: str) -> Difference | None:
    """Likelihood of agreement at the last value of a part less that at the first, averaged over all else that varies.

    Run k has the same luck at every design point, so each run gives one difference. The interval comes from how those
    scatter. A win and a loss at one point are added, so that it never has zero width. None where the two values do not
    meet the same values of the other parts, as in scattered designs, or where runs are missing.
    """
    pairs = _pairs(design, path)
    hits = {point: _hits(rows, point) for pair in pairs for point in pair}
    if not pairs or any(len(each) != runs for each in hits.values()):
        return None
    if len(pairs) == 1:
        first, last = pairs[0]
        return difference(hits[last], hits[first])
    by_run = np.mean([hits[last].astype(float) - hits[first] for first, last in pairs], axis=0)
    padded = np.append(by_run, [1.0 / len(pairs), -1.0 / len(pairs)])
    half = Z * float(padded.std(ddof=1)) / math.sqrt(len(padded))
    middle = float(padded.mean())
    return Difference(float(by_run.mean()), max(-1.0, middle - half), min(1.0, middle + half))


def _pairs(design: Design, path: str) -> list[tuple[int, int]]:
    """Design points with the first and with the last value of a part that differ in nothing else."""
    column = design.paths.index(path)
    values = [point[column] for point in design.points]
    first, last = ({_others(design, k, column): k for k, each in enumerate(values) if each == end} for end in
                   (values[0], values[-1]))  # fmt: skip
    return [(first[key], last[key]) for key in first] if values[0] != values[-1] and first.keys() == last.keys() else []


def _others(design: Design, point: int, column: int) -> tuple[str, ...]:
    return design.points[point][:column] + design.points[point][column + 1 :]


def _hits(rows: Rows, point: int) -> Flags:
    """Whether each run [n] of a design point agreed, in their order."""
    low, high = np.searchsorted(rows.point, [point, point + 1])
    part = slice(int(low), int(high))
    return np.asarray(agreed(rows)[part][np.argsort(rows.run[part], kind="stable")])
