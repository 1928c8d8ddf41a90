"""The path that a run takes whatever is said at the table, and the board of what is the same in all runs of a game.

On it only scheduled levers, events and departures move anything, and there is no ceasefire. It can be walked with levers
that wait for the talks pulled from the start, and with mediators who may lose patience gone from the start.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.feasibility.coalitions import winning_coalitions
from sim.game import (
    AFTER_REFUSALS,
    NEVER,
    NO_LIMIT,
    PUT_TO,
    WHEN_EXPOSED,
    Flags,
    Floats,
    Game,
    Ints,
    Masks,
    Rulebook,
    World,
    frozen,
)
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.packages import are_equal, copy, matches, package_worth
from sim.rules.rounds.clock import advance, can_pull, note_ceasefire, note_lines, pull, walk_out
from sim.rules.rounds.no_deal import set_fallbacks
from sim.rules.rounds.step_actions import look_ahead, reset
from sim.rules.state import State


class Board(NamedTuple):
    """What every run of a game is judged by. C coalitions, each for a phase or (phase H) for the whole deal."""

    phase: Ints  # [C]
    parties: Flags  # [C, P]
    barred: Flags  # [C, G]
    indispensable: Flags  # [P] parties in every coalition for the whole deal
    first: int  # phase with which talks begin
    last: int  # phase whose consent rules the whole deal needs
    free: Flags  # [I] issues on any agenda
    rounds: int  # rounds that the path has at most
    truce: Ints  # [T, I] option by which the opening phase may stop the war in each of its rounds, -1
    pauses: int  # rounds of an opening phase that may do so, 0 where none may
    steady: bool  # no lever changes what holds while nothing is agreed, and it is the same in every run
    replies: bool  # some lever waits for what the talks bring


class Path(NamedTuple):
    """The path without talks, and room for questions about it. T rounds."""

    no_deal: Floats  # [T, P]
    binding: Flags  # [T, R]
    present: Flags  # [T, P]
    lowest: Floats  # [P] no-deal values over the path
    always: Flags  # [R] lines that bind in every round
    ever: Flags  # [P] parties present in some round
    allowed: Masks  # [I]
    barred: Masks  # [J, I]
    opens: Flags  # [T] the opening phase can settle in that round
    x: Ints  # [I]
    witness: Ints  # [I] package on which an earlier run had a zone
    holder: Ints  # [1] coalition that could agree on it, -1 before there was any


def _truce(rules: Rulebook, t: int) -> Ints:
    """The option [I] by which the first phase may stop the war in round t, of those on its table then; -1 elsewhere."""
    first = len(rules.masks) - len(rules.group_needed)
    found = np.full(len(rules.options), -1, np.int64)
    shut = rules.phase_groups[0] & (t < rules.group_until) & (rules.group_needed > rules.group_members.sum(axis=1))
    for i in np.flatnonzero(rules.stops_war & rules.agenda[0]).tolist():
        closed = [int(rules.masks[first + k, i]) for k in np.flatnonzero(shut) if rules.single[first + k] == i]
        stops = [o for o in range(rules.options[i]) if int(rules.ceasefire[i]) >> o & 1]
        found[i] = next((o for o in stops if not any(mask >> o & 1 for mask in closed)), -1)
    return found


def may_change_what_holds(rules: Rulebook) -> bool:
    """Whether some lever that is used changes what holds while nothing is agreed."""
    return bool((rules.lever_sets[rules.lever_trigger != NEVER] >= 0).any())


def holds_by_run(game: Game) -> bool:
    """Whether what holds at the start may differ from run to run, as earlier talks may have left it."""
    if game.earlier is None:
        return False
    then = game.earlier.game
    return may_change_what_holds(then.rules) or len(then.rules.protocol) > 1 or holds_by_run(then)


def board(game: Game) -> Board:
    """The board of a game."""
    rules, phases = game.rules, len(game.rules.protocol)
    last = max(h for h in range(phases) if rules.protocol[h] != PUT_TO)
    parts = [(h, winning_coalitions(game, h, votes=False)) for h in range(phases)]
    whole = winning_coalitions(game, last, votes=True)
    parts.append((phases, whole))
    phase = np.concatenate([np.full(len(part.parties), h, np.int64) for h, part in parts])
    truce = np.array([_truce(rules, t) for t in range(int(rules.rounds[0]))])
    may_pause = last > 0 and not rules.provisional[0] and bool(rules.pauses[0])
    in_reply = np.isin(rules.lever_trigger, (AFTER_REFUSALS, WHEN_EXPOSED))
    return Board(
        phase=frozen(phase),
        parties=frozen(np.concatenate([part.parties for _, part in parts])),
        barred=frozen(np.concatenate([part.barred for _, part in parts])),
        indispensable=frozen(np.asarray(whole.parties.all(axis=0))),
        first=0,
        last=last,
        free=frozen(np.asarray(rules.agenda.any(axis=0))),
        rounds=game.total_rounds(),
        truce=frozen(truce),
        pauses=int(rules.rounds[0]) if may_pause else 0,
        steady=not may_change_what_holds(rules) and not holds_by_run(game),
        replies=bool(in_reply.any()),
    )


def blank_path(game: Game) -> Path:
    """Room for the path of one run."""
    rounds, parties = game.total_rounds(), len(game.names.parties)
    lines, issues = len(game.names.lines), len(game.names.issues)
    return Path(
        np.zeros((rounds, parties)), np.zeros((rounds, lines), bool), np.zeros((rounds, parties), bool),
        np.zeros(parties), np.zeros(lines, bool), np.zeros(parties, bool), np.zeros(issues, np.uint64),
        np.zeros((len(game.rules.joint) + 1, issues), np.uint64), np.zeros(rounds, bool), np.zeros(issues, np.int64),
        np.zeros(issues, np.int64), np.full(1, -1, np.int64),
    )  # fmt: skip


@compiled
def note_current(g: Rulebook, s: State) -> None:
    """What holds now is no deal; a game without status quo has no such package."""
    for i in range(g.options.shape[0]):
        s.current[i] = s.package[i] if g.status_quo[i] >= 0 else -1


@compiled
def set_out(g: Rulebook, w: World, s: State, levers_pulled: bool, mediator_gone: bool) -> None:
    """Before round 0: where it is asked, pull levers that wait for the talks, and let those go who have patience to lose."""
    reset(g, w, s)
    for p in range(g.party_order.shape[0]):
        if mediator_gone and w.patience[p] < NO_LIMIT:
            walk_out(g, s, p)
    for lever in range(g.lever_by.shape[0]):
        waits = g.lever_trigger[lever] == AFTER_REFUSALS or g.lever_trigger[lever] == WHEN_EXPOSED
        if levers_pulled and waits and can_pull(g, s, lever):
            pull(g, w, s, lever)


@inlined
def last_round(g: Rulebook, w: World, b: Board) -> int:
    """Rounds of the path in this world: an announced departure may end the talks."""
    return int(min(float(b.rounds), w.leave_round)) if g.leaver >= 0 and not g.goes_on else b.rounds


@inlined
def next_round(g: Rulebook, s: State, b: Board, paused: int) -> None:
    """Nothing is said in a round of the path; in round `paused` the opening phase settles on a truce."""
    if s.round[0] == paused:
        for i in range(g.options.shape[0]):
            if b.truce[paused, i] >= 0:
                s.package[i], s.settled[i] = b.truce[paused, i], True
                s.lapses_at[i] = s.round[0] + g.lasts[0, i] if g.lasts[0, i] > 0 else -1
        note_ceasefire(g, s)
    s.fighting[0] += not s.ceasefire[0]
    s.round[0] += 1


@compiled
def begin_quietly(g: Rulebook, w: World, s: State, b: Board, levers_pulled: bool, mediator_gone: bool) -> None:
    """Round 0 of the path without talks: every line applies that names only what can be agreed or is settled."""
    set_out(g, w, s, levers_pulled, mediator_gone)
    s.phase[0] = b.last
    for r in range(g.line_owner.shape[0]):
        s.applies[r] = True
        for i in range(g.options.shape[0]):
            if g.names[r, i] and not (b.free[i] or s.settled[i]):
                s.applies[r] = False


@compiled
def begin_first_phase(g: Rulebook, w: World, s: State, b: Board) -> None:
    """Round 0 of the first phase by itself: its lines, and what parties fall back on in it."""
    set_out(g, w, s, False, False)
    look_ahead(g, w, s)
    s.phase[0] = b.first
    note_lines(g, s)
    advance(g, w, s)
    set_fallbacks(g, w, s)


@compiled
def suits(g: Rulebook, w: World, s: State, b: Board, path: Path, t: int, c: int, x: Ints) -> bool:
    """Whether coalition c could agree on x in round t of the path; what never is on the table x is not."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for group in g.lifting:
        if b.barred[c, group] and t < g.group_until[group] and matches(g.masks[first + group], x):
            return False
    for r in range(g.line_owner.shape[0]):
        if path.binding[t, r] and b.parties[c, g.line_owner[r]] and matches(g.masks[r], x):
            return False
    for p in range(path.lowest.shape[0]):
        if b.parties[c, p]:
            if not path.present[t, p] or not reaches(package_worth(g, w, s, p, x), path.no_deal[t, p]):
                return False
    return True


@compiled
def walk(
    g: Rulebook, w: World, s: State, b: Board, path: Path, levers_pulled: bool, mediator_gone: bool, paused: int
) -> bool:
    """Follow the path without talks; its lowest no-deal values and the lines that always bind bound every round.

    On it an opening phase settles on a truce in round `paused`, or never (-1). True, and no further, once the witness of an
    earlier run suits those whom it needs in this one too: most runs have a zone, and one package is enough. What holds, a
    truce perhaps, is no deal. Where levers change what holds there is no witness.
    """
    begin_quietly(g, w, s, b, levers_pulled, mediator_gone)
    path.always[:] = True
    path.ever[:] = False
    path.lowest[:] = NO_LIMIT
    for t in range(last_round(g, w, b)):
        advance(g, w, s)
        copy(s.no_deal, path.no_deal[t])
        copy(s.binding, path.binding[t])
        copy(s.present, path.present[t])
        for p in range(s.present.shape[0]):
            path.lowest[p] = min(path.lowest[p], s.no_deal[p])
            path.ever[p] = path.ever[p] or s.present[p]
        for r in range(path.always.shape[0]):
            path.always[r] = path.always[r] and s.binding[r]
        note_current(g, s)
        known = path.holder[0] >= 0 and not are_equal(path.witness, s.current)
        if known and suits(g, w, s, b, path, t, path.holder[0], path.witness):
            return True
        next_round(g, s, b, paused)
    return False


@inlined
def is_as_before(g: Rulebook, path: Path, t: int) -> bool:
    """Whether thresholds, lines, parties and the table of round t are as in the round before, so that its answer holds."""
    for group in g.lifting:
        if g.group_until[group] == t:
            return False
    for p in range(path.ever.shape[0]):
        if path.no_deal[t, p] != path.no_deal[t - 1, p] or path.present[t, p] != path.present[t - 1, p]:
            return False
    for r in range(path.always.shape[0]):
        if path.binding[t, r] != path.binding[t - 1, r]:
            return False
    return True
