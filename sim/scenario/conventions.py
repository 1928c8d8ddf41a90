"""What of a scenario's fixed numbers is no cited figure, the range of each, and the scenario with other ones.

A coder might have put them elsewhere: what classes are worth, how options are spaced, how long talks last and how far
parties look ahead, when things happen, and fixed numbers that no claim gives. The stated number is the median of each
range: half of the codings lie below it and half above, evenly on its scale. A scenario says ranges of classes; the others
are conventions of this program:

| what | range |
|---|---|
| a length or count, such as rounds of a phase, and the look-ahead | half to double |
| a round in which something happens | 4 rounds earlier to 4 later |
| a share between 0 and 1 | odds halved to doubled |
| another number | half to double |
| the values between a party's worst and best option | their place raised to a power of 1/2 to 2 |

Cited numbers stay, and so does what was overridden. Weights and values of single options have no range of their own: what
the program draws moves them. Where futures lean, and how many must consent, is no number to move.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.scenario import Scenario
from sim.scenario.classes import CLASS
from sim.scenario.numbers import FORMS, Number
from sim.scenario.problems import Steps, at, holds
from sim.scenario.provenance import Entry, Kind, by_class, numbers

Scale = Literal["plain", "log", "odds"]

ROUNDS_EITHER_WAY = 4
LOOK_AHEAD, USUAL_LOOK_AHEAD = "momentum.horizon", 8.0
MIDDLES = {"lognormal": "median", "normal": "mean", "beta": "mean"}
"""Where the middle of a distribution stands that a class may be worth."""

DATES = ("round", "deadline", "threatened")
LEFT_OUT = ("at_least", "leans", "weight", "announced")
"""Last steps of paths of numbers that have no range here."""

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Convention:
    """A number, or the spacing of a party's options, with the range in which coders may differ."""

    path: str
    kind: Kind
    low: float
    stated: float
    high: float
    scale: Scale = "plain"
    whole: bool = False
    places: tuple[Steps, ...] = ()  # of a number one, of spacing all numbers that it moves
    ends: tuple[tuple[float, float], ...] = ()  # of spacing: lowest and highest value of the issue of each

    def value(self, u: float) -> float:
        """The value at a quantile u in (0, 1) of the range; at one half as stated."""
        forth, back = _SCALES[self.scale]
        low, middle, high = (forth(x) for x in (self.low, self.stated, self.high))
        found = low + 2 * u * (middle - low) if u <= 0.5 else middle + (2 * u - 1) * (high - middle)
        value = min(self.high, max(self.low, back(found))) if u != 0.5 else self.stated
        return float(round(value)) if self.whole else value


_SCALES: dict[Scale, Any] = {
    "plain": (float, float),
    "log": (math.log, math.exp),
    "odds": (lambda p: math.log(p / (1 - p)), lambda x: 1 / (1 + math.exp(-x))),
}


def conventions(scenario: Scenario, overridden: Sequence[str] = ()) -> tuple[Convention, ...]:
    """Everything of a scenario that has such a range, in the order of its numbers."""
    entries = numbers(scenario, overridden)
    named = by_class(entries, scenario.classes)
    found = [one for entry in entries if (one := _of(entry, named)) is not None]
    if scenario.momentum is not None and scenario.momentum.horizon is None:
        found.append(_scaled(LOOK_AHEAD, "assumed", USUAL_LOOK_AHEAD, ("momentum", "horizon"), whole=True))
    return (*found, *_spacings(scenario, entries))


def coded(plain: Data, chosen: Mapping[Convention, float]) -> Data:
    """The plain data of a scenario with conventions at quantiles of their ranges."""
    for convention, u in chosen.items():
        if u == 0.5:
            continue
        value = convention.value(u)
        for k, place in enumerate(convention.places):
            plain = _with(plain, place, _spaced(plain, convention, k, value) if convention.ends else value)
    return plain


def _of(entry: Entry, named: Mapping[str, Sequence[Entry]]) -> Convention | None:
    """The convention that a number is, if it is one."""
    number, kind, middle = entry.number, entry.kind, middle_of(entry.number)
    unused = entry.is_class and not named[entry.path.split(".")[1]]
    if kind not in ("convention", "assumed") or number.class_ is not None or unused or entry.path.endswith(LEFT_OUT):
        return None
    if number.range is not None and middle is not None and number.range[0] <= middle <= number.range[1]:
        return Convention(entry.path, kind, number.range[0], middle, number.range[1], places=(entry.place,))
    if not number.value or entry.is_class or ".values." in entry.path:
        return None
    return _by_rule(entry, number.value)


def _by_rule(entry: Entry, value: float) -> Convention:
    """A fixed number in the range that this program gives it."""
    number, kind, places = entry.number, entry.kind, (entry.place,)
    if number.whole and entry.path.endswith(DATES):
        low = max(number.lowest, value - ROUNDS_EITHER_WAY)
        return Convention(entry.path, kind, low, value, value + ROUNDS_EITHER_WAY, whole=True, places=places)
    if number.lowest >= 0.0 and number.highest == 1.0 and 0.0 < value < 1.0:
        odds = value / (1.0 - value)
        low, high = (x / (1.0 + x) for x in (odds / 2.0, odds * 2.0))
        return Convention(entry.path, kind, low, value, high, "odds", places=places)
    return _scaled(entry.path, kind, value, entry.place, number.whole, number.lowest, number.highest)


def _scaled(
    path: str, kind: Kind, value: float, place: Steps, whole: bool = False, lowest: float = -math.inf,
    highest: float = math.inf,
) -> Convention:  # fmt: skip
    """From half of a number to double, nearest to zero first, as far as it may go."""
    ends = [min(highest, max(lowest, value * factor)) for factor in (0.5, 2.0)]
    if whole:
        ends = [max(1.0, math.floor(ends[0])), math.ceil(ends[1])]
    scale: Scale = "log" if value > 0 else "plain"
    low, high = sorted(ends)
    return Convention(path, kind, low, value, high, scale, whole, (place,))


def middle_of(number: Number) -> float | None:
    """The value, or the middle of a distribution that has one."""
    if number.value is not None:
        return number.value
    form = number.forms()[0]
    return float(getattr(getattr(number, form), MIDDLES[form])) if form in MIDDLES else None


def _spacings(scenario: Scenario, entries: Sequence[Entry]) -> list[Convention]:
    """One for each party some of whose options stand between its worst and its best by no cited figure."""
    values = {entry.path: entry for entry in entries if ".values." in entry.path and entry.number.value is not None}
    found = []
    for name, party in scenario.parties.items():
        moved: dict[Steps, tuple[float, float]] = {}
        for issue, priority in party.priorities.items():
            own = [number.value for number in priority.values.values() if number.value is not None]
            for option in priority.values:
                entry = values.get(f"parties.{name}.priorities.{issue}.values.{option}")
                value = entry.number.value if entry is not None else None
                judged = entry is not None and entry.kind in ("convention", "assumed")
                if judged and entry is not None and value is not None and min(own) < value < max(own):
                    moved[entry.place] = (min(own), max(own))
        if moved:
            path = f"parties.{name}.spacing"
            found.append(Convention(path, "assumed", 0.5, 1.0, 2.0, "log", False, tuple(moved), tuple(moved.values())))
    return found


def _spaced(plain: Data, convention: Convention, k: int, power: float) -> float:
    """A value between the worst and the best, its place between them raised to a power."""
    block, (low, high) = at(plain, convention.places[k]), convention.ends[k]
    value = block["value"] if isinstance(block, Mapping) else block
    return float(low + (high - low) * ((value - low) / (high - low)) ** power)


def _with(plain: Data, place: Steps, value: float) -> Data:
    """The data with another value, or another middle of a distribution, at a place; a day there gives way to it."""
    if not holds(plain, place[0]) or at(plain, place) is None:
        parent = at(plain, place[:-1])
        bare = {key: part for key, part in parent.items() if key != "date"}
        return put(plain, place[:-1], {**bare, place[-1]: _number(value)})
    block = at(plain, place)
    if not isinstance(block, Mapping):
        return put(plain, place, _number(value))
    form = next((form for form in MIDDLES if form in block), None)
    if form is not None:
        return put(plain, place, {**block, form: {**block[form], MIDDLES[form]: value}})
    bare = {key: part for key, part in block.items() if key not in (*FORMS, CLASS, "date")}
    return put(plain, place, {**bare, "value": _number(value)})


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def put(data: Data, steps: Steps, value: Any) -> Data:
    """The data with something else at the end of a way."""
    found: Data = _replaced(data, steps, value)
    return found


def _replaced(data: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    step, inner = steps[0], steps[1:]
    if isinstance(data, Mapping):
        return {**data, step: _replaced(data[step], inner, value)}
    return [_replaced(part, inner, value) if index == step else part for index, part in enumerate(data)]
