"""`sim report`."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.api.arguments import LAST_RUN
from sim.cli.common import as_text, fail, faults_told, say
from sim.cli.conditioning import load
from sim.cli.documents import asked_of_document, check_document, write_document
from sim.cli.options import By, Count, Force, OnDraws, scenario_argument
from sim.cli.signals import tell

if TYPE_CHECKING:
    from datetime import date

    from sim.game import Game
    from sim.report.html.document import Document
    from sim.scenario import Scenario

Target = Annotated[
    Path,
    scenario_argument(
        "RESULT|SCENARIO",
        "The folder of a result of sim run, sim sweep or sim compare; or a scenario, its file (YAML) or its name, which "
        "is played first as sim run does.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE.html", help="The page. Default: in the folder of the result, or for a scenario here."),
]
Brief = Annotated[
    bool, typer.Option("--brief", help="Two pages on paper: what it comes to, what blocks, what it hangs on.")
]
Role = Annotated[
    str | None,
    typer.Option(
        metavar="PARTY",
        help="Instead, the sheet of one seat for a class: its red lines, what it wants and may give; nobody else's.",
    ),
]
WhichRun = Annotated[
    int | None, typer.Option("--run", min=0, max=LAST_RUN, metavar="K", help="Which run is told in words. Default: 0.")
]


@dataclass(frozen=True)
class Wanted:
    """What a report is to have."""

    by: "tuple[date, ...]" = ()
    which: int | None = None
    role: str | None = None


def report(
    context: typer.Context,
    target: Target,
    *,
    out: Out = None,
    brief: Brief = False,
    role: Role = None,
    runs: Count = 2000,
    common: OnDraws,
    by: By = None,
    which: WhichRun = None,
    force: Force = False,
) -> None:
    """Write a result as one page to print or to send: what it comes to, pictures, what blocks, the source of every number.

    The page is one file and asks for nothing from anywhere. `sim compare`, `sim zopa` and `sim ask` write theirs
    with --report.

    Example: sim report freeze_lines --brief --out freeze.html
    """
    from sim.files.scenario.catalogue import hidden_by, means_folder

    _refuse(context, role, brief)
    wanted = Wanted(tuple(by or ()), which, role)
    is_result = means_folder(target)
    if is_result:
        _refuse_changes(context)
        if hidden := hidden_by(target):
            tell(f"note: {target} is the folder of a result here; the scenario of that name is {hidden}")
    with faults_told():
        check_document(out, "--out", force)
        if is_result:
            from sim.cli.reported import of_result

            document, name = of_result(target, wanted)
            place = target
        else:
            document, name = _of_scenario(target, runs, common, wanted)
            place = Path()
        path = out or place / f"{name}{'-brief' if brief else ''}.html"
        check_document(path, "--out", force)
        size = write_document(document, path, "--out", brief)
    say(as_text(_data(document, path, size)) if common.as_json else f"Written to {path}")


def _data(document: "Document", path: Path, size: int) -> dict[str, Any]:
    return {"title": document.title, "written": str(path), "bytes": size}


def _given(context: typer.Context, *names: str) -> str | None:
    """The first of some options that stands on the command line."""
    for option in context.command.params:
        source = context.get_parameter_source(str(option.name))
        if option.name in names and source is not None and source.name == "COMMANDLINE":
            return option.opts[0]
    return None


def _refuse(context: typer.Context, role: str | None, brief: bool) -> None:
    """A sheet of one seat plays nothing, and a brief tells no negotiation."""
    plays = _given(context, "runs", "seed", "posterior", "by", "which", "brief")
    if role is not None and plays:
        fail(f"{plays}: goes without --role, which plays nothing")
    if brief and _given(context, "which"):
        fail("--run: goes without --brief, which tells no negotiation")


def _refuse_changes(context: typer.Context) -> None:
    """A result is reported as it was played."""
    given = _given(context, "runs", "seed", "overrides", "posterior")
    if given:
        fail(f"{given}: a result is reported as it was played; name its scenario to change anything")


def _of_scenario(path: Path, runs: int, common: OnDraws, wanted: Wanted) -> "tuple[Document, str]":
    from sim.cli.studies import game_of, refuse_days, with_draws
    from sim.report.html.made import made_of
    from sim.study import Plan
    from sim.study.manifest import manifest_of

    loaded = load(path, common.overrides, common.posterior)
    if wanted.role is not None:
        manifest = asdict(manifest_of(loaded, path, Plan(1, common.seed), asked_of_document()))
        return seat_of(loaded.scenario, game_of(loaded), wanted.role, manifest, path.stem)
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    which = wanted.which or 0
    if which >= runs:
        fail(f"--run {which}: only runs 0 to {runs - 1} are played")
    refuse_days(loaded.scenario, wanted.by)
    from sim.cli.reported import study_document

    plan = Plan(runs, seed)
    manifest = asdict(manifest_of(loaded, path, plan, asked_of_document()))
    return study_document(
        loaded, loaded.evidence, path.stem, game_of(loaded), plan, wanted, made_of(manifest)
    ), path.stem


def seat_of(
    scenario: "Scenario", game: "Game", role: str, manifest: dict[str, Any], name: str
) -> "tuple[Document, str]":
    """The sheet of one seat, and what to call its file; an unknown party ends the program."""
    from sim.report.html.made import made_of
    from sim.report.html.seat import seat_document
    from sim.scenario.problems import unknown

    if role not in scenario.parties:
        fail(f"--role: {unknown('party', role, scenario.parties)}")
    made = made_of({key: value for key, value in manifest.items() if key not in ("seed", "runs", "engine")})
    return seat_document(scenario, game, role, made), f"{name}-{role}"
