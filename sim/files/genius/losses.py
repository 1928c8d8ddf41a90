"""What of a scenario a domain of GENIUS or GeniusWeb cannot hold. Whatever is not named as held here is listed."""

from collections.abc import Collection, Iterator

from sim.files.genius.domain import Domain
from sim.scenario import Party, Scenario
from sim.scenario.blocks import Block
from sim.scenario.party import NoDeal
from sim.scenario.problems import listed
from sim.scenario.provenance import numbers

_SOURCES = {"evidence", "assumed", "convention"}
_HELD = {"title", "issues", "parties", "futures", *_SOURCES}
_IN_WORTH = ("loss_aversion", "trust", "rearm", "protections", "optimism")
_HELD_OF_PARTY = {"name", "priorities", "no_deal", *_IN_WORTH, *_SOURCES}
_WORDS = {"red_lines": "red lines", "off_the_table": "off the table", "plays": "claims that it plays"}


def losses(scenario: Scenario, domain: Domain, has_numbers: bool) -> list[str]:
    """In words, all that is lost; `has_numbers` where the form holds a no-deal value as a number (GENIUS does)."""
    unanimous = _is_unanimous(scenario)
    return [
        *_of_scenario(scenario, unanimous),
        *_of_parties(scenario, unanimous),
        *_labels(scenario, domain),
        *_no_deals(scenario, domain, has_numbers),
        *_in_worth(scenario),
        *_numbers(scenario),
    ]


def _given(block: Block, held: Collection[str]) -> Iterator[str]:
    """Fields of a block that say something and are not held, with the ids of what they list."""
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        if name not in held and value != field.get_default(call_default_factory=True):
            ids = [str(getattr(item, "id", item)) for item in value] if isinstance(value, tuple) else []
            plain = [one for one in ids if one != "None" and " " not in one]
            words = _WORDS.get(name, field.alias or name)
            yield f"{words}: {listed(plain)}" if plain else f"{words} ({len(ids)})" if ids else words


def _of_scenario(scenario: Scenario, unanimous: bool) -> Iterator[str]:
    yield from _given(scenario, _HELD | {"consent"})
    if not unanimous:
        yield "who must consent: in a domain every party must, to every package"
    held = {name: issue.status_quo for name, issue in scenario.issues.items() if issue.status_quo is not None}
    if held:
        yield f"status quo: {listed([f'{issue}={option}' for issue, option in held.items()])}"


def _of_parties(scenario: Scenario, unanimous: bool) -> Iterator[str]:
    for name, party in scenario.parties.items():
        if party.is_neutral():
            yield f"{name}: a mediator who wants nothing; a domain has no place for it"
            continue
        follows = {"role"} if unanimous and party.role != "mediator" else set()
        found = [*_given(party, _HELD_OF_PARTY | follows), *_orders(party)]
        found += [f"no_deal.{key}" for key in _given(party.no_deal or NoDeal(), {"base", "like", *_SOURCES})]
        if found:
            yield f"{name}: {'; '.join(found)}"


def _orders(party: Party) -> list[str]:
    ordered = [issue for issue, priority in party.priorities.items() if priority.order]
    return [f"order of options: {listed(ordered)}"] if ordered else []


def _is_unanimous(scenario: Scenario) -> bool:
    """Whether every party must consent to every package, as in a domain."""
    if any(phase.consent is not None or phase.over_the_head_of or phase.put_to for phase in scenario.phases):
        return False
    asked = {name for name, party in scenario.parties.items() if party.role == "belligerent"}
    for rule in scenario.consent:
        if not rule.when and rule.needed() == len(rule.members()):
            asked |= {member for member in rule.members() if isinstance(member, str)}
    return asked == set(scenario.parties)


def _labels(scenario: Scenario, domain: Domain) -> Iterator[str]:
    """Names that stand in the files as ids, since an import could not find the ids again."""
    bodies = scenario.issues.values()
    if any(topic.name != body.title for topic, body in zip(domain.topics, bodies, strict=True)):
        yield "titles of issues; their ids stand in the files"
    own = [
        issue
        for (issue, body), topic in zip(scenario.issues.items(), domain.topics, strict=True)
        if topic.values != tuple(option.says for option in body.options.values())
    ]
    if own:
        yield f"what options mean; their ids stand in the files: {listed(own)}"
    if any(option.label for body in bodies for option in body.options.values()):
        yield "labels of options"
    if any(
        each.name != body.name for each, body in zip(domain.profiles, scenario.stakeholders().values(), strict=True)
    ):
        yield "names of parties; their ids stand in the files"


def _no_deals(scenario: Scenario, domain: Domain, has_numbers: bool) -> Iterator[str]:
    for (name, party), profile in zip(scenario.stakeholders().items(), domain.profiles, strict=True):
        if has_numbers and party.no_deal and party.no_deal.like is not None:
            yield f"{name}: no_deal.like, kept as what that package is worth ({profile.reserved:.4g})"
        if not has_numbers and profile.bid is None and profile.reserved > 0.0:
            said = "GeniusWeb can only name a package that is worth as much; written without one"
            yield f"{name}: no-deal value {profile.reserved:.4g} ({said})"


def _in_worth(scenario: Scenario) -> Iterator[str]:
    """What stands in the files only as what it makes of values at the start."""
    for name, party in scenario.stakeholders().items():
        held = [key for key in _IN_WORTH if getattr(party, key)]
        if held:
            yield f"{name}: {listed(held)}, kept as what options and no deal are worth to it at the start"
    if scenario.futures:
        yield "futures, kept as what no deal is worth at the start"


def _numbers(scenario: Scenario) -> Iterator[str]:
    entries = numbers(scenario)
    uncertain = [
        entry.path for entry in entries if entry.number.uncertain() and entry.path.endswith((".no_deal.base", ".plus"))
    ]
    if uncertain:
        yield f"uncertainty, kept as the median: {listed(uncertain)}"
    if any(entry.kind != "none" for entry in entries):
        yield "sources of numbers: evidence and reasons"
