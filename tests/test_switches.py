"""A mechanism that is off plays as if the scenario had never stated what it reads."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import ROOT
from strategies import SEEDS, games
from test_engines import at_length, briefly, differing, game_of

from sim.analysis.feasibility.reasons import reasons
from sim.batch import play_all
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.scenario.mechanisms import MECHANISMS, Mechanism

Plain = dict[str, Any]

READS: dict[Mechanism, tuple[str, ...]] = {
    "futures": ("futures", "parties.*.optimism", "parties.*.confident", "levers.*.tilt", "momentum.sharpness"),
    "types": ("parties.*.confident",),
    "trust": ("parties.*.trust", "parties.*.rearm", "parties.*.protections"),
    "positions": (
        "parties.*.position",
        "events.*.positions",
        "parties.*.opening",
        "parties.*.reciprocity",
        "every_party.opening",
        "every_party.reciprocity",
    ),
    "give_and_take": ("parties.*.reciprocity", "every_party.reciprocity"),
    "losses": ("parties.*.loss_aversion", "every_party.loss_aversion"),
    "givers": ("gives",),
    "threats": ("levers.*.carried_out", "levers.*.slips", "walk_away.carried_out", "walk_away.slips"),
    "hope": ("hope",),
}
"""What each mechanism reads, said once more: places in a scenario file, `*` for any party or lever."""


def plain_of(name: str) -> Plain:
    return read_scenario(ROOT / "scenarios" / f"{name}.yaml").plain


def drop(data: Any, way: list[str]) -> None:
    """Delete what stands at a way into plain data, where something does."""
    first, rest = way[0], way[1:]
    if first == "*":
        for part in data.values() if isinstance(data, dict) else data:
            drop(part, rest)
    elif isinstance(data, dict) and data.get(first) is not None:
        if rest:
            drop(data[first], rest)
        else:
            del data[first]


def without(plain: Plain, off: Collection[Mechanism]) -> Plain:
    """The scenario less all that some mechanisms read."""
    less = {key: part for key, part in deepcopy(plain).items() if key != "mechanisms"}
    for name in off:
        for way in READS[name]:
            drop(less, way.split("."))
    return less


def check_off(plain: Plain, off: Collection[Mechanism], seed: int) -> None:
    switched, bare = game_of({**plain, "mechanisms": dict.fromkeys(off, "off")}), game_of(without(plain, off))
    luck = Uniforms(seed, 0, 4)
    worlds, plainly = realise(switched, luck), realise(bare, luck)
    for name, one, other in zip(worlds._fields, worlds, plainly, strict=True):
        assert np.array_equal(one, other), name
    for name, one, other in zip(switched.rules._fields, switched.rules, bare.rules, strict=True):
        assert np.array_equal(one, other), name
    outcomes = play_all(switched, worlds)
    assert differing(outcomes, play_all(bare, plainly)) == []
    zone, why = reasons(switched, worlds, outcomes)
    assert [part.tolist() for part in reasons(bare, plainly, outcomes)] == [zone.tolist(), why.tolist()]


@given(games(), SEEDS, st.sets(st.sampled_from(MECHANISMS), min_size=1, max_size=3))
@briefly
def test_off_is_as_never_stated(plain: Plain, seed: int, off: set[Mechanism]) -> None:
    check_off(plain, off, seed)


@pytest.mark.slow
@given(games(), SEEDS, st.sets(st.sampled_from(MECHANISMS), min_size=1, max_size=3))
@at_length
def test_off_is_as_never_stated_in_many_games(plain: Plain, seed: int, off: set[Mechanism]) -> None:
    check_off(plain, off, seed)


@pytest.mark.parametrize("off", MECHANISMS)
@pytest.mark.parametrize("name", ["us_framework", "thirty_day_ceasefire", "sanctions_pressure"])
def test_off_is_as_never_stated_in_scenarios(name: str, off: Mechanism) -> None:
    check_off(plain_of(name), [off], 3)


def test_on_changes_nothing() -> None:
    """A switch only ever takes something away."""
    plain = plain_of("us_framework")
    stated, on = game_of(plain), game_of({**plain, "mechanisms": dict.fromkeys(MECHANISMS, "on")})
    luck = Uniforms(5, 0, 10)
    assert differing(play_all(stated, realise(stated, luck)), play_all(on, realise(on, luck))) == []


def test_every_mechanism_is_looked_at() -> None:
    assert set(READS) == set(get_args(Mechanism)) == set(MECHANISMS)
