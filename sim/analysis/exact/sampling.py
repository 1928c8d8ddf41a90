"""A sample of packages, for agendas that are too large to visit whole, and what it says of all packages.

Whether a zone exists at all is still answered exactly, by search. How many packages it holds is estimated. Its frontier is
taken over the packages of the sample that are in the zone, and the one that the search found.
"""

from typing import NamedTuple

import numpy as np

from sim.analysis.exact.questions import (
    Questions,
    blank_questions,
    is_in_zone,
    pose_at_start,
    pose_on_paths,
    question_at,
)
from sim.analysis.exact.spaces import Space
from sim.analysis.exact.survey import UNIT, About, Front, merged
from sim.analysis.feasibility.question import find_package
from sim.analysis.feasibility.trajectory import Board, Path, blank_path, board
from sim.analysis.shares.likelihood import Share, wilson
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Game, Ints, Rulebook, World, Worlds
from sim.rules.compiled import compiled
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import package_worth
from sim.rules.state import State, fresh

SAMPLE = 50_000
"""Packages of a sample."""


class Sampled(NamedTuple):
    """The zones of n worlds, as far as a sample of S packages shows them."""

    exists: Flags  # [n] exact
    found: Ints  # [n] packages of the sample in the zone
    seen: Ints  # [S] worlds in whose zone each package of the sample is
    number: Ints  # [S]


class SampledZone(NamedTuple):
    """The zone of one world, as far as a sample shows it."""

    exists: bool  # exact
    share: Share  # of all packages in the zone
    front: Front


def sample(space: Space, size: int, seed: int) -> Ints:
    """Numbers of `size` packages, each as likely as any other, drawn with replacement."""
    return np.random.Generator(np.random.Philox(key=seed)).integers(0, space.total, size)


def packages_of(space: Space, numbers: Ints) -> Ints:
    """The packages [S, I] of some numbers."""
    return np.array([space.package(int(number)) for number in numbers], np.int64).reshape(len(numbers), -1)


@compiled
def find_in_zone(
    g: Rulebook, w: World, s: State, q: Questions, posed: int, free: Flags, packages: Ints, in_zone: Flags
) -> int:  # fmt: skip
    """Say which packages [S, I] answer any of the questions [S]; how many."""
    found = 0
    for n in range(packages.shape[0]):
        in_zone[n] = is_in_zone(g, w, s, q, posed, free, packages[n])
        found += in_zone[n]
    return found


@compiled
def find_any(g: Rulebook, w: World, s: State, q: Questions, posed: int, x: Ints) -> bool:
    """Whether any package answers any of the questions; one that does is written to `x` [I]."""
    for j in range(posed):
        q.lowest[:] = q.threshold[j]
        if find_package(question_at(g, w, s, q, j), x):
            return True
    return False


@compiled
def look_into(
    rules: Rulebook, worlds: Worlds, state: State, b: Board, path: Path, q: Questions, packages: Ints, exists: Flags,
    found: Ints, seen: Ints,
) -> None:  # fmt: skip
    """Write for each world whether it has a zone [n] and how much of a sample [S, I] is in it [n]; add to `seen` [S]."""
    g, s = rulebook_handle(rules), state_handle(state)
    in_zone, x = np.zeros(packages.shape[0], np.bool_), np.zeros(packages.shape[1], np.int64)
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        posed = pose_on_paths(g, w, s, b, path, q)
        found[k] = find_in_zone(g, w, s, q, posed, b.free, packages, in_zone)
        exists[k] = found[k] > 0 or find_any(g, w, s, q, posed, x)
        for n in range(packages.shape[0]):
            seen[n] += in_zone[n]


def sample_worlds(game: Game, space: Space, luck: Uniforms, size: int = SAMPLE) -> Sampled:
    """The zones of n worlds, those of the runs with the same luck, from a sample of packages that the seed chooses."""
    number, at, part = sample(space, size, luck.seed), board(game), worlds_of(game, luck)
    out = Sampled(np.zeros(luck.n, bool), np.zeros(luck.n, np.int64), np.zeros(size, np.int64), number)
    look_into(
        game.rules, part, fresh(game.rules), at, blank_path(game), blank_questions(game, at),
        packages_of(space, number), out.exists, out.found, out.seen,
    )  # fmt: skip
    return out


def sample_zone(
    game: Game, space: Space, world: Worlds, counted: Flags, about: About, seed: int, size: int = SAMPLE
) -> SampledZone:
    """The zone of a world (the first of `world`) in round 0 from a sample, over the parties that are counted [P]."""
    at, state = board(game), fresh(game.rules)
    g, s, w = rulebook_handle(game.rules), state_handle(state), world_handle(world.at(0))
    asks, x = blank_questions(game, at), np.zeros(len(game.names.issues), np.int64)
    posed = pose_at_start(g, w, s, at, about == "first_phase", True, asks)
    number = sample(space, size, seed)
    packages, in_zone = packages_of(space, number), np.zeros(size, bool)
    found = find_in_zone(g, w, s, asks, posed, space.free, packages, in_zone)
    exists = find_any(g, w, s, asks, posed, x)
    number, packages = number[in_zone], packages[in_zone]
    if exists:
        number, packages = np.append(number, (x * space.stride).sum()), np.concatenate([packages, x[None]])
    value = np.array([[package_worth(g, w, s, p, y) for p in range(len(counted))] for y in packages])
    front = Front(np.zeros(0, np.int64), np.zeros((0, len(counted))))
    if exists:
        front = merged(front, number, np.rint(value * UNIT) / UNIT, np.flatnonzero(counted))
    return SampledZone(exists, wilson(found, size), front)
