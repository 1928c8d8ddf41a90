"""`sim plot`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.pictures import chosen_of, on_sheet, sheet_of
from sim.cli.common import as_text, fail, faults_told, say
from sim.cli.options import AsJson, ResultPath
from sim.cli.picture_size import NoTitle, Size, tell_boxes
from sim.cli.plot_options import At, By, Issue, Level, Out, Point, UseKind, WhichRun, X, Y
from sim.cli.signals import tell
from sim.cli.storing import writes
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.plots import Figure, Sheet
    from sim.report.pictures.picture import Picture

FORMATS = (".png", ".svg", ".pdf")


def plot(
    result: ResultPath,
    kind: UseKind = None,
    x: X = None,
    y: Y = None,
    by: By = None,
    issue: Issue = None,
    which: WhichRun = None,
    point: Point = None,
    at: At = None,
    level: Level = None,
    out: Out = None,
    size: Size = None,
    no_title: NoTitle = False,
    as_json: AsJson = False,
) -> None:
    """Draw a result: a curve, a map, where runs end, what is settled, how efficient it is, or one run.

    What fits is chosen from what was swept.

    Of an unfinished sweep, the runs that are in are drawn.

    Example: sim plot results/freeze_lines-1a2b3c4d --kind map --x parties.us.patience --y parties.russia.good_faith
    """
    _refuse_file(out)
    from sim.files.result.reader import read_result
    from sim.report.pictures.picture import CannotDrawError, Request

    with faults_told():
        sheet = sheet_of(size, not no_title)
        found = read_result(result)
        asked = Request(kind, x, y, tuple(by or ()), issue, which, level)
        try:
            chosen = chosen_of(found, asked, point, at or ())
            ready(*chosen.kind.compiled)
            picture = chosen.picture()
        except CannotDrawError as cannot:
            fail(str(cannot))
        if chosen.state:
            tell(f"{result}: {chosen.state}")
        _finish(chosen.kind.name, picture, out or result / f"{chosen.name}.png", sheet, as_json)


def _finish(kind: str, picture: "Picture", path: Path, sheet: "Sheet", as_json: bool) -> None:
    picture, figure = on_sheet(sheet, picture)
    tell_boxes([figure])
    _write(path, figure, sheet)
    if as_json:
        data = {"kind": kind, **picture.data, "caption": str(figure.get_label()), "written": str(path)}
        say(as_text(data))
        return
    for line in picture.said:
        say(line)
    if not sheet.titled:
        say(f"Caption: {figure.get_label()}")
    say(f"Written to {path}")


def _refuse_file(out: Path | None) -> None:
    """A file that cannot be written, before any work is done."""
    if out is None:
        return
    if out.suffix.lower() not in FORMATS:
        fail(f"--out: {out} must end in .png, .svg or .pdf (got {out.suffix or 'no ending'})")
    if out.is_dir():
        fail(f"--out: {out} is a folder, not a file")
    if not out.parent.is_dir():
        fail(f"--out: there is no folder {out.parent}")
    if not os.access(out.parent, os.W_OK | os.X_OK):
        fail(f"--out: {out.parent} is not writable")


def _write(path: Path, figure: "Figure", sheet: "Sheet") -> None:
    from sim.files.outputs import write_files
    from sim.plots import picture_bytes

    kind = path.suffix.lower().removeprefix(".")
    picture = picture_bytes(figure, kind, printed=sheet.width is not None)
    writes(path)
    write_files({path: picture}, "--out")
