"""What parties have put forward, as arrays: positions, and the proposals that are filled in from them."""

import numpy as np

from sim.compiling.documented import tabled
from sim.compiling.index import Index
from sim.game import Flags, Ints
from sim.scenario import Scenario


def positions_of(scenario: Scenario, at: Index) -> Ints:
    """Option [P, I] that each party has put forward, -1 where it is silent; an own proposal of the start lies over it.

    A party without a position has none by proposing something: then its talks start as before.
    """
    found = np.full((len(scenario.parties), len(scenario.issues)), -1, np.int64)
    for p, (name, party) in enumerate(scenario.parties.items()):
        if party.position:
            own = next((each.terms for each in tabled(scenario) if each.by == name and each.round <= 0), {})
            stated = {issue: stand.option for issue, stand in party.position.items()}
            found[p] = at.package({**stated, **own}, found[p])
    return found


def proposals_of(scenario: Scenario, at: Index, positions: Ints) -> tuple[Ints, Flags]:
    """The terms [D, I] of each proposal, filled in from its author's position, -1 elsewhere; and which it states."""
    proposals = tabled(scenario)
    terms = np.full((len(proposals), len(scenario.issues)), -1, np.int64)
    states = np.zeros(terms.shape, bool)
    for d, each in enumerate(proposals):
        states[d] = at.issues(each.terms)
        terms[d] = at.package(each.terms, positions[at.party(each.by)])
    return terms, states


def first_phases(agenda: Flags, states: Flags) -> Ints:
    """First phase [D, I] with the issue on its agenda, where a proposal states a term on it."""
    first = np.where(agenda.any(axis=0), agenda.argmax(axis=0), -1)
    return np.where(states, first, -1).astype(np.int64)


def adversaries_of(scenario: Scenario, positions: Ints) -> Flags:
    """Pairs [P, P] of belligerents of which the second has a position."""
    fights = np.array([party.role == "belligerent" for party in scenario.parties.values()])
    has = (positions >= 0).any(axis=1)
    return np.asarray(fights[:, None] & (fights & has)[None, :] & ~np.eye(len(fights), dtype=bool))
