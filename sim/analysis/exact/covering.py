"""A short list of settlements of which, in as many worlds as can be, at least one finds the consent it needs.

Each is the best in the worlds that those before it leave out. This greedy list covers at least 1 - 1/e of what the best
list of its length does (Nemhauser, Wolsey & Fisher 1978). As with `robust`, it is chosen in some worlds and judged in as
many others.
"""

from dataclasses import dataclass

import numpy as np

from sim.analysis.exact.counting import Counts, count_worlds
from sim.analysis.exact.robust import judged
from sim.analysis.exact.spaces import Space
from sim.analysis.shares.likelihood import Share, wilson
from sim.draws import Uniforms
from sim.game import Flags, Game

WORTH_IT = 0.02
"""Share of worlds that a further settlement must win of those in which it is chosen."""


@dataclass(frozen=True)
class Cover:
    """A settlement of the list; shares are of worlds in which it was not chosen."""

    number: int
    share: Share  # in which it finds the consent it needs
    so_far: Share  # in which it or one before it does


def covering(game: Game, space: Space, counts: Counts, seed: int, threads: int, most: int) -> tuple[Cover, ...]:
    """At most so many settlements, chosen in the n worlds that were counted; none where only a sample was looked at."""
    worlds = len(counts.packages)
    if counts.number is not None:
        return ()
    numbers = _chosen(game, space, counts, Uniforms(seed, 0, worlds), threads, most)
    if not numbers:
        return ()
    holds = judged(game, space, numbers, Uniforms(seed, worlds, worlds)).holds
    reached = np.logical_or.accumulate(holds, axis=0)
    return tuple(
        Cover(number, wilson(int(one.sum()), worlds), wilson(int(either.sum()), worlds))
        for number, one, either in zip(numbers, holds, reached, strict=True)
    )


def _chosen(game: Game, space: Space, counts: Counts, luck: Uniforms, threads: int, most: int) -> list[int]:
    left: Flags = counts.exists.copy()
    seen, numbers = counts.seen, list[int]()
    while len(numbers) < most and left.any():
        if numbers:
            seen = count_worlds(game, space, luck, threads, among=left).seen
        best = int(np.argmax(seen))
        if seen[best] < max(1.0, WORTH_IT * luck.n):
            break
        numbers.append(best)
        left &= ~judged(game, space, [best], luck).holds[0]
    return numbers
