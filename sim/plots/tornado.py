"""What the likelihood hangs on, as a tornado: a bar for each assumption from its lowest to its highest fifth."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sim.plots import page
from sim.plots.legends import Legend, explain, room_for
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 7.0, 4.6  # inches, as usual and at the least
LABELS = 2.7  # inches beside a bar, to its left
TALL = 0.3  # inches of a row at the least
FOOT = (
    "Each bar: the likelihood in the lowest and in the highest fifth of an assumption, with intervals that allow for how "
    "many were looked at. Bars that noise explains are left out."
)
LOW, HIGH = page.VERMILLION, page.BLUE


@dataclass(frozen=True)
class Bar:
    """An assumption: its words, and the likelihood with its interval in its lowest and its highest fifth."""

    label: str
    low: tuple[float, float, float]  # estimate, lower and upper end
    high: tuple[float, float, float]


@page.styled
def tornado(bars: Sequence[Bar], middle: float, title: str, subtitle: str, *, sheet: Sheet = USUAL) -> Figure:
    """Bars, the longest on top, around the likelihood over all."""
    width = sheet.wide(WIDTH, NARROW)
    legend = Legend(
        [
            ("Lowest fifth", Line2D([], [], color=LOW, marker="o", lw=0)),
            ("Highest fifth", Line2D([], [], color=HIGH, marker="s", lw=0)),
        ]
    )
    labels = [page.wrapped(bar.label, page.SMALL, LABELS - 0.2) for bar in bars]
    heights = [max(TALL, page.height_of(label, page.SMALL) + 0.1) for label in labels]
    body = sum(heights) + 0.5
    figure = page.blank_page(
        title, subtitle, f"{page.CAUTION} {FOOT}", width, body, legend=room_for(width, legend), least=body, sheet=sheet
    )
    _draw(figure.subplots(), bars, labels, heights, middle)
    explain(figure, width, legend)
    return page.finished(figure)


def _draw(axes: Axes, bars: Sequence[Bar], labels: Sequence[str], heights: Sequence[float], middle: float) -> None:
    places, y = [], 0.0
    for bar, tall in zip(bars, heights, strict=True):
        at = y + tall / 2
        axes.plot([bar.low[0], bar.high[0]], [at, at], color=page.PALE, lw=7.0, solid_capstyle="butt", zorder=1)
        for (value, low, high), colour, mark, shift in ((bar.low, LOW, "o", -0.05), (bar.high, HIGH, "s", 0.05)):
            axes.plot([low, high], [at + shift, at + shift], color=colour, lw=1.0, zorder=2)
            axes.plot([value], [at + shift], color=colour, marker=mark, ms=4.5, zorder=3)
        places.append(at)
        y += tall
    axes.axvline(middle, color=page.GREY, lw=0.8, ls=":", zorder=0)
    axes.set_ylim(y, 0.0)
    axes.set_yticks(places, labels, size=page.SMALL)
    axes.tick_params(length=0, labelsize=page.SMALL)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.set_xlabel("Likelihood of agreement", size=page.NORMAL)
    axes.spines["left"].set_visible(False)
