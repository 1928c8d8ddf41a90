"""What it gives if a red line is never real, beside how often refusals name it. A row is a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.analysis.shares.difference import Difference
from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 8.0, 5.6  # inches, as usual and at the least
LABELS, NAMED = 3.4, 0.9  # inches beside the rows, left and right
ROW, EDGES = 0.16, 0.75  # inches between rows, and for the axis with its labels
MINUS = "\u2212"


@dataclass(frozen=True)
class LineRow:
    """A red line."""

    label: str
    change: Difference  # of the likelihood, where it is never real
    is_clear: bool  # of chance, as many lines are tried
    named: str  # in how many failing runs the last refusals name it


@page.styled
def removed_lines(rows: Sequence[LineRow], title: str, subtitle: str, *, sheet: Sheet = USUAL) -> Figure:
    """By how many points agreement is likelier without each red line, with its interval; most first."""
    foot = (
        f"{page.CAUTION} Each line is taken as never real, and the same runs are played again; whiskers: 95 % intervals, "
        "sampling error only. Filled: clear of chance, though many lines are tried. On the right: failing runs in whose last "
        "refusals it is named."
    )
    width = sheet.wide(WIDTH, NARROW)
    room = LABELS * width / WIDTH
    labels = [page.wrapped(row.label, page.SMALL, room - 0.2) for row in rows]
    heights = [page.height_of(label, page.SMALL) + ROW for label in labels]
    tall = sum(heights) + EDGES
    figure = page.blank_page(title, subtitle, foot, width, tall, least=tall, sheet=sheet)
    axes = figure.add_subplot()
    ends = np.cumsum(heights)
    middles = ends - np.array(heights) / 2
    _draw(axes, rows, middles)
    axes.set_yticks(middles, labels, size=page.SMALL)
    axes.set_ylim(float(ends[-1]), 0.0)
    _dress(axes)
    return page.finished(figure)


def _draw(axes: Axes, rows: Sequence[LineRow], middles: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
    axes.axvline(0.0, color=page.GREY, lw=0.9, zorder=1)
    for row, y in zip(rows, middles.tolist(), strict=True):
        change = row.change
        axes.plot([change.low, change.high], [y, y], color=page.BLACK, lw=1.0, zorder=2)
        fill = page.BLUE if row.is_clear else "white"
        axes.plot([change.estimate], [y], ls="", marker="o", ms=6, mec=page.BLUE, mfc=fill, mew=1.2, zorder=3)
        page.write_beside(axes, row.named, (1.0, y), (6, 0), size=page.SMALL, ha="left",
                          xycoords=axes.get_yaxis_transform())  # fmt: skip


def _points(change: float, _: object) -> str:
    said = f"{100 * change:+.0f}"
    return "0" if said in ("+0", "-0") else said.replace("-", MINUS)


def _dress(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(6, min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(_points))
    axes.xaxis.grid(True, color=page.PALE, lw=0.4, zorder=0)
    axes.margins(x=0.05)
    axes.tick_params(axis="x", labelsize=page.SMALL + 1, color=page.GREY)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Change of the likelihood without the line, in points", size=page.NORMAL)
