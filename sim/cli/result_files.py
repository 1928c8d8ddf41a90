"""The files of figures beside the runs of a result, made from the runs: to write them, and again to check them."""

from typing import TYPE_CHECKING

from sim.api.questions.play import beside, report_of, transcript_of
from sim.api.questions.points import figures_of
from sim.cli.front import FRONT

if TYPE_CHECKING:
    from sim.files.result.reader import Result
    from sim.files.result.store import Data
    from sim.game import Game
    from sim.records import Runs
    from sim.report import Report
    from sim.scenario import Scenario
    from sim.study import Plan
    from sim.talks.transcript.entries import Transcript


def files_of_run(
    report: "Report", scenario: "Scenario", game: "Game", seed: int, which: int
) -> "tuple[Transcript, dict[str, Data]]":
    """The figures of a single scenario, and one of its runs in words; with that run itself."""
    from sim.files.printable import printable
    from sim.report.run.data import run_data
    from sim.talks.transcript.page import to_text

    transcript = transcript_of(game, seed, which)
    return transcript, {"summary.json": run_data(report), "transcript.txt": printable(to_text(transcript, scenario))}


def differences(result: "Result", game: "Game", plan: "Plan", played: "list[Runs]") -> dict[str, str]:
    """Of every file of figures that can be made again, what it has otherwise than its runs give, or nothing.

    `played`: all runs of a single scenario, played again; none of a sweep, whose figures come from what is stored.
    """
    from sim.files.result.recomputation import difference
    from sim.files.result.store import file_bytes

    if not result.figures:
        return {}
    again = _again(result, game, plan, played) if played else figures_of(result).files
    return {name: difference(result.folder / name, file_bytes(again[name])) for name in result.figures if name in again}


def _again(result: "Result", game: "Game", plan: "Plan", played: "list[Runs]") -> "dict[str, Data]":
    from sim.report.run.data import run_data
    from sim.study import join

    done = join(played)
    report = beside(report_of(result, result.name, game, done, plan), done, plan, FRONT)
    watched = result.manifest.get("watched")
    if watched is None:
        return {"summary.json": run_data(report)}
    return files_of_run(report, result.scenario, game, plan.seed, watched)[1]
