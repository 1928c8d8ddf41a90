"""Regions of the assumptions: the limits of each as bars on the quantiles of what is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 7.0, 4.6  # inches, as usual and at the least
LABELS = 2.6  # inches beside a row, to its left
HEAD = 0.45  # inches above the rows of a region
FOOT = "Bars: the part of its draws to which a region limits a number, from its lowest to its highest draw."


@dataclass(frozen=True)
class LimitBar:
    """One limit: what it is of, its range in words, and in quantiles of the draws."""

    label: str
    range: str
    low: float
    high: float


@dataclass(frozen=True)
class RegionBars:
    """A region: its headline and its limits."""

    title: str
    bars: tuple[LimitBar, ...]


@page.styled
def regions_of_assumptions(
    regions: Sequence[RegionBars], title: str, subtitle: str, *, sheet: Sheet = USUAL
) -> Figure:  # fmt: skip
    """Each region below the other, a row for each limit."""
    width = sheet.wide(WIDTH, NARROW)
    heads = [page.wrapped(region.title, page.NORMAL, width - 0.4) for region in regions]
    heights = [_height(region, head) for region, head in zip(regions, heads, strict=True)]
    body = sum(heights) + 0.35
    figure = page.blank_page(title, subtitle, f"{page.CAUTION} {FOOT}", width, body, least=body, sheet=sheet)
    grid = figure.subplots(len(regions), 1, squeeze=False, height_ratios=heights)
    for axes, region, head in zip(grid[:, 0], regions, heads, strict=True):
        _draw(axes, region, head)
    grid[-1, 0].set_xlabel("Share of draws that are lower", size=page.NORMAL)
    return page.finished(figure)


def _rows(region: RegionBars) -> list[str]:
    return [page.wrapped(bar.label, page.SMALL, LABELS - 0.2) for bar in region.bars]


def _height(region: RegionBars, head: str) -> float:
    return HEAD + page.height_of(head, page.NORMAL) + sum(_tall(label) for label in _rows(region)) + 0.3


def _tall(label: str) -> float:
    """Inches of a row: its label, or a bar with its range above."""
    return max(page.height_of(label, page.SMALL), 0.34) + 0.14


def _draw(axes: Axes, region: RegionBars, head: str) -> None:
    labels, places, y = _rows(region), [], 0.0
    for bar, label in zip(region.bars, labels, strict=True):
        tall = _tall(label)
        middle = y + tall / 2
        axes.plot([0.0, 1.0], [middle, middle], color=page.PALE, lw=6.0, solid_capstyle="butt", zorder=1)
        axes.plot([bar.low, bar.high], [middle, middle], color=page.BLUE, lw=6.0, solid_capstyle="butt", zorder=2)
        page.write_beside(axes, bar.range, ((bar.low + bar.high) / 2, middle), (0, 6), size=page.SMALL, ha="center")
        places.append(middle)
        y += tall
    axes.set_ylim(y, 0.0)
    axes.set_xlim(0.0, 1.0)
    axes.set_yticks(places, labels, size=page.SMALL)
    axes.tick_params(length=0, labelsize=page.SMALL)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.spines["left"].set_visible(False)
    axes.set_title(head, size=page.NORMAL, weight="bold", loc="left")
