"""`sim migrate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import as_text, fail, faults_told, fitted, say
from sim.cli.options import AsJson
from sim.cli.storing import writes

if TYPE_CHECKING:
    from sim.files.scenario.migration import Migrated

File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A scenario file of version 0.1, or a part of one."),
]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="File to write; without it nothing is written.")]
InPlace = Annotated[bool, typer.Option("--in-place", help="Write over the file itself.")]
Force = Annotated[bool, typer.Option("--force", "--yes", help="Overwrite a file that exists.")]


def migrate(
    file: File, out: Out = None, in_place: InPlace = False, force: Force = False, as_json: AsJson = False
) -> None:
    """Rewrite a scenario of version 0.1 for this one, keep its comments and layout, and say what is left to its author.

    Without --out or --in-place it only says what it would change.

    Example: sim migrate scenarios/talks.yaml --out scenarios/talks_0_2.yaml
    """
    if out is not None and in_place:
        fail("--out: names another file, and --in-place means this one; give one of them")
    from sim.files.outputs import check_file, write_files, wrong_ending
    from sim.files.scenario.migration import migrated_file

    with faults_told():
        done = migrated_file(file)
        place = file if in_place and done.changes else out
        if out is not None:
            check_file(out, force, lambda: wrong_ending(out, (".yaml", ".yml")), "--out")
        if place is not None:
            writes(place)
            write_files({place: done.text}, "--in-place" if in_place else "--out")
    say(as_text(_data(file, done, place)) if as_json else fitted(_page, file, done, place))


def _data(file: Path, done: "Migrated", place: Path | None) -> dict[str, object]:
    return {
        "file": str(file),
        "changes": [{"path": each.path, "says": each.says, "look": each.look or None} for each in done.changes],
        "others": list(done.others),
        "written": None if place is None else str(place),
    }


def _page(file: Path, done: "Migrated", place: Path | None) -> str:
    from sim.report.wording.layout import wrap

    lines = [f"{file}: nothing to do; it is a file of this version already"]
    if done.changes:
        lines = [f"{file}: {len(done.changes)} change{'s' * (len(done.changes) > 1)}"]
        lines += [line for each in done.changes for line in wrap(f"{each.path}: {each.says}")]
        looks = [f"{each.path}: {each.look}" for each in done.changes if each.look]
        lines += ["To look at:"] if looks else []
        lines += [line for look in looks for line in wrap(look)]
    if done.others:
        lines += [
            "Files that it uses and that need the same, after this one:",
            *(f"  {other}" for other in done.others),
        ]
    if place is not None:
        lines += [f"Written to {place}; then: sim check {place}"]
    elif done.changes:
        lines += ["Nothing was written: give --out FILE or --in-place"]
    return "\n".join(lines)
