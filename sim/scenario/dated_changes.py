"""What changed between two days: claims that were written in between, and numbers and positions of dated worlds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sim.evidence import Evidence, Span, is_later, last_not_after
from sim.scenario import Scenario
from sim.scenario.party import Stand
from sim.scenario.provenance import Entry, is_same, numbers, stated
from sim.scenario.subjects import issues_of, party_of
from sim.scenario.timeline import Chosen, DatedWorld, Said, Timeline, stands


@dataclass(frozen=True)
class NumberChange:
    """A number that is another in a later world; `new` are those of its claims that were written in between."""

    path: str
    before: Entry | None
    after: Entry | None
    new: tuple[str, ...]

    @property
    def how(self) -> Literal["new", "gone", "changed"]:
        """What became of it."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"


@dataclass(frozen=True)
class PositionChange:
    """A position that is another in a later world; `new` as of a number."""

    party: str
    issue: str
    before: Stand | None
    after: Stand | None
    new: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """What changed between two days, as the last worlds not after them have it."""

    first: str
    last: str
    before: DatedWorld
    after: DatedWorld
    said: tuple[Said, ...]  # written after the first day and by the last
    positions: tuple[PositionChange, ...]
    numbers: tuple[NumberChange, ...]
    rescaled: tuple[str, ...]  # weights that moved only since others of their party did
    restated: tuple[str, ...]  # numbers as before that cite claims written in between


def between(timeline: Timeline, evidence: Evidence, first: str, last: str) -> Between | None:
    """What changed from one day to another; None where no world is as early as the first day."""
    worlds = {world.date: world for world in reversed(timeline.worlds)}
    early, late = last_not_after(first, worlds), last_not_after(last, worlds)
    if early is None or late is None:
        return None
    before, after, chosen = worlds[early], worlds[late], timeline.chosen
    written = {claim for claim, span in evidence.spans().items() if _is_between(span, first, last)}
    changes = [
        change for change in _changes(before.scenario, after.scenario, written)
        if _is_told(change.path, chosen, after.scenario, before.scenario)
    ]  # fmt: skip
    pairs = [(change, change.before, change.after) for change in changes]
    alike = [(change, one, other) for change, one, other in pairs if one and other and is_same(one, other)]
    same = {change.path for change, _, _ in alike}
    return Between(
        first, last, before, after,
        said=tuple(one for one in timeline.said if one.reference in written),
        positions=tuple(_positions(before.scenario, after.scenario, written, chosen)),
        numbers=tuple(change for change in changes if change.path not in same),
        rescaled=tuple(change.path for change, one, other in alike if stated(one) != stated(other)),
        restated=tuple(change.path for change, one, other in alike if stated(one) == stated(other) and change.new),
    )  # fmt: skip


def _is_between(written: Span, first: str, last: str) -> bool:
    return is_later(written.last, first) and not is_later(written.last, last)


def _changes(before: Scenario, after: Scenario, written: Collection[str]) -> Iterator[NumberChange]:
    """Every number of either scenario, of classes only where the later one names them; those of the later one first."""
    old, new = ({one.path: one for one in numbers(each) if not one.is_class} for each in (before, after))
    for path in dict.fromkeys([*new, *old]):
        now = new.get(path)
        yield NumberChange(path, old.get(path), now, _among(now.claims if now else (), written))


def _among(claims: Collection[str], written: Collection[str]) -> tuple[str, ...]:
    return tuple(claim for claim in claims if claim in written)


def _positions(before: Scenario, after: Scenario, written: Collection[str], chosen: Chosen) -> Iterator[PositionChange]:
    old, new = ({(party, issue): stand for party, issue, stand in stands(each)} for each in (before, after))
    for party, issue in dict.fromkeys([*new, *old]):
        one, other = old.get((party, issue)), new.get((party, issue))
        differs = (one.option if one else None) != (other.option if other else None)
        if differs and chosen.has(party, (issue,)):
            yield PositionChange(party, issue, one, other, _among(other.evidence if other else (), written))


def _is_told(path: str, chosen: Chosen, *scenarios: Scenario) -> bool:
    """Whether a number is of the party that is told, and about the issue."""
    return chosen.has(party_of(path), {issue for each in scenarios for issue in issues_of(each, path)})
