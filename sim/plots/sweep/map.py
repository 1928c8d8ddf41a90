"""How likely an agreement is over two swept parts: a map in one colour scale, with lines of equal likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colorbar import Colorbar
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from sim.analysis.shares.likelihood import FEW
from sim.game import Floats, Ints
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.page import GREY, NORMAL, SMALL, blank_page, finished, height_of, styled, wrapped
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep import scales
from sim.plots.sweep.contours import LEVELS, cleared, draw_lines, edge_entries, label_lines, levels_of, line_style

COLOURS = "cividis"
"""Dark is unlikely, light is likely: brightness rises evenly, so it reads without colour as well."""

TALL, LOW, LEAST = 4.0, 2.3, 1.4  # inches of the only panel, of one of several, and of any at the least
NARROW = 4.0  # inches that a map is wide at the least
BAR = 1.0  # inches for the colour bar
NAMES = 1.3  # inches for words beside a map
NO_POINTS = "no design point with runs lies here"
LIGHT = 0.5  # shares above which a cell is so light that letters on it are dark


@dataclass(frozen=True)
class Map:
    """One panel: its name, and the share of runs that agree at each place of both parts."""

    name: str
    share: Floats  # [X, Y] nan where no runs are in
    low: Floats  # [X, Y] of its interval
    high: Floats
    runs: Ints  # [X, Y]

    def says(self, i: int, j: int) -> str:
        """A share in per cent, or of few runs the count."""
        share, n = float(self.share[i, j]), int(self.runs[i, j])
        return f"{100 * share:.0f}" if n >= FEW else f"{round(share * n)}/{n}"


@styled
def likelihood_map(
    made: Sequence[Map],
    x: scales.Scale,
    y: scales.Scale,
    heading: scales.Heading,
    interval: str,
    *,
    sheet: Sheet = USUAL,
) -> Figure:
    """A map of likelihood over two swept parts, a panel for each of `made`, whose intervals have the level `interval`."""
    width, natural = scales.width_for(len(made), sheet, NARROW), TALL if len(made) == 1 else LOW
    rows = scales.PanelRows(tuple(panel.name for panel in made), width)
    are_lines = x.is_line() and y.is_line()
    entries = _entries(made, x.axis.is_binned or y.axis.is_binned) + scales.stated_entries(x, y)
    legend = Legend(entries + edge_entries([panel.share for panel in made], interval) if are_lines else entries)
    beside = 0.8 if y.axis.is_number else NAMES + 0.4
    wide = (width - BAR - beside) / rows.across - 0.35
    bottom, turned = _column_names(x, wide)
    extra = max(height_of(name, NORMAL) for name in bottom) if not turned and not x.axis.is_number else 0.0
    under = 0.2 + extra + (NAMES if turned else 0.0)
    figure = blank_page(
        heading.title, heading.subtitle, heading.foot, width, rows.height(natural) + under, sheet=sheet,
        legend=room_for(width, legend) + 0.05, least=rows.height(LEAST) + under,
    )  # fmt: skip
    inches = (wide, rows.panel(figure, natural, under))
    drawn = rows.draw(figure)
    for axes, panel in zip(drawn, made, strict=True):
        mesh = _draw(axes, panel, x, y)
        _dress(axes, x, y, inches, bottom, turned)
        scales.mark_stated(axes, x, y)
    _name_axes(drawn, rows, x, y, inches)
    _draw_bar(figure, mesh, drawn, levels_of([panel.share for panel in made]) if are_lines else ())
    explain(figure, width, legend)
    if are_lines:
        figure.draw_without_rendering()  # where labels fit is known once the page is laid out
    for axes, panel in zip(drawn, made, strict=True):
        _write(axes, panel, x, y, inches)
    return finished(figure)


def _entries(made: Sequence[Map], scattered: bool) -> list[LegendEntry]:
    """What hatching means; points that are scattered need not lie in every cell."""
    said = NO_POINTS if scattered else scales.NO_RUNS
    return [(said, Patch(**scales.EMPTY))] if any(np.isnan(panel.share).any() for panel in made) else []


def _draw(axes: Axes, panel: Map, x: scales.Scale, y: scales.Scale) -> QuadMesh:
    """Cells in colours, hatched where nothing is known, and lines of equal likelihood."""
    shares = np.ma.masked_invalid(panel.share.T)
    mesh = axes.pcolormesh(x.axis.edges, y.axis.edges, shares, cmap=COLOURS, vmin=0.0, vmax=1.0, lw=0, rasterized=False)
    for i, j in np.argwhere(np.isnan(panel.share)).tolist():
        corner = (float(x.axis.edges[i]), float(y.axis.edges[j]))
        axes.add_patch(
            Rectangle(corner, float(np.diff(x.axis.edges)[i]), float(np.diff(y.axis.edges)[j]), **scales.EMPTY)
        )
    if x.is_line() and y.is_line():
        draw_lines(axes, x.axis.at, y.axis.at, panel.share, panel.low, panel.high)
    return mesh


def _column_names(x: scales.Scale, inches: float) -> tuple[list[str], bool]:
    """Words under columns, in lines that fit, and whether they are turned because they do not."""
    if x.axis.is_number:
        return list(x.names), False
    return scales.under_columns(x.names, SMALL + 0.5, inches / len(x.axis) - 0.08, NAMES)


def _dress(
    axes: Axes, x: scales.Scale, y: scales.Scale, inches: tuple[float, float], bottom: Sequence[str], turned: bool
) -> None:
    axes.spines[:].set_visible(False)
    if x.axis.is_number:
        scales.dress_numbers(axes.xaxis, x, inches[0])
    else:
        axes.set_xticks(x.axis.at.tolist(), list(bottom), rotation=90 if turned else 0, size=SMALL + 0.5)
    if y.axis.is_number:
        scales.dress_numbers(axes.yaxis, y, inches[1] * 2)
    else:
        axes.set_yticks(y.axis.at.tolist(), [wrapped(name, SMALL + 0.5, NAMES) for name in y.names], size=SMALL + 0.5)
    axes.set_xlim(x.axis.edges[0], x.axis.edges[-1])
    ends = y.axis.edges[[0, -1]] if y.axis.is_number else y.axis.edges[[-1, 0]]  # words are read downwards
    axes.set_ylim(float(ends[0]), float(ends[1]))


def _name_axes(
    drawn: Sequence[Axes], rows: scales.PanelRows, x: scales.Scale, y: scales.Scale, inches: tuple[float, float]
) -> None:
    for k, axes in enumerate(drawn):
        if rows.is_lowest(k):
            axes.set_xlabel(wrapped(x.label, NORMAL, inches[0]), size=NORMAL)
        if k % rows.across == 0:
            axes.set_ylabel(wrapped(y.label, NORMAL, inches[1]), size=NORMAL)


def _draw_bar(figure: Figure, mesh: QuadMesh, drawn: Sequence[Axes], levels: Sequence[float]) -> None:
    bar: Colorbar = figure.colorbar(mesh, ax=list(drawn), fraction=0.06, aspect=24, pad=0.02)
    bar.set_ticks([0, *(level for level in LEVELS if level in levels or level >= 0.25), 1])
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    bar.ax.tick_params(labelsize=SMALL + 0.5, color=GREY)
    bar.set_label("Share of runs that agree", size=NORMAL)
    bar.outline.set_visible(False)
    for level in levels:
        style = line_style(level)
        bar.ax.hlines(level, 0, 1, colors=style["colors"], lw=style["linewidths"], ls=style["linestyles"])


def _write(axes: Axes, panel: Map, x: scales.Scale, y: scales.Scale, inches: tuple[float, float]) -> None:
    """The share in every cell where cells have room for it, and the levels on the lines."""
    wide, tall = (_narrowest(scale) * length for scale, length in zip((x, y), inches, strict=True))
    centres: list[tuple[float, float]] = []
    if wide > 0.3 and tall > 0.2:
        for i, j in np.argwhere(np.isfinite(panel.share)).tolist():
            at = (_middle(x, i), _middle(y, j))
            share = float(panel.share[i, j])
            axes.text(
                *at, panel.says(i, j), size=SMALL, ha="center", va="center", zorder=5,
                color="black" if share > LIGHT else "white", bbox=cleared(colormaps[COLOURS](share)),
            )  # fmt: skip
            centres.append(at)
    label_lines(axes, centres)


def _narrowest(scale: scales.Scale) -> float:
    """The narrowest place on a scale, as a part of its length."""
    edges = scale.axis.on_scale(scale.axis.edges)
    return float(np.diff(edges).min() / (edges[-1] - edges[0]))


def _middle(scale: scales.Scale, place: int) -> float:
    """Half way between the ends of a place, as it is drawn."""
    ends = scale.axis.on_scale(scale.axis.edges[place : place + 2])
    return float(scale.axis.off_scale(ends.mean()))
