"""A scenario as the text of a YAML file, in the order and the layout of those that people write."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 120
SHORT = ("values", "like", "rounds", "exponent", "deadline")
"""Keys of mappings that stay on one line where they fit."""

_PLAIN = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_WORDS = {"true", "false", "null"}


def yaml_text(data: Mapping[str, Any], opening: str) -> str:
    """YAML of mappings, lists, texts and numbers; `opening` is a comment at the top."""
    comment = "".join(f"# {line}\n" for line in opening.splitlines())
    return comment + "\n".join(_lines(data, 0)) + "\n"


def _lines(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """A mapping, a key a line; short mappings and lists that hold no other stay on the line of their key."""
    space = " " * indent
    for key, value in data.items():
        begins = f"{space}{_scalar(key)}:"
        short = f"{begins} {_flow(value)}"
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield begins
            for item in value:
                first, *rest = _lines(item, indent + 4)
                yield from (f"{space}  - {first.lstrip()}", *rest)
        elif isinstance(value, dict) and (
            key not in SHORT or any(isinstance(part, dict | list) for part in value.values()) or len(short) > WIDTH
        ):
            yield begins
            yield from _lines(value, indent + 2)
        else:
            yield short


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_scalar(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(map(_scalar, value)) + "]" if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
        return value if is_plain else f'"{"".join(map(_letter, value))}"'
    return repr(value)


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    return f"\\U{ord(letter):08x}" if ord(letter) > 0xFFFF else f"\\u{ord(letter):04x}"
