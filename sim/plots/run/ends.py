"""Where runs end, and why those without agreement failed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.analysis.shares.likelihood import Share
from sim.plots import page
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep.points import middles

if TYPE_CHECKING:
    from sim.analysis.shares.design_points import PointSummary
    from sim.analysis.summary import Summary

WIDTH, NARROW = 7.0, 4.0  # inches, as usual and at the least
NAMES = 0.35  # part of the width for the words of the rows
FIGURES = 1.3  # inches for what stands beside the axes
BETWEEN = 0.08  # inches between rows
BAR = 0.22  # inches
TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
EDGES, LOW = 1.0, 0.9  # inches for headings and the axis, as usual and at the least


@dataclass(frozen=True)
class BarRow:
    """A bar and its words."""

    name: str
    explained: str
    share: Share | None  # None: it never occurred
    colour: str
    hatch: str

    def fitted(self, room: float) -> "BarRow":
        """The same, with words in lines of `room` inches."""
        return replace(
            self,
            name=page.wrapped(self.name, page.NORMAL, room),
            explained=page.wrapped(self.explained, page.SMALL, room),
        )

    def height(self) -> float:
        """Inches that its words take."""
        return page.height_of(self.name, page.NORMAL) + page.height_of(self.explained, page.SMALL) + BETWEEN


ENDS = {
    "deadline": ("Time ran out", "no agreement in the last round"),
    "walked_away": ("Mediator walked away", "and talks ended"),
    "refused": ("Refused", "a settled text was put to a vote"),
    "interim_only": ("Interim deal only", "an earlier phase settled, the last did not"),
    "running": ("Not over", "the run was stopped"),
}

REASONS = {
    "no_zone": ("No zone", "no package finds the consent it needs"),
    "bad_faith": ("Bad faith", "a party never meant to agree"),
    "not_conceded": ("Not conceded", "a deal was possible, but claims stayed too high"),
    "missed": ("Missed", "claims met, but nobody tabled the package"),
}

UNEXPLAINED = {"unknown": ("Unknown", "no reason was found")}


@page.styled
def where_runs_end(summary: "Summary | PointSummary", title: str, core: bool = True, *, sheet: Sheet = USUAL) -> Figure:
    """Two groups of bars: every way to end, and the reasons of runs that came to no agreement.

    Where the scenario's proposal names no `core` terms, agreements are one bar.
    """
    share, width = summary.likelihood, sheet.wide(WIDTH, NARROW)
    groups = {
        "Where runs end": _end_rows(summary, core),
        f"Why runs came to no agreement{' (indicative)' if summary.indicative else ''}": _reason_rows(summary),
    }
    groups = {heading: [row.fitted(NAMES * width) for row in rows] for heading, rows in groups.items()}
    subtitle = (
        f"Where runs end and why: {page.percent(share)} agree "
        f"({page.level(share)} interval {page.interval(share)}, {page.counted(summary.runs)})"
    )
    heights = [sum(row.height() for row in rows) for rows in groups.values()]
    tall = sum(heights) + EDGES
    least = tall - EDGES + LOW - BETWEEN * sum(len(rows) for rows in groups.values())
    figure = page.blank_page(title, subtitle, _foot(summary), width, tall, least=least, sheet=sheet)
    axes = figure.subplots(2, 1, sharex=True, height_ratios=heights)
    inches = (1 - NAMES) * width - FIGURES
    for panel, (heading, rows) in zip(axes, groups.items(), strict=True):
        _draw(
            panel,
            page.wrapped(heading, page.NORMAL, inches + FIGURES, "bold"),
            rows,
            [0, 0.5, 1.0] if inches < 2.2 else TICKS,
        )
    axes[1].tick_params(labelbottom=True, labelsize=page.SMALL + 1)
    axes[1].set_xlabel("Share of all runs", size=page.NORMAL)
    return page.finished(figure)


def _foot(summary: "Summary | PointSummary") -> str:
    said = (
        f"{page.CAUTION} Whiskers and brackets: {page.level(summary.likelihood)} Wilson interval, sampling error only."
    )
    return f"{said} Indicative: levers depend on the talks." if summary.indicative else said


def _end_rows(summary: "Summary | PointSummary", core: bool) -> list[BarRow]:
    if core:
        rows = [
            BarRow("Agreement, core terms kept", "as the proposal has them", summary.core, page.BLUE, ""),
            BarRow("Agreement, amended", "some core term was changed", summary.amended, page.SKY, "//"),
        ]
    else:
        rows = [BarRow("Agreement", "signed and, where needed, ratified", summary.likelihood, page.BLUE, "")]
    at_home = summary.ends.get("ratification_failed")
    rows.append(BarRow("Failed at home", "signed, but not ratified", at_home, page.ORANGE, "xx"))
    return rows + [
        BarRow(name, explained, summary.ends[end], page.PALE, "")
        for end, (name, explained) in ENDS.items()
        if end in summary.ends
    ]


def _reason_rows(summary: "Summary | PointSummary") -> list[BarRow]:
    words = REASONS | {key: value for key, value in UNEXPLAINED.items() if key in summary.reasons}
    return [
        BarRow(name, explained, summary.reasons.get(why), page.PALE, "....") for why, (name, explained) in words.items()
    ]


def _draw(axes: Axes, heading: str, rows: list[BarRow], ticks: list[float]) -> None:
    axes.set_title(heading, size=page.NORMAL, weight="bold", loc="left", x=0.0)
    heights = [row.height() for row in rows]
    for y, row in zip(middles(heights), rows, strict=True):
        _write(axes, y, row)
        if row.share is not None:
            _draw_bar(axes, y, row, row.share)
    axes.set_xlim(0, 1)
    axes.set_ylim(sum(heights), 0.0)
    axes.set_yticks([])
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.xaxis.grid(True, color=page.PALE, lw=0.4)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=page.SMALL + 1, color=page.GREY, labelbottom=False)


def _draw_bar(axes: Axes, y: float, row: BarRow, share: Share) -> None:
    axes.barh(y, share.estimate, height=BAR, color=row.colour, hatch=row.hatch, edgecolor=page.GREY, linewidth=0.6)
    if share.estimate > 0:
        reach = [[max(0.0, share.estimate - share.low)], [max(0.0, share.high - share.estimate)]]
        axes.errorbar(share.estimate, y, xerr=reach, fmt="none", ecolor="black", elinewidth=1.0, capsize=2.5)


def _write(axes: Axes, y: float, row: BarRow) -> None:
    """Words left of the bar, its share right of the axis."""
    name, explained = 36 * page.height_of(row.explained, page.SMALL), -36 * page.height_of(row.name, page.NORMAL)
    for text, size, colour, shift in (
        (row.name, page.NORMAL, "black", name),
        (row.explained, page.SMALL, page.GREY, explained),
    ):
        page.write_beside(axes, text, (0, y), (-6, shift), size=size, color=colour, ha="right", linespacing=1.1)
    page.write_beside(axes, _figures(row.share), (1, y), (6, 0), size=page.NORMAL, ha="left")


def _figures(share: Share | None) -> str:
    return "none" if share is None or share.estimate == 0 else f"{page.percent(share)} ({page.interval(share)})"
