"""A number of a scenario as it is stated: its value, its distribution, its class."""

from typing import Any

from sim.scenario.names import spoken
from sim.scenario.numbers import Number
from sim.scenario.provenance import Entry


def number_data(number: Number) -> Any:
    """A number as plain data: its value, or the distribution under its name."""
    form = number.forms()[0]
    given = getattr(number, form)
    return given if form == "value" else {form: given if isinstance(given, tuple) else given.model_dump()}


def number_text(number: Number) -> str:
    """A number in one line, such as 0.8 or triangular(0.1, 0.3, 0.5)."""
    value = number_data(number)
    if not isinstance(value, dict):
        return f"{value:g}"
    (form, given), *_ = value.items()
    parts = given.items() if isinstance(given, dict) else enumerate(given)
    return f"{form}({', '.join(f'{k} {v:g}' if isinstance(k, str) else f'{v:g}' for k, v in parts)})"


def class_text(number: Number) -> str:
    """A number by its class where it has one, with what that is worth here; else as it is."""
    value = number.value
    shown = number_text(number) if value is None else f"{value:.3g}"
    return f"{spoken(number.class_)} ({shown})" if number.class_ else shown


def rests_on(entry: Entry) -> str:
    """What a number rests on, with its class and the range that a convention has."""
    ends, name = entry.number.range, entry.number.class_
    return entry.kind + (f", class {name}" if name else "") + (f", {ends[0]:g} to {ends[1]:g}" if ends else "")
