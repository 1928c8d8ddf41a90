"""The figures of a sweep: shares of runs per design point, or per group of design points, with honest intervals.

Run k has the same luck at every design point. So the runs of a group of several points are no independent sample: those
of one number are correlated. Their intervals allow for that. With one point in each group they are plain Wilson intervals.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import LEVEL, Curve, Share, Z, agreed, curve_of, wilson_bounds
from sim.game import Flags, Floats, Ints
from sim.records import End, Rows, Why


@dataclass(frozen=True)
class Groups:
    """Rows sorted into G groups of design points, and in each group by the number of their run, K of them."""

    of_row: Ints  # [n] group of each row
    cell: Ints  # [n] group * K + run
    count: int  # G
    runs: int  # K
    sampled: Ints | None = None  # [n] design point of each row, where design points are a sample of many

    def sizes(self) -> Ints:
        """How many rows each group has [G]."""
        return np.bincount(self.of_row, minlength=self.count).astype(np.int64)

    def only(self, kept: Flags) -> "Groups":
        """Some of the rows [n], in the same groups."""
        sampled = None if self.sampled is None else self.sampled[kept]
        return Groups(self.of_row[kept], self.cell[kept], self.count, self.runs, sampled)


def grouped(rows: Rows, of_point: Ints, count: int, sampled: bool = False) -> Groups:
    """Rows in groups; `of_point` [N] says which of `count` groups each design point belongs to.

    The points of a grid are all there is to pool. Scattered ones are a sample: with `sampled`, intervals allow for
    others that might have been drawn in their place.
    """
    of_row = of_point[rows.point]
    runs = int(rows.run.max(initial=0)) + 1
    return Groups(of_row, of_row * runs + rows.run, count, runs, rows.point if sampled else None)


@dataclass(frozen=True)
class Shares:
    """Shares of rows in G groups with their intervals: sampling error only. A group without rows has nan in [0, 1]."""

    rows: Ints  # [G]
    estimate: Floats  # [G]
    low: Floats  # [G]
    high: Floats  # [G]
    level: float = LEVEL

    def __len__(self) -> int:
        return len(self.rows)

    def widest(self) -> float:
        """The width of the widest interval of a group that has rows."""
        known = self.rows > 0
        return float((self.high - self.low)[known].max(initial=0.0))

    def share(self, group: int) -> Share:
        """The share of one group."""
        estimate, n = float(self.estimate[group]), int(self.rows[group])
        hits = round(estimate * n) if n else 0
        return Share(estimate, float(self.low[group]), float(self.high[group]), hits, n, self.level)

    def part(self, groups: Ints) -> "Shares":
        """Some groups, in the order given."""
        return Shares(self.rows[groups], self.estimate[groups], self.low[groups], self.high[groups], self.level)


def shares(groups: Groups, flags: Flags) -> Shares:
    """The share of true flags [n] in each group, with the score interval (Wilson 1927) of its effective sample size.

    1. The share p of the n rows of a group is a ratio of two sums over runs: of s hits to m rows, run by run.
    2. Its linearised variance over that of n independent rows is the design effect (Kish 1965):
       sum over runs of (s - p m)^2, over n p (1 - p).
    3. Where design points are a sample, their further differences add to the variance: the same sum over points less
       that over rows (Cameron, Gelbach & Miller 2011), with J / (J - 1) for J points.
    4. Few hits, or few misses, tell little about the design effect. So it is drawn towards that of runs that always
       end alike, sum of m^2 over n, with the weight of z^2 hits.
    5. The interval is that of so many independent rows: n over the design effect, never more than n.
    """
    rows = groups.sizes()
    hits = np.bincount(groups.of_row[flags], minlength=groups.count)
    with np.errstate(invalid="ignore"):
        estimate = hits / rows
    low, high = wilson_bounds(estimate, rows / _design_effect(groups, flags, estimate, rows))
    return Shares(rows, estimate, low, high)


def _design_effect(groups: Groups, flags: Flags, estimate: Floats, rows: Ints) -> Floats:
    """By how much each group's [G] variance exceeds that of independent rows; at least 1."""
    cells = groups.count * groups.runs
    in_cell = np.bincount(groups.cell, minlength=cells).reshape(groups.count, groups.runs)
    if in_cell.max(initial=0) <= 1:
        return np.ones(groups.count)
    hits = np.bincount(groups.cell[flags], minlength=cells).reshape(groups.count, groups.runs)
    p = np.nan_to_num(estimate)
    found, expected = ((hits - p[:, None] * in_cell) ** 2).sum(axis=1), rows * p * (1 - p)
    if groups.sampled is not None:
        found = found + np.maximum(0.0, _between_points(groups, flags, p) - expected)
    most = (in_cell.astype(float) ** 2).sum(axis=1) / np.maximum(rows, 1)
    effect: Floats = np.maximum(1.0, (found + Z * Z * most) / (expected + Z * Z))
    return effect


def _between_points(groups: Groups, flags: Flags, p: Floats) -> Floats:
    """Sum over design points [G] of the squared residual of each; 0 where a group has only one."""
    assert groups.sampled is not None
    points = int(groups.sampled.max(initial=0)) + 1
    rows = np.bincount(groups.sampled, minlength=points)
    group = np.zeros(points, np.int64)
    group[groups.sampled] = groups.of_row  # a point is in one group
    residual = np.bincount(groups.sampled[flags], minlength=points) - p[group] * rows
    count = np.bincount(group[rows > 0], minlength=groups.count)
    total = np.bincount(group, residual**2, minlength=groups.count)
    return np.where(count > 1, total * count / np.maximum(1, count - 1), 0.0)


def ways_to_end(rows: Rows, has_core: bool) -> dict[str, Flags]:
    """How rows end, for each way that occurs; agreements are `kept` and `amended` where core terms are named."""
    hit = agreed(rows)
    ways = {"kept": hit & rows.core_kept, "amended": hit & ~rows.core_kept} if has_core else {"agreement": hit}
    ways |= {end.name.lower(): np.asarray(rows.end == end) for end in End if end is not End.AGREEMENT}
    return {way: flags for way, flags in ways.items() if flags.any()}


def reasons_of_rows(rows: Rows) -> dict[str, Flags]:
    """Why rows came to no agreement, for each reason that occurs."""
    failed = ~agreed(rows)
    found = {why.name.lower(): np.asarray(failed & (rows.why == why)) for why in Why}
    return {why: flags for why, flags in found.items() if flags.any()}


@dataclass(frozen=True)
class Figures:
    """The figures of G groups; ends and reasons are shares of all rows, of those only that occur somewhere."""

    likelihood: Shares
    core: Shares  # agreements that keep the core terms of the proposal
    ceiling: Shares  # rows with a zone of possible agreement
    holds: Floats  # [G] share of rows with an agreement that still holds after a year
    ends: Mapping[str, Shares]
    reasons: Mapping[str, Shares]
    median_round: Floats  # [G] rounds that had passed when half of the agreements were signed, nan without any
    terms: (
        Floats  # [G, P] mean terms of agreements by worth, nan where there are none; [G, 0] where nothing was written
    )


def figures(rows: Rows, groups: Groups) -> Figures:
    """The figures of groups of rows."""
    hit = agreed(rows)
    lasting = np.bincount(groups.of_row, hit * rows.holds, minlength=groups.count)
    with np.errstate(invalid="ignore"):
        holds = lasting / groups.sizes()
    return Figures(
        likelihood=shares(groups, hit),
        core=shares(groups, hit & rows.core_kept),
        ceiling=shares(groups, rows.zone),
        holds=holds,
        ends={end.name.lower(): shares(groups, rows.end == end) for end in End if (rows.end == end).any()},
        reasons={why: shares(groups, flags) for why, flags in reasons_of_rows(rows).items()},
        median_round=median_rounds(groups.of_row[hit], rows.round[hit], groups.count) + 1.0,
        terms=_means(groups.of_row[hit], rows.terms[hit], groups.count),
    )


def _means(group: Ints, columns: Floats, count: int) -> Floats:
    """Mean of each column [n, P] in each of `count` groups, over the cells that are numbers."""
    found = np.empty((count, columns.shape[1]))
    for p in range(columns.shape[1]):
        known = ~np.isnan(columns[:, p])
        totals = np.bincount(group[known], columns[known, p], minlength=count)
        with np.errstate(invalid="ignore"):
            found[:, p] = totals / np.bincount(group[known], minlength=count)
    return found


def median_rounds(group: Ints, round_: Ints, count: int) -> Floats:
    """Median of `round_` [n] in each of `count` groups, nan in an empty one; by counting, as rounds are few."""
    last = int(round_.max(initial=0)) + 1
    upto = np.bincount(group * last + round_, minlength=count * last).reshape(count, last).cumsum(axis=1)
    total = upto[:, -1]
    lower = (upto <= ((total - 1) // 2)[:, None]).sum(axis=1)
    upper = (upto <= (total // 2)[:, None]).sum(axis=1)
    return np.where(total > 0, (lower + upper) / 2, math.nan)


@dataclass(frozen=True)
class PointSummary:
    """The figures of one design point, as pictures of one study ask for them."""

    runs: int
    likelihood: Share
    core: Share
    amended: Share
    ceiling: Share
    curve: Curve
    ends: dict[str, Share]
    reasons: dict[str, Share]
    indicative: bool  # levers depend on the talks: the split between reasons is indicative


def summary_of(rows: Rows, rounds: int, indicative: bool) -> PointSummary:
    """The figures of the rows of one design point, whose talks last `rounds` at most."""
    one, hit = grouped(rows, np.zeros(int(rows.point.max(initial=0)) + 1, np.int64), 1), agreed(rows)
    ends = ways_to_end(rows, has_core=False)
    return PointSummary(
        runs=len(rows),
        likelihood=shares(one, hit).share(0),
        core=shares(one, hit & rows.core_kept).share(0),
        amended=shares(one, hit & ~rows.core_kept).share(0),
        ceiling=shares(one, rows.zone).share(0),
        curve=curve_of(rows.round[hit], len(rows), rounds),
        ends={end: shares(one, flags).share(0) for end, flags in ends.items()},
        reasons={why: shares(one, flags).share(0) for why, flags in reasons_of_rows(rows).items()},
        indicative=indicative,
    )
