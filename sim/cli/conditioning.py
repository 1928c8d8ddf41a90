"""`--posterior`: a scenario played on the draws that fit a record."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import faults_told
from sim.cli.common import load as load_as_it_is
from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded


def load(path: Path, overrides: list[str] | None, posterior: Path | None) -> "Loaded":
    """Read a scenario, and of a posterior the draws that it keeps; faults end the program."""
    loaded = load_as_it_is(path, overrides)
    with faults_told():
        return on_posterior([loaded], posterior)[0]


def on_posterior(read: "list[Loaded]", posterior: Path | None) -> "list[Loaded]":
    """Scenarios of which only the draws of a posterior are played; as they are without one.

    Raises:
        BadInput: the file is no posterior, or a scenario keeps some draws already.
    """
    if posterior is None:
        return read
    from sim.files.errors import BadInput, Fault
    from sim.files.posterior import conditioned, read_posterior, strangeness

    goes_on = [loaded for loaded in read if loaded.scenario.continues is not None]
    if goes_on:
        message = "keeps the runs of earlier talks that fit the record, and takes no --posterior"
        raise BadInput([Fault(each.mark(("continues",)), "continues", message) for each in goes_on])
    kept = read_posterior(posterior)
    played = [conditioned(loaded, kept) for loaded in read]
    for strange in filter(None, (strangeness(loaded, kept) for loaded in read)):
        tell(f"note: {strange}")
    return played
