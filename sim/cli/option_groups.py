"""Blocks of options: a command takes several as one value, and typer sees each of them."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any


def unfolded(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer wants it: in the place of each parameter that is a dataclass stand its fields."""
    given = signature(command).parameters.values()
    blocks: dict[str, Any] = {one.name: one.annotation for one in given if is_dataclass(one.annotation)}
    options = [option for one in given for option in (_options(one.annotation) if one.name in blocks else [one])]
    options = [option.replace(kind=Parameter.KEYWORD_ONLY) for option in options]

    @wraps(command)
    def called(**values: Any) -> None:
        for name, block in blocks.items():
            values[name] = block(**{field.name: values.pop(field.name) for field in fields(block)})
        command(**values)

    called.__signature__ = Signature(options)  # type: ignore[attr-defined]
    called.__annotations__ = {option.name: option.annotation for option in options}
    return called


def _options(block: Any) -> list[Parameter]:
    kind = Parameter.KEYWORD_ONLY
    return [Parameter(each.name, kind, default=each.default, annotation=each.type) for each in fields(block)]
