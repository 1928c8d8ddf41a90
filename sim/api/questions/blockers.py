"""What blocks, measured three ways."""

from typing import TYPE_CHECKING

from sim.api.questions.front import Front
from sim.api.questions.play import game_of, play_through, report_of

if TYPE_CHECKING:
    from sim.analysis.blockers.minimal_sets import MinimalSets
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.report.blockers.report import BlockersReport
    from sim.study import Plan


def blocked(loaded: "Loaded", name: str, plan: "Plan", front: Front) -> "BlockersReport":
    """A scenario played as it is and without each red line, with the minimal sets that would open a zone.

    Raises:
        BadInput: somebody could agree with itself alone, or the scenario contradicts itself without a line.
    """
    from sim.analysis.blockers.disagreement import Blocking, ranked
    from sim.analysis.blockers.refusals import named
    from sim.analysis.blockers.removed_lines import demands
    from sim.report.blockers.report import BlockersReport
    from sim.study.compilation import needed_by
    from sim.study.line_removal import play_without, removable, together, twins

    front.ready(*needed_by(plan.engine), "blockers")
    game = game_of(loaded)
    sets, not_followed = _sets(game)
    lines, groups = removable(loaded.scenario), together(loaded.scenario, sets)
    with front.counting(plan.runs * (1 + len(lines) + len(groups))) as count:
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
