"""Arguments as the command line and Python take them: limits, what is expected, and values as text.

A wrong one is told in the same words in both places, and named as the command line names it: `--runs` is the argument
`runs`.
"""

import json
import operator
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.files.errors import BadInput

USUAL_SEED = 1
LARGEST_SEED = 2**63 - 1
MOST_RUNS = 10_000_000
LAST_RUN = MOST_RUNS - 1
MOST_DRAWN = 60_000
"""Drawn worlds in which something is asked exactly, at the most."""

SMALL = 100_000
"""Upper ends up to which both ends of a range are worth saying at once."""

DIGITS = 12
"""Significant ones of a number that varies, as of `low:high:count`: no rounding dust."""

SIGNS = frozenset(",:[]{}\"'#")
"""Letters that mean something in a list of values: a text that has one goes into quotes."""


def whole_says(low: int | None, high: int | None, given: str) -> str:
    """What is expected where a whole number is: with the end of its range that `given` is beyond, or both."""
    return f"must be a whole number{range_says(low, high, given)}"


def range_says(low: float | None, high: float | None, given: str) -> str:
    """The end of a range that a value is beyond; both where that is short."""
    if low is not None and high is not None and high <= SMALL:
        return f" from {low:,} to {high:,}"
    try:
        is_above = high is not None and float(given) > high
    except ValueError:
        is_above = False
    return f" of at most {high:,}" if is_above else "" if low is None else f" of {low:,} or more"


def choice_says(words: Sequence[str]) -> str:
    """What is expected where one of a few words is."""
    return f"must be {', '.join(words[:-1])} or {words[-1]}"


def day_of(text: str) -> date:
    """A day from its text; ValueError says what is expected."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"must be a day such as 2025-04-23 (got {text})") from error


def whole(option: str, given: object, low: int, high: int | None = None) -> int:
    """A whole number within a range, numpy's too; BadInput of anything else."""
    try:
        number = None if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or number < low or (high is not None and number > high):
        raise _bad(option, f"{whole_says(low, high, str(given))} (got {_got(given)})")
    return number


def runs_of(given: object) -> int:
    """How many negotiations."""
    return whole("--runs", given, 1, MOST_RUNS)


def seed_of(given: object) -> int:
    """A seed of all draws."""
    return whole("--seed", given, 0, LARGEST_SEED)


def number(option: str, given: object, low: float, high: float) -> float:
    """A number within a range; BadInput of anything else."""
    plain = _plain(given)
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not low <= plain <= high:
        raise _bad(option, f"must be a number{range_says(low, high, str(given))} (got {_got(given)})")
    return float(plain)


def chosen(option: str, given: object, words: Sequence[str]) -> str:
    """One of a few words; BadInput of any other."""
    from sim.scenario.problems import near

    if given not in words:
        raise _bad(option, f"{choice_says(words)} (got {_got(given)}){near(str(given), words)}")
    return str(given)


def days(given: "str | date | Iterable[str | date] | None") -> tuple[date, ...]:
    """Days from texts such as 2025-12-31 or dates, one or several; BadInput of anything else."""
    if given is None:
        return ()
    several = [given] if isinstance(given, str | date) or not isinstance(given, Iterable) else list(given)
    return tuple(day("--by", each) for each in several)


def day(option: str, given: object) -> date:
    """One day, as a text or a date; BadInput of anything else."""
    if isinstance(given, date) and type(given) is not date:  # a time of day says nothing here
        return date(given.year, given.month, given.day)
    try:
        return given if isinstance(given, date) else day_of(str(given))
    except ValueError as error:
        raise _bad(option, str(error)) from None


def name_of(given: object) -> str | None:
    """A name, whatever it is given as: what names nothing is told where it is looked up."""
    return None if given is None else str(given)


def path_of(given: object) -> Path:
    """A path, whatever it is given as: what is none is told where no such file is found."""
    return given if isinstance(given, Path) else Path(str(given))


def overrides(given: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Paths and values as `--set` takes them, as text; BadInput where it is no mapping of paths."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise _bad("--set", f'must be a mapping such as {{"parties.us.patience": 6}} (got {_got(given)})')
    return [(str(path), text_of(value)) for path, value in given.items()]


def variations(given: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """Paths and what they vary over as `--vary` takes them, as text; BadInput where it is no mapping of paths."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise _bad("--vary", f'must be a mapping such as {{"parties.us.patience": "2:20:10"}} (got {_got(given)})')
    return [(str(path), _spec(values)) for path, values in given.items()]


def terms_of(given: Mapping[str, Any] | None) -> list[str]:
    """Terms of a draft as they are typed, `issue=option`; BadInput where they are no mapping of issues."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise _bad("terms", f'must be a mapping such as {{"issue": "option"}} (got {_got(given)})')
    return [f"{issue}={text_of(option)}" for issue, option in given.items()]


def at_values(given: Mapping[str, Any] | None) -> list[str]:
    """Paths and values as `--at` takes them; BadInput where it is no mapping of paths."""
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise _bad("--at", f'must be a mapping such as {{"parties.us.patience": 8}} (got {_got(given)})')
    return [f"{path}={_written(value)}" for path, value in given.items()]


def text_of(value: Any) -> str:
    """A value as YAML text; a text is YAML already, as on the command line."""
    value = _plain(value)
    if isinstance(value, str):
        return value
    return repr(value) if isinstance(value, float) else json.dumps(value, default=str, ensure_ascii=False)


def _spec(values: Any) -> str:
    """A range or values with commas; a text is one of these already."""
    values = _plain(values)
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        return _written(values)
    return ",".join(_quoted(each) for each in values)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) and SIGNS & set(value) else _written(value)


def _written(value: Any) -> str:
    value = _plain(value)
    return f"{value:.{DIGITS}g}" if isinstance(value, float) else text_of(value)


def _plain(value: Any) -> Any:
    """What numpy and pandas hold, as Python has it."""
    return value.tolist() if hasattr(value, "tolist") else value


def _got(given: object) -> str:
    from sim.scenario.problems import seen

    return seen(_plain(given))


def _bad(option: str, message: str) -> "BadInput":
    from sim.files.errors import bad_option

    return bad_option(option, message)
