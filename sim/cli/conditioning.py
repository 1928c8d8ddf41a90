"""`--posterior`: a scenario played on the draws that fit a record."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.read import on_posterior
from sim.cli.common import faults_told
from sim.cli.common import load as load_as_it_is
from sim.cli.front import FRONT

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded


def load(path: Path, overrides: list[str] | None, posterior: Path | None) -> "Loaded":
    """Read a scenario, and of a posterior the draws that it keeps; faults end the program."""
    loaded = load_as_it_is(path, overrides)
    with faults_told():
        return on_posterior([loaded], posterior, FRONT)[0]
