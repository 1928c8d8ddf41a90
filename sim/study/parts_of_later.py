"""A later scenario with one part of it as it was in the talks that it continues: what of it is new, part by part."""

from collections.abc import Callable, Iterator
from typing import Any

from sim.scenario import Party, Priority, RedLine, Scenario
from sim.scenario.checks.whole import contradictions

OUTLOOK = ("no_deal", "optimism", "confident", "trust", "rearm", "protections", "loss_aversion")
CLOCKS = ("concession", "opening", "reciprocity", "patience", "bias")


def exchanged(scenario: Scenario, earlier: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Each part that differs, in words, and the later scenario with it as it was; a part that does not go there is left out.

    What only the later scenario knows, a new issue or option, stays as it has it.
    """
    for part, make in PARTS.items():
        other = make(scenario, earlier)
        if other != scenario and not contradictions(other):
            yield part, other


def _parties(change: Callable[[Party, Party, Scenario, Scenario], dict[str, Any]]) -> Callable[..., Scenario]:
    """Makes the scenario with something of every party that both have as it was."""

    def make(scenario: Scenario, earlier: Scenario) -> Scenario:
        parties = {
            name: party.model_copy(update=change(party, earlier.parties[name], scenario, earlier))
            if name in earlier.parties
            else party
            for name, party in scenario.parties.items()
        }
        return scenario.model_copy(update={"parties": parties})

    return make


def _keys(*keys: str) -> Callable[..., Scenario]:
    return _parties(lambda _now, then, _scenario, _earlier: {key: getattr(then, key) for key in keys})


def _positions(now: Party, then: Party, scenario: Scenario, earlier: Scenario) -> dict[str, Any]:
    """What both scenarios can say a position of; on a new issue the later position stays."""
    kept = {i: stand for i, stand in now.position.items() if i not in earlier.issues}
    issues = scenario.issues
    was = {i: stand for i, stand in then.position.items() if i in issues and stand.option in issues[i].options}
    return {"position": {**was, **kept}}


def _lines(now: Party, then: Party, scenario: Scenario, _earlier: Scenario) -> dict[str, Any]:
    """Lines that were there, as firm as then; those that are new since are gone."""
    was = {line.id: line for line in then.red_lines}
    named = _named_lines(scenario)
    kept = [_as_it_was(line, was.get(line.id)) for line in now.red_lines if line.id in was or line.id in named]
    return {"red_lines": tuple(kept)}


def _named_lines(scenario: Scenario) -> set[str]:
    """Lines that something else in the scenario names."""
    twins = {line.same_as for party in scenario.parties.values() for line in party.red_lines if line.same_as}
    return twins | {line for event in scenario.events for line in event.firmness}


def _as_it_was(line: RedLine, was: RedLine | None) -> RedLine:
    if was is None:
        return line
    return line.model_copy(update={"firmness": was.firmness, "yield_": was.yield_, "declared": was.declared})


def _priorities(now: Party, then: Party, scenario: Scenario, earlier: Scenario) -> dict[str, Any]:
    """Weights and values as they were; what is new keeps its weight, and the others share the rest as they did."""
    new = {i: own for i, own in now.priorities.items() if i not in earlier.issues}
    old = {i: own for i, own in then.priorities.items() if i in scenario.issues}
    left, total = 1.0 - sum(_weight(own) for own in new.values()), sum(_weight(own) for own in old.values())
    if total <= 0.0:
        return {}
    scaled = {i: _priority(own, now.priorities.get(i), scenario, i, left / total) for i, own in old.items()}
    if any(own is None for own in scaled.values()):
        return {}
    linkages = tuple(one for one in then.linkages if all(i in scenario.issues for i in one.when))
    return {"priorities": {**scaled, **new}, "linkages": linkages}


def _weight(priority: Priority) -> float:
    return float(priority.weight.value or 0.0)


def _priority(then: Priority, now: Priority | None, scenario: Scenario, issue: str, factor: float) -> Priority | None:
    """What was wanted of an issue; of an option that is new what is wanted now. None where nobody says."""
    options = scenario.issues[issue].options
    later = {} if now is None else now.values
    values = {option: then.values.get(option) or later.get(option) for option in options}
    if None in values.values():
        return None
    order = then.order if set(then.values) == set(options) else ()
    weight = then.weight.model_copy(update={"value": _weight(then) * factor})
    return then.model_copy(update={"weight": weight, "values": values, "order": order})


def _levers(scenario: Scenario, earlier: Scenario) -> Scenario:
    """Without the levers that are new."""
    known = {lever.id for lever in earlier.levers}
    return scenario.model_copy(update={"levers": tuple(each for each in scenario.levers if each.id in known)})


def _consent(scenario: Scenario, earlier: Scenario) -> Scenario:
    """Whose consent is needed, and what is off the table, as it was, but for what names a new issue."""
    new = tuple(rule for rule in scenario.consent if any(i not in earlier.issues for i in rule.when or ()))
    bars = tuple(bar for bar in scenario.off_the_table if any(i not in earlier.issues for i in bar.when))
    return scenario.model_copy(
        update={"consent": (*earlier.consent, *new), "off_the_table": (*earlier.off_the_table, *bars)}
    )


PARTS: dict[str, Callable[[Scenario, Scenario], Scenario]] = {
    "what parties put forward": _parties(_positions),
    "red lines": _parties(_lines),
    "weights and values": _parties(_priorities),
    "how parties see their fortunes": _keys(*OUTLOOK),
    "clocks and patience": _keys(*CLOCKS),
    "new means of pressure": _levers,
    "consent, and what is on the table": _consent,
}
