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


def winning_coalitions(game: Game, phase: int, votes: bool) -> Coalitions:
    """The minimal sets of parties for each set of consent rules that they leave open in a phase.

    With `votes`, those to whom the settled text is put later are in every set.
    """
    rules, n = game.rules, len(game.names.parties)
    voters = np.zeros(n, bool)
    for h in range(phase + 1, len(rules.protocol)):
        if votes and rules.protocol[h] == PUT_TO:
            voters |= rules.put_to[h]
    found: list[tuple[Flags, Flags]] = []
    for size in range(n + 1):
        for chosen in combinations(range(n), size):
            party_set = np.isin(np.arange(n), chosen)
            if (voters & ~party_set).any():
                continue
            barred = _barred(rules.group_members, rules.group_needed, rules.phase_groups[phase], party_set)
            if (barred & ~rules.touches[-len(barred) :]).any():
                continue
            if not any((other <= party_set).all() and (less <= barred).all() for other, less in found):
                found.append((party_set, barred))
    shape = (len(found), n), (len(found), len(rules.group_needed))
    parties = np.array([party_set for party_set, _ in found], bool).reshape(shape[0])
    barred = np.array([less for _, less in found], bool).reshape(shape[1])
    return Coalitions(frozen(parties), frozen(barred))
