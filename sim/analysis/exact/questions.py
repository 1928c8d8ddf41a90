"""The questions whose answers make up a zone: one for each coalition and each moment at which it could agree.

In a drawn world the zone is looked for in every round of the path that depends on no talks. Where levers wait for what the
talks bring, or a mediator may lose patience, it is looked for on the other paths too. `sim.analysis.feasibility.zone` does
the same for the reasons of runs. In the stated world only round 0 counts. A question that another one contains is dropped.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.feasibility.constraints import bar_groups, bar_lines, is_there, leave
from sim.analysis.feasibility.question import Question, answers
from sim.analysis.feasibility.trajectory import (
    Board,
    Path,
    begin_first_phase,
    begin_quietly,
    last_round,
    next_round,
    note_current,
)
from sim.analysis.feasibility.zone import opens
from sim.game import NO_LIMIT, Flags, Floats, Game, Ints, Masks, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.packages import copy
from sim.rules.rounds.clock import advance
from sim.rules.state import State

PATHS = 4  # with levers pulled or not, with the mediator gone or not


class Questions(NamedTuple):
    """Room for Q questions. J patterns that may not match; otherwise as in `sim.game`."""

    coalition: Ints  # [Q]
    round: Ints  # [Q]
    needed: Flags  # [Q, P]
    threshold: Floats  # [Q, P]
    allowed: Masks  # [Q, I]
    barred: Masks  # [Q, J, I]
    in_force: Ints  # [Q]
    current: Ints  # [Q, I]
    asked: Flags  # [Q] the question has been taken together with an earlier one
    bars: Floats  # [Q, P] thresholds of the questions that are taken together
    lowest: Floats  # [P] the lowest of them


def blank_questions(game: Game, board: Board) -> Questions:
    """Room for all questions of one world: about the whole deal on every path, or about one phase in one round."""
    coalitions = np.bincount(board.phase)
    most = max(PATHS * (1 + board.pauses) * game.total_rounds() * int(coalitions[-1]), int(coalitions.max()))
    issues, parties, patterns = len(game.names.issues), len(game.names.parties), len(game.rules.joint) + 1
    return Questions(
        np.zeros(most, np.int64), np.zeros(most, np.int64), np.zeros((most, parties), bool), np.zeros((most, parties)),
        np.zeros((most, issues), np.uint64), np.zeros((most, patterns, issues), np.uint64), np.zeros(most, np.int64),
        np.zeros((most, issues), np.int64), np.zeros(most, bool), np.zeros((most, parties)), np.zeros(parties),
    )  # fmt: skip


@compiled
def question_at(g: Rulebook, w: World, s: State, q: Questions, k: int) -> Question:
    """Question k in a world, with the lowest thresholds of those taken together with it."""
    lines, first = g.line_owner.shape[0], g.masks.shape[0] - g.group_needed.shape[0]
    return Question(
        s.worth, w.bonus, g.link_owner, g.masks[lines:first], q.lowest, q.needed[k], q.allowed[k], g.options,
        g.issue_order, q.barred[k], q.in_force[k], q.current[k],
    )  # fmt: skip


@compiled
def is_in_zone(g: Rulebook, w: World, s: State, q: Questions, posed: int, free: Flags, x: Ints) -> bool:
    """Whether package x answers any of the questions; its issues on no agenda become what holds then."""
    for j in range(posed):
        for i in range(x.shape[0]):
            if not free[i]:
                x[i] = only_option(q.allowed[j, i])
        q.lowest[:] = q.threshold[j]
        if answers(question_at(g, w, s, q, j), x):
            return True
    return False


@inlined
def only_option(allowed: np.uint64) -> int:
    """The option of a mask that leaves one, or 0 where it leaves none."""
    option = 0
    while allowed > np.uint64(1):
        allowed >>= np.uint64(1)
        option += 1
    return option


@compiled
def take_together(q: Questions, k: int, count: int) -> int:
    """Take question k together with the later ones that differ in nothing but thresholds; write `bars`, say how many."""
    together = 0
    q.lowest[:] = np.inf
    for other in range(k, count):
        if not q.asked[other] and is_alike(q, k, other):
            q.asked[other] = True
            for p in range(q.lowest.shape[0]):
                q.bars[together, p] = q.threshold[other, p]
                q.lowest[p] = min(q.lowest[p], q.threshold[other, p])
            together += 1
    return together


@compiled
def is_alike(q: Questions, k: int, other: int) -> bool:
    """Whether two questions differ in thresholds alone."""
    if q.coalition[k] != q.coalition[other] or q.in_force[k] != q.in_force[other]:
        return False
    for i in range(q.allowed.shape[1]):
        if q.allowed[k, i] != q.allowed[other, i] or q.current[k, i] != q.current[other, i]:
            return False
        for j in range(q.in_force[k]):
            if q.barred[k, j, i] != q.barred[other, j, i]:
                return False
    return True


@compiled
def includes(q: Questions, wide: int, narrow: int) -> bool:
    """Whether all answers of one question are sure to be answers of another."""
    for p in range(q.needed.shape[1]):
        if q.needed[wide, p] and not (q.needed[narrow, p] and q.threshold[wide, p] <= q.threshold[narrow, p]):
            return False
    for i in range(q.allowed.shape[1]):
        if q.current[wide, i] != q.current[narrow, i] or q.allowed[narrow, i] & ~q.allowed[wide, i] != 0:
            return False
    for j in range(q.in_force[wide]):
        if not bars_too(q, narrow, q.barred[wide, j]):
            return False
    return True


@compiled
def bars_too(q: Questions, k: int, mask: Masks) -> bool:
    """Whether question k bars every package that a pattern [I] matches."""
    for j in range(q.in_force[k]):
        covers = True
        for i in range(mask.shape[0]):
            covers = covers and mask[i] & ~q.barred[k, j, i] == 0
        if covers:
            return True
    return False


@inlined
def move(q: Questions, source: int, target: int) -> None:
    """Copy a question to another place."""
    q.coalition[target], q.round[target] = q.coalition[source], q.round[source]
    q.in_force[target] = q.in_force[source]
    copy(q.needed[source], q.needed[target])
    copy(q.threshold[source], q.threshold[target])
    copy(q.allowed[source], q.allowed[target])
    copy(q.current[source], q.current[target])
    for j in range(q.in_force[source]):
        copy(q.barred[source, j], q.barred[target, j])


@compiled
def keep_widest(q: Questions, count: int) -> int:
    """Of questions 0 to `count`, the last of which is new, keep those that no other includes; how many are left."""
    for k in range(count):
        if includes(q, k, count):
            return count
    kept = 0
    for k in range(count + 1):
        if k == count or not includes(q, count, k):
            if kept != k:
                move(q, k, kept)
            kept += 1
    return kept


@compiled
def pose(
    g: Rulebook, s: State, b: Board, phase: int, free: Flags, threshold: Floats, with_lines: bool, count: int,
    q: Questions,
) -> int:  # fmt: skip
    """Add the questions of this round: one for each coalition at the table that could settle the issues of a phase."""
    note_current(g, s)
    for c in range(b.phase.shape[0]):
        if b.phase[c] != phase or not is_there(b, c, s.present):
            continue
        q.coalition[count], q.round[count] = c, s.round[0]
        copy(b.parties[c], q.needed[count])
        copy(threshold, q.threshold[count])
        copy(s.current, q.current[count])
        leave(g, s, free, q.allowed[count])
        lines = 0
        if with_lines:
            lines = bar_lines(g, s, b, c, s.binding, q.allowed[count], q.barred[count], 0)
        q.in_force[count] = bar_groups(g, s, b, c, q.allowed[count], q.barred[count], lines)
        count = keep_widest(q, count)
    return count


@compiled
def pose_at_start(g: Rulebook, w: World, s: State, b: Board, first_phase: bool, with_lines: bool, q: Questions) -> int:
    """The questions of round 0 about the whole deal, or about the first phase; how many there are."""
    if first_phase:
        begin_first_phase(g, w, s, b)
        return pose(g, s, b, b.first, g.agenda[b.first], s.fallback, with_lines, 0, q)
    begin_quietly(g, w, s, b, False, False)
    advance(g, w, s)
    return pose(g, s, b, g.protocol.shape[0], b.free, s.no_deal, with_lines, 0, q)


@compiled
def pose_on_paths(g: Rulebook, w: World, s: State, b: Board, path: Path, q: Questions) -> int:
    """The questions of every round on every path, where the first phase can settle on something at all."""
    may_leave, count = False, 0
    for p in range(g.party_order.shape[0]):
        may_leave = may_leave or (g.goes_on and w.patience[p] < NO_LIMIT)
    for levers_pulled in (False, True):
        for mediator_gone in (False, True):
            if (levers_pulled and not b.replies) or (mediator_gone and not may_leave):
                continue
            if not opens(g, w, s, b, path, levers_pulled, mediator_gone):
                continue
            for paused in range(-1, b.pauses):
                if paused < 0 or path.opens[paused]:
                    begin_quietly(g, w, s, b, levers_pulled, mediator_gone)
                    for _ in range(last_round(g, w, b)):
                        advance(g, w, s)
                        count = pose(g, s, b, g.protocol.shape[0], b.free, s.no_deal, True, count, q)
                        next_round(g, s, b, paused)
    return count
