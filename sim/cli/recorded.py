"""What commands share that hold a world against what was recorded after a day."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import fail
from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.plots import Figure, Sheet


RecordFile = Annotated[
    Path | None,
    typer.Option("--record", metavar="RECORD.yaml", help="Another record of facts. Default: record.yaml in seeds."),
]
StancesFile = Annotated[
    Path | None,
    typer.Option("--file", metavar="STANCES.yaml", help="Another list of answers. Default: stances.yaml in seeds."),
]


def check_picture(out: Path | None) -> None:
    """Refuse a picture that cannot be written, before any work is done; one that is there is drawn anew."""
    from sim.files.outputs import check_file, wrong_ending

    if out is not None:
        check_file(out, True, lambda: wrong_ending(out, (".png", ".svg", ".pdf")), "--out")


def write_picture(figure: "Figure | None", out: Path, why_none: str, sheet: "Sheet | None" = None) -> None:
    """Write a picture, on a sheet of some size if any; it ends the program to have none."""
    from sim.files.outputs import write_files
    from sim.plots import picture_bytes

    if figure is None:
        fail(f"--out: nothing to draw, {why_none}")
    printed = sheet is not None and sheet.width is not None
    write_files({out: picture_bytes(figure, out.suffix.removeprefix("."), printed=printed)}, "--out")
    tell(f"Written to {out}")
