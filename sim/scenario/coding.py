"""A second coder: what somebody else made of the same claims, by the path of each number, and how the two compare.

A unit is a number that both gave. Each kind of number is a scale of its own: weights in points of their classes, values,
firmness, and so on. What a class is worth is the scenario's, for both.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from sim.scenario import Scenario
from sim.scenario.blocks import Block
from sim.scenario.classes import CLASS
from sim.scenario.numbers import FORMS, Number
from sim.scenario.problems import Problem, near, seen, unknown
from sim.scenario.provenance import Entry, numbers
from sim.scenario.subjects import issues_of, party_of

CODES = "codes"
WEIGHTS, VALUES = "weights", "values"
KINDS = {"weight": WEIGHTS, "firmness": "firmness", "yield": "yield"}
"""What kinds of numbers are called, by the last step of their paths."""


class Coding(Block):
    """The file of a second coder."""

    coder: str = Field(min_length=1, description="who coded, or what the coding is called")
    about: str = Field(min_length=8, description="how it was made: from which claims, by which rules, blind or not")
    codes: dict[str, Any] = Field(
        min_length=1, description="path of a number: a class of the scenario, a number, or a distribution"
    )


@dataclass(frozen=True)
class Unit:
    """A number that two coders gave; `party` and `issues` are whom and what it is about, if any."""

    path: str
    kind: str
    party: str | None
    issues: tuple[str, ...]
    codes: tuple[float, float]

    def is_alike(self) -> bool:
        """Whether both gave the same."""
        return self.codes[0] == self.codes[1]


def _is_code(code: object) -> bool:
    if isinstance(code, Mapping):
        return len(code) == 1 and next(iter(code)) in (*FORMS, CLASS)
    return isinstance(code, str | int | float) and not isinstance(code, bool)


def coding_problems(coding: Coding, scenario: Scenario) -> Iterator[Problem]:
    """Paths that are no numbers of a scenario, what is no code, unknown classes, and numbers where weights go by class."""
    known = {entry.path: entry for entry in numbers(scenario)}
    for path, code in coding.codes.items():
        place, name = (CODES, path), class_of(code)
        if path not in known:
            yield Problem(place, f"is no number of the scenario{near(path, known)}", on_key=True)
        elif not _is_code(code):
            yield Problem(place, f"must be a class, a number or a distribution (got {seen(code)})")
        elif name is not None and name not in scenario.classes:
            yield Problem(place, unknown("class", name, scenario.classes))
        elif name is None and is_weight_by_class(known[path]):
            stands = known[path].number.class_
            yield Problem(place, f"weights go by class here, as points ({stands} now); name a class (got {seen(code)})")


def class_of(code: Any) -> str | None:
    """The class that a code names, if it is one."""
    name = code.get(CLASS) if isinstance(code, Mapping) else code
    return name if isinstance(name, str) else None


def is_weight_by_class(entry: Entry) -> bool:
    """Whether a number is a weight that names a class: its figure is a share that hangs on the others."""
    return entry.path.endswith(".weight") and entry.number.class_ is not None


def units(coding: Coding, scenario: Scenario, other: Scenario, left_out: Collection[str] = ()) -> list[Unit]:
    """Numbers that a scenario and its second coding both give; what classes are worth and paths `left_out` are none.

    `other` is the scenario with the coding laid over it.
    """
    second = {entry.path: entry for entry in numbers(other)}
    return [
        Unit(
            entry.path, _kind(entry.path), party_of(entry.path), issues_of(scenario, entry.path),
            (_code(scenario, entry.number), _code(scenario, second[entry.path].number)),
        )
        for entry in numbers(scenario)
        if entry.path in coding.codes and entry.path not in left_out and not entry.is_class
    ]  # fmt: skip


def _code(scenario: Scenario, number: Number) -> float:
    """A number as a code: what its class is worth, or its middle."""
    if number.class_ is not None:
        return scenario.classes[number.class_].middle()
    return number.middle()


def _kind(path: str) -> str:
    steps = path.split(".")
    if VALUES in steps:
        return VALUES
    return KINDS.get(steps[-1]) or ".".join(steps[2:] if steps[0] == "parties" else steps)
