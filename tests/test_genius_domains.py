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

from sim.compiling import compile_scenario
from sim.draws import stated_world
from sim.files.scenarios import read_scenario
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
    """Every package of an imported domain: utilities [n, P], what no deal is worth [P], and the Pareto frontier."""

    def __init__(self, path: Path) -> None:
        game = compile_scenario(read_scenario(path).scenario)
        world = stated_world(game).at(0)
        self.sizes = [int(n) for n in game.rules.options]
        packages = np.array(list(product(*map(range, self.sizes))))
        issues = np.arange(len(self.sizes))
        self.worth = np.array([world.value[:, issues, package].sum(axis=1) for package in packages])
        self.reserved = world.base
        distinct = np.unique(self.worth.round(9), axis=0)
        self.front = np.array(
            [u for u in distinct if not ((distinct >= u).all(axis=1) & (distinct > u).any(axis=1)).any()]
        )


@pytest.fixture(params=DOMAINS)
def domain(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Counted, dict]:
    told = expected(request.param)
    files = [folder() / request.param / name for name in (told["domain"], *told["profiles"])]
    code, _, errors = sim("import", *files, "--to", tmp_path / "scenario.yaml")
    assert code == 0, errors
    return Counted(tmp_path / "scenario.yaml"), told


def is_among(found: Floats, points: list[list[float]]) -> bool:
    return any(np.allclose(found, point, rtol=0, atol=CLOSE) for point in points)


def test_counts_and_frontier(domain: tuple[Counted, dict]) -> None:
    found, told = domain
    assert len(found.reserved) == told["parties"]
    assert found.sizes == told["issue_sizes"]
    assert len(found.worth) == told["outcomes"]
    assert len(found.front) == told["pareto_size_all"]
    rational = (found.front >= found.reserved - 1e-9).all(axis=1)
    assert rational.sum() == told["pareto_size_rational"]


def test_nash_points(domain: tuple[Counted, dict]) -> None:
    found, told = domain
    from_least = np.maximum(found.reserved, found.worth.min(axis=0))
    for key, origin in (("nash_at_reserved", found.reserved), ("nash_at_max_reserved_umin", from_least)):
        products = np.maximum(found.worth - origin, 0).prod(axis=1)
        assert is_among(found.worth[products.argmax()], told[key])
    at_reserved = np.maximum(found.worth - found.reserved, 0).prod(axis=1)
    assert at_reserved.max() == pytest.approx(told["nash_product"], abs=CLOSE)


def test_largest_welfare(domain: tuple[Counted, dict]) -> None:
    found, told = domain
    total = found.worth.sum(axis=1)
    assert total.max() == pytest.approx(told["max_welfare_value"], abs=CLOSE)
    assert is_among(found.worth[total.argmax()], told["max_welfare"])


def test_points_of_equal_gains(domain: tuple[Counted, dict]) -> None:
    """The reference takes the point of the frontier whose gains, absolute or relative, differ least."""
    found, told = domain
    origin = np.maximum(found.reserved, found.worth.min(axis=0))
    gains = found.front - origin
    for key, shares in (("kalai", gains), ("ks", gains / (found.worth.max(axis=0) - origin))):
        spread = shares.max(axis=1) - shares.min(axis=1)
        assert is_among(found.front[spread.argmin()], told[key])


def test_what_is_imported_passes_check_and_run(domain: tuple[Counted, dict], tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    code, page, errors = sim("check", path)
    assert code == 0 and "no warnings" in page, errors
    code, page, errors = sim("run", path, "--runs", "20", "--out", tmp_path / "result")
    assert code == 0 and "Likelihood of agreement" in page, errors


def test_a_domain_alone_finds_its_profiles(tmp_path: Path) -> None:
    code, page, _ = sim("import", folder() / "symposium_4p" / "symposium.xml", "--to", tmp_path / "s.yaml")
    assert code == 0
    assert page.count("Symposium-Profile") == 8
