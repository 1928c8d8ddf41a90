"""The likelihood of agreement along one part: a curve with its band, or points for words."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from sim.analysis.shares.design_points import shares
from sim.analysis.shares.likelihood import agreed
from sim.analysis.shares.tipping import Tipping, crossings, tippings_along
from sim.plots import Curve, Panel, Scale, likelihood_along
from sim.report.pictures.picture import SAMPLING, Picture, axis_data, level_says, plain, varies_says
from sim.report.sweep.view import FEW_RANGES, Sweep


def draw_curve(sweep: Sweep, x: str, by: str | None, panels: str | None, level: float) -> Picture:
    """Likelihood along one part: a line for each value of `by`, a panel for each value of `panels`."""
    axis, lines, parts = sweep.axis(x), sweep.axis(by, FEW_RANGES), sweep.axis(panels, FEW_RANGES)
    assert axis is not None
    groups = sweep.groups(parts, lines, axis)
    hits, zones = shares(groups, agreed(sweep.rows)), shares(groups, sweep.rows.zone)
    names = sweep.scale(lines).names if lines else ("",)
    cells = np.arange(groups.count).reshape(-1, len(names), len(axis))
    made = []
    for name, of_panel in zip(sweep.panels(parts), cells, strict=True):
        curves = [(hits.part(part), None if lines else zones.part(part)) for part in of_panel]
        drawn = (
            Curve(said, *curve, tippings_along(axis, curve[0], level))
            for said, curve in zip(names, curves, strict=True)
        )
        made.append(Panel(name, tuple(drawn)))
    scale = sweep.scale(axis)
    what = varies_says("Likelihood of agreement", sweep, [axis], [lines, parts])
    how = f"{'bands' if scale.is_line() else 'whiskers'}: {level_says(hits)} intervals"
    found = any(line.tippings for panel in made for line in panel.lines)
    notes = [f"{level_says(hits)} Wilson interval of each share: {SAMPLING}."]
    notes += ["A crossing's interval: where the band holds the level."] if found else []
    heading = sweep.heading(what, groups, [parts, lines, axis], how, *notes)
    return Picture(
        partial(likelihood_along, made, scale, heading, sweep.says(by) if by else "", level),
        _data(made, scale, by, panels, level),
        _crossings_say(made, scale, sweep.says(by) if by else "", level),
    )


def _crossings_say(made: Sequence[Panel], scale: Scale, by: str, level: float) -> tuple[str, ...]:
    if not scale.is_line():
        return ()
    said = []
    for panel in made:
        for line in panel.lines:
            where = ", ".join(part for part in (panel.name, f"{by}: {line.name}" if by else "") if part)
            what = crossings(line.tippings, line.shares, scale.axis, level)
            said.append(f"{where}: {what}" if where else f"The likelihood {what}")
    return tuple(said)


def _data(made: Sequence[Panel], scale: Scale, by: str | None, panels: str | None, level: float) -> dict[str, Any]:
    return {
        "x": axis_data(scale),
        "by": [path for path in (by, panels) if path is not None],
        "level": level,
        "curves": [
            {
                "panel": panel.name, "line": line.name, "runs": line.shares.rows.tolist(),
                "likelihood": plain(line.shares.estimate), "low": plain(line.shares.low), "high": plain(line.shares.high),
                "ceiling": None if line.ceiling is None else plain(line.ceiling.estimate),
                "crossings": [_tipping_data(tipping) for tipping in line.tippings],
            }
            for panel in made
            for line in panel.lines
        ],
    }  # fmt: skip


def _tipping_data(tipping: Tipping) -> dict[str, Any]:
    return {
        "at": tipping.at,
        "low": tipping.low if math.isfinite(tipping.low) else None,
        "high": tipping.high if math.isfinite(tipping.high) else None,
        "rises": tipping.rises,
    }
