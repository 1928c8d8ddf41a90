"""Parts of YAML text dropped and added by place, so that comments and layout around them stay as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML

Step = str | int
Way = tuple[Step, ...]


@dataclass(frozen=True)
class Drop:
    """A key, or an item of a list, that goes; a comment may stand in its place."""

    at: Way
    comment: str = ""


@dataclass(frozen=True)
class Add:
    """What is added behind a part that stays: a key with its value as flow text, or an item of a list without a key."""

    after: Way
    key: str
    text: str


Edit = Drop | Add


class NoPlaceError(Exception):
    """Text whose layout leaves no place for an edit."""


@dataclass(frozen=True)
class _Part:
    """A key or an item with its value, between two offsets of the text."""

    parent: Any
    index: int
    start: int
    end: int


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made.

    Raises:
        NoPlaceError: one of them has no place in the layout.
    """
    root = YAML(typ="safe", pure=True).compose(text)
    spans = [_dropped(text, root, one) if isinstance(one, Drop) else _added(text, root, one) for one in edits]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _part(text: str, root: Any, way: Way) -> _Part:
    node = root
    for step in way:
        parent = node
        if isinstance(step, int):
            index, node, start = step, parent.value[step], parent.value[step].start_mark.index
        else:
            index = next(k for k, (key, _) in enumerate(parent.value) if key.value == step)
            key, node = parent.value[index]
            start = key.start_mark.index
    return _Part(parent, index, start, max(_end(text, node), start))


def _end(text: str, node: Any) -> int:
    """Where a value ends: a block with its last part, whatever comments follow."""
    inside = node.value if isinstance(node.value, list) and not node.flow_style else []
    if inside:
        last = inside[-1]
        return max(_end(text, each) for each in (last if isinstance(last, tuple) else (last,)))
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    return start + len(text[start:end].rstrip())


def _line_end(text: str, at: int) -> int:
    """The end of the line of an offset; what follows on it is blank or a comment."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    rest = text[at:end].strip()
    if rest and not rest.startswith((":", "#")):
        raise NoPlaceError(f"something else stands on the line of {text[:at].rsplit(chr(10), 1)[-1].strip()}")
    return end


def _dropped(text: str, root: Any, drop: Drop) -> tuple[int, int, str]:
    part = _part(text, root, drop.at)
    if part.parent.flow_style:
        return _from_flow(text, part)
    begin = text.rfind("\n", 0, part.start) + 1
    before = text[begin : part.start]
    if before.strip() not in ("", "-") or (before.strip() and isinstance(drop.at[-1], str)):
        raise NoPlaceError(f"{drop.at[-1]} begins a line with something else")
    end = min(_line_end(text, part.end) + 1, len(text))
    comment = f"{' ' * len(before)}# {drop.comment}{_break(text)}" if drop.comment else ""
    return begin, end, comment


def _from_flow(text: str, part: _Part) -> tuple[int, int, str]:
    """A part of a flow collection, with the comma behind it, or the one before it where it is the last."""
    behind = part.end + len(text[part.end :]) - len(text[part.end :].lstrip())
    if text[behind : behind + 1] == ",":
        after = behind + 1
        return part.start, after + len(text[after:]) - len(text[after:].lstrip(" ")), ""
    if part.index:
        return text.rindex(",", 0, part.start), part.end, ""
    return part.start, part.end, ""


def _added(text: str, root: Any, add: Add) -> tuple[int, int, str]:
    part = _part(text, root, add.after)
    new = f"{add.key}: {add.text}" if add.key else add.text
    if part.parent.flow_style:
        return part.end, part.end, f", {new}"
    end = _line_end(text, part.end)
    end -= text[end - 1 : end] == "\r"
    column = part.start - text.rfind("\n", 0, part.start) - 1
    indent = " " * column if add.key else text[part.start - column : part.start]
    return end, end, f"{_break(text)}{indent}{new}"


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
