"""Whether 95 % intervals hold the truth in 95 of 100 studies: a game whose likelihood of agreement is known, 1,000 studies.

Both sides of the game prefer peace to war, so they agree unless one of them never meant to: the likelihood is the
probability that it did.
"""

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.analysis.shares.axes import axis_of
from sim.analysis.shares.design_points import grouped, shares
from sim.analysis.shares.likelihood import agreed, share_of
from sim.analysis.shares.tipping import tippings
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.game import Flags, Game
from sim.records import Design, End, Rows
from sim.scenario import Scenario
from sim.study.smallest_games import SMALLEST

STUDIES = 1000
PROBABILITIES = (0.03, 0.37, 0.9)
SWEPT = tuple(k / 10 for k in range(1, 10))


@cache
def game(probability: float) -> Game:
    first, second = SMALLEST["parties"].values()
    parties: Any = {"a": {**first, "good_faith": probability}, "b": second}
    return compile_scenario(Scenario.model_validate({**SMALLEST, "parties": parties}))


def study(probability: float, seed: int, runs: int) -> Flags:
    """Runs that agree."""
    here = game(probability)
    return np.asarray(play_all(here, realise(here, Uniforms(seed, 0, runs))).end == End.AGREEMENT)


def swept(seed: int, runs: int) -> Rows:
    """The runs of a sweep over the probability."""
    hits = np.concatenate([study(probability, seed, runs) for probability in SWEPT])
    n, nothing = len(hits), np.zeros(len(hits), np.int64)
    return Rows(
        point=np.repeat(np.arange(len(SWEPT)), runs), run=np.tile(np.arange(runs), len(SWEPT)),
        end=np.where(hits, int(End.AGREEMENT), int(End.DEADLINE)), why=nothing, round=nothing, zone=np.ones(n, bool),
        core_kept=np.zeros(n, bool), holds=np.zeros(n), terms=np.zeros((n, 0), np.float32),
        package=np.zeros((n, 1), np.int64),
    )  # fmt: skip


def assert_about_95_percent(held: list[bool]) -> None:
    assert 0.93 <= np.mean(held) <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("probability", PROBABILITIES)
def test_likelihood(probability: float) -> None:
    found = [share_of(study(probability, seed, 500)) for seed in range(STUDIES)]
    assert_about_95_percent([share.low <= probability <= share.high for share in found])


@pytest.mark.slow
def test_likelihood_of_pooled_points() -> None:
    """Points share their luck: as if they were independent, 95 % would be about 60."""
    truth, held, naive = float(np.mean(SWEPT)), [], []
    for seed in range(STUDIES):
        rows = swept(seed, 200)
        group = grouped(rows, np.zeros(len(SWEPT), np.int64), 1)
        share, alone = shares(group, agreed(rows)).share(0), share_of(agreed(rows))
        held.append(share.low <= truth <= share.high)
        naive.append(alone.low <= truth <= alone.high)
    assert_about_95_percent(held)
    assert np.mean(naive) < 0.8


@pytest.mark.slow
def test_tipping_point() -> None:
    axis = axis_of(Design(("p",), tuple((f"{value:g}",) for value in SWEPT)), "p")
    held = []
    for seed in range(STUDIES):
        rows = swept(seed, 200)
        found = tippings(axis.at, shares(grouped(rows, axis.of_point, len(axis)), agreed(rows)))
        held.append(len(found) == 1 and found[0].low <= 0.5 <= found[0].high)
    assert_about_95_percent(held)
