"""Faults of what is off the table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from sim.scenario import CHANGED, Clause, DatedProposal, Exclusion, Phase, Scenario
from sim.scenario.checks.references import Agenda, Found
from sim.scenario.problems import Problem, Steps


def exclusion_faults(scenario: Scenario, agenda: Agenda) -> Found:
    """Clauses that name what does not exist, that leave nothing, or that exclude the proposal."""
    groups: list[tuple[Steps, Sequence[Exclusion]]] = [(("off_the_table",), scenario.off_the_table)]
    groups += [(("phases", h, "off_the_table"), phase.off_the_table) for h, phase in enumerate(scenario.phases)]
    for path, exclusions in groups:
        for index, exclusion in enumerate(exclusions):
            place = (*path, index, "when")
            yield from agenda.clause(exclusion.when, place)
            yield from _reach(exclusion.when, scenario, agenda, place)
    for index, proposal in enumerate(scenario.proposals):
        if _is_never_on_the_table(proposal, scenario):
            yield Problem(
                ("proposals", index, "terms"),
                "are off the table in every phase that may take them up; drop the proposal, or what bars it",
            )


def _reach(clause: Clause, scenario: Scenario, agenda: Agenda, place: Steps) -> Found:
    held = _held(scenario)
    if agenda.matches_all(clause):
        yield Problem(place, "excludes every package, so that nothing could ever be agreed")
    elif scenario.proposal is not None and place[0] == "off_the_table":
        proposed = {**held, **scenario.proposal.terms}
        if _matches(clause, proposed, held):
            yield Problem(place, "excludes the proposal, with what it leaves open at status quo")


def _is_never_on_the_table(proposal: DatedProposal, scenario: Scenario) -> bool:
    """Whether an exclusion bars what a proposal states itself, in each phase in which it may be tabled."""
    in_force = [
        each for each in scenario.off_the_table if each.until is None or int(each.until.round) > int(proposal.round)
    ]
    stated = [(phase, _taken_up(proposal, phase, scenario)) for phase in _phases_from(int(proposal.round), scenario)]
    barred = [
        any(
            set(each.when) <= set(terms) and _matches(each.when, terms, _held(scenario))
            for each in (*in_force, *phase.off_the_table)
        )
        for phase, terms in stated
        if terms
    ]
    return bool(barred) and all(barred)


def _phases_from(first: int, scenario: Scenario) -> Iterator[Phase]:
    """Phases of bargaining that may be under way in a round or later: each ends by its last round, none must."""
    for phase, end in zip(scenario.phases, accumulate(int(phase.rounds) for phase in scenario.phases), strict=True):
        if end > first and phase.protocol != "put_to":
            yield phase


def _taken_up(proposal: DatedProposal, phase: Phase, scenario: Scenario) -> dict[str, str]:
    """What a proposal states on the agenda of a phase: only that is tabled in it."""
    locked = scenario.proposal.locked if scenario.proposal else ()
    agenda = scenario.issues if phase.agenda == "all" else phase.agenda
    return {issue: option for issue, option in proposal.terms.items() if issue in agenda and issue not in locked}


def _held(scenario: Scenario) -> dict[str, str]:
    return {name: issue.status_quo or "" for name, issue in scenario.issues.items()}


def _matches(clause: Clause, package: Mapping[str, str], held: Mapping[str, str]) -> bool:
    return all(
        package.get(issue) != held.get(issue) if options == (CHANGED,) else package.get(issue) in options
        for issue, options in clause.items()
    )
