"""Signs that theory gives, on the scenarios as they are: paired runs, three seeds, beyond the interval.

Fearon 1995 (costs, mutual optimism), Powell 2006 (trust), and what lines, threats and fortunes are for. Sizes are not held.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playing import ROOT, Played, paired, play_scenario

from sim.files.scenario.reader import read_scenario
from sim.scenario import RedLine, Scenario

RUNS = 300
SEEDS = (1, 2, 3)
TALKS = ("freeze_lines", "us_framework", "us_walks_away", "november_draft", "european_terms")
APRIL = ("freeze_lines", "variants/framework_then_details", "us_walks_away")
"""Talks of April of which enough runs agree: of us_framework hardly any do."""

pytestmark = pytest.mark.slow

Change = Callable[[Scenario], Scenario]


def play(name: str, seed: int, *overrides: str, change: Change = lambda scenario: scenario, runs: int = RUNS) -> Played:
    loaded = read_scenario(ROOT / "scenarios" / f"{name}.yaml", list(overrides))
    return play_scenario(change(loaded.scenario), runs, seed)


def both(name: str, *settings: str) -> list[str]:
    return [f"parties.{party}.{setting}" for party, setting in zip(("russia", "ukraine"), settings, strict=True)]


def assert_rises(name: str, after: list[str], before: list[str]) -> None:
    """The likelihood is nowhere lower after than before, and over all seeds higher beyond the interval; so is the ceiling."""
    now, then = ([play(name, seed, *setting) for seed in SEEDS] for setting in (after, before))
    for a, b in zip(now, then, strict=True):
        assert a.agreed().mean() >= b.agreed().mean()
    mean, half = paired(*(np.concatenate([one.agreed() for one in runs]) for runs in (now, then)))
    assert mean > half, (name, mean, half)
    ceiling, room = paired(*(np.concatenate([one.zone for one in runs]) for runs in (now, then)))
    assert ceiling >= -room, (name, ceiling, room)


@pytest.mark.parametrize("name", TALKS)
def test_a_costlier_war_makes_agreement_likelier(name: str) -> None:
    costly, free = (
        both(name, "no_deal.cost=0.003", "no_deal.cost=0.0045"),
        both(name, "no_deal.cost=0", "no_deal.cost=0"),
    )
    assert_rises(name, costly, free)


@pytest.mark.parametrize("name", TALKS)
def test_mutual_optimism_makes_agreement_less_likely(name: str) -> None:
    assert_rises(name, both(name, "optimism=-0.2", "optimism=0.2"), both(name, "optimism=0.4", "optimism=-0.4"))


@pytest.mark.parametrize("name", TALKS)
def test_trust_makes_agreement_likelier(name: str) -> None:
    assert_rises(name, both(name, "trust=0.8", "trust=0.8"), both(name, "trust=0.25", "trust=0.25"))


def test_sanctions_that_bite_make_agreement_likelier() -> None:
    lever = "levers.new_us_sanctions"
    assert_rises("november_draft", [f"{lever}.no_deal.russia=-0.15", f"{lever}.when.round=0"], [])
    for seed in SEEDS:
        none = play("sanctions_pressure", seed, f"{lever}.no_deal.russia=0", f"{lever}.pressure=0")
        biting = play("sanctions_pressure", seed, f"{lever}.no_deal.russia=-0.15")
        ceiling, half = paired(biting.zone, none.zone)
        assert ceiling > half
        assert biting.agreed().mean() >= none.agreed().mean()


def _no_american_word(scenario: Scenario) -> Scenario:
    """Washington refuses to guarantee anything, whatever else is in a deal."""
    us = scenario.parties["us"]
    line = us.red_lines[0].model_copy(
        update={"id": "no_word", "refuses": {"security_guarantees": ("us_and_european",)}, **_sure(us.red_lines[0])}
    )
    parties = {**scenario.parties, "us": us.model_copy(update={"red_lines": (*us.red_lines, line)})}
    return scenario.model_copy(update={"parties": parties})


def test_without_an_american_guarantee_agreement_is_less_likely() -> None:
    now, then = (
        np.concatenate([play("freeze_lines", seed, runs=3 * RUNS, change=change).agreed() for seed in SEEDS])
        for change in (_no_american_word, lambda scenario: scenario)
    )
    mean, half = paired(now, then)
    assert mean < -half


def test_a_mediator_that_stays_makes_agreement_likelier() -> None:
    assert_rises("us_walks_away", ["walk_away.carried_out=0"], ["walk_away.carried_out=1"])


def _sure(line: RedLine) -> dict[str, Any]:
    return {"firmness": type(line.firmness)(value=1.0), "yield_": type(line.yield_)(value=0.0)}


def _lines(firm: bool) -> Change:
    """Every red line certain, or none at all."""

    def change(scenario: Scenario) -> Scenario:
        parties = {}
        for name, party in scenario.parties.items():
            sure = [line.model_copy(update=_sure(line)) for line in party.red_lines]
            parties[name] = party.model_copy(update={"red_lines": tuple(sure) if firm else ()})
        return scenario.model_copy(update={"parties": parties})

    return change


@pytest.mark.parametrize("name", ["freeze_lines", "november_draft"])
def test_without_red_lines_agreement_is_likelier_by_more_than_ten_points(name: str) -> None:
    for seed in SEEDS:
        mean, half = paired(play(name, seed, change=_lines(False)).agreed(), play(name, seed).agreed())
        assert mean - half > 0.1


def test_with_all_red_lines_certain_agreement_is_less_likely() -> None:
    now, then = (
        np.concatenate([play("freeze_lines", seed, runs=3 * RUNS, change=change).agreed() for seed in SEEDS])
        for change in (_lines(True), lambda scenario: scenario)
    )
    mean, half = paired(now, then)
    assert mean < -half


def _terms(name: str, party: int, settings: list[list[str]]) -> list[float]:
    """Mean terms of a party over the runs of all seeds that agree, and have terms, under every setting."""
    plays = [[play(name, seed, *setting) for seed in SEEDS] for setting in settings]
    terms = np.array([np.concatenate([one.outcomes.terms[:, party] for one in runs]) for runs in plays])
    agreed = np.array([np.concatenate([one.agreed() for one in runs]) for runs in plays])
    kept = (agreed & np.isfinite(terms)).all(axis=0)
    return [float(row) for row in terms[:, kept].mean(axis=1)]


@pytest.mark.parametrize("name", APRIL)
def test_fortunes_for_russia_better_its_terms_and_worsen_those_of_kyiv(name: str) -> None:
    fortunes = [[f"momentum.start={start}"] for start in (-0.3, 0.2, 0.7)]
    russia, ukraine = _terms(name, 0, fortunes), _terms(name, 1, fortunes)
    assert russia == sorted(russia)
    assert ukraine == sorted(ukraine, reverse=True)


@pytest.mark.parametrize("name", APRIL[:2])
def test_without_aid_terms_are_worse_for_kyiv_and_better_for_russia(name: str) -> None:
    aid = [["levers.us_aid.tilt=-0.5"], ["levers.us_aid.tilt=0"]]
    russia, ukraine = _terms(name, 0, aid), _terms(name, 1, aid)
    assert russia[1] > russia[0]
    assert ukraine[1] < ukraine[0]
