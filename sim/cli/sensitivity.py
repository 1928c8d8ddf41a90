"""`sim sensitivity`."""

from typing import Annotated

import typer

from sim.cli.coding import played
from sim.cli.common import data_or_page, fail, faults_told, load, say
from sim.cli.options import Common, Count, ScenarioPath, UseCoding
from sim.cli.studies import counting, game_of, with_draws
from sim.cli.warm import ready_to_play

Ablations = Annotated[
    bool, typer.Option("--ablations", help="Switch off each part of the model, and move each number of one.")
]


def sensitivity(
    scenario: ScenarioPath,
    *,
    ablations: Ablations = False,
    coding: UseCoding = None,
    runs: Count = 1000,
    common: Common,
) -> None:
    """Say what the answer hangs on: each part of the model switched off, and each of its numbers moved; or the coder.

    Everything is played with the same luck, and differences are paired run by run. Writes no files.

    Example: sim sensitivity freeze_lines --ablations --runs 500
    """
    if not ablations and coding is None:
        fail(
            "say what to change: --ablations switches off each part of the model and moves its numbers; --coding FILE takes "
            "the numbers of a second coder"
        )
    if ablations and coding is not None:
        fail("--coding: goes without --ablations; ask one after the other")
    loaded = load(scenario, common.overrides)
    if coding is not None:
        say(played(loaded, scenario, coding, runs, common.seed, common.as_json))
        return
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    with faults_told():
        from sim.report.sensitivity.data import ablation_data
        from sim.report.sensitivity.page import ablation_page
        from sim.report.sensitivity.report import AblationReport
        from sim.study import Plan
        from sim.study.ablations import ablate, total_runs

        game_of(loaded)
        ready_to_play()
        plan = Plan(runs, seed)
        with counting(total_runs(loaded.scenario, plan)) as count:
            found = ablate(loaded.scenario, plan, count)
        report = AblationReport(loaded.scenario, scenario.stem, found, runs, seed, loaded.overridden)
        say(data_or_page(common.as_json, report, ablation_data, ablation_page))
