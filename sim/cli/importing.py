"""`sim import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import faults_told, say
from sim.cli.options import Force
from sim.cli.storing import writes

if TYPE_CHECKING:
    from sim.files.genius.reading import Read

NAMED = 5
"""Names of files that are told at most."""

DomainFile = Annotated[
    Path, typer.Argument(metavar="DOMAIN", help="A domain of GENIUS (XML) or GeniusWeb (JSON), or the first profile.")
]
ProfileFiles = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PROFILE]...", help="What each party wants; left out: the profiles beside the domain."),
]
To = Annotated[Path, typer.Option("--to", metavar="FILE", help="Scenario file to write; it ends in .yaml or .yml.")]


def import_domain(domain: DomainFile, to: To, profiles: ProfileFiles = None, force: Force = False) -> None:
    """Write a negotiation domain of GENIUS or GeniusWeb as a scenario, and list what could not be carried over.

    Example: sim import party_domain.xml ann.xml bob.xml --to scenarios/party.yaml
    """
    from sim.files.genius.reading import read_domain
    from sim.files.genius.to_scenario import scenario_text
    from sim.files.outputs import check_file, write_files, wrong_ending

    with faults_told():
        read = read_domain(domain, profiles or ())
        check_file(to, force, lambda: wrong_ending(to, (".yaml", ".yml")))
        writes(to)
        write_files({to: scenario_text(read.domain, read.platform, read.files)})
    say("\n".join(_page(read, to)))


def _page(read: "Read", to: Path) -> list[str]:
    from sim.files.genius.to_scenario import ASSUMED

    domain = read.domain
    counts = f"{len(domain.topics)} issues, {len(domain.profiles)} parties, {domain.packages} packages"
    lines = [f"Written to {to} from {read.platform}: {counts}"]
    for profile, file in zip(domain.profiles, read.files, strict=True):
        lines.append(f"  {profile.name} ({file.name}): no-deal value {profile.reserved:.4g}")
    lines += ["Carried over otherwise or not at all:", *(f"  {note}" for note in read.notes)] if read.notes else [
        "Nothing was left out"
    ]  # fmt: skip
    if read.passed_over:
        more = " and so on" if len(read.passed_over) > NAMED else ""
        lines.append(
            f"Beside it and not looked at ({len(read.passed_over)}): {', '.join(read.passed_over[:NAMED])}{more}"
        )
    return [*lines, "Assumed, as the files do not say:", *(f"  {said}" for said in ASSUMED)]
