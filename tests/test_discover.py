"""Regions of the assumptions: boxes that are known are found, noise gives none, and the command tells what it found."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from hypothesis import given
from hypothesis import strategies as st
from playing import FREEZE

from sim.analysis.discovery.peeling import Box, pasted, trajectory, whole
from sim.analysis.discovery.regions import regions
from sim.game import Flags, Floats
from sim.report.discover.condition import condition

N, INPUTS = 4000, 60


def drawn(seed: int, n: int = N, inputs: int = INPUTS) -> tuple[np.random.Generator, dict[str, Floats]]:
    rng = np.random.default_rng(seed)
    return rng, {f"x{k}": column for k, column in enumerate(rng.random((inputs, n)))}


def outcomes(rng: np.random.Generator, inside: Flags, high: float, low: float) -> Flags:
    return np.asarray(rng.random(len(inside)) < np.where(inside, high, low))


class TestRegions:
    def test_noise_gives_no_box(self) -> None:
        """Outcomes that hang on nothing; a box in any of forty samples is one too many more than once."""
        told = 0
        for seed in range(40):
            rng, draws = drawn(seed, 1000, 40)
            told += len(regions(draws, rng.random(1000) < 0.3, 0.5).found)
        assert told <= 1

    def test_a_plain_box_is_recovered(self) -> None:
        rng, draws = drawn(1)
        inside = (draws["x3"] > 0.6) & (draws["x7"] < 0.4)
        found = regions(draws, outcomes(rng, inside, 0.95, 0.05), 0.94).found
        assert len(found) == 1
        limits = {limit.path: limit for limit in found[0].limits}
        assert set(limits) == {"x3", "x7"}
        assert limits["x3"].low == pytest.approx(0.6, abs=0.03) and limits["x3"].high == 1.0
        assert limits["x7"].high == pytest.approx(0.4, abs=0.03) and limits["x7"].low == 0.0
        assert found[0].density.low < 0.95 < found[0].density.high
        assert found[0].mass.estimate == pytest.approx(0.16, abs=0.03)

    def test_two_boxes_are_found_one_after_the_other(self) -> None:
        rng, draws = drawn(2)
        one = (draws["x3"] > 0.6) & (draws["x7"] < 0.4)
        other = (draws["x20"] > 0.75) & (draws["x21"] > 0.4)
        found = regions(draws, outcomes(rng, one | other, 0.97, 0.03), 0.85)
        assert [{limit.path for limit in region.limits} for region in found.found] == [{"x3", "x7"}, {"x20", "x21"}]
        assert found.together.estimate > 0.7

    def test_an_input_that_is_so_or_not_so_is_limited_where_it_turns(self) -> None:
        rng, draws = drawn(3)
        found = regions(draws, outcomes(rng, draws["x5"] > 0.7, 0.9, 0.1), 0.85, {"x5": 0.7}).found
        (limit,) = found[0].limits
        assert (limit.path, limit.low, limit.high) == ("x5", 0.7, 1.0)

    def test_where_it_is_so_anyway_there_is_nothing_to_find(self) -> None:
        rng, draws = drawn(4)
        assert not regions(draws, rng.random(N) < 0.8, 0.5).found

    def test_what_is_told_is_of_the_half_that_found_nothing(self) -> None:
        rng, draws = drawn(5)
        hits = outcomes(rng, draws["x1"] > 0.8, 0.9, 0.1)
        (region,) = regions(draws, hits, 0.8).found
        (limit,) = region.limits
        judge = np.arange(N) % 2 == 1
        inside = judge & (draws["x1"] >= limit.low) & (draws["x1"] <= limit.high)
        assert (region.density.hits, region.density.n) == (int(hits[inside].sum()), int(inside.sum()))
        assert region.coverage.n == int(hits[judge].sum()) and region.mass.n == N // 2


@given(st.integers(0, 1000))
def test_every_box_on_the_way_lies_in_the_one_before(seed: int) -> None:
    rng = np.random.default_rng(seed)
    inputs, hits = rng.random((300, 5)), rng.random(300) < 0.4
    boxes = trajectory(inputs, hits)
    assert boxes[0].limited() == [] and whole(5).holds(inputs).all()
    for before, after in pairwise(boxes):
        assert (after.low >= before.low).all() and (after.high <= before.high).all()
        assert after.holds(inputs).sum() < before.holds(inputs).sum()
    box = boxes[len(boxes) // 2]
    wider = pasted(box, inputs, hits)
    assert (wider.low <= box.low).all() and (wider.high >= box.high).all()
    assert hits[wider.holds(inputs)].mean() >= hits[box.holds(inputs)].mean()


def test_a_box_without_a_limit_is_free_there() -> None:
    box = Box(np.array([0.2, 0.0]), np.array([1.0, 0.5]))
    assert box.limited() == [0, 1] and box.without(0).limited() == [1]


class TestCondition:
    @pytest.mark.parametrize(
        ("text", "told", "wanted"),
        [
            ("agreement < 0.1", "agreement < 0.1", 0.9),
            ("agreement>50%", "agreement > 0.5", 0.5),
            ("zone <= .25", "zone < 0.25", 0.75),
        ],
    )
    def test_is_read(self, text: str, told: str, wanted: float) -> None:
        found = condition(text)
        assert (str(found), found.wanted()) == (told, wanted)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("agreement", "must be such as"),
            ("", "got empty text"),
            ("agrement < 0.1", "did you mean agreement?"),
            ("agreement < 1", "needs a share between 0 and 1 (got 1)"),
            ("agreement < 10", "needs a share between 0 and 1 (got 10)"),
        ],
    )
    def test_bad_text_is_told(self, text: str, said: str) -> None:
        code, out, err = sim("discover", FREEZE, "--where", text)
        assert (code, out) == (2, "") and said in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--runs", "100"), "--runs 100: regions need 400 runs or more"),
        (("--region", "2"), "--region: goes with --save"),
        (("--region", "9"), "--region: must be a whole number from 1 to 4 (got 9)"),
        (("--save", "r.txt"), ".json"),
        (("--out", "r.txt"), ".png"),
    ],
)
def test_bad_options_are_one_line(arguments: tuple[str, ...], said: str) -> None:
    code, out, err = sim("discover", FREEZE, *arguments)
    assert (code, out) == (2, "") and said in err and len(err.strip().splitlines()) == 1


@pytest.mark.slow
def test_the_runs_of_a_region_can_be_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = sim(
        "discover",
        FREEZE,
        "--where",
        "agreement < 0.15",
        "--runs",
        "3000",
        "--json",
        "--save",
        "r.json",
        "--out",
        "r.svg",
    )
    assert code == 0, err
    (region, *_) = json.loads(out)["regions"]
    assert region["outcome"]["low"] <= 0.15 and Path("r.svg").read_text().startswith("<?xml")
    kept = json.loads(Path("r.json").read_text())["draws"]
    assert kept["of"] == 3000
    code, out, err = sim("run", FREEZE, "--posterior", "r.json", "--json", "--out", "inside")
    assert code == 0, err
    played = json.loads(out)
    assert played["likelihood"]["estimate"] < 0.2, "in both halves"
