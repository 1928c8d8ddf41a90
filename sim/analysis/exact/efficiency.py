"""How far agreements are from efficient, held against the frontier of the stated world.

Agreements are struck in drawn worlds. Here each agreed package is valued in the stated world, so one may lie outside the
zone there: it breaks a line that binds, or leaves somebody below its no-deal value. The frontier is that of the zone, so
nothing on it need be better than such a package; whoever reports shares keeps the two kinds apart.
"""

from dataclasses import dataclass

import numpy as np

from sim.analysis.exact.questions import blank_questions, pose_at_start, question_at, take_together
from sim.analysis.exact.survey import UNIT
from sim.analysis.feasibility.question import Question, answers
from sim.analysis.feasibility.trajectory import board
from sim.draws import STATED
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game, Ints, Rulebook, World
from sim.rules.compiled import compiled
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import package_worth
from sim.rules.rounds.step_actions import reset
from sim.rules.state import State, fresh

CELLS = 2_000_000
"""Pairs of an agreed and a frontier package that are compared at a time."""

TIE = 0.5 / UNIT  # values are equal where they are so at nine decimals


@dataclass(frozen=True)
class Efficiency:
    """A different packages, how often each was agreed, and how far it is from the frontier of F packages."""

    times: Ints  # [A]
    short: Floats  # [A] see `shortfalls`
    beaten: Flags  # [A] some frontier package is worse for nobody and better for somebody
    in_zone: Flags  # [A] of the stated world

    def agreements(self) -> int:
        """How many there are."""
        return int(self.times.sum())

    def inside(self) -> int:
        """How many of them are in the zone."""
        return int(self.times[self.in_zone].sum())

    def share_inside(self) -> float:
        """The share of agreements that are in the zone; nan without any."""
        return self.inside() / self.agreements() if self.agreements() else float("nan")

    def on_frontier(self) -> float:
        """The share of agreements in the zone that are on its frontier; nan without any."""
        return self._share(~self.beaten)

    def within(self, distance: float) -> float:
        """The share of agreements in the zone that fall short of the frontier by so much at most; nan without any."""
        return self._share(self.short <= distance + TIE)

    def median(self) -> float:
        """The median shortfall of agreements in the zone, nan without any; takes memory for each agreement."""
        short = np.repeat(self.short[self.in_zone], self.times[self.in_zone])
        return float(np.median(short)) if len(short) else float("nan")

    def _share(self, flags: Flags) -> float:
        inside = self.inside()
        return float(self.times[flags & self.in_zone].sum() / inside) if inside else float("nan")


def efficiency(game: Game, packages: Ints, times: Ints, front: Floats, counted: Flags) -> Efficiency:
    """How far packages [A, I], each agreed `times` [A], are from a frontier whose values are `front` [F, P].

    Only the parties that are counted [P] matter. Time grows with A times F, memory with `CELLS`.
    """
    values = np.rint(stated_values(game, packages)[:, counted] * UNIT) / UNIT  # nine decimals, as on the frontier
    short, beaten = shortfalls(values, front[:, counted])
    return Efficiency(times, short, beaten, in_stated_zone(game, packages))


def shortfalls(values: Floats, front: Floats) -> tuple[Floats, Flags]:
    """How far packages worth `values` [A, P] fall short of a frontier [F, P], and which of them it beats.

    The shortfall [A] is the additive epsilon (Zitzler et al. 2003) by which the frontier exceeds the package: the largest
    amount by which one of its packages is better for every party at once, so the least that everybody would have to be
    given for none to be better for all. It is 0 on the frontier, and where none is better for all; that a package is
    beaten [A] says more where one is better for some and equal for the others.
    """
    short, beaten = np.zeros(len(values)), np.zeros(len(values), bool)
    if not front.size:  # an empty frontier, or nobody whose consent counts
        return short, beaten
    step = max(1, CELLS // len(front))
    for k in range(0, len(values), step):
        part = values[k : k + step]
        least, most = np.full((len(part), len(front)), np.inf), np.full((len(part), len(front)), -np.inf)
        for p in range(front.shape[1]):
            gap = front[None, :, p] - part[:, p, None]
            np.minimum(least, gap, out=least)
            np.maximum(most, gap, out=most)
        short[k : k + step] = np.maximum(0.0, least.max(axis=1))
        beaten[k : k + step] = ((least >= -TIE) & (most > TIE)).any(axis=1)
    short[short < TIE] = 0.0
    return short, beaten


def stated_values(game: Game, packages: Ints) -> Floats:
    """What packages [A, I] are worth to each party [A, P] in the stated world."""
    found, state = np.empty((len(packages), len(game.names.parties))), fresh(game.rules)
    g, w = rulebook_handle(game.rules), world_handle(worlds_of(game, STATED).at(0))
    _value_all(g, w, state_handle(state), packages, found)
    return found


def in_stated_zone(game: Game, packages: Ints) -> Flags:
    """Which packages [A, I] are in the zone of the whole deal, in round 0 of the stated world."""
    state, at = fresh(game.rules), board(game)
    g, s, w = rulebook_handle(game.rules), state_handle(state), world_handle(worlds_of(game, STATED).at(0))
    asks, found = blank_questions(game, at), np.zeros(len(packages), bool)
    posed = pose_at_start(g, w, s, at, False, True, asks)
    asks.asked[:posed] = False
    for k in range(posed):
        for bar in range(take_together(asks, k, posed)):
            _note_answers(question_at(g, w, s, asks, k)._replace(threshold=asks.bars[bar].copy()), packages, found)
    return found


@compiled
def _value_all(g: Rulebook, w: World, s: State, packages: Ints, value: Floats) -> None:
    reset(g, w, s)
    for k in range(packages.shape[0]):
        for p in range(value.shape[1]):
            value[k, p] = package_worth(g, w, s, p, packages[k])


@compiled
def _note_answers(ask: Question, packages: Ints, found: Flags) -> None:
    for k in range(packages.shape[0]):
        found[k] = found[k] or answers(ask, packages[k])
