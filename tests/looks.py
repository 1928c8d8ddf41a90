"""Where the texts of a picture stand."""

from functools import cache

from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def texts(figure: Figure) -> list[str]:
    found = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    return [" ".join(text.split()) for text in found if text.strip()]


@cache
def boxes(figure: Figure) -> dict[str, Bbox]:
    """Where each text stands, in pixels."""
    figure.draw_without_rendering()
    ticks = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in _labels(axis)}
    hidden = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in _unused(axis)}
    found: dict[str, Bbox] = {}
    for k, text in enumerate(figure.findobj(Text)):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip() and (id(text) in ticks or id(text) not in hidden):
            found[f"{k} {text.get_text()}"] = text.get_window_extent()
    return found


def _labels(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low - 1e-9 <= tick.get_loc() <= high + 1e-9]
    return [label for tick in ticks for label in (tick.label1, tick.label2) if label.get_visible()]


def _unused(axis: Axis) -> list[Text]:
    return [label for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)]


def outside(figure: Figure) -> list[str]:
    """Texts that leave the page."""
    width, height = figure.get_size_inches() * figure.dpi
    return [
        text for text, box in boxes(figure).items() if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that stand on each other."""
    found = boxes(figure)
    pairs = [(a, b) for k, a in enumerate(found) for b in list(found)[k + 1 :]]
    return [(a, b) for a, b in pairs if _overlap(found[a], found[b])]


def _overlap(a: Bbox, b: Bbox, slack: float = 2.0) -> bool:
    """Whether two boxes share more than the space that lines keep below their letters."""
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return bool(across > slack and down > slack)
