"""Pictures of a sweep: its runs turned into figures, these into a picture with its words, and into data."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from sim.analysis.shares.axes import Axis, square_ranges
from sim.analysis.shares.design_points import Shares, agreed, shares, ways_to_end
from sim.analysis.shares.likelihood import FEW
from sim.analysis.shares.settlements import LITTLE, Settled, settled
from sim.analysis.shares.tipping import tippings_along
from sim.plots import (
    WAYS,
    Curve,
    Map,
    Panel,
    Scale,
    Stack,
    likelihood_along,
    likelihood_map,
    plain_fills,
    stacked_along,
)
from sim.report.pictures.picture import Drawn, axis_data, curve_data, curve_says, plain
from sim.report.sweep.subject import FEW_RANGES, Sweep
from sim.scenario import Issue

MOST_LINES = 6
MOST_PANELS = 9
MOST_STACKS = 5
MOST_ISSUES = 6
SAMPLING = "sampling error only"


def draw_curve(sweep: Sweep, x: str, by: str | None, panels: str | None, level: float) -> Drawn:
    """Likelihood along one part: a line for each value of `by`, a panel for each value of `panels`."""
    sweep = sweep.thinned(by, MOST_LINES).thinned(panels, MOST_PANELS)
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
    what = _varies("Likelihood of agreement", sweep, [axis], [lines, parts])
    how = f"{'bands' if scale.is_line() else 'whiskers'}: {_level(hits)} intervals"
    found = any(line.tippings for panel in made for line in panel.lines)
    notes = [f"{_level(hits)} Wilson interval of each share: {SAMPLING}."]
    notes += ["A crossing's interval: where the band holds the level."] if found else []
    heading = sweep.heading(what, groups, [parts, lines, axis], how, *notes)
    return Drawn(
        "curve",
        partial(likelihood_along, made, scale, heading, sweep.says(by) if by else "", level),
        curve_data(made, scale, by, panels, level),
        curve_says(made, scale, sweep.says(by) if by else "", level),
    )


def draw_map(sweep: Sweep, x: str, y: str, panels: str | None) -> Drawn:
    """Likelihood over two parts, a panel for each value of a third."""
    sweep = sweep.thinned(panels, MOST_PANELS)
    ranges = square_ranges(len(sweep.design) // (FEW_RANGES if panels else 1))
    across, up, parts = sweep.axis(x, ranges), sweep.axis(y, ranges), sweep.axis(panels, FEW_RANGES)
    assert across is not None and up is not None
    groups = sweep.groups(parts, across, up)
    hits = shares(groups, agreed(sweep.rows))
    shape = (-1, len(across), len(up))
    cells = (found.reshape(shape) for found in (hits.estimate, hits.low, hits.high, hits.rows))
    names = sweep.panels(parts)
    scales = sweep.scale(across), sweep.scale(up)
    what = _varies("Likelihood of agreement", sweep, [across, up], [parts])
    heading = sweep.heading(what, groups, [parts, across, up], _width(hits), *_map_notes(scales, hits))
    made = [Map(*parts) for parts in zip(names, *cells, strict=True)]
    data = {
        "x": axis_data(scales[0]), "y": axis_data(scales[1]), "by": panels,
        "maps": [
            {"panel": panel.name, "likelihood": plain(panel.share), "low": plain(panel.low), "high": plain(panel.high),
             "runs": panel.runs.tolist()}
            for panel in made
        ],
    }  # fmt: skip
    return Drawn("map", partial(likelihood_map, made, *scales, heading, _level(hits)), data)


def _map_notes(scales: tuple[Scale, Scale], hits: Shares) -> list[str]:
    """How to read a map."""
    few = f", or the count where they are fewer than {FEW}" if ((hits.rows > 0) & (hits.rows < FEW)).any() else ""
    notes = [f"Each cell: share of its runs that agree, in per cent{few}. Wilson intervals: {SAMPLING}."]
    if all(scale.is_line() for scale in scales):
        notes.append("Lines join equal likelihood: 10, 25, 50 and 75 %, drawn between the middles of cells.")
    return notes


def draw_ends(sweep: Sweep, x: str, panels: str | None) -> Drawn:
    """Where runs end along one part, a panel for each value of a second."""
    sweep = sweep.thinned(panels, MOST_STACKS)
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
    what, hits = _varies("Where runs end", sweep, [axis], [parts]), shares(groups, agreed(sweep.rows))
    how = _width(hits) if np.nansum(hits.estimate) else f"none agrees; {_width(hits)}"
    heading = sweep.heading(what, groups, [parts, axis], how, f"Wilson intervals of shares: {SAMPLING}.")
    data = {
        "x": axis_data(scale), "by": panels,
        "stacks": [
            {"panel": name, "runs": rows[k].tolist(), "ends": {way: plain(share[k]) for way, share in found.items()}}
            for k, name in enumerate(names)
        ],
    }  # fmt: skip
    return Drawn("ends", partial(stacked_along, made, scale, heading, "runs"), data)


def draw_settlement(
    sweep: Sweep,
    x: str,
    issues: Sequence[str],
    options: Sequence[tuple[str, ...]],
    chosen: str | None,
    most: int = MOST_ISSUES,
) -> Drawn:
    """What agreements settle along one part: a panel for each issue whose settlement varies, or for the one chosen.

    `issues` and their `options` stand in the order of the packages.
    """
    axis = sweep.axis(x)
    assert axis is not None
    groups, scale = sweep.groups(axis), sweep.scale(axis)
    found = {issue: settled(sweep.rows, groups, i, options[i]) for i, issue in enumerate(issues)}
    ranked = sorted(found, key=lambda issue: -found[issue].change())
    varying = [issue for issue in ranked if found[issue].change() >= LITTLE] or ranked[:1]
    shown = [chosen] if chosen is not None else varying[:most]
    made = [_settled_stack(sweep.scenario.issues[issue], found[issue]) for issue in shown]
    notes = [f"Shares of agreements, not of all runs; Wilson intervals: {SAMPLING}."]
    some = bool(made[0].rows.any())
    if some and (made[0].rows < FEW).any():
        notes.append(f"Fewer than {FEW} agreements tell little.")
    if chosen is None and len(issues) > len(shown) and some:
        notes.append(f"Shown: the issues whose settlement varies most, {len(shown)} of {len(issues)}.")
    what = _varies("What agreements settle", sweep, [axis], [])
    heading = sweep.heading(what, groups, [axis], _settled_width(found[shown[0]]), *notes)
    missing = "no agreement" if some else "no run agrees, so nothing is settled"
    draw = partial(stacked_along, made, scale, heading, "agreements", counted=True, missing=missing)
    less = partial(draw_settlement, sweep, x, issues, options, chosen, len(shown) - 1) if len(shown) > 1 else None
    data = {"x": axis_data(scale), "issues": {i: _settled_data(found[i]) for i in shown}}
    return Drawn("settlement", draw, data, fewer=less)


def _settled_stack(issue: Issue, found: Settled) -> Stack:
    """A panel of the options that some agreement settles on."""
    occurring = [k for k, share in enumerate(found.estimate()) if np.nansum(share) > 0]
    fills = plain_fills([issue.label(found.options[k]) for k in occurring])
    return Stack(issue.title, tuple(zip(fills, found.estimate()[occurring], strict=True)), found.agreements())


def _settled_data(found: Settled) -> dict[str, Any]:
    options = dict(zip(found.options, (plain(share.estimate) for share in found.shares), strict=True))
    return {"agreements": found.agreements().tolist(), "options": options}


def _settled_width(found: Settled) -> str:
    """How wide intervals are where agreements are not few, in words."""
    count = found.agreements()
    if not count.any():
        return "none agrees"
    enough = np.flatnonzero(count >= FEW) if (count >= FEW).any() else np.flatnonzero(count)
    return _width(max((share.part(enough) for share in found.shares), key=Shares.widest))


def _level(found: Shares) -> str:
    return f"{100 * found.level:g} %"


def _width(found: Shares) -> str:
    """How wide intervals are at most, in words."""
    return f"{_level(found)} intervals up to {100 * found.widest():.0f} points wide"


def _varies(what: str, sweep: Sweep, axes: Sequence[Axis], others: Sequence[Axis | None]) -> str:
    """What is shown, in a sentence."""
    said = " and ".join(f"\u201c{sweep.says(axis.path)}\u201d" for axis in axes)
    by = " and ".join(f"\u201c{sweep.says(axis.path)}\u201d" for axis in others if axis is not None)
    verb = "varies" if len(axes) == 1 else "vary"
    return f"{what} as {said} {verb}" + (f", for each value of {by}" if by else "")
