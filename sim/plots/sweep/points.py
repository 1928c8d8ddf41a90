"""How likely an agreement is for each of some words: points with whiskers, a row for each word."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots import page
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.sheet import Sheet
from sim.plots.sweep import scales

NAMES = 2.2  # inches for the words of a row in a picture of usual width
LEAST = 4.0  # inches that such a picture is wide at the least
BETWEEN = 0.14  # inches
LINE = 0.24  # inches for a point with its whiskers
TICK: dict[str, Any] = {"marker": "|", "ms": 12, "mew": 1.8, "color": page.BLACK, "ls": ""}


def room_for_names(width: float) -> float:
    """Inches that words of rows have in a picture of `width` inches."""
    return min(NAMES, NAMES * width / scales.ONE)


def row_names(scale: scales.Scale, more: Sequence[str] = (), room: float = NAMES) -> list[str]:
    """Words of the rows, in lines that fit beside them; `more` [C] follows each. The only row says what it is a value of."""
    before = f"{scale.label}: " if len(scale.names) == 1 else ""
    said = [f"{before}{name}{end}" for name, end in zip(scale.names, more or [""] * len(scale.names), strict=True)]
    return [page.wrapped(name, page.NORMAL, room) for name in said]


def row_heights(names: Sequence[str], least: float, label: str) -> list[float]:
    """Inches for each row: for its words and for `least`, and together for two lines of the label along them."""
    heights = [max(page.height_of(name, page.NORMAL), least) + BETWEEN for name in names]
    along = min(2.0, page.width_of(label, page.NORMAL) / 2 + 0.4) if len(names) > 1 else 0.0
    return [height * max(1.0, along / sum(heights)) for height in heights]


def middles(heights: Sequence[float]) -> list[float]:
    """Where rows of these heights have their middles, counted downwards."""
    ends = np.cumsum(heights)
    return [float(end - height / 2) for end, height in zip(ends, heights, strict=True)]


def draw_rows(
    made: Sequence[scales.Panel], scale: scales.Scale, heading: scales.Heading, by: str, sheet: Sheet
) -> Figure:
    """Likelihood for each value of a part: a panel for each of `made`, a row for each value, a mark for each line."""
    width, lines = scales.width_for(len(made), sheet, LEAST), len(made[0].lines)
    names = row_names(scale, room=room_for_names(width))
    heights = row_heights(names, LINE * lines, scale.label)
    legends, rows = _legends(made, by), scales.PanelRows(tuple(panel.name for panel in made), width)
    tall = rows.height(sum(heights) + 0.35) + 0.25
    figure = page.blank_page(
        heading.title, heading.subtitle, heading.foot, width, tall, sheet=sheet, legend=room_for(width, *legends) + 0.05,
        least=tall,
    )  # fmt: skip
    drawn = rows.draw(figure)
    for k, (axes, panel) in enumerate(zip(drawn, made, strict=True)):
        for y, place in zip(middles(heights), range(len(names)), strict=True):
            _draw_row(axes, y, panel.lines, place, len(made) == 1)
        dress_rows(axes, names, heights, k % rows.across == 0)
        scales.dress_shares(axes.xaxis, inches=width / rows.across - room_for_names(width) - 1.0)
        if rows.is_lowest(k):
            axes.set_xlabel("Share of runs that agree", size=page.NORMAL)
    if len(heights) > 1:
        drawn[0].set_ylabel(page.wrapped(scale.label, page.NORMAL, sum(heights)), size=page.NORMAL)
    explain(figure, width, *legends)
    return page.finished(figure)


def dress_rows(axes: Axes, names: Sequence[str], heights: Sequence[float], named: bool) -> None:
    """Rows from the top downwards, with their words where the panel is the first beside others."""
    axes.set_ylim(sum(heights), 0.0)
    axes.set_yticks(middles(heights), list(names), size=page.NORMAL)
    axes.tick_params(axis="y", length=0, labelleft=named)


def _draw_row(axes: Axes, y: float, lines: Sequence[scales.Curve], place: int, written: bool) -> None:
    for k, line in enumerate(lines):
        share = line.shares.share(place)
        at = y + (k - (len(lines) - 1) / 2) * LINE
        if np.isnan(share.estimate):
            axes.annotate(scales.NO_RUNS, (0.02, at), size=page.SMALL, color=page.GREY, ha="left", va="center")
            continue
        reach = [[max(0.0, share.estimate - share.low)], [max(0.0, share.high - share.estimate)]]
        look = _look(k, len(lines))
        axes.errorbar(
            share.estimate, at, xerr=reach, ms=6, mec="white", mew=0.5, elinewidth=1.4, capsize=3, clip_on=False,
            zorder=3, **look,
        )  # fmt: skip
        if line.ceiling is not None:
            axes.plot(line.ceiling.estimate[place], at, clip_on=False, zorder=2, **TICK)
        if written:
            said = f"{page.percent(share)} ({page.interval(share)})"
            page.write_beside(axes, said, (1, at), (9, 0), size=page.SMALL + 0.5, ha="left")


def _look(k: int, lines: int) -> dict[str, Any]:
    return {
        "color": page.BLUE if lines == 1 else page.COLOURS[k % 7],
        "marker": page.MARKERS[k % len(page.MARKERS)],
        "ls": "",
    }


def _legends(made: Sequence[scales.Panel], by: str) -> tuple[Legend, ...]:
    lines = made[0].lines
    several, said = len(lines) > 1, f"with {page.level(lines[0].shares.share(0))} interval"
    marks: list[LegendEntry] = [
        (line.name if several else f"likelihood of agreement, {said}", Line2D([], [], ms=6, **_look(k, len(lines))))
        for k, line in enumerate(lines)
    ]
    ceiling: list[LegendEntry] = []
    if lines[0].ceiling is not None:
        ceiling.append(("structural ceiling: a package finds the consent it needs", Line2D([], [], **TICK | {"ms": 9})))
    return (Legend(marks, f"{by} ({said})"), Legend(ceiling)) if several else (Legend([*marks, *ceiling]),)
