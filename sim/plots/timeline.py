"""Positions over time as a picture: bars for what parties had put forward, dots for days on which something was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots import page
from sim.plots.sheet import USUAL, Sheet

WIDTH, NARROW = 7.5, 5.0  # inches, as usual and at the least
LABELS = 1.9  # inches beside the rows
ROW, LOW = 0.3, 0.22  # inches of a row, as usual and at the least
ENDS = 0.5  # inches above and below all rows
BAR, DOTS = 0.3, 0.34  # half of a bar's height, and how far below its middle dots stand, in rows
LETTERS = 6.5  # points, of what stands in a bar
MORE = 0.12  # of the time that the dates span: what is drawn after the last of them, and before the first, at the least


@dataclass(frozen=True)
class Stretch:
    """A time in which a position stood; `end` is None where it stands still."""

    start: date
    end: date | None
    label: str
    is_change: bool  # whether it was another position, or none, before


@dataclass(frozen=True)
class TimelineRow:
    """One party on one issue: what it had put forward, and how many claims each day has."""

    group: str  # rows of one group stand together under its name; without names there are no groups
    label: str
    stretches: tuple[Stretch, ...]
    said: tuple[tuple[date, int], ...]


@page.styled
def positions_over_time(
    rows: Sequence[TimelineRow], dates: Sequence[date], title: str, subtitle: str, *, sheet: Sheet = USUAL
) -> Figure:
    """Rows of positions and claims over the days of some dated scenarios.

    Raises:
        TooSmallError: the rows do not fit the sheet.
    """
    foot = (
        "Bars: what a party had put forward, as the scenarios of the dates above say; with a dark edge where that is new. "
        "Dots: claims about it by their day, larger where there are several. Nothing is filled in between dates."
    )
    width = sheet.wide(WIDTH, NARROW)
    groups = [(name, list(members)) for name, members in groupby(rows, key=lambda row: row.group)]
    lines = len(rows) + sum(bool(name) for name, _ in groups)
    figure = page.blank_page(title, subtitle, foot, width, lines * ROW + ENDS, least=lines * LOW + ENDS, sheet=sheet)
    axes = figure.add_subplot()
    first, last = _ends(rows, dates)
    axes.set_xlim(first, last)
    axes.set_ylim(lines - 0.5, -0.6)
    inch = (width - LABELS - 3 * page.MARGIN) / (last - first)
    y, labels = 0, []
    for k, (name, members) in enumerate(groups):
        if name:
            labels.append((y, name, "bold"))
            y += 1
        for row in members:
            labels.append((y, row.label, "normal"))
            _draw_row(axes, row, y, page.COLOURS[k % len(page.COLOURS)], last, inch)
            y += 1
    _dress(axes, labels, dates)
    return page.finished(figure)


def _ends(rows: Sequence[TimelineRow], dates: Sequence[date]) -> tuple[float, float]:
    """The first and last day that are drawn."""
    days = [day.toordinal() for day in dates] + [day.toordinal() for row in rows for day, _ in row.said]
    span = max(max(days) - min(days), 30)
    return min(days) - MORE * span / 2, max(days) + MORE * 2 * span


def _draw_row(axes: Axes, row: TimelineRow, y: int, colour: str, last: float, inch: float) -> None:
    for one in row.stretches:
        start, end = one.start.toordinal(), one.end.toordinal() if one.end else last
        edge = colour if one.is_change else "none"
        axes.barh(y - 0.06, end - start, 2 * BAR, left=start, color=(colour, 0.22), edgecolor=edge, lw=0.9, zorder=2)
        label = _cut(one.label, (end - start) * inch - 0.08)
        page.write_beside(axes, label, (start, y - 0.06), (3, 0), size=LETTERS, ha="left", zorder=4)
    if row.said:
        days, counts = zip(*row.said, strict=True)
        sizes = [5.0 + 6.0 * min(count, 8) for count in counts]
        axes.scatter([day.toordinal() for day in days], [y + DOTS] * len(days), s=sizes, color=colour, lw=0, zorder=3)


def _cut(text: str, room: float) -> str:
    """A text that fits so many inches; nothing where not even a few letters do."""
    if page.width_of(text, LETTERS) <= room:
        return text
    kept = text
    while kept and page.width_of(f"{kept}\u2026", LETTERS) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}\u2026" if len(kept) > 3 else ""


def _dress(axes: Axes, labels: Sequence[tuple[int, str, str]], dates: Sequence[date]) -> None:
    axes.set_yticks([y for y, _, _ in labels], [_label(text, weight) for _, text, weight in labels], size=page.SMALL)
    for tick, (_, _, weight) in zip(axes.get_yticklabels(), labels, strict=True):
        tick.set_fontweight(weight)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.tick_top()
    axes.set_xticks([day.toordinal() for day in dates], [day.isoformat() for day in dates], size=page.SMALL)
    axes.tick_params(axis="x", color=page.GREY)
    for day in dates:
        axes.axvline(day.toordinal(), color=page.GREY, lw=0.7, ls=(0, (4, 3)), zorder=1)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["top"].set_visible(True)


def _label(text: str, weight: str) -> str:
    return "\n".join(page.wrapped(text, page.SMALL, LABELS, weight).split("\n")[:2])
