"""Scenario -> Game: the only crossing from words to numbers."""

import numpy as np

from sim.compiling.index import Index, names_of, status_quo_of
from sim.compiling.rulebook import rulebook_of
from sim.compiling.stated_numbers import Ledger, blank_numbers, party_numbers, process_numbers
from sim.game import Earlier, Game, Kept, Numbers, frozen
from sim.scenario import Scenario
from sim.scenario.continuing import earlier_scenario, rounds_over, shares_fortunes
from sim.scenario.mechanisms import as_played

__all__ = ["compile_scenario"]


def compile_scenario(scenario: Scenario) -> Game:
    """The game that a checked scenario describes, without the mechanisms that it has switched off."""
    earlier = earlier_of(scenario)
    scenario = as_played(scenario)
    names, status_quo = names_of(scenario), status_quo_of(scenario)
    at, ledger = Index(names, status_quo), Ledger()
    numbers = blank_numbers(scenario, names)
    party_numbers(scenario, at, numbers, ledger)
    process_numbers(scenario, at, numbers, ledger)
    parties = list(scenario.parties.values())
    anchors = {
        p: tuple(at.package(party.no_deal.like or {}, np.maximum(status_quo, 0)).tolist())
        for p, party in enumerate(parties)
        if party.no_deal is not None and party.no_deal.base is None
    }
    ascending = {
        (p, at.issue(issue)): tuple(at.option(issue, option) for option in priority.order)
        for p, party in enumerate(parties)
        for issue, priority in party.priorities.items()
        if priority.order
    }
    lines = [line for party in parties for line in party.red_lines]
    same_as = [names.lines.index(line.same_as or line.id) for line in lines]
    kept = scenario.draws
    stated = Numbers(*(frozen(array) for array in numbers))
    return Game(
        names,
        rulebook_of(scenario, at),
        stated,
        tuple(ledger.uncertain),
        anchors,
        ascending,
        np.array(same_as, np.int64),
        None if kept is None else Kept(kept.seed, frozen(np.array(kept.numbers(), np.int64))),
        earlier,
    )


def earlier_of(scenario: Scenario) -> Earlier | None:
    """The game of the talks that a scenario continues."""
    earlier = earlier_scenario(scenario)
    if earlier is None:
        return None
    return Earlier(compile_scenario(earlier), rounds_over(scenario), shares_fortunes(scenario))
