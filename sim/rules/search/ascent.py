"""Search over packages: where it stands, what its package is worth, and steepest ascent.

The searcher p looks for the package that is best for the others among those that it could accept itself. The `score` of
a package is the least surplus of those whose consent it needs, as p sees it, where p can accept it; and far below that,
rising with p's own surplus, where it cannot: so an ascent first finds its way to what p accepts.

Package, surpluses and counts are scratch fields of the state: `place` sets them, `change` keeps them up to date in O(P)
a change. `sim.rules.search.one_issue` finds the change to make.
"""

import numpy as np

from sim.game import Ints, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.consent import ABSENT, SATISFIED
from sim.rules.formulas import TOLERANCE, reaches
from sim.rules.packages import copy
from sim.rules.search.joint_patterns import OWN, counting, flip, follow_joint_patterns, has, turn
from sim.rules.search.one_issue import best_change
from sim.rules.search.scores import own_score, quota_score
from sim.rules.state import PER_WORD, State

STEPS = 200
ANYTHING = 1e3
"""Gain that no option is sure to stay below: an issue on which joint patterns may turn is always looked at."""


@inlined
def note_gain(s: State, p: int, d: int) -> None:
    """The most that a change of issue d can add to p's surplus, and how much less p can come to refuse."""
    if s.turns[d] >= OWN:
        s.gain[d], s.relief[d] = ANYTHING, -int(ANYTHING)
    else:
        s.gain[d] = s.dearest[p, d] - s.table[p, p, s.at[d]]
        s.relief[d] = s.mildest[p, d] - s.banned[p, s.at[d]]


@compiled
def see_what_may_change(g: Rulebook, s: State, p: int) -> None:
    """The same for every issue, and what joint patterns a change turns."""
    follow_joint_patterns(g, s, p)
    at, turns, gain, relief = s.at, s.turns, s.gain, s.relief
    dearest, mildest, own, banned = s.dearest[p], s.mildest[p], s.table[p, p], s.banned[p]
    for d in range(at.shape[0]):
        if turns[d] >= OWN:
            gain[d], relief[d] = ANYTHING, -int(ANYTHING)
        else:
            gain[d] = dearest[d] - own[at[d]]
            relief[d] = mildest[d] - banned[at[d]]


@inlined
def add_up(s: State, p: int) -> None:
    """Everybody's surplus from s.x and the rules that ask for their consent to it, joint patterns aside."""
    at = s.at
    for q in range(s.surplus.shape[0]):
        table, surplus = s.table[p, q], -s.floor[q]
        for d in range(at.shape[0]):
            surplus += table[at[d]]
        s.surplus[q], s.need[q] = surplus, s.always[q]
    for d in range(at.shape[0]):
        if s.asking[d]:
            for q in range(s.need.shape[0]):
                s.need[q] += s.asks[q, at[d]]


@compiled
def place(g: Rulebook, s: State, p: int, x: Ints) -> None:
    """Start from package x."""
    at, first, holding, banned, refused, moved = s.at, s.first, s.holding, s.banned[p], s.closed[0], 0
    copy(x, s.x)
    for d in range(at.shape[0]):
        n = first[d] + np.uint64(x[g.issue_order[d]])
        at[d] = n
        refused += banned[n]
        moved += n != holding[d]
    add_up(s, p)
    see_what_may_change(g, s, p)
    for j in range(g.joint.shape[0]):
        if has(counting(s, p, j // PER_WORD) & ~s.missed[j // PER_WORD], j):
            refused += flip(g, s, p, g.joint[j], 1, s.surplus, s.need)
    s.refused[0], s.moved[0] = refused, moved


@compiled
def change(g: Rulebook, s: State, p: int, d: int, n: int) -> None:
    """Set issue d to option n."""
    surplus, need, old = s.surplus, s.need, s.at[d]
    for q in range(surplus.shape[0]):
        surplus[q] += s.table[p, q, n] - s.table[p, q, old]
    if s.asking[d]:
        for q in range(need.shape[0]):
            need[q] += s.asks[q, n] - s.asks[q, old]
    s.refused[0] += s.banned[p, n] - s.banned[p, old]
    s.moved[0] += int(n != s.holding[d]) - int(old != s.holding[d])
    if s.turns[d] > 0:
        s.refused[0] += turn(g, s, p, d, n, surplus, need)
    differs = 0
    for word in range(s.missed.shape[0]):
        differs |= counting(s, p, word) & (s.hits[word, n] ^ s.hits[word, old])
    s.at[d], s.x[g.issue_order[d]] = n, n - s.first[d]
    if differs != 0:
        see_what_may_change(g, s, p)
    else:
        note_gain(s, p, d)


@compiled
def score(g: Rulebook, s: State, p: int) -> float:
    """Score of s.x. No change at all is never a deal and counts as refused."""
    refused = s.refused[0] + int(s.moved[0] == 0)
    if refused > 0 or s.surplus[p] < -TOLERANCE:
        return own_score(s.surplus[p], refused)
    least = SATISFIED
    for q in range(s.surplus.shape[0]):
        if q != p and s.need[q] > 0:
            least = min(least, s.scale[q] * s.surplus[q] if s.present[q] else ABSENT)
    return min(least, quota_score(g, s, p, s.surplus)) if s.has_quota[0] else least


@compiled
def climb(g: Rulebook, s: State, p: int, reached: float) -> float:
    """Steepest ascent over one-issue changes from s.x, whose score is given; returns the score at its end."""
    for _ in range(STEPS):
        issue, option, better = best_change(g, s, p, reached)
        if issue < 0:
            break
        change(g, s, p, issue, option)
        reached = better
    return reached


@inlined
def ascend(g: Rulebook, s: State, p: int, x: Ints) -> float:
    """Steepest ascent from package x; the package it ends at is s.x, its score is returned."""
    place(g, s, p, x)
    return climb(g, s, p, score(g, s, p))


@inlined
def is_worth_tabling(reached: float) -> bool:
    """Whether a score is that of a package which the searcher accepts and on which consent can be had."""
    return reaches(reached, ABSENT / 2)
