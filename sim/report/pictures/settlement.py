"""What agreements settle along one part."""

from functools import partial
from typing import Any

import numpy as np

from sim.analysis.shares.design_points import Shares
from sim.analysis.shares.likelihood import FEW
from sim.analysis.shares.settlements import LITTLE, Settled, settled
from sim.plots import Stack, patterns_for, stacked_along
from sim.report.pictures.picture import SAMPLING, Picture, axis_data, plain, varies_says, width_says
from sim.report.sweep.view import Sweep
from sim.scenario import Issue

MOST_ISSUES = 6


def draw_settlement(sweep: Sweep, x: str, chosen: str | None, most: int = MOST_ISSUES) -> Picture:
    """What agreements settle along one part: a panel for each issue whose settlement varies, or for the one chosen."""
    axis = sweep.axis(x)
    assert axis is not None
    groups, scale, names = sweep.groups(axis), sweep.scale(axis), sweep.game().names
    named = zip(names.issues, names.options, strict=True)
    found = {issue: settled(sweep.rows, groups, i, options) for i, (issue, options) in enumerate(named)}
    ranked = sorted(found, key=lambda issue: -found[issue].change())
    varying = [issue for issue in ranked if found[issue].change() >= LITTLE] or ranked[:1]
    shown = [chosen] if chosen is not None else varying[:most]
    made = [_stack(sweep.scenario.issues[issue], found[issue]) for issue in shown]
    notes = [f"Shares of agreements, not of all runs; Wilson intervals: {SAMPLING}."]
    some = bool(made[0].rows.any())
    if some and (made[0].rows < FEW).any():
        notes.append(f"Fewer than {FEW} agreements tell little.")
    if chosen is None and len(found) > len(shown) and some:
        notes.append(_which(len(shown), len(found), found[shown[0]].change() >= LITTLE))
    what = varies_says("What agreements settle", sweep, [axis], [])
    heading = sweep.heading(what, groups, [axis], _width(found[shown[0]]), *notes)
    missing = "no agreement" if some else "no run agrees, so nothing is settled"
    draw = partial(stacked_along, made, scale, heading, "agreements", counted=True, missing=missing)
    less = partial(draw_settlement, sweep, x, chosen, len(shown) - 1) if len(shown) > 1 else None
    data = {"x": axis_data(scale), "issues": {i: _data(found[i]) for i in shown}}
    return Picture(draw, data, fewer=less)


def _which(shown: int, every: int, varies: bool) -> str:
    if varies:
        return f"Shown: the issues whose settlement varies most, {shown} of {every}."
    least = f"{100 * LITTLE:.0f} points"
    return f"What is settled on varies by {least} or more on none of the {every} issues; shown is the one that varies most."


def _stack(issue: Issue, found: Settled) -> Stack:
    """A panel of the options that some agreement settles on."""
    occurring = [k for k, share in enumerate(found.estimate()) if np.nansum(share) > 0]
    fills = patterns_for([issue.label(found.options[k]) for k in occurring])
    return Stack(issue.title, tuple(zip(fills, found.estimate()[occurring], strict=True)), found.agreements())


def _data(found: Settled) -> dict[str, Any]:
    options = dict(zip(found.options, (plain(share.estimate) for share in found.shares), strict=True))
    return {"agreements": found.agreements().tolist(), "options": options}


def _width(found: Settled) -> str:
    """How wide intervals are where agreements are not few, in words."""
    count = found.agreements()
    if not count.any():
        return "none agrees"
    enough = np.flatnonzero(count >= FEW) if (count >= FEW).any() else np.flatnonzero(count)
    return width_says(max((share.part(enough) for share in found.shares), key=Shares.widest))
