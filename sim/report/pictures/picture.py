"""What is in a picture, as plain data and in words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from sim.analysis.shares.tipping import Tipping, crossings
from sim.game import Floats
from sim.plots import Figure, Panel, Scale, Sheet


class Draw(Protocol):
    """Draws a picture on a sheet."""

    def __call__(self, *, sheet: Sheet) -> Figure:
        """The picture; TooSmallError where it does not fit."""


@dataclass(frozen=True)
class Drawn:
    """A picture, and what is in it as plain data."""

    kind: str
    draw: Draw
    data: dict[str, Any]
    said: tuple[str, ...] = ()  # what is worth saying beside it
    fewer: "Callable[[], Drawn] | None" = None  # the same with one panel less, for a sheet that is too low

    @cached_property
    def figure(self) -> Figure:
        """The picture on its usual sheet."""
        return self.draw(sheet=Sheet())


def curve_says(made: Sequence[Panel], scale: Scale, by: str, level: float) -> tuple[str, ...]:
    """Where each curve crosses the level."""
    if not scale.is_line():
        return ()
    said = []
    for panel in made:
        for line in panel.lines:
            where = ", ".join(part for part in (panel.name, f"{by}: {line.name}" if by else "") if part)
            what = crossings(line.tippings, line.shares, scale.axis, level)
            said.append(f"{where}: {what}" if where else f"The likelihood {what}")
    return tuple(said)


def curve_data(made: Sequence[Panel], scale: Scale, by: str | None, panels: str | None, level: float) -> dict[str, Any]:
    """The curves of a picture with their crossings."""
    return {
        "x": axis_data(scale),
        "by": [path for path in (by, panels) if path is not None],
        "level": level,
        "curves": [
            {
                "panel": panel.name,
                "line": line.name,
                "runs": line.shares.rows.tolist(),
                "likelihood": plain(line.shares.estimate),
                "low": plain(line.shares.low),
                "high": plain(line.shares.high),
                "ceiling": None if line.ceiling is None else plain(line.ceiling.estimate),
                "crossings": [_tipping_data(tipping) for tipping in line.tippings],
            }
            for panel in made
            for line in panel.lines
        ],
    }


def _tipping_data(tipping: Tipping) -> dict[str, Any]:
    """A crossing as data; an end that lies beyond what was swept is null."""
    return {
        "at": tipping.at,
        "low": tipping.low if math.isfinite(tipping.low) else None,
        "high": tipping.high if math.isfinite(tipping.high) else None,
        "rises": tipping.rises,
    }


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
