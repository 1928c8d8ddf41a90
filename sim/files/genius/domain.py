"""A domain as GENIUS and GeniusWeb see it: issues, and parties with linear additive utilities."""

from dataclasses import dataclass, field
from math import prod


@dataclass(frozen=True)
class Topic:
    """An issue with the values that it can take, in the order of the file; `in_range` where they are numbers of a range."""

    name: str
    values: tuple[str, ...]
    in_range: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Profile:
    """What one party wants; I issues. Utilities are from 0 to 1, weights sum to 1."""

    name: str
    weights: tuple[float, ...]  # [I]
    values: tuple[tuple[float, ...], ...]  # [I], utility of each value of the issue
    reserved: float = 0.0  # utility of no deal
    bid: tuple[int, ...] | None = None  # [I] the package that no deal is worth as much as, where the file names one


@dataclass(frozen=True)
class Domain:
    """Issues and parties; every profile is over all issues, in their order."""

    name: str
    topics: tuple[Topic, ...]
    profiles: tuple[Profile, ...] = ()

    @property
    def packages(self) -> int:
        """How many combinations of values there are."""
        return prod(len(topic.values) for topic in self.topics)


def worth(profile: Profile, package: tuple[int, ...]) -> float:
    """Utility of a package, given by the position of its value in each issue."""
    return sum(weight * values[o] for weight, values, o in zip(profile.weights, profile.values, package, strict=True))
