"""The frontier of a zone: against all packages written out, however the work is cut up, and on scenarios."""

from typing import Any

import numpy as np
import pytest
from brute import Table, at_length, briefly, frontier, game_of
from hypothesis import given, settings
from playing import FREEZE
from strategies import SEEDS, games

from sim.analysis.exact import counting, spaces, survey
from sim.analysis.exact.answer import Stage, stage, stages_of
from sim.analysis.exact.survey import Survey
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise, stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Floats, Game


def check_front(found: Survey | Stage, counted: Flags, zone: Flags, value: Floats) -> None:
    """As many packages as brute force finds, and of those that nothing dominates the first of each set of values."""
    numbers, front = found.front.number, frontier(value[zone][:, counted])
    assert found.packages == zone.sum()
    assert zone[numbers].all()
    assert found.front.value == pytest.approx(value[numbers], abs=1e-9)
    rows = np.round(value[:, counted], 9)
    assert {tuple(rows[n]) for n in numbers} == front
    assert len(numbers) == len(front)
    for n in numbers:
        assert n == np.flatnonzero(zone & (np.abs(rows - rows[n]) < 1.5e-9).all(axis=1))[0]


@given(games())
@briefly
def test_frontier_is_that_of_brute_force(plain: dict[str, Any]) -> None:
    game = game_of(plain)
    for phase in stages_of(game):
        found, moment = stage(game, phase, threads=1), Table(game, stated_world(game).at(0)).start(phase is not None)
        counted = np.isin(game.names.parties, found.counted)
        check_front(found, counted, moment.zone(), moment.value)
        assert list(found.disagreement.values()) == moment.threshold.tolist()


def whole_zone(game: Game, seed: int, threads: int) -> Survey:
    counted = np.ones(len(game.names.parties), bool)
    return survey.survey(game, spaces.space_of(game), realise(game, Uniforms(seed, 0, 1)), counted, "any", threads)


@given(games(), SEEDS)
@settings(briefly, max_examples=4)
def test_frontier_of_a_drawn_world_does_not_depend_on_how_the_work_is_cut_up(plain: dict[str, Any], seed: int) -> None:
    game = game_of(plain)
    table = Table(game, realise(game, Uniforms(seed, 0, 1)).at(0))
    zone, value = table.zone(), table.start().value
    if table.board.steady:
        check_front(whole_zone(game, seed, threads=1), np.ones(value.shape[1], bool), zone, value)
    expected = whole_zone(game, seed, threads=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "BLOCK", 2)
        patch.setattr(survey, "BATCH", 5)
        patch.setattr(survey, "STRONG", 1)
        for ranges, threads in ((1, 1), (3, 2), (1000, 4)):
            patch.setattr(spaces, "RANGES", ranges)
            found = whole_zone(game, seed, threads)
            assert found.packages == expected.packages
            assert found.front.number.tolist() == expected.front.number.tolist()
            assert found.front.value.tolist() == expected.front.value.tolist()


@pytest.mark.slow
@given(games(), SEEDS)
@at_length
def test_frontiers_of_many_games(plain: dict[str, Any], seed: int) -> None:
    test_frontier_is_that_of_brute_force.hypothesis.inner_test(plain)  # type: ignore[attr-defined]
    test_frontier_of_a_drawn_world_does_not_depend_on_how_the_work_is_cut_up.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]


def test_zone_of_a_freeze_and_its_frontier_are_the_same_on_any_number_of_threads() -> None:
    game = compile_scenario(read_scenario(FREEZE).scenario)
    one, two = (stage(game, None, threads) for threads in (1, 2))
    assert one.packages == two.packages > 1000
    assert 0 < len(one.front.number) < one.packages
    assert one.front.number.tolist() == two.front.number.tolist()
