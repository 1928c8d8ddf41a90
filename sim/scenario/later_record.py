"""What a record holds beyond a day, as a world of that day can be asked about it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sim.evidence import Fact, Facts, Span, Stance, is_later
from sim.scenario import Scenario
from sim.scenario.calendar import DAY_GIVEN, calendar_of
from sim.scenario.older_options import CannotAskError, OlderTerms, older_terms
from sim.scenario.problems import unknown

R = TypeVar("R", Stance, Fact)

AS_IT_IS = OlderTerms(((1.0, {}),), {}, ())
"""What is asked of no terms."""


@dataclass(frozen=True)
class Later:
    """Answers and facts that were recorded after a day; of each the terms that stand for it."""

    answers: tuple[tuple[Stance, OlderTerms], ...]
    facts: tuple[tuple[Fact, int, OlderTerms], ...]  # with the rounds that are over by its day
    not_asked: dict[str, str]  # id: why


def recorded_on(recorded: Stance | Fact, spans: Mapping[str, Span]) -> str:
    """The last day on which the last of its claims may have been written; its own last day where no claim is known."""
    days = [spans[claim].last for claim in recorded.claims if claim in spans]
    latest = recorded.date.last if not days else days[0]
    for day in days:
        latest = day if is_later(day, latest) else latest
    return latest


def known_answers(stances: Sequence[Stance], spans: Mapping[str, Span], day: str) -> tuple[Stance, ...]:
    """Those that were recorded by a day."""
    return tuple(stance for stance in stances if not is_later(recorded_on(stance, spans), day))


def later_record(
    scenario: Scenario,
    stances: Sequence[Stance],
    record: Facts,
    spans: Mapping[str, Span],
    day: str,
    until: str | None = None,
) -> Later:
    """What was recorded after a day, and up to another if one is given, put so that a scenario of before can be asked."""
    not_asked: dict[str, str] = {}
    answers, facts = [], []
    for stance in _between(stances, spans, day, until):
        try:
            answers.append((stance, _asked(scenario, stance, record)))
        except CannotAskError as why:
            not_asked[stance.id] = str(why)
    for fact in _between(record.facts, spans, day, until):
        try:
            facts.append((fact, _rounds(scenario, fact), _stated(scenario, fact, record)))
        except CannotAskError as why:
            not_asked[fact.id] = str(why)
    return Later(tuple(answers), tuple(facts), not_asked)


def _between(recorded: Sequence[R], spans: Mapping[str, Span], day: str, until: str | None) -> Iterator[R]:
    for one in recorded:
        known = recorded_on(one, spans)
        if is_later(known, day) and not (until is not None and is_later(known, until)):
            yield one


def _asked(scenario: Scenario, stance: Stance, record: Facts) -> OlderTerms:
    _known("party", stance.party, scenario.parties)
    return older_terms(stance.proposal, scenario.issues, record.older)


def _stated(scenario: Scenario, fact: Fact, record: Facts) -> OlderTerms:
    for party in fact.mediates or ():
        _known("party", party, scenario.parties)
    for lever in fact.pulled or ():
        _known("lever", lever, [one.id for one in scenario.levers])
    text = fact.text()
    if text is None:
        return AS_IT_IS
    _known("party", text.by, scenario.parties)
    return older_terms(text.terms, scenario.issues, record.older)


def _known(what: str, name: str, names: Mapping[str, object] | Sequence[str]) -> None:
    if name not in names:
        raise CannotAskError(unknown(what, name, list(names)))


def _rounds(scenario: Scenario, fact: Fact) -> int:
    """Rounds of the scenario that are over by the last day of a fact."""
    calendar, day = calendar_of(scenario), fact.date.last
    if calendar is None or not calendar.has_day:
        raise CannotAskError(
            "when a round is over is not known: the scenario needs a day as `date`, and `round: week` or the like"
        )
    if len(day) != DAY_GIVEN:
        raise CannotAskError(f"a fact needs a day, and this one has {day}")
    if is_later(scenario.date or "", day):
        raise CannotAskError(f"it is about {day}, before the talks begin")
    return calendar.rounds_by(datetime.date.fromisoformat(day))
