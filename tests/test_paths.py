"""Paths of a scenario and their values in words."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from playing import FREEZE
from sweeps import river

from sim.files.scenario.reader import read_scenario
from sim.report.wording.paths import path_says
from sim.report.wording.scenario_values import stated
from sim.report.wording.values import value_says, values_say
from sim.scenario import Scenario
from sim.scenario.round_words import plural


@cache
def small() -> Scenario:
    return river()


@cache
def freeze() -> tuple[Scenario, dict[str, Any]]:
    loaded = read_scenario(FREEZE)
    return loaded.scenario, loaded.plain


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("parties.judge.patience", "The judge: patience (weeks)"),
        ("parties.upper.concession.deadline", "The upper town: own deadline (weeks)"),
        ("parties.upper.concession.exponent.lognormal.median", "The upper town: concession exponent (median)"),
        ("parties.upper.concession.exponent.lognormal", "The upper town: concession exponent (lognormal distribution)"),
        ("parties.upper.good_faith", "The upper town: probability of good faith"),
        ("parties.upper.good_faith.value", "The upper town: probability of good faith"),
        ("parties.upper.red_lines.no_loss.firmness", "The upper town: The bank is not left in dispute (firmness)"),
        ("parties.lower.red_lines.bank_kept.yield", "The lower town: The bank is not given up (yield to pressure)"),
        ("parties.upper.priorities.bank.weight", "The upper town: weight of Who holds the east bank"),
        ("parties.upper.priorities.toll.values.low", "The upper town: value of “low” for A toll on the bridge"),
        ("parties.lower.linkages.peace.bonus", "The lower town: sharing pays with a cap (bonus)"),
        ("parties.judge.bias.upper", "The judge: how much the shortfall of The upper town counts"),
        ("phases.talks.rounds", "Length of the phase talks (weeks)"),
        ("phases.talks.protocol", "Phase talks: protocol"),
        ("phases.opening.lasts.fish", "Phase opening: how long what is settled on How many fish may be taken lasts (weeks)"),
        ("walk_away.deadline", "Week in which The judge leaves"),
        ("levers.dam.pressure", "The upper town closes the sluice (pressure)"),
        ("levers.dam.when.round", "The upper town closes the sluice (week in which it is pulled)"),
        ("levers.dam.no_deal.lower", "The upper town closes the sluice (shift of the no-deal value of The lower town)"),
        ("events.flood.firmness.bank_kept", "The river rises (change of firmness: The bank is not given up)"),
        ("momentum.drift", "Drift of momentum"),
        ("momentum.horizon", "How far parties look ahead (weeks)"),
        ("ratification.council.passes", "The council votes (chance that it passes)"),
        ("parties.lower.trust", "The lower town: trust that a deal lasts"),
        ("proposal.terms.bank", "Proposed term: Who holds the east bank"),
        ("issues.bank.status_quo", "Who holds the east bank: what holds while nothing is agreed"),
        ("every_party.weights_sd", "Every party: uncertainty of weights"),
        ("nobody.knows_this", "Nobody: knows this"),
    ],
)  # fmt: skip
def test_paths_are_said_in_words(path: str, says: str) -> None:
    assert path_says(small(), path) == says


def _paths(data: Any, path: str = "") -> Iterator[str]:
    """Every path of a scenario file that leads to a number or a word."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for k, value in enumerate(data):
            name = value["id"] if isinstance(value, dict) and "id" in value else str(k)
            yield from _paths(value, f"{path}.{name}")
    else:
        yield path


def test_no_path_of_a_real_scenario_is_said_with_its_ids() -> None:
    scenario, plain = freeze()
    paths = list(_paths(plain))
    assert len(paths) > 500
    assert [path for path in paths if "_" in path_says(scenario, path)] == []


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("phases.talks.protocol", "single_text", "single text"),
        ("phases.talks.consults", "alternate", "one at a time"),
        ("walk_away.then", "go_on", "go on without it"),
        ("phases.talks.mediator", "judge", "The judge"),
        ("phases.talks.provisional", "true", "yes"),
        ("parties.judge.patience", "6.5", "6.5"),
        ("parties.judge.patience", "{lognormal: {median: 8, sd: 0.5}}", "lognormal: median: 8, sd: 0.5"),
        ("proposal.core", "[bank, fish]", "Who holds the east bank, How many fish may be taken"),
        ("proposal.core", "null", "left out"),
        ("summary", '"' + "very " * 30 + '"', "very " * 11 + "very…"),
    ],
)
def test_values_are_said_in_words(path: str, text: str, says: str) -> None:
    assert value_says(small(), path, text) == says


def test_of_whole_blocks_only_the_difference_is_said() -> None:
    blocks = [
        "{id: talks, rounds: 52, protocol: alternating}",
        "{id: talks, rounds: 52, protocol: single_text, lasts: {bank: 3, fish: 2}}",
    ]
    assert values_say(small(), "phases.talks", blocks) == [
        "protocol: alternating",
        "protocol: single text, lasts: Who holds the east bank: 3, H…",
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("parties.judge.patience", 6.0),
        ("parties.upper.red_lines.no_loss.firmness", 0.8),
        ("parties.upper.concession.exponent", 0.8),
        ("phases.talks.rounds", 12.0),
        ("walk_away.deadline", 12.0),
        ("parties.lower.good_faith", None),
        ("phases.talks.protocol", None),
        ("nobody.knows.this", None),
    ],
)
def test_what_the_scenario_itself_states(path: str, value: float | None) -> None:
    assert stated(small(), path) == value


def test_several_rounds() -> None:
    assert [plural(noun) for noun in ("week", "day", "century", "months")] == ["weeks", "days", "centuries", "months"]
