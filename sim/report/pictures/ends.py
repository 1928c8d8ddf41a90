"""Where runs end: as shares along one part, or in one design point with the reasons of those that failed."""

from functools import partial
from typing import Any

import numpy as np

from sim.analysis.shares.design_points import PointSummary, shares, summary_of, ways_to_end
from sim.analysis.shares.likelihood import agreed
from sim.plots import WAYS, Stack, stacked_along, where_runs_end
from sim.report.pictures.picture import SAMPLING, Picture, axis_data, plain, share_data, varies_says, width_says
from sim.report.sweep.view import FEW_RANGES, Sweep


def draw_ends(sweep: Sweep, x: str, panels: str | None) -> Picture:
    """Where runs end along one part, a panel for each value of a second."""
    axis, parts = sweep.axis(x), sweep.axis(panels, FEW_RANGES)
    assert axis is not None
    groups = sweep.groups(parts, axis)
    ways = ways_to_end(sweep.rows, sweep.scenario.has_core())
    found = {way: shares(groups, ways[way]).estimate.reshape(-1, len(axis)) for way in WAYS if way in ways}
    rows, names, scale = groups.sizes().reshape(-1, len(axis)), sweep.panels(parts), sweep.scale(axis)
    made = [
        Stack(name, tuple((WAYS[way], share[k]) for way, share in found.items()), rows[k])
        for k, name in enumerate(names)
    ]
    what, hits = varies_says("Where runs end", sweep, [axis], [parts]), shares(groups, agreed(sweep.rows))
    how = width_says(hits) if np.nansum(hits.estimate) else f"none agrees; {width_says(hits)}"
    heading = sweep.heading(what, groups, [parts, axis], how, f"Wilson intervals of shares: {SAMPLING}.")
    data = {
        "x": axis_data(scale), "by": panels,
        "stacks": [
            {"panel": name, "runs": rows[k].tolist(), "ends": {way: plain(share[k]) for way, share in found.items()}}
            for k, name in enumerate(names)
        ],
    }  # fmt: skip
    return Picture(partial(stacked_along, made, scale, heading, "runs"), data)


def draw_ends_of_point(point: Sweep) -> Picture:
    """Where the runs of the one design point of a sweep end, and why those without agreement failed."""
    from sim.analysis.feasibility.reasons import is_indicative  # loads compiled code

    game = point.game()
    summary = summary_of(point.rows, game.total_rounds(), is_indicative(game))
    draw = partial(where_runs_end, summary, point.title(), point.scenario.has_core())
    return Picture(draw, _data(summary))


def _data(summary: PointSummary) -> dict[str, Any]:
    return {
        "runs": summary.runs,
        "core": share_data(summary.core),
        "ends": {end: share_data(share) for end, share in summary.ends.items()},
        "reasons": {why: share_data(share) for why, share in summary.reasons.items()},
    }
