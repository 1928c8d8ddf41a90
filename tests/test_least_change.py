"""The least change of assumptions that brings the likelihood to a target: of functions where it is known, and played."""

import json
import math
from collections.abc import Mapping

import numpy as np
import pytest
from commands import sim
from playing import FREEZE
from scipy.stats import norm

from sim.analysis.sensitivity.coded_sample import CodedSample, Played
from sim.analysis.sensitivity.direction import direction, length
from sim.files.scenario.reader import read_scenario
from sim.scenario.conventions import conventions
from sim.study.least_change import FARTHEST, MovedTalks, least_change

ALONG = {"a": 0.6, "b": -0.8}


def known_sample(seed: int, strength: float) -> CodedSample:
    """Runs that agree by a probit function of two numbers and a convention, among many that do nothing."""
    rng = np.random.default_rng(seed)
    codings, each = 160, 25
    draws = {f"x{k}": rng.random(codings * each) for k in range(40)}
    points = {f"c{k}": (rng.permutation(codings) + 0.5) / codings for k in range(20)}
    score = norm.ppf(draws["x0"]) - norm.ppf(draws["x1"]) + np.repeat(norm.ppf(points["c0"]), each)
    hits = rng.random(codings * each) < norm.cdf(strength * score - 0.3)
    done = Played(hits, np.full((codings * each, 1), np.nan))
    return CodedSample(points, draws, np.repeat(np.arange(codings), each), done, done, 0)


def test_the_direction_of_a_probit_function_is_found() -> None:
    found = direction(known_sample(1, 0.5), ())
    assert set(found) == {"x0", "x1", "c0"}
    for path, sign in (("x0", 1), ("x1", -1), ("c0", 1)):
        assert found[path] == pytest.approx(sign / math.sqrt(3), abs=0.12)
    assert length(found) == pytest.approx(1.0)


def test_cited_numbers_stay() -> None:
    assert "x0" not in direction(known_sample(2, 0.5), {"x0"})


class Probit(MovedTalks):
    """Talks whose likelihood is known: Phi(-0.6 + the move along `ALONG`)."""

    def play(self, moves: Mapping[str, float], first: int, runs: int) -> Played:
        along = sum(ALONG[path] * by for path, by in moves.items())
        luck = np.random.default_rng(first).permutation((np.arange(runs) + 0.5) / runs)
        return Played(luck < norm.cdf(-0.6 + along), np.full((runs, 1), np.nan))


PROBIT = Probit({}, (), 1, None, lambda _: None)


@pytest.mark.parametrize("target", [0.1, 0.4, 0.5, 0.9])
def test_the_step_is_the_shortest_that_gives_the_target(target: float) -> None:
    found = least_change(PROBIT, ALONG, target, 4000)
    assert found.reached
    assert found.after.low <= target <= found.after.high
    assert length(found.moves) == pytest.approx(abs(float(norm.ppf(target)) + 0.6), abs=0.05)


def test_what_cannot_be_reached_is_said_so() -> None:
    found = least_change(PROBIT, {"a": 0.01, "b": 0.0}, 0.9, 400)
    assert not found.reached
    assert length(found.moves) <= FARTHEST
    assert least_change(PROBIT, {}, 0.9, 400).moves == {}


def test_moved_by_nothing_the_runs_are_those_of_the_scenario() -> None:
    loaded = read_scenario(FREEZE)
    talks = MovedTalks(loaded.plain, conventions(loaded.scenario), 1, None, lambda _: None)
    one = talks.play({}, 0, 40)
    other = talks.play({"every_party.reciprocity": -2.0, "phases.talks.rounds": 1.0}, 0, 40)
    assert one is not None
    assert other is not None
    assert other.agreed.sum() > one.agreed.sum()


@pytest.mark.slow
def test_the_change_of_a_shipped_scenario_gives_its_target_when_it_is_played() -> None:
    told = json.loads(sim("sensitivity", "freeze_lines", "--target", "0.5", "--json")[1])["target"]
    assert told["reached"]
    assert told["after"]["low"] <= 0.5 <= told["after"]["high"]
    again = json.loads(sim(*told["command"].split()[1:], "--json")[1])
    assert again["after"] == told["after"]
    assert again["before"] == told["before"]


@pytest.mark.parametrize(("options", "said"), [
    (["--move", "every_party.reciprocityy=1"], "unknown assumption (got every_party.reciprocityy); did you mean"),
    (["--move", "every_party.reciprocity=much"], "must be PATH=SD, standard deviations such as 0.5 (got much)"),
    (["--move", "every_party.reciprocity=9"], "must lie between -6 and 6"),
    (["--move", "every_party.reciprocity=1", "--target", "0.5"], "--target: goes without --move"),
    (["--target", "0.5", "--ablations"], "--target: goes without --ablations"),
])  # fmt: skip
def test_wrong_moves_are_told(options: list[str], said: str) -> None:
    code, _, told = sim("sensitivity", "freeze_lines", *options)
    assert code == 2
    assert said in told


def test_moves_are_played_with_the_same_luck() -> None:
    move = ("--move", "every_party.reciprocity=-1", "--runs", "60")
    told = json.loads(sim("sensitivity", "freeze_lines", *move, "--json")[1])
    assert told["moves"][0]["to"] == pytest.approx(0.3, abs=0.02)
    assert told["difference"]["estimate"] > 0
    assert "with them moved" in sim("sensitivity", "freeze_lines", *move)[1]
