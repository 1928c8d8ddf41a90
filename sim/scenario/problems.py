"""What is wrong with a scenario, and where; and what the user probably meant."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

Steps = tuple[str | int, ...]
"""The way from the top of a file to a place in it: keys as the file writes them, and positions in lists."""

_DIGITS = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?", re.IGNORECASE)

FEW = 8
LONG = 60


@dataclass(frozen=True)
class Problem:
    """One fault of a scenario; `on_key` says that the last key itself is wrong, not what stands under it."""

    path: Steps
    message: str
    on_key: bool = False


def nearest(word: str, choices: Collection[str]) -> str:
    """The choice that is most like a word, or has it among the words that it is made of; empty where there is none."""
    alike = get_close_matches(word[:LONG], choices, n=1) or [each for each in choices if word in each.split("_")]
    return next(iter(alike), "")


def near(word: str, choices: Collection[str]) -> str:
    """`; did you mean X?`, or nothing where no choice is like the word."""
    match = nearest(word, choices)
    return f"; did you mean {match}?" if match else ""


def suggestion(word: str, choices: Collection[str], few: int = FEW) -> str:
    """The nearest choice, or all of them where none is near and they are few."""
    return near(word, choices) or (f"; there is {listed(choices)}" if 0 < len(choices) <= few else "")


def unknown(what: str, word: str, choices: Collection[str]) -> str:
    """The message for a name that nothing has."""
    return f"unknown {what} (got {short(word) or 'empty text'}){suggestion(word, choices)}"


def listed(words: Collection[str]) -> str:
    """Words in the order given, with commas."""
    return ", ".join(words)


def short(text: str) -> str:
    """A text that fits into a message."""
    return text if len(text) <= LONG else f"{text[:LONG]}..."


def repeated(words: Sequence[str]) -> list[int]:
    """Positions of words that stood earlier in the sequence."""
    return [index for index, word in enumerate(words) if word in words[:index]]


def at(data: Any, path: Steps) -> Any:
    """What stands at the end of a way; None where nothing does."""
    for step in path:
        if not holds(data, step):
            return None
        data = data[step]
    return data


def holds(data: object, step: object) -> bool:
    """Whether there is something under a key, or at a place of a list."""
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, list | tuple) and isinstance(step, int) and step < len(data)


def with_parts(data: Any, parts: Mapping[Steps, Any], path: Steps = ()) -> Any:
    """The data with other parts at the end of some ways; `path` is the way to the data."""
    if path in parts:
        return parts[path]
    if isinstance(data, Mapping):
        return {key: with_parts(part, parts, (*path, key)) for key, part in data.items()}
    if isinstance(data, list | tuple):
        return [with_parts(part, parts, (*path, index)) for index, part in enumerate(data)]
    return data


def seen(data: object) -> str:
    """What a file says at a place, short enough for a message."""
    if data is None:
        return "nothing"
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, Mapping | list):
        return "a mapping" if isinstance(data, Mapping) else "a list"
    if isinstance(data, str):
        data = data.encode("utf-8", "backslashreplace").decode()  # half a character cannot be told
        return f'"{short(data)}" in quotes' if _DIGITS.fullmatch(data) else short(data) or "empty text"
    return str(data)
