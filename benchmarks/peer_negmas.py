"""Negotiations a second of NegMAS on a plain space. Runs in an environment of its own; see `against_negmas.py`.

    python peer_negmas.py SPACE.json SECONDS
    python peer_negmas.py SPACE.json exact

Parties make alternating offers for 50 rounds. They have time-dependent aspirations, linear additive preferences and the
reserved value of the space. Negotiations are timed twice: with weights and values drawn anew for every one, and with the
stated ones, whose sorted outcomes are kept from one negotiation to the next. With `exact` it says how long the frontier (the
best of three after a first call) and all statistics of the space take, and how many points are on the frontier. Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from negmas import LinearAdditiveUtilityFunction, TableFun, make_issue
from negmas.preferences.inv_ufun import PresortingInverseUtilityFunction
from negmas.preferences.ops import calc_scenario_stats, pareto_frontier
from negmas.sao import AspirationNegotiator, SAOMechanism

ROUNDS = 50
WEIGHTS_SD, VALUES_SD = 0.25, 0.1


def preferences(space: dict, issues: list, chance: np.random.Generator | None) -> list:
    """A utility function a party, as stated or drawn around that."""
    found = []
    for party in space["parties"]:
        weights, values = np.array(party["weights"]), [np.array(each) for each in party["values"]]
        if chance is not None:
            weights = weights * np.exp(WEIGHTS_SD * chance.standard_normal(len(weights)))
            values = [np.clip(v + VALUES_SD * chance.standard_normal(len(v)), 0.0, 1.0) for v in values]
        tables = [TableFun({f"o{o}": float(v) for o, v in enumerate(each)}) for each in values]
        found.append(
            LinearAdditiveUtilityFunction(
                tables, weights=(weights / weights.sum()).tolist(), issues=issues, reserved_value=space["reserved"]
            )
        )
    return found


class Sorted:
    """Outcomes of each utility function in the order of their utility, sorted once."""

    def __init__(self) -> None:
        self.held: dict = {}

    def __call__(self, function: LinearAdditiveUtilityFunction) -> PresortingInverseUtilityFunction:
        if id(function) not in self.held:
            self.held[id(function)] = PresortingInverseUtilityFunction(function)
            self.held[id(function)].init()
        return self.held[id(function)]


def negotiate(space: dict, issues: list, functions: list, inverter: Sorted | None = None) -> bool:
    talks = SAOMechanism(issues=issues, n_steps=ROUNDS)
    for curve, function in zip(space["curves"], functions, strict=True):
        exponent = space["exponents"][curve]
        talks.add(AspirationNegotiator(aspiration_type=exponent, ufun_inverter=inverter), ufun=function)
    return talks.run().agreement is not None


def issues_of(space: dict) -> list:
    return [make_issue([f"o{o}" for o in range(size)], f"i{i}") for i, size in enumerate(space["sizes"])]


def exact(space: dict) -> dict[str, float]:
    """Seconds for the frontier, and for all statistics with the Nash, Kalai and welfare points."""
    issues = issues_of(space)
    functions = preferences(space, issues, None)

    def seconds(work: Callable[[], object], times: int) -> float:
        start = time.perf_counter()
        work()
        found = [time.perf_counter() - start]
        for _ in range(times):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
        return min(found)

    front = pareto_frontier(functions, issues=issues)[0]
    return {
        "frontier": seconds(lambda: pareto_frontier(functions, issues=issues), 3),
        "points": len({tuple(round(value, 9) for value in point) for point in front}),
        "statistics": seconds(lambda: calc_scenario_stats(tuple(functions)), 0),
    }


def rate(space: dict, seconds: float, redrawn: bool) -> dict[str, float]:
    issues = issues_of(space)
    chance, stated, kept = np.random.default_rng(1), preferences(space, issues, None), Sorted()
    negotiate(space, issues, stated, kept)
    start, n, agreed = time.perf_counter(), 0, 0
    while time.perf_counter() - start < seconds:
        if redrawn:
            agreed += negotiate(space, issues, preferences(space, issues, chance))
        else:
            agreed += negotiate(space, issues, stated, kept)
        n += 1
    return {"per_second": n / (time.perf_counter() - start), "negotiations": n, "agreed": agreed / n}


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text())
    if sys.argv[2] == "exact":
        print(json.dumps(exact(given)))
    else:
        print(json.dumps({kind: rate(given, float(sys.argv[2]), kind == "redrawn") for kind in ("redrawn", "fixed")}))
