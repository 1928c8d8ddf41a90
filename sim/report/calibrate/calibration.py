"""Everything that one call of `sim calibrate` found."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.calibration.moved import Movement
from sim.analysis.calibration.posterior import Posterior
from sim.analysis.calibration.record_items import Item
from sim.analysis.influence import number_of
from sim.analysis.shares.likelihood import Share
from sim.evidence import Stance
from sim.report.run.dates import last_round, within
from sim.scenario import Scenario
from sim.scenario.calendar import calendar_of
from sim.scenario.later_record import Later
from sim.scenario.older_options import OlderTerms
from sim.scenario.provenance import Entry


@dataclass(frozen=True)
class ByDay:
    """The likelihood by some time, before and after."""

    says: str  # by when, in a sentence
    rounds: int
    day: datetime.date | None
    before: Share
    after: Share


@dataclass(frozen=True)
class Calibration:
    """A scenario, what was recorded after its numbers were known, and what that makes of its draws."""

    scenario: Scenario
    file: str
    name: str
    known_by: str
    until: str | None
    seed: int
    overrides: dict[str, str]
    entries: tuple[Entry, ...]
    put: dict[str, OlderTerms]  # id: the terms that stand for those recorded
    not_asked: dict[str, str]  # id: why
    posterior: Posterior
    movement: Movement
    by: tuple[datetime.date, ...] = ()

    def by_days(self) -> list[ByDay]:
        """The likelihood by the end of the talks, then by the days that were asked for, else by ends of years."""
        last, calendar = last_round(self.scenario), calendar_of(self.scenario)
        if calendar is None:
            return [self._by(within(self.scenario, last), last, None)]
        days = dict.fromkeys([calendar.end_of(last), *(self.by or calendar.ends_of_years(last))])
        return [self._by(f"by {calendar.day_says(day)}", calendar.rounds_by(day), day) for day in days]

    def _by(self, says: str, rounds: int, day: datetime.date | None) -> ByDay:
        return ByDay(says, rounds, day, self.posterior.before(rounds), self.posterior.after(rounds))

    def source_kind(self, path: str) -> str:
        """What a number rests on: whether it is cited, a convention, assumed or overridden."""
        number = number_of(path)
        return next((entry.kind for entry in self.entries if entry.path == number), "assumed")


def items_of(later: Later) -> tuple[Item, ...]:
    """What came later as items that draws are held against: answers first, then facts."""
    answers = [Item(stance, terms.variants) for stance, terms in later.answers]
    facts = [Item(fact, terms.variants, rounds) for fact, rounds, terms in later.facts]
    return (*answers, *facts)


def terms_put(later: Later) -> dict[str, OlderTerms]:
    """By id the terms that stand for those recorded."""
    return {one.id: terms for one, terms in later.answers} | {one.id: terms for one, _, terms in later.facts}


def counted(items: Sequence[Item]) -> str:
    """How many answers and facts, in words."""
    answers = sum(isinstance(item.recorded, Stance) for item in items)
    return " and ".join(_counts(("answer", answers), ("fact", len(items) - answers)))


def _counts(*kinds: tuple[str, int]) -> Iterator[str]:
    yield from (f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in kinds if n)
