"""Playing scenarios from the command line: what was asked, and what faults of that end the program."""

import shlex
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from sim.api.questions import play
from sim.api.questions.play import game_of, play_through, report_of
from sim.cli.common import faults_told
from sim.cli.front import FRONT, counting

if TYPE_CHECKING:
    from datetime import date

    from sim.files.scenario.reader import Loaded
    from sim.scenario import Scenario

__all__ = [
    "asked",
    "counting",
    "draws_of",
    "game_of",
    "play_through",
    "preload",
    "refuse_days",
    "report_of",
    "with_draws",
]


def asked() -> str:
    """The command line, as it could be typed again."""
    from sim.files.result.manifest import PROGRAM

    return shlex.join([PROGRAM, *sys.argv[1:]])


def with_draws(loaded: "Loaded", seed: int, runs: int, sets: int = 1) -> "tuple[Loaded, int, int]":
    """A scenario with the draws that it plays, their seed, and how many runs; faults end the program."""
    with faults_told():
        return play.with_draws(loaded, seed, runs, FRONT, sets)


def draws_of(scenario: "Scenario", seed: int, runs: int) -> tuple[int, int]:
    """The seed, and how many runs are played; another seed than that of the draws that are kept ends the program."""
    with faults_told():
        return play.draws_of(scenario, seed, runs, FRONT)


def refuse_days(scenario: "Scenario", days: "Sequence[date] | None", varies: bool = False) -> None:
    """Days that no likelihood can be told for end the program."""
    with faults_told():
        play.check_days(scenario, days, varies)


def preload(*modules: str) -> None:
    """Import what comes later while the compiled loop runs without the interpreter's lock."""
    threading.Thread(target=lambda: [import_module(name) for name in modules], daemon=True).start()
