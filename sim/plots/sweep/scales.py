"""What pictures of a sweep share: a swept part as an axis in words, panels, and how shares and numbers are marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis as MplAxis
from matplotlib.axis import XAxis, YAxis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator, PercentFormatter

from sim.analysis.shares.axes import Axis
from sim.analysis.shares.design_points import Shares
from sim.analysis.shares.tipping import Tipping
from sim.game import Floats
from sim.plots.legends import LegendEntry
from sim.plots.page import BLACK, GREY, NORMAL, PALE, SMALL, height_of, room_of, width_of, wrapped
from sim.plots.sheet import Sheet

ONE, SEVERAL = 7.0, 9.4
"""Widths of a picture with one panel and with several, in inches."""

TALL, LOW = 3.4, 2.1
"""Heights of the only panel and of one of several, in inches."""

NARROW = 3.3
"""The least width of a picture, in inches: a column of a journal."""

PANEL = 2.6
"""Inches that one of several panels is wide at the least."""

STATED: dict[str, Any] = {"color": BLACK, "ls": "", "ms": 8, "mec": "white", "mew": 0.7, "clip_on": False, "zorder": 8}
"""How a mark at the edge of the axes looks that shows what the scenario itself states."""

NO_RUNS = "no runs are in yet"
EMPTY: dict[str, Any] = {"facecolor": "#E8E8E8", "hatch": "////", "edgecolor": GREY, "linewidth": 0.0}
"""How a place looks where nothing has been played."""


@dataclass(frozen=True)
class Heading:
    """What stands above and below a picture."""

    title: str
    subtitle: str
    foot: str


@dataclass(frozen=True)
class Scale:
    """A swept part as a reader sees it."""

    axis: Axis
    label: str
    names: tuple[str, ...]  # [C] words for its values
    stated: float | None = None  # what the scenario itself states, the middle of it where that is uncertain

    def shown_stated(self) -> list[float]:
        """What the scenario states, where that lies within what was swept."""
        is_within = self.stated is not None and self.axis.at[0] <= self.stated <= self.axis.at[-1]
        return [self.stated] if self.stated is not None and is_within and self.is_line() else []

    def is_line(self) -> bool:
        """Whether places follow each other on a line; one of them, or words, stand in rows."""
        return self.axis.is_number and len(self.axis) > 1

    def places(self) -> Floats:
        """Where each place stands on the scale [C], from 0 to 1."""
        lengths = self.axis.on_scale(self.axis.at)
        places: Floats = (lengths - lengths[0]) / (float(np.ptp(lengths)) or 1.0)
        return places

    def value(self, place: float) -> float:
        """The value at a place on the scale from 0 to 1."""
        lengths = self.axis.on_scale(self.axis.at)
        return float(self.axis.off_scale(lengths[0] + place * np.ptp(lengths)))


@dataclass(frozen=True)
class Curve:
    """A curve: its name, its shares [C] and where they cross the level."""

    name: str
    shares: Shares
    ceiling: Shares | None = None
    tippings: tuple[Tipping, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Curves on the same axes."""

    name: str
    lines: tuple[Curve, ...]


def between(scale: Scale, margin: float) -> tuple[float, float]:
    """Both ends of a scale with a margin beyond them, as a part of its length."""
    return scale.value(-margin), scale.value(1 + margin)


def columns_of(panels: int, width: float) -> int:
    """How many panels stand side by side in `width` inches."""
    return max(1, min({1: 1, 2: 2, 4: 2}.get(panels, 3), int(width / PANEL)))


def width_for(panels: int, sheet: Sheet, least: float = NARROW) -> float:
    """Width of a picture of so many panels.

    Raises:
        TooSmallError: the sheet is narrower than `least` inches.
    """
    return sheet.wide(ONE if panels == 1 else SEVERAL, least)


@dataclass(frozen=True)
class PanelRows:
    """Panels in rows, each under its name, in a picture `width` inches wide."""

    names: tuple[str, ...]
    width: float

    @property
    def across(self) -> int:
        """How many stand side by side."""
        return columns_of(len(self.names), self.width)

    def titles(self) -> list[str]:
        """Names, in lines that fit above the panels."""
        return [wrapped(name, NORMAL, self.width / self.across - 0.8, "bold") for name in self.names]

    def height(self, panel: float) -> float:
        """Height of all with their titles, of which each panel has so many inches."""
        rows, titles = self._rows(), self.titles()
        return rows * panel + self._titles(titles) + 0.3

    def panel(self, figure: Figure, natural: float, more: float = 0.0) -> float:
        """Height of a panel on a page, where it would be `natural` inches, and all of them `more` in all, on a usual one."""
        return natural + (room_of(figure) - self.height(natural) - more) / self._rows()

    def draw(self, figure: Figure) -> list[Axes]:
        """Axes on equal scales; the last ones of a column have its ticks."""
        count, across, titles = len(self.names), self.across, self.titles()
        grid = figure.subplots(self._rows(), across, sharex=True, sharey=True, squeeze=False)
        for k, axes in enumerate(grid.flat):
            if k >= count:
                axes.remove()
                continue
            axes.set_title(titles[k], size=NORMAL, weight="bold", loc="left")
            axes.tick_params(labelbottom=self.is_lowest(k), labelleft=k % across == 0)
        return list(grid.flat[:count])

    def is_lowest(self, k: int) -> bool:
        """Whether no panel stands under one."""
        return k + self.across >= len(self.names)

    def _rows(self) -> int:
        return math.ceil(len(self.names) / self.across)

    def _titles(self, titles: Sequence[str]) -> float:
        rows = [titles[k : k + self.across] for k in range(0, len(titles), self.across)]
        return sum(max(height_of(name, NORMAL) for name in row) for row in rows)


def dress_shares(axis: MplAxis, top: float = 1.0, inches: float = 5.0) -> None:
    """A scale of shares, in per cent, `inches` long."""
    label = 0.44 if isinstance(axis, XAxis) else 0.17
    axis.set_ticks([0, 0.25, 0.5, 0.75, 1.0] if inches > 4 * label else [0, 0.5, 1.0])
    axis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axis.grid(True, color=PALE, lw=0.4)
    axis.axes.set_axisbelow(True)
    axis.set_tick_params(labelsize=SMALL + 0.5, color=GREY)
    if isinstance(axis, YAxis):
        axis.axes.set_ylim(0, top)
        axis.axes.spines["left"].set_bounds(0, 1)
    else:
        axis.axes.set_xlim(0, top)


def dress_numbers(axis: MplAxis, scale: Scale, inches: float) -> None:
    """A scale of numbers: a tick at every value where they are few, else at some of them or at round numbers."""
    room = [width_of(name, SMALL + 0.5) + 0.1 if isinstance(axis, XAxis) else 0.2 for name in scale.names]
    places = (scale.places() * inches).tolist()
    kept = fitting(places, room)
    if scale.axis.is_geometric():
        set_scale = axis.axes.set_xscale if isinstance(axis, XAxis) else axis.axes.set_yscale
        set_scale("log")
        axis.set_minor_locator(NullLocator())
    if scale.axis.is_geometric() or (len(kept) == len(places) and not scale.axis.is_binned):
        axis.set_ticks([float(scale.axis.at[k]) for k in kept], [scale.names[k] for k in kept])
    else:
        axis.set_major_locator(MaxNLocator(max(2, min(8, int(inches / 0.55))), steps=[1, 2, 2.5, 5, 10]))
    axis.set_tick_params(labelsize=SMALL + 0.5, color=GREY)


def fitting(places: Sequence[float], room: Sequence[float]) -> list[int]:
    """Labels at places, in inches, that stand clear of the one before."""
    kept: list[int] = []
    for k, place in enumerate(places):
        if not kept or place - places[kept[-1]] > (room[k] + room[kept[-1]]) / 2:
            kept.append(k)
    return kept


def mark_stated(axes: Axes, x: Scale, y: Scale | None = None) -> None:
    """Marks at the edges of the axes for what the scenario itself states."""
    for value in x.shown_stated():
        axes.plot(value, 0, marker="^", transform=axes.get_xaxis_transform(), **STATED)
    for value in y.shown_stated() if y is not None else []:
        axes.plot(0, value, marker=">", transform=axes.get_yaxis_transform(), **STATED)


def stated_entries(*scales: Scale) -> list[LegendEntry]:
    """What the legend says of such marks."""
    said = " and ".join(scale.axis.number(value) for scale in scales for value in scale.shown_stated())
    return [(f"the scenario's own value, or its middle: {said}", Line2D([], [], marker="^", **STATED))] if said else []


def say_empty(axes: Axes, words: str) -> None:
    """In the middle of axes that have nothing to show: why."""
    axes.text(
        0.5, 0.5, words, transform=axes.transAxes, size=NORMAL, ha="center", va="center", zorder=7,
        bbox={"facecolor": "white", "edgecolor": GREY, "linewidth": 0.6, "pad": 4.0},
    )  # fmt: skip


def under_columns(names: Sequence[str], size: float, room: float, tall: float) -> tuple[list[str], bool]:
    """Names in lines that fit `room` inches each; turned, in lines of `tall` inches, where too many or words are broken."""
    level = [wrapped(name, size, room) for name in names]
    is_whole = all("".join(name.split("\n")).count(" ") >= name.count("\n") for name in level)
    if room > 0.3 and is_whole and max(name.count("\n") for name in level) <= 2:
        return level, False
    return [wrapped(name, size, tall) for name in names], True


def under(axes: Axes, label: str, inches: float) -> None:
    """The name of a horizontal axis."""
    axes.set_xlabel(wrapped(label, NORMAL, inches), size=NORMAL)
