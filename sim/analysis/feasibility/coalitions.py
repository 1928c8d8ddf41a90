"""Which sets of parties, by accepting, make a package a deal (the winning coalitions of a simple game)."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.game import PUT_TO, Flags, Game, Ints, frozen


class Coalitions(NamedTuple):
    """C sets of parties, and for each the consent rules that it does not satisfy: no package may fall under those."""

    parties: Flags  # [C, P]
    barred: Flags  # [C, G]


def _barred(members: Flags, needed: Ints, force: Flags, party_set: Flags) -> Flags:
    return force & ((members & party_set).sum(axis=1) < needed)


def _lasting_exclusions(game: Game, phase: int) -> Flags:
    """What other phases of bargaining exclude [G] on issues that only they can settle: it is out of reach for good."""
    rules = game.rules
    first = len(rules.masks) - len(rules.group_needed)
    bargained = rules.agenda & (rules.protocol != PUT_TO)[:, None]
    impossible = rules.group_needed > rules.group_members.sum(axis=1)
    found = np.zeros(len(rules.group_needed), bool)
    for h in set(np.flatnonzero(bargained.any(axis=1)).tolist()) - {phase}:
        elsewhere = np.delete(bargained, h, axis=0).any(axis=0)
        found |= rules.phase_groups[h] & impossible & ~(rules.names[first:] & elsewhere).any(axis=1)
    return found


def winning_coalitions(game: Game, phase: int, votes: bool) -> Coalitions:
    """The minimal sets of parties for each set of consent rules that they leave open in a phase.

    With `votes` the question is about the whole deal. Those to whom the settled text is put later are in every set.
    What other phases exclude for good is barred too.
    """
    rules, n = game.rules, len(game.names.parties)
    voters = np.zeros(n, bool)
    for h in range(phase + 1, len(rules.protocol)):
        if votes and rules.protocol[h] == PUT_TO:
            voters |= rules.put_to[h]
    force = rules.phase_groups[phase] | (_lasting_exclusions(game, phase) if votes else False)
    found: list[tuple[Flags, Flags]] = []
    for size in range(n + 1):
        for chosen in combinations(range(n), size):
            party_set = np.isin(np.arange(n), chosen)
            if (voters & ~party_set).any():
                continue
            barred = _barred(rules.group_members, rules.group_needed, force, party_set)
            if (barred & ~rules.touches[-len(barred) :]).any():
                continue
            if not any((other <= party_set).all() and (less <= barred).all() for other, less in found):
                found.append((party_set, barred))
    shape = (len(found), n), (len(found), len(rules.group_needed))
    parties = np.array([party_set for party_set, _ in found], bool).reshape(shape[0])
    barred = np.array([less for _, less in found], bool).reshape(shape[1])
    return Coalitions(frozen(parties), frozen(barred))
