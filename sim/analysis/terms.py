"""Terms: how far agreements lie from the other side's position to a party's own, and whose position stands on each issue."""

from dataclasses import dataclass

import numpy as np

from sim.game import Floats, Game, Ints

LOW, HIGH = 20.0, 80.0
"""Per cent of agreements below the ends of the middle three fifths."""


@dataclass(frozen=True)
class Terms:
    """Where agreements lie for one party: 0 is the other side's position, 1 its own; beyond both is possible."""

    mean: float
    low: float  # a fifth of agreements lie below it
    high: float  # a fifth of agreements lie above it


def terms_of(names: tuple[str, ...], terms: Floats) -> dict[str, Terms]:
    """The terms of agreements [A, P] for each party that has a position to measure from."""
    found = {}
    for p, name in enumerate(names):
        known = terms[~np.isnan(terms[:, p]), p]
        if len(known):
            low, high = np.percentile(known, [LOW, HIGH]).tolist()
            found[name] = Terms(float(known.mean()), low, high)
    return found


def whose_positions(game: Game, packages: Ints) -> dict[str, dict[str, float]]:
    """Of each issue on which somebody has a position, the share of agreed packages [A, I] that settle it as each has it.

    Positions are those of the start, as in terms.

    Positions of several parties may be the same option, so shares need not sum to 1.
    """
    names, position = game.names, game.rules.position[0]
    return {
        issue: {
            party: float((packages[:, i] == position[p, i]).mean())
            for p, party in enumerate(names.parties)
            if position[p, i] >= 0
        }
        for i, issue in enumerate(names.issues)
        if (position[:, i] >= 0).any()
    }
