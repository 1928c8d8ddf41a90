"""How likely an agreement is, week by week."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.analysis.shares.likelihood import Curve, Share
from sim.game import Floats
from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

if TYPE_CHECKING:
    from sim.analysis.shares.design_points import PointSummary
    from sim.analysis.summary import Summary

WIDTH, NARROW = 7.0, 3.3  # inches, as usual and at the least
TALL, LOW = 3.4, 1.5  # inches of the axes with their labels
BESIDE, UNDER = 1.6, 0.55  # inches beside and under the axes


@page.styled
def likelihood_by_round(
    summary: "Summary | PointSummary", title: str, round_name: str, until: str = "", *, sheet: Sheet = USUAL
) -> Figure:
    """The share of runs that have agreed by the end of each round, its band, and the structural ceiling.

    `round_name` is what the scenario calls a round, as a noun; `until` the day on which the last one is over, or nothing.
    """
    share = summary.likelihood
    end = f"{round_name} {summary.curve.rounds[-1]}{f', {until}' if until else ''}"
    subtitle = (
        f"Likelihood of agreement: {page.percent(share)} after {end} "
        f"({page.level(share)} interval {page.interval(share)}, {page.counted(summary.runs)})"
    )
    foot = f"{page.CAUTION} The band is the {page.level(share)} Wilson interval of each share: sampling error only."
    width = sheet.wide(WIDTH, NARROW)
    figure = page.blank_page(title, subtitle, foot, width, TALL, least=LOW, sheet=sheet)
    axes, inches, tall = figure.add_subplot(), width - BESIDE, page.room_of(figure) - UNDER
    said = page.wrapped(
        f"Structural ceiling {page.percent(summary.ceiling)}: runs in which some package finds the consent it needs",
        page.SMALL,
        inches,
    )
    if summary.runs:
        _draw_ceiling(axes, summary.ceiling, said)
        _draw_curve(axes, summary.curve)
        _draw_end(axes, share, int(summary.curve.rounds[-1]))
    _dress(axes, int(summary.curve.rounds[-1]), round_name, inches, tall)
    axes.set_ylim(
        0, 1 / (1 - (page.height_of(said, page.SMALL) + 0.1) / tall)
    )  # room for a label above a ceiling of one
    return page.finished(figure)


def _draw_curve(axes: Axes, curve: Curve) -> None:
    """The curve and its band, from nothing agreed before the first round."""

    def from_zero(values: Floats) -> Floats:
        return np.concatenate([[0.0], values])

    rounds = np.concatenate([[0], curve.rounds])
    axes.fill_between(rounds, from_zero(curve.low), from_zero(curve.high), color=page.BLUE, alpha=0.22, lw=0, zorder=2)
    axes.plot(rounds, from_zero(curve.estimate), color=page.BLUE, lw=2.0, zorder=3)


def _draw_end(axes: Axes, share: Share, last: int) -> None:
    below, above = share.estimate - share.low, share.high - share.estimate
    axes.errorbar(
        last, share.estimate, [[max(0.0, below)], [max(0.0, above)]], fmt="o", color=page.BLUE, ms=5, capsize=3, zorder=4,
        clip_on=False,
    )  # fmt: skip
    for text, size, weight, shift in (
        (page.percent(share), 12, "bold", 5),
        (page.interval(share), page.SMALL, "normal", -7),
    ):
        page.write_beside(
            axes, text, (last, share.estimate), (9, shift), size=size, weight=weight, color=page.BLUE, ha="left"
        )


def _draw_ceiling(axes: Axes, ceiling: Share, said: str) -> None:
    """A thin line at the share of runs with a zone of possible agreement."""
    axes.axhline(ceiling.estimate, color=page.BLACK, lw=0.9, ls=(0, (6, 3)), zorder=1)
    axes.annotate(
        said, (0, ceiling.estimate), xycoords=("axes fraction", "data"), xytext=(4, 3), textcoords="offset points",
        size=page.SMALL, color=page.GREY, ha="left", va="bottom", zorder=5, linespacing=1.1,
    )  # fmt: skip


def _dress(axes: Axes, last: int, round_name: str, inches: float, tall: float) -> None:
    axes.set_xlim(0, last)
    axes.spines["left"].set_bounds(0, 1)
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0] if tall > 1.3 else [0, 0.5, 1.0])
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.xaxis.set_major_locator(
        MaxNLocator(max(2, int(inches / 0.4)), steps=[1, 2, 4, 5, 10], integer=True, min_n_ticks=1)
    )
    axes.yaxis.grid(True, color=page.PALE, lw=0.4, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=page.SMALL + 1, color=page.GREY)
    axes.set_xlabel(f"End of {round_name}", size=page.NORMAL)
    axes.set_ylabel(page.wrapped("Share of runs that have agreed", page.NORMAL, tall), size=page.NORMAL)
