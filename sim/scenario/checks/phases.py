"""Faults of phases and of rules of consent."""

from collections.abc import Collection, Sequence

from sim.scenario import Scenario
from sim.scenario.checks.references import Agenda, Found, known, list_known
from sim.scenario.problems import Problem, Steps, listed
from sim.scenario.process import Consent, Phase


def phase_faults(scenario: Scenario, agenda: Agenda) -> Found:
    """Faults of every phase."""
    for index, phase in enumerate(scenario.phases):
        path: Steps = ("phases", index)
        yield from _agenda(phase, scenario, agenda, path)
        yield from _who(phase, scenario.parties, path)
        yield from _protocol(phase, index == 0, path)
        if phase.protocol == "single_text" and scenario.drafter(phase) is None:
            yield Problem((*path, "protocol"), "single_text needs `mediator`, unless just one party has that role")
        yield from _lasts(phase, agenda, (*path, "lasts"))
        yield from _over_heads(phase, scenario.parties, path)
        if phase.provisional:
            yield from _provisional(phase, scenario.phases[index + 1 : index + 2], scenario, path)
        yield from consent_faults(phase.consent or (), scenario, agenda, (*path, "consent"))
        yield from _somebody_consents(phase, scenario, path)


def consent_faults(rules: Sequence[Consent], scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    """Faults of rules of consent, however deeply nested."""
    for index, rule in enumerate(rules):
        yield from _rule(rule, scenario, agenda, (*path, index))


def _rule(rule: Consent, scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    yield from agenda.clause(rule.when or {}, (*path, "when"))
    key = "all_of" if rule.all_of else "any_of" if rule.any_of else "of"
    for index, member in enumerate(rule.members()):
        inner = (*path, key, index)
        if isinstance(member, str):
            yield from known("party", member, scenario.parties, inner)
            if member in rule.members()[:index]:
                yield Problem(inner, f"stands there twice (got {member})")
        else:
            if member.when is not None:
                yield Problem((*inner, "when"), "only a rule by itself may have `when`; split it in two")
            yield from _rule(member, scenario, agenda, inner)


def _somebody_consents(phase: Phase, scenario: Scenario, path: Steps) -> Found:
    if phase.protocol == "put_to":
        return
    fighting = any(party.role == "belligerent" for party in scenario.parties.values())
    if phase.consent == () or (phase.consent is None and not scenario.consent and not fighting):
        message = "nobody needs to consent: no rule of consent here or on the scenario, and no party is a belligerent"
        yield Problem(path, "nobody needs to consent: `consent` is empty" if phase.consent == () else message)


def _agenda(phase: Phase, scenario: Scenario, agenda: Agenda, path: Steps) -> Found:
    if phase.agenda == "all":
        issues: tuple[str, ...] = tuple(scenario.issues)
    else:
        issues = phase.agenda
        yield from agenda.named(issues, (*path, "agenda"))
        missing = [issue for issue in agenda.without_status_quo() if issue not in issues]
        if missing:
            yield Problem((*path, "agenda"), f"leaves out issues without a status quo: {listed(missing)}")
    locked = scenario.proposal.locked if scenario.proposal else ()
    if not issues:
        yield Problem((*path, "agenda"), "a phase without agenda")
    elif set(issues) <= set(locked):
        yield Problem((*path, "agenda"), "a phase without agenda: the proposal locks every issue on it")


def _who(phase: Phase, parties: Collection[str], path: Steps) -> Found:
    yield from list_known("party", phase.speakers, parties, (*path, "speakers"))
    if not phase.speakers and "speakers" in phase.model_fields_set:
        yield Problem((*path, "speakers"), "names nobody; leave it out where every party may table packages")
    yield from list_known("party", phase.put_to, parties, (*path, "put_to"))
    yield from known("party", phase.mediator, parties, (*path, "mediator"))


def _protocol(phase: Phase, first: bool, path: Steps) -> Found:
    if phase.protocol == "put_to" and not phase.put_to:
        yield Problem((*path, "protocol"), "put_to needs `put_to`: the parties that answer")
    if phase.protocol == "put_to" and first:
        yield Problem((*path, "protocol"), "put_to needs an earlier phase that settles the text")
    if phase.protocol != "put_to" and phase.put_to:
        yield Problem((*path, "put_to"), f"only for the protocol put_to (protocol is {phase.protocol})")
    drafting = {"mediator": phase.mediator, "revisions": phase.revisions, "consults": phase.consults != "all"}
    if phase.protocol != "single_text":
        for name in (name for name, given in drafting.items() if given):
            yield Problem((*path, name), f"only for the protocol single_text (protocol is {phase.protocol})")


def _lasts(phase: Phase, agenda: Agenda, path: Steps) -> Found:
    for issue in phase.lasts:
        place = (*path, issue)
        if issue not in agenda.issues:
            yield agenda.unknown(issue, place, on_key=True)
        elif phase.agenda != "all" and issue not in phase.agenda:
            yield Problem(place, "is not on the agenda of this phase", on_key=True)
        elif agenda.issues[issue].status_quo is None:
            yield Problem(place, "has no status quo to lapse to", on_key=True)


def _over_heads(phase: Phase, parties: Collection[str], path: Steps) -> Found:
    yield from list_known("party", phase.over_the_head_of, parties, (*path, "over_the_head_of"))
    if phase.over_the_head_of and phase.protocol == "put_to":
        yield Problem((*path, "over_the_head_of"), "goes with bargaining; a vote asks only those it is put to")
    for index, party in enumerate(phase.over_the_head_of):
        if party in phase.speakers or party == phase.mediator:
            yield Problem((*path, "over_the_head_of", index), f"tables packages in this phase itself (got {party})")


def _provisional(phase: Phase, following: Sequence[Phase], scenario: Scenario, path: Steps) -> Found:
    place = (*path, "provisional")
    if phase.protocol == "put_to":
        yield Problem(place, "goes with bargaining, not with a vote")
    elif not following or following[0].protocol == "put_to":
        yield Problem(place, "needs a later phase of bargaining, which settles the framework with its details")
    elif following[0].agenda != "all":
        issues = scenario.issues if phase.agenda == "all" else phase.agenda
        lost = [issue for issue in issues if issue not in following[0].agenda]
        if lost:
            yield Problem(place, f"its framework is lost where the next phase does not take it up: {listed(lost)}")
    if phase.lasts:
        yield Problem((*path, "lasts"), "nothing that a provisional phase settles is in force, so nothing of it lapses")
