"""A picture as the bytes of a file: PNG, SVG or PDF."""

from io import BytesIO
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.plots.fonts import families
from sim.plots.page import settings

SAVE_RC: Any = {"svg.hashsalt": "sim", "svg.fonttype": "path"}
"""Settings to save under: ids in an SVG are random without a salt."""

SAVE: dict[str, dict[str, Any]] = {
    "svg": {"metadata": {"Date": None}},
    "pdf": {"metadata": {"CreationDate": None}},
    "png": {"dpi": 150, "metadata": {"Software": None}},
}
"""Arguments of `savefig` by format: no dates, no versions."""

PRINTED = 300
"""Dots to an inch that journals ask for."""


def picture_bytes(figure: Figure, kind: str, *, printed: bool = False) -> bytes:
    """A figure as a file of one kind of `SAVE`, fine enough for print or not; the same bytes every time on equal versions."""
    file, how = BytesIO(), SAVE[kind]
    if printed and "dpi" in how:
        how = how | {"dpi": PRINTED}
    with settings(families(figure), SAVE_RC):
        settle(figure, how.get("dpi", SAVE["png"]["dpi"]))
        figure.savefig(file, format=kind, **how)
    return file.getvalue()


def settle(figure: Figure, dpi: float = SAVE["png"]["dpi"]) -> None:
    """Lay a figure out for good, to a millionth of the page: the solver's last digits are not the same every time."""
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    figure.set_dpi(dpi)  # letters in pixels are widest where they are coarsest
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        x, y, width, height = (round(float(edge), 6) for edge in axes.get_position(original=True).bounds)
        axes.set_position((x, y, width, height))
