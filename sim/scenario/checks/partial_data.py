"""A second look at data with faults of shape: what is broken is filled in, so that the rest can be checked as well.

Nobody knows what a broken part should say. So it is filled in three ways, and a fault of the rest is told only where it
stands in all of them: what stands in all of them does not follow from the filling.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.scenario import Scenario, shape
from sim.scenario.checks.placeholders import WAYS, filling, strings
from sim.scenario.parsing.parse import placed
from sim.scenario.problems import Problem, Steps, at, holds, nearest

_FOLLOWS = (("red_lines", "unknown red line"), ("agenda", "agenda"), ("terms", "proposed terms"))
"""Keys, and what is said of others where something may be missing under them."""

_ROUNDS = 40
_TOP = 1
"""Length of the way to issues, parties and the like: where one of them is broken as a whole, too much hangs on it."""

Check = Callable[[Scenario, bool], list[Problem]]
"""Faults of a scenario; all of them, or where the second argument is false those of its sources alone."""


@dataclass
class Broken:
    """What of the data is not as the file has it."""

    places: set[Steps] = field(default_factory=set)
    names: set[str] = field(default_factory=set)  # that stand in what was dropped: ids that others may refer to
    tries: dict[Steps, int] = field(default_factory=dict)

    def explains(self, problem: Problem, data: object) -> bool:
        """Whether a problem lies in a broken part, or speaks of something that one may have held."""
        if any(problem.path[: len(place)] == place for place in self.places):
            return True
        if self.unlisted & set(problem.path) or any(
            words in problem.message and self.lacks(key) for key, words in _FOLLOWS
        ):
            return True
        named = problem.path[-1] if problem.on_key and problem.path else at(data, problem.path)
        return isinstance(named, str) and named in self.names

    @property
    def unlisted(self) -> set[str | int]:
        """Issues of which nobody knows the options."""
        within = (place for place in self.places if len(place) > 1 and place[0] == "issues")
        return {place[1] for place in within if place[2:] in ((), ("options",))}

    def lacks(self, key: str) -> bool:
        """Whether something under a key is broken, or a whole party."""
        return any(key in place or (place[:1] == ("parties",) and len(place) == 2) for place in self.places)

    @property
    def is_whole(self) -> bool:
        """Whether all that others refer to is there in the main."""
        return all(
            len(place) > _TOP or place[:1] not in (("issues",), ("parties",), ("phases",)) for place in self.places
        )


def all_faults(
    plain: object, shapeless: Sequence[Problem], check: Check, places: Iterable[Steps] = (), names: Iterable[str] = ()
) -> list[Problem]:
    """Faults of shape, and what a check finds in the rest, less what may follow from them.

    `places` are broken for another reason that is told already, and `names` may have been lost with them.
    """
    known = Broken(set(places), set(names))
    return [*(one for one in shapeless if not known.explains(one, plain)), *_rest(plain, check, known)]


def _rest(plain: object, check: Check, known: Broken) -> list[Problem]:
    found: list[Problem] | None = None
    for way in range(WAYS):
        broken = Broken(set(known.places), set(known.names))
        data = copy.deepcopy(plain)
        scenario = _filled(data, way, broken)
        if scenario is None:
            return []
        told = [one for one in check(scenario, broken.is_whole) if not broken.explains(one, data)]
        found = told if found is None else [one for one in found if one in told]
        if not found:
            break
    return found or []


def _filled(data: Any, way: int, broken: Broken) -> Scenario | None:
    """The scenario of data of which all that is broken is filled in; None where that comes to no end."""
    for _ in range(_ROUNDS):
        try:
            return Scenario.model_validate(data)
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False)
        if not all(_repaired(data, error, way, broken) for error in errors):
            return None
    return None


def _repaired(data: Any, error: ErrorDetails, way: int, broken: Broken) -> bool:
    """Fill in, or leave out, what one error speaks of; false where nothing less than the whole is wrong."""
    path = placed(data, error)
    if path is None:
        return True
    if not path:
        return _fewer_parties(data, broken)
    if error["type"] == "extra_forbidden":
        _left_out(data, path, way, broken)
    elif error["type"] == "value_error" and _one_source_less(at(data, path)):
        return True
    else:
        return _filled_in(data, path, way, broken)
    return True


def _filled_in(data: Any, path: Steps, way: int, broken: Broken) -> bool:
    """Another value in place of what is wrong; where that does not help nothing, and then one for the block around it."""
    tries = broken.tries[path] = broken.tries.get(path, 0) + 1
    while tries > 2 and path:
        path, tries = path[:-1], 1
    if not path:
        return False
    above: Any = at(data, path[:-1])
    if not isinstance(above, dict) and not holds(above, path[-1]):
        return True
    expected = shape.at(Scenario, path)
    old = at(data, path)
    broken.places.add(path)
    broken.names |= strings(old)
    above[path[-1]] = None if tries == 2 and type(None) in shape.takes(expected) else filling(expected, way, old)
    return True


def _left_out(data: Any, path: Steps, way: int, broken: Broken) -> None:
    """Without a key that nobody knows; the first way takes it for the one that was probably meant."""
    above = at(data, path[:-1])
    value = above.pop(path[-1])
    broken.places.add(path)
    broken.names |= strings(value)
    meant = nearest(str(path[-1]), shape.names(shape.at(Scenario, path[:-1])))
    if way == 0 and meant and meant not in above:
        above[meant] = value
        broken.places.add((*path[:-1], meant))


def _fewer_parties(data: Any, broken: Broken) -> bool:
    """As many parties as there may be, or one source of the two that the top names."""
    if not isinstance(data, dict):
        return False
    if _one_source_less(data):
        return True
    parties = data.get("parties")
    if not isinstance(parties, dict):
        return False
    for name in list(parties)[16:]:
        broken.names |= {name, *strings(parties.pop(name))}
    return len(parties) == 16


def _one_source_less(block: Any) -> bool:
    """Leave out that a block is assumed, where it names another source too; whether it does."""
    named = (
        isinstance(block, dict)
        and bool(block.get("assumed"))
        and bool(block.get("evidence") or block.get("convention"))
    )
    if named:
        del block["assumed"]
    return named
