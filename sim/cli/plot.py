"""`sim plot`."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.common import as_text, fail, faults_told, say
from sim.cli.options import AsJson, ResultPath
from sim.cli.pictures import NoTitle, Size, sheet_of, tell_boxes
from sim.cli.plot_options import At, By, Issue, Level, Out, Point, UseKind, WhichRun, X, Y
from sim.cli.stopping import tell
from sim.cli.storing import writes
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.files.result.reader import Result
    from sim.plots import Figure, Sheet
    from sim.report.pictures.choice import Wanted
    from sim.report.pictures.picture import Drawn
    from sim.report.sweep.subject import Sweep

FORMATS = (".png", ".svg", ".pdf")
NEEDED = {"frontier": ("blockers", "exact"), "dance": ("mesa",)}
"""What kinds of pictures need compiled."""


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
    from sim.report.pictures.choice import CannotDrawError, Wanted, picked
    from sim.report.sweep.subject import sweep_of

    with faults_told():
        found = read_result(result)
        try:
            if found.is_of_zones:
                _refuse_for_zones({"--point": point, "--at": at, "--run": which, "--level": level})
                _plot_zones(found, Wanted(kind, x, y, tuple(by or ()), issue), out, sheet, as_json)
                return
            sweep = _narrowed(sweep_of(found), point, at or ())
            wanted = picked(sweep, Wanted(kind, x, y, tuple(by or ()), issue), tuple(found.scenario.issues))
            _refuse_options(str(wanted.kind), which, level, sweep)
            drawn = _draw(found, sweep, wanted, which or 0, 0.5 if level is None else level / 100)
        except CannotDrawError as cannot:
            fail(str(cannot))
        _tell_unfinished(result, sweep, str(wanted.kind))
        path = out or result / f"{_name(wanted, sweep, len(found.design), which or 0)}.png"
        _finish(drawn, path, sheet, as_json)


def _plot_zones(found: "Result", wanted: "Wanted", out: Path | None, sheet: "Sheet", as_json: bool) -> None:
    from sim.report.pictures.ceiling import draw_ceiling

    _finish(draw_ceiling(found, wanted), out or found.folder / "ceiling.png", sheet, as_json)


def _refuse_for_zones(given: Mapping[str, object]) -> None:
    """Options that choose among runs, where zones were counted."""
    option = next((name for name, value in given.items() if value is not None), None)
    if option is not None:
        fail(f"{option}: goes with runs; this result holds zones, which are drawn whole")


def _finish(drawn: "Drawn", path: Path, sheet: "Sheet", as_json: bool) -> None:
    """Draw, write and say so."""
    drawn, figure = _drawn_on(sheet, drawn)
    tell_boxes([figure])
    _write(path, figure, sheet)
    if as_json:
        data = {"kind": drawn.kind, **drawn.data, "caption": str(figure.get_label()), "written": str(path)}
        say(as_text(data))
        return
    for line in drawn.said:
        say(line)
    if not sheet.titled:
        say(f"Caption: {figure.get_label()}")
    say(f"Written to {path}")


def _drawn_on(sheet: "Sheet", drawn: "Drawn") -> "tuple[Drawn, Figure]":
    """A picture on a sheet, with as many panels as that has room for."""
    from sim.plots import TooSmallError

    while True:
        try:
            return drawn, drawn.draw(sheet=sheet)
        except TooSmallError as small:
            if drawn.fewer is None:
                fail(f"--size: {small}")
            drawn = drawn.fewer()


def _tell_unfinished(result: Path, sweep: "Sweep", kind: str) -> None:
    """Say that figures will change; one negotiation is played again whole."""
    state = sweep.unfinished()
    if state and kind != "dance":
        tell(f"{result}: {state}")


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
    """The design points that were chosen."""
    import numpy as np

    from sim.report.pictures.choice import CannotDrawError
    from sim.scenario.problems import listed, short, unknown

    if point is not None and at:
        raise CannotDrawError("--point chooses one design point; it goes without --at")
    if point is not None:
        if point >= len(sweep.design):
            last = len(sweep.design) - 1
            raise CannotDrawError(
                f"--point {point}: there are only design points 0 to {last}"
                if last
                else f"--point {point}: there is only design point 0"
            )
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


def _refuse_options(kind: str, run: int | None, level: float | None, sweep: "Sweep") -> None:
    """Options of other kinds, and a run that was not played."""
    if run is not None and kind != "dance":
        fail(f"--run: goes with --kind dance only (got {kind})")
    if level is not None and kind != "curve":
        fail(f"--level: goes with --kind curve only (got {kind})")
    if run is not None and run >= sweep.runs:
        fail(f"--run {run}: only runs 0 to {sweep.runs - 1} are played")


def _draw(found: "Result", sweep: "Sweep", wanted: "Wanted", run: int, level: float) -> "Drawn":
    from sim.report.pictures import sweep as drawing

    by = (*wanted.by, None, None)
    if wanted.kind in ("weeks", "dance", "frontier") or not wanted.x:
        return _draw_one(found, sweep, str(wanted.kind), run)
    if wanted.kind == "map":
        return drawing.draw_map(sweep, wanted.x, str(wanted.y), by[0])
    if wanted.kind == "ends":
        return drawing.draw_ends(sweep, wanted.x, by[0])
    if wanted.kind == "settlement":
        names = found.game(sweep.numbers[0]).names
        return drawing.draw_settlement(sweep, wanted.x, names.issues, names.options, wanted.issue)
    return drawing.draw_curve(sweep, wanted.x, by[0], by[1], level)


def _draw_one(found: "Result", sweep: "Sweep", kind: str, run: int) -> "Drawn":
    """A picture of the one design point."""
    from sim.report.pictures import design_point as single

    ready(*NEEDED.get(kind, ()))
    game = found.game(sweep.numbers[0])
    if kind == "frontier":
        from sim.analysis.exact.spaces import TooLargeError
        from sim.report.pictures.frontier import draw_frontier
        from sim.study.plan import cores

        try:
            return draw_frontier(sweep, game, cores())
        except TooLargeError as beyond:
            fail(f"--kind frontier: {beyond}")
    if kind == "dance":
        return single.draw_dance(sweep, game, run)
    return single.draw_weeks(sweep, game) if kind == "weeks" else single.draw_one_end(sweep, game)


def _name(wanted: "Wanted", sweep: "Sweep", points: int, run: int) -> str:
    """A name that says what is drawn, such as map_us-patience_russia-good_faith."""
    paths = [path for path in (wanted.x, wanted.y, *wanted.by) if path is not None]
    parts = [str(wanted.kind), *(path.removeprefix("parties.").replace(".", "-") for path in paths)]
    if wanted.issue is not None:
        parts.append(wanted.issue)
    if wanted.kind == "dance":
        parts.append(f"run-{run}")
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
