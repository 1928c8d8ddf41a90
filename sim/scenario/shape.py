"""The shape of the models: what may stand under which key of a file."""

import types
from collections.abc import Collection
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.numbers import Number
from sim.scenario.quantities import Count, Dated, Moment

Shape = Any
"""A type annotation: a block, a mapping, a list, a plain type or a union of them; None where nothing is known."""


def below(shape: Shape, step: str | int) -> Shape | None:
    """What may stand under a key, or at a place of a list; None where nothing may."""
    for option in options(shape):
        origin, inner = _origin(option), get_args(option)
        if _is_block(option) and step in names(option):
            return _fields(option)[str(step)]
        if origin is dict and isinstance(step, str):
            return inner[1]
        if origin is tuple:
            return inner[0]
    return None


def at(shape: Shape, steps: Collection[str | int]) -> Shape | None:
    """What may stand at the end of a way."""
    for step in steps:
        shape = below(shape, step)
    return shape


def names(shape: Shape) -> list[str]:
    """The keys of a block; none for anything else."""
    return [name for option in options(shape) if _is_block(option) for name in _fields(option)]


def description(shape: Shape, name: str) -> str:
    """What is said of a key of a block; empty where nothing is."""
    fields = (field for option in options(shape) if _is_block(option) for key, field in option.model_fields.items()
              if name in (key, field.alias))  # fmt: skip
    return next((field.description or "" for field in fields), "")


def is_block(shape: Shape) -> bool:
    """Whether it has keys of its own, rather than names that the user chooses."""
    return any(_is_block(option) for option in options(shape))


def is_number(shape: Shape) -> bool:
    """Whether a number of the model stands there."""
    return any(_is_block(option) and issubclass(option, Number) for option in options(shape))


def is_dated(shape: Shape) -> bool:
    """Whether it has a round that may be given as a date."""
    return any(_is_block(option) and issubclass(option, Dated | Moment) for option in options(shape))


def plain_key(shape: Shape) -> str | None:
    """The key of a block whose value may stand alone in its place; None where a block must be written out."""
    keys = (getattr(option, "plain_key", None) for option in options(shape) if _is_block(option))
    return next((key for key in keys if key), None)


def is_whole(shape: Shape) -> bool:
    """Whether only whole numbers may stand there."""
    found = options(shape)
    kinds = [option for option in found if option in (int, float)]
    return any(_is_block(option) and issubclass(option, Count) for option in found) or kinds == [int]


def takes(shape: Shape) -> list[Any]:
    """The plain types, and the origins of the others, that may stand there."""
    return [_origin(option) or option for option in options(shape)]


def choices(shape: Shape) -> list[str]:
    """The words that may stand there, where only some may."""
    return [str(word) for option in options(shape) if _origin(option) is Literal for word in get_args(option)]


def _origin(shape: Shape) -> Any:
    return get_origin(shape)


@cache
def _fields(block: type[BaseModel]) -> dict[str, Shape]:
    return {field.alias or name: field.annotation for name, field in block.model_fields.items()}


def _is_block(shape: Shape) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def options(shape: Shape) -> list[Shape]:
    """The types of which one may stand there: a union's parts, without what is annotated."""
    if _origin(shape) is Annotated:
        return options(get_args(shape)[0])
    if _origin(shape) in (Union, types.UnionType):
        return [option for part in get_args(shape) for option in options(part)]
    return [shape]
