"""Why a run failed: the first reason that fits."""

import numpy as np

from sim.analysis.feasibility.trajectory import Board, Path, blank_path, board, note_current
from sim.analysis.feasibility.zone import ANYBODY, exists, has_zone
from sim.game import (
    AFTER_REFUSALS,
    NO_LIMIT,
    WHEN_EXPOSED,
    Flags,
    Game,
    Ints,
    Rulebook,
    World,
    Worlds,
)
from sim.records import End, Outcomes, Why
from sim.rules.compiled import compiled, inlined
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import copy
from sim.rules.rounds.clock import mask_groups
from sim.rules.state import State, fresh

AGREED, NO_ZONE, BAD_FAITH = int(Why.AGREED), int(Why.NO_ZONE), int(Why.BAD_FAITH)
NOT_CONCEDED, MISSED, FAILED_AT_HOME = int(Why.NOT_CONCEDED), int(Why.MISSED), int(Why.FAILED_AT_HOME)
AGREEMENT, RATIFICATION_FAILED, REFUSED = int(End.AGREEMENT), int(End.RATIFICATION_FAILED), int(End.REFUSED)
DEADLINE, INTERIM_ONLY = int(End.DEADLINE), int(End.INTERIM_ONLY)


@inlined
def last_played(out: Outcomes, k: int) -> int:
    """The last round of run k; where time is up, that it ended with is the one after it."""
    return out.round[k] - 1 if out.end[k] == DEADLINE or out.end[k] == INTERIM_ONLY else out.round[k]


@compiled
def was_missed(g: Rulebook, w: World, s: State, b: Board, out: Outcomes, k: int, path: Path) -> bool:
    """Whether some package met everybody's aspiration when run k ended, and nobody tabled it though somebody could.

    What parties put forward themselves is judged by what they then ask of it, when the run ends.
    """
    if out.overlooked[k]:
        return True
    s.phase[0], s.today[0] = out.phase[k], last_played(out, k)
    copy(out.status_quo[k], s.status_quo)
    copy(out.package[k], s.package)
    copy(out.present[k], s.present)
    copy(out.text[k], s.text)
    s.has_text[0] = out.text[k, 0] >= 0
    mask_groups(g, s)
    note_current(g, s)
    h = out.phase[k]
    for author in range(s.present.shape[0] if g.guards else 1):
        if not g.guards or (s.present[author] and (g.speaks[h, author] or g.mediator[h] == author)):
            holder = author if g.guards else ANYBODY
            if exists(g, w, s, b, h, g.agenda[h], out.aspiration[k], out.binding[k], s.present, path, holder) >= 0:
                return True
    return False


@inlined
def in_bad_faith(w: World, b: Board, out: Outcomes, k: int) -> bool:
    """Whether a party that no deal can do without never meant to agree, or one withheld its consent."""
    for p in range(b.indispensable.shape[0]):
        if not w.good_faith[p] and (b.indispensable[p] or out.withheld[k, p] > 0):
            return True
    return False


@compiled
def judge_runs(
    rules: Rulebook, worlds: Worlds, state: State, out: Outcomes, b: Board, path: Path, zone: Flags, why: Ints
) -> None:
    """Write for each run whether it had a zone [n], and why it failed [n]."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(out.end.shape[0]):
        w = world_handle(world_at(worlds, k))
        zone[k] = has_zone(g, w, s, b, path)
        if out.end[k] == AGREEMENT:
            why[k] = AGREED
        elif out.end[k] == RATIFICATION_FAILED:
            why[k] = FAILED_AT_HOME
        elif not zone[k]:
            why[k] = NO_ZONE
        elif in_bad_faith(w, b, out, k):
            why[k] = BAD_FAITH
        elif out.end[k] != REFUSED and was_missed(g, w, s, b, out, k, path):
            why[k] = MISSED
        else:
            why[k] = NOT_CONCEDED


def reasons(game: Game, worlds: Worlds, out: Outcomes) -> tuple[Flags, Ints]:
    """For each of n runs whether it had a zone [n], and why it failed [n] (`Why`)."""
    n = len(out.end)
    zone, why = np.zeros(n, bool), np.zeros(n, np.int64)
    judge_runs(game.rules, worlds, fresh(game.rules), out, board(game), blank_path(game), zone, why)
    return zone, why


def is_indicative(game: Game) -> bool:
    """Whether levers, departures or a truce depend on the talks, so that the path without talks is not the one walked."""
    waiting = np.isin(game.rules.lever_trigger, (AFTER_REFUSALS, WHEN_EXPOSED))
    truce = (game.rules.pauses & ~game.rules.provisional)[:-1]  # after one, momentum and cost go another way
    return bool(waiting.any() or truce.any() or (game.numbers.patience < NO_LIMIT).any())
