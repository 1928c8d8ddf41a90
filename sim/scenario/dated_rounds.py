"""Rounds given as days: a scenario with a date may give a round as a day that lies in it. Round 0 begins on that date."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.calendar import DAYS
from sim.scenario.problems import Steps, at, seen, with_parts

Data = Mapping[str, Any]

_BESIDE: tuple[Steps, ...] = (
    ("events", "*"), ("proposals", "*"), ("off_the_table", "*", "until"), ("levers", "*", "when"),
    ("levers", "*", "until"),
)  # fmt: skip
"""Blocks of which `round` may be given as `date`."""

_INSIDE: tuple[Steps, ...] = (("levers", "*", "threatened"), ("walk_away", "announced"), ("walk_away", "deadline"))
"""Rounds that may be given as a mapping with a `date`."""

_LAST = 1000


class Misdated(str):
    """What stands for a date that gives no round, and why it does not."""

    why: str

    def __new__(cls, day: object, why: str) -> "Misdated":
        """What stands there, with the reason."""
        own = super().__new__(cls, day)
        own.why = why
        return own


def day_of(text: object) -> datetime.date | None:
    """A day of the calendar as YYYY-MM-DD; None for anything else."""
    if not isinstance(text, str) or len(text) != len("2025-04-23"):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def with_rounds(plain: Data) -> Data:
    """The data of a scenario with the round beside every date that stands in place of one.

    A date that gives no round gets the reason, and any round so that nothing else is said about it.
    """
    found = dict(_dated(plain))
    return {key: with_parts(part, found, (key,)) for key, part in plain.items()} if found else plain


def _dated(plain: Data) -> Iterator[tuple[Steps, Data]]:
    for places, key in ((_BESIDE, "round"), (_INSIDE, "value")):
        for place in places:
            for path in _ways(plain, place, ()):
                block = at(plain, path)
                if isinstance(block, Mapping) and block.get("date") is not None:
                    yield path, _with_round(plain, block, key)


def _ways(data: object, place: Steps, path: Steps) -> Iterator[Steps]:
    """Ways to where a place leads, through every item of a list."""
    if not place:
        yield path
    elif place[0] != "*":
        if isinstance(data, Mapping) and place[0] in data:
            yield from _ways(data[place[0]], place[1:], (*path, place[0]))
    elif isinstance(data, list | tuple):
        for index, item in enumerate(data):
            yield from _ways(item, place[1:], (*path, index))


def _with_round(plain: Data, block: Data, key: str) -> Data:
    """A block with the round of its date under a key."""
    found = _round_of(plain, block["date"])
    if isinstance(found, str):
        return {key: 0, **block, "date": Misdated(block["date"], found)}
    stated = _plain(block.get(key))
    if key in block and stated != found:
        both = f"lies in round {found}, and round {seen(stated)} is given too; keep one"
        return {**block, "date": Misdated(block["date"], both)}
    return {key: found, **block}


def _round_of(plain: Data, given: object) -> int | str:
    """The round in which a day lies, or why nobody can say."""
    day, whole, noun = day_of(given), plain.get("date"), plain.get("round", "week")
    start, days = day_of(whole), DAYS.get(noun) if isinstance(noun, str) else None
    if day is None:
        return f"is no day such as 2025-04-23 (got {seen(given)})"
    if start is None:
        only = f"; {seen(whole)} does not say the day" if whole is not None else ""
        return f"needs the day on which the talks begin: give the scenario a `date` such as 2025-04-23{only}"
    if days is None:
        return f"needs rounds of a {' or a '.join(DAYS)} (a round is a {seen(noun)}); give the round"
    if day < start:
        return f"comes before the talks, which begin on {start} (got {day})"
    return min((day - start).days // days, _LAST)


def _plain(number: object) -> object:
    return number.get("value") if isinstance(number, Mapping) else getattr(number, "value", number)
