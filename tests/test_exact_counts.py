"""How many packages the zones hold, and which: against all packages written out, and against textbook counts."""

from typing import Any

import numpy as np
import pytest
from brute import Table, at_length, briefly, game_of
from hypothesis import given
from playing import ROOT
from strategies import SEEDS, games, truces
from test_textbook import oracle

from sim.analysis.exact.answer import stage, stages_of
from sim.analysis.exact.counting import count_worlds
from sim.analysis.exact.questions import blank_questions
from sim.analysis.exact.spaces import space_of
from sim.analysis.feasibility.degenerate_games import without_zone
from sim.analysis.feasibility.reasons import reasons
from sim.analysis.feasibility.trajectory import board
from sim.batch import play_all
from sim.draws import Uniforms, realise, stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Game

WORLDS = 3


@given(games() | truces(), SEEDS)
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


@given(games())
@briefly
def test_what_is_said_to_lack_a_zone_as_stated_lacks_one(plain: dict[str, Any]) -> None:
    game = game_of(plain)
    assert without_zone(game) == [one for one in stages_of(game) if not stage(game, one, threads=1).exists]


@pytest.mark.slow
@given(games() | truces(), SEEDS)
@at_length
def test_zones_of_many_games_are_those_of_brute_force(plain: dict[str, Any], seed: int) -> None:
    test_zones_of_drawn_worlds_are_those_of_brute_force.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]


def counted(game: Game) -> int:
    """Packages in the zone, which is the same in every world of these games."""
    space = space_of(game)
    packages = count_worlds(game, space, Uniforms(1, 0, 2), threads=1).packages
    assert packages.tolist() == [stage(game, None, threads=1).packages] * 2
    return int(packages[0])


def unanimous(plain: dict[str, Any]) -> dict[str, Any]:
    return {**plain, "consent": [{"all_of": list(plain["parties"])}]}


def test_scorable_game_of_seven_has_204_deals_52_of_them_unanimous() -> None:
    """Abdelnabi et al. (2023), adjust_games.ipynb."""
    plain = read_scenario(ROOT / "scenarios" / "textbook" / "scorable_7.yaml").plain
    assert [counted(game_of(plain)), counted(game_of(unanimous(plain)))] == [204, 52]


def score_sheets(published: dict[str, Any]) -> dict[str, Any]:
    """A published game as a scenario: a hundredth of a score is weight times value."""
    options = {f"i{k}": [f"o{o}" for o in range(n)] for k, n in enumerate(published["options_per_issue"])}
    parties: dict[str, Any] = {}
    for k, party in enumerate(published["parties"]):
        scores = {issue: row for issue, row in zip(options, party["scores"], strict=True) if max(row)}
        parties[f"p{k}"] = {
            "name": party["name"],
            "role": "stakeholder",
            "priorities": {
                issue: {
                    "weight": max(row) / 100,
                    "values": {o: n / max(row) for o, n in zip(options[issue], row, strict=True)},
                }
                for issue, row in scores.items()
            },
            "no_deal": {"base": party["threshold"] / 100},
            "concession": {"exponent": 1, "deadline": 1},
        }
    vetoes = [f"p{k}" for k, party in enumerate(published["parties"]) if party["name"] in published["veto_parties"]]
    return {
        "title": "Score sheets",
        "summary": "A published game.",
        "assumed": "see the published game",
        "issues": {i: {"title": i, "options": {o: o for o in names}} for i, names in options.items()},
        "parties": parties,
        "phases": [{"id": "talks", "rounds": 1}],
        "consent": [{"all_of": vetoes}, {"at_least": len(parties) - 1, "of": list(parties)}],
    }


@pytest.mark.parametrize(("name", "deals"), [("base", [55, 12]), ("base_7players", [204, 52])])
def test_scorable_games_as_published(name: str, deals: list[int]) -> None:
    plain = score_sheets(oracle("scorable_games.json")[name])
    assert [counted(game_of(plain)), counted(game_of(unanimous(plain)))] == deals


def test_every_division_in_the_bargaining_range_is_on_the_frontier() -> None:
    """Fearon (1995): p = 0.6 and costs of 0.1 and 0.2 leave 0.5 to 0.8; what one side gains there the other loses."""
    game = game_of(read_scenario(ROOT / "scenarios" / "textbook" / "fearon.yaml").plain)
    assert counted(game) == 7
    found = stage(game, None, threads=1)
    divided = [found.space.package(int(n))[0] / 20 for n in found.front.number]
    assert sorted(divided) == pytest.approx([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8])


def test_a_first_phase_that_more_coalitions_can_settle_than_the_whole_deal_has_moments() -> None:
    """Any three of six, and in the end all of them: room for 4 paths of 2 rounds would not be enough."""
    parties = {
        f"p{k}": {
            "name": f"P{k}",
            "role": "belligerent",
            "priorities": {"dam": {"weight": 1, "values": {"built": k / 5, "left": 0.5}}},
            "no_deal": {"base": 0.4},
            "concession": {"exponent": 1, "deadline": 2},
        }
        for k in range(6)
    }
    game = game_of(
        {
            "title": "Any three of six",
            "summary": "A made-up game.",
            "assumed": "a made-up game for tests",
            "issues": {"dam": {"title": "The dam", "options": {"built": "It is built", "left": "It is not"}}},
            "parties": parties,
            "phases": [
                {"id": "draft", "rounds": 1, "consent": [{"at_least": 3, "of": list(parties)}]},
                {"id": "talks", "rounds": 1},
            ],
        }
    )
    world = stated_world(game).at(0)
    assert stage(game, 0, threads=1).packages == Table(game, world).start(first_phase=True).zone().sum() == 2
    assert stage(game, None, threads=1).packages == Table(game, world).start().zone().sum() == 1
    at = board(game)
    assert len(blank_questions(game, at).coalition) >= (at.phase == 0).sum() == 20
