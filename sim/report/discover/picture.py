"""Regions of the assumptions as a picture."""

from sim.analysis.discovery.regions import Limit
from sim.plots import Figure, LimitBar, RegionBars, regions_of_assumptions
from sim.report.discover.condition import OUTCOMES
from sim.report.discover.page import range_says
from sim.report.discover.report import Discovery
from sim.report.wording.draws import number_says
from sim.report.wording.figures import interval, percent


def discovery_picture(report: Discovery) -> Figure | None:
    """The limits of every region on the range of each number's draws; None where no region was found."""
    if not report.found.found:
        return None
    boxes = [
        RegionBars(
            f"Region {k + 1}: {OUTCOMES[report.where.outcome]} {percent(report.outcome_in(region))} "
            f"({interval(report.outcome_in(region))}), in {percent(region.mass)} of the assumptions",
            tuple(_bar(report, one) for one in region.limits),
        )
        for k, region in enumerate(report.found.found)
    ]
    subtitle = f"Where {report.where}; over all assumptions {percent(report.overall)} of {report.overall.n:,} runs"
    return regions_of_assumptions(boxes, report.scenario.title, subtitle)


def _bar(report: Discovery, limit: Limit) -> LimitBar:
    return LimitBar(number_says(report.scenario, limit.path), range_says(report, limit), limit.low, limit.high)
