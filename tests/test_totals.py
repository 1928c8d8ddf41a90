"""Total effects, of a function where they are known, and of a scenario whose numbers are drawn again."""

import json

import numpy as np
import pytest
from commands import sim
from playing import FREEZE

from sim.analysis.sensitivity.totals import Redrawn, total_effects
from sim.draws import Again, Uniforms
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Floats
from sim.scenario.conventions import conventions
from sim.study.redrawn import RUNS_OF_CODING, redraw


def of_two(u: Floats) -> Flags:
    """Whether exactly one of two coins shows heads: each explains nothing alone and everything together."""
    return np.asarray((u[0] < 0.5) != (u[1] < 0.5))


def test_of_pure_interaction_the_total_effects_are_all_of_it() -> None:
    rng = np.random.default_rng(1)
    u, again = rng.random((3, 100, 25)), rng.random((3, 100, 25))
    changed = {f"x{k}": of_two(np.where(np.arange(3)[:, None, None] == k, again, u)) for k in range(3)}
    found = total_effects(Redrawn(of_two(u), changed))
    for name in ("x0", "x1"):
        assert found[name].low <= 1.0 <= found[name].high
    assert found["x2"].estimate == 0.0


def test_only_what_is_drawn_again_changes() -> None:
    one, other = Uniforms(1, 4, 9), Again(1, 4, 9, again=("b",))
    before, after = one.streams(["a", "b", "c"]), other.streams(["a", "b", "c"])
    assert np.array_equal(before[[0, 2]], after[[0, 2]])
    assert not (before[1] == after[1]).any()


def test_what_no_number_has_changes_nothing_when_it_is_drawn_again() -> None:
    loaded = read_scenario(FREEZE)
    named = conventions(loaded.scenario)
    paths = ["no_such_number", "every_party.reciprocity", "phases.talks.rounds"]
    found = redraw(loaded.plain, named, paths, 1, None, 3, lambda _: None)
    assert found.agreed.shape == (3, RUNS_OF_CODING)
    assert np.array_equal(found.agreed, found.again["no_such_number"])
    assert (found.agreed != found.again["every_party.reciprocity"]).any()


@pytest.mark.slow
def test_the_ten_that_lead_have_total_effects_of_at_least_their_own() -> None:
    told = json.loads(sim("sensitivity", "freeze_lines", "--totals", "--json")[1])["agreement"]
    assert all("total" in row for row in told[:10])
    assert all(row["total"]["high"] >= row["first_order"]["low"] for row in told[:10])
