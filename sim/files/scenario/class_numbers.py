"""Numbers of a tree that name a class: opened where an override goes below one, and held to what a file says beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sim.files.yaml.dotted_paths import Way, nearest, opened, put
from sim.files.yaml.nodes import Node
from sim.scenario import Scenario, shape
from sim.scenario.classes import CLASS, CLASSES, uses, with_classes
from sim.scenario.numbers import FORMS
from sim.scenario.problems import Problem, at

_EXACT = 1e-9


def opened_class(root: Node, way: Way) -> Node:
    """The tree in which a number has the distribution of its class, where a way leads to a parameter of that."""
    number, found = nearest(root, way[:-2])
    keys = number.value if isinstance(number.value, dict) else {}
    if not (found and len(way) > 2 and CLASS in keys and shape.is_number(shape.at(Scenario, way[:-2]))):
        return root
    worth, known = nearest(root, (CLASSES, str(keys[CLASS].value)))
    stated = opened(worth, "value").value if known else None
    forms = {key: part for key, part in stated.items() if key in FORMS} if isinstance(stated, dict) else {}
    if way[-2] not in forms:
        return root
    own = {key: part for key, part in keys.items() if key != CLASS}
    return put(root, way[:-2], replace(number, value={**own, **forms}), Scenario)


def doubly_stated(plain: Mapping[str, Any]) -> Iterator[Problem]:
    """Numbers that state another value, or distribution, than their class comes to."""
    filled = with_classes(plain, Scenario)
    for path, block in uses(plain, Scenario):
        stated = {form: block[form] for form in FORMS if form in block}
        worth = {form: part for form, part in at(filled, path).items() if form in FORMS}
        if stated and worth and not _same(stated, worth):
            name, value = block[CLASS], next(iter(stated))
            yield Problem((*path, value), f"stands beside class {name}, which comes to something else; keep one")


def _same(stated: Mapping[str, Any], worth: Mapping[str, Any]) -> bool:
    one, other = stated.get("value"), worth.get("value")
    if isinstance(one, int | float) and isinstance(other, int | float):
        return stated.keys() == worth.keys() and abs(one - other) <= _EXACT
    return stated == worth
