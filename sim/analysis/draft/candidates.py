"""Packages that differ from a draft on a few issues, with all of them that no world can change worked out once."""

from itertools import combinations, product
from typing import NamedTuple

import numpy as np

from sim.analysis.validation.questions import opening_rounds
from sim.game import Flags, Game, Ints, Masks

MOST_CHANGES = 3
"""Issues that an amendment changes at the most."""

MOST_CANDIDATES = 200_000
"""Packages that are looked at; an agenda that has more gets amendments of fewer issues."""

WORD = 64


class Candidates(NamedTuple):
    """N packages near a draft, which comes first. M changes at the most, -1 padded; W words of bits."""

    package: Ints  # [N, I]
    issue: Ints  # [N, M] changed
    option: Ints  # [N, M] to which
    place: Ints  # [N, M] issue times O plus option, I times O where there is none
    lines: Masks  # [N, W] red lines that the package falls under
    links: Masks  # [N, W] linkages
    peace: Flags  # [N] it ends what goes on
    opens: Ints  # [N] rounds after which it lapses, so that it opens talks; 0: it does not lapse

    def changes(self, n: int) -> dict[int, int]:
        """The issues that package n changes, and to which option."""
        return {int(i): int(o) for i, o in zip(self.issue[n], self.option[n], strict=True) if i >= 0}


def candidates(game: Game, draft: Ints, named: Flags, most: int) -> Candidates:
    """A draft [I] and all that differ from it on at most `most` issues that talks can settle.

    `named` [I] are the issues on which the draft says something: whether it opens talks hangs on these.
    """
    changes: list[tuple[tuple[int, int], ...]] = [()]
    for size in range(1, most + 1):
        changes += _of_size(game, draft, size)
    count = len(changes)
    issue, option = (np.full((count, MOST_CHANGES), -1, np.int64) for _ in range(2))
    package = np.repeat(draft[None], count, axis=0)
    told = np.repeat(named[None], count, axis=0)
    for n, changed in enumerate(changes):
        for k, (i, o) in enumerate(changed):
            issue[n, k], option[n, k], package[n, i], told[n, i] = i, o, o, True
    rules, lines, most_options = game.rules, len(game.names.lines), int(game.rules.options.max())
    return Candidates(
        package,
        issue,
        option,
        np.where(issue >= 0, issue * most_options + option, len(draft) * most_options),
        _bits(rules.masks[:lines], rules.names[:lines], package),
        _bits(rules.masks[lines : lines + len(game.names.linkages)], rules.names[lines:], package),
        _matching(rules.peace, np.ones(len(draft), bool), package),
        opening_rounds(rules, np.where(told, package, -1)),
    )


def depth_for(game: Game, draft: Ints, most: int = MOST_CHANGES) -> int:
    """How many issues amendments can change so that all of them can be looked at."""
    others = [int(game.rules.options[i]) - 1 for i in changeable(game)]
    ways, total = [1, *([0] * most)], 0
    for number in others:
        for size in range(most, 0, -1):
            ways[size] += ways[size - 1] * number
    for size in range(1, most + 1):
        total += ways[size]
        if total > MOST_CANDIDATES:
            return size - 1
    return most


def changeable(game: Game) -> list[int]:
    """Issues that some phase of the talks can settle."""
    return np.flatnonzero(game.rules.agenda.any(axis=0)).tolist()


def _of_size(game: Game, draft: Ints, size: int) -> list[tuple[tuple[int, int], ...]]:
    """All ways of changing so many issues of a draft."""
    found: list[tuple[tuple[int, int], ...]] = []
    for issues in combinations(changeable(game), size):
        others = [[(i, o) for o in range(int(game.rules.options[i])) if o != draft[i]] for i in issues]
        found += product(*others)
    return found


def _matching(mask: Masks, names: Flags, package: Ints) -> Flags:
    """Which packages [N, I] match a pattern [I] that names some issues [I]."""
    found = np.ones(len(package), bool)
    for i in np.flatnonzero(names):
        found &= (mask[i] >> package[:, i].astype(np.uint64)) & np.uint64(1) == 1
    return found


def _bits(masks: Masks, names: Flags, package: Ints) -> Masks:
    """Which patterns packages match, as words of bits [N, W]; at least one word."""
    found = np.zeros((len(package), max(1, -(-len(masks) // WORD))), np.uint64)
    for k, mask in enumerate(masks):
        bit = np.uint64(1) << np.uint64(k % WORD)
        found[:, k // WORD] |= np.where(_matching(mask, names[k], package), bit, np.uint64(0))
    return found
