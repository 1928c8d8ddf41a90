"""How many packages the zones hold, and which: against all packages written out, and against textbook counts."""

from typing import Any

import numpy as np
import pytest
from brute import Table, at_length, briefly, game_of
from hypothesis import given
from strategies import SEEDS, games

from sim.analysis.exact.counting import count_worlds
from sim.analysis.exact.spaces import space_of
from sim.analysis.reasons import reasons
from sim.batch import play_all
from sim.draws import Uniforms, realise

WORLDS = 3


@given(games(), SEEDS)
@briefly
def test_zones_of_drawn_worlds_are_those_of_brute_force(plain: dict[str, Any], seed: int) -> None:
    game = game_of(plain)
    worlds = realise(game, Uniforms(seed, 0, WORLDS))
    zones = [Table(game, worlds.at(k)).zone() for k in range(WORLDS)]
    counts = count_worlds(game, space_of(game), Uniforms(seed, 0, WORLDS), threads=1)
    assert counts.packages.tolist() == [int(zone.sum()) for zone in zones]
    assert counts.seen.tolist() == np.sum(zones, axis=0).tolist()
    has_zone, _ = reasons(game, worlds, play_all(game, worlds))
    assert (counts.packages > 0).tolist() == has_zone.tolist()


@pytest.mark.slow
@given(games(), SEEDS)
@at_length
def test_zones_of_many_games_are_those_of_brute_force(plain: dict[str, Any], seed: int) -> None:
    test_zones_of_drawn_worlds_are_those_of_brute_force.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]
