"""A scenario as a folder of files for GENIUS or GeniusWeb."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sim.files.genius.domain import Domain
from sim.files.genius.from_scenario import domain_of
from sim.files.genius.losses import losses
from sim.files.genius.writing import genius_files, geniusweb_files
from sim.files.outputs import check_folder, write_files
from sim.scenario import Scenario


class DomainForm(StrEnum):
    """How a domain is written."""

    genius = "genius"
    geniusweb = "geniusweb"


FILES: dict[DomainForm, Callable[[Domain], dict[str, str]]] = {
    DomainForm.genius: genius_files,
    DomainForm.geniusweb: geniusweb_files,
}
PLATFORMS = {DomainForm.genius: "GENIUS", DomainForm.geniusweb: "GeniusWeb"}


@dataclass(frozen=True)
class Exported:
    """What was written, and what of the scenario it does not hold."""

    domain: Domain
    platform: str
    files: tuple[Path, ...]
    lost: tuple[str, ...]


def export_domain(scenario: Scenario, folder: Path, form: DomainForm, force: bool = False) -> Exported:
    """Write the domain and a profile for each party; the folder is made where it is missing.

    Raises:
        BadInput: something there cannot be written, or exists already without `force`.
    """
    domain = domain_of(scenario)
    texts = FILES[form](domain)
    check_folder(folder, texts, force)
    write_files({folder / name: text for name, text in texts.items()})
    lost = losses(scenario, domain, has_numbers=form is DomainForm.genius)
    return Exported(domain, PLATFORMS[form], tuple(folder / name for name in texts), tuple(lost))
