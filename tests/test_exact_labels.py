"""Exact answers do not depend on the order in which a scenario lists its parties, issues, options and red lines."""

from typing import Any

import numpy as np
import pytest
from brute import at_length, briefly, game_of
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SEEDS, games

from sim.analysis.exact.answer import stage, stages_of
from sim.analysis.exact.counting import count_worlds
from sim.analysis.exact.relaxations import opening
from sim.analysis.exact.spaces import space_of
from sim.draws import Uniforms
from sim.game import Game

Plain = dict[str, Any]


def reordered(plain: Plain, by_chance: np.random.Generator) -> Plain:
    """The scenario with its lists in another order; options stay where a game has no status quo to start from."""

    def shuffled(entries: Plain) -> Plain:
        return dict(by_chance.permutation(np.array([*entries.items()], object)).tolist())

    issues = {
        name: {**issue, "options": shuffled(issue["options"]) if "status_quo" in issue else issue["options"]}
        for name, issue in plain["issues"].items()
    }
    parties = {
        name: {**party, "red_lines": party.get("red_lines", [])[::-1]} for name, party in plain["parties"].items()
    }
    return {**plain, "issues": shuffled(issues), "parties": shuffled(parties)}


def found(game: Game, seed: int) -> list[Any]:
    """What must stay as it was."""
    counts = count_worlds(game, space_of(game), Uniforms(seed, 0, 3), threads=1)
    answers: list[Any] = [counts.packages.tolist(), sorted(counts.seen.tolist())]
    for phase in stages_of(game):
        about = stage(game, phase, threads=1)
        columns = [game.names.parties.index(party) for party in sorted(about.counted)]
        opens = opening(game, about.space, phase is not None)
        answers += [
            about.packages,
            sorted(tuple(np.round(row, 8)) for row in about.front.value[:, columns]),
            {party: round(level, 9) for party, level in about.disagreement.items()},
            {
                (frozenset(one.lines), round(one.cut, 8), round(one.party_cut, 8), round(one.firmness, 8))
                for one in opens.softenings
            },
            {frozenset(pair) for pair in opens.pairs},
        ]
    return answers


@given(games(), SEEDS, st.integers(0, 1000))
@settings(briefly, max_examples=5)
def test_order_of_a_scenario_means_nothing(plain: Plain, seed: int, order: int) -> None:
    assert found(game_of(reordered(plain, np.random.default_rng(order))), seed) == found(game_of(plain), seed)


@pytest.mark.slow
@given(games(), SEEDS, st.integers(0, 1000))
@at_length
def test_order_of_many_scenarios_means_nothing(plain: Plain, seed: int, order: int) -> None:
    test_order_of_a_scenario_means_nothing.hypothesis.inner_test(plain, seed, order)  # type: ignore[attr-defined]
