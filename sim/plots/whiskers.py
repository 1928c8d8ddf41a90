"""Estimates with their intervals, a row each: changes about zero, or shares from 0 to 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 8.0, 5.6  # inches, as usual and at the least
LABELS = 3.4  # inches for labels, of the usual width
ROW, EDGES = 0.16, 0.75  # inches between rows, and for the axis with its labels
MINUS = "\u2212"


@dataclass(frozen=True)
class WhiskerRow:
    """An estimate with its interval, fractions."""

    label: str
    estimate: float
    low: float
    high: float
    is_filled: bool = True
    beside: str = ""  # at the right-hand edge


@page.styled
def whiskers(
    rows: Sequence[WhiskerRow], axis: str, foot: str, title: str, subtitle: str, *, are_shares: bool = False,
    sheet: Sheet = USUAL,
) -> Figure:  # fmt: skip
    """The rows from above; `axis` is what is told of each, in points or, of shares, in per cent."""
    width = sheet.wide(WIDTH, NARROW)
    labels = [page.wrapped(row.label, page.SMALL, LABELS * width / WIDTH - 0.2) for row in rows]
    heights = [page.height_of(label, page.SMALL) + ROW for label in labels]
    tall = sum(heights) + EDGES
    figure = page.blank_page(title, subtitle, f"{page.CAUTION} {foot}", width, tall, least=tall, sheet=sheet)
    axes, ends = figure.add_subplot(), np.cumsum(heights)
    middles = (ends - np.array(heights) / 2).tolist()
    for row, y in zip(rows, middles, strict=True):
        _draw(axes, row, y)
    axes.set_yticks(middles, labels, size=page.SMALL)
    axes.set_ylim(float(ends[-1]), 0.0)
    axes.set_xlabel(axis, size=page.NORMAL)
    _dress(axes, are_shares)
    return page.finished(figure)


def _draw(axes: Axes, row: WhiskerRow, y: float) -> None:
    mark: dict[str, Any] = {"marker": "o", "ms": 6, "mec": page.BLUE, "mew": 1.2}
    axes.plot([row.low, row.high], [y, y], color=page.BLACK, lw=1.0, zorder=2)
    axes.plot([row.estimate], [y], ls="", mfc=page.BLUE if row.is_filled else "white", zorder=3, clip_on=False, **mark)
    page.write_beside(
        axes, row.beside, (1.0, y), (8, 0), size=page.SMALL, ha="left", xycoords=axes.get_yaxis_transform()
    )


def _dress(axes: Axes, are_shares: bool) -> None:
    if are_shares:
        axes.set_xlim(0.0, 1.0)
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    else:
        axes.axvline(0.0, color=page.GREY, lw=0.9, zorder=1)
        axes.margins(x=0.05)
        axes.xaxis.set_major_locator(MaxNLocator(6, min_n_ticks=2))
        axes.xaxis.set_major_formatter(FuncFormatter(_points))
    axes.xaxis.grid(True, color=page.PALE, lw=0.4, zorder=0)
    axes.tick_params(axis="x", labelsize=page.SMALL + 1, color=page.GREY)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _points(change: float, _: object) -> str:
    said = f"{100 * change:+.0f}"
    return "0" if said in ("+0", "-0") else said.replace("-", MINUS)
