"""Documented proposals in the order in which they are tabled."""

from typing import NamedTuple

from sim.scenario import Scenario, Terms

AT_THE_OPENING = -1
MAIN = "proposal"
"""Id of the proposal that a scenario is about."""


class Tabled(NamedTuple):
    """A documented proposal."""

    id: str
    by: str
    terms: Terms
    round: int  # in which it is tabled, or AT_THE_OPENING of the phase that takes it up


def tabled(scenario: Scenario) -> list[Tabled]:
    """The proposals of a scenario: the one that it is about first, then those of later rounds in their order."""
    main = scenario.proposal
    found = [] if main is None else [Tabled(MAIN, main.by, main.terms, AT_THE_OPENING)]
    dated = sorted(scenario.proposals, key=lambda each: int(each.round))
    return found + [Tabled(each.id, each.by, each.terms, int(each.round)) for each in dated]
