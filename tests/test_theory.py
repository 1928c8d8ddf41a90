"""Closed answers of bargaining theory.

The engine plays concession tactics, not equilibria, so alternating offers are solved here, by backward induction over a
list of packages. What that holds to account is how the program values packages (a scenario file, compiled) and its Nash
solution, which the offers of patient parties must come close to. Fearon's range and his case of private costs
go through the program's exact search for a zone.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playing import ROOT, play_scenario

from sim.analysis.exact.solutions import nash
from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Floats
from sim.scenario import Scenario

FEARON = ROOT / "scenarios" / "textbook" / "fearon.yaml"
STEP = 1e-4

FINITE = [
    (0.5, 1, 1.0), (0.5, 2, 0.5), (0.5, 3, 0.75), (0.5, 4, 0.625), (0.5, 10, 0.666015625),
    (0.9, 1, 1.0), (0.9, 2, 0.1), (0.9, 3, 0.91), (0.9, 4, 0.181), (0.9, 10, 0.342800821),
]  # fmt: skip
"""Discount factor, rounds, share of who proposes first: (1 - (-d)^T) / (1 + d) (Stahl 1972)."""

RUBINSTEIN = [(0.9, 0.9, 10 / 19), (0.9, 0.8, 5 / 7), (0.5, 0.5, 2 / 3), (0.8, 0.9, 5 / 14), (0.99, 0.95, 100 / 119)]
"""Discount factors, share of who proposes first: (1 - d2) / (1 - d1 d2) (Rubinstein 1982)."""


def published() -> dict[str, Any]:
    folder = os.environ.get("SIM_ORACLES")
    if not folder:
        pytest.skip("SIM_ORACLES does not name the folder of reference answers")
    return dict(json.loads((Path(folder) / "theory.json").read_text()))


def first_offer(gains: Floats, discount: Sequence[float], rounds: int) -> Floats:
    """What each of two parties gains [2] by the first offer, by backward induction over packages [n, 2].

    They propose by turns; who answers takes what is worth no less than its best answer a round later; after the last
    round both have 0. On a grid of step h each offer gives away up to h too much, and the next one, discounted, too.
    """
    later = np.zeros(2)
    for t in reversed(range(rounds)):
        proposer, other = t % 2, 1 - t % 2
        taken = np.flatnonzero(gains[:, other] >= discount[other] * later[other] - 1e-9)
        later = gains[taken[np.argmax(gains[taken, proposer])]]
    return later


def cake(step: float = STEP) -> Floats:
    """Every division of one, in steps."""
    share = np.linspace(0.0, 1.0, round(1 / step) + 1)
    return np.stack([share, 1 - share], axis=1)


@pytest.mark.parametrize(("d", "rounds", "share"), FINITE)
def test_a_finite_horizon_is_solved_backwards(d: float, rounds: int, share: float) -> None:
    assert first_offer(cake(), (d, d), rounds)[0] == pytest.approx(share, abs=STEP / (1 - d))


@pytest.mark.parametrize(("d", "rounds", "share"), FINITE)
def test_a_scenario_of_one_cake_is_worth_what_it_says(d: float, rounds: int, share: float) -> None:
    """The packages of a compiled scenario, as near as its grid of 0.05 allows: (1 - d^T) / (1 - d) steps."""
    world = stated_world(compile_scenario(read_scenario(FEARON).scenario)).at(0)
    gains = world.value[:, 0, :].T
    assert gains.shape == (21, 2)
    assert first_offer(gains, (d, d), rounds)[0] == pytest.approx(share, abs=0.05 * (1 - d**rounds) / (1 - d) + 1e-9)


@pytest.mark.parametrize(("first", "second", "share"), RUBINSTEIN)
def test_a_long_horizon_comes_to_rubinsteins_share(first: float, second: float, share: float) -> None:
    """What is left of the horizon after 1001 rounds is (d1 d2)^500, below 1e-13; a round of offers loses two steps."""
    found = first_offer(cake(), (first, second), 1001)[0]
    assert found == pytest.approx(share, abs=2 * STEP / (1 - first * second))


def test_the_frozen_shares_are_those_of_the_reference() -> None:
    theory = published()
    finite = [(case["d"], case["T"], case["share1"]) for case in theory["finite_horizon"]["cases"]]
    infinite = [(case["d1"], case["d2"], case["share1"]) for case in theory["rubinstein"]["cases"]]
    assert np.array(FINITE) == pytest.approx(np.array(finite), abs=1e-12)
    assert np.array(RUBINSTEIN) == pytest.approx(np.array(infinite), abs=1e-12)


def test_offers_of_patient_parties_come_to_the_nash_solution() -> None:
    """Binmore, Rubinstein & Wolinsky (1986), on the frontier u2 = 2 (1 - u1^2): the gap shrinks with impatience."""
    u = np.arange(0.0, 1.0 + STEP / 2, STEP)
    gains = np.stack([u, 2 * (1 - u * u)], axis=1)
    settled = gains[nash(gains)]
    gaps = [np.abs(first_offer(gains, (d, d), 1001) - settled).max() for d in (0.8, 0.9, 0.95, 0.98)]
    assert gaps == sorted(gaps, reverse=True)
    assert all(gap < 1 - d for gap, d in zip(gaps, (0.8, 0.9, 0.95, 0.98), strict=True))


def zone_at(share: int, n: int, *overrides: str) -> Flags:
    """Whether runs [n] have a zone where nothing but one share of Fearon's grid is on the table."""
    loaded = read_scenario(FEARON, overrides)
    others = [option for option in loaded.scenario.issues["share"].options if option != f"s{share:03}"]
    excluded = [{"says": "Nothing but this share", "when": {"share": others}}]
    return play_scenario(Scenario.model_validate({**loaded.plain, "off_the_table": excluded}), n, 1).zone


@pytest.mark.parametrize(
    ("p", "cost_a", "cost_b", "low", "high"), [(0.6, 0.1, 0.2, 50, 80), (0.3, 0.1, 0.05, 20, 35), (0.5, 0, 0, 50, 50)]
)
def test_the_exact_zone_is_fearons_range(p: float, cost_a: float, cost_b: float, low: int, high: int) -> None:
    """Fearon (1995): from p - cA to p + cB; the first case is the reference's, without costs one point is left."""
    bases = f"parties.a.no_deal.base={p - cost_a:.2f}", f"parties.b.no_deal.base={1 - p - cost_b:.2f}"
    found = [share for share in range(0, 101, 5) if zone_at(share, 1, *bases).all()]
    assert found == list(range(low, high + 1, 5))


def test_fearons_range_is_that_of_the_reference() -> None:
    (case,) = published()["fearon"]["cases"]
    assert (case["p"], case["cA"], case["cB"], case["lo"], case["hi"]) == (0.6, 0.1, 0.2, 0.5, 0.8)


def test_private_costs_leave_a_third_of_worlds_without_a_zone() -> None:
    """A demands x once; B's cost is uniform on [0, C] and its own secret. With p = 0.5, cA = 0.1 and C = 0.3 A does best
    to demand p + (C - cA) / 2 = 0.6, and B would rather fight with probability (C - cA) / (2 C) = 1/3.

    4,000 draws: four standard errors of a third are 0.030. Draws are the same for every demand, so demands are compared
    in the same worlds; the next best ones on the grid are worth 0.0083 less, seven standard errors of the difference.
    """
    secret = "parties.a.no_deal.base=0.4", "parties.b.no_deal.base={uniform: [0.2, 0.5]}"
    peace = {share: zone_at(share, 4000, *secret).mean() for share in range(40, 85, 5)}
    assert 1 - peace[60] == pytest.approx(1 / 3, abs=0.03)
    worth = {share: part * share / 100 + (1 - part) * 0.4 for share, part in peace.items()}
    assert max(worth, key=worth.__getitem__) == 60
    assert peace[50] == 1.0 and peace[80] == pytest.approx(0.0, abs=1e-3)


def test_private_costs_are_those_of_the_reference() -> None:
    case = published()["fearon"]["private_cost_take_it_or_leave_it"]["case"]
    assert (case["p"], case["cA"], case["C"], case["x"]) == (0.5, 0.1, 0.3, 0.6)
    assert case["war"] == pytest.approx(1 / 3)
