"""The negotiation dance of one run: what each party would have had from every package that came on the table."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.game import Floats
from sim.plots import page
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.sheet import USUAL, Sheet
from sim.scenario.round_words import at_round
from sim.talks.transcript.entries import Dance

WIDTH, NARROW = 7.0, 3.3  # inches, as usual and at the least
ACROSS = 2.2  # inches that a panel is wide at the least
CROWD = 30  # rounds that need smaller marks
PANEL, LOW = 1.65, 1.0  # inches of height under its title, as usual and at the least
FOOT = "One run out of many: what the rules make of one draw of the uncertain numbers, not a forecast."
ASPIRATION: dict[str, Any] = {"color": page.BLACK, "linewidth": 1.3, "linestyle": "-"}
RING: dict[str, Any] = {
    "marker": "o",
    "ms": 10,
    "mfc": "none",
    "mec": page.BLACK,
    "mew": 1.4,
    "ls": "",
    "clip_on": False,
}
FALLBACK: dict[str, Any] = {"color": page.GREY, "linewidth": 1.2, "linestyle": (0, (4, 2))}


@page.styled
def dance(
    danced: Dance, parties: Sequence[str], title: str, round_name: str, run: int | None = None, *, sheet: Sheet = USUAL
) -> Figure:
    """One panel per party: its worth of each package by who tabled it, the least it accepts, what it falls back on.

    `parties` are names for people, in the order of the arrays; `round_name` is what the scenario calls a round. Rounds
    count from 1, as they do for people.
    """
    danced = replace(danced, round=danced.round + 1, rounds=danced.rounds + 1)
    width = sheet.wide(WIDTH, NARROW)
    columns = min(2 if len(parties) <= 4 else 3, int(width / ACROSS))
    rows = ceil(len(parties) / columns)
    which = "one run" if run is None else f"run {run}"
    subtitle = f"What each package tabled was worth to each party in {which}; {_ending(danced, round_name)}"
    legend = _legend(danced, parties)
    titles = [page.wrapped(name, page.NORMAL, width / columns - 0.7, "bold") for name in parties]
    heads = sum(
        max(page.height_of(name, page.NORMAL) for name in titles[k : k + columns])
        for k in range(0, len(titles), columns)
    )
    figure = page.blank_page(
        title, subtitle, FOOT, width, rows * PANEL + heads + 0.2, legend=room_for(width, legend),
        least=rows * LOW + heads + 0.2, sheet=sheet,
    )  # fmt: skip
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for p, panel in enumerate(grid.flat):
        if p >= len(parties):
            panel.remove()
            continue
        _draw(panel, danced, p, width / columns - 0.9)
        panel.set_title(titles[p], size=page.NORMAL, weight="bold", loc="left")
        if p + columns >= len(parties):
            panel.set_xlabel(round_name.capitalize(), size=page.NORMAL)
            panel.tick_params(labelbottom=True)
    _limit(grid[0, 0], danced)
    figure.supylabel("Worth to the party (0 to 1)", y=page.middle(figure)[1], size=page.NORMAL)
    explain(figure, width, legend)
    return page.finished(figure)


def _ending(danced: Dance, round_name: str) -> str:
    if not len(danced.round):
        return "nobody tabled one"
    return f"accepted {at_round(round_name, danced.rounds[-1])}" if danced.accepted else "no agreement in the end"


def _draw(axes: Axes, danced: Dance, p: int, inches: float) -> None:
    for line, style in ((danced.aspiration, ASPIRATION), (danced.fallback, FALLBACK)):
        _draw_steps(axes, danced, line[:, p], style)
    size = 4.0 if len(danced.rounds) > CROWD else 5.0
    for author in np.unique(danced.author).tolist():
        by = danced.author == author
        axes.plot(
            danced.round[by], danced.value[by, p], ls="", ms=size, mew=0.4, mec="white", zorder=3, **page.look(author)
        )
    if danced.accepted and len(danced.round):
        axes.plot(danced.rounds[-1:], danced.value[-1:, p], **RING, zorder=4)
    axes.xaxis.set_major_locator(MaxNLocator(max(2, min(9, int(inches / 0.3))), integer=True, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.grid(True, color=page.PALE, lw=0.4)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=page.SMALL + 0.5, color=page.GREY)


def _draw_steps(axes: Axes, danced: Dance, values: Floats, style: dict[str, Any]) -> None:
    """A level that holds for a whole round, drawn from half a round before to half a round after."""
    if len(values):
        edges = np.append(danced.rounds, danced.rounds[-1] + 1) - 0.5
        axes.stairs(values, edges, baseline=None, zorder=2, **style)


def _limit(axes: Axes, danced: Dance) -> None:
    """All that is drawn, and the scale from 0 to 1 in any case: linkages may lead beyond it."""
    drawn = np.concatenate([array.ravel() for array in (danced.value, danced.aspiration, danced.fallback)])
    seen = drawn[np.isfinite(drawn)].tolist()
    axes.set_ylim(min([0.0, *seen]) - 0.05, max([1.0, *seen]) + 0.05)
    rounds = [1, *danced.rounds.tolist()]
    axes.set_xlim(rounds[0] - 0.75, max(rounds) + 0.75)


def _legend(danced: Dance, parties: Sequence[str]) -> Legend:
    entries: list[LegendEntry] = [
        (f"Tabled by {parties[author]}", Line2D([], [], ls="", ms=5.5, **page.look(author)))
        for author in np.unique(danced.author).tolist()
    ]
    entries.append(("Least that it accepts", Line2D([], [], **ASPIRATION)))
    entries.append(("What it falls back on", Line2D([], [], **FALLBACK)))
    if danced.accepted:
        entries.append(("Accepted", Line2D([], [], **RING | {"ms": 8})))
    return Legend(entries)
