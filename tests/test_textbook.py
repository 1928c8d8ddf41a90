"""Textbook games whose answers are known: Fearon's bargaining range, and a scorable game of seven players."""

import json
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from playing import ROOT, play_file

from sim.analysis.coalitions import winning_coalitions
from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenarios import read_scenario
from sim.game import Game
from sim.records import End
from sim.rules.formulas import reaches

FEARON = ROOT / "scenarios" / "textbook" / "fearon.yaml"
SCORABLE = ROOT / "scenarios" / "textbook" / "scorable_7.yaml"


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
