"""Whether a deal exists at all, exactly."""

from typing import TYPE_CHECKING

from sim.api.questions.front import Front
from sim.api.questions.play import game_of, with_draws

if TYPE_CHECKING:
    from pathlib import Path

    from sim.analysis.exact.answer import Answer
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.plots import Figure
    from sim.report.zopa.report import ZoneReport


def zone_of(loaded: "Loaded", path: "Path", worlds: int, seed: int, front: Front) -> "tuple[Loaded, ZoneReport]":
    """The zone of the stated world and of drawn ones; the scenario comes back with the draws that it plays.

    Raises:
        BadInput: the agenda is too large for exact answers, or somebody could agree with itself alone.
    """
    loaded, seed, worlds = with_draws(loaded, seed, worlds, front, sets=2)  # what half say is tried on the others
    front.ready("soundness", "blockers", *(("zones", "exact") if worlds else ()))
    game = game_of(loaded)
    from sim.report.zopa.report import ZoneReport

    found = _answer(game, worlds, seed, front)
    return loaded, ZoneReport(loaded.scenario, path.stem, str(path), game, found, loaded.overridden)


def _answer(game: "Game", worlds: int, seed: int, front: Front) -> "Answer":
    from sim.analysis.exact.answer import answer
    from sim.analysis.exact.spaces import TooLargeError
    from sim.files.errors import bad_option
    from sim.study import cores

    try:
        with front.counting(worlds, "worlds") as count:
            return answer(game, worlds, seed, cores(), count)
    except TooLargeError as large:
        raise bad_option("", f"too large for exact answers: {large}") from large


def frontier_picture(report: "ZoneReport") -> "Figure":
    """The Pareto frontier of the whole deal."""
    from sim.plots import pareto_frontier
    from sim.report.pictures.frontier import frontier_of

    return pareto_frontier(frontier_of(report.scenario, report.answer.deal(), report.scenario.title))
