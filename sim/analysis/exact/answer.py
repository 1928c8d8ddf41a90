"""Is there a deal, which ones, and what would open one: the exact answers about a scenario, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.analysis.exact.counting import MOST_WORLDS, Counts, count_worlds
from sim.analysis.exact.covering import Cover, covering
from sim.analysis.exact.efficiency import stated_values
from sim.analysis.exact.questions import blank_questions, pose_at_start
from sim.analysis.exact.relaxations import Opening, opening
from sim.analysis.exact.robust import Robust, most_robust
from sim.analysis.exact.sampling import sample_worlds, sample_zone
from sim.analysis.exact.solutions import egalitarian, gains_over, kalai_smorodinsky, nash, utilitarian
from sim.analysis.exact.spaces import Space, TooLargeError, space_of
from sim.analysis.exact.survey import About, Front, survey
from sim.analysis.exact.visiting import MOST_PATTERNS
from sim.analysis.feasibility.trajectory import board
from sim.analysis.shares.likelihood import Share, wilson
from sim.draws import STATED, Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import State, fresh

SOLUTIONS = {
    "nash": nash,
    "kalai_smorodinsky": kalai_smorodinsky,
    "egalitarian": egalitarian,
    "utilitarian": utilitarian,
}
ROBUST = 5
COVERS = 4
MOST_LINES = 64

MOST_VISITED = 100_000_000
"""Packages of the largest agenda that is visited whole; of a larger one a sample is taken."""


class Zone(NamedTuple):
    """One zone of the stated world; see `Stage`."""

    exists: bool
    packages: int
    share: Share | None
    front: Front


@dataclass(frozen=True)
class Stage:
    """The zone of the stated world in round 0: of the whole deal, or of what the first of several phases may settle."""

    phase: str | None  # None for the whole deal
    space: Space
    counted: tuple[str, ...]  # parties whose consent some package needs: their gains count
    disagreement: dict[str, float]  # party: what it falls back on
    premium: dict[str, float]  # party: how much of that a deal must pay because it may not last
    exists: bool
    packages: int  # in the zone; estimated where only a sample was looked at
    share: Share | None  # of all packages in the zone, from the sample; None where all were visited
    front: Front  # of the sample, where there is one
    gains: Floats  # [F, P] of the frontier's packages over what each party falls back on, see `gains_over`
    solutions: dict[str, int]  # solution: position in the frontier, -1 where every package leaves somebody below
    opening: Opening | None  # None where there is a zone


@dataclass(frozen=True)
class Drawn:
    """The zones of n drawn worlds, in any round that each may come to before there is a deal."""

    exists: Share
    packages: dict[int, float]  # percentile: packages in the zone
    robust: tuple[Robust, ...]
    covers: tuple[Cover, ...]  # a short list of which one finds consent in as many worlds as can be


@dataclass(frozen=True)
class Answer:
    """Everything that `sim zopa` finds."""

    stages: tuple[Stage, ...]
    drawn: Drawn | None
    worlds: int
    seed: int

    def deal(self) -> Stage:
        """The whole deal."""
        return self.stages[-1]


def check_size(game: Game) -> None:
    """TooLargeError where a game is beyond what is followed exactly: patterns and lines are bits of one word."""
    patterns = len(game.rules.joint) + len(game.names.linkages)
    if patterns > MOST_PATTERNS:
        raise TooLargeError(
            f"{patterns} linkages and clauses over several issues; at most {MOST_PATTERNS} can be followed"
        )
    if len(game.names.lines) > MOST_LINES:
        raise TooLargeError(f"{len(game.names.lines)} red lines; at most {MOST_LINES} can be followed")


def stages_of(game: Game) -> list[int | None]:
    """The first phase, where another one of bargaining follows, and the whole deal (None)."""
    return [0, None] if board(game).last > 0 else [None]


def answer(game: Game, worlds: int, seed: int, threads: int, moved: Callable[[int], None] = lambda n: None) -> Answer:
    """The exact answers in the stated world and in worlds 0 to `worlds` - 1 of a seed (none with 0)."""
    check_size(game)
    stages = tuple(stage(game, phase, threads, seed) for phase in stages_of(game))
    return Answer(stages, drawn(game, worlds, seed, threads, moved) if worlds else None, worlds, seed)


def stage(game: Game, phase: int | None, threads: int, seed: int = 0) -> Stage:
    """One stage of the stated world; `seed` chooses the sample of an agenda that is too large to visit."""
    space, counted = space_of(game, phase), _counted(game, phase)
    found = _zone(game, space, counted, "start" if phase is None else "first_phase", threads, seed)
    outset = at_outset(game, phase)
    in_a_phase = phase is not None and not game.rules.provisional[outset.phase[0]]
    fallback = outset.fallback if in_a_phase else outset.no_deal
    premium = np.zeros_like(outset.premium) if in_a_phase else outset.premium
    gains = gains_over(stated_values(game, space.packages(found.front.number)), fallback)
    names = game.names.parties
    return Stage(
        phase=None if phase is None else game.names.phases[phase],
        space=space,
        counted=tuple(name for name, counts in zip(names, counted, strict=True) if counts),
        disagreement=dict(zip(names, fallback.tolist(), strict=True)),
        premium=dict(zip(names, premium.tolist(), strict=True)),
        exists=found.exists,
        packages=found.packages,
        share=found.share,
        front=found.front,
        gains=gains,
        solutions={name: solve(gains[:, counted]) for name, solve in SOLUTIONS.items()},
        opening=None if found.exists else opening(game, space, phase is not None),
    )


def _zone(game: Game, space: Space, counted: Flags, about: About, threads: int, seed: int) -> Zone:
    """Whether there is a zone, how many packages it holds and its frontier."""
    world = worlds_of(game, STATED)
    if space.total > MOST_VISITED:
        part = sample_zone(game, space, world, counted, about, seed)
        packages = max(round(part.share.estimate * space.total), int(part.exists))
        return Zone(part.exists, packages, part.share, part.front)
    whole = survey(game, space, world, counted, about, threads)
    return Zone(whole.packages > 0, whole.packages, None, whole.front)


def _counted(game: Game, phase: int | None) -> Flags:
    at = board(game)
    return np.asarray(at.parties[at.phase == (at.phase.max() if phase is None else phase)].any(axis=0))


def at_outset(game: Game, phase: int | None = None) -> State:
    """Round 0 of the stated world: no-deal values and worth, or what parties fall back on in the first phase."""
    state, at = fresh(game.rules), board(game)
    g, s, w = rulebook_handle(game.rules), state_handle(state), world_handle(worlds_of(game, STATED).at(0))
    pose_at_start(g, w, s, at, phase is not None, True, blank_questions(game, at))
    return state


def drawn(game: Game, worlds: int, seed: int, threads: int, moved: Callable[[int], None]) -> Drawn:
    """The zones of drawn worlds."""
    if worlds > MOST_WORLDS:
        raise ValueError(f"at most {MOST_WORLDS} worlds")
    space = space_of(game)
    counts = counts_of(game, space, Uniforms(seed, 0, worlds), threads, moved)
    found = {q: float(np.percentile(counts.packages, q, method="nearest")) for q in (5, 50, 95)}
    robust = most_robust(game, space, counts, seed, ROBUST)
    covers = covering(game, space, counts, seed, threads, COVERS)
    return Drawn(wilson(int(counts.exists.sum()), worlds), found, robust, covers)


def counts_of(
    game: Game, space: Space, luck: Uniforms, threads: int, moved: Callable[[int], None] = lambda n: None
) -> Counts:
    """The zones of n worlds, counted or, where the agenda is too large to visit, estimated."""
    if space.total <= MOST_VISITED:
        return count_worlds(game, space, luck, threads, moved)
    part = sample_worlds(game, space, luck)
    moved(luck.n)
    share = part.found / len(part.number)
    return Counts(np.rint(share * space.total).astype(np.int64), part.exists, part.seen.astype(np.uint16), part.number)
