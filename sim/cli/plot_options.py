"""Options of `sim plot`: what is drawn of a result, and where it is written."""

from pathlib import Path
from typing import Annotated

import typer

from sim.api.arguments import LAST_RUN
from sim.report.pictures.kinds import KINDS

UseKind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="|".join(KINDS),
        help=" ".join(f"{kind.name}: {kind.help}." for kind in KINDS.values()) + " Default: what fits what was swept.",
        autocompletion=lambda incomplete: [kind for kind in KINDS if kind.startswith(incomplete)],
    ),
]
X = Annotated[str | None, typer.Option("--x", metavar="PATH", help="The swept part along the horizontal axis.")]
Y = Annotated[str | None, typer.Option("--y", metavar="PATH", help="The swept part along the vertical axis of a map.")]
By = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATH",
        help="A swept part with a panel for each value. Curves have a line for each, and panels for a second part. "
        "What is neither drawn nor chosen by --at is pooled.",
    ),
]
Issue = Annotated[
    str | None, typer.Option(metavar="ISSUE", help="settlement: the issue to draw, instead of all that vary.")
]
WhichRun = Annotated[
    int | None, typer.Option("--run", min=0, max=LAST_RUN, metavar="K", help="dance: which run. Default: 0.")
]
Point = Annotated[int | None, typer.Option(min=0, metavar="N", help="Only this design point, counted from 0.")]
At = Annotated[
    list[str] | None,
    typer.Option("--at", metavar="PATH=VALUE", help="Only design points with this value; may be given several times."),
]
Level = Annotated[
    float | None,
    typer.Option(min=0.1, max=99.9, metavar="PER CENT", help="curve: where its crossings are marked. Default: 50."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Picture to write: .png, .svg or .pdf. Default: a PNG in the folder of the result."
    ),
]
