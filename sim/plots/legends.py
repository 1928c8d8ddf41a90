"""Legends in a room of their own: under the axes, in as many columns as fit, none cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.plots.page import POINTS, SMALL, height_of, middle, width_of, wrapped

LETTERS = SMALL + 0.5
HANDLE = 0.6  # inches that stand beside the words of a column
MOST = 4  # columns

LegendEntry = tuple[str, Artist]
"""What a row of a legend explains: its words, and how that looks. Two things may have the same words."""


@dataclass(frozen=True)
class Legend:
    """Rows of a legend under one title."""

    entries: Sequence[LegendEntry]
    title: str = ""

    def fitted(self, width: float) -> "Legend":
        """The same in lines that fit `width` inches."""

        def lines(words: str) -> str:
            return "\n".join(wrapped(line, LETTERS, width - HANDLE - 0.4) for line in words.split("\n"))

        return replace(
            self, entries=tuple((lines(words), look) for words, look in self.entries), title=lines(self.title)
        )


def explain(figure: Figure, width: float, *legends: Legend) -> None:
    """Legends one under the other, in the room that the page keeps under the axes."""
    down = 0.0
    for legend in (legend.fitted(width) for legend in legends if legend.entries):
        words, looks = zip(*legend.entries, strict=True)
        top = middle(figure)[0] - down / figure.get_figheight()
        figure.legend(
            looks, words, loc="upper center", bbox_to_anchor=(0.5, top), borderaxespad=0, ncols=columns(words, width),
            fontsize=LETTERS, frameon=False, handlelength=2.2, columnspacing=1.4, title=legend.title or None,
            title_fontproperties={"size": LETTERS, "weight": "bold"}, alignment="left",
        )  # fmt: skip
        down += _height(legend, width)


def columns(words: Sequence[str], width: float) -> int:
    """Columns of a legend that fit side by side in `width` inches."""
    widest = max(width_of(line, LETTERS) for each in words for line in each.split("\n"))
    return max(1, min(MOST, int((width - 0.3) / (widest + HANDLE))))


def room_for(width: float, *legends: Legend) -> float:
    """Height of legends in inches."""
    return sum(_height(legend.fitted(width), width) for legend in legends if legend.entries)


def _height(legend: Legend, width: float) -> float:
    """Of the tallest column, with half a line between rows, and the title above it."""
    words = [words for words, _ in legend.entries]
    parts = np.array_split(np.array(words), columns(words, width))
    rows = max(sum(_row(each) for each in part) for part in parts)
    return rows + (_row(legend.title) if legend.title else 0.0)


def _row(words: str) -> float:
    return height_of(words, LETTERS) + LETTERS / 2 / POINTS
