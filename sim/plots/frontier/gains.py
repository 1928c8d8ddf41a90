"""What packages give each party over no deal: as lines across the parties, and as dots for two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from sim.game import Floats, Ints
from sim.plots import page
from sim.plots.legends import LETTERS
from sim.plots.sweep.scales import under_columns
from sim.scenario.names import joined

MOST_LINES, MOST_DOTS = 200, 2000  # frontier packages that are drawn as lines, and as dots
MOST_AGREED = 30  # agreed packages that are drawn as lines
CROWD = 60  # packages whose dots are smaller
APART = 0.17  # inches between names of solutions
SIDES = 1.0  # inches beside axes, for their scale
TURNED = 2.2  # inches for names that are turned
ENDS = 1.6  # inches within them, for the names of solutions

DOT: dict[str, Any] = {"marker": ".", "ms": 3.5, "mew": 0, "color": page.SKY, "ls": ""}
THIN: dict[str, Any] = {"colors": page.SKY, "linewidths": 0.6}
DASHES = (0, (3, 1.6))
RING: dict[str, Any] = {"marker": "o", "mfc": "none", "mec": page.VERMILLION, "mew": 0.8, "ls": ""}
ZERO: dict[str, Any] = {"color": page.BLACK, "lw": 0.9, "ls": (0, (1, 1.5))}
NO_DEAL: dict[str, Any] = {"marker": "x", "color": page.BLACK, "ms": 6, "mew": 1.4, "ls": ""}
SOLVED: tuple[dict[str, Any], ...] = (
    {"color": page.BLACK, "marker": "D", "ls": "-", "ms": 5.5},
    {"color": page.BLUE, "marker": "s", "ls": (0, (6, 1.5)), "ms": 5.5},
    {"color": page.GREEN, "marker": "^", "ls": (0, (5, 1.5, 1, 1.5)), "ms": 6.5},
    {"color": page.PURPLE, "marker": "v", "ls": (0, (2, 1)), "ms": 6.5},
)
"""Looks of solutions: shapes and dashes tell them apart without colour."""


@dataclass(frozen=True)
class FrontierPicture:
    """What is drawn: gains over no deal of F packages of a frontier and of A agreed ones, to each of P parties.

    Without agreements both of their arrays are empty. Packages of the frontier come largest sum of gains first.
    """

    title: str
    parties: tuple[str, ...]  # [P] names for people
    gains: Floats  # [F, P]
    solutions: Mapping[str, int]  # name for people: position in the frontier, -1 where there is none; four at most
    agreements: Floats  # [A, P] different packages
    times: Ints  # [A] how many runs agreed on each
    packages: int  # in the zone
    note: str = ""

    def named(self) -> dict[str, int]:
        """The solutions, those that pick the same package under one name."""
        places = dict.fromkeys(place for place in self.solutions.values() if place >= 0)
        return {joined([name for name, at in self.solutions.items() if at == place]): place for place in places}

    def seen(self) -> Floats:
        """All gains [F + A, P]."""
        return np.concatenate([self.gains, self.agreements])


def thinned(gains: Floats, most: int) -> Ints:
    """Positions of at most `most` of the packages [F, P]: the best and the worst for each party, others evenly spread."""
    if len(gains) <= most:
        return np.arange(len(gains))
    ends = np.unique([*gains.argmax(axis=0), *gains.argmin(axis=0)])[:most]
    rest = np.setdiff1d(np.arange(len(gains)), ends)
    even = np.linspace(0, len(rest) - 1, most - len(ends)).round().astype(np.int64)
    return np.sort(np.concatenate([ends, rest[even]]))


def draw_across(axes: Axes, picture: FrontierPicture, wide: float, tall: float) -> None:
    """An axis for each party and a line for each package (parallel coordinates; Inselberg 1985), in inches of room."""
    count = len(picture.parties)
    x = np.arange(count) if count > 1 else np.array([-0.2, 0.2])  # of one party a line is short and level
    axes.vlines(range(count), 0, 1, transform=axes.get_xaxis_transform(), color=page.GREY, lw=0.8, zorder=1)
    axes.plot(x, np.zeros(len(x)), zorder=2, **ZERO)
    gains = picture.gains[thinned(picture.gains, MOST_LINES)]
    faint = float(np.clip(30 / max(1, len(gains)), 0.4, 1.0))
    axes.add_collection(LineCollection(_lines(x, gains), alpha=faint, zorder=2, **THIN))
    often = np.argsort(-picture.times, kind="stable")[:MOST_AGREED]
    width = 0.6 + 2.0 * np.sqrt(picture.times[often] / picture.times.max(initial=1))
    lines = _lines(x, picture.agreements[often])
    axes.add_collection(
        LineCollection(
            lines, linewidths=width.tolist(), alpha=0.5, zorder=3, colors=page.VERMILLION, linestyles=[DASHES]
        )
    )
    for look, place in zip(SOLVED, picture.named().values(), strict=False):
        (line,) = _lines(x, picture.gains[[place]])
        axes.plot(*line.T, color="white", lw=3.4, zorder=4)
        axes.plot(*line.T, lw=1.7, mec=page.BLACK, mew=0.8, zorder=5, clip_on=False, **look)
    limit(axes, picture.seen().ravel(), "y")
    _name_lines(axes, picture, x, wide - SIDES, tall)
    names, turned = _names(picture, wide)
    axes.set_xticks(range(count), names, rotation=90 if turned else 0)
    axes.tick_params(axis="x", length=0, labelsize=page.NORMAL)
    axes.tick_params(axis="y", labelsize=page.SMALL + 0.5, color=page.GREY)
    axes.spines["bottom"].set_visible(False)
    axes.set_ylabel("Worth over no deal", size=page.NORMAL)


def _names(picture: FrontierPicture, wide: float) -> tuple[list[str], bool]:
    """Names of the parties, in lines that fit between the axes of two, and whether they are turned because they do not."""
    between = (wide - SIDES - ENDS) / max(1, len(picture.parties) - 1)
    return under_columns(picture.parties, page.NORMAL, 0.9 * between, TURNED)


def room_for_names(picture: FrontierPicture, wide: float) -> float:
    """Inches of height that these names take beyond the first line."""
    names, turned = _names(picture, wide)
    if turned:
        return max(page.width_of(line, page.NORMAL) for name in names for line in name.split("\n"))
    return max(page.height_of(name, page.NORMAL) for name in names) - page.height_of("A", page.NORMAL)


def _lines(x: Floats | Ints, gains: Floats) -> list[Floats]:
    return [np.column_stack([x, np.broadcast_to(row, (len(x),))]) for row in gains]


def _name_lines(axes: Axes, picture: FrontierPicture, x: Floats | Ints, wide: float, tall: float) -> None:
    """Room at the end of the lines, and in it the names of solutions and of no deal, none on another."""
    ends = [("no deal", 0.0, page.BLACK)]
    for look, (name, at) in zip(SOLVED, picture.named().items(), strict=False):
        ends.append((page.wrapped(name, LETTERS, wide / 4), float(picture.gains[at, -1]), look["color"]))
    ends.sort(key=lambda end: end[1])
    room = max(page.width_of(line, LETTERS) for name, _, _ in ends for line in name.split("\n")) + 0.3
    left, right = 0.04 * len(x), (x[-1] - x[0]) * room / (wide - room)
    axes.set_xlim(x[0] - left, x[-1] + left + right)
    low, high = axes.get_ylim()
    heights = [APART * (name.count("\n") + 1) * (high - low) / tall for name, _, _ in ends]
    places = spread([y for _, y, _ in ends], [(one + other) / 2 for one, other in pairwise(heights)])
    for (name, y, colour), place in zip(ends, places, strict=True):
        at = x[-1] + left + right * 0.25 / room
        axes.plot([x[-1], at], [y, place], color=colour, lw=0.6, zorder=1)
        axes.text(at, place, f" {name}".replace("\n", "\n "), size=LETTERS, va="center")


def spread(places: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Places in ascending order, moved as little as keeps `gaps` between them: those in each other's way about their middle.

    This is isotonic regression by pooling neighbours (Ayer et al. 1955) of what is left of the places without the gaps.
    """
    before = np.concatenate([[0.0], np.cumsum(gaps)])
    pools: list[list[float]] = []
    for place in (np.asarray(places) - before).tolist():
        pools.append([place])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    found: list[float] = (np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools]) + before).tolist()
    return found


def draw_pair(axes: Axes, picture: FrontierPicture, a: int, b: int, wide: float, tall: float) -> None:
    """What packages give two parties, in inches of room."""
    axes.axvline(0, zorder=1, **ZERO)
    axes.axhline(0, zorder=1, **ZERO)
    axes.plot(0, 0, zorder=3, **NO_DEAL)
    drawn = picture.gains[thinned(picture.gains, MOST_DOTS)]
    axes.plot(drawn[:, a], drawn[:, b], zorder=2, **DOT | {"ms": 3.5 if len(drawn) > CROWD else 7.0})
    size = 10 + 70 * picture.times / picture.times.max(initial=1)
    axes.scatter(
        picture.agreements[:, a], picture.agreements[:, b], s=size.tolist(), facecolors="none", edgecolors=page.VERMILLION,
        linewidths=0.8, zorder=4,
    )  # fmt: skip
    for look, place in zip(SOLVED, picture.named().values(), strict=False):
        axes.plot(picture.gains[place, a], picture.gains[place, b], mec=page.BLACK, mew=0.8, zorder=5, **look)
    limit(axes, picture.seen()[:, a], "x")
    limit(axes, picture.seen()[:, b], "y")
    axes.set_xlabel(page.wrapped(picture.parties[a], page.SMALL + 0.5, wide - SIDES), size=page.SMALL + 0.5)
    axes.set_ylabel(page.wrapped(picture.parties[b], page.SMALL + 0.5, tall - 0.6), size=page.SMALL + 0.5)
    axes.tick_params(labelsize=page.SMALL, color=page.GREY)
    axes.grid(True, color=page.PALE, lw=0.3)
    axes.set_axisbelow(True)


def limit(axes: Axes, gains: Floats, which: str) -> None:
    """All gains and no deal, with a margin."""
    low, high = min([0.0, *gains.tolist()]), max([0.05, *gains.tolist()])
    axes.set(**{f"{which}lim": (low - 0.06 * (high - low), high + 0.06 * (high - low))})
    (axes.xaxis if which == "x" else axes.yaxis).set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
