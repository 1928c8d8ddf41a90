"""`sim plot`."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import STORE_MISMATCH, as_text, fail, faults_told, say
from sim.cli.options import AsJson, ResultPath
from sim.cli.picture_size import NoTitle, Size, sheet_of, tell_boxes
from sim.cli.plot_options import At, By, Issue, Level, Out, Point, UseKind, WhichRun, X, Y
from sim.cli.signals import tell
from sim.cli.storing import writes
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.files.result.reader import Result
    from sim.plots import Figure, Sheet
    from sim.report.pictures.kinds import PictureKind
    from sim.report.pictures.picture import Picture, Request
    from sim.report.sweep.view import Sweep

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
    sheet = sheet_of(size, no_title)
    from sim.files.result.reader import read_result
    from sim.report.pictures.choice import completed, completed_of_zones, drawn
    from sim.report.pictures.picture import CannotDrawError, Request
    from sim.report.sweep.view import sweep_of

    with faults_told():
        found = read_result(result)
        asked = Request(kind, x, y, tuple(by or ()), issue, which, level)
        try:
            if found.is_of_zones:
                _refuse_for_zones({"--point": point, "--at": at, "--run": which, "--level": level})
                chosen, asked = completed_of_zones(found, asked)
                picture, name, state = drawn(chosen, found, asked), chosen.name, ""
            else:
                sweep = _narrowed(sweep_of(found), point, at or ())
                chosen, asked = completed(sweep, asked)
                _refuse_to_play(chosen, found)
                ready(*chosen.compiled)
                picture, name = drawn(chosen, sweep, asked), _name(chosen, asked, sweep, len(found.design))
                state = "" if chosen.replays else sweep.unfinished()
        except CannotDrawError as cannot:
            fail(str(cannot))
        if state:
            tell(f"{result}: {state}")
        _finish(chosen.name, picture, out or result / f"{name}.png", sheet, as_json)


def _refuse_for_zones(given: Mapping[str, object]) -> None:
    """Options that choose among runs, where zones were counted."""
    option = next((name for name, value in given.items() if value is not None), None)
    if option is not None:
        fail(f"{option}: goes with runs; this result holds zones, which are drawn whole")


def _refuse_to_play(kind: "PictureKind", result: "Result") -> None:
    """A kind that plays by the rules of now, of a result that was played by others."""
    if kind.compiled and result.is_old:
        said = f"and {result.folder} is of version {result.version}, by another; other kinds draw what is stored"
        fail(f"--kind {kind.name}: plays by the model of this version, {said}", STORE_MISMATCH)


def _finish(kind: str, picture: "Picture", path: Path, sheet: "Sheet", as_json: bool) -> None:
    picture, figure = _drawn_on(sheet, picture)
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


def _drawn_on(sheet: "Sheet", picture: "Picture") -> "tuple[Picture, Figure]":
    """A picture on a sheet, with as many panels as that has room for."""
    from sim.plots import TooSmallError

    while True:
        try:
            return picture, picture.draw(sheet=sheet)
        except TooSmallError as small:
            if picture.fewer is None:
                fail(f"--size: {small}")
            picture = picture.fewer()


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


def _narrowed(sweep: "Sweep", point: int | None, at: Sequence[str]) -> "Sweep":
    import numpy as np

    from sim.report.pictures.picture import CannotDrawError
    from sim.scenario.problems import listed, short, unknown

    if point is not None and at:
        raise CannotDrawError("--point chooses one design point; it goes without --at")
    if point is not None:
        if point >= len(sweep.design):
            last = len(sweep.design) - 1
            there = f"are only design points 0 to {last}" if last else "is only design point 0"
            raise CannotDrawError(f"--point {point}: there {there}")
        sweep = sweep.only(np.array([point]))
    for text in at:
        path, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not path or not value:
            raise CannotDrawError(f"--at {short(text)}: must be PATH=VALUE")
        if path not in sweep.design.paths:
            raise CannotDrawError(f"--at {short(text)}: {unknown('swept path', path, sweep.design.paths)}")
        left = sweep.at({path: value})
        if not len(left.design):
            values = listed(list(dict.fromkeys(sweep.design.values(path))))
            raise CannotDrawError(f"--at {short(text)}: no design point has this value; there is {short(values)}")
        sweep = left
    if not len(sweep.rows):
        raise CannotDrawError("no runs are in yet, so there is nothing to draw")
    return sweep


def _name(kind: "PictureKind", asked: "Request", sweep: "Sweep", points: int) -> str:
    """A name that says what is drawn, such as map_us-patience_russia-good_faith."""
    paths = [path for path in (asked.x, asked.y, *asked.by) if path is not None]
    parts = [kind.name, *(path.removeprefix("parties.").replace(".", "-") for path in paths)]
    if asked.issue is not None:
        parts.append(asked.issue)
    if "--run" in kind.options:
        parts.append(f"run-{asked.run or 0}")
    if len(sweep.design) == 1 < points:
        parts.append(f"point-{sweep.numbers[0]}")
    elif len(sweep.design) < points:
        fixed = [path for path in sweep.design.paths if path not in sweep.swept()]
        parts += [f"{path.split('.')[-1]}-{sweep.design.values(path)[0]}" for path in fixed]
    return re.sub(r"[^\w.+-]+", "-", "_".join(parts))[:120].strip("-")


def _write(path: Path, figure: "Figure", sheet: "Sheet") -> None:
    from sim.files.outputs import write_files
    from sim.plots import picture_bytes

    kind = path.suffix.lower().removeprefix(".")
    picture = picture_bytes(figure, kind, printed=sheet.width is not None)
    writes(path)
    write_files({path: picture}, "--out")
