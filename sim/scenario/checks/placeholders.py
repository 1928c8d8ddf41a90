"""Values to stand in for parts of a scenario that are broken, each in several ways."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from sim.scenario import shape
from sim.scenario.numbers import Number
from sim.scenario.problems import nearest
from sim.scenario.process import Consent, Trigger

WAYS = 3

_WORDS = ("unreadable", "illegible", "garbled")
_WHOLE: dict[type, dict[str, Any]] = {Consent: {"all_of": ["unreadable"]}, Trigger: {"refusals": 1}}
"""Blocks of which no key must be there, and yet one."""


def filling(expected: shape.Shape, way: int, old: object = None) -> Any:
    """A value of a shape; `way` from 0 to `WAYS` - 1 says which, and the first is as near as may be to the `old` one."""
    options = shape.options(expected)
    words = shape.choices(expected)
    if words:
        return (way == 0 and isinstance(old, str) and nearest(old, words)) or words[way % len(words)]
    if type(None) in options and way == WAYS - 1:
        return None
    return _of_type(options[0], way, old)


def strings(data: object) -> set[str]:
    """All texts in plain data, keys too."""
    if isinstance(data, Mapping):
        return set().union(*({key} | strings(part) for key, part in data.items()))
    if isinstance(data, list):
        return set().union(*(strings(part) for part in data))
    return {str(data)} if isinstance(data, str | int | float) else set()


def _of_type(kind: Any, way: int, old: object) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _block(kind, way)
    if get_origin(kind) is dict:
        return {word: filling(get_args(kind)[1], way) for word in _WORDS[:2]}
    if get_origin(kind) is tuple:
        return [filling(part, way) for part in get_args(kind) if part is not ...]
    if kind in (int, float):
        return (0, 1, 0.5)[way]
    if kind is bool:
        return way == 0
    return str(old) if way == 0 and isinstance(old, int | float) else _WORDS[way]


def _number(kind: type[Number], way: int) -> float:
    low = kind.lowest if isfinite(kind.lowest) else -1.0
    high = kind.highest if isfinite(kind.highest) else 1.0
    value = (low, high, (low + high) / 2)[way]
    return float(round(value)) if kind.whole else value


def _block(kind: type[BaseModel], way: int) -> dict[str, Any]:
    if issubclass(kind, Number):
        return {"value": _number(kind, way), "assumed": "unreadable"}
    if kind in _WHOLE:
        return dict(_WHOLE[kind])
    return {
        field.alias or name: filling(field.annotation, way)
        for name, field in kind.model_fields.items()
        if field.is_required() or way == 1
    }
