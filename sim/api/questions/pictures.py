"""Which picture of a result is drawn, and on what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.files.result.reader import Result
    from sim.plots import Figure, Sheet
    from sim.report.pictures.kinds import PictureKind
    from sim.report.pictures.picture import Picture, Request
    from sim.report.sweep.view import Sweep

LONGEST = 40.0  # inches
MOST_SHOWN = 12


@dataclass(frozen=True)
class Chosen:
    """A kind of picture, and what is drawn of what."""

    kind: "PictureKind"
    subject: Any  # a `Sweep`, or a `Result` that holds zones
    asked: "Request"
    name: str  # of a file
    state: str = ""  # how far what is drawn is, where that is not far enough

    def picture(self) -> "Picture":
        """The picture; CannotDrawError where it turns out that there is none."""
        from sim.report.pictures.choice import drawn

        return drawn(self.kind, self.subject, self.asked)


def chosen_of(found: "Result", asked: "Request", point: int | None = None, at: Sequence[str] = ()) -> Chosen:
    """What is drawn of a result.

    Raises:
        CannotDrawError: what was asked for cannot be drawn of it.
        Mismatch: it plays by the rules of now, and the result was played by others.
    """
    from sim.report.pictures.choice import completed_of_zones
    from sim.report.sweep.view import sweep_of

    if not found.is_of_zones:
        chosen = chosen_of_sweep(sweep_of(found), asked, point, at)
        _refuse_to_play(chosen.kind, found)
        return chosen
    _refuse_for_zones({"--point": point, "--at": at or None, "--run": asked.run, "--level": asked.level})
    kind, asked = completed_of_zones(found, asked)
    return Chosen(kind, found, asked, kind.name)


def chosen_of_sweep(sweep: "Sweep", asked: "Request", point: int | None = None, at: Sequence[str] = ()) -> Chosen:
    """What is drawn of runs; CannotDrawError where that cannot be."""
    from sim.report.pictures.choice import completed

    left = _narrowed(sweep, point, at)
    kind, asked = completed(left, asked)
    return Chosen(
        kind, left, asked, _name(kind, asked, left, len(sweep.design)), "" if kind.replays else left.unfinished()
    )


def _refuse_for_zones(given: Mapping[str, object]) -> None:
    """Options that choose among runs, where zones were counted."""
    from sim.files.errors import bad_option

    option = next((name for name, value in given.items() if value is not None), None)
    if option is not None:
        raise bad_option(option, "goes with runs; this result holds zones, which are drawn whole")


def _refuse_to_play(kind: "PictureKind", result: "Result") -> None:
    """A kind that plays by the rules of now, of a result that was played by others."""
    from sim.files.result.store import Mismatch

    if kind.compiled and result.is_old:
        said = f"and {result.folder} is of version {result.version}, by another; other kinds draw what is stored"
        raise Mismatch(f"--kind {kind.name}: plays by the model of this version, {said}")


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


def sheet_of(size: str | None, titled: bool) -> "Sheet":
    """What a picture is drawn on; BadInput of a size that makes no sense."""
    from sim.files.errors import bad_option
    from sim.plots import CM, Sheet

    if size is None:
        return Sheet(titled=titled)
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[xX\u00d7]\s*(\d+(?:\.\d+)?)\s*(in|cm)?\s*", size)
    if not found:
        raise bad_option("--size", f"must be width x height in inches, such as 8x5, or 16x10cm (got {size})")
    width, height = (float(side) / (CM if found[3] == "cm" else 1.0) for side in found.groups()[:2])
    if not 0 < min(width, height) <= max(width, height) <= LONGEST:
        most = f"{LONGEST:g} inches or {LONGEST * CM:g} cm"
        raise bad_option("--size", f"each side must be above 0 and at most {most} (got {size})")
    return Sheet(width, height, titled)


def on_sheet(sheet: "Sheet", picture: "Picture") -> "tuple[Picture, Figure]":
    """A picture on a sheet, with as many panels as that has room for; BadInput where it has none."""
    from sim.files.errors import bad_option
    from sim.plots import TooSmallError

    while True:
        try:
            return picture, picture.draw(sheet=sheet)
        except TooSmallError as small:
            if picture.fewer is None:
                raise bad_option("--size", str(small)) from small
            picture = picture.fewer()


def boxes_say(figures: "Iterable[Figure]") -> str:
    """Which letters of some pictures no installed font has; nothing where each has its font."""
    from sim.plots import boxed, scripts

    letters = boxed(figures)
    if not letters:
        return ""
    few = letters if len(letters) <= MOST_SHOWN else f"{letters[:MOST_SHOWN]}..."
    return f"note: no font on this machine has {few} ({', '.join(scripts(letters))}); boxes stand for them in pictures"
