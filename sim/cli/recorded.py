"""What commands share that hold a world against what was recorded after a day."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import fail
from sim.cli.signals import tell

if TYPE_CHECKING:
    from sim.evidence import Facts, Stance
    from sim.files.scenario.reader import Loaded
    from sim.plots import Figure, Sheet
    from sim.scenario.later_record import Later


RecordFile = Annotated[
    Path | None,
    typer.Option("--record", metavar="RECORD.yaml", help="Another record of facts. Default: record.yaml in seeds."),
]
StancesFile = Annotated[
    Path | None,
    typer.Option("--file", metavar="STANCES.yaml", help="Another list of answers. Default: stances.yaml in seeds."),
]


@dataclass(frozen=True)
class Sources:
    """What is held against a world."""

    stances: "tuple[Stance, ...]"
    record: "Facts"


def sources_of(loaded: "Loaded", record: Path | None, file: Path | None) -> Sources:
    """The answers and facts of the files that are named, else of the seeds; BadInput where one is wrong."""
    from sim.files.scenario.seeds import read_record, read_stances

    evidence = loaded.evidence
    stances = read_stances(file).stances if file else evidence.stances
    return Sources(stances, read_record(record) if record else evidence.record)


def refuse_kept(path: Path, loaded: "Loaded") -> None:
    """A scenario that plays only some draws ends the program: they may fit the very record that it is held against."""
    if loaded.scenario.continues is not None:
        fail(f"{path}: goes on from earlier talks (`continues`) that fit the record already; name one that begins anew")
    if loaded.scenario.draws is not None:
        fail(f"{path}: keeps only some draws (`draws`), which may fit the record already; name one that keeps all")


def later_than(known_by: str, loaded: "Loaded", sources: Sources, until: str | None = None) -> "Later":
    """What was recorded after a day, and up to another, as a scenario is asked about it; what it cannot be asked is told."""
    from sim.scenario.later_record import later_record

    later = later_record(loaded.scenario, sources.stances, sources.record, loaded.evidence.spans(), known_by, until)
    for name, why in later.not_asked.items():
        tell(f"warning: not asked: {name} ({why})")
    return later


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
