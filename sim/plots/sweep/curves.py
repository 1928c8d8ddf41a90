"""How likely an agreement is along a swept number: curves with their bands, and where they cross a level."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.shares.design_points import Shares
from sim.analysis.shares.tipping import Tipping, crossings, percentage
from sim.game import Floats
from sim.plots import page
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep import scales
from sim.plots.sweep.coinciding_curves import covered, said_of
from sim.plots.sweep.points import draw_rows

DASHES: tuple[Any, ...] = (
    "-",
    (0, (5, 2)),
    (0, (1, 1.5)),
    (0, (5, 2, 1, 2)),
    (0, (8, 2)),
    (0, (3, 1, 1, 1, 1, 1)),
    "-.",
)
CEILING: dict[str, Any] = {"color": page.BLACK, "linewidth": 0.9, "linestyle": (0, (6, 3))}
LEVEL: dict[str, Any] = {"color": page.GREY, "linewidth": 0.9, "linestyle": (0, (1, 2))}
TIP: dict[str, Any] = {"color": page.BLACK, "marker": "D", "ms": 6, "mfc": "white", "mew": 1.3}
MISSING: dict[str, Any] = {"color": page.GREY, "marker": "x", "ms": 5, "mew": 1.3, "ls": ""}
CROWD = 40
"""Design points above which they are not marked one by one."""


@page.styled
def likelihood_along(
    made: Sequence[scales.Panel],
    scale: scales.Scale,
    heading: scales.Heading,
    by: str = "",
    at: float = 0.5,
    *,
    sheet: Sheet = USUAL,
) -> Figure:
    """Likelihood along a swept part, a panel for each of `made`, which have equally many lines.

    `by` says what tells lines apart, `at` is the level whose crossings are marked. Words, and a single place, stand in
    rows instead of on a line.
    """
    if not scale.is_line():
        return draw_rows(made, scale, heading, by, sheet)
    width, alone = scales.width_for(len(made), sheet), len(made) == 1
    rows, legends = scales.PanelRows(tuple(_titles(made, scale, at)), width), _legends(made, scale, by, at)
    natural = scales.TALL if alone else scales.LOW
    figure = page.blank_page(
        heading.title, heading.subtitle, heading.foot, width, rows.height(natural), sheet=sheet,
        legend=room_for(width, *legends) + 0.05, least=rows.height(1.3),
    )  # fmt: skip
    inches, tall = width / rows.across - (0.9 if alone else 0.5), rows.panel(figure, natural)
    drawn = rows.draw(figure)
    for k, (axes, panel) in enumerate(zip(drawn, made, strict=True)):
        scales.dress_numbers(axes.xaxis, scale, inches)
        _draw(axes, panel, scale, at, alone)
        scales.dress_shares(axes.yaxis, top=1.04, inches=tall - 0.3)
        if rows.is_lowest(k):
            scales.under(axes, scale.label, inches)
        if k % rows.across == 0:
            axes.set_ylabel(page.wrapped("Share of runs that agree", page.NORMAL, tall - 0.3), size=page.NORMAL)
    explain(figure, width, *legends)
    return page.finished(figure)


def _titles(made: Sequence[scales.Panel], scale: scales.Scale, at: float) -> list[str]:
    """Names of the panels; where each has one curve, with its crossings."""
    if len(made) == 1:
        return [made[0].name]
    return [
        f"{panel.name}: {_tips(panel.lines[0], scale, at)}" if len(panel.lines) == 1 else panel.name for panel in made
    ]


def _tips(line: scales.Curve, scale: scales.Scale, at: float) -> str:
    return crossings(line.tippings, line.shares, scale.axis, at)


def look_of(k: int, lines: int) -> dict[str, Any]:
    """Colour, dashes and marker of one of several curves."""
    if lines == 1:
        return {"color": page.BLUE, "linestyle": "-", "marker": "o"}
    return {"color": page.COLOURS[k % 7], "linestyle": DASHES[k % 7], "marker": page.MARKERS[k % len(page.MARKERS)]}


def _draw(axes: Axes, panel: scales.Panel, scale: scales.Scale, at: float, alone: bool) -> None:
    x, lines, under_others = scale.axis.at, len(panel.lines), covered(panel.lines)
    axes.axhline(at, zorder=1, **LEVEL)
    if not any(line.shares.rows.any() for line in panel.lines):
        scales.say_empty(axes, scales.NO_RUNS)
    for k, line in enumerate(panel.lines):
        known = np.isfinite(line.shares.estimate)
        look, share = look_of(k, lines), line.shares.part(np.flatnonzero(known))
        if known.any():  # matplotlib lays out a page badly that has empty bands
            _draw_line(axes, x[known], share, look, under_others[k], lines == 1)
        if not known.all():
            axes.plot(x[~known], np.zeros((~known).sum()), clip_on=False, zorder=5, **MISSING)
        if line.ceiling is not None and known.any():
            axes.plot(x[known], line.ceiling.estimate[known], zorder=2, **CEILING)
        for tipping in line.tippings:
            _mark(axes, tipping, scale, at, look["color"] if lines > 1 else page.BLACK, lines == 1 and alone)
    axes.set_xlim(*scales.between(scale, 0.02))
    scales.mark_stated(axes, scale)


def _draw_line(axes: Axes, x: Floats, share: Shares, look: dict[str, Any], beneath: int, alone: bool) -> None:
    """A curve and its band, the wider the more others lie on it; a lone point has its interval as a bar."""
    pale = {"color": look["color"], "alpha": 0.22 if alone else 0.13, "zorder": 2}
    if len(x) == 1:
        axes.vlines(x, share.low, share.high, lw=4.0, **pale)
    axes.fill_between(x, share.low, share.high, lw=0, **pale)
    marks = {} if len(x) <= CROWD else {"marker": ""}
    wide = {"lw": 1.8 + 2.4 * beneath, "ms": 4.5 + 3.5 * beneath, "mec": "white", "mew": 0.5}
    axes.plot(x, share.estimate, zorder=3, clip_on=False, **(look | wide | marks))


def _mark(axes: Axes, tipping: Tipping, scale: scales.Scale, at: float, colour: str, written: bool) -> None:
    """A crossing with its interval along the level; where it is the only curve, its value above the axis."""
    x = scale.axis.at
    low, high = max(tipping.low, float(x[0])), min(tipping.high, float(x[-1]))
    axes.plot([low, high], [at, at], color=colour, lw=2.4, solid_capstyle="butt", zorder=4)
    for end, value in ((low, tipping.low), (high, tipping.high)):
        open_ended = ("<" if value < 0 else ">") if math.isinf(value) else "|"
        axes.plot(end, at, color=colour, marker=open_ended, ms=7, mew=1.4, ls="", zorder=4, clip_on=False)
    axes.plot(tipping.at, at, zorder=5, **(TIP | {"color": colour, "mec": colour}))
    if written:
        axes.plot([tipping.at, tipping.at], [0, at], color=colour, lw=0.8, zorder=2)
        place = float(np.interp(tipping.at, x, scale.places()))
        _write(axes, scale.axis.number(tipping.at), tipping, place)


def _write(axes: Axes, text: str, tipping: Tipping, place: float) -> None:
    """The crossing's value beside its plumb line, on the side where the curve is high; not beyond the axes."""
    to_right = place < 0.08 or (tipping.rises is not False and place < 0.92)
    axes.annotate(
        text, (tipping.at, 0), xytext=(4 if to_right else -4, 5), textcoords="offset points", size=page.NORMAL,
        weight="bold", ha="left" if to_right else "right", va="bottom", zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )  # fmt: skip


def _legends(made: Sequence[scales.Panel], scale: scales.Scale, by: str, at: float) -> tuple[Legend, ...]:
    """What the legends explain: of several lines each by its value under the name of what varies, then marks."""
    first, shares = made[0].lines, made[0].lines[0].shares
    alone, several = len(made) == 1, len(first) > 1
    lines = [
        (_says_line(first, k, scale, at, alone), Line2D([], [], lw=1.8, ms=4.5, **look_of(k, len(first))))
        for k in range(len(first))
    ]
    marks: list[LegendEntry] = [
        (
            f"{page.level(shares.share(0))} interval",
            Patch(facecolor=page.GREY if several else page.BLUE, alpha=0.22, lw=0),
        )
    ]
    if first[0].ceiling is not None:
        marks.append(("structural ceiling: a package finds the consent it needs", Line2D([], [], **CEILING)))
    if alone and not several:
        crosses = TIP | {"lw": 2.4} if first[0].tippings else LEVEL
        marks.append((_tips(first[0], scale, at), Line2D([], [], **crosses)))
    elif any(line.tippings for panel in made for line in panel.lines):
        marks.append((f"crosses {percentage(at)}, with its interval", Line2D([], [], lw=2.4, **TIP)))
    if any(np.isnan(line.shares.estimate).any() for panel in made for line in panel.lines):
        marks.append((scales.NO_RUNS, Line2D([], [], **MISSING)))
    marks += scales.stated_entries(scale)
    return (Legend(lines, by), Legend(marks)) if several else (Legend([*lines, *marks]),)


def _says_line(lines: Sequence[scales.Curve], k: int, scale: scales.Scale, at: float, alone: bool) -> str:
    """A curve in words; where there is one panel, with others that it coincides with and where it crosses the level."""
    if len(lines) == 1:
        return "likelihood of agreement"
    said = lines[k].name
    return f"{said}{said_of(lines, k)}; {_tips(lines[k], scale, at)}" if alone else said
