"""The runs of a sweep that are in, with what is asked of them."""

import datetime
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.analysis.shares.axes import Axis, axis_of, crossed, is_number
from sim.analysis.shares.design_points import Figures, Shares, figures, grouped, shares
from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import agreed
from sim.analysis.shares.paired import from_first_to_last
from sim.analysis.shares.point_rows import figures_of_points
from sim.records import Design, Rows
from sim.report.wording.values import points_say, ranges_say
from sim.scenario import Scenario
from sim.scenario.calendar import calendar_of

MOST_VALUES = 12
MOST_POINTS = 40
"""Design points that a page lists one by one; of more it shows the extremes, and each parameter by itself."""


@dataclass(frozen=True)
class SweepReport:
    """The runs of a sweep that are in, with what they are runs of."""

    name: str
    scenario: Scenario
    design: Design
    rows: Rows
    runs: int  # asked for at each design point
    seed: int
    by: tuple[datetime.date, ...] = ()  # days that a likelihood was asked for

    @cached_property
    def by_days(self) -> dict[datetime.date, Shares]:
        """The likelihood at each design point by each day that was asked for."""
        calendar, groups = calendar_of(self.scenario), grouped(self.rows, np.arange(len(self.design)), len(self.design))
        hit = agreed(self.rows)
        return {
            day: shares(groups, hit & (self.rows.round < calendar.rounds_by(day)))
            for day in self.by
            if calendar is not None
        }

    @cached_property
    def figures(self) -> Figures:
        """Of each design point."""
        return figures_of_points(self.design, self.rows)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Of each path that varies, its values in words."""
        return {path: points_say(self.scenario, path, self.design.values(path)) for path in self.design.paths}

    def along(self, path: str) -> tuple[list[str], Figures]:
        """Values of a part in words, and the figures of the design points that share them, whatever else varies."""
        axis = axis_of(self.design, path, MOST_VALUES if is_number(self.design, path) else None)
        said = self.words[path]
        words = ranges_say(axis.edges.tolist()) if axis.is_binned else [said[text] for text in axis.texts]
        of_point, _ = crossed([axis], len(self.design))
        return words, figures(self.rows, grouped(self.rows, of_point, len(axis)))

    @cached_property
    def from_first_to_last(self) -> Difference | None:
        """The paired difference between the last design point and the first, where one thing varies and both are complete."""
        return self.apart(self.design.paths[0]) if len(self.design.paths) == 1 else None

    def apart(self, path: str) -> Difference | None:
        """The paired difference between the last value of a part and the first, averaged over what else varies."""
        return from_first_to_last(self.design, self.rows, self.runs, path)

    @cached_property
    def curve(self) -> tuple[Axis, Shares] | None:
        """The likelihood along a number that is the only thing that varies."""
        paths = self.design.paths
        if len(paths) != 1 or len(self.design) < 2 or not is_number(self.design, paths[0]):
            return None
        axis = axis_of(self.design, paths[0])
        of_point, _ = crossed([axis], len(self.design))
        return axis, figures(self.rows, grouped(self.rows, of_point, len(axis))).likelihood
