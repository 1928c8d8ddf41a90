"""The pictures of one study, and a picture as the bytes of a file."""

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.plots.fonts import families
from sim.plots.page import PRINTED, SAVE, SAVE_RC, settings
from sim.plots.run.curve import likelihood_by_round
from sim.plots.run.dance import dance
from sim.plots.run.ends import where_runs_end
from sim.records import End
from sim.talks.transcript.records import Transcript
from sim.talks.transcript.records import dance as danced

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


def picture_bytes(figure: Figure, kind: str, *, printed: bool = False) -> bytes:
    """A figure as a file of one kind of `SAVE`, fine enough for print or not; the same bytes every time on equal versions."""
    file, how = BytesIO(), SAVE[kind]
    if printed and "dpi" in how:
        how = how | {"dpi": PRINTED}
    with settings(families(figure), SAVE_RC):
        _settle(figure, how.get("dpi", SAVE["png"]["dpi"]))
        figure.savefig(file, format=kind, **how)
    return file.getvalue()


def _settle(figure: Figure, dpi: float) -> None:
    """Lay a figure out for good, to a millionth of the page: the solver's last digits are not the same every time."""
    if not isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        return
    figure.set_dpi(dpi)  # letters in pixels are widest where they are coarsest
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        x, y, width, height = (round(float(edge), 6) for edge in axes.get_position(original=True).bounds)
        axes.set_position((x, y, width, height))
