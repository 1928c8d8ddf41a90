"""Faults of the talks: phases, proposal, consent, levers, events, momentum, walk-away, what follows a signature."""

from sim.scenario import Scenario
from sim.scenario.checks.exclusions import exclusion_faults
from sim.scenario.checks.mechanisms import mechanism_faults
from sim.scenario.checks.phases import consent_faults, phase_faults
from sim.scenario.checks.references import Agenda, Found, keys_known, known
from sim.scenario.party import Party
from sim.scenario.problems import Problem, Steps, listed
from sim.scenario.process import Event, Lever, Momentum, Proposal, WalkAway
from sim.scenario.quantities import Count


def process_faults(scenario: Scenario) -> Found:
    """Faults of everything but issues and parties."""
    agenda = Agenda(scenario.issues)
    yield from phase_faults(scenario, agenda)
    yield from exclusion_faults(scenario, agenda)
    yield from consent_faults(scenario.consent, scenario, agenda, ("consent",))
    if scenario.proposal is not None:
        yield from _proposal(scenario.proposal, scenario, agenda)
    for index, lever in enumerate(scenario.levers):
        yield from _lever(lever, scenario, agenda, ("levers", index))
    for index, event in enumerate(scenario.events):
        yield from _event(event, scenario, ("events", index))
    if scenario.momentum is not None:
        yield from _momentum(scenario.momentum, scenario.parties, agenda)
    if scenario.walk_away is not None:
        yield from _walk_away(scenario.walk_away, scenario)
    yield from _aftermath(scenario, agenda)
    yield from mechanism_faults(scenario, agenda)


def _proposal(proposal: Proposal, scenario: Scenario, agenda: Agenda) -> Found:
    yield from known("party", proposal.by, scenario.parties, ("proposal", "by"))
    yield from agenda.terms(proposal.terms, ("proposal", "terms"))
    for name, issues in (("core", proposal.core), ("locked", proposal.locked)):
        yield from agenda.named(issues, ("proposal", name))
        for index, issue in enumerate(issues):
            if issue in scenario.issues and issue not in proposal.terms:
                yield Problem(("proposal", name, index), f"is not among the proposed terms (got {issue})")
    yield from _off_agenda(proposal, scenario)
    if all(
        issue in scenario.issues and scenario.issues[issue].status_quo == option
        for issue, option in proposal.terms.items()
    ):
        yield Problem(("proposal", "terms"), "change nothing: every option is the status quo")


def _off_agenda(proposal: Proposal, scenario: Scenario) -> Found:
    if any(phase.agenda == "all" for phase in scenario.phases):
        return
    discussed = {issue for phase in scenario.phases for issue in phase.agenda} | set(proposal.locked)
    for issue in proposal.terms:
        if issue in scenario.issues and issue not in discussed:
            message = "is on no phase's agenda; put it on one, or among the locked"
            yield Problem(("proposal", "terms", issue), message, on_key=True)


def _lever(lever: Lever, scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    yield from known("party", lever.by, scenario.parties, (*path, "by"))
    yield from known("party", lever.on, scenario.parties, (*path, "on"))
    if lever.on == lever.by:
        yield Problem((*path, "on"), f"is a lever of {lever.by} on itself")
    yield from keys_known("party", lever.no_deal, scenario.parties, (*path, "no_deal"))
    yield from agenda.terms(lever.status_quo, (*path, "status_quo"))
    for issue in agenda.without_status_quo():
        if issue in lever.status_quo:
            message = "has no status quo that a lever could change"
            yield Problem((*path, "status_quo", issue), message, on_key=True)
    if lever.pressure is None and not lever.no_deal and not lever.status_quo and lever.tilt is None:
        yield Problem(path, "has no effect; give pressure, no_deal, tilt or status_quo")
    yield from _in_time(lever.when.round if lever.when else None, scenario, (*path, "when", "round"))
    if lever.threatened is not None:
        yield from _threat(lever, int(lever.threatened), scenario, (*path, "threatened"))


def _threat(lever: Lever, threatened: int, scenario: Scenario, path: Steps) -> Found:
    yield from _in_time(lever.threatened, scenario, path)
    pulled = lever.when.round if lever.when else None
    if pulled is not None and int(pulled) <= threatened:
        yield Problem(path, f"must come before round {int(pulled)}, in which the lever is pulled (got {threatened})")
    if lever.pressure is None and not lever.no_deal and lever.tilt is None:
        yield Problem(path, "threatens with nothing that anybody could reckon with; give pressure, no_deal or tilt")


def _event(event: Event, scenario: Scenario, path: Steps) -> Found:
    lines = [line.id for party in scenario.parties.values() for line in party.red_lines]
    yield from keys_known("red line", event.firmness, lines, (*path, "firmness"))
    if event.momentum is not None and scenario.momentum is None:
        yield Problem((*path, "momentum"), "shifts momentum, but the scenario has no momentum block")
    if event.momentum is None and not event.firmness:
        yield Problem(path, "has no effect; give momentum or firmness")
    yield from _in_time(event.round, scenario, (*path, "round"))


def _momentum(momentum: Momentum, parties: dict[str, Party], agenda: Agenda) -> Found:
    yield from known("party", momentum.favours, parties, ("momentum", "favours"))
    if momentum.ceasefire is not None:
        yield from agenda.clause(momentum.ceasefire, ("momentum", "ceasefire"))
    elif momentum.ceasefire_drift is not None:
        yield Problem(("momentum", "ceasefire_drift"), "needs `ceasefire`: the options that mean one is in force")
    favoured = parties.get(momentum.favours)
    gain = favoured.no_deal.momentum if favoured and favoured.no_deal else None
    if gain is not None and gain.value is not None and gain.value < 0:
        path = ("parties", momentum.favours, "no_deal", "momentum")
        yield Problem(path, f"must not be negative: momentum favours this party (got {gain.value:g})")


def _walk_away(walk_away: WalkAway, scenario: Scenario) -> Found:
    path = ("walk_away", "by")
    party = scenario.parties.get(walk_away.by)
    yield from known("party", walk_away.by, scenario.parties, path)
    if party is not None and party.role != "mediator":
        yield Problem(path, f"only a mediator walks away (got {walk_away.by}, whose role is {party.role})")
    if walk_away.deadline is None:
        yield from _no_deadline(walk_away, party)
        return
    announced = int(walk_away.announced) if walk_away.announced is not None else 0
    if int(walk_away.deadline) <= announced:
        got = int(walk_away.deadline)
        message = f"must come after round {announced}, in which it is announced (got {got})"
        yield Problem(("walk_away", "deadline"), message)
    yield from _in_time(walk_away.deadline, scenario, ("walk_away", "deadline"))


def _no_deadline(walk_away: WalkAway, party: Party | None) -> Found:
    if walk_away.announced is not None:
        yield Problem(("walk_away", "announced"), "announces no deadline; give `deadline` too")
    if party is not None and party.patience is None:
        yield Problem(("walk_away",), f"never happens: give a deadline here, or patience to {walk_away.by}")


def _aftermath(scenario: Scenario, agenda: Agenda) -> Found:
    for index, step in enumerate(scenario.ratification):
        yield from known("party", step.party, scenario.parties, ("ratification", index, "party"))
        yield from agenda.clause(step.when, ("ratification", index, "when"))


def _in_time(round_: Count | None, scenario: Scenario, path: Steps) -> Found:
    lengths = [int(phase.rounds) for phase in scenario.phases]
    if round_ is not None and int(round_) > sum(lengths):
        shown = f" ({listed([str(length) for length in lengths])})" if len(lengths) > 1 else ""
        yield Problem(path, f"comes after the talks, which last {sum(lengths)} rounds{shown} (got {int(round_)})")
