"""What every number of a scenario rests on: claims, a convention, an assumption, an override, or nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sim.scenario import Scenario
from sim.scenario.blocks import Block, Sourced
from sim.scenario.classes import CLASSES
from sim.scenario.numbers import FORMS, Number
from sim.scenario.party import Priority
from sim.scenario.problems import Steps
from sim.scenario.quantities import Worth

Kind = Literal["cited", "convention", "assumed", "override", "none"]
COUNTED: tuple[Kind, ...] = ("cited", "convention", "assumed", "override")
"""What a number that plays may rest on."""

REASONS = ("assumed", "convention", "spacing")
"""Keys whose text says why a number stands where it does."""


@dataclass(frozen=True)
class Source:
    """Where a number comes from: `claims` where it is cited, `why` where it is assumed, both where it is a convention."""

    kind: Kind
    claims: tuple[str, ...] = ()
    why: str | None = None
    block: Steps = ()  # what names it
    claimed: Steps = ()  # what names its claims


ENOUGH = 30
"""Numbers from which the cited ones are told in per cent."""

PLAYS = "plays"
NOWHERE = Source("none")
OVERRIDE = Source("override")


@dataclass(frozen=True)
class Entry:
    """A number with its dotted path (list items by id), its place in the file's tree, and its source."""

    path: str
    place: Steps
    number: Number
    kind: Kind
    claims: tuple[str, ...]
    why: str | None
    block: Steps  # the block that names the source
    claimed: Steps  # the block that names the claims: of a convention it may stand further out

    @property
    def is_class(self) -> bool:
        """Whether it is what a class is worth."""
        return self.place[:1] == (CLASSES,)


@dataclass(frozen=True)
class _Place:
    """Where the walk stands: positions in lists, the same way by ids, and the source that covers it."""

    classes: Mapping[str, Worth]
    steps: Steps = ()
    names: tuple[str, ...] = ()
    source: Source = NOWHERE

    def under(self, step: str | int, name: str | None = None) -> "_Place":
        return replace(self, steps=(*self.steps, step), names=(*self.names, name or str(step)))

    def covered(self, block: Sourced) -> "_Place":
        own = own_source(block, self.source)
        if own is None:
            return self
        claimed = self.steps if block.evidence else self.source.claimed
        return replace(self, source=replace(own, block=self.steps, claimed=claimed))

    def of_class(self, number: Number) -> "_Place":
        """A figure of a class is a convention where claims give the class; where that is assumed, so is the figure."""
        name = number.class_
        if name is None or self.source.kind != "cited":
            return self
        worth = self.classes[name]
        why = worth.convention or worth.assumed or f"what class {name} is worth"
        return replace(self, source=replace(self.source, kind="convention", why=why, block=(CLASSES, name)))


def numbers(scenario: Scenario, overridden: Collection[str] = ()) -> tuple[Entry, ...]:
    """Every number of the scenario, in the order of the models.

    A number's own source counts; else that of the nearest block around it that has one. Under `overridden` dotted
    paths, and above them, a number counts as override.
    """
    found = []
    for place, number in _numbers(scenario, _Place(scenario.classes)):
        path = ".".join(place.names)
        source = OVERRIDE if any(_covers(path, given) for given in overridden) else place.source
        found.append(
            Entry(path, place.steps, number, source.kind, source.claims, source.why, source.block, source.claimed)
        )
    return tuple(found)


def references(scenario: Scenario) -> list[tuple[Steps, str]]:
    """Every claim that the scenario cites or plays, with the place where it does."""
    played = [((PLAYS, index), claim) for index, claim in enumerate(scenario.plays)]
    return [*played, *_references(scenario, ())]


def reasons(scenario: Scenario) -> list[tuple[Steps, str]]:
    """Every reason in words that the scenario gives, with the place where it does."""
    return list(_reasons(scenario, ()))


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many numbers are cited, conventions, assumed and overridden.

    What a class is worth counts with the numbers that name it; it counts itself where it is overridden.
    """
    kinds = [entry.kind for entry in entries if not entry.is_class or entry.kind == "override"]
    return {kind: kinds.count(kind) for kind in COUNTED}


def kinds_say(found: Mapping[str, int]) -> str:
    """How many numbers rest on what, in words."""
    total, cited = sum(found.values()), found["cited"]
    share = _shares_say(found, total) if total >= ENOUGH else f"{cited} are cited"
    parts = (f"{count} {kind}" for kind, count in found.items() if count or kind != "override")
    return f"Of {total} numbers {share} ({', '.join(parts)})"


def _shares_say(found: Mapping[str, int], total: int) -> str:
    cited, by_rule, assumed = (f"{100 * found[kind] / total:.0f} %" for kind in ("cited", "convention", "assumed"))
    return f"{cited} are cited, {by_rule} are conventions and {assumed} are assumed"


def by_class(entries: Iterable[Entry], classes: Iterable[str]) -> dict[str, list[Entry]]:
    """Class: the numbers that name it."""
    found: dict[str, list[Entry]] = {name: [] for name in classes}
    for entry in entries:
        if entry.number.class_ is not None:
            found[entry.number.class_].append(entry)
    return found


def is_same(one: Entry, other: Entry) -> bool:
    """Whether two numbers are stated alike: by the same class, else by the same value or distribution."""
    if one.number.class_ or other.number.class_:
        return one.number.class_ == other.number.class_
    return stated(one) == stated(other)


def stated(entry: Entry) -> list[object]:
    """A number in each form that it may have; None in all but one."""
    return [getattr(entry.number, form) for form in FORMS]


def own_source(block: Sourced, around: Source = NOWHERE) -> Source | None:
    """The source that a block or number names itself.

    A convention says how a figure was made of a class. The claims for the class are its own, else those `around` it.
    """
    if block.convention:
        return Source("convention", block.evidence or around.claims, block.convention)
    if block.evidence:
        return Source("cited", claims=block.evidence)
    return Source("assumed", why=block.assumed) if block.assumed else None


def _covers(path: str, given: str) -> bool:
    if given.endswith(".date"):  # it gives the round beside it
        given = f"{given.removesuffix('date')}round"
    return path == given or path.startswith(f"{given}.") or given.startswith(f"{path}.")


def _numbers(value: object, place: _Place) -> Iterator[tuple[_Place, Number]]:
    if isinstance(value, Sourced):
        place = place.covered(value)
    if isinstance(value, Number):
        yield place.of_class(value), value
        return
    for step, name, part in _parts(value):
        inner = place.under(step, name)
        if isinstance(value, Priority) and step == "values":
            yield from _values(value, inner)
        else:
            yield from _numbers(part, inner)


def _values(priority: Priority, place: _Place) -> Iterator[tuple[_Place, Number]]:
    """With `spacing`, evidence supports the ends of the order; what stands between is the coder's judgement."""
    stated = [number.value for number in priority.values.values() if number.value is not None]
    for option, number in priority.values.items():
        between = number.value is not None and min(stated) < number.value < max(stated)
        judged = Source("assumed", why=priority.spacing, block=place.steps[:-1])
        source = judged if priority.spacing and between else place.source
        yield from _numbers(number, replace(place, source=source).under(option))


def _references(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, Sourced):
        yield from (((*steps, "evidence", index), claim) for index, claim in enumerate(value.evidence))
    for step, _, part in _parts(value):
        yield from _references(part, (*steps, step))


def _reasons(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    texts = {key: getattr(value, key, None) for key in REASONS} if isinstance(value, Sourced) else {}
    yield from (((*steps, key), text) for key, text in texts.items() if text)
    for step, _, part in _parts(value):
        yield from _reasons(part, (*steps, step))


def _parts(value: object) -> Iterator[tuple[str | int, str, object]]:
    """What stands directly below: its key or position, its name on a dotted path, and itself."""
    if isinstance(value, Block):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield key, key, getattr(value, name)
    elif isinstance(value, Mapping):
        yield from ((key, key, part) for key, part in value.items())
    elif isinstance(value, tuple):
        yield from ((index, getattr(part, "id", None) or str(index), part) for index, part in enumerate(value))
