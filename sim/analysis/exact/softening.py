"""The least that would open a zone where there is none: minimal sets of red lines, and cuts of no-deal values.

Every package breaks some set of binding lines of those who would have to agree to it, and falls short of their no-deal
values by some amount. A set of lines opens the zone, with a cut, if some package breaks no line outside it and falls short
by no more. A pair of a set and its least cut is kept unless a smaller set with as small a cut makes it needless. A
set whose cut is 0 opens a zone by itself, and is minimal. Packages are visited depth first (branch and bound; Land & Doig
1960). A branch is left once what it already breaks and misses is no better than a known pair.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.exact.visiting import Walk, step
from sim.analysis.feasibility.question import ROUNDING, Question
from sim.game import Flags, Floats, Ints, Masks, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import TOLERANCE

ROOM = 4096
"""Pairs that are kept at most; a game that has more is told so."""


class Pairs(NamedTuple):
    """Sets of red lines with the least cut that each needs, and a package that shows it."""

    held: Ints  # [1]; -1 once there was no room
    lines: Masks  # [ROOM] bits of red lines
    cut: Floats  # [ROOM]
    number: Ints  # [ROOM] of the package


def no_pairs() -> Pairs:
    """Room for pairs."""
    return Pairs(np.zeros(1, np.int64), np.zeros(ROOM, np.uint64), np.zeros(ROOM), np.zeros(ROOM, np.int64))


@inlined
def is_needless(pairs: Pairs, lines: np.uint64, cut: float) -> bool:
    """Whether a known pair needs no other lines and no larger cut."""
    for k in range(pairs.held[0]):
        if pairs.lines[k] & ~lines == 0 and pairs.cut[k] <= cut + ROUNDING:
            return True
    return False


@compiled
def add(pairs: Pairs, lines: np.uint64, cut: float, number: int) -> None:
    """Note a pair that is not needless, and drop those that it makes so."""
    kept = 0
    for k in range(pairs.held[0]):
        if lines & ~pairs.lines[k] != 0 or cut > pairs.cut[k] + ROUNDING:
            pairs.lines[kept], pairs.cut[kept], pairs.number[kept] = pairs.lines[k], pairs.cut[k], pairs.number[k]
            kept += 1
    if kept == pairs.cut.shape[0]:
        pairs.held[0] = -1
        return
    pairs.lines[kept], pairs.cut[kept], pairs.number[kept] = lines, cut, number
    pairs.held[0] = kept + 1


@inlined
def size(lines: np.uint64) -> int:
    """How many lines a set has."""
    count = 0
    while lines != 0:
        lines &= lines - np.uint64(1)
        count += 1
    return count


class Breaking(NamedTuple):
    """Which red lines packages break. Lines over several issues are the last patterns of the walk, with bits of their own."""

    single: Masks  # [D, O] lines over one issue that the option breaks
    joint: Masks  # [N] bit of each line over several issues
    first: int  # bit of the walk that the first of those has
    broken: Masks  # [D + 1] lines broken so far


@compiled
def note_breaks(g: Rulebook, lines: Ints, walk: Walk, single: Masks) -> None:
    """Write the lines over one issue that each option breaks."""
    single[:] = 0
    for r in lines:
        if g.single[r] >= 0:
            for d in range(walk.issue.shape[0]):
                for k in range(walk.options[d]):
                    if walk.issue[d] == g.single[r] and (g.masks[r, g.single[r]] >> walk.option[d, k]) & 1:
                        single[d, k] |= np.uint64(1) << np.uint64(r)


@inlined
def broken_after(walk: Walk, breaking: Breaking, d: int, k: int) -> np.uint64:
    """Lines that are broken once depth d has its k-th option."""
    lines = breaking.broken[d] | breaking.single[d, k]
    over = walk.live[d] & walk.hits[d, k] & walk.ends[d]
    for n in range(breaking.joint.shape[0]):
        if (over >> np.uint64(breaking.first + n)) & 1:
            lines |= breaking.joint[n]
    return lines


@inlined
def least_cut(walk: Walk, d: int, needed: Flags, threshold: Floats, bends: Flags) -> float:
    """The least cut that any package below depth d needs; infinite where a party that may not be cut falls short."""
    cut = 0.0
    for p in range(needed.shape[0]):
        if needed[p]:
            short = threshold[p] - (walk.reached[d, p] + walk.ahead[d, p])
            if short > TOLERANCE + ROUNDING:
                cut = max(cut, short) if bends[p] else np.inf
    return cut


@compiled
def soften(
    ask: Question, walk: Walk, needed: Flags, bends: Flags, breaking: Breaking, most: int, pairs: Pairs
) -> None:  # fmt: skip
    """Add what the packages of one coalition come to: sets of at most `most` lines, cuts for those who may be cut."""
    issues, depth = walk.issue.shape[0], 0
    breaking.broken[0] = 0
    while depth >= 0 and pairs.held[0] >= 0:
        k = walk.at[depth] + 1
        if k >= walk.options[depth]:
            walk.at[depth] = -1
            depth -= 1
            continue
        walk.at[depth] = k
        if not step(ask, walk, depth, k):
            continue
        lines = broken_after(walk, breaking, depth, k)
        if size(lines) > most:
            continue
        cut = least_cut(walk, depth + 1, needed, ask.threshold, bends)
        if cut == np.inf or is_needless(pairs, lines, cut):
            continue
        if depth + 1 < issues:
            breaking.broken[depth + 1] = lines
            depth += 1
        elif walk.number[issues] != walk.held[0]:
            add(pairs, lines, cut, int(walk.number[issues]))
