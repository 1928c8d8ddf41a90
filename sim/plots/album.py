"""The pictures of one study, and a picture as the bytes of a file."""

import warnings
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.plots.curve import likelihood_by_round
from sim.plots.dancing import dance
from sim.plots.ends import where_runs_end
from sim.plots.page import SAVE, SAVE_RC
from sim.records import End
from sim.talks.transcript import Transcript
from sim.talks.transcript import dance as danced

if TYPE_CHECKING:
    from sim.analysis.summary import Summary
    from sim.game import Game
    from sim.scenario import Scenario


class Study(Protocol):
    """What is drawn of a study; a `sim.report.Report` has it."""

    @property
    def scenario(self) -> "Scenario":
        """The scenario."""

    @property
    def summary(self) -> "Summary":
        """Its figures."""


def pictures(study: Study, game: "Game", transcript: Transcript) -> dict[str, Figure]:
    """The pictures of a study and of one of its runs, by name."""
    scenario, summary = study.scenario, study.summary
    names = [scenario.parties[party].name for party in game.names.parties]
    signed = transcript.ending.end in (End.AGREEMENT, End.RATIFICATION_FAILED)  # an interim deal is not the end
    steps = replace(danced(transcript), accepted=signed)
    return {
        "likelihood": likelihood_by_round(summary, scenario.title, scenario.round),
        "ends": where_runs_end(summary, scenario.title, scenario.has_core()),
        "dance": dance(steps, names, scenario.title, scenario.round, transcript.run),
    }


def picture_bytes(figure: Figure, kind: str) -> bytes:
    """A figure as a file of one kind of `SAVE`; the same bytes every time on equal versions."""
    file = BytesIO()
    with rc_context(SAVE_RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a box stands for a letter that the font lacks
        _settle(figure)
        figure.savefig(file, format=kind, **SAVE[kind])
    return file.getvalue()


def _settle(figure: Figure) -> None:
    """Lay a figure out for good, to a millionth of the page: the solver's last digits are not the same every time."""
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    figure.set_dpi(SAVE["png"]["dpi"])  # letters in pixels are widest there
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        x, y, width, height = (round(float(edge), 6) for edge in axes.get_position(original=True).bounds)
        axes.set_position((x, y, width, height))
