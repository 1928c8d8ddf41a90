"""A picture: what was asked for, and what is in it, as plain data and in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from sim.analysis.shares.axes import Axis
from sim.analysis.shares.design_points import Shares
from sim.analysis.shares.likelihood import Share
from sim.game import Floats
from sim.plots import Figure, Scale, Sheet
from sim.report.sweep.view import Sweep

SAMPLING = "sampling error only"


class CannotDrawError(Exception):
    """What was asked for cannot be drawn; says why, and what could."""


@dataclass(frozen=True)
class Request:
    """What was asked for; what is left out is chosen."""

    kind: str | None = None
    x: str | None = None
    y: str | None = None
    by: tuple[str, ...] = ()
    issue: str | None = None
    run: int | None = None
    level: float | None = None  # in per cent

    def options(self) -> dict[str, object]:
        """What goes with some kinds only, by its option."""
        return {"--y": self.y, "--issue": self.issue, "--run": self.run, "--level": self.level}


class Draw(Protocol):
    """Draws a picture on a sheet."""

    def __call__(self, *, sheet: Sheet) -> Figure:
        """The picture; TooSmallError where it does not fit."""


@dataclass(frozen=True)
class Picture:
    """A picture, and what is in it as plain data."""

    draw: Draw
    data: dict[str, Any]
    said: tuple[str, ...] = ()  # what is worth saying beside it
    fewer: "Callable[[], Picture] | None" = None  # the same with one panel less, for a sheet that is too low

    @cached_property
    def figure(self) -> Figure:
        """The picture on its usual sheet."""
        return self.draw(sheet=Sheet())


def axis_data(scale: Scale) -> dict[str, Any]:
    """A swept part with its values, as words and, of numbers, where they stand."""
    axis = scale.axis
    data: dict[str, Any] = {"path": axis.path, "label": scale.label, "values": list(scale.names)}
    return data | {"at": axis.at.tolist()} if axis.is_number else data


def plain(values: Floats) -> list[Any]:
    """Numbers as data, none where there are none."""
    return [
        plain(value) if isinstance(value, np.ndarray) else None if np.isnan(value) else float(value) for value in values
    ]


def share_data(share: Share) -> dict[str, float]:
    """A share as data."""
    return {"estimate": share.estimate, "low": share.low, "high": share.high, "hits": share.hits, "n": share.n}


def level_says(found: Shares) -> str:
    """The level of intervals, such as 95 %."""
    return f"{100 * found.level:g} %"


def width_says(found: Shares) -> str:
    """How wide intervals are at most, in words."""
    return f"{level_says(found)} intervals up to {100 * found.widest():.0f} points wide"


def varies_says(what: str, sweep: Sweep, axes: Sequence[Axis], others: Sequence[Axis | None]) -> str:
    """What is shown, in a sentence."""
    said = " and ".join(f"\u201c{sweep.says(axis.path)}\u201d" for axis in axes)
    by = " and ".join(f"\u201c{sweep.says(axis.path)}\u201d" for axis in others if axis is not None)
    verb = "varies" if len(axes) == 1 else "vary"
    return f"{what} as {said} {verb}" + (f", for each value of {by}" if by else "")
