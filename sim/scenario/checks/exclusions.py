"""Faults of what is off the table."""

from collections.abc import Mapping, Sequence

from sim.scenario import CHANGED, Clause, Exclusion, Scenario
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


def _reach(clause: Clause, scenario: Scenario, agenda: Agenda, place: Steps) -> Found:
    held = {name: issue.status_quo or "" for name, issue in scenario.issues.items()}
    if agenda.matches_all(clause):
        yield Problem(place, "excludes every package, so that nothing could ever be agreed")
    elif scenario.proposal is not None and place[0] == "off_the_table":
        proposed = {**held, **scenario.proposal.terms}
        if _matches(clause, proposed, held):
            yield Problem(place, "excludes the proposal, with what it leaves open at status quo")


def _matches(clause: Clause, package: Mapping[str, str], held: Mapping[str, str]) -> bool:
    return all(
        package.get(issue) != held.get(issue) if options == (CHANGED,) else package.get(issue) in options
        for issue, options in clause.items()
    )
