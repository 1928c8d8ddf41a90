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
LOW, HIGH = page.VERMILLION, page.BLUE


@dataclass(frozen=True)
class Bar:
    """An assumption: its words, and the likelihood with its interval in its lowest and its highest fifth."""

    label: str
    low: tuple[float, float, float]  # estimate, lower and upper end
    high: tuple[float, float, float]


@dataclass(frozen=True)
class Words:
    """What the two ends of bars are, the axis, and what else a reader needs."""

    low: str
    high: str
    axis: str
    foot: str


OF_LIKELIHOOD = Words(
    "Lowest fifth",
    "Highest fifth",
    "Likelihood of agreement",
    "Each bar: the likelihood in the lowest and in the highest fifth of an assumption, with intervals that allow for how "
    "many were looked at. What noise explains is left out.",
)
OF_INTERACTIONS = Words(
    "Alone (first order)",
    "With all others (total)",
    "Part of the variance of the outcome",
    "What lies between the two is interaction, with other assumptions and with luck. Whiskers: intervals for sampling error.",
)


@page.styled
def tornado(
    bars: Sequence[Bar], title: str, subtitle: str, words: Words = OF_LIKELIHOOD, middle: float | None = None,
    *, sheet: Sheet = USUAL,
) -> Figure:  # fmt: skip
    """Bars, the longest on top, around the likelihood over all where that is given."""
    width = sheet.wide(WIDTH, NARROW)
    legend = Legend(
        [
            (words.low, Line2D([], [], color=LOW, marker="o", lw=0)),
            (words.high, Line2D([], [], color=HIGH, marker="s", lw=0)),
        ]
    )
    labels = [page.wrapped(bar.label, page.SMALL, LABELS - 0.2) for bar in bars]
    heights = [max(TALL, page.height_of(label, page.SMALL) + 0.1) for label in labels]
    body = sum(heights) + 0.5
    figure = page.blank_page(
        title,
        subtitle,
        f"{page.CAUTION} {words.foot}",
        width,
        body,
        legend=room_for(width, legend),
        least=body,
        sheet=sheet,
    )
    _draw(figure.subplots(), bars, labels, heights, middle)
    figure.axes[0].set_xlabel(words.axis, size=page.NORMAL)
    explain(figure, width, legend)
    return page.finished(figure)


def _draw(
    axes: Axes, bars: Sequence[Bar], labels: Sequence[str], heights: Sequence[float], middle: float | None
) -> None:
    places, y = [], 0.0
    for bar, tall in zip(bars, heights, strict=True):
        at = y + tall / 2
        axes.plot([bar.low[0], bar.high[0]], [at, at], color=page.PALE, lw=7.0, solid_capstyle="butt", zorder=1)
        for (value, low, high), colour, mark, shift in ((bar.low, LOW, "o", -0.05), (bar.high, HIGH, "s", 0.05)):
            axes.plot([low, high], [at + shift, at + shift], color=colour, lw=1.0, zorder=2)
            axes.plot([value], [at + shift], color=colour, marker=mark, ms=4.5, zorder=3)
        places.append(at)
        y += tall
    if middle is not None:
        axes.axvline(middle, color=page.GREY, lw=0.8, ls=":", zorder=0)
    axes.set_ylim(y, 0.0)
    axes.set_yticks(places, labels, size=page.SMALL)
    axes.tick_params(length=0, labelsize=page.SMALL)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.spines["left"].set_visible(False)
