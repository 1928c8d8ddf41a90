"""Shares in a sentence: no digit that the interval does not carry, and simple fractions where they are near enough."""

import math
from collections.abc import Mapping, Sequence

from sim.analysis.shares.likelihood import FEW, Share, wilson
from sim.report.wording.figures import percent

WIDE = 0.1
"""Intervals that are wider carry steps of five per cent."""

NEAR = 0.03
"""How far a simple fraction may be from what it stands for, where the interval is not wider."""

PARTS = {
    0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 1 / 3: "a third", 0.4: "two fifths", 0.5: "half", 0.6: "three fifths",
    2 / 3: "two thirds", 0.75: "three quarters", 0.8: "four fifths", 0.9: "nine tenths",
}  # fmt: skip
WAY = "of the way to its own position"
EDGE = 0.05
"""A share this near to none or all is called so."""


def roughly(share: Share) -> str:
    """A share in a sentence: of few a count, with a wide interval in steps of five per cent, else as tables have it."""
    if share.is_few():
        return percent(share)
    if share.hits in (0, share.n):
        return "all" if share.hits else "none"
    return _in_fives(share.estimate) if share.high - share.low > WIDE else percent(share).replace("<", "under ")


def _in_fives(value: float) -> str:
    steps = round(20 * value)
    if steps == 0:
        return "under 5 %" if value > 0 else "about 0 %"
    if steps == 20:
        return "over 95 %" if value < 1 else "about 100 %"
    return f"about {5 * steps} %"


def between(low: Share, high: Share) -> str:
    """Two shares in a column: 50 to 95 %, or counts of few."""
    if low.is_few() or high.is_few():
        return f"{low.counted()}; {high.counted()}"
    ends = (_in_fives(each.estimate) if each.high - each.low > WIDE else percent(each) for each in (low, high))
    first, last = (end.removeprefix("about ").replace("under ", "<").replace("over ", ">") for end in ends)
    return f"{first.removesuffix(' %')} to {last}"


def joined(parts: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def deals(value: float, agreements: int) -> str:
    """How many of the deals: a simple fraction where one is near enough, else per cent; of few a count."""
    share = wilson(round(value * agreements), agreements)
    if agreements < FEW:
        return f"{share.counted()} deals"
    if value < EDGE or value > 1.0 - EDGE:
        return "hardly any deals" if value < EDGE else "nearly all deals"
    near = _nearest(value, PARTS)
    if abs(near - value) <= max(NEAR, (share.high - share.low) / 2.0):
        return f"{PARTS[near]} of the deals"
    return f"{roughly(share)} of the deals"


def way(terms: float) -> str:
    """How far a deal lies from the other side's position (0) to a party's own (1)."""
    if terms < -EDGE:
        return "less than the other side's position does"
    if terms <= EDGE:
        return "what the other side's position does"
    if abs(terms - 1.0) <= EDGE:
        return "its own position"
    return "more than its own position" if terms > 1.0 else f"{PARTS[_nearest(terms, PARTS)]} {WAY}"


def _nearest(value: float, among: Mapping[float, str]) -> float:
    return min(among, key=lambda one: math.fabs(one - value))
