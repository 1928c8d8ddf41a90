"""A result as its pictures show it: its parts in words, its runs in groups, and what to bear in mind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.shares.axes import Axis, axis_of, crossed, is_grid, is_number, matching, narrowed, spread_out
from sim.analysis.shares.design_points import Groups, grouped
from sim.game import Game, Ints
from sim.plots import CAUTION, Heading, Scale, counted
from sim.records import Design, Rows
from sim.report.wording.paths import path_says
from sim.report.wording.scenario_values import stated
from sim.report.wording.values import ranges_say, value_says, values_say
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.files.result.reader import Result

FEW_RANGES = 3
"""Ranges into which scattered values are gathered where each gets a line or a panel of its own."""


@dataclass(frozen=True)
class Sweep:
    """Design points with the runs that are in, and the words that all of their pictures share."""

    scenario: Scenario
    design: Design
    rows: Rows
    seed: int
    runs: int  # of each design point, once it is finished
    numbers: tuple[int, ...]  # [N] of the design points in the whole result
    game_of: Callable[[int], Game]  # by such a number
    notes: tuple[str, ...] = ()  # what was left out

    @cached_property
    def finished(self) -> int:
        """Design points that have all of their runs."""
        return int(np.count_nonzero(np.bincount(self.rows.point, minlength=len(self.design)) >= self.runs))

    def unfinished(self) -> str:
        """How far it is, or nothing once it is finished."""
        if self.finished == len(self.design):
            return ""
        if len(self.design) == 1:
            return f"unfinished: {len(self.rows):,} of {counted(self.runs)} are in"
        return f"unfinished: {self.finished} of {len(self.design)} design points have all of their {counted(self.runs)}"

    def says(self, path: str) -> str:
        """A path in words."""
        return path_says(self.scenario, path)

    def swept(self) -> list[str]:
        """Paths that have more than one value."""
        return [path for path in self.design.paths if self.values(path) > 1]

    def is_number(self, path: str) -> bool:
        """Whether a path has numbers for values."""
        return is_number(self.design, path)

    def values(self, path: str) -> int:
        """How many values a path has."""
        return len(set(self.design.values(path)))

    def game(self) -> Game:
        """The game of the first design point."""
        return self.game_of(self.numbers[0])

    def at(self, wanted: Mapping[str, str]) -> "Sweep":
        """Only the design points with these values."""
        return self.only(matching(self.design, wanted)) if wanted else self

    def only(self, points: Ints, *notes: str) -> "Sweep":
        """Only some design points, with what is to be said of that."""
        design, rows = narrowed(self.design, self.rows, points)
        numbers = tuple(self.numbers[k] for k in points.tolist())
        return replace(self, design=design, rows=rows, numbers=numbers, notes=(*self.notes, *notes))

    def thinned(self, path: str | None, most: int) -> "Sweep":
        """Only so many values of a part of a grid, evenly spread."""
        points = spread_out(self.design, path, most) if path is not None else np.arange(len(self.design))
        if path is None or len(points) == len(self.design):
            return self
        return self.only(
            points, f"Shown are {most} of the {self.values(path)} values of \u201c{self.says(path)}\u201d."
        )

    def axis(self, path: str | None, ranges: int | None = None) -> Axis | None:
        """A part as an axis, if there is one."""
        return None if path is None else axis_of(self.design, path, ranges)

    def scale(self, axis: Axis) -> Scale:
        """An axis in words."""
        return scale_of(self.scenario, axis)

    def panels(self, axis: Axis | None) -> list[str]:
        """Names of the panels of an axis: what it is, and its values."""
        if axis is None:
            return [""]
        scale = self.scale(axis)
        return [f"{scale.label}: {name}" for name in scale.names]

    def groups(self, *axes: Axis | None) -> Groups:
        """Rows by the places of axes, the last one changing fastest; an axis that is none has one place."""
        of_point, shape = crossed([axis for axis in axes if axis is not None], len(self.design))
        return grouped(self.rows, of_point, int(np.prod(shape, dtype=int)), sampled=not is_grid(self.design))

    def title(self) -> str:
        """The scenario, the values of the design point where there is only one, and how far it is if it is unfinished."""
        state = self.unfinished()
        return f"{self.setting()} ({state})" if state else self.setting()

    def setting(self) -> str:
        """The scenario, and the values of the design point where there is only one."""
        values = [
            f"{self.says(path)} = {value_says(self.scenario, path, text)}" for path, text in self.design.overrides(0)
        ]
        return (
            f"{self.scenario.title}; {', '.join(values)}" if values and len(self.design) == 1 else self.scenario.title
        )

    def heading(self, what: str, groups: Groups, axes: Sequence[Axis | None], intervals: str, *notes: str) -> Heading:
        """The scenario; what is shown, of how many runs and how sure that is; what to bear in mind."""
        drawn = [axis for axis in axes if axis is not None]
        foot = " ".join([CAUTION, *notes, *self.notes, *self._pooled(drawn), self._luck()])
        state = self.unfinished()
        before = f"{state[0].upper()}{state[1:]}. " if state else ""
        return Heading(self.scenario.title, f"{before}{what} ({self._runs(groups.sizes())}; {intervals})", foot)

    def _runs(self, sizes: Ints) -> str:
        """How many runs there are in each group that has any."""
        some = sizes[sizes > 0]
        if not len(some):
            return "no runs yet"
        least, most = int(some.min()), int(some.max())
        each = counted(most) if least == most else f"{least:,} to {counted(most)}"
        return f"{each} each, {len(self.rows):,} in all" if len(some) > 1 else each

    def _pooled(self, axes: Sequence[Axis]) -> list[str]:
        """Parts that are not drawn, with what that means for intervals, and parts in ranges."""
        notes = []
        left = [path for path in self.design.paths if path not in {axis.path for axis in axes}]
        pooled = [path for path in left if path in self.swept()]
        fixed = [path for path in left if path not in self.swept()]
        if pooled:
            said = " and ".join(f"\u201c{self.says(path)}\u201d ({self.values(path)} values)" for path in pooled)
            allowing = "that share their luck" + ("" if is_grid(self.design) else " and for design points that differ")
            notes.append(f"Pooled over {said}; intervals allow for runs {allowing}.")
        if fixed:
            said = ", ".join(
                f"{self.says(path)} = {value_says(self.scenario, path, self.design.values(path)[0])}" for path in fixed
            )
            notes.append(f"With {said}.")
        ranges = [f"{len(axis)} ranges of \u201c{self.says(axis.path)}\u201d" for axis in axes if axis.is_binned]
        if ranges:
            notes.append(
                f"The {len(self.design)} design points lie scattered; they are gathered into {' and '.join(ranges)}."
            )
        return notes

    def state(self) -> list[str]:
        """What is not played yet, and the luck that was drawn, for pictures that have no heading of this kind."""
        unfinished = self.unfinished()
        return [*([f"{unfinished[0].upper()}{unfinished[1:]}."] if unfinished else []), self._luck()]

    def _luck(self) -> str:
        """The luck that was drawn."""
        same = " and the same luck at every design point" if len(self.design) > 1 else ""
        return f"Seed {self.seed}{same}."


def scale_of(scenario: Scenario, axis: Axis) -> Scale:
    """An axis in the words of a scenario."""
    path = axis.path
    names = ranges_say(axis.edges.tolist()) if axis.is_binned else values_say(scenario, path, axis.texts)
    return Scale(axis, path_says(scenario, path), tuple(names), stated(scenario, path) if axis.is_number else None)


def sweep_of(result: "Result") -> Sweep:
    """A result of negotiations in words."""
    seed, runs = int(result.manifest["seed"]), int(result.manifest["runs"])
    numbers = tuple(range(len(result.design)))
    return Sweep(result.scenario, result.design, result.rows, seed, runs, numbers, result.game)
