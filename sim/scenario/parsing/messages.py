"""Pydantic's findings in the words of someone who writes scenario files."""

from collections.abc import Mapping, Sized
from typing import Any

from pydantic_core import ErrorDetails

from sim.scenario import shape
from sim.scenario.kept_draws import RUNS
from sim.scenario.problems import listed, near, seen

_MEMBER = "a party or a rule (all_of, any_of, at_least)"
_WANTED = {
    "string_type": "text",
    "string_unicode": "text",
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "tuple_type": "a list",
    "float_type": "a number",
    "int_type": "a whole number",
    "string_pattern_mismatch": "a date such as 2025-04-23",
}


def worded(error: ErrorDetails, data: object, expected: shape.Shape) -> str:
    """One finding in plain words; `data` is what stands at the place, `expected` what may."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return _not_a_choice(data, expected)
    return _sized(kind, error["loc"], context, data) or _not_the_kind(kind, context, data, expected)


def _sized(kind: str, place: tuple[str | int, ...], context: Mapping[str, Any], data: object) -> str:
    if kind == "too_short":
        return _too_few(place, context["min_length"], data)
    if kind == "too_long" and isinstance(data, Sized):
        return f"has {len(data)} entries; at most {context['max_length']}"
    return "has too few entries" if kind == "missing" else ""


def _not_the_kind(kind: str, context: Mapping[str, Any], data: object, expected: shape.Shape) -> str:
    if kind == "string_too_short":
        return f"says too little (got {seen(data)}); give the reason in words"
    wanted = _wanted(kind, context, expected)
    quotes = "; put it in quotes" if wanted == "text" and isinstance(data, int | float) else ""
    return f"must be {wanted} (got {seen(data)}){quotes}"


def _too_few(place: tuple[str | int, ...], least: int, data: object) -> str:
    if isinstance(data, Sized) and len(data):
        return f"has {len(data)} of at least {least} entries"
    return "names no issue" if place[-1:] in (("refuses",), ("when",)) else "is empty"


def _not_a_choice(data: object, expected: shape.Shape) -> str:
    words = shape.choices(expected)
    if tuple in shape.takes(expected):
        return f"must be {_either(words)}, or a list (got {seen(data)})"
    hint = near(data, words) if isinstance(data, str) else ""
    return f"must be {_either(words)} (got {seen(data)}){hint}"


def _either(words: list[str]) -> str:
    return f"{listed(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _wanted(kind: str, context: Mapping[str, Any], expected: shape.Shape) -> str:
    if shape.is_block(expected) and str in shape.takes(expected):
        return _MEMBER
    bounds = {
        "greater_than": "above", "less_than": "below", "greater_than_equal": "at least", "less_than_equal": "at most",
    }  # fmt: skip
    if context.get("pattern") == RUNS:
        return "runs such as 0 3 7-9"
    if kind in bounds:
        return f"{bounds[kind]} {next(iter(context.values())):g}"
    return "true or false" if kind.startswith("bool") else _WANTED.get(kind, "something else")
