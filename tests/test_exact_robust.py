"""Robust settlements, and what a sample of packages says: against the definitions, world by world."""

from typing import Any

import numpy as np
import pytest
from brute import Table, at_length, briefly, game_of
from games import WALLED
from hypothesis import given, settings
from playing import FREEZE
from strategies import SEEDS, games

from sim.analysis.exact.answer import stage
from sim.analysis.exact.counting import count_worlds
from sim.analysis.exact.covering import covering
from sim.analysis.exact.questions import blank_questions, pose_at_start
from sim.analysis.exact.robust import most_robust
from sim.analysis.exact.sampling import find_in_zone, sample, sample_worlds
from sim.analysis.exact.spaces import Space, space_of
from sim.analysis.feasibility.trajectory import board
from sim.analysis.shares.likelihood import wilson
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise, stated_world
from sim.files.errors import Mark
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.game import Flags, Game, Ints
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import fresh

WORLDS = 4


def least_in_the_way(table: Table, number: int) -> tuple[list[int], list[int]]:
    """Lines and parties that fail a package where fewest do, in the first such round, for the first such coalition."""
    at, least = table.board, None
    for moment in table.whole_deal():
        for c in np.flatnonzero(at.phase == at.phase.max()):
            inside = at.parties[c]
            if (inside & ~moment.present).any() or (moment.needs[number] & at.barred[c]).any():
                continue
            lines = np.flatnonzero(moment.breaks[number] & inside[moment.owner]).tolist()
            short = np.flatnonzero(inside & (moment.value[number] < moment.threshold - 1e-9)).tolist()
            if least is None or len(lines) + len(short) < len(least[0]) + len(least[1]):
                least = lines, short
    return least or ([], [])


@given(games(), SEEDS)
@briefly
def test_robust_packages_are_chosen_in_some_worlds_and_judged_in_others(plain: dict[str, Any], seed: int) -> None:
    game = game_of(plain)
    space, names = space_of(game), game.names
    counts = count_worlds(game, space, Uniforms(seed, 0, WORLDS), threads=1)
    robust = most_robust(game, space, counts, seed, 3)
    foremost = sorted(range(space.total), key=lambda n: (-int(counts.seen[n]), n))[:3]
    assert {one.number for one in robust} == {n for n in foremost if counts.seen[n] > 0}
    others = realise(game, Uniforms(seed, WORLDS, WORLDS))
    tables = [Table(game, others.at(k)) for k in range(WORLDS)]
    zones = [table.zone() for table in tables]
    for one in robust:
        fails = [least_in_the_way(t, one.number) for t, zone in zip(tables, zones, strict=True) if not zone[one.number]]
        assert one.share.estimate == 1 - len(fails) / WORLDS
        assert one.lines == shares(names.lines, [lines for lines, _ in fails])
        assert one.short == shares(names.parties, [short for _, short in fails])
        assert list(one.lines.values()) == sorted(one.lines.values(), reverse=True)
    assert [one.share.estimate for one in robust] == sorted((one.share.estimate for one in robust), reverse=True)


def shares(ids: tuple[str, ...], fails: list[list[int]]) -> dict[str, float]:
    counts = {name: sum(k in fail for fail in fails) for k, name in enumerate(ids)}
    return {name: count / WORLDS for name, count in counts.items() if count}


@pytest.mark.slow
@given(games(), SEEDS)
@at_length
def test_robust_packages_of_many_games(plain: dict[str, Any], seed: int) -> None:
    test_robust_packages_are_chosen_in_some_worlds_and_judged_in_others.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]


@given(games(), SEEDS)
@settings(briefly, max_examples=6)
def test_a_list_covers_worlds_greedily_and_is_judged_in_others(plain: dict[str, Any], seed: int) -> None:
    game = game_of(plain)
    space, worlds = space_of(game), realise(game, Uniforms(seed, 0, 2 * WORLDS))
    zones = np.array([Table(game, worlds.at(k)).zone() for k in range(2 * WORLDS)])
    left, expected = zones[:WORLDS].copy(), list[int]()
    while len(expected) < 3 and left.any():
        expected.append(int(left.sum(axis=0).argmax()))
        left = left[~left[:, expected[-1]]]
    counts = count_worlds(game, space, Uniforms(seed, 0, WORLDS), threads=1)
    found = covering(game, space, counts, seed, 1, 3)
    assert [one.number for one in found] == expected
    holds = zones[WORLDS:][:, expected].reshape(WORLDS, -1)
    assert [one.share.estimate for one in found] == holds.mean(axis=0).tolist()
    assert [one.so_far.estimate for one in found] == [holds[:, : k + 1].any(axis=1).mean() for k in range(len(found))]


@given(games(), SEEDS)
@settings(briefly, max_examples=4)
def test_some_of_the_worlds_count_as_they_do_among_all(plain: dict[str, Any], seed: int) -> None:
    game, luck = game_of(plain), Uniforms(seed, 0, WORLDS)
    space, among = space_of(game), np.array([True, False, False, True])
    whole, some = count_worlds(game, space, luck, 1), count_worlds(game, space, luck, 1, among=among)
    assert some.packages.tolist() == np.where(among, whole.packages, 0).tolist()
    tables = [Table(game, realise(game, luck).at(k)) for k in np.flatnonzero(among)]
    assert some.seen.tolist() == np.sum([table.zone() for table in tables], axis=0).tolist()


def looked_up(game: Game, space: Space, numbers: Ints) -> Flags:
    """Which packages are in the zone of round 0."""
    at, world = board(game), stated_world(game).at(0)
    asks, state = blank_questions(game, at), fresh(game.rules)
    g, w, s = rulebook_handle(game.rules), world_handle(world), state_handle(state)
    posed = pose_at_start(g, w, s, at, False, True, asks)
    packages = np.array([space.package(int(n)) for n in numbers])
    in_zone = np.zeros(len(numbers), bool)
    find_in_zone(g, w, s, asks, posed, space.free, packages, in_zone)
    return in_zone


@given(games())
@briefly
def test_each_sampled_package_is_looked_up_exactly(plain: dict[str, Any]) -> None:
    game = game_of(plain)
    space, moment = space_of(game), Table(game, stated_world(game).at(0)).start()
    numbers = sample(space, 20, 3)
    in_zone = looked_up(game, space, numbers)
    assert in_zone.tolist() == moment.zone()[numbers].tolist()


def test_intervals_of_samples_hold_the_exact_share() -> None:
    game = compile_scenario(read_scenario(FREEZE).scenario)
    space, held, samples = space_of(game), 0, 40
    exact = stage(game, None, threads=2).packages / space.total
    for seed in range(samples):
        in_zone = looked_up(game, space, sample(space, 500, seed))
        found = wilson(int(in_zone.sum()), 500)
        held += found.low <= exact <= found.high
    assert held >= 34, "38 of 40 are expected"


def test_what_a_lever_changes_off_the_agenda_counts_from_then_on() -> None:
    """The guns are on no agenda; once a lever has silenced them, taking down the wall is worth it to the west too."""
    plain = to_plain(parse_yaml(WALLED, Mark("walled")))
    plain["issues"]["guns"] = {
        "title": "The guns",
        "status_quo": "firing",
        "options": {"firing": "They fire", "silent": "They are silent"},
    }
    for party in plain["parties"].values():
        party["red_lines"] = []
        party["no_deal"] = {"base": 0.6}
        party["priorities"]["wall"]["weight"] = 0.5
        party["priorities"]["guns"] = {"weight": 0.5, "values": {"firing": 0.0, "silent": 1.0}}
    plain["phases"][0]["agenda"] = ["wall"]
    quiet = {"id": "quiet", "says": "East holds its fire", "by": "east", "on": "west", "when": {"round": 2}}
    plain["levers"] = [{**quiet, "status_quo": {"guns": "silent"}}]
    game = game_of(plain)
    space, luck = space_of(game), Uniforms(1, 0, WORLDS)
    zone = Table(game, realise(game, luck).at(0)).zone()
    assert zone.tolist() == [False, True, True]
    assert count_worlds(game, space, luck, threads=1).seen.tolist() == [0, WORLDS, WORLDS]
    robust = most_robust(game, space, count_worlds(game, space, luck, threads=1), 1, 3)
    assert [(one.number, one.share.estimate, one.lines, one.short) for one in robust] == [
        (1, 1, {}, {}),
        (2, 1, {}, {}),
    ]
    sampled = sample_worlds(game, space, luck, size=40)
    assert sampled.seen.tolist() == [WORLDS if number else 0 for number in sampled.number]
