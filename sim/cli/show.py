"""`sim show`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.common import AsJson, faults_told, fitted
from sim.cli.working import report_of_result

if TYPE_CHECKING:
    from sim.files.results import Result

ResultPath = Annotated[Path, typer.Argument(metavar="RESULT", help="A folder that sim run or sim sweep wrote.")]


def show(result: ResultPath, as_json: AsJson = False) -> None:
    """Say what a result is, how far it is, and how likely agreement is at each of its design points.

    Example: sim show results/freeze_lines-6e07eaee
    """
    from sim.files.results import read_result  # noqa: PLC0415  (keeps `sim --help` light)

    with faults_told():
        found = read_result(result)
        if not found.there and not as_json:
            typer.echo(f"{_said(found)}\n  nothing is in yet, so there are no figures")
            return
        page, data = _zones(found) if found.is_of_zones else _runs(found)
    if as_json:
        typer.echo(json.dumps({**_about(found), **data}, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        typer.echo(f"{fitted(_said, found)}\n\n{page}", nl=False)


def _runs(result: "Result") -> tuple[str, dict[str, Any]]:
    from sim.report.headlines import sweep_data, sweep_page  # noqa: PLC0415

    report = report_of_result(result)
    return fitted(sweep_page, report), sweep_data(report)


def _zones(result: "Result") -> tuple[str, dict[str, Any]]:
    from sim.report.ceilings import ceilings_data, ceilings_of, ceilings_page  # noqa: PLC0415

    report = ceilings_of(result, Path(result.manifest["scenario_file"]).stem)
    return fitted(ceilings_page, report), ceilings_data(report)


def _about(result: "Result") -> dict[str, Any]:
    manifest = result.manifest
    return {
        "folder": str(result.folder),
        "command": manifest.get("command", ""),
        "engine": manifest["engine"],
        "overrides": manifest["overrides"],
        "versions": manifest["versions"],
        "chunks": len(result.there),
        "chunks_asked": len(result.parts),
    }


def _said(result: "Result") -> str:
    from sim.files.store import is_busy  # noqa: PLC0415
    from sim.report.layout import command  # noqa: PLC0415

    about = _about(result)
    whole = about["chunks"] == about["chunks_asked"]
    rest = "being played now" if is_busy(result.folder) else "the same command plays the rest"
    state = "complete" if whole else f"unfinished; {rest}"
    lines = [
        f"{about['folder']}: {state} ({about['chunks']:,} of {about['chunks_asked']:,} chunks)",
        *command(f"made by: {about['command']}", "  "),
        *(f"  with {path} = {value}" for path, value in about["overrides"].items()),
    ]
    return "\n".join(lines)
