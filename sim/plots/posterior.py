"""What a record teaches, as a picture: the likelihood before and after, and the numbers that move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.analysis.shares.likelihood import Curve
from sim.plots import page
from sim.plots.legends import Legend, explain, room_for
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 7.0, 4.6  # inches, as usual and at the least
CURVE, LOW = 2.6, 1.5  # inches of the upper axes with their labels, as usual and at the least
LABELS, FIGURES = 2.6, 1.3  # inches beside a row of numbers, left and right
PRIOR: dict[str, Any] = {"color": page.GREY, "marker": "o", "mfc": "white"}
POSTERIOR: dict[str, Any] = {"color": page.BLUE, "marker": "o"}


@dataclass(frozen=True)
class MovedRow:
    """A number that moves, placed on the range that it had before: 0 and 1 are the ends of its middle 80 %."""

    label: str
    figures: str  # from where to where, in its own units
    prior: tuple[float, float, float]  # low, mean, high
    posterior: tuple[float, float, float]


@page.styled
def before_and_after(
    before: Curve, after: Curve, rows: Sequence[MovedRow], title: str, subtitle: str, round_name: str,
    *, sheet: Sheet = USUAL,
) -> Figure:  # fmt: skip
    """The share that has agreed by the end of each round, before and after; under it a row for each number that moves."""
    foot = (
        f"{page.CAUTION} Bands: 95 % intervals, sampling error only. Rows: mean and middle 80 % of a number, on the range of "
        "its middle 80 % before; of what is so or not, how often it is so, from 0 to 100 %."
    )
    width = sheet.wide(WIDTH, NARROW)
    legend = Legend(
        [("Before the record", Line2D([], [], **PRIOR, lw=1.6)), ("After it", Line2D([], [], **POSTERIOR, lw=2.0))]
    )
    labels = [page.wrapped(row.label, page.SMALL, LABELS - 0.2) for row in rows]
    heights = [page.height_of(label, page.SMALL) + 0.12 for label in labels]
    under = sum(heights) + 0.35 if rows else 0.0
    figure = page.blank_page(
        title, subtitle, foot, width, CURVE + under, legend=room_for(width, legend), least=LOW + under, sheet=sheet
    )
    ratios = [page.room_of(figure) - under, under] if rows else [1.0]
    grid = figure.subplots(len(ratios), 1, squeeze=False, height_ratios=ratios)
    _draw_curves(grid[0, 0], before, after, round_name)
    if rows:
        _draw_rows(grid[1, 0], rows, labels, heights)
    explain(figure, width, legend)
    return page.finished(figure)


def _draw_curves(axes: Axes, before: Curve, after: Curve, round_name: str) -> None:
    for curve, look in ((before, PRIOR), (after, POSTERIOR)):
        rounds = np.concatenate([[0], curve.rounds])
        middle, low, high = (np.concatenate([[0.0], line]) for line in (curve.estimate, curve.low, curve.high))
        axes.fill_between(rounds, low, high, color=look["color"], alpha=0.2, lw=0)
        axes.plot(rounds, middle, color=look["color"], lw=2.0)
    top = max(0.05, float(max(before.high[-1], after.high[-1])) * 1.1)
    axes.set_ylim(0, min(1.0, top))
    axes.set_xlim(0, int(after.rounds[-1]))
    axes.yaxis.set_major_locator(MaxNLocator(5, min_n_ticks=2))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, min_n_ticks=1))
    axes.yaxis.grid(True, color=page.PALE, lw=0.4, zorder=0)
    axes.tick_params(labelsize=page.SMALL + 1, color=page.GREY)
    axes.set_xlabel(f"End of {round_name}", size=page.NORMAL)
    axes.set_ylabel("Share that has agreed", size=page.NORMAL)


def _draw_rows(axes: Axes, rows: Sequence[MovedRow], labels: Sequence[str], heights: Sequence[float]) -> None:
    ends = np.cumsum(heights)
    middles = ends - np.array(heights) / 2
    for row, y in zip(rows, middles, strict=True):
        axes.plot([row.prior[1], row.posterior[1]], [y - 0.035, y + 0.035], color=page.PALE, lw=0.9, zorder=1)
        for (low, mean, high), look, shift in ((row.prior, PRIOR, -0.035), (row.posterior, POSTERIOR, 0.035)):
            axes.plot([low, high], [y + shift] * 2, color=look["color"], lw=1.8, solid_capstyle="butt")
            axes.plot([mean], [y + shift], ls="", ms=4.5, **look, clip_on=False, zorder=3)
        page.write_beside(axes, row.figures, (1.0, y), (6, 0), size=page.SMALL, ha="left",
                          xycoords=axes.get_yaxis_transform())  # fmt: skip
    axes.set_ylim(ends[-1] + 0.05, 0.0)
    axes.set_yticks(middles, labels, size=page.SMALL)
    axes.margins(x=0.03)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_title("Numbers that move most", size=page.NORMAL, weight="bold", loc="left")
