"""The Pareto frontier of a zone, with solutions of bargaining theory and what talks agree on."""

from collections.abc import Sequence
from itertools import combinations
from math import ceil

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots.frontier import gains
from sim.plots.legends import Legend, LegendEntry, explain, room_for
from sim.plots.page import BLACK, CAUTION, VERMILLION, blank_page, counted, finished, room_of, styled
from sim.plots.sheet import USUAL, Sheet, TooSmallError
from sim.plots.sweep.scales import columns_of

WIDTH, NARROW, ACROSS = 9.4, 4.5, 3.2  # inches: width, as usual and at the least, and height of the lines
LOW = 0.6  # part of the usual height that will do
PAIR, ONLY = 2.5, 3.4  # inches of height of one of several pairs, and of the only one
MOST_PAIRS, OPPOSED = 15, 9  # pairs of which all are drawn, and how many where there are more
MEANING = "On the frontier is what no other package of the zone beats: as good for all and better for somebody."
BEHIND = "In the panel of two parties such a package may lie behind others, which are worse for a third."


@styled
def pareto_frontier(picture: gains.FrontierPicture, *, sheet: Sheet = USUAL) -> Figure:
    """Lines across all parties, over a panel for each pair of them, or for as many pairs as a low sheet has room for."""
    width, of = sheet.wide(WIDTH, NARROW), len(list(combinations(picture.parties, 2)))
    usual = len(pairs(picture))
    columns = columns_of(usual, width) if usual else 1
    for rows in range(ceil(usual / columns), 0, -1):
        try:
            return _drawn(picture, pairs(picture, rows * columns), of, columns, width, sheet)
        except TooSmallError:
            continue
    return _drawn(picture, [], of, columns, width, sheet)


def _drawn(
    picture: gains.FrontierPicture, shown: Sequence[tuple[int, int]], of: int, columns: int, width: float, sheet: Sheet
) -> Figure:  # fmt: skip
    rows, tall = ceil(len(shown) / columns), ONLY if len(shown) == 1 else PAIR
    legend, above = _legend(picture), ACROSS + gains.room_for_names(picture, width)
    foot = " ".join(
        [CAUTION, *_reading(picture, len(shown)), *_left_out(picture, len(shown), of), picture.note]
    ).strip()
    usual = above + tall * rows
    figure = blank_page(
        picture.title, _subtitle(picture), foot, width, usual, legend=room_for(width, legend), sheet=sheet,
        least=LOW * usual,
    )  # fmt: skip
    scale = room_of(figure) / usual
    grid = figure.add_gridspec(1 + rows, columns, height_ratios=[above, *[tall] * rows])
    gains.draw_across(figure.add_subplot(grid[0, :]), picture, width, 0.8 * ACROSS * scale)
    for k, (a, b) in enumerate(shown):
        axes = figure.add_subplot(grid[1 + k // columns, k % columns])
        gains.draw_pair(axes, picture, a, b, width / columns, tall * scale)
    explain(figure, width, legend)
    return finished(figure)


def pairs(picture: gains.FrontierPicture, most: int = MOST_PAIRS) -> list[tuple[int, int]]:
    """The pairs of parties that get a panel: all, or of many those whose gains correlate least."""
    every = list(combinations(range(len(picture.parties)), 2))
    if not len(picture.seen()):
        return []
    if len(every) <= most:
        return every
    apart = picture.seen() - picture.seen().mean(axis=0)
    together, spread = apart.T @ apart, np.sqrt((apart**2).sum(axis=0))
    ranked = sorted(every, key=lambda pair: together[pair] / max(1e-12, spread[pair[0]] * spread[pair[1]]))
    return sorted(ranked[: min(most, OPPOSED) if len(every) > MOST_PAIRS else most])


def _subtitle(picture: gains.FrontierPicture) -> str:
    on, zone = len(picture.gains), "package" if picture.packages == 1 else "packages"
    if on:
        said = f"{picture.packages:,} {zone} in the zone of possible agreement, {on:,} on its Pareto frontier"
    else:
        said = "the zone of possible agreement is empty in the stated world, so there is no frontier"
    if len(picture.times):
        different = "one package" if len(picture.times) == 1 else f"{len(picture.times):,} different packages"
        said += f"; {counted(int(picture.times.sum()))} agreed, on {different}"
    elif not on:
        said += ", and no agreements to draw"
    return f"What packages are worth to each party over no deal: {said}"


def _reading(picture: gains.FrontierPicture, shown: int) -> list[str]:
    return [MEANING, *([BEHIND] if len(picture.parties) > 2 and shown else [])] if len(picture.gains) else []


def _left_out(picture: gains.FrontierPicture, shown: int, of: int) -> list[str]:
    said, on = [], len(picture.gains)
    if on > gains.MOST_LINES:
        dots = "" if shown == 0 else f"; panels have {'all' if on <= gains.MOST_DOTS else f'{gains.MOST_DOTS:,}'}"
        said.append(
            f"Lines: {gains.MOST_LINES} of the {on:,} frontier packages, the best and worst for each party and others spread "
            f"evenly from the largest sum of gains to the smallest{dots}."
        )
    if len(picture.times) > gains.MOST_AGREED:
        said.append(
            f"Lines of agreements: the {gains.MOST_AGREED} most frequent packages{'; panels have all' if shown else ''}."
        )
    if of and not shown and len(picture.seen()):
        said.append("Panels of pairs of parties are left out for lack of room.")
    if 0 < shown < of:
        said.append(f"Panels: the {shown} of {of} pairs whose gains are most opposed.")
    return said if of else [*said, "Only one party has to agree, so there are no pairs."]


def _legend(picture: gains.FrontierPicture) -> Legend:
    entries: list[LegendEntry] = []
    if len(picture.gains):
        entries.append(("Package on the frontier", Line2D([], [], **gains.DOT | {"ls": "-", "ms": 7, "lw": 0.9})))
    if len(picture.times):
        ring = gains.RING | {"ls": gains.DASHES, "ms": 6, "lw": 1.3, "color": VERMILLION}
        entries.append(("Agreed in simulated talks; larger: more often", Line2D([], [], **ring)))
    for look, name in zip(gains.SOLVED, picture.named(), strict=False):
        words = f"{name[0].upper()}{name[1:]} solution{'s' if ' and ' in name else ''}"
        entries.append((words, Line2D([], [], lw=1.7, mec=BLACK, mew=0.8, **look)))
    return Legend([*entries, ("No deal", Line2D([], [], **gains.NO_DEAL))])
