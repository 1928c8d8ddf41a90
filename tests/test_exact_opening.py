"""What would open a zone: against every set of lines, and by taking back what is said to open one."""

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from brute import Moment, Table, at_length, briefly, closed, game_of, openings
from hypothesis import given
from hypothesis import strategies as st
from playing import ROOT
from strategies import games

from sim.analysis.exact.answer import stages_of
from sim.analysis.exact.questions import blank_questions, pose_at_start, question_at
from sim.analysis.exact.relaxations import Opening, opening
from sim.analysis.exact.spaces import space_of
from sim.analysis.feasibility.question import find_package
from sim.analysis.feasibility.trajectory import board
from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Game
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import fresh

CLOSED = ("november_draft", "european_terms", "donetsk_two_stage", "thirty_day_ceasefire")


def named(game: Game, lines: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(game.names.lines[r] for r in lines)


def check_softenings(game: Game, found: Opening, moment: Moment) -> None:
    """All sets and no others, the least cut of each, and who could be cut at the least cost."""
    parties = range(len(game.names.parties))
    expected = openings(moment, found.most, list(parties))
    by_lines = {one.lines: one for one in found.softenings}
    assert found.is_whole
    assert len(by_lines) == len(found.softenings)
    assert set(by_lines) == {named(game, lines) for lines in expected}
    for lines, cut in expected.items():
        one = by_lines[named(game, lines)]
        assert one.cut == pytest.approx(cut, abs=1e-9)
        assert one.firmness == pytest.approx(moment.firmness[list(lines)].sum())
        assert moment.zone(lines, one.cut)[one.number], "the package is in the zone that it stands for"
        alone = [moment.least_cut(lines, [p]) for p in parties]
        if one.party:
            assert one.party_cut == pytest.approx(min(alone), abs=1e-9)
            assert alone[game.names.parties.index(one.party)] == pytest.approx(min(alone), abs=1e-9)
        else:
            assert cut == 0.0 or min(alone) == np.inf


def check_pairs(game: Game, found: Opening, moment: Moment, counted: list[int]) -> None:
    """Two parties agree where a package that is not off the table breaks no line of theirs and gives both enough."""
    content = moment.clean() & (moment.value >= moment.threshold - 1e-9)
    on_table = moment.agreed(np.ones_like(content))
    for pair in combinations(counted, 2):
        agree = bool((content[:, pair].all(axis=1) & on_table).any())
        assert (tuple(game.names.parties[p] for p in pair) in found.pairs) == agree, pair
    assert {party for pair in found.pairs for party in pair} <= {game.names.parties[p] for p in counted}


@given(games(), st.sampled_from([0.0, 0.2, 0.5]))
@briefly
def test_opens_with_exactly_the_minimal_sets_of_brute_force(plain: dict[str, Any], rise: float) -> None:
    game = closed(game_of(plain), rise)
    for phase in stages_of(game):
        moment = Table(game, stated_world(game).at(0)).start(phase is not None)
        found = opening(game, space_of(game, phase), phase is not None)
        check_softenings(game, found, moment)
        at = board(game)
        coalitions = at.parties[at.phase == (at.phase.max() if phase is None else phase)]
        check_pairs(game, found, moment, np.flatnonzero(coalitions.any(axis=0)).tolist())


@pytest.mark.slow
@given(games(), st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5]))
@at_length
def test_opens_many_games_with_exactly_the_minimal_sets(plain: dict[str, Any], rise: float) -> None:
    test_opens_with_exactly_the_minimal_sets_of_brute_force.hypothesis.inner_test(plain, rise)  # type: ignore[attr-defined]


@cache
def compiled(path: Path, overrides: tuple[str, ...] = ()) -> Game:
    return compile_scenario(read_scenario(path, list(overrides)).scenario)


def opened(path: Path, lines: tuple[str, ...], first_phase: bool) -> bool:
    """Whether there is a zone in round 0 once some lines have lost all firmness."""
    names, rules = compiled(path).names, compiled(path).rules
    owner = {line: names.parties[rules.line_owner[r]] for r, line in enumerate(names.lines)}
    game = compiled(path, tuple(f"parties.{owner[line]}.red_lines.{line}.firmness=0" for line in lines))
    at, state = board(game), fresh(game.rules)
    asks, x = blank_questions(game, at), np.zeros(len(game.names.issues), np.int64)
    g, w, s = rulebook_handle(game.rules), world_handle(stated_world(game).at(0)), state_handle(state)
    posed = pose_at_start(g, w, s, at, first_phase, True, asks)
    for k in range(posed):
        asks.lowest[:] = asks.threshold[k]
        if find_package(question_at(g, w, s, asks, k), x):
            return True
    return False


@pytest.mark.parametrize("name", CLOSED)
def test_scenarios_open_where_the_lines_of_a_set_are_taken_back_and_not_before(name: str) -> None:
    path = ROOT / "scenarios" / f"{name}.yaml"
    game = compiled(path)
    for phase in stages_of(game):
        first_phase = phase is not None
        found = opening(game, space_of(game, phase), first_phase)
        assert found.is_whole
        free = [one.lines for one in found.softenings if one.cut == 0.0]
        assert opened(path, (), first_phase) == (free == [()])
        for lines in free:
            assert opened(path, lines, first_phase)
            for line in lines:
                assert not opened(path, tuple(other for other in lines if other != line), first_phase)
