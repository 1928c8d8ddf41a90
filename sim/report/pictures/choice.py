"""Which picture is drawn: what was asked for, checked against what was swept, and what was left open, chosen from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.shares.axes import is_grid, is_number
from sim.analysis.shares.design_points import shares
from sim.analysis.shares.likelihood import agreed
from sim.report.pictures.kinds import KINDS, Needs, PictureKind
from sim.report.pictures.picture import CannotDrawError, Picture, Request
from sim.report.sweep.view import Sweep
from sim.scenario.names import joined
from sim.scenario.problems import near, suggestion, unknown

if TYPE_CHECKING:
    from sim.files.result.reader import Result

RANGES = 4
"""Ranges in which parts of a scattered design are compared by how far they move the likelihood."""


def completed(sweep: Sweep, asked: Request) -> tuple[PictureKind, Request]:
    """The kind of picture, and what was asked for with all that was left open.

    Raises:
        CannotDrawError: it cannot be drawn of this sweep.
    """
    kind = _named(asked)
    if kind is not None and kind.needs is Needs.ZONES:
        raise CannotDrawError(f"--kind {kind.name}: {_needs_zones(kind, sweep)}")
    _check_paths(sweep, asked)
    kind = kind or max(KINDS.values(), key=lambda each: each.rank(sweep, asked) if each.rank else 0)
    _check_needs(sweep, kind)
    _check_options(sweep, kind, asked)
    if kind.needs is Needs.POINT or (kind.needs is Needs.RUNS and asked.x is None and not sweep.swept()):
        return kind, asked
    return kind, _with_axes(sweep, kind, asked)


def completed_of_zones(result: "Result", asked: Request) -> tuple[PictureKind, Request]:
    """The same of a result that holds zones.

    Raises:
        CannotDrawError: a kind was asked for that needs runs, or a part that was not swept.
    """
    drawable = [kind for kind in KINDS.values() if kind.needs is Needs.ZONES]
    kind, paths = _named(asked) or drawable[0], result.design.paths
    if kind not in drawable:
        others = _listed(drawable)
        raise CannotDrawError(f"--kind {kind.name}: needs runs; this result holds zones, which are drawn as {others}")
    if asked.y or asked.by or asked.issue:
        raise CannotDrawError(f"--kind {kind.name}: takes no more than --x; other parts are pooled")
    if not paths:
        raise CannotDrawError("one setting only, which sim show and sim zopa say in words; vary something to draw it")
    if asked.x is not None and asked.x not in paths:
        raise CannotDrawError(f"--x: {unknown('swept path', asked.x, paths)}")
    return kind, replace(asked, x=asked.x or next((path for path in paths if is_number(result.design, path)), paths[0]))


def drawn(kind: PictureKind, subject: Any, asked: Request) -> Picture:
    """The picture of a `Sweep`, or of a `Result` that holds zones, with no more lines and panels than the kind shows.

    Raises:
        CannotDrawError: it turns out that it cannot be drawn.
    """
    for path, most in zip(asked.by, kind.by, strict=False):
        subject = subject.thinned(path, most)
    try:
        return kind.draw(subject, asked)
    except CannotDrawError as cannot:
        raise CannotDrawError(f"--kind {kind.name}: {cannot}") from cannot


def _named(asked: Request) -> PictureKind | None:
    """The kind that was asked for, whatever a result can be drawn as."""
    if asked.kind is not None and asked.kind not in KINDS:
        raise CannotDrawError(f"--kind: {unknown('kind of picture', asked.kind, KINDS)}")
    return None if asked.kind is None else KINDS[asked.kind]


def _drawable(needs: Needs) -> str:
    """Kinds for one design point or for what is swept, those that may be chosen first."""
    fitting = [kind for kind in KINDS.values() if kind.needs in (needs, Needs.RUNS)]
    return _listed(sorted(fitting, key=lambda kind: kind.rank is None))


def _listed(kinds: Iterable[PictureKind]) -> str:
    return joined([kind.name for kind in kinds], last=" or ")


def _needs_zones(kind: PictureKind, sweep: Sweep) -> str:
    others = _drawable(Needs.SWEPT if sweep.design.paths else Needs.POINT)
    needs = "needs a sweep that counts zones (sim sweep --analysis zone)"
    instead = kind.instead(sweep)
    more = f"; the {kind.name} of these runs is {instead}" if instead else ""
    return f"{needs}; this result holds runs, which are drawn as {others}{more}"


def _needs_sweep(option: str) -> str:
    return f"{option}: needs a sweep, and this is one setting; it can be drawn as {_drawable(Needs.POINT)}"


def _check_paths(sweep: Sweep, asked: Request) -> None:
    """Paths that were not swept, or are named twice."""
    named = [("--x", asked.x), ("--y", asked.y), *(("--by", path) for path in asked.by)]
    given = [(option, path) for option, path in named if path is not None]
    known = sweep.design.paths
    for option, path in given:
        if path not in known:
            hint = near(path, known) or _by_end(path, known) or suggestion(path, known)
            raise CannotDrawError(f"{option}: {path} was not swept{hint}" if known else _needs_sweep(option))
    for k, (option, path) in enumerate(given):
        twice = next((other for other, same in given[:k] if same == path), None)
        if twice is not None:
            raise CannotDrawError(f"{option}: {path} is {twice} already; name two different parts")


def _by_end(path: str, known: Sequence[str]) -> str:
    """A path that ends like what was typed."""
    _, _, end = path.rpartition(".")
    return next((f"; did you mean {full}?" for full in known if full.endswith(f".{end}")), "")


def _check_needs(sweep: Sweep, kind: PictureKind) -> None:
    """A kind that needs a sweep, or one setting only."""
    if kind.needs is Needs.SWEPT and not sweep.design.paths:
        raise CannotDrawError(_needs_sweep(f"--kind {kind.name}"))
    if kind.needs is Needs.POINT and len(sweep.design) > 1:
        raise CannotDrawError(
            f"--kind {kind.name}: shows one design point, and there are {len(sweep.design)}; "
            f"choose one with --point N or --at {sweep.swept()[0] if sweep.swept() else 'PATH'}=VALUE"
        )


def _check_options(sweep: Sweep, kind: PictureKind, asked: Request) -> None:
    """Options of other kinds, and values of options that the result does not have."""
    for option, value in asked.options().items():
        if value is not None and option not in kind.options:
            others = _listed(each for each in KINDS.values() if option in each.options)
            raise CannotDrawError(f"{option}: goes with --kind {others} only (got {kind.name})")
    if len(asked.by) > len(kind.by):
        takes = f"takes at most {len(kind.by)}" if kind.by else "takes none"
        raise CannotDrawError(f"--by: --kind {kind.name} {takes} (got {len(asked.by)})")
    if asked.issue is not None and asked.issue not in sweep.scenario.issues:
        raise CannotDrawError(f"--issue: {unknown('issue', asked.issue, sweep.scenario.issues)}")
    if asked.run is not None and asked.run >= sweep.runs:
        raise CannotDrawError(f"--run {asked.run}: only runs 0 to {sweep.runs - 1} are played")


def _with_axes(sweep: Sweep, kind: PictureKind, asked: Request) -> Request:
    """Axes, lines and panels that were left open. Who names an axis leaves nothing else to choose but the other one."""
    x, y = asked.x, asked.y
    open_ = [path for path in sweep.swept() if path not in (x, y, *asked.by)]
    numbers = _numbers(sweep, open_)
    ranked = [*numbers, *(path for path in open_ if path not in numbers)]
    if x is None and not ranked:
        raise CannotDrawError(f"--kind {kind.name}: no part is left for its axis; name it with --x")
    x = x or ranked.pop(0)
    if "--y" in kind.options and y is None:
        if not ranked:
            raise CannotDrawError(f"--kind {kind.name}: needs two parts that were swept, and there is only {x}")
        y = ranked.pop(0)
    is_open = asked.x is None and asked.y is None and not asked.by
    return replace(asked, x=x, y=y, by=tuple(_telling_apart(sweep, kind, ranked)) if is_open else asked.by)


def _telling_apart(sweep: Sweep, kind: PictureKind, paths: Sequence[str]) -> list[str]:
    """Parts with so few values that each gets a line, or a panel; others are pooled."""
    chosen: list[str] = []
    for path in sorted(paths, key=sweep.values) if is_grid(sweep.design) else []:
        if len(chosen) < len(kind.by) and sweep.values(path) <= kind.by[len(chosen)]:
            chosen.append(path)
    return chosen


def _numbers(sweep: Sweep, paths: Sequence[str]) -> list[str]:
    """Those parts whose values are numbers, the ones with two values last; of scattered ones, what moves most first."""
    numbers = [path for path in paths if sweep.is_number(path)]
    if is_grid(sweep.design) or len(numbers) < 3:
        return sorted(numbers, key=lambda path: sweep.values(path) <= 2)
    return sorted(numbers, key=lambda path: -_moves(sweep, path))


def _moves(sweep: Sweep, path: str) -> float:
    """How far the likelihood moves along a part, everything else pooled."""
    found = shares(sweep.groups(sweep.axis(path, RANGES)), agreed(sweep.rows)).estimate
    return float(np.nanmax(found) - np.nanmin(found))
