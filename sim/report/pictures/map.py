"""The likelihood of agreement over two parts, as a map."""

from functools import partial

from sim.analysis.shares.axes import square_ranges
from sim.analysis.shares.design_points import Shares, shares
from sim.analysis.shares.likelihood import FEW, agreed
from sim.plots import Map, Scale, likelihood_map
from sim.report.pictures.picture import SAMPLING, Picture, axis_data, level_says, plain, varies_says, width_says
from sim.report.sweep.view import FEW_RANGES, Sweep


def draw_map(sweep: Sweep, x: str, y: str, panels: str | None) -> Picture:
    """Likelihood over two parts, a panel for each value of a third."""
    ranges = square_ranges(len(sweep.design) // (FEW_RANGES if panels else 1))
    across, up, parts = sweep.axis(x, ranges), sweep.axis(y, ranges), sweep.axis(panels, FEW_RANGES)
    assert across is not None and up is not None
    groups = sweep.groups(parts, across, up)
    hits = shares(groups, agreed(sweep.rows))
    shape = (-1, len(across), len(up))
    cells = (found.reshape(shape) for found in (hits.estimate, hits.low, hits.high, hits.rows))
    names = sweep.panels(parts)
    scales = sweep.scale(across), sweep.scale(up)
    what = varies_says("Likelihood of agreement", sweep, [across, up], [parts])
    heading = sweep.heading(what, groups, [parts, across, up], width_says(hits), *_notes(scales, hits))
    made = [Map(*parts) for parts in zip(names, *cells, strict=True)]
    data = {
        "x": axis_data(scales[0]), "y": axis_data(scales[1]), "by": panels,
        "maps": [
            {"panel": panel.name, "likelihood": plain(panel.share), "low": plain(panel.low), "high": plain(panel.high),
             "runs": panel.runs.tolist()}
            for panel in made
        ],
    }  # fmt: skip
    return Picture(partial(likelihood_map, made, *scales, heading, level_says(hits)), data)


def _notes(scales: tuple[Scale, Scale], hits: Shares) -> list[str]:
    few = f", or the count where they are fewer than {FEW}" if ((hits.rows > 0) & (hits.rows < FEW)).any() else ""
    notes = [f"Each cell: share of its runs that agree, in per cent{few}. Wilson intervals: {SAMPLING}."]
    if all(scale.is_line() for scale in scales):
        notes.append("Lines join equal likelihood: 10, 25, 50 and 75 %, drawn between the middles of cells.")
    return notes
