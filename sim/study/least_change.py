"""The least change of assumptions that brings the likelihood to a target, found by playing and played again on other runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.sensitivity.coded_sample import Played
from sim.analysis.sensitivity.direction import quantile_of
from sim.analysis.shares.likelihood import Share, share_of
from sim.analysis.threads import threads_for_now
from sim.draws import Moved
from sim.processes import cores
from sim.scenario.conventions import Convention, Data
from sim.study.sample_of_codings import game_coded, played, together

FARTHEST = 4.0
"""Standard deviations beyond which no change is looked for."""

COARSE_RUNS, COARSE_STEPS, FINE_STEPS = 500, 5, 4
BESIDE = 0.25  # standard deviations around what the coarse steps leave, in which the fine ones look


@dataclass(frozen=True)
class LeastChange:
    """The change of assumptions nearest to a target along the direction that changes the likelihood most."""

    target: float
    before: Share  # of the runs that judge it, as the scenario stands
    moves: Mapping[str, float]  # path: standard deviations; none where nothing moves the likelihood
    after: Share  # the same runs with these moves
    reached: bool  # whether so much change was found within `FARTHEST`


@dataclass(frozen=True)
class MovedTalks:
    """A scenario whose assumptions can be moved and that is then played."""

    plain: Data
    conventions: Sequence[Convention]
    seed: int
    rounds: int | None
    count: Callable[[int], None]

    def play(self, moves: Mapping[str, float], first: int, runs: int) -> Played | None:
        """Some runs with assumptions moved by standard deviations; None where they then contradict themselves."""
        chosen = {one: quantile_of(moves[one.path]) for one in self.conventions if one.path in moves}
        game = game_coded(self.plain, chosen)
        if game is None:
            return None
        own = {one.path for one in chosen}
        by = tuple((path, moved) for path, moved in moves.items() if path not in own)
        parts = [
            Moved(self.seed, start, min(250, first + runs - start), moves=by)
            for start in range(first, first + runs, 250)
        ]
        with threads_for_now(cores()) as pool:
            found = together(list(pool.map(lambda part: played(game, part, self.rounds), parts)))
        self.count(runs)
        return found

    def likelihood(self, moves: Mapping[str, float], first: int, runs: int) -> float:
        """The share of those runs that agrees; nan where they cannot be played."""
        found = self.play(moves, first, runs)
        return float("nan") if found is None else float(found.agreed.mean())


def least_change(talks: MovedTalks, along: Mapping[str, float], target: float, runs: int) -> LeastChange:
    """The shortest step along a direction that gives the target, by bisection; the first fourth of the runs judges it.

    The likelihood is taken to rise, or to fall, along the direction: that is so where it leads, and the last play says what
    came of it.
    """
    judges = max(1, runs // 4)
    before = talks.play({}, 0, judges)
    assert before is not None, "a scenario as it stands contradicts nothing"
    now = share_of(before.agreed)
    if not along:
        return LeastChange(target, now, {}, now, False)
    sign = 1.0 if target > now.estimate else -1.0

    def short(step: float, runs: int) -> bool:
        """Whether a step does not reach the target."""
        got = talks.likelihood(_moves(along, sign * step), judges, runs)
        return bool(np.isnan(got)) or (target - got) * sign > 0.0

    coarse = min(COARSE_RUNS, runs - judges)
    reached = not short(FARTHEST, coarse)
    step = _bisected(short, 0.0, FARTHEST, COARSE_STEPS, coarse) if reached else FARTHEST
    if reached:
        low, high = max(0.0, step - BESIDE), min(FARTHEST, step + BESIDE)
        step = _bisected(short, low, high, FINE_STEPS, runs - judges)
    moves = _moves(along, sign * step)
    after = talks.play(moves, 0, judges)
    return LeastChange(target, now, moves, now if after is None else share_of(after.agreed), reached)


def runs_of_search(runs: int) -> int:
    """How many negotiations that takes at the most."""
    judges = max(1, runs // 4)
    return 2 * judges + (1 + COARSE_STEPS) * min(COARSE_RUNS, runs - judges) + FINE_STEPS * (runs - judges)


def _bisected(short: Callable[[float, int], bool], low: float, high: float, steps: int, runs: int) -> float:
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle, runs) else (low, middle)
    return (low + high) / 2


def _moves(along: Mapping[str, float], step: float) -> dict[str, float]:
    """Moves with as many digits as are told, so that what is told is what is played."""
    return {path: moved for path, part in along.items() if (moved := round(part * step, 2))}
