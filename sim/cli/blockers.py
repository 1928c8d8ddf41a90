"""`sim blockers`."""

from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, faults_told, load, say
from sim.cli.options import Common, Count, ScenarioPath
from sim.cli.studies import counting, game_of, play_through, report_of, with_draws
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.analysis.blockers.minimal_sets import MinimalSets
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.report.blockers.page import BlockersReport
    from sim.study import Plan


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

        report = _report(loaded, scenario.stem, Plan(runs, seed))
    from sim.report.blockers.data import blockers_data
    from sim.report.blockers.page import blockers_page

    say(data_or_page(common.as_json, report, blockers_data, blockers_page))


def _report(loaded: "Loaded", name: str, plan: "Plan") -> "BlockersReport":
    from sim.analysis.blockers.disagreement import Blocking, ranked
    from sim.analysis.blockers.refusals import named
    from sim.analysis.blockers.removed_lines import demands
    from sim.report.blockers.page import BlockersReport
    from sim.study.compilation import needed_by
    from sim.study.line_removal import play_without, removable, together, twins

    ready(*needed_by(plan.engine), "blockers")
    game = game_of(loaded)
    sets, not_followed = _sets(game)
    lines, groups = removable(loaded.scenario), together(loaded.scenario, sets)
    with counting(plan.runs * (1 + len(lines) + len(groups))) as count:
        before = play_through(game, plan, lambda part: count(len(part)))
        cited = {one.id: one for one in named(game.names.lines, before.outcomes)}
        alone = [Blocking(cited[line], play_without(loaded, [line], before, plan, count)) for line in lines]
        jointly = tuple((each, play_without(loaded, each.lines, before, plan, count)) for each in groups)
    return BlockersReport(
        base=report_of(loaded, name, game, before, plan),
        lines=ranked(alone),
        jointly=tuple((each.kind, removed) for each, removed in jointly),
        twins=twins(loaded.scenario),
        sets=sets,
        not_followed=not_followed,
        demands=demands(game, before),
    )


def _sets(game: "Game") -> "tuple[tuple[MinimalSets, ...], str]":
    """The minimal sets that would open a zone, or why they cannot be followed."""
    from sim.analysis.blockers.minimal_sets import minimal_sets
    from sim.analysis.exact.answer import answer
    from sim.analysis.exact.spaces import TooLargeError
    from sim.study import cores

    try:
        return minimal_sets(answer(game, 0, 0, cores())), ""
    except TooLargeError as large:
        return (), str(large)
