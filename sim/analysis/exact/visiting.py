"""Every package that answers a question, visited depth first and block by block.

A question (`sim.analysis.feasibility.question`) says which parties must reach which threshold, which options are left and
which patterns over several issues may not match. Branches that cannot reach a threshold any more, or in which such a pattern
matches, are cut off. What is left is every package of the zone, each once. Memory does not grow with their number.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.feasibility.question import ROUNDING, Question, worth
from sim.game import Flags, Floats, Ints, Masks, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import TOLERANCE, reaches

MOST_PATTERNS = 63
"""Patterns over several issues that may be followed, linkages included: they are bits of one word."""


class Walk(NamedTuple):
    """Where a visit stands. D issues in the order of the walk, O options, P parties; `depth` is -1 once all is visited."""

    depth: Ints  # [1]
    issue: Ints  # [D]
    options: Ints  # [D] options that are left
    option: Ints  # [D, O] which
    at: Ints  # [D] position among them, -1 before the first
    adds: Floats  # [D, O, P] value
    hits: Masks  # [D, O] patterns that the option leaves possible
    ends: Masks  # [D] patterns of which the issue is the last that they name
    ahead: Floats  # [D + 1, P] the most that issues from here on and linkages still open can add
    reached: Floats  # [D + 1, P]
    live: Masks  # [D + 1] patterns that the options so far leave possible
    stride: Ints  # [I] what an option of the issue adds to the number of a package
    number: Ints  # [D + 1]
    x: Ints  # [I]
    held: Ints  # [1] number of what holds now, which is no deal, -1 where there is no such package


def blank_walk(rules: Rulebook) -> Walk:
    """Room for visits of the packages of a game."""
    issues, most, parties = len(rules.options), int(rules.options.max()), len(rules.party_order)
    return Walk(
        np.zeros(1, np.int64), np.zeros(issues, np.int64), np.zeros(issues, np.int64),
        np.zeros((issues, most), np.int64), np.zeros(issues, np.int64), np.zeros((issues, most, parties)),
        np.zeros((issues, most), np.uint64), np.zeros(issues, np.uint64), np.zeros((issues + 1, parties)),
        np.zeros((issues + 1, parties)), np.zeros(issues + 1, np.uint64), np.zeros(issues, np.int64),
        np.zeros(issues + 1, np.int64), np.zeros(issues, np.int64), np.zeros(1, np.int64),
    )  # fmt: skip


@compiled
def set_strides(free: Flags, options: Ints, stride: Ints) -> int:
    """Number packages by their options of the free issues, the last of them counting fastest; how many there are."""
    total = 1
    for i in range(options.shape[0] - 1, -1, -1):
        stride[i] = total if free[i] else 0
        total *= options[i] if free[i] else 1
    return total


@inlined
def spread(ask: Question, i: int) -> float:
    """How much the options of issue i that are left differ for those whose thresholds count."""
    total = 0.0
    for p in range(ask.needed.shape[0]):
        if ask.needed[p]:
            most, least = -np.inf, np.inf
            for o in range(ask.options[i]):
                if (ask.allowed[i] >> o) & 1:
                    most, least = max(most, ask.value[p, i, o]), min(least, ask.value[p, i, o])
            total += most - least
    return total


@inlined
def order_issues(ask: Question, walk: Walk) -> None:
    """The issues that differ most come first, so that branches are cut off early; ties in the order of issues."""
    issues = walk.issue.shape[0]
    for d in range(issues):
        walk.issue[d] = d
        walk.ahead[d, 0] = spread(ask, d)
    for d in range(1, issues):
        i, place = walk.issue[d], d
        while place > 0 and walk.ahead[walk.issue[place - 1], 0] < walk.ahead[i, 0]:
            walk.issue[place] = walk.issue[place - 1]
            place -= 1
        walk.issue[place] = i


@inlined
def pattern(ask: Question, j: int, i: int) -> np.uint64:
    """Options of issue i that pattern j leaves: those that may not match first, then linkages."""
    return ask.barred[j, i] if j < ask.in_force else ask.link_masks[j - ask.in_force, i]


@inlined
def note_options(ask: Question, walk: Walk, d: int) -> None:
    """The options at depth d: what they add, and which patterns they leave possible."""
    i, count = walk.issue[d], 0
    for o in range(ask.options[i]):
        if (ask.allowed[i] >> o) & 1:
            walk.option[d, count] = o
            for p in range(ask.needed.shape[0]):
                walk.adds[d, count, p] = ask.value[p, i, o]
            hits = np.uint64(0)
            for j in range(ask.in_force + ask.bonus.shape[0]):
                hits |= np.uint64((pattern(ask, j, i) >> o) & 1) << np.uint64(j)
            walk.hits[d, count] = hits
            count += 1
    walk.options[d] = count


@inlined
def note_ends(ask: Question, walk: Walk) -> None:
    """After which issue each pattern is known to match."""
    walk.ends[:] = 0
    for j in range(ask.in_force + ask.bonus.shape[0]):
        last = 0
        for d in range(walk.issue.shape[0]):
            i = walk.issue[d]
            every = (np.uint64(1) << np.uint64(ask.options[i])) - np.uint64(1)
            if pattern(ask, j, i) & every != every:
                last = d
        walk.ends[last] |= np.uint64(1) << np.uint64(j)


@inlined
def look_ahead(ask: Question, walk: Walk) -> None:
    """The most that each party can still gain from any depth on."""
    issues = walk.issue.shape[0]
    for p in range(ask.needed.shape[0]):
        walk.ahead[issues, p] = 0.0
        for d in range(issues - 1, -1, -1):
            most = -np.inf
            for k in range(walk.options[d]):
                most = max(most, walk.adds[d, k, p])
            for link in range(ask.bonus.shape[0]):
                if ask.link_owner[link] == p and (walk.ends[d] >> np.uint64(ask.in_force + link)) & 1:
                    most += max(0.0, ask.bonus[link])
            walk.ahead[d, p] = walk.ahead[d + 1, p] + most


@compiled
def lay_out(ask: Question, walk: Walk) -> None:
    """Prepare a visit of all packages that answer a question; `walk.stride` is set already."""
    order_issues(ask, walk)
    for d in range(walk.issue.shape[0]):
        note_options(ask, walk, d)
    note_ends(ask, walk)
    look_ahead(ask, walk)
    walk.at[:] = -1
    walk.depth[0], walk.number[0], walk.held[0] = 0, 0, 0
    walk.reached[0] = 0.0
    walk.live[0] = ~np.uint64(0)
    for i in range(walk.stride.shape[0]):
        walk.held[0] = -1 if ask.current[i] < 0 or walk.held[0] < 0 else walk.held[0] + ask.current[i] * walk.stride[i]


@inlined
def step(ask: Question, walk: Walk, d: int, k: int) -> bool:
    """Take the k-th option at depth d; false where no package below answers the question."""
    live = walk.live[d] & walk.hits[d, k]
    over = live & walk.ends[d]
    if over & ((np.uint64(1) << np.uint64(ask.in_force)) - np.uint64(1)):
        return False
    parties = ask.needed.shape[0]
    for p in range(parties):
        walk.reached[d + 1, p] = walk.reached[d, p] + walk.adds[d, k, p]
    if over:
        for link in range(ask.bonus.shape[0]):
            if (over >> np.uint64(ask.in_force + link)) & 1:
                walk.reached[d + 1, ask.link_owner[link]] += ask.bonus[link]
    for p in range(parties):
        if ask.needed[p] and walk.reached[d + 1, p] + walk.ahead[d + 1, p] < ask.threshold[p] - TOLERANCE - ROUNDING:
            return False
    walk.live[d + 1] = live
    i, o = walk.issue[d], walk.option[d, k]
    walk.number[d + 1] = walk.number[d] + o * walk.stride[i]
    walk.x[i] = o
    return True


@inlined
def meets(ask: Question, walk: Walk, bar: Floats) -> bool:
    """Whether the package reached gives those needed the thresholds `bar` [P].

    Sums in another order may differ in the last digits from those of the rules, which decide where that could matter.
    """
    last = walk.issue.shape[0]
    for p in range(ask.needed.shape[0]):
        if ask.needed[p] and walk.reached[last, p] < bar[p] - TOLERANCE + ROUNDING:
            if walk.reached[last, p] < bar[p] - TOLERANCE - ROUNDING or not reaches(worth(ask, p, walk.x), bar[p]):
                return False
    return True


@inlined
def is_answer(ask: Question, walk: Walk, bars: Floats) -> bool:
    """Whether the package reached is a deal that gives those needed any of several sets of thresholds."""
    if walk.number[walk.issue.shape[0]] == walk.held[0]:
        return False
    for m in range(bars.shape[0]):
        if meets(ask, walk, bars[m]):
            return True
    return False


@compiled
def visit(ask: Question, walk: Walk, bars: Floats, number: Ints, value: Floats) -> int:
    """Go on with a visit until a block is full or nothing is left; how many packages were found.

    A package must give those needed one of several sets of thresholds, `bars` [M, P]; those of `ask` are the lowest of
    each party. `number` [B] and `value` [B, P] are filled with the numbers and values of what is found.
    """
    issues, found, depth = walk.issue.shape[0], 0, walk.depth[0]
    while depth >= 0:
        k = walk.at[depth] + 1
        if k >= walk.options[depth]:
            walk.at[depth] = -1
            depth -= 1
            continue
        walk.at[depth] = k
        if not step(ask, walk, depth, k):
            continue
        if depth + 1 < issues:
            depth += 1
            continue
        if is_answer(ask, walk, bars):
            number[found] = walk.number[issues]
            for p in range(ask.needed.shape[0]):
                value[found, p] = walk.reached[issues, p]
            found += 1
            if found == number.shape[0]:
                break
    walk.depth[0] = depth
    return found


@compiled
def package_at(number: int, free: Flags, options: Ints, fixed: Ints, x: Ints) -> None:
    """Write the package of a number to x; what is not free is as in `fixed`."""
    for i in range(options.shape[0] - 1, -1, -1):
        x[i] = fixed[i]
        if free[i]:
            x[i] = number % options[i]
            number //= options[i]
