"""The pictures of one study and of one of its runs."""

from typing import TYPE_CHECKING, Protocol

from matplotlib.figure import Figure

from sim.plots.run.dance import dance
from sim.plots.run.ends import where_runs_end
from sim.plots.run.weeks import likelihood_by_round
from sim.plots.sheet import USUAL, Sheet
from sim.scenario.calendar import end_says
from sim.talks.transcript.entries import Transcript, dance_of

if TYPE_CHECKING:
    from sim.analysis.summary import Summary
    from sim.game import Game
    from sim.scenario import Scenario


class DrawnStudy(Protocol):
    """What is drawn of a study; a `sim.report.Report` has it."""

    @property
    def scenario(self) -> "Scenario":
        """The scenario."""

    @property
    def summary(self) -> "Summary":
        """Its figures."""


def pictures(study: DrawnStudy, game: "Game", transcript: Transcript, sheet: Sheet = USUAL) -> dict[str, Figure]:
    """The pictures of a study and of one of its runs, by name."""
    scenario, summary = study.scenario, study.summary
    until = end_says(scenario, int(summary.curve.rounds[-1]))
    names = [scenario.parties[party].name for party in game.names.parties]
    return {
        "likelihood": likelihood_by_round(summary, scenario.title, scenario.round, until, sheet=sheet),
        "ends": where_runs_end(summary, scenario.title, scenario.has_core(), sheet=sheet),
        "dance": dance(dance_of(transcript), names, scenario.title, scenario.round, transcript.run, sheet=sheet),
    }
