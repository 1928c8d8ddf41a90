"""`sim baseline`."""

from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, faults_told, load, say
from sim.cli.options import AsJson, Count, Overrides, ScenarioPath, Seed
from sim.cli.studies import counting, game_of, play_through, report_of
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report import Report


def baseline(
    scenario: ScenarioPath,
    runs: Count = 2000,
    seed: Seed = 1,
    overrides: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Set the naive baselines of the spatial models beside what the model's agreements settle on, issue by issue.

    The weighted mean and median of the parties' best options, weights capability times salience. Writes no files.

    Example: sim baseline freeze_lines --set parties.russia.capability=2
    """
    loaded = load(scenario, overrides)
    with faults_told():
        _print(_played(loaded, scenario.stem, runs, seed), as_json)


def _played(loaded: "Loaded", name: str, runs: int, seed: int) -> "Report":
    from sim.study import Plan

    ready_to_play()
    game, plan = game_of(loaded), Plan(runs, seed, "batch")
    with counting(runs) as count:
        done = play_through(game, plan, lambda part: count(len(part)))
    return report_of(loaded, name, game, done, plan)


def _print(report: "Report", as_json: bool) -> None:
    from sim.analysis.validation.baseline import baselines
    from sim.analysis.validation.baseline_errors import contrasts
    from sim.report.baseline.page import BaselineReport, baseline_data, baseline_page

    found = BaselineReport(report, contrasts(baselines(report.scenario), report.summary.settlement))
    say(data_or_page(as_json, found, baseline_data, baseline_page))
