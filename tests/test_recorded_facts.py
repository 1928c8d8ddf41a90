"""Recorded facts asked of runs, against the outcomes of the same runs and a walk through them step by step."""

from typing import ClassVar

import numpy as np
import pytest
from games import SMALL, changed, write_small
from playing import play_scenario

from sim.analysis.validation.recorded_facts import shows
from sim.draws import Uniforms, realise
from sim.evidence import Fact
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Game
from sim.records import End
from sim.scenario import Scenario
from sim.talks.model import Negotiation
from sim.talks.observer import Observer

RUNS, SEED = 60, 3


def fact(**says: object) -> Fact:
    return Fact.model_validate({"id": "f", "date": "2025-06-01", "about": "so", "claims": ["gazette.c1"], **says})


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    text = changed("  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}\n", "", SMALL)
    return read_scenario(write_small(tmp_path_factory.mktemp("river"), text)).scenario


def asked(scenario: Scenario, rounds: int, **says: object) -> Flags:
    return shows(play_scenario(scenario, 1, SEED).game, [(fact(**says), rounds)], RUNS, SEED)[:, 0]


@pytest.mark.parametrize("rounds", [0, 1, 3, 7, 12, 40])
def test_signed_by_a_round(river: Scenario, rounds: int) -> None:
    outcomes = play_scenario(river, RUNS, SEED).outcomes
    signed = np.isin(outcomes.end, (End.AGREEMENT, End.RATIFICATION_FAILED)) & (outcomes.round < rounds)
    assert (asked(river, rounds, signed=True) == signed).all()
    assert (asked(river, rounds, signed=False) == ~signed).all()


@pytest.mark.parametrize("rounds", [1, 5, 9, 12])
def test_a_mediator_mediates_until_it_leaves(river: Scenario, rounds: int) -> None:
    left = play_scenario(river, RUNS, SEED).outcomes.left
    gone = (left >= 0) & (left < rounds)
    assert (asked(river, rounds, mediates={"judge": True}) == ~gone).all()


def test_a_lever_is_in_force_from_its_round(river: Scenario) -> None:
    ended = play_scenario(river, RUNS, SEED).outcomes.round
    assert not asked(river, 3, pulled={"dam": True}).any()
    assert (asked(river, 4, pulled={"dam": True}) == (ended >= 3)).all()


def test_parts_of_a_fact_must_all_be_so(river: Scenario) -> None:
    both = asked(river, 5, mediates={"judge": True, "upper": True})
    assert (both == asked(river, 5, mediates={"judge": True})).all()


class Texts(Observer):
    """Every text with its round and author, in the order of the talks."""

    found: ClassVar[list[tuple[int, int, list[int]]]]

    def tabled(self, author: int, documented: bool) -> None:
        state = self.table.state
        self.found.append((int(state.round[0]), author, state.text.tolist()))


def texts(game: Game, k: int) -> list[tuple[int, int, list[int]]]:
    """The same of run k, played by mesa."""
    Texts.found = []
    talks = Negotiation(game, realise(game, Uniforms(SEED, k, 1)).at(0), Texts, collect=False)
    while talks.is_running:
        talks.step()
    talks.forget()
    return Texts.found


@pytest.mark.parametrize("party", ["judge", "upper", "lower"])
@pytest.mark.parametrize("terms", [{"bank": "shared", "fish": "capped"}, {"toll": "low"}, {"bank": "upper"}])
def test_texts_as_the_other_engine_tables_them(river: Scenario, party: str, terms: dict[str, str]) -> None:
    game, rounds = play_scenario(river, 1, SEED).game, 6
    author, names = game.names.parties.index(party), game.names
    wanted = {names.issues.index(i): names.options[names.issues.index(i)].index(o) for i, o in terms.items()}
    told = {
        kind: asked(river, rounds, **{kind: {"by": party, "terms": terms}}) for kind in ("tabled", "added", "dropped")
    }
    for k in range(RUNS):
        own = [text for at, who, text in texts(game, k) if who == author and at < rounds]
        had = [all(text[i] == o for i, o in wanted.items()) for text in own]
        assert told["tabled"][k] == any(had)
        assert told["added"][k] == (bool(had) and had[-1] and not all(had))
        assert told["dropped"][k] == (any(had) and not had[-1])
