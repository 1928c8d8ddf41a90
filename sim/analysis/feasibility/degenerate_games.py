"""Whether a game makes sense: somebody else must always be asked, and every party must have something to agree to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.analysis.feasibility.question import Question, find_package
from sim.analysis.feasibility.trajectory import blank_path, board
from sim.analysis.feasibility.zone import has_zone_at_start
from sim.draws import STATED
from sim.earlier import worlds_of
from sim.game import FOR_GOOD, PUT_TO, Flags, Game, Ints, frozen
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.rounds.step_actions import reset
from sim.rules.state import fresh

FIRM = 0.5  # firmness from which a line binds in the stated world


@dataclass(frozen=True)
class LoneConsent:
    """A package that its author could agree with itself alone."""

    phase: int
    author: int
    package: Ints  # [I]


def package_avoiding(game: Game, patterns: Iterable[int], free: Flags) -> Ints | None:
    """A package [I] that differs from what holds at the start and matches none of the patterns; None if there is none.

    `free` [I]: issues that may change.
    """
    rules, world = game.rules, worlds_of(game, STATED).at(0)
    lines, first = len(rules.line_owner), len(rules.masks) - len(rules.group_needed)
    allowed = np.array([(1 << int(n)) - 1 for n in rules.options], np.uint64)
    allowed = np.where(free, allowed, np.uint64(1) << rules.start.astype(np.uint64))
    chosen = list(patterns)
    barred = np.array([rules.masks[k] for k in chosen] or [np.zeros(len(allowed))], np.uint64)
    parties = len(game.names.parties)
    ask = Question(
        world.value, world.bonus, rules.link_owner, rules.masks[lines:first], np.zeros(parties),
        frozen(np.zeros(parties, bool)), allowed, rules.options, rules.issue_order, barred, len(chosen),
        np.where(rules.status_quo >= 0, rules.start, -1),
    )  # fmt: skip
    x = np.zeros(len(allowed), np.int64)
    return x if find_package(ask, x) else None


def lone_consent(game: Game) -> LoneConsent | None:
    """A package that needs nobody's consent but its author's, in some phase; None where there is none."""
    rules = game.rules
    first = len(rules.masks) - len(rules.group_needed)
    for h in range(len(rules.protocol)):
        if rules.protocol[h] == PUT_TO:
            continue
        for author in range(len(game.names.parties)):
            alone = rules.group_members[:, author].astype(int)
            unmet = rules.phase_groups[h] & (rules.group_until == FOR_GOOD) & (rules.group_needed > alone)
            if (unmet & ~rules.touches[first:]).any():
                continue
            x = package_avoiding(game, first + np.flatnonzero(unmet), rules.agenda[h])
            if x is not None:
                return LoneConsent(h, author, x)
    return None


def boxed_in(game: Game) -> list[int]:
    """Parties whose own firm red lines rule out every package."""
    rules = game.rules
    free = np.asarray(rules.agenda.any(axis=0))
    firm = game.numbers.firmness >= FIRM
    return [
        p
        for p in range(len(game.names.parties))
        if package_avoiding(game, np.flatnonzero((rules.line_owner == p) & firm), free) is None
    ]


def without_zone(game: Game) -> list[int | None]:
    """What of the stated world has no zone of agreement at the outset: the first of several phases, the whole deal (None).

    The zones of `sim.analysis.exact`; whether there is one is quick to say, and compiled for the reasons of runs anyway.
    """
    at, path, world = board(game), blank_path(game), worlds_of(game, STATED).at(0)
    state = fresh(game.rules)
    g, w, s = rulebook_handle(game.rules), world_handle(world), state_handle(state)
    stages: list[int | None] = [0, None] if at.last > 0 else [None]
    return [stage for stage in stages if not has_zone_at_start(g, w, s, at, path, stage is not None)]


def misplaced_futures(game: Game, favoured: int) -> list[tuple[int, int, int]]:
    """Party, and two futures of which fortunes lead it the wrong way: from the one that it likes better to the other.

    At the medians the party that momentum favours should like a future the better the more it leans its way, and the other
    belligerents the less.
    """
    world, state = worlds_of(game, STATED).at(0), fresh(game.rules)
    reset(rulebook_handle(game.rules), world_handle(world), state_handle(state))
    order = np.argsort(world.leans, kind="stable").tolist()
    found = []
    for p in np.flatnonzero(game.rules.belligerent).tolist():
        sign = 1.0 if p == favoured else -1.0
        for low, high in pairwise(order):
            apart = world.leans[high] > world.leans[low]
            if apart and sign * (state.prospects[p, high] - state.prospects[p, low]) < 0.0:
                found.append((p, low, high))
    return found


def repeated_lines(game: Game) -> list[tuple[int, int]]:
    """Ratification clauses (clause, line) within a red line of the same party, which refuses already what they may stop."""
    rules = game.rules
    found = []
    for c, clause in enumerate(rules.ratifying):
        for r in range(len(rules.line_owner)):
            if rules.line_owner[r] == rules.ratifier[c] and ((clause & ~rules.masks[r]) == 0).all():
                found.append((c, r))
    return found
