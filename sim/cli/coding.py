"""`--coding`: what a second coder makes of a scenario."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import data_or_page, faults_told
from sim.cli.studies import counting, game_of, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report.coding.report import CodingReport


def told(loaded: "Loaded", path: Path, coding: Path, as_json: bool) -> str:
    """How far a second coder agrees with a scenario, and on which numbers not; faults end the program."""
    from sim.files.scenario.codings import read_coding
    from sim.report.coding.report import coding_report

    with faults_told():
        return _as_asked(coding_report(path.stem, read_coding(coding, loaded)), as_json)


def played(loaded: "Loaded", path: Path, coding: Path, runs: int, seed: int, as_json: bool) -> str:
    """The same, with the likelihood by either coder and by draws from both."""
    from sim.files.scenario.codings import read_coding
    from sim.report.coding.report import coder_play, coding_report
    from sim.study import Plan
    from sim.study.codings import play_codings

    loaded, seed, runs = with_draws(loaded, seed, runs)
    with faults_told():
        coded = read_coding(coding, loaded)
        parts = coded.by_party()
        game_of(loaded)
        ready_to_play()
        plan = Plan(runs, seed)
        with counting(plan.runs * (2 + len(parts))) as count:
            found = play_codings(coded.first, coded.second, parts, plan, count)
        play = coder_play(found.first, found.second, found.both, found.parts)
        return _as_asked(coding_report(path.stem, coded, play, seed), as_json)


def as_coded(overrides: list[str] | None, coding: Path, loaded: "Loaded") -> list[str]:
    """The overrides that make a second coder's scenario of one; what is set on the command line stays set."""
    from sim.files.scenario.codings import read_coding

    with faults_told():
        return [*(f"{one.path}={one.text}" for one in read_coding(coding, loaded).overrides), *(overrides or ())]


def _as_asked(report: "CodingReport", as_json: bool) -> str:
    from sim.report.coding.data import coding_data
    from sim.report.coding.page import coding_page

    return data_or_page(as_json, report, coding_data, coding_page)
