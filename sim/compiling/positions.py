"""What parties have put forward, as arrays: positions by stage, and documented proposals."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.compiling.documented import tabled
from sim.compiling.index import Index
from sim.game import Flags, Ints
from sim.scenario import Scenario, Terms


class Restated(NamedTuple):
    """What a party puts forward from a round on, over what it had put forward before."""

    round: int
    by: str
    terms: Terms


def _restated(scenario: Scenario) -> Iterator[Restated]:
    """What events say of positions, and own proposals; in one round proposals come last."""
    for event in scenario.events:
        for name, stated in event.positions.items():
            yield Restated(int(event.round), name, {issue: stand.option for issue, stand in stated.items()})
    for name in scenario.parties:
        own = [each for each in tabled(scenario) if each.by == name]
        at_the_start = [each for each in own if each.round <= 0][:1]
        yield from (Restated(max(each.round, 0), name, each.terms) for each in at_the_start)
        yield from (Restated(each.round, name, each.terms) for each in own if each.round > 0)


def positions_of(scenario: Scenario, at: Index) -> tuple[Ints, Ints]:
    """Option [Q, P, I] that each party has put forward by stage, -1 where it is silent; and the stage [T + 1] of each round.

    A party without a position has none by proposing something: then its talks start as before.
    """
    found = np.full((len(scenario.parties), len(scenario.issues)), -1, np.int64)
    for p, party in enumerate(scenario.parties.values()):
        found[p] = at.package({issue: stand.option for issue, stand in party.position.items()}, found[p])
    rounds = sum(int(phase.rounds) for phase in scenario.phases)
    stages, stage = [found], np.zeros(rounds + 1, np.int64)
    changes = [each for each in _restated(scenario) if scenario.parties[each.by].position and each.round <= rounds]
    for t in sorted({0, *(each.round for each in changes)}):
        now = stages[-1].copy()
        for each in (each for each in changes if each.round == t):
            now[at.party(each.by)] = at.package(each.terms, now[at.party(each.by)])
        if t > 0 and (now != stages[-1]).any():
            stages.append(now)
        elif t == 0:
            stages = [now]
        stage[t:] = len(stages) - 1
    return np.array(stages), stage


def proposals_of(scenario: Scenario, at: Index) -> tuple[Ints, Flags]:
    """The terms [D, I] of each proposal, -1 elsewhere; and which it states."""
    proposals = tabled(scenario)
    terms = np.full((len(proposals), len(scenario.issues)), -1, np.int64)
    states = np.zeros(terms.shape, bool)
    for d, each in enumerate(proposals):
        states[d] = at.issues(each.terms)
        terms[d] = at.package(each.terms, terms[d])
    return terms, states


def first_phases(agenda: Flags, states: Flags) -> Ints:
    """First phase [D, I] with the issue on its agenda, where a proposal states a term on it."""
    first = np.where(agenda.any(axis=0), agenda.argmax(axis=0), -1)
    return np.where(states, first, -1).astype(np.int64)


def adversaries_of(scenario: Scenario, has_position: Flags) -> Flags:
    """Pairs [P, P] of belligerents of which the second has a position."""
    fights = np.array([party.role == "belligerent" for party in scenario.parties.values()])
    return np.asarray(fights[:, None] & (fights & has_position)[None, :] & ~np.eye(len(fights), dtype=bool))
