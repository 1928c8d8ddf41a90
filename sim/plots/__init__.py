"""Results as pictures: result -> matplotlib Figure. Nothing here opens a path or computes a statistic.

`picture_bytes` gives a figure as the bytes of a file, equal for equal results. By hand:

    with matplotlib.rc_context(SAVE_RC):
        figure.savefig(path, format="svg", **SAVE["svg"])

Figures are made without pyplot: it takes half a second to import and keeps every figure alive.
"""

from sim.plots import matplotlib_folder  # noqa: F401  (first: it says where matplotlib keeps its files)

# isort: split
from matplotlib.figure import Figure

from sim.plots.comparison import scenario_comparison
from sim.plots.fonts import boxed, scripts
from sim.plots.formats import SAVE, SAVE_RC, picture_bytes
from sim.plots.frontier.gains import FrontierPicture
from sim.plots.frontier.picture import pareto_frontier
from sim.plots.hatches import WAYS, patterns_for
from sim.plots.inline import inline_svg
from sim.plots.page import CAUTION, counted
from sim.plots.posterior import MovedRow, before_and_after
from sim.plots.regions import LimitBar, RegionBars, regions_of_assumptions
from sim.plots.reliability import reliability_diagram
from sim.plots.run.dance import dance
from sim.plots.run.ends import where_runs_end
from sim.plots.run.study import pictures
from sim.plots.run.weeks import likelihood_by_round
from sim.plots.sheet import CM, Sheet, TooSmallError
from sim.plots.sweep.curves import likelihood_along
from sim.plots.sweep.map import Map, likelihood_map
from sim.plots.sweep.scales import Curve, Heading, Panel, Scale
from sim.plots.sweep.stacks import Stack, stacked_along
from sim.plots.sweep.zones import Zones, zones_along
from sim.plots.timeline import Stretch, TimelineRow, positions_over_time
from sim.plots.whiskers import WhiskerRow, whiskers

__all__ = [
    "CAUTION",
    "CM",
    "SAVE",
    "SAVE_RC",
    "WAYS",
    "Curve",
    "Figure",
    "FrontierPicture",
    "Heading",
    "LimitBar",
    "Map",
    "MovedRow",
    "Panel",
    "RegionBars",
    "Scale",
    "Sheet",
    "Stack",
    "Stretch",
    "TimelineRow",
    "TooSmallError",
    "WhiskerRow",
    "Zones",
    "before_and_after",
    "boxed",
    "counted",
    "dance",
    "inline_svg",
    "likelihood_along",
    "likelihood_by_round",
    "likelihood_map",
    "pareto_frontier",
    "patterns_for",
    "picture_bytes",
    "pictures",
    "positions_over_time",
    "regions_of_assumptions",
    "reliability_diagram",
    "scenario_comparison",
    "scripts",
    "stacked_along",
    "where_runs_end",
    "whiskers",
    "zones_along",
]  # fmt: skip
