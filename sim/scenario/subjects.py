"""Whom and what a number of a scenario is about, by its path."""

from collections.abc import Collection

from sim.scenario import Scenario


def party_of(path: str) -> str | None:
    """The party whose number it is."""
    first, *steps = path.split(".")
    return steps[0] if first == "parties" and steps else None


def issues_of(scenario: Scenario, path: str) -> tuple[str, ...]:
    """The issues that a number is about: that of a priority, position or protection, those of a red line or linkage."""
    found = {*path.split("."), *_named(scenario, path)}
    return tuple(issue for issue in scenario.issues if issue in found)


def _named(scenario: Scenario, path: str) -> Collection[str]:
    """The issues of the red line or linkage that a number is of."""
    _, party, part, name, *_ = *path.split("."), "", "", "", ""
    body = scenario.parties.get(party)
    if body is None:
        return ()
    clauses = {
        "red_lines": {line.id: line.refuses for line in body.red_lines},
        "linkages": {link.id: link.when for link in body.linkages},
    }
    return clauses.get(part, {}).get(name, {})
