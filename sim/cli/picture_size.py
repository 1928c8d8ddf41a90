"""What commands that write pictures share: their size and title, and what is said of letters that no font has."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.questions.pictures import boxes_say
from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.files.result.store import Store
    from sim.plots import Figure

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


def write_pictures(store: "Store", figures: "Mapping[str, Figure]") -> list[Path]:
    """Write pictures beside a result by their names, each as PNG and SVG."""
    from sim.plots import picture_bytes

    tell_boxes(figures.values())
    kinds = [(name, figure, kind) for name, figure in figures.items() for kind in ("png", "svg")]
    return [store.write(f"{name}.{kind}", picture_bytes(figure, kind)) for name, figure, kind in kinds]


def tell_boxes(figures: "Iterable[Figure]") -> None:
    """Say once which letters of some pictures no installed font has."""
    said = boxes_say(figures)
    if said:
        tell(said)
