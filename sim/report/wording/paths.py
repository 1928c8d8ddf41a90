"""Words for any path of a scenario, as labels of a picture: units in brackets, no ids."""

from collections.abc import Sequence

from sim.report.wording.figures import NUMBERS
from sim.scenario import Issue, Scenario
from sim.scenario.names import spoken
from sim.scenario.numbers import FORMS
from sim.scenario.round_words import plural

IN_ROUNDS = {"patience", "concession.deadline", "horizon"}

OF_A_PARTY = {
    **NUMBERS,
    "exposed_after": "consents withheld before bad faith shows",
    "weights_sd": "uncertainty of weights",
    "values_sd": "uncertainty of option values",
    "no_deal": "no-deal value",
    "no_deal.like": "package that its no-deal value is like",
    "concession": "way of conceding",
    "priorities": "priorities",
    "red_lines": "red lines",
    "linkages": "linkages",
}

OF_MOMENTUM = {
    **{path.removeprefix("momentum."): words for path, words in NUMBERS.items() if path.startswith("momentum.")},
    "horizon": "how far parties look ahead",
    "favours": "side that momentum favours",
    "ceasefire": "what counts as a pause",
    "peace": "what ends it for good",
}

OF_A_PHASE = {
    "rounds": "length",
    "protocol": "protocol",
    "agenda": "agenda",
    "speakers": "who tables packages",
    "mediator": "mediator",
    "revisions": "issues that a draft may change at a time",
    "consults": "whom the mediator consults at a time",
    "put_to": "who votes",
    "consent": "whose consent is needed",
    "over_the_head_of": "over whose head it is agreed",
    "provisional": "settles a framework only",
    "off_the_table": "what cannot be settled",
}

OF_A_DEPARTURE = {
    "by": "who may walk away",
    "then": "after a departure, talks",
    "protocol": "protocol after a departure",
}

OF_A_LINE = {
    "firmness": "firmness",
    "yield": "yield to pressure",
    "declared": "declared",
    "refuses": "what it refuses",
    "same_as": "real together with",
}

OF_A_PROPOSAL = {
    "by": "who proposes",
    "terms": "proposed terms",
    "core": "core terms of the proposal",
    "locked": "terms that are not up for talks",
}

OF_AN_OPTION = {"options.label": "what it is called", "scale.at": "where it stands on the line"}

PARTS = {
    "median": "median",
    "mean": "mean",
    "sd": "standard deviation",
    "low": "lowest",
    "high": "highest",
}
"""Of the distribution of an uncertain number."""

Steps = Sequence[str]


def path_says(scenario: Scenario, path: str) -> str:
    """A path in words, beginning with a capital letter."""
    steps, part = _without_form(path.split("."))
    words = _says(scenario, steps) + part
    return words[:1].upper() + words[1:]


def _without_form(steps: list[str]) -> tuple[list[str], str]:
    """Steps up to the number itself, and words for the part of its distribution that further ones name."""
    at = next((k for k, step in enumerate(steps) if k > 0 and step in FORMS), None)
    if at is None:
        return steps, ""
    part = steps[at + 1] if len(steps) > at + 1 else ""
    whole = "" if steps[at] == "value" else f" ({steps[at]} distribution)"
    return steps[:at], f" ({PARTS.get(part, spoken(part))})" if part else whole


def _says(scenario: Scenario, steps: Steps) -> str:
    first, rest = steps[0], steps[1:]
    speakers = {
        "parties": _party, "phases": _phase, "levers": _lever, "events": _event, "issues": _issue_part,
        "ratification": _ratification, "proposal": _proposal, "walk_away": _departure, "futures": _future,
    }  # fmt: skip
    if rest and first in speakers:
        return speakers[first](scenario, rest)
    if rest and first == "momentum":
        return _named(OF_MOMENTUM, rest, scenario.round)
    if rest and first == "classes":
        return _chain("", [f"class {spoken(rest[0])}", *rest[1:]])
    if rest and first == "every_party":
        return f"every party: {_named(OF_A_PARTY, rest, scenario.round)}"
    return _chain(NUMBERS.get(".".join(steps), ""), steps)


def _chain(known: str, steps: Steps) -> str:
    """Known words, or the steps one by one."""
    return known or ": ".join(spoken(step) for step in steps)


def _named(names: dict[str, str], steps: Steps, round_name: str) -> str:
    """The words of a table for the steps, with rounds as their unit where they are counted in them."""
    path = ".".join(steps)
    return _chain(names.get(path, ""), steps) + (f" ({plural(round_name)})" if path in IN_ROUNDS else "")


def _party(scenario: Scenario, steps: Steps) -> str:
    party, rest = steps[0], steps[1:]
    owner = scenario.parties[party].name if party in scenario.parties else spoken(party)
    return f"{owner}: {_of_party(scenario, party, rest[0], rest[1:])}" if rest else owner


def _of_party(scenario: Scenario, party: str, part: str, more: Steps) -> str:
    speakers = {
        "red_lines": lambda: _line(scenario, party, more),
        "linkages": lambda: _linkage(scenario, party, more),
        "priorities": lambda: _priority(scenario, more),
        "protections": lambda: _protection(scenario, more),
        "position": lambda: f"position on {_title(scenario, more[0])}",
        "bias": lambda: f"how much the shortfall of {_party(scenario, more)} counts",
    }
    if more and part in speakers:
        return speakers[part]()
    if part == "no_deal" and more[:1] == ["like"] and len(more) > 1:
        return f"no-deal value like that of a package with {_title(scenario, more[1])}"
    return _named(OF_A_PARTY, [part, *more], scenario.round)


def _protection(scenario: Scenario, steps: Steps) -> str:
    title, option = _title(scenario, steps[0]), steps[2] if len(steps) > 2 else ""
    return (
        f"protection by \u201c{_option(scenario, steps[0], option)}\u201d ({title})"
        if option
        else f"protection by {title}"
    )


def _line(scenario: Scenario, party: str, steps: Steps) -> str:
    lines = scenario.parties[party].red_lines if party in scenario.parties else ()
    says = next((line.says for line in lines if line.id == steps[0]), spoken(steps[0]))
    if len(steps) == 1:
        return f"red line \u201c{says}\u201d"
    more = f" of {_title(scenario, steps[2])}" if len(steps) > 2 and steps[1] == "refuses" else ""
    return f"{says} ({_chain(OF_A_LINE.get(steps[1], ''), steps[1:2])}{more})"


def _linkage(scenario: Scenario, party: str, steps: Steps) -> str:
    linkages = scenario.parties[party].linkages if party in scenario.parties else ()
    says = next((link.says for link in linkages if link.id == steps[0]), spoken(steps[0]))
    return f"{says} ({_chain('', steps[1:])})" if len(steps) > 1 else says


def _priority(scenario: Scenario, steps: Steps) -> str:
    issue, rest = _title(scenario, steps[0]), steps[1:]
    if rest[:1] == ["values"] and len(rest) > 1:
        return f"value of \u201c{_option(scenario, steps[0], rest[1])}\u201d for {issue}"
    return f"{_chain('', rest) or 'priority'} of {issue}"


def _title(scenario: Scenario, issue: str) -> str:
    known: Issue | None = scenario.issues.get(issue)
    return spoken(issue) if known is None else known.title


def _option(scenario: Scenario, issue: str, option: str) -> str:
    known = scenario.issues.get(issue)
    return spoken(option) if known is None else known.label(option)


def _phase(scenario: Scenario, steps: Steps) -> str:
    phase, rest = steps[0], steps[1:]
    name = "talks" if len(scenario.phases) == 1 else f"phase {scenario.phase_called(phase)}"
    unit = plural(scenario.round)
    if rest[:1] == ["rounds"]:
        return f"length of the {name} ({unit})"
    if rest[:1] == ["lasts"] and len(rest) > 1:
        return f"{name}: how long what is settled on {_title(scenario, rest[1])} lasts ({unit})"
    return f"{name}: {_named(OF_A_PHASE, rest, scenario.round)}" if rest else name


def _departure(scenario: Scenario, steps: Steps) -> str:
    leave = scenario.walk_away
    who = scenario.parties[leave.by].name if leave is not None else "the mediator"
    unit = scenario.round
    timed = {
        "deadline": f"{unit} in which {who} leaves",
        "deadline.date": f"day on which {who} leaves",
        "announced.date": f"day on which {who} announces its departure",
        "announced": f"{unit} in which {who} announces its departure",
        "carried_out": f"probability that {who} leaves as announced",
        "slips": f"{plural(unit)} by which its departure slips",
    }
    return timed.get(".".join(steps)) or _named(OF_A_DEPARTURE, steps, unit)


def _lever(scenario: Scenario, steps: Steps) -> str:
    says = next((lever.says for lever in scenario.levers if lever.id == steps[0]), spoken(steps[0]))
    rest, unit = steps[1:], scenario.round
    known = {
        "when.round": f"{unit} in which it is pulled",
        "when.refusals": "refusals after which it is pulled",
        "when.exposed": "pulled once bad faith shows",
        "until.round": f"{unit} in which it ends",
        "until.date": "day on which it ends",
        "when.date": "day on which it is pulled",
        "threatened.date": "day from which it is threatened",
        "threatened": f"{unit} from which it is threatened",
        "carried_out": "probability that the threat is carried out",
        "carried_out.real": "carried out on its date",
        "slips": f"{plural(unit)} by which its date slips",
        "tilt": "tilt of fortunes",
        "by": "whose it is",
        "on": "on whom it is",
    }
    if rest[:1] == ["no_deal"] and len(rest) > 1:
        return f"{says} (shift of the no-deal value of {_party(scenario, rest[1:])})"
    if rest[:1] == ["status_quo"] and len(rest) > 1:
        return f"{says} (what then holds on {_title(scenario, rest[1])})"
    return f"{says} ({_chain(known.get('.'.join(rest), ''), rest)})" if rest else says


def _event(scenario: Scenario, steps: Steps) -> str:
    says = next((event.says for event in scenario.events if event.id == steps[0]), spoken(steps[0]))
    rest = steps[1:]
    if rest[:1] == ["firmness"] and len(rest) > 1:
        lines = {line.id: line.says for party in scenario.parties.values() for line in party.red_lines}
        return f"{says} (change of firmness: {lines.get(rest[1], spoken(rest[1]))})"
    if rest[:1] == ["positions"] and len(rest) > 2:
        return f"{says} (what {_party(scenario, rest[1:2])} then puts forward on {_title(scenario, rest[2])})"
    known = {
        "round": f"{scenario.round} in which it happens",
        "date": "day on which it happens",
        "momentum": "shift of momentum",
    }
    return f"{says} ({_chain(known.get('.'.join(rest), ''), rest)})" if rest else says


def _issue_part(scenario: Scenario, steps: Steps) -> str:
    title, rest = _title(scenario, steps[0]), steps[1:]
    if rest[:1] in (["options"], ["scale"]) and len(rest) > 1:
        option = rest[1] if rest[0] == "options" else rest[-1]
        more = OF_AN_OPTION.get(".".join(part for part in rest if part != option), "what it means")
        return f"{title}: \u201c{_option(scenario, steps[0], option)}\u201d ({more})"
    known = {"status_quo": "what holds while nothing is agreed"}
    return f"{title}: {_chain(known.get('.'.join(rest), ''), rest)}" if rest else title


def _ratification(scenario: Scenario, steps: Steps) -> str:
    says = next((clause.says for clause in scenario.ratification if clause.id == steps[0]), spoken(steps[0]))
    rest = steps[1:]
    return f"{says} ({_chain('chance that it passes' if rest == ['passes'] else '', rest)})" if rest else says


def _future(scenario: Scenario, steps: Steps) -> str:
    says = next((future.says for future in scenario.futures if future.id == steps[0]), spoken(steps[0]))
    rest = steps[1:]
    if rest[:1] == ["package"] and len(rest) > 1:
        return f"{says} (its {_title(scenario, rest[1])})"
    known = {"odds": "its odds at even fortunes", "leans": "how far it hangs on fortunes"}
    return f"{says} ({_chain(known.get('.'.join(rest), ''), rest)})" if rest else says


def _proposal(scenario: Scenario, steps: Steps) -> str:
    if steps[0] == "terms" and len(steps) > 1:
        return f"proposed term: {_title(scenario, steps[1])}"
    return _chain(OF_A_PROPOSAL.get(".".join(steps), ""), steps)
