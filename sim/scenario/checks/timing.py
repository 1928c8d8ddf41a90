"""Faults of when something happens, ends, or comes on the table."""

from collections.abc import Mapping

from sim.scenario import DatedExclusion, DatedProposal, Scenario
from sim.scenario.calendar import first_day
from sim.scenario.checks.references import Found
from sim.scenario.problems import Problem, Steps, listed
from sim.scenario.process import Until
from sim.scenario.quantities import Dated


def place_of(block: Dated, path: Steps) -> Steps:
    """Where a block says when: its date, or its round."""
    return (*path, "date" if getattr(block, "date", None) else "round")


def length(scenario: Scenario) -> int:
    """Rounds that the talks last at most."""
    return sum(int(phase.rounds) for phase in scenario.phases)


def in_time(round_: int, day: str | None, scenario: Scenario, path: Steps) -> Found:
    """A round after the talks, or a day on which they are over."""
    if day is not None and round_ >= length(scenario):
        yield Problem(
            path, f"comes after the talks, which are over on {first_day(scenario, length(scenario))} (got {day})"
        )
    elif round_ > length(scenario):
        yield Problem(path, f"comes after the talks, which last {_rounds(scenario)} (got {round_})")


def ends_in_time(until: Until, scenario: Scenario, path: Steps) -> Found:
    """An end that never comes."""
    at = int(until.round)
    if until.date is not None:
        yield from in_time(at, until.date, scenario, (*path, "date"))
    elif at >= length(scenario):
        message = f"never comes: the talks last {_rounds(scenario)} (got {at}); leave it out"
        yield Problem((*path, "round"), message)


def exclusion_ends(scenario: Scenario) -> Found:
    """Exclusions that end before they begin or never, and proposals tabled before that."""
    for index, exclusion in enumerate(scenario.off_the_table):
        if exclusion.until is not None:
            path: Steps = ("off_the_table", index, "until")
            yield from ends_in_time(exclusion.until, scenario, path)
            if int(exclusion.until.round) == 0:
                message = "is on the table from the start; leave the entry out"
                yield Problem(place_of(exclusion.until, path), message)
            yield from _early(exclusion, exclusion.until, scenario)


def _early(exclusion: DatedExclusion, until: Until, scenario: Scenario) -> Found:
    for index, proposal in enumerate(scenario.proposals):
        if int(proposal.round) < int(until.round) and _tables(proposal, exclusion.when, scenario):
            comes = f"from {until.date}" if until.date else f"from round {int(until.round)}"
            tabled = proposal.date or f"in round {int(proposal.round)}"
            message = f"are on the table only {comes} on, and the proposal is tabled {tabled}"
            yield Problem(("proposals", index, "terms"), message)


def _tables(proposal: DatedProposal, clause: Mapping[str, tuple[str, ...]], scenario: Scenario) -> bool:
    """Whether the terms that a proposal states match a clause by themselves."""
    quo = {name: issue.status_quo for name, issue in scenario.issues.items()}
    return all(
        issue in proposal.terms
        and (proposal.terms[issue] in named or (named == ("changed",) and proposal.terms[issue] != quo.get(issue)))
        for issue, named in clause.items()
    )


def _rounds(scenario: Scenario) -> str:
    lengths = [int(phase.rounds) for phase in scenario.phases]
    shown = f" ({listed([str(length) for length in lengths])})" if len(lengths) > 1 else ""
    return f"{sum(lengths)} rounds{shown}"
