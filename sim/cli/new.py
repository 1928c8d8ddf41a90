"""`sim new`."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.common import fail, faults_told, say
from sim.cli.options import complete_scenario
from sim.files.starter.made_up import ISSUES, PARTIES

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder of the new project; it does not exist yet, or is empty.")
]
Parties = Annotated[
    int | None,
    typer.Option(
        min=PARTIES.start,
        max=PARTIES.stop - 1,
        metavar="N",
        help="How many parties it has. Default: 3.",
        show_default=False,
    ),
]
Issues = Annotated[
    int | None,
    typer.Option(
        min=ISSUES.start,
        max=ISSUES.stop - 1,
        metavar="N",
        help="How many issues it has. Default: 3.",
        show_default=False,
    ),
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="SCENARIO",
        help="Copy this scenario instead, with all that it builds on and cites.",
        autocompletion=complete_scenario,
    ),
]


def new(folder: Folder, parties: Parties = None, issues: Issues = None, source: From = None) -> None:
    """Begin a project: a folder with a scenario to change, made up or a copy, and the articles that it cites.

    The scenario checks and runs as it is.

    Example: sim new talks --parties 2 --issues 4
    """
    if source is not None and (parties or issues):
        fail(f"{'--parties' if parties else '--issues'}: says how large a made-up scenario is; it goes without --from")
    from sim.files.starter.copied import copied
    from sim.files.starter.project import check_new, write_project

    with faults_told():
        check_new(folder)
        name, files = _made_up(folder, parties, issues) if source is None else copied(source)
        written = write_project(folder, name, files)
    say("\n".join(_page(folder, name, written)))


def _made_up(folder: Path, parties: int | None, issues: int | None) -> tuple[str, Mapping[str, bytes]]:
    from sim.files.starter.made_up import Size, project_texts
    from sim.files.starter.project import name_of

    size, name = Size(parties or Size.parties, issues or Size.issues), name_of(folder)
    return name, {place: text.encode() for place, text in project_texts(name, size).items()}


def _page(folder: Path, name: str, written: list[str]) -> list[str]:
    enter = [] if folder.resolve() == Path.cwd() else [f"  cd {shlex.quote(str(folder))}"]
    commands = [f"  sim {command} {shlex.quote(name)}" for command in ("check", "run", "evidence")]
    return [f"Written to {folder}/", *(f"  {place}" for place in written), "Go on with:", *enter, *commands]
