"""Faults of what the mechanisms read: futures, trust, positions, givers, threats, and what each of them needs beside it."""

from collections.abc import Mapping

from sim.scenario import Scenario
from sim.scenario.checks.references import Agenda, Found, keys_known, known, list_known
from sim.scenario.checks.timing import in_time, length
from sim.scenario.mechanisms import MECHANISMS
from sim.scenario.party import Party
from sim.scenario.problems import Problem, Steps, listed
from sim.scenario.process import DatedProposal, Lever, WalkAway

_MOST_FUTURES = 4
_MOST_THREATS = 8


def mechanism_faults(scenario: Scenario, agenda: Agenda) -> Found:
    """Faults of everything that the mechanisms read."""
    yield from keys_known("mechanism", scenario.mechanisms, MECHANISMS, ("mechanisms",))
    yield from _futures(scenario, agenda)
    for name, party in scenario.parties.items():
        yield from _party(name, party, scenario, agenda, ("parties", name))
    yield from _gives(scenario)
    for index, each in enumerate(scenario.proposals):
        yield from _proposal(each, scenario, agenda, ("proposals", index))
    for index, lever in enumerate(scenario.levers):
        yield from _lever(lever, scenario, ("levers", index))
    yield from _threats(scenario)
    if scenario.walk_away is not None:
        yield from _departure(scenario.walk_away)
    yield from _peace(scenario, agenda)


def _futures(scenario: Scenario, agenda: Agenda) -> Found:
    if not scenario.futures:
        if scenario.momentum is not None and scenario.momentum.sharpness is not None:
            yield Problem(("momentum", "sharpness"), "says how far fortunes decide between futures; give `futures` too")
        return
    if not 2 <= len(scenario.futures) <= _MOST_FUTURES:
        yield Problem(("futures",), f"has {len(scenario.futures)} futures; from 2 to {_MOST_FUTURES}")
    if scenario.momentum is None:
        yield Problem(("futures",), "hang on fortunes; give `momentum` too")
    for index, future in enumerate(scenario.futures):
        yield from agenda.terms(future.package, ("futures", index, "package"))
        bare = [issue for issue in agenda.without_status_quo() if issue not in future.package]
        if bare:
            yield Problem(("futures", index, "package"), f"leaves out issues without a status quo: {listed(bare)}")


def _party(name: str, party: Party, scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    yield from agenda.terms({issue: stand.option for issue, stand in party.position.items()}, (*path, "position"))
    for key in ("optimism", "confident"):
        if getattr(party, key) is not None and not scenario.futures:
            yield Problem((*path, key), "places fortunes on the axis between futures; give the scenario `futures` too")
    for key in ("rearm", "protections"):
        if getattr(party, key) and party.trust is None:
            yield Problem((*path, key), "counts only where a deal may not last; give `trust` too")
    if party.loss_aversion is not None and party.role != "belligerent":
        yield Problem((*path, "loss_aversion"), f"only a belligerent has it (role is {party.role})")
    yield from _confident(
        party, name == scenario.momentum.favours if scenario.momentum else False, (*path, "confident")
    )
    yield from _protections(party, agenda, (*path, "protections"))


def _confident(party: Party, favoured: bool, path: Steps) -> Found:
    """Who thinks that it is winning sees fortunes further on its own side than its other type does."""
    if party.confident is None or party.role != "belligerent":
        return
    sign = 1.0 if favoured else -1.0
    usual, now = party.optimism.middle() if party.optimism else 0.0, party.confident.optimism.middle()
    if sign * now <= sign * usual:
        side = "above" if favoured else "below"
        yield Problem(
            (*path, "optimism"), f"must lie {side} its usual optimism {usual:g}, on its own side (got {now:g})"
        )


def _protections(party: Party, agenda: Agenda, path: Steps) -> Found:
    total = 0.0
    for issue, protection in party.protections.items():
        if issue not in agenda.issues:
            yield agenda.unknown(issue, (*path, issue), on_key=True)
            continue
        yield from keys_known("option", protection.adds, agenda.issues[issue].options, (*path, issue, "adds"))
        total += max((share.support()[1] for share in protection.adds.values()), default=0.0)
    if total >= 1.0:
        yield Problem(path, f"take away {total:.3g} of the odds of collapse, the most of each issue; together below 1")


def _gives(scenario: Scenario) -> Found:
    for key, parties in scenario.gives.items():
        issue, _, option = key.partition(".")
        path: Steps = ("gives", key)
        yield from list_known("party", parties, scenario.parties, path)
        if issue not in scenario.issues:
            yield from keys_known("issue", [key], dict.fromkeys(_giveable(scenario)), ("gives",))
        elif option:
            yield from known("option", option, scenario.issues[issue].options, path)
        elif scenario.issues[issue].status_quo is None:
            yield Problem(path, "means every option but the status quo, and this issue has none; name the option")


def _giveable(scenario: Scenario) -> list[str]:
    return [
        *scenario.issues,
        *(f"{name}.{option}" for name, issue in scenario.issues.items() for option in issue.options),
    ]


def _proposal(proposal: DatedProposal, scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    yield from known("party", proposal.by, scenario.parties, (*path, "by"))
    yield from agenda.terms(proposal.terms, (*path, "terms"))
    if proposal.date is not None:
        yield from in_time(int(proposal.round), proposal.date, scenario, (*path, "date"))
    elif int(proposal.round) >= length(scenario):
        message = f"comes after the talks, which last {length(scenario)} rounds (got {int(proposal.round)})"
        yield Problem((*path, "round"), message)


def _lever(lever: Lever, scenario: Scenario, path: Steps) -> Found:
    if lever.tilt is not None and not scenario.futures:
        yield Problem((*path, "tilt"), "moves fortunes on the axis between futures; give the scenario `futures` too")
    if lever.threatened is not None and lever.carried_out is None:
        yield Problem((*path, "threatened"), "needs `carried_out`: with what probability parties reckon that it comes")
    if lever.carried_out is not None and lever.threatened is None:
        yield Problem(
            (*path, "carried_out"), "is about a threat; give `threatened`, the round from which it hangs over them"
        )
    yield from _slips(lever, lever.when is not None and lever.when.round is not None, path)


def _slips(threat: Lever | WalkAway, dated: bool, path: Steps) -> Found:
    if threat.slips is not None and (threat.carried_out is None or not dated):
        yield Problem((*path, "slips"), "moves the date of a threat; that needs a round as its date, and `carried_out`")


def _departure(walk_away: WalkAway) -> Found:
    if walk_away.carried_out is not None and walk_away.deadline is None:
        yield Problem(("walk_away", "carried_out"), "is about an announced departure; give `deadline` too")
    yield from _slips(walk_away, walk_away.deadline is not None, ("walk_away",))


def _threats(scenario: Scenario) -> Found:
    threats = [lever for lever in scenario.levers if lever.carried_out is not None]
    if len(threats) > _MOST_THREATS:
        yield Problem(
            ("levers",), f"{len(threats)} of them are threatened; parties reckon with {_MOST_THREATS} at most"
        )


def _peace(scenario: Scenario, agenda: Agenda) -> Found:
    momentum = scenario.momentum
    if momentum is None or momentum.peace is None:
        return
    yield from agenda.clause(momentum.peace, ("momentum", "peace"))
    stops: Mapping[str, tuple[str, ...]] = momentum.ceasefire or {}
    for issue, options in momentum.peace.items():
        if issue not in stops:
            yield Problem(("momentum", "peace", issue), "is no issue of `ceasefire`", on_key=True)
        elif not set(options) <= set(stops[issue]):
            yield Problem(("momentum", "peace", issue), "names options that are none of `ceasefire`")
