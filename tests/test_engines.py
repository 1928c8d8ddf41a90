"""Two drivers, one set of rules: mesa and the compiled loop agree to the last bit, and neither has favourites."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from relabelling import OUTCOME_PARTIES, relabelled_outcomes, relabelled_rules, relabelled_worlds
from strategies import SEEDS, games

from sim import batch
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.evidence import Evidence
from sim.files.scenario.reader import read_scenario
from sim.game import Game, World, Worlds, frozen
from sim.records import Outcomes
from sim.rules.one_world import world_at
from sim.scenario import Scenario
from sim.scenario.checks.whole import problems
from sim.talks import runs as talks

SCENARIOS = Path(__file__).parent.parent / "scenarios"
FILES = sorted([*SCENARIOS.glob("*.yaml"), *SCENARIOS.glob("textbook/*.yaml"), *SCENARIOS.glob("variants/*.yaml")])

at_random = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
briefly = settings(at_random, max_examples=8)
at_length = settings(at_random, max_examples=50)


def game_of(plain: dict[str, Any]) -> Game:
    return compile_scenario(Scenario.model_validate(plain))


@cache
def load(path: Path) -> Game:
    return compile_scenario(read_scenario(path).scenario)


def differing(one: Outcomes, other: Outcomes) -> list[str]:
    """Fields in which outcomes are not the same bit by bit."""
    pairs = zip(one._fields, one, other, strict=True)
    return [name for name, left, right in pairs if left.dtype != right.dtype or not is_same(left, right)]


def is_same(left: NDArray[Any], right: NDArray[Any]) -> bool:
    """Bit by bit; what is no number in both counts as the same."""
    return np.array_equal(left, right, equal_nan=left.dtype.kind == "f")


def check_engines(game: Game, worlds: Worlds) -> None:
    assert differing(batch.play_all(game, worlds), talks.play_all(game, worlds)) == []


def check_chunks(game: Game, seed: int, chunk: int) -> None:
    whole = batch.play_all(game, realise(game, Uniforms(seed, 0, 6)))
    for first in range(0, 6, chunk):
        worlds = realise(game, Uniforms(seed, first, min(chunk, 6 - first)))
        rows = Outcomes(*(field[first : first + chunk] for field in whole))
        assert differing(batch.play_all(game, worlds), rows) == []


def check_relabelling(game: Game, worlds: Worlds, parties: list[int], issues: list[int]) -> None:
    there = replace(game, rules=relabelled_rules(game.rules, parties, issues))
    played = batch.play_all(there, relabelled_worlds(worlds, parties, issues))
    assert differing(played, relabelled_outcomes(batch.play_all(game, worlds), parties, issues)) == []


@given(games(), SEEDS)
@at_random
def test_engines_agree(plain: dict[str, Any], seed: int) -> None:
    assert problems(Scenario.model_validate(plain), Evidence()) == []
    game = game_of(plain)
    check_engines(game, realise(game, Uniforms(seed, 0, 3)))


@pytest.mark.slow
@given(games(), SEEDS)
@at_length
def test_engines_agree_on_many_games(plain: dict[str, Any], seed: int) -> None:
    game = game_of(plain)
    check_engines(game, realise(game, Uniforms(seed, 0, 4)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_engines_agree_on_scenarios(path: Path) -> None:
    game = load(path)
    check_engines(game, realise(game, Uniforms(1, 0, 8)))


@given(games(), SEEDS, st.sampled_from([1, 2, 4, 5]))
@briefly
def test_run_is_the_same_in_any_chunk(plain: dict[str, Any], seed: int, chunk: int) -> None:
    check_chunks(game_of(plain), seed, chunk)


@pytest.mark.slow
@given(games(), SEEDS, st.sampled_from([1, 2, 4, 5]))
@settings(at_random, max_examples=25)
def test_runs_of_many_games_are_the_same_in_any_chunk(plain: dict[str, Any], seed: int, chunk: int) -> None:
    check_chunks(game_of(plain), seed, chunk)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_run_is_the_same_in_any_chunk_on_scenarios(path: Path) -> None:
    check_chunks(load(path), 7, 4)


@given(games(), SEEDS, st.data())
@briefly
def test_labels_mean_nothing(plain: dict[str, Any], seed: int, data: st.DataObject) -> None:
    game = game_of(plain)
    parties = data.draw(st.permutations(range(len(game.names.parties))))
    issues = data.draw(st.permutations(range(len(game.names.issues))))
    check_relabelling(game, realise(game, Uniforms(seed, 0, 4)), parties, issues)


@pytest.mark.slow
@given(games(), SEEDS, st.data())
@at_length
def test_labels_mean_nothing_in_many_games(plain: dict[str, Any], seed: int, data: st.DataObject) -> None:
    test_labels_mean_nothing.hypothesis.inner_test(plain, seed, data)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_mean_nothing_in_scenarios(path: Path) -> None:
    game = load(path)
    order = np.random.default_rng(5)
    parties = order.permutation(len(game.names.parties)).tolist()
    issues = order.permutation(len(game.names.issues)).tolist()
    check_relabelling(game, realise(game, Uniforms(3, 0, 12)), parties, issues)


NOBODY = {
    "name": "Nobody",
    "role": "stakeholder",
    "no_deal": {"base": 0.0},
    "concession": {"exponent": 1.0, "deadline": 5.0},
    "good_faith": 0.5,
}


def with_nobody(plain: dict[str, Any], place: int) -> dict[str, Any]:
    """The game with a party more: it wants nothing, has no turn, and nothing needs its consent."""
    parties = list(plain["parties"].items())
    issue, body = next(iter(plain["issues"].items()))
    wants_nothing = {issue: {"weight": 1.0, "values": dict.fromkeys(body["options"], 0.0)}}
    parties.insert(place, ("nobody", {**NOBODY, "priorities": wants_nothing}))
    phases = [{**phase, "speakers": phase.get("speakers", list(plain["parties"]))} for phase in plain["phases"]]
    return {**plain, "parties": dict(parties), "phases": phases}


def without(outcomes: Outcomes, party: int) -> Outcomes:
    fields = {name: np.delete(getattr(outcomes, name), party, axis=1) for name in OUTCOME_PARTIES}
    return outcomes._replace(**fields)


def shuttles_with_proposal(plain: dict[str, Any]) -> bool:
    """A documented proposal is put to all, and a shuttling mediator needs a round for each of them."""
    shuttles = any(phase.get("consults") == "alternate" for phase in plain["phases"])
    return shuttles and ("proposal" in plain or "proposals" in plain)


@given(games(), SEEDS, st.data())
@briefly
def test_party_that_wants_nothing_changes_nothing(plain: dict[str, Any], seed: int, data: st.DataObject) -> None:
    if shuttles_with_proposal(plain):
        plain = {**plain, "phases": [{k: v for k, v in phase.items() if k != "consults"} for phase in plain["phases"]]}
    place = data.draw(st.integers(0, len(plain["parties"])))
    game, crowded = game_of(plain), game_of(with_nobody(plain, place))
    draws = Uniforms(seed, 0, 4)
    played = batch.play_all(crowded, realise(crowded, draws))
    assert differing(without(played, place), batch.play_all(game, realise(game, draws))) == []


@pytest.mark.slow
@given(games(), SEEDS, st.data())
@settings(at_random, max_examples=35)
def test_party_that_wants_nothing_changes_nothing_in_many_games(
    plain: dict[str, Any], seed: int, data: st.DataObject
) -> None:
    test_party_that_wants_nothing_changes_nothing.hypothesis.inner_test(plain, seed, data)  # type: ignore[attr-defined]


def told_apart(worlds: Worlds) -> Worlds:
    """Worlds in which no two fields, and no two worlds, hold the same number anywhere."""
    fields: list[Any] = []
    for number, field in enumerate(worlds):
        runs = np.arange(len(field)).reshape(-1, *[1] * (field.ndim - 1))
        one = (number + runs) % 2 == 0 if field.dtype == bool else number + 0.1 * runs
        fields.append(frozen(np.broadcast_to(one, field.shape).astype(field.dtype)))
    return Worlds(*fields)


def test_a_world_of_many_is_the_same_in_compiled_code() -> None:
    """Every field of a world is that of the same name, also where two fields of a scenario look alike."""
    game = compile_scenario(read_scenario(SCENARIOS / "us_framework.yaml").scenario)
    drawn = realise(game, Uniforms(1, 0, 3))
    assert World._fields == Worlds._fields
    for worlds in (drawn, told_apart(drawn)):
        for k in range(3):
            for name, there, here in zip(World._fields, worlds.at(k), world_at(worlds, k), strict=True):
                assert np.array_equal(there, here), name
