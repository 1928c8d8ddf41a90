"""Faults that only the whole scenario shows: names that nothing has, contradictions, numbers without a source."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from sim.evidence import Evidence, Inquiry
from sim.scenario import Scenario, continuing
from sim.scenario.agenda import CHANGED, Issue
from sim.scenario.checks.parties import party_faults, same_as_faults
from sim.scenario.checks.process import process_faults
from sim.scenario.checks.references import Agenda, Found, keys_known, known
from sim.scenario.classes import CLASSES
from sim.scenario.late_claims import named_claims
from sim.scenario.problems import Problem, Steps, listed, repeated, unknown
from sim.scenario.provenance import Entry, numbers, reasons, references

_ID = re.compile(r"[\w-]+")
_SOURCE = "cite `evidence` or say why it is `assumed`, here or on a block around it"

Named = list[tuple[Steps, str]]


def problems(scenario: Scenario, evidence: Evidence | None, overridden: Collection[str] = ()) -> list[Problem]:
    """Every fault of a scenario that its models accept; `overridden` are the dotted paths that need no source."""
    return [*contradictions(scenario), *source_problems(scenario, evidence, overridden)]


def source_problems(scenario: Scenario, evidence: Evidence | None, overridden: Collection[str] = ()) -> list[Problem]:
    """Claims that nobody made, and numbers without a source; without `evidence` nobody knows which claims there are."""
    unknown_claims = () if evidence is None else _reference_faults(scenario, evidence)
    return [*unknown_claims, *_source_faults(numbers(scenario, overridden))]


def contradictions(scenario: Scenario) -> list[Problem]:
    """Those of its faults that have nothing to do with sources."""
    return [
        *_id_faults(scenario),
        *_issue_faults(scenario.issues),
        *_party_faults(scenario),
        *process_faults(scenario),
        *(continuing.faults(scenario) or _earlier_faults(scenario)),
    ]


def _earlier_faults(scenario: Scenario) -> Found:
    """That the talks which a scenario continues contradict themselves: no file that was read has such."""
    if scenario.continues is not None and scenario.continues.earlier:
        earlier = continuing.earlier_scenario(scenario)
        for problem in contradictions(earlier) if earlier is not None else ():
            yield Problem((*continuing.EARLIER, *problem.path), problem.message, problem.on_key)


def inquiry_faults(inquiry: Inquiry, path: Steps, scenario: Scenario) -> list[Problem]:
    """What keeps an inquiry from being put in a scenario: a party, issue or option that it lacks; `path` leads to it."""
    return [
        *known("party", inquiry.party, scenario.parties, (*path, "party")),
        *Agenda(scenario.issues).terms(inquiry.proposal, (*path, "proposal")),
    ]


def _party_faults(scenario: Scenario) -> Found:
    agenda = Agenda(scenario.issues)
    for name, party in scenario.parties.items():
        yield from party_faults(party, agenda, scenario.parties, ("parties", name), bool(scenario.futures))
    yield from same_as_faults(scenario.parties)


def _issue_faults(issues: dict[str, Issue]) -> Found:
    for name, issue in issues.items():
        yield from known("option", issue.status_quo, issue.options, ("issues", name, "status_quo"))
        yield from _scale_faults(issue, ("issues", name, "scale", "at"))
        if CHANGED in issue.options:
            path = ("issues", name, "options", CHANGED)
            yield Problem(path, "`changed` is reserved: in clauses it means any option but the status quo", on_key=True)


def _scale_faults(issue: Issue, path: Steps) -> Found:
    if issue.scale is None:
        return
    yield from keys_known("option", issue.scale.at, issue.options, path)
    missing = [option for option in issue.options if option not in issue.scale.at]
    if missing:
        yield Problem(path, f"no place for {listed(missing)}")
    elif len({place.value for place in issue.scale.at.values()}) == 1:
        yield Problem(path, "puts all options at one place")


def _id_faults(scenario: Scenario) -> Found:
    for kind, named in _groups(scenario):
        ids = [name for _, name in named]
        for index in repeated(ids):
            yield Problem(named[index][0], f"another {kind} has the same id (got {ids[index]})")
    for path, name in _names(scenario):
        if not _ID.fullmatch(name):
            yield Problem(path, f"may hold only letters, digits, `_` and `-` (got {name or 'empty text'})", on_key=True)


def _names(scenario: Scenario) -> Named:
    chosen: Named = [((CLASSES, name), name) for name in scenario.classes]
    chosen += [(("issues", name), name) for name in scenario.issues]
    for issue, body in scenario.issues.items():
        chosen += [(("issues", issue, "options", option), option) for option in body.options]
    chosen += [(("parties", name), name) for name in scenario.parties]
    return chosen + [place for _, named in _groups(scenario) for place in named]


def _groups(scenario: Scenario) -> list[tuple[str, Named]]:
    """Kinds of things with an id, and the ids that must differ from each other."""
    lines: Named = []
    linkages: list[tuple[str, Named]] = []
    for name, party in scenario.parties.items():
        lines += _ids([line.id for line in party.red_lines], ("parties", name, "red_lines"))
        path: Steps = ("parties", name, "linkages")
        linkages.append(("linkage of this party", _ids([linkage.id for linkage in party.linkages], path)))
    return [
        ("red line", lines),
        *linkages,
        ("rule of consent", _given([rule.id for rule in scenario.consent], ("consent",))),
        ("exclusion", _given([each.id for each in scenario.off_the_table], ("off_the_table",))),
        ("phase", _ids([phase.id for phase in scenario.phases], ("phases",))),
        ("lever", _ids([lever.id for lever in scenario.levers], ("levers",))),
        ("event", _ids([event.id for event in scenario.events], ("events",))),
        ("ratification", _ids([step.id for step in scenario.ratification], ("ratification",))),
        ("future", _ids([future.id for future in scenario.futures], ("futures",))),
        ("proposal", _ids([each.id for each in scenario.proposals], ("proposals",))),
        ("outside view", _ids([view.id for view in scenario.outside_view], ("outside_view",))),
    ]


def _given(ids: list[str | None], path: Steps) -> Named:
    return [((*path, index, "id"), name) for index, name in enumerate(ids) if name is not None]


def _ids(ids: list[str], path: Steps) -> Named:
    return [((*path, index, "id"), name) for index, name in enumerate(ids)]


def _reference_faults(scenario: Scenario, evidence: Evidence) -> Found:
    claims, cited = evidence.claims(), references(scenario)
    if cited and not claims:
        path, claim = cited[0]
        yield Problem(path, f"unknown claim (got {claim}); no folder above this file has `seeds` with claims")
        return
    for path, claim in cited:
        if claim not in claims:
            yield Problem(path, unknown("claim", claim, claims))
    for path, text in reasons(scenario):
        for claim in named_claims(text, evidence):
            if claim not in claims:
                yield Problem(path, unknown("claim", claim, claims))


def _source_faults(entries: Iterable[Entry]) -> Found:
    """One problem a block: a block that lacks a source usually lacks it for all its numbers."""
    bare: dict[Steps, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "none":
            bare[_block(entry)].append(entry)
    for path, group in bare.items():
        if len(group) == 1 or not path:
            yield from (Problem(entry.place, f"has no source; {_wanted(entry)}") for entry in group)
        else:
            names = listed([entry.path.rpartition(".")[2] for entry in group])
            yield Problem(path, f"{len(group)} numbers have no source ({names}); {_wanted(group[0])}")


def _wanted(entry: Entry) -> str:
    if entry.is_class:
        return "say the `convention` that makes it, or why it is `assumed`, here or on a block around it"
    return _SOURCE


def _block(entry: Entry) -> Steps:
    parent = entry.place[:-1]
    return parent[:-1] if parent[-1:] == ("values",) else parent
