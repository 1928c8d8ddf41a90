"""When what a scenario rests on was written: its numbers are of its date, so they use no claim that is later."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sim.evidence import Evidence, is_later
from sim.scenario import DatedProposal, Event, Scenario
from sim.scenario.problems import Steps
from sim.scenario.process import Trigger, Until
from sim.scenario.provenance import PLAYS, numbers, reasons, references


@dataclass(frozen=True)
class LateUse:
    """A claim that a number rests on although it was written after the scenario's date."""

    place: Steps  # the claim in a list of evidence, or the reason that names it
    claim: str
    written: str  # last day on which its article may have been written
    in_words: bool  # a reason names it

    def __str__(self) -> str:
        verb = "names" if self.in_words else "cites"
        return f"{verb} {self.claim}, of {self.written}"


def late_uses(scenario: Scenario, evidence: Evidence, overridden: Collection[str] = ()) -> list[LateUse]:
    """Every use of a claim, for a number, that may have been written after the scenario's date; none without a date.

    It is the day of writing that counts, not the day that the claim is about: what nobody had reported was not known. What
    happens on a later date of the scenario may rest on claims up to that date.
    A use is a citation, a claim that the scenario plays, or a reference such as `april-terms.c31` in the reason of a
    number. Blocks that no number rests on do not count, nor do numbers below the `overridden` dotted paths.
    """
    if scenario.date is None:
        return []
    spans = evidence.spans()
    return [
        LateUse(place, claim, spans[claim].last, in_words)
        for place, claim, in_words in _uses(scenario, evidence, overridden)
        if claim in spans and is_later(spans[claim].last, known_by(scenario, place))
    ]


def known_by(scenario: Scenario, place: Steps) -> str:
    """The day up to which what stands at a place may use claims: that of a later event, else the scenario's own."""
    return scenario.known_by or _date_of(scenario, place) or scenario.date or ""


def _date_of(scenario: Scenario, place: Steps) -> str | None:
    """The later date of the scenario that what stands at a place is of; None where it is of the scenario's own."""
    if place[0] == PLAYS:
        return max((block.date for block in _dated_blocks(scenario) if block.date), default=None)
    if place[0] == "parties" and place[2:3] == ("red_lines",):
        line = scenario.parties[str(place[1])].red_lines[int(place[3])]
        begins = scenario.beginning_lines().get(line.id)
        return begins.date if begins else None
    block = _dated_block(scenario, place)
    return block.date if block else None


DatedBlock = Event | DatedProposal | Trigger | Until


def _dated_block(scenario: Scenario, place: Steps) -> DatedBlock | None:
    """What says when: of an event or proposal itself, of a lever what pulls or ends it, of an exclusion what ends it."""
    if len(place) < 2 or not isinstance(place[1], int):
        return None
    if place[0] == "events":
        return scenario.events[place[1]]
    if place[0] == "proposals":
        return scenario.proposals[place[1]]
    if place[0] == "levers":
        lever = scenario.levers[place[1]]
        return lever.until if place[2:3] == ("until",) else lever.when
    return scenario.off_the_table[place[1]].until if place[0] == "off_the_table" else None


def _dated_blocks(scenario: Scenario) -> Iterator[DatedBlock]:
    yield from scenario.events
    yield from scenario.proposals
    ends = [*(lever.until for lever in scenario.levers), *(each.until for each in scenario.off_the_table)]
    yield from (until for until in ends if until)
    yield from (lever.when for lever in scenario.levers if lever.when)


def named_claims(text: str, evidence: Evidence) -> list[str]:
    """References to claims of known articles in a text, each once; the claims themselves need not exist."""
    articles = "|".join(re.escape(article.id) for article in evidence.articles)
    found = re.findall(rf"(?<![\w-])(?:{articles})\.c\d+\b", text) if articles else []
    return list(dict.fromkeys(found))


def _uses(scenario: Scenario, evidence: Evidence, overridden: Collection[str]) -> Iterator[tuple[Steps, str, bool]]:
    entries = numbers(scenario, overridden)
    cited = {entry.claimed for entry in entries if entry.claims}
    told = {(entry.block, entry.why) for entry in entries if entry.why}
    for place, claim in references(scenario):
        if place[0] == PLAYS or place[:-2] in cited:
            yield place, claim, False
    for place, text in reasons(scenario):
        if (place[:-1], text) in told:
            yield from ((place, claim, True) for claim in named_claims(text, evidence))
