"""The runs of a sample of codings, with one assumption after the other drawn again: all else stays as it is."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim.analysis.influence import REAL, number_of
from sim.analysis.sensitivity.totals import Redrawn
from sim.analysis.threads import threads_for_now
from sim.draws import Again, Uniforms
from sim.game import Flags
from sim.processes import cores
from sim.scenario.conventions import Convention, Data
from sim.study.sample_of_codings import RUNS_OF_CODING, game_coded, played, points_of

MOST = 10
"""Assumptions that are drawn again."""

CODINGS = 48
SECOND = "again."


def redraw(
    plain: Data, conventions: Sequence[Convention], paths: Sequence[str], seed: int, rounds: int | None,
    codings: int, count: Callable[[int], None],
) -> Redrawn:  # fmt: skip
    """Play `codings` codings of `RUNS_OF_CODING` runs, and again for each path; `count` hears of the runs that are played.

    A coding that contradicts itself, as it is or with one convention drawn again, is left out of all.
    """
    points, named = points_of(conventions, codings, seed), {one.path: one for one in conventions}
    fresh = dict(
        zip(named, Uniforms(seed, 0, codings).streams([f"conventions.{SECOND}{p}" for p in named]), strict=True)
    )

    def play(k: int) -> list[Flags] | None:
        uniforms = Uniforms(seed, k * RUNS_OF_CODING, RUNS_OF_CODING)
        chosen = {one: float(points[one.path][k]) for one in conventions}
        game = game_coded(plain, chosen)
        if game is None:
            return None
        found: list[Flags | None] = [played(game, uniforms, rounds).agreed]
        for path in paths:
            if path in named:
                found.append(_agreed(plain, {**chosen, named[path]: float(fresh[path][k])}, uniforms, rounds))
            else:
                found.append(played(game, _again(uniforms, path), rounds).agreed)
        count(RUNS_OF_CODING * len(found))
        return None if any(one is None for one in found) else [one for one in found if one is not None]

    with threads_for_now(cores()) as pool:
        parts = [part for part in pool.map(play, range(codings)) if part is not None]
    if not parts:
        return Redrawn(np.empty((0, RUNS_OF_CODING), bool), {})
    columns = [np.array(column) for column in zip(*parts, strict=True)]
    return Redrawn(columns[0], dict(zip(paths, columns[1:], strict=True)))


def runs_again(codings: int, paths: int) -> int:
    """How many negotiations that takes."""
    return codings * RUNS_OF_CODING * (1 + paths)


def _again(uniforms: Uniforms, path: str) -> Uniforms:
    """The draws with a number drawn again; of what is so or not, both the chance and the draw against it."""
    of = (path, path.removesuffix(REAL), number_of(path))
    return Again(uniforms.seed, uniforms.first, uniforms.n, again=tuple(dict.fromkeys(of)))


def _agreed(plain: Data, chosen: Mapping[Convention, float], uniforms: Uniforms, rounds: int | None) -> Flags | None:
    game = game_coded(plain, chosen)
    return None if game is None else played(game, uniforms, rounds).agreed
