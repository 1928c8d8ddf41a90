"""The page that every picture stands on: sizes, colours, title and foot."""

import math
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from matplotlib import rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from sim.analysis.shares.likelihood import Share
from sim.plots.fonts import FONT, families
from sim.plots.notebook_figure import NotebookFigure
from sim.plots.sheet import USUAL, Sheet

BLACK, GREY, PALE = "#000000", "#595959", "#BFBFBF"
BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9"
"""Colours that the colour-blind tell apart (Okabe & Ito 2008)."""

COLOURS = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, GREY)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p")

STYLE: Any = {
    "font.family": [FONT],
    "font.size": 9.0,
    "text.usetex": False,
    "text.color": BLACK,
    "axes.edgecolor": GREY,
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelcolor": BLACK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "white",
    "hatch.linewidth": 0.6,
}

P = ParamSpec("P")


@contextmanager
def settings(names: tuple[str, ...], more: Any = None) -> Iterator[None]:
    """These settings hold, so that nobody's own ones change a figure, with these fonts; boxes for letters without a word."""
    with rc_context(STYLE | {"font.family": list(names)} | (more or {})), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Decorator: a figure is made under our settings; once more, with other fonts, where it has letters of other scripts."""

    @wraps(draw)
    def drawn(*arguments: P.args, **named: P.kwargs) -> Figure:
        with settings((FONT,)):
            figure = draw(*arguments, **named)
        fonts = families(figure)
        if fonts == (FONT,):
            return figure
        with settings(fonts):
            return draw(*arguments, **named)

    return drawn


CAUTION = "Conditional on the stated assumptions, not a forecast."

POINTS = 72.0  # to an inch
LEADING = 1.2  # height of a line, in font sizes
MARGIN = 0.12  # inches around a page
GAP = 0.05  # inches under its title
HINTED = 1.03  # how much wider small letters may come out than they measure, each moved to whole pixels
TITLE, SUBTITLE, NORMAL, SMALL = 12.0, 9.5, 9.0, 7.5  # font sizes in points


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Width in inches of one line of text, taken literally."""
    return _width_of(text, size, weight, tuple(rcParams["font.family"]))


@lru_cache(maxsize=4096)
def _width_of(text: str, size: float, weight: str, fonts: tuple[str, ...]) -> float:
    font = FontProperties(family=list(fonts), size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def wrapped(text: str, size: float, width: float, weight: str = "normal") -> str:
    """The text, broken into lines of at most `width` inches; a word that is too long by itself is broken too.

    A figure and its per cent sign stay on one line.
    """
    lines = [""]
    for word in re.split(r"[^\S\u00a0]+", text.strip().replace(" %", "\u00a0%")):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, size, width, weight)
    return "\n".join(line for line in lines if line).replace("\u00a0", " ")


def _pieces(word: str, size: float, width: float, weight: str) -> list[str]:
    """A word in pieces that each fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def height_of(text: str, size: float) -> float:
    """Height in inches of lines of text."""
    return (text.count("\n") + 1) * size * LEADING / POINTS if text else 0.0


def blank_page(
    title: str, subtitle: str, foot: str, width: float, height: float, *, legend: float = 0.0, least: float,
    sheet: Sheet = USUAL,
) -> Figure:  # fmt: skip
    """An empty figure `width` inches wide, with `height` inches for axes, at the `least`, and `legend` inches under them.

    What stands above the axes is its label too, for a caption where there is no title.

    Raises:
        TooSmallError: it does not fit the sheet.
    """
    said = f"{title}. {subtitle}."
    if not sheet.titled:
        title = subtitle = ""
    room = width - 2 * MARGIN
    title, subtitle = wrapped(title, TITLE, room, "bold"), wrapped(subtitle, SUBTITLE, room)
    foot = wrapped(foot, SMALL, room / HINTED)
    foot_height = height_of(foot, SMALL) + MARGIN
    under_title = MARGIN + height_of(title, TITLE)
    head, base = under_title + height_of(subtitle, SUBTITLE) + GAP, legend + foot_height
    height = sheet.room(head + base, height, least)
    total = head + height + base
    layout = ConstrainedLayoutEngine(rect=(0.0, base / total, 1.0, height / total), h_pad=0.05, w_pad=MARGIN)
    figure = NotebookFigure(figsize=(width, total), layout=layout)
    figure.set_label(said)
    for text, size, down, weight, colour in (
        (title, TITLE, MARGIN, "bold", BLACK),
        (subtitle, SUBTITLE, under_title, "normal", BLACK),
        (foot, SMALL, total - foot_height, "normal", GREY),
    ):
        figure.text(
            MARGIN / width, 1 - down / total, text, size=size, weight=weight, color=colour, ha="left", va="top",
            linespacing=LEADING,
        )  # fmt: skip
    return figure


def write_beside(axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **look: Any) -> None:
    """Writes a text so many points beside a place; it may stand outside the axes."""
    axes.annotate(
        text, at, xytext=shift, textcoords="offset points", annotation_clip=False, **{"va": "center", **look},
    )  # fmt: skip


def room_of(figure: Figure) -> float:
    """Inches of height that a page has for axes."""
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    return float(layout.get()["rect"][3] * figure.get_figheight())


def middle(figure: Figure) -> tuple[float, float]:
    """Where the room for axes begins, and half way up it, as fractions of the figure."""
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    _, bottom, _, height = layout.get()["rect"]
    return bottom, bottom + height / 2


def finished(figure: Figure) -> Figure:
    """The figure, with every text taken literally: a dollar in a title is no formula."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
    return figure


def percent(share: Share) -> str:
    """A share in no more digits than its interval supports; of few, as a count."""
    if share.is_few():
        return share.counted()
    return "no runs" if math.isnan(share.estimate) else f"{_scaled(share.estimate, share)} %"


def interval(share: Share) -> str:
    """The interval of a share, in per cent."""
    return f"{_scaled(share.low, share)} to {_scaled(share.high, share)} %"


def _scaled(value: float, share: Share) -> str:
    """A fraction in per cent; what is not nothing is not called nothing."""
    text = f"{100 * value:.{0 if share.high - share.low > 0.01 else 1}f}"
    least = "<1" if "." not in text else "<0.1"
    return least if value > 0 and float(text) == 0 else text


def level(share: Share) -> str:
    """The level of a share's interval, such as 95 %."""
    return f"{100 * share.level:g} %"


def counted(runs: int) -> str:
    """A number of runs."""
    return f"{runs:,} run" if runs == 1 else f"{runs:,} runs"


def look(k: int) -> dict[str, Any]:
    """Shape and colour of the marks of one of several parties; the shape alone tells them apart."""
    return {"marker": MARKERS[k % len(MARKERS)], "color": COLOURS[k % len(COLOURS)]}
