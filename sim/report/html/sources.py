"""Every number of a scenario with what it rests on, by whose it is."""

from collections.abc import Iterable, Sequence

from sim.evidence import Evidence
from sim.report.html.document import KnownNumber, Owner, Quoted, anchors
from sim.report.wording.numbers import number_text, rests_on
from sim.report.wording.paths import path_says
from sim.scenario import Scenario
from sim.scenario.classes import CLASSES
from sim.scenario.provenance import Entry, counts, kinds_say

OTHERS, ALL = "The talks and what happens beside them", "What classes of numbers are worth"


def owners_of(scenario: Scenario, entries: Sequence[Entry], known: Evidence) -> tuple[Owner, ...]:
    """The numbers of each party, of the talks, and of the classes, with their claims."""
    places, quotes = anchors([entry.path for entry in entries]), _quotes(known)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_owner(scenario, entry), []).append(entry)
    return tuple(
        Owner(
            name,
            _counted(of_one),
            tuple(_known(scenario, name, entry, places[entry.path], quotes) for entry in of_one),
        )
        for name, of_one in groups.items()
    )


def _owner(scenario: Scenario, entry: Entry) -> str:
    first, *rest = entry.path.split(".")
    if first == "parties" and rest[0] in scenario.parties:
        return scenario.parties[rest[0]].name
    return ALL if first == CLASSES else OTHERS


def _counted(entries: Iterable[Entry]) -> str:
    found = counts(entries)
    return kinds_say(found) if any(found.values()) else ""


def _known(scenario: Scenario, owner: str, entry: Entry, anchor: str, quotes: dict[str, Quoted]) -> KnownNumber:
    claims = tuple(quotes.get(claim) or Quoted(claim, "", "") for claim in entry.claims)
    says = path_says(scenario, entry.path).removeprefix(f"{owner}: ")
    return KnownNumber(
        anchor, says[:1].upper() + says[1:], number_text(entry.number), rests_on(entry), entry.why or "", claims
    )


def _quotes(known: Evidence) -> dict[str, Quoted]:
    """Claims by reference, each with the article that makes it."""
    found = {}
    for article in known.articles:
        source = ", ".join(part for part in (f"\u201c{article.title}\u201d", article.outlet, str(article.date)) if part)
        for claim in article.claims:
            reference = f"{article.id}.{claim.id}"
            said = f"{claim.kind}, by {claim.by}"
            found[reference] = Quoted(reference, claim.text, f"{source} ({said})")
    return found
