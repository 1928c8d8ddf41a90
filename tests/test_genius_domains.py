"""Published domains of GENIUS and GeniusWeb: read, written as scenarios, compiled, and counted out package by package.

Figures: `genius/expected.json` of the reference answers. Equal utilities at nine decimals are one outcome.
"""

import json
import os
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from commands import sim

from sim.analysis.exact.answer import stage
from sim.analysis.exact.solutions import nash
from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenario.reader import read_scenario
from sim.game import Floats

DOMAINS = ("itex_vs_cypress", "smart_energy_grid_3p", "symposium_4p", "geniusweb_japantrip")
CLOSE = 1e-6


def expected(name: str) -> dict:
    return json.loads((folder() / "expected.json").read_text())["domains"][name]


def folder() -> Path:
    found = os.environ.get("SIM_ORACLES")
    if not found:
        pytest.skip("SIM_ORACLES does not name the folder of reference answers")
    return Path(found) / "genius"


class Counted:
    """Every package of an imported domain: utilities [n, P], what no deal is worth [P], and the exact answers about it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        game = compile_scenario(read_scenario(path).scenario)
        world = stated_world(game).at(0)
        self.sizes = [int(n) for n in game.rules.options]
        issues = np.arange(len(self.sizes))
        packages = product(*map(range, self.sizes))
        self.worth = np.array([world.value[:, issues, list(package)].sum(axis=1) for package in packages])
        self.reserved = world.base
        self.deal = stage(game, None, threads=1)


@pytest.fixture(scope="module", params=DOMAINS)
def domain(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Counted, dict]:
    told, path = expected(request.param), tmp_path_factory.mktemp("imported") / "scenario.yaml"
    files = [folder() / request.param / name for name in (told["domain"], *told["profiles"])]
    code, _, errors = sim("import", *files, "--to", path)
    assert code == 0, errors
    return Counted(path), told


def is_among(found: Floats, points: list[list[float]]) -> bool:
    return any(np.allclose(found, point, rtol=0, atol=CLOSE) for point in points)


def test_counts_and_frontier(domain: tuple[Counted, dict]) -> None:
    found, told = domain
    assert len(found.reserved) == told["parties"]
    assert found.sizes == told["issue_sizes"]
    assert found.deal.space.total == len(found.worth) == told["outcomes"]
    assert found.deal.packages == (found.worth >= found.reserved - 1e-9).all(axis=1).sum()
    assert len(found.deal.front.value) == told["pareto_size_rational"] == told["pareto_size_all"]


def test_solutions(domain: tuple[Counted, dict]) -> None:
    found, told = domain
    front, picked = found.deal.front.value, found.deal.solutions
    assert is_among(front[picked["nash"]], told["nash_at_reserved"])
    assert is_among(front[picked["utilitarian"]], told["max_welfare"])
    assert found.deal.gains[picked["nash"]].prod() == pytest.approx(told["nash_product"], abs=CLOSE)
    assert front.sum(axis=1).max() == pytest.approx(told["max_welfare_value"], abs=CLOSE)


def test_points_from_the_least_utility(domain: tuple[Counted, dict]) -> None:
    """With gains over the larger of reserved value and least utility; of equal gains, absolute (kalai) or relative (ks), the
    reference takes the point of the frontier where they differ least, which is no max-min point.
    """
    found, told = domain
    origin = np.maximum(found.reserved, found.worth.min(axis=0))
    front = found.deal.front.value
    gains = front - origin
    assert is_among(front[nash(gains)], told["nash_at_max_reserved_umin"])
    for key, shares in (("kalai", gains), ("ks", gains / (found.worth.max(axis=0) - origin))):
        spread = shares.max(axis=1) - shares.min(axis=1)
        assert is_among(front[spread.argmin()], told[key])


@pytest.mark.usefixtures("undrawn")
def test_what_is_imported_passes_check_and_run(domain: tuple[Counted, dict], tmp_path: Path) -> None:
    path = domain[0].path
    code, page, errors = sim("check", path)
    assert code == 0 and "no warnings" in page, errors
    code, page, errors = sim("run", path, "--runs", "20", "--out", tmp_path / "result")
    assert code == 0 and "Likelihood of agreement" in page, errors


def test_a_domain_alone_finds_its_profiles(tmp_path: Path) -> None:
    code, page, _ = sim("import", folder() / "symposium_4p" / "symposium.xml", "--to", tmp_path / "s.yaml")
    assert code == 0
    assert page.count("Symposium-Profile") == 8
