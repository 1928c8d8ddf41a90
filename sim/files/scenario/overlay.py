"""Laying one file over another: what is named again replaces, what is not stays."""

from dataclasses import replace

from sim.files.yaml.dotted_paths import displaced, name_of, opened
from sim.files.yaml.nodes import Node
from sim.scenario import shape
from sim.scenario.classes import CLASS
from sim.scenario.numbers import FORMS

WHOLE = frozenset({"refuses", "when", "like", "terms", "ceasefire"})
"""Keys of blocks whose mapping is one thing, to be replaced as a whole."""


def merged(base: Node, new: Node, expected: shape.Shape) -> Node:
    """One tree over another; `expected` is what may stand there.

    Mappings merge key by key, lists of things with an id by id; anything else is replaced, and so are a number in
    another form, a clause and the other kind of source. A text over an option leaves its label as it was.
    """
    if shape.is_number(expected):
        return _number(base, new)
    if plain := shape.plain_key(expected):
        base, new = opened(base, plain), opened(new, plain)
    if isinstance(base.value, dict) and isinstance(new.value, dict):
        return _mapping(base.value, new, expected)
    if _has_ids(base) and _has_ids(new):
        return _items(base, new, expected)
    return new


def _number(base: Node, new: Node) -> Node:
    keys = new.value if isinstance(new.value, dict) else None
    if keys is None or any(form in keys for form in (*FORMS, CLASS, "date")):
        return new
    stated = opened(base, "value").value
    assert isinstance(stated, dict)
    return _mapping(stated, new, None)


def _mapping(base: dict[str, Node], new: Node, expected: shape.Shape) -> Node:
    assert isinstance(new.value, dict)
    is_block = expected is None or shape.is_block(expected)
    gone = displaced(new.value, expected) if is_block else set()
    result = {key: node for key, node in base.items() if key not in gone}
    for key, node in new.value.items():
        whole = is_block and key in WHOLE
        result[key] = node if whole or key not in base else merged(base[key], node, shape.below(expected, key))
    return replace(new, value=result)


def _has_ids(node: Node) -> bool:
    items = node.value if isinstance(node.value, list) else []
    return bool(items) and all(isinstance(item.value, dict) and "id" in item.value for item in items)


def _items(base: Node, new: Node, expected: shape.Shape) -> Node:
    """By id; an id that the new list repeats is kept twice, for the checks to find."""
    assert isinstance(base.value, list) and isinstance(new.value, list)
    result = list(base.value)
    places = {name_of(item, index): index for index, item in enumerate(result)}
    for item in new.value:
        place = places.pop(name_of(item, -1), None)
        if place is None:
            result.append(item)
        else:
            result[place] = merged(result[place], item, shape.below(expected, place))
    return replace(new, value=result)
