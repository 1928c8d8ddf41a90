"""What is said to move the likelihood: noise is left out, at any number of runs and any likelihood."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from games import SMALL, changed, write_small
from playing import FREEZE, ROOT
from scipy import stats

from sim.analysis import influence
from sim.analysis.influence import (
    FIFTHS,
    RATE,
    Influence,
    differences,
    discoveries,
    influences,
    number_of,
    ranked,
    trend,
)
from sim.analysis.shares.likelihood import agreed
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.draws import influences as drawn
from sim.files.scenario.reader import read_scenario
from sim.game import Flags, Floats, Game

DEAD_EVENTS = ROOT / "tests" / "irrelevant_events.yaml"
MANY = 105


def of_chance(rng: np.random.Generator, n: int) -> dict[str, Floats]:
    return {f"number{k}": rng.random(n) for k in range(MANY)}


def told(game: Game, seed: int, n: int) -> tuple[Influence, ...]:
    uniforms = Uniforms(seed, 0, n)
    return influences(drawn(game, uniforms), agreed(play_all(game, realise(game, uniforms))))


def test_an_influential_number_is_found_among_many() -> None:
    rng = np.random.default_rng(10)
    draws = of_chance(rng, 4000)
    hits = rng.random(4000) < 0.2 + 0.5 * draws["number7"]
    found = influences(draws, hits)
    assert [one.path for one in found] == ["number7"]
    assert found[0].effect() == pytest.approx(0.4, abs=0.08)
    assert found[0].is_fragile()


def test_a_number_that_matters_in_the_middle_only_is_found_and_its_middle_told() -> None:
    rng = np.random.default_rng(11)
    draws = of_chance(rng, 2000)
    hits = rng.random(2000) < np.where(abs(draws["number3"] - 0.5) < 0.1, 0.6, 0.3)
    (found,) = influences(draws, hits)
    assert found.path == "number3"
    assert found.turn() is found.fifths[2]
    assert not found.is_fragile()


def test_a_rising_number_has_no_turn() -> None:
    rng = np.random.default_rng(2)
    draws = rng.random(2000)
    (found,) = influences({"number": draws}, draws > rng.random(2000))
    assert found.turn() is None


@pytest.mark.parametrize(("hits", "n"), [(0, 2000), (8, 2000), (1992, 2000), (29, 58), (20, 40)])
def test_of_few_that_agree_or_few_that_fail_nothing_is_said(hits: int, n: int) -> None:
    draws = np.random.default_rng(3).random(n)
    assert influences({"number": draws}, draws < np.sort(draws)[hits] if hits < n else np.ones(n, bool)) == ()


def test_tests_are_those_of_scipy() -> None:
    rng = np.random.default_rng(4)
    draws, hits = rng.random(400), rng.random(400) < 0.3
    theirs = stats.mannwhitneyu(draws[hits], draws[~hits], method="asymptotic", use_continuity=False)
    assert trend(ranked(draws), hits) == pytest.approx(theirs.pvalue, rel=1e-9)
    fifth = FIFTHS * ranked(draws) // 400
    table = np.array([np.bincount(fifth[hits], minlength=5), np.bincount(fifth[~hits], minlength=5)])
    chi2 = stats.contingency.chi2_contingency(table, correction=False)
    assert differences(fifth, hits) == pytest.approx(stats.chi2.sf(chi2.statistic * 399 / 400, 4), rel=1e-9)


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    p_values = np.random.default_rng(5).beta(0.3, 1.5, 60)
    theirs = np.flatnonzero(stats.false_discovery_control(p_values) <= 0.05)
    assert sorted(discoveries(p_values.tolist(), 0.05)) == theirs.tolist()
    assert discoveries([0.5, 0.9], 0.05) == discoveries([], 0.05) == []


def test_a_slope_alone_makes_nothing_fragile_its_interval_must_lie_beyond_too() -> None:
    rng = np.random.default_rng(6)
    draws = rng.random(1000)
    (found,) = influences({"number": draws}, rng.random(1000) < 0.38 + 0.25 * draws)
    assert found.slope is not None
    assert found.slope.estimate > influence.FRAGILE > found.slope.low
    assert not found.is_fragile()


def test_intervals_of_slopes_widen_with_how_many_were_looked_at() -> None:
    rng = np.random.default_rng(7)
    draws = of_chance(rng, 2000)
    hits = rng.random(2000) < draws["number0"]
    (alone,), (one,) = influences({"number0": draws["number0"]}, hits), influences(draws, hits)
    assert alone.slope is not None and one.slope is not None
    assert (alone.slope.level, one.slope.level) == (0.95, pytest.approx(1 - 0.05 / MANY))
    assert one.slope.high - one.slope.low > 1.5 * (alone.slope.high - alone.slope.low)


def test_a_probability_and_the_draw_against_it_are_one_number() -> None:
    rng = np.random.default_rng(8)
    chance, luck = rng.random(2000), rng.random(2000)
    draws = {"a.good_faith": chance, "a.good_faith.real": 0.5 + 0.2 * chance - luck}
    (found,) = influences(draws, draws["a.good_faith.real"] > 0)
    assert (found.path, found.draw) == ("a.good_faith", "a.good_faith.real")
    assert found.slope is not None  # of the probability, not of its luck


def test_a_red_line_goes_by_its_firmness() -> None:
    assert number_of("parties.a.red_lines.b.real") == "parties.a.red_lines.b.firmness"
    assert number_of("ratification.c.passes.real") == "ratification.c.passes"
    assert number_of("parties.a.trust") == "parties.a.trust"


class TestDraws:
    """The draws behind the numbers of a scenario."""

    def test_lines_of_a_party_do_not_speak_for_each_other(self) -> None:
        game = compile_scenario(read_scenario(FREEZE).scenario)
        found = drawn(game, Uniforms(1, 0, 4000))
        z = realise(game, Uniforms(1, 0, 4000)).z
        names = list(game.names.lines)
        mine = [r for r in range(len(names)) if game.rules.line_owner[r] == 0]
        own = [found[f"parties.russia.red_lines.{names[r]}.real"] for r in mine]
        for k, r in enumerate(mine):
            assert np.corrcoef(own[k], z[:, r])[0, 1] < -0.2
            others = [abs(stats.spearmanr(own[k], z[:, q]).statistic) for q in mine if q != r]
            assert max(others) < 0.06

    def test_lines_that_are_real_together_are_one_draw(self) -> None:
        found = drawn(compile_scenario(read_scenario(FREEZE).scenario), Uniforms(1, 0, 4))
        assert "parties.ukraine.red_lines.no_ceding.real" in found
        assert "parties.ukraine.red_lines.no_crimea_recognition.real" not in found

    def test_the_draw_against_a_probability_is_above_0_where_it_is_so(self, tmp_path: Path) -> None:
        path = write_small(tmp_path, changed("good_faith: 0.9", "good_faith: 0.6", SMALL))
        game = compile_scenario(read_scenario(path).scenario)
        uniforms = Uniforms(1, 0, 50)
        worlds = realise(game, uniforms)
        found = drawn(game, uniforms)
        for p, party in enumerate(game.names.parties):
            if f"parties.{party}.good_faith.real" in found:
                assert ((found[f"parties.{party}.good_faith.real"] > 0) == worlds.good_faith[:, p]).all()
        for c, clause in enumerate(game.names.ratification):
            passed = worlds.luck[:, c] < worlds.passes[:, c]
            assert ((found[f"ratification.{clause}.passes.real"] > 0) == passed).all()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_dead_event_is_said_to_matter_and_the_clause_is(seed: int) -> None:
    paths = [one.path for one in told(compile_scenario(read_scenario(DEAD_EVENTS).scenario), seed, 300)]
    assert "ratification.rat.passes" in paths
    assert not [path for path in paths if path.startswith("events.")]


def shuffled(n: int, likelihood: float, times: int) -> Iterator[tuple[dict[str, Floats], Flags]]:
    rng = np.random.default_rng(n)
    for _ in range(times):
        yield of_chance(rng, n), rng.random(n) < likelihood


@pytest.mark.parametrize(("n", "likelihood"), [(200, 0.5), (200, 0.2), (2000, 0.03)])
def test_of_outcomes_that_hang_on_nothing_next_to_nothing_is_said(n: int, likelihood: float) -> None:
    rows = sum(len(influences(*study)) for study in shuffled(n, likelihood, 20))
    assert rows <= 2  # it was five to seven rows a study


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "likelihood"), [(80, 0.5), (200, 0.2), (200, 0.8), (500, 0.08), (2000, 0.02), (2000, 0.5)]
)
def test_p_values_are_not_too_small(n: int, likelihood: float) -> None:
    """How often a number that moves nothing has a p-value of at most this."""
    rng = np.random.default_rng(1000 * n)
    hits = np.arange(n) < round(n * likelihood)
    times = 40_000
    found = np.empty(times)
    for k in range(times):
        rank = rng.permutation(n)
        found[k] = min(1.0, 2.0 * min(trend(rank, hits), differences(FIFTHS * rank // n, hits)))
    for level in (0.05, 0.01, 0.001):
        assert np.mean(found <= level) <= level + 3 * (level / times) ** 0.5


@pytest.mark.slow
def test_at_most_one_row_in_twenty_is_of_a_dead_event() -> None:
    game = compile_scenario(read_scenario(DEAD_EVENTS).scenario)
    rows = [one.path for seed in range(1, 101) for one in told(game, seed, 200)]
    assert sum(path.startswith("events.") for path in rows) <= len(rows) / 20
    assert len(rows) > 200


@pytest.mark.slow
def test_studies_of_outcomes_that_hang_on_nothing_seldom_say_anything() -> None:
    speaks = [bool(influences(*study)) for study in shuffled(500, 0.4, 500)]
    assert np.mean(speaks) <= RATE + 0.02
