"""Textbook games whose answers are known: Fearon's bargaining range, and scorable games of six and seven players."""

import json
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from playing import ROOT, play_file

from sim.analysis.feasibility.coalitions import winning_coalitions
from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Game
from sim.records import End
from sim.rules.formulas import reaches
from sim.scenario import Scenario

FEARON = ROOT / "scenarios" / "textbook" / "fearon.yaml"
SCORABLE = ROOT / "scenarios" / "textbook" / "scorable_7.yaml"


VETOES = ("sportco", "tourism")
SIX = {
    "mayor": (30, [[14, 8, 0], [12, 8, 0], [24, 18, 12, 0], [40, 30, 23, 0], [0, 2, 4, 7, 10]]),
    "cities": (31, [[0, 4, 10], [0, 0, 0], [12, 8, 6, 0], [0, 8, 13, 18], [60, 45, 30, 15, 0]]),
    "union": (50, [[15, 20, 0], [0, 0, 0], [42, 35, 25, 0], [30, 20, 10, 0], [2, 4, 6, 8, 0]]),
    "sportco": (55, [[14, 8, 0], [11, 7, 0], [0, 5, 10, 17], [35, 29, 20, 0], [0, 5, 10, 15, 23]]),
    "tourism": (65, [[0, 11, 5], [0, 20, 25], [0, 2, 4, 9], [10, 26, 40, 0], [4, 8, 15, 12, 0]]),
    "environment": (55, [[0, 22, 45], [0, 25, 55], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0]]),
}
"""The game of six players (Abdelnabi et al. 2023): thresholds, and scores by issue and option."""


def six_players(*consent: dict[str, object]) -> Game:
    """The six-player game: weights are largest scores, values are scores by the largest one, as in the file of seven."""
    sizes = [len(scores) for scores in SIX["mayor"][1]]
    issues = {
        f"i{i}": {"title": f"Issue {i}", "options": {f"o{o}": "x" for o in range(n)}} for i, n in enumerate(sizes)
    }
    parties = {
        name: {
            "name": name,
            "role": "stakeholder",
            "no_deal": {"base": threshold / 100},
            "concession": {"exponent": 1.0, "deadline": 24},
            "priorities": {
                f"i{i}": {
                    "weight": max(scores) / 100,
                    "values": {f"o{o}": score / max(scores) for o, score in enumerate(scores)},
                }
                for i, scores in enumerate(sheet)
                if max(scores)
            },
        }
        for name, (threshold, sheet) in SIX.items()
    }
    phases = [{"id": "talks", "rounds": 24}]
    plain = {"title": "Six players", "summary": "A game.", "issues": issues, "parties": parties, "phases": phases}
    return compile_scenario(Scenario.model_validate({**plain, "consent": consent}))


def compiled(path: Path) -> Game:
    return compile_scenario(read_scenario(path).scenario)


def passing(game: Game) -> list[tuple[int, ...]]:
    """Packages that some winning coalition takes, by enumeration."""
    world, coalitions = stated_world(game).at(0), winning_coalitions(game, 0, votes=True).parties
    issues = np.arange(len(game.names.issues))
    found = []
    for x in product(*(range(n) for n in game.rules.options)):
        worth = world.value[:, issues, list(x)].sum(axis=1)
        content = np.array([reaches(v, d) for v, d in zip(worth, world.base, strict=True)])
        if any(content[coalition].all() for coalition in coalitions):
            found.append(x)
    return found


def oracle(name: str) -> dict[str, dict[str, object]]:
    folder = os.environ.get("SIM_ORACLES")
    if not folder:
        pytest.skip("SIM_ORACLES does not name the folder of reference answers")
    return json.loads((Path(folder) / name).read_text())


def test_bargaining_range_follows_from_the_costs() -> None:
    """Fearon (1995): the range is [p - cA, p + cB]; p = 0.6, cA = 0.1, cB = 0.2."""
    shares = [x[0] / 20 for x in passing(compiled(FEARON))]
    assert shares == pytest.approx([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8])


def test_bargaining_ends_within_the_range() -> None:
    played = play_file(FEARON, 100, 1)
    assert played.zone.all()
    assert (played.outcomes.end == End.AGREEMENT).all()
    shares = played.outcomes.package[:, 0] / 20
    assert ((shares >= 0.5) & (shares <= 0.8)).all()


def test_scorable_game_has_204_passing_deals() -> None:
    """Abdelnabi et al. (2023), adjust_games.ipynb: 204 deals pass in the seven-player game."""
    assert len(passing(compiled(SCORABLE))) == 204


def test_scorable_game_has_52_deals_that_all_take() -> None:
    """The same notebook: with everybody's consent needed, 52."""
    plain = read_scenario(SCORABLE).plain
    everybody = {**plain, "consent": [{"all_of": list(plain["parties"])}]}
    game = compile_scenario(Scenario.model_validate(everybody))
    deals = passing(game)
    assert len(deals) == 52
    assert set(deals) <= set(passing(compiled(SCORABLE)))


def test_game_of_six_has_55_passing_deals_and_12_that_all_take() -> None:
    """Two vetoes and five of six; all six."""
    quota = six_players({"all_of": VETOES}, {"at_least": 5, "of": list(SIX)})
    deals, unanimous = passing(quota), passing(six_players({"all_of": list(SIX)}))
    assert (len(deals), len(unanimous)) == (55, 12)
    assert set(unanimous) <= set(deals)


def test_games_of_six_and_seven_are_those_of_the_reference() -> None:
    published = oracle("scorable_games.json")
    sheets = [(party["threshold"], party["scores"]) for party in published["base"]["parties"]]
    assert sheets == list(SIX.values())
    counts = [
        (count["n_pass_N_minus_1_with_veto"], count["n_unanimous"])
        for count in (published[game]["my_enumeration"] for game in ("base", "base_7players"))
    ]
    assert counts == [(55, 12), (204, 52)]


def test_scorable_game_counts_by_party_are_the_published_ones() -> None:
    published = oracle("scorable_games.json")["base_7players"]
    game = compiled(SCORABLE)
    world, deals = stated_world(game).at(0), passing(game)
    issues = np.arange(len(game.names.issues))
    worth = np.array([world.value[:, issues, list(x)].sum(axis=1) for x in deals])
    content = (worth >= world.base - 1e-9).sum(axis=0)
    assert content.tolist() == list(published["my_enumeration"]["per_party_in_passing"].values())  # type: ignore[index]


def test_scorable_agreements_are_among_the_passing_deals() -> None:
    played = play_file(SCORABLE, 60, 1)
    deals = set(passing(played.game))
    signed = played.outcomes.package[played.agreed()]
    assert len(signed)
    assert {tuple(x.tolist()) for x in signed} <= deals


def test_quota_makes_five_winning_coalitions() -> None:
    """Two vetoes and six of seven: either of the five others may be left out."""
    coalitions = winning_coalitions(compiled(SCORABLE), 0, votes=True).parties
    assert sorted(coalitions.sum(axis=1)) == [6, 6, 6, 6, 6]
