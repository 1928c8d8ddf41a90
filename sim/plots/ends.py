"""Where runs end, and why those without agreement failed."""

from dataclasses import dataclass
from typing import Protocol

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.analysis.likelihood import Share
from sim.plots.page import (
    BLUE,
    CAUTION,
    GREY,
    NORMAL,
    ORANGE,
    PALE,
    SKY,
    SMALL,
    counted,
    finished,
    interval,
    level,
    page,
    percent,
    styled,
)

ROW = 0.36  # inches
EDGES = 1.0  # inches for headings and the axis


@dataclass(frozen=True)
class Row:
    """A bar and its words."""

    name: str
    explained: str
    share: Share | None  # None: it never occurred
    colour: str
    hatch: str


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
    "not_conceded": ("Not conceded", "a zone, but claims stayed too high"),
    "missed": ("Missed", "claims met, but nobody tabled the package"),
}

UNEXPLAINED = {"unknown": ("Unknown", "no reason was found")}


class Ended(Protocol):
    """What is drawn of a study or of one design point; a `Summary` and a `PointSummary` have it."""

    @property
    def runs(self) -> int:
        """How many runs there are."""

    @property
    def likelihood(self) -> Share:
        """Those that agree."""

    @property
    def core(self) -> Share:
        """Agreements that keep the core terms."""

    @property
    def amended(self) -> Share:
        """Other agreements."""

    @property
    def ends(self) -> dict[str, Share]:
        """Ways to end that occurred."""

    @property
    def reasons(self) -> dict[str, Share]:
        """Reasons of failure that occurred."""

    @property
    def indicative(self) -> bool:
        """Whether the split between reasons is indicative."""


@styled
def where_runs_end(summary: Ended, title: str, core: bool = True) -> Figure:
    """Two groups of bars: every way to end, and the reasons of runs that came to no agreement.

    Where the scenario's proposal names no `core` terms, agreements are one bar.
    """
    share = summary.likelihood
    groups = [
        ("Where runs end", _end_rows(summary, core)),
        (f"Why runs came to no agreement{' (indicative)' if summary.indicative else ''}", _reason_rows(summary)),
    ]
    subtitle = (
        f"Where runs end and why: {percent(share)} agree "
        f"({level(share)} interval {interval(share)}, {counted(summary.runs)})"
    )
    figure = page(title, subtitle, _foot(summary), 7.0, ROW * sum(len(rows) for _, rows in groups) + EDGES)
    axes = figure.subplots(2, 1, sharex=True, height_ratios=[len(rows) for _, rows in groups])
    for panel, (heading, rows) in zip(axes, groups, strict=True):
        _draw(panel, heading, rows)
    axes[1].tick_params(labelbottom=True, labelsize=SMALL + 1)
    axes[1].set_xlabel("Share of all runs", size=NORMAL)
    return finished(figure)


def _foot(summary: Ended) -> str:
    said = f"{CAUTION} Whiskers and brackets: {level(summary.likelihood)} Wilson interval, sampling error only."
    return f"{said} Indicative: levers depend on the talks." if summary.indicative else said


def _end_rows(summary: Ended, core: bool) -> list[Row]:
    if core:
        rows = [
            Row("Agreement, core terms kept", "as the proposal has them", summary.core, BLUE, ""),
            Row("Agreement, amended", "some core term was changed", summary.amended, SKY, "//"),
        ]
    else:
        rows = [Row("Agreement", "signed and, where needed, ratified", summary.likelihood, BLUE, "")]
    at_home = summary.ends.get("ratification_failed")
    rows.append(Row("Failed at home", "signed, but not ratified", at_home, ORANGE, "xx"))
    return rows + [
        Row(name, explained, summary.ends[end], PALE, "")
        for end, (name, explained) in ENDS.items()
        if end in summary.ends
    ]


def _reason_rows(summary: Ended) -> list[Row]:
    words = REASONS | {key: value for key, value in UNEXPLAINED.items() if key in summary.reasons}
    return [Row(name, explained, summary.reasons.get(why), PALE, "....") for why, (name, explained) in words.items()]


def _draw(axes: Axes, heading: str, rows: list[Row]) -> None:
    axes.set_title(heading, size=NORMAL, weight="bold", loc="left", x=0.0)
    for y, row in enumerate(rows):
        _write(axes, y, row)
        if row.share is not None:
            _draw_bar(axes, y, row, row.share)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    axes.xaxis.grid(True, color=PALE, lw=0.4)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=SMALL + 1, color=GREY, labelbottom=False)


def _draw_bar(axes: Axes, y: int, row: Row, share: Share) -> None:
    axes.barh(y, share.estimate, height=0.62, color=row.colour, hatch=row.hatch, edgecolor=GREY, linewidth=0.6)
    if share.estimate > 0:
        reach = [[max(0.0, share.estimate - share.low)], [max(0.0, share.high - share.estimate)]]
        axes.errorbar(share.estimate, y, xerr=reach, fmt="none", ecolor="black", elinewidth=1.0, capsize=2.5)


def _write(axes: Axes, y: int, row: Row) -> None:
    """Words left of the bar, its share right of the axis."""
    for text, size, colour, shift in ((row.name, NORMAL, "black", 5), (row.explained, SMALL, GREY, -6)):
        axes.annotate(
            text, (0, y), xytext=(-6, shift), textcoords="offset points", size=size, color=colour, ha="right",
            va="center", annotation_clip=False,
        )  # fmt: skip
    axes.annotate(
        _figures(row.share), (1, y), xytext=(6, 0), textcoords="offset points", size=NORMAL, ha="left", va="center",
        annotation_clip=False,
    )  # fmt: skip


def _figures(share: Share | None) -> str:
    """What is written beside a bar."""
    return "none" if share is None or share.estimate == 0 else f"{percent(share)} ({interval(share)})"
