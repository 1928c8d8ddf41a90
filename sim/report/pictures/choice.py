"""Which picture is drawn: what was asked for, checked against what was swept, and what was left open, chosen from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.shares.axes import is_grid, is_number
from sim.analysis.shares.design_points import agreed, shares
from sim.report.pictures.sweep import MOST_LINES, MOST_PANELS, MOST_STACKS
from sim.report.sweep.subject import Sweep
from sim.scenario.problems import near, suggestion, unknown

KINDS = {
    "curve": "likelihood along one part, with its band and where it crosses 50 %; lines, or panels, by others",
    "map": "likelihood over two parts, with lines at 10, 25, 50 and 75 %; panels by a third",
    "ends": "where runs end, as shares along a part",
    "settlement": "what agreements settle along a part, a panel for each issue",
    "weeks": "likelihood by the end of each round, of one setting",
    "dance": "what every package tabled in one run was worth to each party",
    "ceiling": "of sweeps that count zones, worlds with a zone and how many packages are in it",
    "frontier": "the Pareto frontier of the stated world, and how far from it one setting agrees",
}
RANGES = 4
"""Ranges in which parts of a scattered design are compared by how far they move the likelihood."""

SWEPT = ("curve", "map", "settlement")
SINGLE = ("weeks", "dance", "frontier")
BY = {"curve": 2, "map": 1, "ends": 1}
"""How many parts may tell lines or panels apart."""


class CannotDrawError(Exception):
    """What was asked for cannot be drawn; says why, and what could."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for; what is left out is chosen."""

    kind: str | None = None
    x: str | None = None
    y: str | None = None
    by: tuple[str, ...] = ()
    issue: str | None = None


def picked(sweep: Sweep, wanted: Wanted, issues: Sequence[str] = ()) -> Wanted:
    """What was asked for with all that was left open.

    Raises:
        CannotDrawError: it cannot be drawn of this sweep.
    """
    known_kind(wanted.kind)
    if wanted.kind == "ceiling":
        raise CannotDrawError(f"--kind ceiling: {_needs_zones(sweep)}")
    _check_paths(sweep, wanted)
    kind = wanted.kind or _usual_kind(sweep, wanted)
    _check_fit(sweep, kind, wanted)
    if wanted.issue is not None and wanted.issue not in issues:
        raise CannotDrawError(f"--issue: {unknown('issue', wanted.issue, issues)}")
    if kind in SINGLE or (kind == "ends" and wanted.x is None and not sweep.swept()):
        return replace(wanted, kind=kind)
    return _completed(sweep, replace(wanted, kind=kind))


def known_kind(kind: str | None) -> None:
    """That a kind of picture exists, whatever a result can be drawn as; one that is left open does.

    Raises:
        CannotDrawError: it does not.
    """
    if kind is not None and kind not in KINDS:
        raise CannotDrawError(f"--kind: {unknown('kind of picture', kind, KINDS)}")


def _needs_zones(sweep: Sweep) -> str:
    is_swept = bool(sweep.design.paths)
    others = f"{', '.join(SWEPT)} or ends" if is_swept else "weeks, ends, dance or frontier"
    return (
        "needs a sweep that counts zones (sim sweep --analysis zone); this result holds runs, which are drawn as "
        f"{others}; the ceiling of these runs is a line in {'curve and in ' if is_swept else ''}weeks"
    )


def _check_paths(sweep: Sweep, wanted: Wanted) -> None:
    """Paths that were not swept, or are named twice."""
    named = [("--x", wanted.x), ("--y", wanted.y), *(("--by", path) for path in wanted.by)]
    given = [(option, path) for option, path in named if path is not None]
    known = sweep.design.paths
    for option, path in given:
        if path not in known:
            hint = near(path, known) or _by_end(path, known) or suggestion(path, known)
            raise CannotDrawError(f"{option}: {path} was not swept{hint}" if known else _needs_sweep(option, sweep))
    for k, (option, path) in enumerate(given):
        twice = next((other for other, same in given[:k] if same == path), None)
        if twice is not None:
            raise CannotDrawError(f"{option}: {path} is {twice} already; name two different parts")


def _by_end(path: str, known: Sequence[str]) -> str:
    """A path that ends like what was typed."""
    _, _, end = path.rpartition(".")
    return next((f"; did you mean {full}?" for full in known if full.endswith(f".{end}")), "")


def _check_fit(sweep: Sweep, kind: str, wanted: Wanted) -> None:
    """Kinds that need a sweep, or one setting only; options that belong to other kinds."""
    if kind in SWEPT and not sweep.design.paths:
        raise CannotDrawError(_needs_sweep(f"--kind {kind}", sweep))
    if kind in SINGLE and len(sweep.design) > 1:
        raise CannotDrawError(
            f"--kind {kind}: shows one design point, and there are {len(sweep.design)}; "
            f"choose one with --point N or --at {sweep.swept()[0] if sweep.swept() else 'PATH'}=VALUE"
        )
    if wanted.y is not None and kind != "map":
        raise CannotDrawError(f"--y: goes with --kind map only (got {kind})")
    if len(wanted.by) > BY.get(kind, 0):
        takes = f"takes at most {BY[kind]}" if kind in BY else "takes none"
        raise CannotDrawError(f"--by: --kind {kind} {takes} (got {len(wanted.by)})")
    if wanted.issue is not None and kind != "settlement":
        raise CannotDrawError(f"--issue: goes with --kind settlement only (got {kind})")


def _needs_sweep(option: str, sweep: Sweep) -> str:
    return f"{option}: needs a sweep, and this is one setting; it can be drawn as weeks, ends, dance or frontier"


def _usual_kind(sweep: Sweep, wanted: Wanted) -> str:
    """The kind that shows best what was swept."""
    paths = sweep.swept()
    if wanted.issue is not None:
        return "settlement"
    if not sweep.design.paths or (not paths and wanted.x is None):
        return "weeks"
    if wanted.y is not None:
        return "map"
    free = [path for path in paths if path not in wanted.by]
    finely = [path for path in free if is_number(sweep.design, path) and _values(sweep, path) > 2]
    if wanted.x is None and (len(finely) > 1 or (len(free) > 1 and not _numbers(sweep, free))):
        return "map"
    return "curve"


def _completed(sweep: Sweep, wanted: Wanted) -> Wanted:
    """Axes, lines and panels that were left open. Who names an axis leaves nothing else to choose but the other one."""
    kind = str(wanted.kind)
    open_ = [path for path in sweep.swept() if path not in (wanted.x, wanted.y, *wanted.by)]
    ranked = [*_numbers(sweep, open_), *(path for path in open_ if path not in _numbers(sweep, open_))]
    if wanted.x is None and not ranked:
        raise CannotDrawError(f"--kind {kind}: no part is left for its axis; name it with --x")
    x = wanted.x or ranked.pop(0)
    y = wanted.y
    if kind == "map" and y is None:
        if not ranked:
            raise CannotDrawError(f"--kind map: needs two parts that were swept, and there is only {x}")
        y = ranked.pop(0)
    is_open = wanted.x is None and wanted.y is None and not wanted.by
    by = tuple(_telling(sweep, kind, ranked)) if is_open else wanted.by
    return replace(wanted, x=x, y=y, by=by)


def _telling(sweep: Sweep, kind: str, paths: Sequence[str]) -> list[str]:
    """Parts with so few values that each gets a line, or a panel; others are pooled."""
    most = {"curve": (MOST_LINES, MOST_PANELS), "map": (MOST_PANELS,), "ends": (MOST_STACKS,)}.get(kind, ())
    few = sorted(paths, key=lambda path: _values(sweep, path)) if is_grid(sweep.design) else []
    chosen: list[str] = []
    for path in few:
        if len(chosen) < len(most) and _values(sweep, path) <= most[len(chosen)]:
            chosen.append(path)
    return chosen


def _values(sweep: Sweep, path: str) -> int:
    return len(set(sweep.design.values(path)))


def _numbers(sweep: Sweep, paths: Sequence[str]) -> list[str]:
    """Those parts whose values are numbers, the ones with two values last; of scattered ones, what moves most first."""
    numbers = [path for path in paths if is_number(sweep.design, path)]
    if is_grid(sweep.design) or len(numbers) < 3:
        return sorted(numbers, key=lambda path: _values(sweep, path) <= 2)
    return sorted(numbers, key=lambda path: -_moves(sweep, path))


def _moves(sweep: Sweep, path: str) -> float:
    """How far the likelihood moves along a part, everything else pooled."""
    found = shares(sweep.groups(sweep.axis(path, RANGES)), agreed(sweep.rows)).estimate
    return float(np.nanmax(found) - np.nanmin(found))
