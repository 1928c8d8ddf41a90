"""How often worlds have a zone of agreement along a swept part, and how many packages are in it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from sim.analysis.points import Shares
from sim.game import Floats
from sim.plots.keys import explain, room_for
from sim.plots.page import BLACK, BLUE, GREY, NORMAL, PALE, SMALL, finished, level, page, styled, wrapped
from sim.plots.swept import (
    ONE,
    Heading,
    Scale,
    between,
    dress_numbers,
    dress_shares,
    mark_stated,
    stated_key,
    under,
)

HIGH = 2.4  # inches of a panel
LINE: dict[str, Any] = {"color": BLUE, "lw": 1.8, "marker": "o", "ms": 4.5, "mec": "white", "mew": 0.5}
SIZE: dict[str, Any] = {
    "color": BLACK,
    "lw": 1.4,
    "ls": (0, (5, 2)),
    "marker": "s",
    "ms": 4,
    "mec": "white",
    "mew": 0.5,
}
BAND = 0.22


@dataclass(frozen=True)
class Zones:
    """Zones at C places of an axis."""

    shares: Shares  # [C] worlds with a zone
    packages: Floats  # [3, C] in it at the 5th, 50th and 95th percentile of worlds


@styled
def zones_along(zones: Zones, scale: Scale, heading: Heading) -> Figure:
    """The share of worlds with a zone above, and below it how many packages are in it, on a scale of powers of ten."""
    key = _key(zones, scale)
    figure = page(heading.title, heading.subtitle, heading.foot, ONE, 2 * HIGH + 0.4, legend=room_for(key, ONE) + 0.05)
    upper, lower = figure.subplots(2, 1, sharex=True)
    x = scale.axis.at if scale.is_line() else np.arange(len(scale.names), dtype=float)
    _draw_shares(upper, x, zones.shares, scale.is_line())
    _draw_sizes(lower, x, zones.packages, scale.is_line())
    _dress_places(lower, scale, x)
    upper.set_ylabel("Worlds with a zone", size=NORMAL)
    lower.set_ylabel("Packages in it", size=NORMAL)
    if scale.is_line():
        mark_stated(upper, scale)
    explain(figure, key, ONE)
    return finished(figure)


def _draw_shares(axes: Axes, x: Floats, shares: Shares, joined: bool) -> None:
    known = np.isfinite(shares.estimate)
    if joined:
        axes.fill_between(x[known], shares.low[known], shares.high[known], color=BLUE, alpha=BAND, lw=0)
        axes.plot(x[known], shares.estimate[known], clip_on=False, zorder=3, **LINE)
    else:
        reach = [
            np.maximum(0, (shares.estimate - shares.low)[known]),
            np.maximum(0, (shares.high - shares.estimate)[known]),
        ]
        axes.errorbar(x[known], shares.estimate[known], reach, capsize=3, clip_on=False, **(LINE | {"ls": ""}))
    dress_shares(axes.yaxis, top=1.04)


def _draw_sizes(axes: Axes, x: Floats, packages: Floats, joined: bool) -> None:
    """Packages on a scale of powers of ten that begins with nothing."""
    axes.set_yscale("symlog", linthresh=1.0, linscale=0.5)
    low, middle, high = packages
    if joined:
        axes.fill_between(x, low, high, color=BLACK, alpha=0.12, lw=0)
        axes.plot(x, middle, clip_on=False, zorder=3, **SIZE)
    else:
        axes.errorbar(x, middle, [middle - low, high - middle], capsize=3, clip_on=False, **(SIZE | {"ls": ""}))
    axes.set_ylim(0, max(10.0, 3 * float(np.nanmax(high, initial=1.0))))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_minor_locator(NullLocator())
    powers = LogLocator(numticks=6).tick_values(1.0, axes.get_ylim()[1])
    axes.set_yticks([0.0, *(power for power in map(float, powers) if power >= 1.0)])
    axes.set_ylim(0, max(10.0, 3 * float(np.nanmax(high, initial=1.0))))
    axes.grid(True, axis="y", color=PALE, lw=0.4)
    axes.tick_params(labelsize=SMALL + 0.5, color=GREY)


def _dress_places(axes: Axes, scale: Scale, x: Floats) -> None:
    inches = ONE - 1.0
    if scale.is_line():
        dress_numbers(axes.xaxis, scale, inches)
        axes.set_xlim(*between(scale, 0.02))
    else:
        names = [wrapped(name, SMALL, inches / len(x)) for name in scale.names]
        axes.set_xticks(x, names, size=SMALL + 0.5)
        axes.set_xlim(-0.5, len(x) - 0.5)
    under(axes, scale.label, inches)


def _key(zones: Zones, scale: Scale) -> dict[str, Any]:
    marks = {} if scale.is_line() else {"ls": ""}
    return {
        f"worlds with a zone, {level(zones.shares.share(0))} interval": Line2D([], [], **(LINE | marks)),
        "packages in it: median of worlds": Line2D([], [], **(SIZE | marks)),
        "packages in it: 5th to 95th percentile of worlds": Patch(facecolor=BLACK, alpha=0.12, lw=0),
    } | stated_key(scale)
