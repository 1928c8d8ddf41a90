"""How runs divide along a swept part: where they end, or what their agreements settle, as stacked shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from numpy.lib.stride_tricks import sliding_window_view

from sim.analysis.shares.likelihood import FEW
from sim.game import Flags, Floats, Ints
from sim.plots import page
from sim.plots.hatches import Pattern
from sim.plots.legends import LETTERS
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep import scales
from sim.plots.sweep.points import dress_rows, middles, room_for_names, row_heights, row_names

WIDTH, NARROW = 8.4, 4.5  # inches, as usual and at the least
LEGEND = 0.24  # part of the width for the words of a legend
BESIDE = 1.6  # inches beside an axis and its legend, about
PANEL, ONLY, LOW = 1.25, 3.2, 0.6  # inches of one of several panels, of the only one, and of any at the least
BAR = 0.3  # inches
ROOMY = 0.36  # inches of a part of a bar that its share is written in
CROWD = 24  # places above which they are not marked one by one
INNER = page.SMALL + 0.5  # size of letters inside areas

Bar = tuple[str, float]
"""Words beside a bar, and the inches that it takes."""


@dataclass(frozen=True)
class Stack:
    """One panel: its name and its parts, the lowest first, each with its shares [C] of `rows` [C]."""

    name: str
    parts: tuple[tuple[Pattern, Floats], ...]
    rows: Ints

    def shares(self) -> Floats:
        """Shares [part, C]."""
        return np.array([share for _, share in self.parts]).reshape(len(self.parts), len(self.rows))

    def patterns(self) -> list[Pattern]:
        """How its parts look."""
        return [pattern for pattern, _ in self.parts]

    def is_broken(self) -> bool:
        """Whether some place has nothing to share out."""
        return not self.rows.all()


@dataclass(frozen=True)
class Room:
    """How wide the parts of a picture are, in inches."""

    width: float

    @property
    def legend(self) -> float:
        """Inches for the words of a legend."""
        return LEGEND * self.width

    @property
    def inside(self) -> float:
        """Inches for an axis, about."""
        return self.width - self.legend - BESIDE


@page.styled
def stacked_along(
    made: Sequence[Stack], scale: scales.Scale, heading: scales.Heading, of: str, *, counted: bool = False,
    missing: str = scales.NO_RUNS, sheet: Sheet = USUAL,
) -> Figure:  # fmt: skip
    """Stacked shares along a swept part, a panel under another for each of `made`: areas, or bars where places are words.

    `of` says what the shares are of; `counted` writes beside the places how many there are; `missing` is said of a
    place without any.
    """
    room = Room(sheet.wide(WIDTH, NARROW))
    counts = [f" ({rows:,} {of})" if counted else "" for rows in made[0].rows.tolist()]
    words = row_names(scale, counts, room_for_names(room.width))
    bars = list(zip(words, row_heights(words, BAR, scale.label if len(made) == 1 else ""), strict=True))
    names = [page.wrapped(stack.name, page.NORMAL, room.inside, "bold") for stack in made]
    heights = [max(_height(scale, bars, len(made)), _legend_height(stack, missing, room)) for stack in made]
    lows = [max(LOW, _legend_height(stack, missing, room)) for stack in made] if scale.is_line() else heights
    beside = sum(page.height_of(name, page.NORMAL) + 0.14 for name in names) + 0.5 + 0.25 * counted
    figure = page.blank_page(
        heading.title, heading.subtitle, heading.foot, room.width, sum(heights) + beside, sheet=sheet,
        least=sum(lows) + beside,
    )  # fmt: skip
    tall = page.room_of(figure)
    share = (tall - beside) / sum(heights)
    drawn = figure.subplots(len(made), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0].tolist()
    for k, (axes, stack) in enumerate(zip(drawn, made, strict=True)):
        if scale.is_line():
            _draw_areas(axes, stack, scale, (room.inside, share * heights[k]))
        else:
            _draw_bars(axes, stack, bars, room.inside - 0.6)
        if not stack.rows.any():
            scales.say_empty(axes, missing)
        if k == 0 or stack.patterns() != made[0].patterns():
            _explain(axes, stack, missing, room)
        first_counted = counted and k == 0 and scale.is_line()
        axes.set_title(names[k], size=page.NORMAL, weight="bold", loc="left", pad=16 if first_counted else 5)
        axes.tick_params(labelbottom=k == len(made) - 1)
        if first_counted:
            _write_counts(axes, stack, scale, of, room.inside)
    _name_axes(figure, drawn, scale, f"Share of {of}", (room.inside, tall))
    return page.finished(figure)


def _height(scale: scales.Scale, bars: Sequence[Bar], panels: int) -> float:
    if scale.is_line():
        return ONLY if panels == 1 else PANEL
    return sum(height for _, height in bars) + 0.1


def _name_axes(
    figure: Figure, drawn: Sequence[Axes], scale: scales.Scale, shares: str, inches: tuple[float, float]
) -> None:  # fmt: skip
    """What the axes stand for: shares upwards along a line, and to the right in bars."""
    middle_of = page.middle(figure)[1]
    if scale.is_line():
        scales.dress_numbers(drawn[-1].xaxis, scale, inches[0])
        drawn[0].set_xlim(scale.axis.at[0], scale.axis.at[-1])
        scales.under(drawn[-1], scale.label, inches[0])
        figure.supylabel(shares, size=page.NORMAL, y=middle_of)
    else:
        scales.under(drawn[-1], shares, inches[0])
        if len(scale.names) > 1:
            figure.supylabel(page.wrapped(scale.label, page.NORMAL, inches[1] - 0.5), size=page.NORMAL, y=middle_of)


def _style(pattern: Pattern) -> dict[str, Any]:
    """A part with hatches that stand out from dark grounds too."""
    return pattern.style() | {"edgecolor": page.BLACK}


def _legend_height(stack: Stack, missing: str, room: Room) -> float:
    words = [pattern.words for pattern, _ in stack.parts] + ([missing] if stack.is_broken() else [])
    return sum(page.height_of(page.wrapped(word, LETTERS, room.legend), LETTERS) + 0.06 for word in words) + 0.1


def _explain(axes: Axes, stack: Stack, missing: str, room: Room) -> None:
    """A legend beside the panel, in the order of the stack."""
    patterns = stack.patterns()[::-1]
    patches = [Patch(**_style(pattern)) for pattern in patterns]
    words = [page.wrapped(pattern.words, LETTERS, room.legend) for pattern in patterns]
    if stack.is_broken():
        patches.append(Patch(**scales.EMPTY))
        words.append(page.wrapped(missing, LETTERS, room.legend))
    axes.legend(
        patches, words, loc="upper left", bbox_to_anchor=(1.01, 1.0), borderaxespad=0, borderpad=0, fontsize=LETTERS,
        frameon=False, handlelength=2.0, labelspacing=0.45,
    )  # fmt: skip


def _draw_areas(axes: Axes, stack: Stack, scale: scales.Scale, inches: tuple[float, float]) -> None:
    """Areas between the design points, a bar for one that stands alone; a hatched gap around what nothing is known of."""
    x, known = scale.axis.at, stack.rows > 0
    edges = np.concatenate([np.zeros((1, len(x))), np.cumsum(np.nan_to_num(stack.shares()), axis=0)])
    beside = np.concatenate([[False], known, [False]])
    alone, wide = known & ~beside[:-2] & ~beside[2:], 0.06 * (x[-1] - x[0])
    for k, (pattern, _) in enumerate(stack.parts):
        axes.fill_between(x, edges[k], edges[k + 1], where=known.tolist(), **_style(pattern))
        axes.bar(x[alone], (edges[k + 1] - edges[k])[alone], wide, edges[k][alone], **_style(pattern))
    if len(x) <= CROWD:
        axes.vlines(x[known], 0, 1, color="white", lw=0.6, alpha=0.6)
    for left, right in _gaps(x, known):
        axes.add_patch(Rectangle((left, 0), right - left, 1, zorder=0, **scales.EMPTY))
    scales.dress_shares(axes.yaxis, inches=inches[1])
    axes.yaxis.grid(False)
    if known.all():
        _label_areas(axes, stack, scale, edges, inches)


def _gaps(x: Floats, known: Flags) -> list[tuple[float, float]]:
    """From the last place that is known to the next one, for every gap; a lone place between gaps is a line."""
    steps = [bool(left and right) for left, right in pairwise(known.tolist())]
    ends = [(float(left), float(right)) for left, right in pairwise(x.tolist())]
    gaps: list[tuple[float, float]] = []
    for whole, (left, right) in zip(steps, ends, strict=True):
        if whole:
            continue
        if gaps and gaps[-1][1] == left:
            gaps[-1] = (gaps[-1][0], right)
        else:
            gaps.append((left, right))
    return gaps


def _label_areas(axes: Axes, stack: Stack, scale: scales.Scale, edges: Floats, inches: tuple[float, float]) -> None:
    """Words inside the areas that have room for them; each box lies within its own area."""
    fine = np.linspace(0.0, 1.0, 201)
    for k, (pattern, _) in enumerate(stack.parts):
        low, high = (np.interp(fine, scale.places(), edges[edge]) for edge in (k, k + 1))
        text = page.wrapped(pattern.words, INNER, 1.2)
        wide = max(page.width_of(line, INNER) for line in text.split("\n")) + 0.2
        tall = (page.height_of(text, INNER) + 0.1) / (0.8 * inches[1])
        place = _roomiest(low, high, int(np.ceil(wide / inches[0] * 100)))
        if place is not None and place[1] - place[0] > tall:
            axes.text(
                scale.value(float(fine[place[2]])), (place[0] + place[1]) / 2, text, size=INNER, ha="center",
                va="center", zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9},
            )  # fmt: skip


def _roomiest(low: Floats, high: Floats, reach: int) -> tuple[float, float, int] | None:
    """The tallest box of a width of 2 `reach` between two lines: its bottom, its top and the position of its middle."""
    wide = 2 * reach + 1
    if wide > len(low) - 4:
        return None
    bottoms = sliding_window_view(low, wide).max(axis=1)[2:-2]
    tops = sliding_window_view(high, wide).min(axis=1)[2:-2]
    k = int(np.argmax(tops - bottoms))
    return float(bottoms[k]), float(tops[k]), k + 2 + reach


def _write_counts(axes: Axes, stack: Stack, scale: scales.Scale, of: str, inches: float) -> None:
    """How many each place has, above the axes; only some of them where they are many."""
    texts = [f"{rows:,}" for rows in stack.rows.tolist()]
    look = {"size": page.SMALL, "color": page.GREY, "va": "bottom"}
    for k in scales.fitting(
        (scale.places() * inches).tolist(), [page.width_of(text, page.SMALL) + 0.12 for text in texts]
    ):
        page.write_beside(axes, texts[k], (float(scale.axis.at[k]), 1), (0, 3), ha="center", **look)
    right = 6 + 36 * page.width_of(texts[-1], page.SMALL)
    page.write_beside(axes, of, (1, 1), (right, 3), xycoords="axes fraction", ha="left", **look)


def _said(share: float, of: int) -> str:
    return f"{100 * share:.0f} %" if of >= FEW else f"{round(share * of)} of {of}"


def _draw_bars(axes: Axes, stack: Stack, bars: Sequence[Bar], inches: float) -> None:
    """A bar for each place, with the share of every part that has room for it."""
    names, heights = zip(*bars, strict=True)
    dress_rows(axes, names, heights, True)
    scales.dress_shares(axes.xaxis, inches=inches)
    shares = stack.shares()
    for place, y in enumerate(middles(heights)):
        if not stack.rows[place]:
            axes.barh(y, 1.0, height=BAR, **scales.EMPTY)
            continue
        left = 0.0
        for (pattern, _), share in zip(stack.parts, shares[:, place].tolist(), strict=True):
            axes.barh(y, share, left=left, height=BAR, clip_on=False, **_style(pattern))
            if share * inches > ROOMY:
                axes.text(
                    left + share / 2, y, _said(share, int(stack.rows[place])), size=page.SMALL, ha="center", va="center",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.9},
                )  # fmt: skip
            left += share
