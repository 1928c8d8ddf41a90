"""`sim show`."""

from typing import TYPE_CHECKING, Any

from sim.api.questions.points import figures_of
from sim.cli.common import as_text, fail, faults_told, fitted, say
from sim.cli.options import AsJson, By, ResultPath
from sim.cli.studies import refuse_days

if TYPE_CHECKING:
    from sim.files.result.reader import Result


def show(result: ResultPath, by: By = None, as_json: AsJson = False) -> None:
    """Say what a result is, how far it is, and how likely agreement is at each of its design points.

    Example: sim show results/freeze_lines-6e07eaee
    """
    from sim.files.result.reader import read_result

    with faults_told():
        found = read_result(result)
        if not found.there and not as_json:
            say(f"{_said(found)}\n  nothing is in yet, so there are no figures")
            return
        if by and found.is_of_zones:
            fail("--by: goes with runs; this result holds zones")
        refuse_days(found.scenario, by, varies=True)
        told = figures_of(found, by or ())
    if as_json:
        say(as_text({**_about(found), **told.data}))
    else:
        say(f"{fitted(_said, found)}\n\n{fitted(told.page)}", nl=False)


def _about(result: "Result") -> dict[str, Any]:
    manifest = result.manifest
    return {
        "folder": str(result.folder),
        "command": manifest["command"],
        "engine": manifest["engine"],
        "overrides": manifest["overrides"],
        "versions": manifest["versions"],
        "chunks": len(result.there),
        "chunks_asked": len(result.chunks),
    }


def _said(result: "Result") -> str:
    from sim.files.printable import printable_line
    from sim.files.result.store import is_busy
    from sim.report.wording.layout import command

    about = _about(result)
    whole = about["chunks"] == about["chunks_asked"]
    rest = "being played now" if is_busy(result.folder) else "the same command plays the rest"
    state = "complete" if whole else f"unfinished; {rest}"
    lines = [
        f"{about['folder']}: {state} ({about['chunks']:,} of {about['chunks_asked']:,} chunks)",
        *command(f"made by: {about['command']}", "  "),
        *(f"  with {path} = {value}" for path, value in about["overrides"].items()),
    ]
    return "\n".join(map(printable_line, lines))
