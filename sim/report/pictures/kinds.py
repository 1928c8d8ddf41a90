"""Every kind of picture, one record each: what it needs, when it is chosen, and what draws it. Who adds one adds it here.

This file loads nothing heavy, for the help of `sim plot` is made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.files.result.reader import Result
    from sim.report.pictures.picture import Picture, Request
    from sim.report.sweep.view import Sweep


class Needs(Enum):
    """What a result must hold."""

    POINT = auto()  # runs of one design point
    SWEPT = auto()  # runs along a swept part
    RUNS = auto()  # either: without an axis, one design point
    ZONES = auto()  # zones that were counted, and no runs


@dataclass(frozen=True)
class PictureKind:
    """A kind of picture."""

    name: str
    help: str
    needs: Needs
    draw: "Callable[[Any, Request], Picture]"
    """Of a `Sweep`, or of a whole `Result` where it needs zones; raises `CannotDrawError`."""

    options: tuple[str, ...] = ()
    """Those of `Request.options` that it takes; with `--y` it has two axes."""

    by: tuple[int, ...] = ()
    """Of each part that may tell lines or panels apart, how many values it shows at most."""

    rank: "Callable[[Sweep, Request], int] | None" = None
    """How well it suits what nobody named a kind for, 0 if not at all; without it, it is drawn only by name."""

    instead: "Callable[[Sweep], str]" = lambda _: ""
    """What else shows the same of runs, for a kind that needs zones."""

    compiled: tuple[str, ...] = ()
    """What it needs compiled, by the names of `sim.study.compilation`."""

    replays: bool = False
    """Whether it plays again what it shows, and so is whole whatever is missing of the result."""


def _draw_curve(sweep: "Sweep", asked: "Request") -> "Picture":
    from sim.report.pictures.curve import draw_curve

    lines, panels, *_ = *asked.by, None, None
    return draw_curve(sweep, str(asked.x), lines, panels, 0.5 if asked.level is None else asked.level / 100)


def _draw_map(sweep: "Sweep", asked: "Request") -> "Picture":
    from sim.report.pictures.map import draw_map

    return draw_map(sweep, str(asked.x), str(asked.y), *(asked.by or [None]))


def _draw_ends(sweep: "Sweep", asked: "Request") -> "Picture":
    from sim.report.pictures.ends import draw_ends, draw_ends_of_point

    return draw_ends(sweep, asked.x, *(asked.by or [None])) if asked.x else draw_ends_of_point(sweep)


def _draw_settlement(sweep: "Sweep", asked: "Request") -> "Picture":
    from sim.report.pictures.settlement import draw_settlement

    return draw_settlement(sweep, str(asked.x), asked.issue)


def _draw_weeks(sweep: "Sweep", _: "Request") -> "Picture":
    from sim.report.pictures.weeks import draw_weeks

    return draw_weeks(sweep)


def _draw_dance(sweep: "Sweep", asked: "Request") -> "Picture":
    from sim.report.pictures.dance import draw_dance

    return draw_dance(sweep, asked.run or 0)


def _draw_ceiling(result: "Result", asked: "Request") -> "Picture":
    from sim.report.pictures.ceiling import draw_ceiling

    return draw_ceiling(result, str(asked.x))


def _draw_frontier(sweep: "Sweep", _: "Request") -> "Picture":
    from sim.report.pictures.frontier import draw_frontier

    return draw_frontier(sweep)


def _rank_map(sweep: "Sweep", asked: "Request") -> int:
    """Two axes were named, or there are two numbers with more than two values, or words alone."""
    free = [path for path in sweep.swept() if path not in asked.by]
    numbers = [path for path in free if sweep.is_number(path)]
    finely = [path for path in numbers if sweep.values(path) > 2]
    is_open = asked.x is None and (len(finely) > 1 or (len(free) > 1 and not numbers))
    return 2 if asked.y is not None or is_open else 0


def _rank_weeks(sweep: "Sweep", asked: "Request") -> int:
    """There is one setting, and no axis was named."""
    return 3 if not sweep.design.paths or (not sweep.swept() and asked.x is None) else 0


KINDS = {
    kind.name: kind
    for kind in (
        PictureKind(
            "curve", "likelihood along one part, with its band and where it crosses 50 %", Needs.SWEPT, _draw_curve,
            options=("--level",), by=(6, 9), rank=lambda *_: 1,
        ),
        PictureKind("map", "likelihood over two parts", Needs.SWEPT, _draw_map, options=("--y",), by=(9,), rank=_rank_map),
        PictureKind("ends", "where runs end, as shares along a part", Needs.RUNS, _draw_ends, by=(5,)),
        PictureKind(
            "settlement", "what agreements settle along a part", Needs.SWEPT, _draw_settlement,
            options=("--issue",), rank=lambda _, asked: 4 if asked.issue is not None else 0,
        ),
        PictureKind(
            "weeks", "likelihood by the end of each round, of one setting", Needs.POINT, _draw_weeks, rank=_rank_weeks
        ),
        PictureKind(
            "dance", "what every package tabled in one run was worth to each party", Needs.POINT, _draw_dance,
            options=("--run",), compiled=("mesa",), replays=True,
        ),
        PictureKind(
            "ceiling", "of sweeps with --analysis zone, worlds with a zone and how many packages are in it", Needs.ZONES,
            _draw_ceiling,
            instead=lambda sweep: f"a line in {'curve and in ' if sweep.design.paths else ''}weeks",
        ),
        PictureKind(
            "frontier",
            "the packages of the stated world that no other one beats, and how far from them one setting agrees",
            Needs.POINT, _draw_frontier, compiled=("blockers", "exact"),
        ),
    )
}  # fmt: skip
