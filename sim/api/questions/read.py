"""Scenarios as they are asked about: read, with what a reader should know of that, and played on some draws only."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.front import Front

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded

Overrides = Sequence[tuple[str, str] | str]


def read(path: Path, overrides: Overrides | None, front: Front) -> "Loaded":
    """Read a scenario, and tell what is doubtful.

    Raises:
        BadInput: as `read_scenario`.
    """
    from sim.files.scenario.reader import read_scenario

    loaded = read_scenario(path, overrides or ())
    for given, gone in loaded.replaced.items():
        front.tell(takes_the_place(given, gone))
    for warning in names_alike(loaded):
        front.tell(f"warning: {warning}")
    return loaded


def names_alike(loaded: "Loaded") -> list[str]:
    """Names of a scenario that could be taken for one another."""
    from sim.scenario.names import alike

    places = [(one.named[-1][0], one.says()) for one in alike(loaded.plain)]
    return [f"{loaded.mark(place)}: {loaded.dotted(place)}: {said}" for place, said in places]


def takes_the_place(path: str, gone: Sequence[str]) -> str:
    """That a part which is set, or varied, takes the place of others, which no longer count."""
    also = f"; to keep them, change {gone[-1]} instead" if path.endswith(".base") and gone[-1].endswith(".plus") else ""
    return f"note: {path} takes the place of {' and '.join(gone)}{also}"


def on_posterior(loaded: "Sequence[Loaded]", posterior: Path | None, front: Front) -> "list[Loaded]":
    """Scenarios of which only the draws of a posterior are played; as they are without one.

    Raises:
        BadInput: the file is no posterior, or a scenario keeps some draws already.
    """
    if posterior is None:
        return list(loaded)
    from sim.files.errors import BadInput, Fault
    from sim.files.posterior import conditioned, read_posterior, strangeness

    goes_on = [each for each in loaded if each.scenario.continues is not None]
    if goes_on:
        message = "keeps the runs of earlier talks that fit the record, and takes no --posterior"
        raise BadInput([Fault(each.mark(("continues",)), "continues", message) for each in goes_on])
    kept = read_posterior(posterior)
    played = [conditioned(each, kept) for each in loaded]
    for strange in filter(None, (strangeness(each, kept) for each in loaded)):
        front.tell(f"note: {strange}")
    return played
