"""Zones with every mechanism against brute force, and against what talks come to."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from core_games import SETS, Maker
from playing import ROOT, play_file
from reference_paths import Paths

from sim import batch
from sim.analysis.exact.answer import counts_of
from sim.analysis.exact.counting import count_worlds
from sim.analysis.exact.spaces import space_of
from sim.analysis.feasibility.reasons import reasons
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.records import End, Why
from sim.scenario import Scenario

RUNS = 3


def check_zones(seed: int, on: frozenset[str]) -> None:
    plain = Maker(seed, on).game()
    game, uniforms = compile_scenario(Scenario.model_validate(plain)), Uniforms(seed, 0, RUNS)
    worlds = realise(game, uniforms)
    zones = [Paths(plain, worlds.at(k)).zone() for k in range(RUNS)]
    outcomes = batch.play_all(game, worlds)
    found, why = reasons(game, worlds, outcomes)
    assert found.tolist() == [bool(zone) for zone in zones]
    counts = count_worlds(game, space_of(game), uniforms, threads=1)
    assert counts.packages.tolist() == [len(zone) for zone in zones]
    seen = Counter(x for zone in zones for x in zone)
    assert counts.seen.tolist() == [seen[x] for x in product(*map(range, game.rules.options.tolist()))]
    assert not found[why == Why.NO_ZONE].any()
    for k in np.flatnonzero(outcomes.end == End.AGREEMENT):
        if not plain.get("levers"):
            assert tuple(outcomes.package[k].tolist()) in zones[k]


@pytest.mark.parametrize("on", SETS, ids=lambda on: "+".join(sorted(on)) or "none")
def test_zones_are_those_of_brute_force(on: frozenset[str]) -> None:
    check_zones(0, on)


@pytest.mark.slow
@pytest.mark.parametrize("on", SETS, ids=lambda on: "+".join(sorted(on)) or "none")
def test_zones_of_many_games_are_those_of_brute_force(on: frozenset[str]) -> None:
    for seed in range(1, 4):
        check_zones(seed, on)


def haggler(no: float, yes: float, base: object, momentum: float) -> dict[str, object]:
    return {
        "name": "one",
        "role": "belligerent",
        "priorities": {"guns": {"weight": 1, "values": {"fire": no, "rest": yes}}},
        "no_deal": {"base": base, "momentum": momentum},
        "concession": {"deadline": 4},
    }


TRUCE = {
    "title": "A truce", "summary": "It is all there is to settle.", "assumed": "made up",
    "issues": {"guns": {"title": "Guns", "status_quo": "fire", "options": {"fire": "They fire", "rest": "They rest"}}},
    "parties": {"a": haggler(0.0, 0.5, {"uniform": [0.3, 0.6]}, 0.3), "b": haggler(0.0, 1.0, 0.1, 0.0)},
    "phases": [{"id": "first", "rounds": 2}, {"id": "talks", "rounds": 4}],
    "momentum": {"favours": "a", "start": 0, "drift": 0, "sd": 0, "ceasefire": {"guns": "rest"}, "ceasefire_drift": -0.1},
}  # fmt: skip


def test_the_zone_of_a_run_hangs_on_no_other_run() -> None:
    """A truce that holds is no deal any more, though it was one in an earlier run."""
    game = compile_scenario(Scenario.model_validate(TRUCE))
    worlds = realise(game, Uniforms(1, 0, 40))
    together, _ = reasons(game, worlds, batch.play_all(game, worlds))
    alone = [worlds.part(slice(k, k + 1)) for k in range(40)]
    assert together.tolist() == [bool(reasons(game, one, batch.play_all(game, one))[0][0]) for one in alone]
    assert together.tolist() == [bool(Paths(TRUCE, worlds.at(k)).zone()) for k in range(40)]


SHIPPED = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_agree_on_nothing_without_a_zone(name: str) -> None:
    runs = 100 if name == "year_2025" else 300  # a year takes ten times as long
    played = play_file(ROOT / "scenarios" / f"{name}.yaml", runs, 1)
    assert played.zone[played.agreed()].all()
    counts = counts_of(played.game, space_of(played.game), Uniforms(1, 0, runs), threads=1)
    assert not counts.exists[played.why == Why.NO_ZONE].any()
    assert counts.exists.tolist() == played.zone.tolist()
