"""What commands that write pictures share: their size and title, and what is said of letters that no font has."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import fail
from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.files.result.store import Store
    from sim.plots import Figure, Sheet

LONGEST = 40.0  # inches
MOST_SHOWN = 12

Size = Annotated[
    str | None,
    typer.Option(
        metavar="WxH",
        help="Size of the picture in inches, such as 8x5, or 16x10cm. Letters stay as large as they are; a PNG gets 300 dots "
        "an inch. Default: as large as it needs.",
    ),
]
NoTitle = Annotated[
    bool,
    typer.Option("--no-title", help="Leave title and subtitle out, for a paper; they are printed for its caption."),
]


def sheet_of(size: str | None, no_title: bool) -> "Sheet":
    """What a picture is drawn on; a size that makes no sense ends the program."""
    from sim.plots import CM, Sheet

    if size is None:
        return Sheet(titled=not no_title)
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[xX\u00d7]\s*(\d+(?:\.\d+)?)\s*(in|cm)?\s*", size)
    if not found:
        fail(f"--size: must be width x height in inches, such as 8x5, or 16x10cm (got {size})")
    width, height = (float(side) / (CM if found[3] == "cm" else 1.0) for side in found.groups()[:2])
    if not 0 < min(width, height) <= max(width, height) <= LONGEST:
        fail(f"--size: each side must be above 0 and at most {LONGEST:g} inches or {LONGEST * CM:g} cm (got {size})")
    return Sheet(width, height, not no_title)


def write_pictures(store: "Store", figures: "Mapping[str, Figure]") -> list[Path]:
    """Write pictures beside a result by their names, each as PNG and SVG."""
    from sim.plots import picture_bytes

    tell_boxes(figures.values())
    kinds = [(name, figure, kind) for name, figure in figures.items() for kind in ("png", "svg")]
    return [store.write(f"{name}.{kind}", picture_bytes(figure, kind)) for name, figure, kind in kinds]


def tell_boxes(figures: "Iterable[Figure]") -> None:
    """Say once which letters of some pictures no installed font has."""
    from sim.plots import boxed, scripts

    letters = boxed(figures)
    if letters:
        few = letters if len(letters) <= MOST_SHOWN else f"{letters[:MOST_SHOWN]}..."
        tell(
            f"note: no font on this machine has {few} ({', '.join(scripts(letters))}); boxes stand for them in pictures"
        )
