"""What commands share that write a result as one page for a browser, a printer, or to be sent."""

import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.report.html.document import Document
    from sim.report.html.made import Made

ENDINGS = (".html", ".htm")
PLACES = {"--out", "--report"}
"""Options that say where something is written, each with a value."""
HOW = {"--force", "--yes", "--json"}
"""Options that change nothing of what is told."""

ReportFile = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.html", help="Also write all of it as one page to print or to send."),
]


def asked_of_document() -> str:
    """The command line without where it writes and how it prints: equal for reports that are equal."""
    from sim.files.result.manifest import PROGRAM

    words, kept = iter(sys.argv[1:]), [PROGRAM]
    for word in words:
        if word in PLACES:
            next(words, None)
        elif word not in HOW and word.partition("=")[0] not in PLACES:
            kept.append(word)
    return shlex.join(kept)


def made_by_asking(loaded: "Loaded", scenario: Path, seed: int) -> "Made":
    """How answers were found for which no negotiation was played."""
    from sim.report.html.made import made_of
    from sim.study import Plan
    from sim.study.manifest import manifest_of

    manifest = asdict(manifest_of(loaded, scenario, Plan(1, seed), asked_of_document()))
    return made_of({key: value for key, value in manifest.items() if key not in ("runs", "engine")})


def check_document(path: Path | None, option: str, force: bool = False) -> None:
    """Refuse, before any work, a page that cannot be written; one of ours that is there is written anew.

    Raises:
        BadInput: it says why.
    """
    from sim.files.outputs import check_file, wrong_ending

    if path is not None:
        check_file(path, force or _is_ours(path), lambda: wrong_ending(path, ENDINGS), option)


def write_document(document: "Document", path: Path, option: str, brief: bool = False) -> int:
    """Write a page, and give its size in bytes."""
    from sim.cli.storing import writes
    from sim.files.outputs import write_files
    from sim.report.html.writing import html_of

    data = html_of(document, brief).encode()
    writes(path)
    write_files({path: data}, option)
    return len(data)


def write_beside(document: "Document", path: Path) -> None:
    """The same for a command that prints something else."""
    write_document(document, path, "--report")
    tell(f"Written to {path}")


def _is_ours(path: Path) -> bool:
    """Whether a file is a page that this program wrote."""
    try:
        if not path.is_file():
            return False
        from sim.report.html.writing import MARK

        with path.open("rb") as file:
            return MARK.encode() in file.read(300)
    except OSError:
        return False
