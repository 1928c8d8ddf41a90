"""JSON that may come from a stranger, as plain data: bounded in size, depth and number, with no text that is none.

The standard library's parser takes whatever is well-formed. So what would cost much memory is counted before it is parsed,
and what no YAML of ours may hold is refused after it.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from sim.scenario.problems import short

LARGEST = 32 * 2**20
"""Bytes of the largest text."""
MOST_PARTS = 400_000
"""Lists and mappings; each takes some 100 bytes."""
MOST_VALUES = 4_000_000
DEEPEST = 60
"""A scenario may be nested 40 deep, and stands some levels down."""
LARGEST_NUMBER = 2**63

_STRAY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class NotPlain(Exception):
    """A text is no JSON, or holds what may not be there; says where and what."""

    def __init__(self, message: str, steps: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.steps = tuple(steps)


def decoded(data: bytes) -> Any:
    """The plain data that some JSON stands for.

    Raises:
        NotPlain: it is none, or it is too much.
    """
    if data.count(b"[") + data.count(b"{") > MOST_PARTS or data.count(b",") > MOST_VALUES:
        raise NotPlain(f"holds more than {MOST_PARTS:,} lists and mappings or {MOST_VALUES:,} values")
    try:
        found = json.loads(data.decode(), parse_constant=_no_number, object_pairs_hook=_mapping)
    except UnicodeDecodeError:
        raise NotPlain("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise NotPlain(f"is not JSON (line {error.lineno}, column {error.colno})") from None
    except ValueError:  # of the interpreter, which turns no number into one that has thousands of digits
        raise NotPlain("is not JSON: a number with too many digits") from None
    except RecursionError:
        raise _too_deep() from None
    _check(found, [])
    return found


def _no_number(name: str) -> None:
    raise NotPlain(f"holds {name}, which is no number")


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs):
        seen = set[str]()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotPlain(f"holds the key {short(twice)} twice")
    return held


def _too_deep() -> NotPlain:
    return NotPlain(f"is nested deeper than {DEEPEST} levels")


def _check(value: Any, steps: list[str | int]) -> None:
    """Refuse what YAML of ours may not hold either; `steps` lead there."""
    if isinstance(value, str):
        _check_text(value, steps)
    elif isinstance(value, int | float):
        if not abs(value) < LARGEST_NUMBER:  # nor is what is no number
            raise NotPlain("is a number beyond all that are used here", steps)
    elif isinstance(value, dict | list):
        if len(steps) >= DEEPEST:
            raise _too_deep()
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(step, str):
                _check_text(step, steps)
            steps.append(step)
            _check(part, steps)
            steps.pop()


def _check_text(text: str, steps: list[str | int]) -> None:
    stray = _STRAY.search(text)
    if stray:
        raise NotPlain(f"holds the character U+{ord(stray[0]):04X}, which no text may hold here", steps)
