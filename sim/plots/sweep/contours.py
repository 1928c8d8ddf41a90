"""Lines of equal likelihood on a map, and their labels where nothing else stands."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D

from sim.game import Floats
from sim.plots.legends import LegendEntry
from sim.plots.page import SMALL, width_of

LEVELS = (0.1, 0.25, 0.5, 0.75)
LETTERS = SMALL
TALL = 0.17  # inches of a line of such letters on its ground
NUMBER = 0.26  # inches that the number in a cell takes


def cleared(ground: Any) -> dict[str, Any]:
    """A ground for letters of a map that no line runs through."""
    return {"facecolor": ground, "edgecolor": "none", "boxstyle": "round,pad=0.22,rounding_size=0.2"}


def line_style(level: float) -> dict[str, Any]:
    """A line of one level: the middle one is bold; on a dark ground the line is light."""
    dashes = {0.1: "dotted", 0.25: "dashed", 0.5: "solid", 0.75: "dashdot"}
    return {
        "colors": "white" if level < 0.5 else "black",
        "linewidths": 2.2 if level == 0.5 else 1.4,
        "linestyles": dashes[level],
    }


EDGE = "edge of an interval"
"""What tells a thin line from the line of equal likelihood that it goes with."""


def draw_lines(axes: Axes, x: Floats, y: Floats, share: Floats, low: Floats, high: Floats) -> None:
    """Lines of equal likelihood over `share` [X, Y], and thin ones as far off as the intervals of the cells allow.

    An interval holds the level between the thin lines: where its low end and where its high end reach the level.
    """
    for level in LEVELS:
        if not _crosses(share, level):
            continue
        style = line_style(level)
        axes.contour(x, y, np.ma.masked_invalid(share.T), levels=[level], zorder=3, **style)
        for end in (low, high):
            known = np.where(np.isfinite(share), end, np.nan)
            if _crosses(known, level):
                thin = style | {"linewidths": 0.6, "linestyles": "solid"}
                axes.contour(x, y, np.ma.masked_invalid(known.T), levels=[level], zorder=3, **thin).set_gid(EDGE)


def _crosses(values: Floats, level: float) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > 3 and bool(known.min() < level < known.max())


def levels_of(shares: Sequence[Floats]) -> tuple[float, ...]:
    """The levels that lines are drawn of on any of some maps [X, Y]."""
    return tuple(level for level in LEVELS if any(_crosses(share, level) for share in shares))


def edge_entries(shares: Sequence[Floats], interval: str) -> list[LegendEntry]:
    """What the legend says of thin lines, where maps of these shares have any."""
    said = f"thin lines: where the thicker line between them may lie, by the {interval} intervals of the cells"
    return [(said, Line2D([], [], color="black", lw=0.6))] if levels_of(shares) else []


def label_lines(axes: Axes, centres: Sequence[tuple[float, float]]) -> None:
    """Writes the level on each line, once, as far as can be from the numbers in cells; nowhere if there is no room."""
    figure = axes.get_figure()
    assert figure is not None
    dpi = figure.dpi
    taken = [(*(axes.transData.transform(at) / dpi), NUMBER, TALL) for at in centres]
    box = axes.get_window_extent()
    frame = (box.x0 / dpi, box.y0 / dpi, box.x1 / dpi, box.y1 / dpi)
    for lines in [found for found in axes.collections if isinstance(found, ContourSet) and found.get_gid() != EDGE]:
        text = f"{100 * float(np.asarray(lines.levels)[0]):g} %"
        wide = width_of(text, LETTERS, "bold") + 0.08
        paths = [np.asarray(path) for path in lines.allsegs[0] if len(path) > 1]
        spots = [
            (spot, _freedom(spot, wide, taken, frame))
            for path in paths
            for spot in (_finely(axes.transData.transform(path)) / dpi).tolist()
        ]
        if not spots:
            continue
        (x, y), freedom = max(spots, key=lambda spot: spot[1])
        if freedom < 0:
            continue
        taken.append((x, y, wide, TALL))
        at = axes.transData.inverted().transform((x * dpi, y * dpi))
        axes.text(
            float(at[0]), float(at[1]), text, size=LETTERS, ha="center", va="center", color="black", zorder=6,
            weight="bold", bbox=cleared("white"),
        )  # fmt: skip


def _finely(path: Any) -> Any:
    """Points on a path, close to each other."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    steps = np.linspace(0, along[-1], max(2, int(along[-1] / 3)))
    return np.column_stack([np.interp(steps, along, path[:, 0]), np.interp(steps, along, path[:, 1])])


def _freedom(
    spot: Sequence[float],
    wide: float,
    taken: Sequence[tuple[float, float, float, float]],
    frame: tuple[float, float, float, float],
) -> float:
    """How much room a label has between all that stands near, in inches; negative where it does not fit."""
    x, y = spot
    inside = min(x - wide / 2 - frame[0], frame[2] - x - wide / 2, y - TALL / 2 - frame[1], frame[3] - y - TALL / 2)
    apart = [max(abs(x - a) - (wide + w) / 2, abs(y - b) - (TALL + h) / 2) for a, b, w, h in taken]
    return min([inside, *apart])
