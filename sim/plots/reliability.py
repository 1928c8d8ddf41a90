"""Whether what is given 70 % comes about in 70 %: the reliability curve of a few forecasts."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

if TYPE_CHECKING:
    from sim.analysis.validation.reliability import Reliability

WIDTH, NARROW = 4.6, 3.3  # inches, as usual and at the least
TALL, LOW = 3.9, 2.4  # inches of the axes with their labels
LARGEST = 11.0  # points across, of the mark of most answers


@page.styled
def reliability_diagram(
    curve: "Reliability", band: float, title: str, subtitle: str, *, sheet: Sheet = USUAL
) -> Figure:
    """The rising curve of what came about over what was foretold, and the band where it would lie if forecasts were right."""
    foot = (
        f"{page.CAUTION} The curve is the best rising one (CORP). In {100 * band:.0f} % of lists it would lie in the band "
        "at each forecast if forecasts were right. Larger marks stand for more answers."
    )
    figure = page.blank_page(title, subtitle, foot, sheet.wide(WIDTH, NARROW), TALL, least=LOW, sheet=sheet)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color=page.GREY, lw=0.9, ls=(0, (6, 3)), zorder=1)
    _draw_band(axes, curve)
    axes.plot(curve.forecast, curve.observed, color=page.BLUE, lw=1.6, zorder=3)
    size = (LARGEST**2) * curve.count / curve.count.max()
    axes.scatter(
        curve.forecast, curve.observed, s=np.maximum(size, 9.0), color=page.BLUE, zorder=4, clip_on=False, lw=0
    )
    _dress(axes)
    return page.finished(figure)


def _draw_band(axes: Axes, curve: "Reliability") -> None:
    """The band between forecasts, and an upright line at each of them, as there may be one alone."""
    axes.fill_between(curve.forecast, curve.low, curve.high, color=page.BLUE, alpha=0.18, lw=0, zorder=2)
    axes.vlines(curve.forecast, curve.low, curve.high, color=page.BLUE, alpha=0.35, lw=1.5, zorder=2)


def _dress(axes: Axes) -> None:
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)
    for side, axis in (("bottom", axes.xaxis), ("left", axes.yaxis)):
        axes.spines[side].set_bounds(0, 1)
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1.0])
        axis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.grid(True, color=page.PALE, lw=0.4, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=page.SMALL + 1, color=page.GREY)
    axes.set_xlabel("Probability of taking, as foretold", size=page.NORMAL)
    axes.set_ylabel("Share that took", size=page.NORMAL)
