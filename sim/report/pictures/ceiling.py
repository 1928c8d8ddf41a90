"""The picture of a sweep that counted zones."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.shares.axes import axis_of, crossed, is_number
from sim.analysis.shares.design_points import Groups, shares
from sim.game import Floats, Ints
from sim.plots import CAUTION, Heading, Scale, Zones, zones_along
from sim.records import ZoneRows
from sim.report.pictures.picture import Picture, axis_data, plain
from sim.report.sweep.view import scale_of
from sim.report.sweep.zones import QUANTILES
from sim.report.wording.paths import path_says

if TYPE_CHECKING:
    from sim.files.result.reader import Result

FEW_RANGES = 12


def draw_ceiling(result: "Result", x: str) -> Picture:
    """Zones along one swept part, pooled over the others."""
    axis = axis_of(result.design, x, FEW_RANGES if is_number(result.design, x) else None)
    scale = scale_of(result.scenario, axis)
    of_point, _ = crossed([axis], len(result.design))
    group, zones = of_point[result.zones.point], result.zones
    worlds = int(zones.world.max(initial=0)) + 1
    groups = Groups(group, group * worlds + zones.world, len(axis), worlds)
    found = Zones(shares(groups, zones.zone), _sizes(zones, group, len(axis)))
    data = {
        "x": axis_data(scale), "worlds": found.shares.rows.tolist(), "ceiling": plain(found.shares.estimate),
        "low": plain(found.shares.low), "high": plain(found.shares.high),
        "packages": {f"p{q}": plain(row) for q, row in zip(QUANTILES, found.packages, strict=True)},
    }  # fmt: skip
    return Picture(partial(zones_along, found, scale, _heading(result, scale)), data)


def _sizes(zones: ZoneRows, group: Ints, count: int) -> Floats:
    """Packages [3, C] at `QUANTILES` of the worlds in each group, nan without any."""
    found = np.full((len(QUANTILES), count), np.nan)
    for k in range(count):
        sizes = zones.packages[group == k]
        if len(sizes):
            found[:, k] = np.percentile(sizes, QUANTILES, method="nearest")
    return found


def _heading(result: "Result", scale: Scale) -> Heading:
    done, asked = len(result.zones), len(result.design) * int(result.manifest["runs"])
    points, worlds = len(result.design), int(result.manifest["runs"])
    each = f"{worlds:,} worlds at each of {points:,} design points" if points > 1 else f"{worlds:,} worlds"
    state = each if done == asked else f"unfinished: {done:,} of {asked:,} zones, {each}"
    pooled = [path_says(result.scenario, path) for path in result.design.paths if path != scale.axis.path]
    said = f" Pooled over {' and '.join(pooled)}." if pooled else ""
    foot = (
        f"{CAUTION} Zones are counted exactly; the interval is for the sample of worlds.{said} "
        f"Seed {result.manifest['seed']} and the same luck at every design point."
    )
    what = f"Zones of agreement as \u201c{scale.label}\u201d varies ({state})"
    return Heading(result.scenario.title, what, foot)
