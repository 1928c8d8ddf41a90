"""How far agreements are from efficient, against brute force."""

import math
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import games
from sweeps import river

from sim.analysis.exact import efficiency as module
from sim.analysis.exact.answer import stage
from sim.analysis.exact.efficiency import Efficiency, efficiency, in_stated_zone, shortfalls, stated_values
from sim.compiling import compile_scenario
from sim.game import Floats, Game
from sim.scenario import Scenario


@st.composite
def values(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Values [A, P] and a frontier [F, P] in tenths, so that ties are common."""
    parties = draw(st.integers(1, 4))
    tenths = arrays(np.int64, st.tuples(st.integers(0, 12), st.just(parties)), elements=st.integers(0, 10))
    return draw(tenths) / 10, draw(tenths) / 10


@settings(max_examples=50, deadline=None)
@given(values(), st.integers(1, 30))
def test_shortfalls_are_those_of_brute_force_whatever_the_chunks(made: tuple[Floats, Floats], cells: int) -> None:
    packages, front = made
    with patch.object(module, "CELLS", cells):
        short, beaten = shortfalls(packages, front)
    for k, x in enumerate(packages.tolist()):
        gaps = [[round(f - v, 6) for f, v in zip(y, x, strict=True)] for y in front.tolist()]
        assert short[k] == pytest.approx(max([0.0, *(min(gap) for gap in gaps)]), abs=1e-9)
        assert beaten[k] == any(min(gap) >= 0 and max(gap) > 0 for gap in gaps)


@settings(max_examples=50, deadline=None)
@given(values())
def test_the_shortfall_is_the_least_that_leaves_nothing_better_for_all(made: tuple[Floats, Floats]) -> None:
    packages, front = made
    short, _ = shortfalls(packages, front)
    assert np.array_equal(shortfalls(packages + short[:, None], front)[0], np.zeros(len(packages)))
    less = packages + np.maximum(0.0, short - 0.01)[:, None]
    assert ((shortfalls(less, front)[0] > 0) == (short > 0)).all()


def every_package(game: Game) -> Any:
    return np.array(list(np.ndindex(*game.rules.options.tolist())), np.int64)


def of_the_space(game: Game, packages: Any) -> Any:
    """Those that keep what is not on any agenda as it is."""
    fixed = ~game.rules.agenda.any(axis=0)
    return packages[(packages[:, fixed] == game.rules.start[fixed]).all(axis=1)]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(games())
def test_of_all_packages_those_of_the_frontier_are_efficient_and_in_the_zone(plain: Any) -> None:
    game = compile_scenario(Scenario.model_validate(plain))
    found, packages = stage(game, None, 1), of_the_space(game, every_package(game))
    counted = np.isin(game.names.parties, found.counted)
    made = efficiency(game, packages, np.ones(len(packages), np.int64), found.front.value, counted)
    assert made.inside() == found.packages
    efficient = stated_values(game, packages)[made.in_zone & ~made.beaten][:, counted].round(9)
    assert {tuple(row) for row in efficient} == {tuple(row) for row in found.front.value[:, counted].round(9)}
    assert not made.short[made.in_zone & ~made.beaten].any()


def test_the_zone_is_that_of_round_zero() -> None:
    """The river: a bank in dispute and one that is given up each break a line."""
    game = compile_scenario(river())
    kept = [game.names.package(x) for x in every_package(game)[in_stated_zone(game, every_package(game))]]
    assert kept and all(package["bank"] == "shared" for package in kept)


class TestFigures:
    MADE = Efficiency(
        times=np.array([6, 1, 3, 10]),
        short=np.array([0.0, 0.01, 0.06, 0.0]),
        beaten=np.array([False, True, True, False]),
        in_zone=np.array([True, True, True, False]),
    )

    def test_count_agreements_and_not_packages(self) -> None:
        assert (self.MADE.agreements(), self.MADE.inside(), self.MADE.share_inside()) == (20, 10, 0.5)
        assert self.MADE.on_frontier() == 0.6
        assert [self.MADE.within(far) for far in (0.0, 0.01, 0.05, 0.06)] == [0.6, 0.7, 0.7, 1.0]
        assert self.MADE.median() == 0.0

    def test_without_agreements_there_are_none(self) -> None:
        none = Efficiency(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, bool), np.zeros(0, bool))
        assert none.agreements() == 0
        assert all(math.isnan(each) for each in (none.median(), none.share_inside(), none.within(0.1)))
