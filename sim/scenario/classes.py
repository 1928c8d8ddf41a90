"""Numbers by class: what a class is worth stands once, at the top of a scenario, and is filled in where one is named."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sim.scenario import shape
from sim.scenario.numbers import FORMS, Misfit, Number
from sim.scenario.problems import Steps, at, unknown, with_parts
from sim.scenario.quantities import Worth

CLASSES, CLASS = "classes", "class"

Data = Mapping[str, Any]
Worths = Mapping[str, Worth | None]
"""What each class is worth; None where its own block is broken, which is told there."""


def with_classes(plain: Data, model: shape.Shape) -> Data:
    """The data of a scenario with a value, or a distribution, beside every class that a number names.

    A weight's class is worth points. The points of a party become shares of what its plain weights leave. What stands
    beside a class already is what it came to before, and is reckoned anew. A class that does not fit gets the reason.
    """
    blocks = dict(uses(plain, model))
    if not blocks:
        return plain
    worths = _worths(plain)
    shares = {
        party: _shares(body.get("priorities"), worths)
        for party, body in _mapping(plain.get("parties")).items()
        if isinstance(body, Mapping)
    }
    filled = {path: _stated(path, use, worths, shares) for path, use in blocks.items()}
    return {key: with_parts(part, filled, (key,)) for key, part in plain.items()}


def uses(plain: object, model: shape.Shape) -> Iterator[tuple[Steps, Data]]:
    """Every number that names a class, with the way to it."""
    for path, block in _named(plain, ()):
        if shape.is_number(shape.at(model, path)):
            yield path, block


def shares_by_class(priorities: Data, classes: object) -> dict[str, float]:
    """Issue: weight, of those of a party's weights that name a class of points."""
    found = _shares(priorities, _worths({CLASSES: classes}))
    return {issue: share for issue, share in found.items() if not isinstance(share, str)}


def _named(data: object, path: Steps) -> Iterator[tuple[Steps, Data]]:
    if isinstance(data, Mapping) and isinstance(data.get(CLASS), str):
        yield path, data
    parts = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list | tuple) else ()
    for step, part in parts:
        yield from _named(part, (*path, step))


def _worths(plain: Data) -> Worths:
    return {name: _worth(body) for name, body in _mapping(plain.get(CLASSES)).items()}


def _worth(body: object) -> Worth | None:
    try:
        return Worth.model_validate(body)
    except ValidationError:
        return None


def _stated(path: Steps, use: Data, worths: Worths, shares: Mapping[str, Mapping[str, float | str]]) -> Data:
    """A number that names a class, with what that is worth, or with the reason why the class does not fit."""
    bare = {key: part for key, part in use.items() if key not in FORMS}
    worth = _fitting(path, use[CLASS], worths)
    if not isinstance(worth, str) and _is_weight(path):
        share = shares[str(path[1])][str(path[3])]
        worth = share if isinstance(share, str) else {"value": share}
    return {**bare, CLASS: Misfit(use[CLASS], worth)} if isinstance(worth, str) else {**bare, **worth}


def _fitting(path: Steps, name: str, worths: Worths) -> dict[str, Any] | str:
    """The value or distribution of a class; of one that is broken any number, as the fault is told at its own place."""
    if path[:1] == (CLASSES,):
        return "a class is worth a number, and not what another class is worth"
    if name not in worths:
        return unknown("class", name, worths) + ("" if worths else "; the scenario has no `classes`")
    worth = worths[name]
    return {"value": 0.5} if worth is None else worth.model_dump(mode="json", include=set(worth.forms()))


def _is_weight(path: Steps) -> bool:
    return len(path) == 5 and (path[0], path[2], path[4]) == ("parties", "priorities", "weight")


def _shares(priorities: object, worths: Worths) -> dict[str, float | str]:
    """Issue: weight of a party's issues whose weight names a class, or why it cannot."""
    weights = {issue: at(body, ("weight",)) for issue, body in _mapping(priorities).items()}
    names = {issue: name for issue, weight in weights.items() if isinstance(name := at(weight, (CLASS,)), str)}
    points = {issue: _points(worths.get(name)) for issue, name in names.items()}
    stated = (_plain(weight) for issue, weight in weights.items() if issue not in names)
    left = max(0.0, 1.0 - sum(stated))
    total = sum(point for point in points.values() if not isinstance(point, str))
    return {issue: point if isinstance(point, str) else point / total * left for issue, point in points.items()}


def _points(worth: Worth | None) -> float | str:
    if worth is None:
        return 1.0
    if worth.value is None:
        return f"a weight needs a class of one value, and this is a {worth.forms()[0]}"
    return worth.value if worth.value > 0 else f"points of a weight must be above 0 (got {worth.value:g})"


def _plain(weight: object) -> float:
    """A weight that names no class; 0 where it is broken, which is told at its own place."""
    value = weight.get("value") if isinstance(weight, Mapping) else weight
    if isinstance(weight, Number):
        value = weight.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _mapping(data: object) -> Data:
    return data if isinstance(data, Mapping) else {}
