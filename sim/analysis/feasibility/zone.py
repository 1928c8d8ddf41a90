"""Whether a run had a zone of possible agreement, exactly.

The zone is looked for on the path that depends on no talks: only scheduled levers, events and departures, and no
ceasefire. Where levers wait for what the talks bring, or a mediator may lose patience, the path is walked again with those
levers pulled from the start, with the mediator gone from the start, and with both. The answer is then only indicative.
"""

from sim.analysis.feasibility.constraints import bar_groups, bar_lines, is_there, keep_to_givers, leave
from sim.analysis.feasibility.question import Question, find_package
from sim.analysis.feasibility.trajectory import (
    Board,
    Path,
    begin_first_phase,
    begin_quietly,
    is_as_before,
    last_round,
    next_round,
    note_current,
    set_out,
    suits,
    walk,
)
from sim.game import NO_LIMIT, Flags, Floats, Rulebook, World
from sim.rules.compiled import compiled
from sim.rules.packages import copy
from sim.rules.rounds.clock import advance, note_lines
from sim.rules.rounds.no_deal import set_fallbacks
from sim.rules.rounds.step_actions import look_ahead, reset
from sim.rules.state import State

ANYBODY = -1
"""As author: whoever it takes."""


@compiled
def exists(
    g: Rulebook, w: World, s: State, b: Board, phase: int, free: Flags, threshold: Floats, binding: Flags,
    present: Flags, path: Path, author: int,
) -> int:  # fmt: skip
    """A coalition for `phase` that could agree on some package, which is written to the path's x; -1 if none.

    Only the lines and no-deal values of its own members stand in a coalition's way. With an `author` only packages count
    that it may put on the table.
    """
    first = g.masks.shape[0] - g.group_needed.shape[0]
    lines = g.line_owner.shape[0]
    for c in range(b.phase.shape[0]):
        if b.phase[c] != phase or not is_there(b, c, present):
            continue
        leave(g, s, free, path.allowed)
        if author != ANYBODY:
            keep_to_givers(g, s, author, path.allowed)
        count = bar_lines(g, s, b, c, binding, path.allowed, path.barred, 0)
        count = bar_groups(g, s, b, c, path.allowed, path.barred, count)
        ask = Question(
            s.worth, w.bonus, g.link_owner, g.masks[lines:first], threshold, b.parties[c], path.allowed, g.options,
            g.issue_order, path.barred, count, s.current,
        )  # fmt: skip
        if find_package(ask, path.x):
            return c
    return -1


@compiled
def opens(g: Rulebook, w: World, s: State, b: Board, path: Path, levers_pulled: bool, mediator_gone: bool) -> bool:
    """Whether the first of several phases can settle on anything that all whom it needs prefer to the present state.

    Where it may settle on a truce, the path notes the rounds in which it can settle at all.
    """
    if b.last == 0:
        return True
    reset(g, w, s)
    look_ahead(g, w, s)  # as it is at the start, whatever the talks bring
    set_out(g, w, s, levers_pulled, mediator_gone)
    s.phase[0] = b.first
    note_lines(g, s)
    found = False
    for t in range(min(g.rounds[b.first], last_round(g, w, b))):
        advance(g, w, s)
        set_fallbacks(g, w, s)
        note_current(g, s)
        copy(s.fallback, path.no_deal[t])
        copy(s.binding, path.binding[t])
        copy(s.present, path.present[t])
        if t == 0 or not b.steady or not is_as_before(g, path, t):
            c = exists(g, w, s, b, b.first, g.agenda[b.first], s.fallback, s.binding, s.present, path, ANYBODY)
            path.opens[t] = c >= 0
        else:
            path.opens[t] = path.opens[t - 1]
        found = found or path.opens[t]
        if found and b.pauses == 0:
            return True
        next_round(g, s, b, -1)
    return found


@compiled
def has_zone_on(
    g: Rulebook, w: World, s: State, b: Board, path: Path, levers_pulled: bool, mediator_gone: bool, paused: int
) -> bool:
    """Whether some package in some round breaks no binding line and is worth the no-deal value of all whom it needs."""
    whole = g.protocol.shape[0]
    if walk(g, w, s, b, path, levers_pulled, mediator_gone, paused):
        return True
    if b.steady:
        note_current(g, s)
        if paused >= 0:
            s.current[:] = -1  # what holds changes on the way
        c = exists(g, w, s, b, whole, b.free, path.lowest, path.always, path.ever, path, ANYBODY)
        if c < 0:
            return False
        for t in range(last_round(g, w, b) if paused < 0 else 0):
            if suits(g, w, s, b, path, t, c, path.x):
                copy(path.x, path.witness)
                path.holder[0] = c
                return True
    begin_quietly(g, w, s, b, levers_pulled, mediator_gone)
    for _ in range(last_round(g, w, b)):
        advance(g, w, s)
        note_current(g, s)
        if exists(g, w, s, b, whole, b.free, s.no_deal, s.binding, s.present, path, ANYBODY) >= 0:
            return True
        next_round(g, s, b, paused)
    return False


@compiled
def has_zone(g: Rulebook, w: World, s: State, b: Board, path: Path) -> bool:
    """Whether there is a zone on the path without talks, or on one that the talks may lead to.

    Where talks begin with a phase of their own, that must be able to settle on something too; where it may settle on a
    truce, the paths count on which it does so in each round in which it can.
    """
    may_leave = False
    for p in range(g.party_order.shape[0]):
        may_leave = may_leave or (g.goes_on and w.patience[p] < NO_LIMIT)
    for levers_pulled in (False, True):
        for mediator_gone in (False, True):
            if (b.replies or not levers_pulled) and (may_leave or not mediator_gone):
                if not opens(g, w, s, b, path, levers_pulled, mediator_gone):
                    continue
                for paused in range(-1, b.pauses):
                    if paused < 0 or path.opens[paused]:
                        if has_zone_on(g, w, s, b, path, levers_pulled, mediator_gone, paused):
                            return True
    return False


@compiled
def has_zone_at_start(g: Rulebook, w: World, s: State, b: Board, path: Path, first_phase: bool) -> bool:
    """Whether there is a zone in round 0: of the first phase by itself, or of the whole deal."""
    if first_phase:
        begin_first_phase(g, w, s, b)
        note_current(g, s)
        return exists(g, w, s, b, b.first, g.agenda[b.first], s.fallback, s.binding, s.present, path, ANYBODY) >= 0
    begin_quietly(g, w, s, b, False, False)
    advance(g, w, s)
    note_current(g, s)
    return exists(g, w, s, b, g.protocol.shape[0], b.free, s.no_deal, s.binding, s.present, path, ANYBODY) >= 0
