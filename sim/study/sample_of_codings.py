"""One sample over all assumptions: codings drawn from the ranges of conventions, and runs of each with their own luck."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim.analysis.influence import ranked
from sim.analysis.sensitivity.coded_sample import CodedSample, Played
from sim.analysis.shares.likelihood import agreed
from sim.analysis.threads import threads_for_now
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, influences
from sim.earlier import worlds_of
from sim.game import Floats, Game
from sim.processes import cores
from sim.scenario import Scenario
from sim.scenario.checks.whole import contradictions
from sim.scenario.conventions import Convention, Data, coded
from sim.scenario.parsing.parse import parse

RUNS_OF_CODING = 25
"""Runs of each coding: enough to tell codings apart, few enough that there are many of them."""


def game_coded(plain: Data, chosen: Mapping[Convention, float]) -> Game | None:
    """The game of a coding; None where it contradicts itself."""
    scenario = parse(coded(plain, chosen))
    if not isinstance(scenario, Scenario) or contradictions(scenario):
        return None
    return compile_scenario(scenario)


def played(game: Game, uniforms: Uniforms, rounds: int | None) -> Played:
    """Some runs; with `rounds` only what is signed once so many are over counts as agreement."""
    outcomes = play_all(game, worlds_of(game, uniforms))
    hits = agreed(outcomes)
    if rounds is not None:
        hits = hits & (outcomes.round < rounds)
    return Played(hits, np.where(hits[:, None], outcomes.terms, np.nan))


def together(parts: Sequence[Played]) -> Played:
    """Parts one after the other."""
    return Played(np.concatenate([one.agreed for one in parts]), np.concatenate([one.terms for one in parts]))


def points_of(found: Sequence[Convention], codings: int, seed: int) -> dict[str, Floats]:
    """A Latin hypercube of the conventions [codings]; each has a stream of its own, so one more shifts no other."""
    uniforms = Uniforms(seed, 0, codings)
    draws = uniforms.streams([f"conventions.{one.path}" for one in found]) if found else np.empty((0, codings))
    return {one.path: (ranked(draw) + 0.5) / codings for one, draw in zip(found, draws, strict=True)}


def sample(
    scenario: Scenario, plain: Data, found: Sequence[Convention], runs: int, seed: int, rounds: int | None,
    count: Callable[[int], None],
) -> CodedSample:  # fmt: skip
    """Play `runs` runs of so many codings as come to that; `count` hears of the runs that are played."""
    each = RUNS_OF_CODING
    codings = max(1, runs // each)
    points, game = points_of(found, codings, seed), compile_scenario(scenario)

    def play(k: int) -> Played | None:
        of_coding = game_coded(plain, {one: float(points[one.path][k]) for one in found})
        done = None if of_coding is None else played(of_coding, Uniforms(seed, k * each, each), rounds)
        count(each)
        return done

    with threads_for_now(cores()) as pool:
        parts = list(pool.map(play, range(codings)))
        as_stated = together(list(pool.map(lambda part: played(game, part, rounds), _chunks(seed, runs // 4 or 1))))
    count(runs // 4 or 1)
    kept = [k for k, part in enumerate(parts) if part is not None]
    rows = np.concatenate([np.arange(k * each, (k + 1) * each) for k in kept]) if kept else np.empty(0, np.int64)
    draws = influences(game, Uniforms(seed, 0, codings * each))
    return CodedSample(
        {path: at[kept] for path, at in points.items()},
        {path: draw[rows] for path, draw in draws.items()},
        np.repeat(np.arange(len(kept)), each),
        together([part for part in parts if part is not None]),
        as_stated,
        codings - len(kept),
    )


def total_runs(runs: int) -> int:
    """How many negotiations that takes."""
    return max(1, runs // RUNS_OF_CODING) * RUNS_OF_CODING + (runs // 4 or 1)


def _chunks(seed: int, runs: int, first: int = 0, size: int = 250) -> list[Uniforms]:
    return [Uniforms(seed, start, min(size, first + runs - start)) for start in range(first, first + runs, size)]
