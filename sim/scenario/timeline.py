"""Positions over time: who said what when, by claim, and what each party had put forward by the dates of several worlds.

A claim names its party and its issue itself. What a party had put forward by a date is what the world of that date says; a
world is a scenario with a date. Nothing is filled in between them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sim.evidence import Article, Claim, Evidence, Span, Stance
from sim.scenario import Issue, Scenario
from sim.scenario.names import spoken
from sim.scenario.party import Stand
from sim.scenario.provenance import numbers

OTHERS = {"other": "Others"}
"""What claims call those that are no party."""


@dataclass(frozen=True)
class DatedWorld:
    """A scenario of a date, and what it is called."""

    name: str
    date: str
    scenario: Scenario


@dataclass(frozen=True)
class Chosen:
    """What is told: of all parties and issues, or of one."""

    party: str | None = None
    issue: str | None = None

    def has(self, party: str | None, issues: Collection[str]) -> bool:
        """Whether something about a party and some issues is told."""
        return (self.party is None or party == self.party) and (self.issue is None or self.issue in issues)


@dataclass(frozen=True)
class Said:
    """A claim with when that was and when its article was written, and what of the worlds cites it."""

    reference: str
    claim: Claim
    on: Span  # as narrow as the claim or the article gives it
    written: Span
    cited_by: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """What a party had put forward on an issue, by world; None where it had put forward nothing."""

    party: str
    issue: str
    stands: tuple[Stand | None, ...]

    def changes(self) -> list[int]:
        """The worlds in which the option is another than in the one before, the first that has one among them."""
        options = [stand.option if stand else None for stand in self.stands]
        return [k for k, option in enumerate(options) if option != (options[k - 1] if k else None)]


@dataclass(frozen=True)
class Timeline:
    """Everything said about the parties of some worlds, in order of time, and what the worlds make of it."""

    worlds: tuple[DatedWorld, ...]  # by date
    chosen: Chosen
    said: tuple[Said, ...]
    answers: tuple[Stance, ...]
    held: tuple[Held, ...]

    def latest(self) -> Scenario:
        """The scenario of the last date: what it calls parties and issues they are called."""
        return self.worlds[-1].scenario

    def name_of(self, party: str) -> str:
        """What a party, or another that claims name, is called."""
        known = next(
            (each.scenario.parties[party] for each in reversed(self.worlds) if party in each.scenario.parties), None
        )
        return known.name if known else OTHERS.get(party) or spoken(party)

    def title_of(self, issue: str) -> str:
        """What an issue of the agenda, or another subject of claims, is called."""
        known = self._issue(issue)
        return known.title if known else spoken(issue).capitalize()

    def label_of(self, issue: str, option: str) -> str:
        """What an option is called."""
        known = self._issue(issue, option)
        return known.label(option) if known else spoken(option)

    def _issue(self, issue: str, option: str | None = None) -> Issue | None:
        """An issue as the last world has it that knows it, and the option."""
        found = (world.scenario.issues.get(issue) for world in reversed(self.worlds))
        return next((each for each in found if each and (option is None or option in each.options)), None)

    def agenda(self) -> list[str]:
        """The issues of all worlds."""
        return agenda_of(self.worlds)

    def parties(self) -> list[str]:
        """The parties of all worlds, then others that claims are about."""
        return list(dict.fromkeys([*parties_of(self.worlds), *(one.claim.who for one in self.said)]))

    def issues(self) -> list[str]:
        """Issues that anything is told about: those of the agenda in its order, then others by name."""
        found = {one.claim.issue for one in self.said} | {one.issue for one in self.held}
        found |= {issue for answer in self.answers for issue in answer.proposal}
        if self.chosen.issue is not None:
            found &= {self.chosen.issue}
        agenda = [issue for issue in agenda_of(self.worlds) if issue in found]
        return [*agenda, *sorted(found.difference(agenda))]


def agenda_of(worlds: Sequence[DatedWorld]) -> list[str]:
    """The issues of all worlds, each once; in the order of the last."""
    return list(dict.fromkeys(issue for world in reversed(worlds) for issue in world.scenario.issues))


def parties_of(worlds: Sequence[DatedWorld]) -> list[str]:
    """The parties of all worlds, in the same way."""
    return list(dict.fromkeys(party for world in reversed(worlds) for party in world.scenario.parties))


def known_names(worlds: Sequence[DatedWorld], evidence: Evidence) -> tuple[list[str], list[str]]:
    """Parties and issues that can be chosen: those of the worlds, and those that claims about their parties name."""
    claims = [claim for _, claim in _claims(worlds, evidence)]
    return (
        list(dict.fromkeys([*parties_of(worlds), *(claim.who for claim in claims)])),
        list(dict.fromkeys([*agenda_of(worlds), *(claim.issue for claim in claims)])),
    )


def timeline_of(worlds: Sequence[DatedWorld], evidence: Evidence, chosen: Chosen) -> Timeline:
    """The timeline of some worlds, as far as it is `chosen`. The worlds are of different dates, in any order."""
    in_order = tuple(sorted(worlds, key=lambda world: world.date))
    cited = _cited(in_order)
    said = [
        Said(f"{article.id}.{claim.id}", claim, _day_of(article, claim), article.date,
             tuple(cited.get(f"{article.id}.{claim.id}", ())))
        for article, claim in _claims(in_order, evidence)
        if chosen.has(claim.who, (claim.issue,))
    ]  # fmt: skip
    answers = [one for one in evidence.stances if chosen.has(one.party, one.proposal)]
    return Timeline(
        in_order,
        chosen,
        tuple(sorted(said, key=lambda one: _order(one.on))),
        tuple(sorted(answers, key=lambda one: _order(one.date))),
        tuple(held for held in _held(in_order) if chosen.has(held.party, (held.issue,))),
    )


def _claims(worlds: Sequence[DatedWorld], evidence: Evidence) -> Iterator[tuple[Article, Claim]]:
    """Claims of all articles that say something about a party of the worlds; papers on talks in general do not."""
    parties = parties_of(worlds)
    for article in evidence.articles:
        if any(claim.who in parties for claim in article.claims):
            yield from ((article, claim) for claim in article.claims)


def _day_of(article: Article, claim: Claim) -> Span:
    return article.date if claim.on is None else Span.model_validate({"from": claim.on, "to": claim.on})


def _order(span: Span) -> tuple[str, str]:
    return span.last, span.first


def _cited(worlds: Sequence[DatedWorld]) -> dict[str, dict[str, None]]:
    """Claim: paths of numbers and positions of any world that cite it, each once."""
    found: dict[str, dict[str, None]] = {}
    for world in worlds:
        uses = [(entry.path, entry.claims) for entry in numbers(world.scenario) if not entry.is_class]
        uses += [(position_path(party, issue), stand.evidence) for party, issue, stand in stands(world.scenario)]
        for path, claims in uses:
            for claim in claims:
                found.setdefault(claim, {})[path] = None
    return found


def stands(scenario: Scenario) -> Iterator[tuple[str, str, Stand]]:
    """Party, issue and position of every position of a scenario."""
    for name, party in scenario.parties.items():
        yield from ((name, issue, stand) for issue, stand in party.position.items())


def position_path(party: str, issue: str) -> str:
    """The dotted path of a position."""
    return f"parties.{party}.position.{issue}"


def _held(worlds: Sequence[DatedWorld]) -> Iterator[Held]:
    by_world = [{(party, issue): stand for party, issue, stand in stands(world.scenario)} for world in worlds]
    agenda = agenda_of(worlds)
    places = {place for known in by_world for place in known}
    for party in parties_of(worlds):
        for issue in agenda:
            if (party, issue) in places:
                yield Held(party, issue, tuple(known.get((party, issue)) for known in by_world))
