"""What pictures of a sweep share: a swept part as an axis in words, panels, and how shares and numbers are marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis as MplAxis
from matplotlib.axis import XAxis, YAxis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator, PercentFormatter

from sim.analysis.axes import Axis
from sim.analysis.points import Shares
from sim.analysis.tipping import Tipping
from sim.game import Floats
from sim.plots.page import BLACK, GREY, NORMAL, PALE, SMALL, height_of, width_of, wrapped

ONE, SEVERAL = 7.0, 9.4
"""Widths of a picture with one panel and with several, in inches."""

TALL, LOW = 3.4, 2.1
"""Heights of the only panel and of one of several, in inches."""

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
class Line:
    """A curve: its name, its shares [C] and where they cross the level."""

    name: str
    shares: Shares
    ceiling: Shares | None = None
    tippings: tuple[Tipping, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Curves on the same axes."""

    name: str
    lines: tuple[Line, ...]


def between(scale: Scale, margin: float) -> tuple[float, float]:
    """Both ends of a scale with a margin beyond them, as a part of its length."""
    return scale.value(-margin), scale.value(1 + margin)


def columns_of(panels: int) -> int:
    """How many panels stand side by side."""
    return {1: 1, 2: 2, 4: 2}.get(panels, 3)


def width_for(panels: int) -> float:
    """Width of a picture of so many panels."""
    return ONE if panels == 1 else SEVERAL


def titles(names: Sequence[str]) -> list[str]:
    """Names of panels, in lines that fit above them."""
    count = columns_of(len(names))
    return [wrapped(name, NORMAL, width_for(len(names)) / count - 0.8, "bold") for name in names]


def height_for(names: Sequence[str], panel: float) -> float:
    """Height of panels with their titles, in inches."""
    across, found = columns_of(len(names)), titles(names)
    rows = [found[k : k + across] for k in range(0, len(found), across)]
    return sum(panel + max(height_of(name, NORMAL) for name in row) for row in rows) + 0.3


def panels(figure: Figure, names: Sequence[str]) -> list[Axes]:
    """Axes in rows, each under its name, on equal scales; the last ones of a column have its ticks."""
    across = columns_of(len(names))
    grid = figure.subplots(math.ceil(len(names) / across), across, sharex=True, sharey=True, squeeze=False)
    for k, axes in enumerate(grid.flat):
        if k >= len(names):
            axes.remove()
            continue
        axes.set_title(titles(names)[k], size=NORMAL, weight="bold", loc="left")
        axes.tick_params(labelbottom=k + across >= len(names), labelleft=k % across == 0)
    return list(grid.flat[: len(names)])


def dress_shares(axis: MplAxis, top: float = 1.0) -> None:
    """A scale of shares, in per cent."""
    axis.set_ticks([0, 0.25, 0.5, 0.75, 1.0])
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


def stated_key(*scales: Scale) -> dict[str, Artist]:
    """What the legend says of such marks."""
    said = " and ".join(scale.axis.number(value) for scale in scales for value in scale.shown_stated())
    return {f"the scenario's own value, or its middle: {said}": Line2D([], [], marker="^", **STATED)} if said else {}


def say_empty(axes: Axes, words: str) -> None:
    """In the middle of axes that have nothing to show: why."""
    axes.text(
        0.5, 0.5, words, transform=axes.transAxes, size=NORMAL, ha="center", va="center", zorder=7,
        bbox={"facecolor": "white", "edgecolor": GREY, "linewidth": 0.6, "pad": 4.0},
    )  # fmt: skip


def under(axes: Axes, label: str, inches: float) -> None:
    """The name of a horizontal axis."""
    axes.set_xlabel(wrapped(label, NORMAL, inches), size=NORMAL)
