"""Is there any package that breaks no binding line and gives every party that it needs its threshold? Exactly.

First comes a cheap test by Lagrangian duality. For weights on the parties, the best weighted sum of surpluses over all
packages separates by issue. If it is below zero there is no such package. Otherwise the package that attains it may be one.
The weights follow the violated thresholds (subgradient steps; Fisher 1981). What that leaves open is searched depth first,
with a bound for each party and one for the weighted sum (branch and bound; Land & Doig 1960).
"""

from typing import NamedTuple

import numpy as np

from sim.game import Flags, Floats, Ints, Masks
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import TOLERANCE, reaches
from sim.rules.packages import linked_value, matches

STEPS = 40
STEP_SIZE = 6.0
ROUNDING = 1e-12
FEW = 32  # packages that are looked at one by one


class Question(NamedTuple):
    """What is asked. P parties, I issues, O options, L linkages, J patterns that may not match."""

    value: Floats  # [P, I, O]
    bonus: Floats  # [L]
    link_owner: Ints  # [L]
    link_masks: Masks  # [L, I]
    threshold: Floats  # [P]
    needed: Flags  # [P] parties that must reach their threshold
    allowed: Masks  # [I] option bits
    options: Ints  # [I]
    issue_order: Ints  # [I]
    barred: Masks  # [J, I]
    in_force: int  # how many of `barred` are in force
    current: Ints  # [I] the package that is no deal, -1 where the game has no status quo


@inlined
def worth(ask: Question, p: int, x: Ints) -> float:
    """Value of package x for party p."""
    return linked_value(ask.value, ask.bonus, ask.link_owner, ask.link_masks, ask.issue_order, p, x)


@compiled
def answers(ask: Question, x: Ints) -> bool:
    """Whether package x is what is asked for."""
    moved = False
    for i in range(x.shape[0]):
        if (ask.allowed[i] >> x[i]) & 1 == 0:
            return False
        moved = moved or x[i] != ask.current[i]
    for j in range(ask.in_force):
        if matches(ask.barred[j], x):
            return False
    for p in range(ask.needed.shape[0]):
        if ask.needed[p] and not reaches(worth(ask, p, x), ask.threshold[p]):
            return False
    return moved


@inlined
def help_of_links(ask: Question, weight: Floats) -> float:
    """The most that linkages can add to the weighted sum."""
    total = 0.0
    for link in range(ask.bonus.shape[0]):
        total += weight[ask.link_owner[link]] * max(0.0, ask.bonus[link])
    return total


@inlined
def best_for_all(ask: Question, weight: Floats, x: Ints) -> float:
    """Write the package with the largest weighted value, linkages aside, to x and return that value."""
    total = 0.0
    for i in ask.issue_order:
        most, chosen = -np.inf, -1
        for o in range(ask.options[i]):
            if (ask.allowed[i] >> o) & 1:
                level = 0.0
                for p in range(weight.shape[0]):
                    level += weight[p] * ask.value[p, i, o]
                if level > most:
                    most, chosen = level, o
        if chosen < 0:
            return -np.inf
        x[i] = chosen
        total += most
    return total


@inlined
def reweigh(ask: Question, weight: Floats, x: Ints, step: float) -> None:
    """Move weight to the parties whose thresholds x violates most; the weights of those needed sum to 1."""
    total = 0.0
    for p in range(weight.shape[0]):
        if ask.needed[p]:
            weight[p] *= np.exp(step * (ask.threshold[p] - worth(ask, p, x)))
            total += weight[p]
    for p in range(weight.shape[0]):
        weight[p] /= total


@compiled
def settle_cheaply(ask: Question, weight: Floats, x: Ints) -> int:
    """1 with a package in x, -1 where there is none, 0 where that stays open; `weight` [P] ends near the dual optimum."""
    parties = 0
    for p in range(weight.shape[0]):
        weight[p] = 0.0
        parties += ask.needed[p]
    if parties == 0:
        return 0
    for p in range(weight.shape[0]):
        weight[p] = 1.0 / parties if ask.needed[p] else 0.0
    for n in range(STEPS):
        bound = best_for_all(ask, weight, x) + help_of_links(ask, weight)
        for p in range(weight.shape[0]):
            bound -= weight[p] * (ask.threshold[p] - TOLERANCE)
        if bound < -ROUNDING:
            return -1
        if answers(ask, x):
            return 1
        reweigh(ask, weight, x, STEP_SIZE / (1.0 + 0.2 * n))
    return 0


@inlined
def bound_ahead(ask: Question, weight: Floats, ahead: Floats) -> None:
    """Most that the issues from position d on can add: to each party, and in the last row to the weighted sum."""
    issues, parties = ask.issue_order.shape[0], weight.shape[0]
    for row in range(parties + 1):
        ahead[row, issues] = 0.0
    for d in range(issues - 1, -1, -1):
        i = ask.issue_order[d]
        for row in range(parties + 1):
            most = -np.inf
            for o in range(ask.options[i]):
                if (ask.allowed[i] >> o) & 1:
                    level = 0.0
                    if row < parties:
                        level = ask.value[row, i, o]
                    else:
                        for p in range(parties):
                            level += weight[p] * ask.value[p, i, o]
                    most = max(most, level)
            ahead[row, d] = ahead[row, d + 1] + most


@inlined
def is_barred(ask: Question, depth: int, x: Ints) -> bool:
    """Whether a barred pattern matches whatever the issues from position `depth` on are settled at."""
    for j in range(ask.in_force):
        matched = True
        for d in range(ask.issue_order.shape[0]):
            i = ask.issue_order[d]
            if d < depth:
                matched = matched and (ask.barred[j, i] >> x[i]) & 1 == 1
            else:
                matched = matched and (ask.barred[j, i] & ask.allowed[i]) == ask.allowed[i]
        if matched:
            return True
    return False


@inlined
def is_out_of_reach(ask: Question, weight: Floats, spare: Floats, ahead: Floats, reached: Floats, depth: int) -> bool:
    """Whether some needed party, or the weighted sum, cannot reach its threshold any more."""
    parties = weight.shape[0]
    total = help_of_links(ask, weight) + ahead[parties, depth]
    for p in range(parties):
        if ask.needed[p]:
            gap = reached[p, depth] - (ask.threshold[p] - TOLERANCE)
            if gap + ahead[p, depth] + spare[p] < -ROUNDING:
                return True
            total += weight[p] * gap
    return total < -ROUNDING


@compiled
def search(ask: Question, weight: Floats, x: Ints) -> bool:
    """Depth-first branch and bound; writes a package to x where there is one."""
    issues, parties = ask.issue_order.shape[0], weight.shape[0]
    ahead, reached = np.empty((parties + 1, issues + 1)), np.zeros((parties, issues + 1))
    spare, option = np.zeros(parties), np.full(issues, -1, np.int64)
    for link in range(ask.bonus.shape[0]):
        spare[ask.link_owner[link]] += max(0.0, ask.bonus[link])
    bound_ahead(ask, weight, ahead)
    depth = 0
    while depth >= 0:
        if depth == issues:
            if answers(ask, x):
                return True
            depth -= 1
            continue
        i = ask.issue_order[depth]
        option[depth] += 1
        if option[depth] >= ask.options[i]:
            option[depth] = -1
            depth -= 1
            continue
        if (ask.allowed[i] >> option[depth]) & 1 == 0:
            continue
        x[i] = option[depth]
        for p in range(parties):
            reached[p, depth + 1] = reached[p, depth] + ask.value[p, i, option[depth]]
        if not is_out_of_reach(ask, weight, spare, ahead, reached, depth + 1) and not is_barred(ask, depth + 1, x):
            depth += 1
    return False


@inlined
def packages(ask: Question) -> float:
    """How many packages the allowed options make."""
    total = 1.0
    for i in range(ask.options.shape[0]):
        allowed = 0
        for o in range(ask.options[i]):
            allowed += (ask.allowed[i] >> o) & 1
        total *= allowed
    return total


@compiled
def find_package(ask: Question, x: Ints) -> bool:
    """Whether there is a package that answers the question; it is written to x."""
    for i in range(x.shape[0]):
        if ask.allowed[i] == 0:
            return False
    weight = np.zeros(ask.needed.shape[0])
    verdict = 0 if packages(ask) <= FEW else settle_cheaply(ask, weight, x)
    if verdict == 0:
        return search(ask, weight, x)
    return verdict > 0
