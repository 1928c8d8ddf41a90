"""Legends in a room of their own: under the axes, in as many columns as fit."""

from collections.abc import Mapping

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.plots.page import POINTS, SMALL, height_of, middle, width_of

LETTERS = SMALL + 0.5

Key = Mapping[str, Artist]
"""What a legend explains: its words, in lines that fit, and how they look."""


def explain(figure: Figure, key: Key, width: float) -> None:
    """The legend, in the room that the page keeps under the axes."""
    if key:
        figure.legend(
            list(key.values()), list(key), loc="upper center", bbox_to_anchor=(0.5, middle(figure)[0]), borderaxespad=0,
            ncols=columns(key, width), fontsize=LETTERS, frameon=False, handlelength=2.2, columnspacing=1.4,
        )  # fmt: skip


def columns(key: Key, width: float) -> int:
    """Columns of the legend that fit side by side in `width` inches."""
    widest = max(width_of(line, LETTERS) for words in key for line in words.split("\n"))
    return max(1, min(4, int((width - 0.3) / (widest + 0.6))))


def room_for(key: Key, width: float) -> float:
    """Height of the legend in inches: of its tallest column, with half a line between entries."""
    if not key:
        return 0.0
    parts = np.array_split(np.array(list(key)), columns(key, width))
    return max(sum(height_of(words, LETTERS) + LETTERS / 2 / POINTS for words in part) for part in parts)
