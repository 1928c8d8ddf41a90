"""How often worlds have a zone of agreement along a swept part, and how many packages are in it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from sim.analysis.shares.design_points import Shares
from sim.game import Floats
from sim.plots import page
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep import scales

HIGH, LOW = 2.4, 1.0  # inches of a panel, as usual and at the least
LINE: dict[str, Any] = {"color": page.BLUE, "lw": 1.8, "marker": "o", "ms": 4.5, "mec": "white", "mew": 0.5}
SIZE: dict[str, Any] = {
    "color": page.BLACK,
    "lw": 1.4,
    "ls": (0, (5, 2)),
    "marker": "s",
    "ms": 4,
    "mec": "white",
    "mew": 0.5,
}
BAR: dict[str, Any] = {"ls": "", "elinewidth": 1.4, "capsize": 3}
BAND = 0.22
TURNED = 1.3  # inches for words that are turned


@dataclass(frozen=True)
class Zones:
    """Zones at C places of an axis."""

    shares: Shares  # [C] worlds with a zone
    packages: Floats  # [3, C] in it at the 5th, 50th and 95th percentile of worlds


@page.styled
def zones_along(zones: Zones, scale: scales.Scale, heading: scales.Heading, *, sheet: Sheet = USUAL) -> Figure:
    """The share of worlds with a zone above, and below it how many packages are in it, on a scale of powers of ten."""
    width = sheet.wide(scales.ONE, scales.NARROW)
    legend, words = _legend(zones, scale), 0.4 + _words_height(scale, width - 1.0)
    figure = page.blank_page(
        heading.title, heading.subtitle, heading.foot, width, 2 * HIGH + words, sheet=sheet,
        legend=room_for(width, legend) + 0.05, least=2 * LOW + words,
    )  # fmt: skip
    upper, lower = figure.subplots(2, 1, sharex=True)
    x = scale.axis.at if scale.is_line() else np.arange(len(scale.names), dtype=float)
    _draw_shares(upper, x, zones.shares, scale.is_line())
    _draw_sizes(lower, x, zones.packages, scale.is_line())
    _dress_places(lower, scale, x, width - 1.0)
    tall = (page.room_of(figure) - words) / 2 - 0.2
    upper.set_ylabel(page.wrapped("Worlds with a zone", page.NORMAL, tall), size=page.NORMAL)
    lower.set_ylabel(page.wrapped("Packages in it", page.NORMAL, tall), size=page.NORMAL)
    figure.align_ylabels()
    if scale.is_line():
        scales.mark_stated(upper, scale)
    explain(figure, width, legend)
    return page.finished(figure)


def _draw_shares(axes: Axes, x: Floats, shares: Shares, joined: bool) -> None:
    known = np.isfinite(shares.estimate)
    if joined:
        axes.fill_between(x[known], shares.low[known], shares.high[known], color=page.BLUE, alpha=BAND, lw=0)
        axes.plot(x[known], shares.estimate[known], clip_on=False, zorder=3, **LINE)
    else:
        reach = [
            np.maximum(0, (shares.estimate - shares.low)[known]),
            np.maximum(0, (shares.high - shares.estimate)[known]),
        ]
        axes.errorbar(x[known], shares.estimate[known], reach, clip_on=False, **(LINE | BAR))
    scales.dress_shares(axes.yaxis, top=1.04)


def _draw_sizes(axes: Axes, x: Floats, packages: Floats, joined: bool) -> None:
    """Packages on a scale of powers of ten that begins with nothing."""
    axes.set_yscale("symlog", linthresh=1.0, linscale=0.5)
    low, middle, high = packages
    if joined:
        axes.fill_between(x, low, high, color=page.BLACK, alpha=0.12, lw=0)
        axes.plot(x, middle, clip_on=False, zorder=3, **SIZE)
    else:
        axes.errorbar(x, middle, [middle - low, high - middle], clip_on=False, **(SIZE | BAR))
    axes.set_ylim(0, max(10.0, 3 * float(np.nanmax(high, initial=1.0))))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_minor_locator(NullLocator())
    powers = LogLocator(numticks=6).tick_values(1.0, axes.get_ylim()[1])
    axes.set_yticks([0.0, *(power for power in map(float, powers) if power >= 1.0)])
    axes.set_ylim(0, max(10.0, 3 * float(np.nanmax(high, initial=1.0))))
    axes.grid(True, axis="y", color=page.PALE, lw=0.4)
    axes.tick_params(labelsize=page.SMALL + 0.5, color=page.GREY)


def _places(scale: scales.Scale, inches: float) -> tuple[list[str], bool]:
    """Words for places that stand by themselves, and whether they are turned."""
    return scales.under_columns(scale.names, page.SMALL + 0.5, inches / len(scale.names) - 0.08, TURNED)


def _words_height(scale: scales.Scale, inches: float) -> float:
    """Inches that such words take."""
    if scale.is_line():
        return 0.0
    words, turned = _places(scale, inches)
    if turned:
        return max(page.width_of(line, page.SMALL + 0.5) for word in words for line in word.split("\n"))
    return max(page.height_of(word, page.SMALL + 0.5) for word in words) - page.height_of("A", page.SMALL + 0.5)


def _dress_places(axes: Axes, scale: scales.Scale, x: Floats, inches: float) -> None:
    if scale.is_line():
        scales.dress_numbers(axes.xaxis, scale, inches)
        axes.set_xlim(*scales.between(scale, 0.02))
    else:
        names, turned = _places(scale, inches)
        axes.set_xticks(x, names, size=page.SMALL + 0.5, rotation=90 if turned else 0)
        axes.set_xlim(-0.5, len(x) - 0.5)
    scales.under(axes, scale.label, inches)


def _legend(zones: Zones, scale: scales.Scale) -> Legend:
    said, sizes = (
        f"worlds with a zone, {page.level(zones.shares.share(0))} interval",
        "packages in it: median of worlds",
    )
    spread = "5th to 95th percentile of worlds"
    if not scale.is_line():
        entries: list[LegendEntry] = [(said, Line2D([], [], **(LINE | {"ls": ""})))]
        return Legend([*entries, (f"{sizes}, and {spread}", Line2D([], [], **(SIZE | {"ls": ""})))])
    return Legend(
        [
            (said, Line2D([], [], **LINE)),
            (sizes, Line2D([], [], **SIZE)),
            (f"packages in it: {spread}", Patch(facecolor=page.BLACK, alpha=0.12, lw=0)),
            *scales.stated_entries(scale),
        ]
    )
