"""Threats that still hang over talks which go on: where a later scenario has the same one, what was drawn of it holds."""

import numpy as np

from sim.draws import dates
from sim.earlier.same_ids import SameIds
from sim.game import AT_ROUND, NO_LIMIT, Floats, Game, Rulebook, Worlds


def pending_levers(game: Game, worlds: Worlds, then: Worlds, ids: SameIds) -> tuple[Floats, Floats]:
    """Rounds [n, V] in which levers are pulled by schedule, and in which threats of them are over."""
    pulled, over = worlds.lever_round.copy(), worlds.lever_lapse.copy()
    assert game.earlier is not None
    for v, old in enumerate(ids.levers.tolist()):
        if old >= 0 and _is_same_lever(game, v, old):
            pulled[:, v], over[:, v] = _left(then.lever_round[:, old], then.lever_lapse[:, old], game.earlier.rounds)
    return pulled, over


def pending_departure(game: Game, worlds: Worlds, then: Worlds) -> tuple[Floats, Floats]:
    """Round [n] in which the mediator leaves as announced, and in which the threat of it is over."""
    assert game.earlier is not None
    now, old, rounds = game.rules, game.earlier.game.rules, game.earlier.rounds
    if min(now.deadline, old.deadline) < 0 or now.leave_staked != old.leave_staked:
        return worlds.leave_round, worlds.leave_lapse
    due = dates(old.deadline, old.leave_slips) if old.leave_staked else [old.deadline]
    same = game.names.parties[now.leaver] == game.earlier.game.names.parties[old.leaver]
    if not same or now.deadline + rounds not in due:
        return worlds.leave_round, worlds.leave_lapse
    return _left(then.leave_round, then.leave_lapse, rounds)


def _left(round_: Floats, over: Floats, rounds: int) -> tuple[Floats, Floats]:
    """The same dates once so many rounds are over: what was due before comes no more."""
    ahead = (round_ >= rounds) & (round_ < NO_LIMIT)
    return np.where(ahead, round_ - rounds, NO_LIMIT), over - rounds


def _is_same_lever(game: Game, v: int, old: int) -> bool:
    """Whether a lever with a date is one of the earlier game, on one of the dates that it was due there."""
    assert game.earlier is not None
    now, then, before = game.rules, game.earlier.game.rules, game.earlier.game.names.parties
    if now.lever_trigger[v] != AT_ROUND or then.lever_trigger[old] != AT_ROUND:
        return False
    ours = [game.names.parties[p] for p in (now.lever_by[v], now.lever_on[v])]
    alike = ours == [before[p] for p in (then.lever_by[old], then.lever_on[old])]
    return (
        alike
        and bool(now.lever_staked[v] == then.lever_staked[old])
        and _is_due(now, v, then, old, game.earlier.rounds)
    )


def _is_due(now: Rulebook, v: int, then: Rulebook, old: int, rounds: int) -> bool:
    """Whether the round of a lever, counted as before, is one in which it was due there."""
    first, slips = int(then.lever_at[old]), int(then.lever_slips[old]) if then.lever_staked[old] else 0
    return int(now.lever_at[v]) + rounds in dates(first, slips)
