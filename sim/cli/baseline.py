"""`sim baseline`."""

from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, faults_told, load, say
from sim.cli.options import Common, Count, ScenarioPath
from sim.cli.studies import counting, game_of, play_through, report_of, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report import Report
    from sim.study import Plan


def baseline(
    scenario: ScenarioPath,
    *,
    runs: Count = 2000,
    common: Common,
) -> None:
    """Set the naive baselines of the spatial models beside what the model's agreements settle on, issue by issue.

    They are the mean and the median of the parties' best options, weighted by capability times salience. Writes no files.

    Example: sim baseline freeze_lines --set parties.russia.capability=2
    """
    loaded = load(scenario, common.overrides)
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    with faults_told():
        from sim.study import Plan

        report = _played(loaded, scenario.stem, Plan(runs, seed))
    from sim.analysis.validation.baseline import baselines
    from sim.analysis.validation.baseline_errors import contrasts
    from sim.report.baseline.data import baseline_data
    from sim.report.baseline.page import BaselineReport, baseline_page

    found = BaselineReport(report, contrasts(baselines(report.scenario), report.summary.settlement))
    say(data_or_page(common.as_json, found, baseline_data, baseline_page))


def _played(loaded: "Loaded", name: str, plan: "Plan") -> "Report":
    ready_to_play()
    game = game_of(loaded)
    with counting(plan.runs) as count:
        done = play_through(game, plan, lambda part: count(len(part)))
    return report_of(loaded, name, game, done, plan)
