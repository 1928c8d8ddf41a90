"""Where a curve of likelihood crosses a level, and between which values it may do so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.shares.axes import Axis
from sim.analysis.shares.design_points import Shares
from sim.game import Floats

NO_RUNS = "no runs yet"


@dataclass(frozen=True)
class Tipping:
    """A crossing of a level by a curve; its interval is the range of x around it in which the band holds the level.

    -inf and inf stand for ends that lie beyond what was swept.
    """

    at: float
    low: float
    high: float
    rises: bool | None  # None: it crosses and comes back within the interval, so it may as well only touch the level


def tippings(x: Floats, curve: Shares, level: float = 0.5) -> tuple[Tipping, ...]:
    """Where a curve over rising x [C], linear between points, crosses a level.

    The interval of a crossing is the inverse of the pointwise band, as Fieller (1954) inverts the interval of a line.
    It is the connected range of x around the crossing in which the level lies between `low` and `high`, both linear
    between points. Crossings that share such a range count as one. Points without rows are left out.
    """
    known = np.isfinite(curve.estimate)
    xs, under, over = x[known], level - curve.low[known], curve.high[known] - level
    found: list[Tipping] = []
    together: list[tuple[float, bool]] = []
    for at, rises in _crossings(xs, curve.estimate[known] - level):
        low = max(_reach(at, xs, under, -1), _reach(at, xs, over, -1))
        high = min(_reach(at, xs, under, 1), _reach(at, xs, over, 1))
        if found and low < found[-1].at:
            together.append((at, rises))
            found[-1] = _one(found[-1].low, high, together)
        else:
            together = [(at, rises)]
            found.append(Tipping(at, low, high, rises))
    return tuple(found)


def tippings_along(axis: Axis, curve: Shares, level: float = 0.5) -> tuple[Tipping, ...]:
    """Crossings along an axis of numbers, linear between points on its scale; none on one of words."""
    if not axis.is_number:
        return ()

    def value(length: float) -> float:
        return length if math.isinf(length) else float(axis.off_scale(np.array(length)))

    found = tippings(axis.on_scale(axis.at), curve, level)
    return tuple(replace(one, at=value(one.at), low=value(one.low), high=value(one.high)) for one in found)


def crossings(found: Sequence[Tipping], curve: Shares, axis: Axis, level: float = 0.5) -> str:
    """All crossings of a curve in words, or on which side of the level it stays, and whether its band leaves that open."""
    if found:
        return ", ".join(_crossing(tipping, axis, level) for tipping in found)
    known = curve.estimate[np.isfinite(curve.estimate)]
    if not len(known):
        return NO_RUNS
    side = "above" if known.min() > level else "below" if known.max() < level else "at or on one side of"
    seen = np.isfinite(curve.estimate)
    is_open = bool(((curve.low <= level) & (curve.high >= level))[seen].any())
    return f"stays {side} {percentage(level)}{', as far as its intervals can tell' if is_open else ''}"


def _crossing(tipping: Tipping, axis: Axis, level: float) -> str:
    """Where a curve crosses a level, with the interval, in words."""
    first, last = axis.number(float(axis.at[0])), axis.number(float(axis.at[-1]))
    low = f"below {first}" if math.isinf(tipping.low) else axis.number(tipping.low)
    high = f"above {last}" if math.isinf(tipping.high) else axis.number(tipping.high)
    start = "from " if math.isinf(tipping.low) or math.isinf(tipping.high) else ""
    where = "touches" if tipping.rises is None else "rises through" if tipping.rises else "falls through"
    return f"{where} {percentage(level)} at {axis.number(tipping.at)} ({start}{low} to {high})"


def percentage(level: float) -> str:
    """A level, such as 50 %."""
    return f"{100 * level:g} %"


def _one(low: float, high: float, together: list[tuple[float, bool]]) -> Tipping:
    """Crossings within one interval, which turn by turn rise and fall, as one."""
    if len(together) % 2:
        return Tipping(together[len(together) // 2][0], low, high, together[0][1])
    return Tipping((together[0][0] + together[-1][0]) / 2, low, high, None)


def _crossings(x: Floats, above: Floats) -> list[tuple[float, bool]]:
    """Where a line through points changes its sign, and whether it rises there; the middle where it stays at zero."""
    signs = np.flatnonzero(above)
    found = []
    for a, b in zip(signs[:-1].tolist(), signs[1:].tolist(), strict=True):
        if (above[a] > 0) == (above[b] > 0):
            continue
        flat = x[a + 1 : b]
        share = above[a] / (above[a] - above[b])
        at = (flat[0] + flat[-1]) / 2 if len(flat) else x[a] + share * (x[b] - x[a])
        found.append((float(at), bool(above[b] > 0)))
    return found


def _reach(at: float, x: Floats, room: Floats, side: int) -> float:
    """How far from a crossing one edge of the band stays on its side of the level; `room` [C] is negative beyond it."""
    last, space = at, max(0.0, float(np.interp(at, x, room)))
    for k in np.flatnonzero(x * side > at * side)[::side].tolist():
        if room[k] < 0:
            return last + (float(x[k]) - last) * space / (space - float(room[k]))
        last, space = float(x[k]), float(room[k])
    return math.inf * side
