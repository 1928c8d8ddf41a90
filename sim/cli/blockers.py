"""`sim blockers`."""

from sim.api.questions.blockers import blocked
from sim.cli.common import data_or_page, faults_told, load, say
from sim.cli.front import FRONT
from sim.cli.options import Common, Count, ScenarioPath
from sim.cli.studies import with_draws


def blockers(
    scenario: ScenarioPath,
    *,
    runs: Count = 1000,
    common: Common,
) -> None:
    """Say what blocks, ranked three ways, and where these disagree.

    The page shows how often refusals name each red line, and which minimal sets of lines would open a zone. It shows what
    it gives if a line is never real: the scenario is played again without the line, under the same luck.

    Example: sim blockers november_draft
    """
    loaded = load(scenario, common.overrides)
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    with faults_told():
        from sim.study import Plan

        report = blocked(loaded, scenario.stem, Plan(runs, seed), FRONT)
    from sim.report.blockers.data import blockers_data
    from sim.report.blockers.page import blockers_page

    say(data_or_page(common.as_json, report, blockers_data, blockers_page))
