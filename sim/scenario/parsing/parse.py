"""Plain data to models; pydantic's findings as problems in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.evidence import Article, Controls, Facts, Stances
from sim.scenario import Scenario, shape
from sim.scenario.coding import Coding
from sim.scenario.parsing.messages import worded
from sim.scenario.problems import Problem, Steps, at, holds, near

_REPLACED = {
    "firmness_correlation": "; since 0.2 each line is real or not by itself, or in the same runs as another by `same_as` "
    "(`sim migrate` rewrites the file)",
    "heed": "; since 0.2 a threat has `carried_out`, the probability that it comes (`sim migrate` rewrites the file)",
    "lasting": "; since 0.2 parties have `trust` and `protections` (`sim migrate` rewrites the file)",
}
"""Keys that an earlier version knew, and what stands in their place."""

M = TypeVar("M", bound=BaseModel)


def parse(plain: object) -> Scenario | list[Problem]:
    """A scenario, or everything that keeps the data from being one."""
    return _parse(Scenario, plain)


def parse_article(plain: object) -> Article | list[Problem]:
    """An article with its claims, or everything that keeps the data from being one."""
    return _parse(Article, plain)


def parse_stances(plain: object) -> Stances | list[Problem]:
    """Recorded answers to proposals, or everything that keeps the data from being so."""
    return _parse(Stances, plain)


def parse_controls(plain: object) -> Controls | list[Problem]:
    """Negative controls, or everything that keeps the data from being so."""
    return _parse(Controls, plain)


def parse_record(plain: object) -> Facts | list[Problem]:
    """Dated facts, or everything that keeps the data from being so."""
    return _parse(Facts, plain)


def parse_coding(plain: object) -> Coding | list[Problem]:
    """A second coder's numbers, or everything that keeps the data from being so."""
    return _parse(Coding, plain)


def _parse(model: type[M], plain: object) -> M | list[Problem]:
    try:
        return model.model_validate(plain)
    except ValidationError as invalid:
        errors = [error for error in invalid.errors(include_url=False) if not _only_follows(error)]
    return list(dict.fromkeys(problem for error in errors for problem in _problems(model, plain, error)))


def _only_follows(error: ErrorDetails) -> bool:
    """Whether a list is too short only because pydantic leaves out what is wrong in it, which is told anyway."""
    given = error["input"]
    return error["type"] == "too_short" and isinstance(given, list) and len(given) >= error["ctx"]["min_length"]


def placed(plain: object, error: ErrorDetails) -> Steps | None:
    """The way to what an error speaks of, which may be missing there; None where it is of a branch that was not meant."""
    path: Steps = ()
    data: Any = plain
    for step in error["loc"]:
        if holds(data, step):
            path, data = (*path, step), data[step]
        elif isinstance(step, str) and not _branch_fits(step, data):
            return None
    last = error["loc"][-1] if error["loc"] else ""
    return (*path, last) if _is_missing(error) else path


def _is_missing(error: ErrorDetails) -> bool:
    """Whether a key is missing; of a list that is too short pydantic says the same of a position."""
    return error["type"] == "missing" and isinstance(error["loc"][-1], str)


def _problems(model: type[BaseModel], plain: object, error: ErrorDetails) -> Iterator[Problem]:
    path = placed(plain, error)
    if path is None:
        return
    last = error["loc"][-1] if error["loc"] else ""
    if _is_missing(error):
        told = shape.description(shape.at(model, path[:-1]), str(last))
        yield Problem(path, f"missing ({told})" if told else "missing")
    elif error["type"] == "extra_forbidden":
        hint = _REPLACED.get(str(last)) or near(str(last), shape.names(shape.at(model, path[:-1])))
        yield Problem(path, f"unknown key{hint}", on_key=True)
    else:
        yield Problem(path, worded(error, at(plain, path), shape.at(model, path)))


def _branch_fits(branch: str, data: object) -> bool:
    """Whether an error of one branch of a union tells something; pydantic reports those of every branch.

    A step of its way that is no key of the data names a branch: a plain type, `literal[...]`, `tuple[...]`, or a model
    inside `function-after[...]`.
    """
    if branch == "str":
        return not isinstance(data, Mapping)
    if branch.startswith("literal["):
        return not isinstance(data, Mapping | list)
    if branch.startswith("tuple["):
        return isinstance(data, Mapping | list)
    return not branch.startswith("function-") or isinstance(data, Mapping)
