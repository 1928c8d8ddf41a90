"""What a record teaches: weights by hand, worlds of known truth, records of noise, and the draws that are kept."""

import math
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pytest
from games import write_small
from scipy import stats

from sim.analysis.calibration.fit import Fit, fit_of
from sim.analysis.calibration.moved import mid_ranks, movement, order_p_values, pearson_p_values
from sim.analysis.calibration.posterior import posterior_of
from sim.analysis.calibration.record_items import Item, groups
from sim.analysis.calibration.weights import (
    Errors,
    effective,
    kept_runs,
    log_likelihood,
    quantiles,
    weighted_share,
    weights_of,
)
from sim.compiling import compile_scenario
from sim.draws import Uniforms, draw_numbers, drawn_scores, in_own_units, realise
from sim.evidence import Fact, Stance
from sim.files.scenario.reader import read_scenario
from sim.game import Floats, Game, Ints
from sim.records import End
from sim.study.plan import play_engine

BRIDGE = """\
title: The bridge
summary: Two towns haggle over a bridge, and nobody is sure what either would do without one.
assumed: a made-up game for tests
date: "2025-04-30"
issues:
  bridge:
    title: Who pays for the bridge
    status_quo: none
    options: {none: No bridge, half: Both pay half, east: East pays, toll: A toll pays}
  ferry:
    title: The ferry
    status_quo: kept
    options: {kept: It is kept, gone: It is given up}
parties:
  east:
    name: East
    role: belligerent
    priorities:
      bridge: {weight: 0.7, values: {none: 0.0, half: 0.6, east: 0.3, toll: 0.9}}
      ferry: {weight: 0.3, values: {kept: 0.4, gone: 0.8}}
    weights_sd: 0.5
    values_sd: 0.1
    no_deal: {base: {triangular: [0.1, 0.4, 0.9]}}
    concession: {exponent: 1, deadline: 9}
    red_lines:
      - id: not_alone
        says: East does not pay alone
        refuses: {bridge: east}
        firmness: {triangular: [0.3, 0.5, 0.9]}
        yield: 0
  west:
    name: West
    role: belligerent
    priorities:
      bridge: {weight: 0.5, values: {none: 0.1, half: 0.5, east: 1.0, toll: 0.7}}
      ferry: {weight: 0.5, values: {kept: 0.9, gone: 0.2}}
    weights_sd: 0.3
    no_deal: {base: {triangular: [0.2, 0.5, 0.8]}}
    concession: {exponent: {lognormal: {median: 1.0, sd: 0.4}}, deadline: 9}
    good_faith: 0.8
phases: [{id: talks, rounds: 6}]
round: week
"""
SEED = 7
DRAWS = 3000
TERMS = (
    ("east", {"bridge": "half"}), ("east", {"bridge": "east"}), ("east", {"bridge": "toll", "ferry": "kept"}),
    ("west", {"bridge": "half", "ferry": "gone"}), ("west", {"bridge": "toll", "ferry": "gone"}),
    ("west", {"bridge": "east", "ferry": "gone"}),
)  # fmt: skip


def stance(name: str, party: str, proposal: dict[str, str], answer: str = "accept") -> Stance:
    said = {"id": name, "date": "2025-06-01", "about": "so", "claims": ["gazette.c1"]}
    return Stance.model_validate({**said, "party": party, "proposal": proposal, "answer": answer})


def fact(name: str, **says: object) -> Fact:
    return Fact.model_validate({"id": name, "date": "2025-06-01", "about": "so", "claims": ["gazette.c1"], **says})


def one(recorded: Stance | Fact, rounds: int = 0) -> Item:
    terms = recorded.proposal if isinstance(recorded, Stance) else {}
    return Item(recorded, ((1.0, terms),), rounds)


ITEMS = (
    *(one(stance(f"s{k}", party, terms)) for k, (party, terms) in enumerate(TERMS)),
    one(fact("f", signed=True), 3),
)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Game:
    path = write_small(tmp_path_factory.mktemp("bridge"), BRIDGE)
    return compile_scenario(read_scenario(path).scenario)


@pytest.fixture(scope="module")
def fit(bridge: Game) -> Fit:
    return fit_of(bridge, ITEMS, DRAWS, SEED, threads=2)


class TestWeightsByHand:
    MET = np.array([[1, 1, 1], [1, 1, 0], [0, 1, 0], [0, 0.5, 1]], np.float32)
    GROUP = np.array([0, 0, 1])

    @pytest.mark.parametrize(("tied", "worth"), [(0.0, 1.0), (0.5, 1 / 1.5), (1.0, 0.5)])
    def test_what_hangs_together_is_tempered_by_its_design_effect(self, tied: float, worth: float) -> None:
        found = log_likelihood(self.MET, self.GROUP, Errors(0.2, tied))
        yes, no = math.log(0.8), math.log(0.2)
        half = math.log(0.5)
        assert found == pytest.approx([
            worth * 2 * yes + yes, worth * 2 * yes + no, worth * (no + yes) + no, worth * (no + half) + yes,
        ])  # fmt: skip

    def test_one_thing_told_three_times_over_is_one_item_if_fully_tied(self) -> None:
        met = np.array([[1], [0]], np.float32)
        one = log_likelihood(met, np.array([0]), Errors(0.1, 1.0))
        assert log_likelihood(np.repeat(met, 3, axis=1), np.zeros(3, int), Errors(0.1, 1.0)) == pytest.approx(one)

    def test_without_errors_what_is_not_shown_is_impossible(self) -> None:
        weights = weights_of(log_likelihood(self.MET, self.GROUP, Errors(0.0, 0.0)))
        assert weights.tolist() == [1.0, 0.0, 0.0, 0.0]
        assert not weights_of(log_likelihood(self.MET[1:3], self.GROUP, Errors(0.0, 0.0))).any()

    def test_effective_draws(self) -> None:
        assert effective(np.ones(40)) == 40.0
        assert effective(np.array([1.0, 1.0, 0.0, 0.0])) == 2.0
        assert effective(np.array([0.9, 0.3])) == pytest.approx(1.44 / 0.9)
        assert effective(np.zeros(3)) == 0.0

    def test_a_weighted_share_has_the_interval_of_as_many_equal_draws(self) -> None:
        flags = np.array([True, False] * 200)
        found = weighted_share(flags, np.repeat([1.0, 0.0], 200))
        assert (found.estimate, found.n, found.hits) == (0.5, 200, 100)

    def test_quantiles_count_weight(self) -> None:
        values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.7, 0.2])
        assert quantiles(values, weights, np.array([0.1, 0.69, 0.71, 0.95])).tolist() == [1.0, 1.0, 2.0, 3.0]


class TestGroups:
    def group(self, *recorded: Stance | Fact) -> list[int]:
        return groups([one(each) for each in recorded]).tolist()

    def test_answers_of_one_party_on_one_term_hang_together(self) -> None:
        first = stance("a", "east", {"bridge": "half"})
        same = stance("b", "east", {"bridge": "half", "ferry": "gone"})
        assert self.group(first, same) == [0, 0]
        assert self.group(first, stance("b", "west", {"bridge": "half"})) == [0, 1]
        assert self.group(first, stance("b", "east", {"bridge": "toll"})) == [0, 1]

    def test_through_a_third(self) -> None:
        a, b = stance("a", "east", {"bridge": "half"}), stance("b", "east", {"ferry": "gone"})
        assert self.group(a, b, stance("c", "east", {"bridge": "half", "ferry": "gone"})) == [0, 0, 0]

    def test_facts_by_what_they_are_about(self) -> None:
        signed = [fact("a", signed=False), fact("b", signed=False)]
        texts = [fact("e", tabled={"by": "east", "terms": {"bridge": "half"}}), stance("g", "east", {"bridge": "half"})]
        at_table = [fact("c", mediates={"east": True}), fact("d", mediates={"west": True})]
        assert self.group(*signed, *at_table, *texts) == [0, 0, 1, 2, 3, 3]


class TestFit:
    def test_answers_and_facts_are_those_of_the_backtest(self, bridge: Game, fit: Fit) -> None:
        from sim.analysis.validation.backtest import foretell, show

        told = foretell(bridge, [(item.recorded, item.variants) for item in ITEMS[:-1]], DRAWS, SEED)  # type: ignore[misc]
        shown = show(bridge, [(ITEMS[-1].recorded, 3, ITEMS[-1].variants)], DRAWS, SEED)  # type: ignore[list-item]
        expected = [*(each.takes() for each in told), shown[0].probability]
        assert fit.met.mean(axis=0) == pytest.approx(expected, abs=1e-6)
        assert all(0.02 < share < 0.98 for share in expected)

    def test_agreements_are_those_of_the_runs(self, bridge: Game, fit: Fit) -> None:
        outcomes = play_engine(bridge, "batch")(bridge, realise(bridge, Uniforms(SEED, 0, 500)))
        assert (fit.agreed[:500] == np.where(outcomes.end == End.AGREEMENT, outcomes.round, -1)).all()

    def test_a_draw_is_the_same_in_any_chunk_on_any_thread(self, bridge: Game, fit: Fit) -> None:
        few = fit_of(bridge, ITEMS, 333, SEED)
        assert (few.met == fit.met[:333]).all()

    def test_terms_between_two_options_count_by_their_shares(self, bridge: Game, fit: Fit) -> None:
        between = Item(ITEMS[0].recorded, ((0.25, {"bridge": "half"}), (0.75, {"bridge": "east"})))
        found = fit_of(bridge, [between], 500, SEED).met[:, 0]
        assert found == pytest.approx(0.25 * fit.met[:500, 0] + 0.75 * fit.met[:500, 1])


class TestDrawnNumbers:
    def test_they_are_those_of_the_worlds(self, bridge: Game) -> None:
        luck = Uniforms(SEED, 10, 50)
        scores, worlds = drawn_scores(bridge, luck), realise(bridge, luck)
        base = in_own_units(bridge, "parties.east.no_deal.base", scores["parties.east.no_deal.base"])
        assert base == pytest.approx(draw_numbers(bridge, luck)["base"][:, 0])
        assert (scores["parties.west.good_faith.real"] == worlds.good_faith[:, 1]).all()
        value = scores["parties.east.priorities.ferry.values.gone"]
        paths = [f"parties.east.priorities.{issue}.weight" for issue in ("bridge", "ferry")]
        other, own = (in_own_units(bridge, path, scores[path]) for path in paths)
        share = own / (own + other)
        assert worlds.value[:, 0, 1, 1] == pytest.approx(share * value)


NUMBERS = ("parties.east.no_deal.base", "parties.west.no_deal.base", "parties.east.priorities.ferry.values.gone")
TRUTHS, SAMPLE = 240, 19


@dataclass(frozen=True)
class Truths:
    """Where known truths lie in posteriors of their own records."""

    below: Floats  # [truths, numbers] posterior probability of less than the truth
    rank: Ints  # [truths, numbers] of the truth among `SAMPLE` draws from the posterior


@pytest.fixture(scope="module")
def truths(bridge: Game, fit: Fit) -> Truths:
    """Draws that are left out of the prior are taken for true, each with a record that errs as often as is assumed."""
    errors = Errors(0.1, 0.0)
    scores = drawn_scores(bridge, Uniforms(SEED, 0, DRAWS))
    number, first = np.stack([scores[path] for path in NUMBERS]), DRAWS - TRUTHS
    luck = np.random.default_rng(5)
    wrong = luck.random((TRUTHS, len(ITEMS))) < errors.chance
    below, rank = [], []
    for t in range(TRUTHS):
        record = (fit.met[first + t] > 0.5) != wrong[t]
        met = ((fit.met[:first] > 0.5) == record).astype(np.float32)
        weights = weights_of(log_likelihood(met, np.arange(len(ITEMS)), errors))
        less = number[:, :first] < number[:, [first + t]]
        below.append(less @ weights / weights.sum())
        rank.append(less[:, luck.choice(first, SAMPLE, p=weights / weights.sum())].sum(axis=1))
    return Truths(np.array(below), np.array(rank))


class TestKnownTruths:
    """Simulation-based calibration: the truth is one more draw from its own posterior (Talts et al. 2018)."""

    @pytest.mark.parametrize("number", range(len(NUMBERS)))
    def test_ranks_are_uniform(self, truths: Truths, number: int) -> None:
        counts = np.bincount(truths.rank[:, number], minlength=SAMPLE + 1).reshape(5, -1).sum(axis=1)
        assert stats.chisquare(counts).pvalue > 0.01
        assert stats.kstest(truths.below[:, number], "uniform").pvalue > 0.01

    @pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
    def test_intervals_cover_at_the_nominal_rate(self, truths: Truths, level: float) -> None:
        inside = np.abs(truths.below - 0.5) <= level / 2
        error = math.sqrt(level * (1.0 - level) / TRUTHS)
        assert np.abs(inside.mean(axis=0) - level).max() < 3.0 * error

    def test_a_record_that_is_believed_too_much_does_not(self, bridge: Game, fit: Fit) -> None:
        """The test can fail: with a fifth of the errors assumed that there are, ranks are not uniform."""
        number, first = drawn_scores(bridge, Uniforms(SEED, 0, DRAWS))[NUMBERS[0]], DRAWS - TRUTHS
        wrong = np.random.default_rng(5).random((TRUTHS, len(ITEMS))) < 0.4
        below = []
        for t in range(TRUTHS):
            record = (fit.met[first + t] > 0.5) != wrong[t]
            met = ((fit.met[:first] > 0.5) == record).astype(np.float32)
            weights = weights_of(log_likelihood(met, np.arange(len(ITEMS)), Errors(0.02, 0.0)))
            below.append(float(weights[number[:first] < number[first + t]].sum() / weights.sum()))
        assert stats.kstest(below, "uniform").pvalue < 0.001


class TestMovement:
    def weights(self, met: Floats, fit: Fit) -> Floats:
        return weights_of(log_likelihood(met.astype(np.float32), np.arange(met.shape[1]), Errors(0.1, 0.0)))

    def test_records_of_noise_move_nothing(self, bridge: Game, fit: Fit) -> None:
        """Items that draws show by mere chance: of 20 such records at most one may move anything."""
        rng, found = np.random.default_rng(3), []
        for _ in range(20):
            met = rng.random((DRAWS, 6)) < rng.random(6)
            found.append(len(movement(bridge, self.weights(met, fit), SEED).moved))
        assert sum(count > 0 for count in found) <= 1

    def test_nor_where_they_leave_few_draws_much_weight(self, bridge: Game) -> None:
        rng = np.random.default_rng(4)
        found = [movement(bridge, np.exp(1.8 * rng.standard_normal(DRAWS)), SEED).moved for _ in range(20)]
        assert sum(bool(moved) for moved in found) <= 1

    def test_p_values_are_those_of_the_pearson_distribution_and_no_smaller_than_normal(self) -> None:
        z, skewness = np.array([0.3, 2.0, 4.5, -4.5, -1.0, 3.0]), np.array([0.5, 1.5, 0.8, -0.8, 1.2, 0.0])
        exact = 2.0 * stats.pearson3.sf(np.abs(z), np.abs(skewness))
        found = pearson_p_values(z, skewness)
        assert found[:4] == pytest.approx(np.minimum(1.0, np.maximum(exact, 2.0 * stats.norm.sf(np.abs(z))))[:4])
        assert found[4] >= 2.0 * stats.norm.sf(1.0) and found[5] == pytest.approx(2.0 * stats.norm.sf(3.0))

    def test_moments_are_those_over_all_orders(self) -> None:
        apart, scores = np.array([0.5, -0.1, -0.15, -0.25]), np.array([0.0, 0.2, 0.3, 1.0])
        sums = np.array([apart @ order for order in permutations(scores)])
        powers = np.array([[np.sum(scores**k)] for k in (1, 2, 3)])
        expected = pearson_p_values(sums[:1] / sums.std(), np.array([stats.skew(sums)]))
        assert order_p_values(sums[:1], powers, apart) == pytest.approx(expected)

    def test_equal_values_share_their_rank(self) -> None:
        assert mid_ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [0.75, 0.125, 0.75, 0.375]

    def test_what_every_draw_shows_moves_nothing(self, bridge: Game, fit: Fit) -> None:
        assert not movement(bridge, self.weights(np.ones((DRAWS, 4)), fit), SEED).moved

    def test_what_hangs_on_a_number_moves_it_and_no_other(self, bridge: Game, fit: Fit) -> None:
        scores = drawn_scores(bridge, Uniforms(SEED, 0, DRAWS))
        met = np.stack([scores[NUMBERS[0]] > 0.7, scores["parties.west.good_faith.real"] > 0.5], axis=1)
        moved = {each.path: each for each in movement(bridge, self.weights(met, fit), SEED).moved}
        assert set(moved) == {NUMBERS[0], "parties.west.good_faith.real"}
        base, faith = moved[NUMBERS[0]], moved["parties.west.good_faith.real"]
        assert base.prior.mean == pytest.approx((0.1 + 0.4 + 0.9) / 3, abs=0.01)
        assert base.posterior.low > base.prior.low and base.posterior.mean > base.prior.mean + 0.1
        assert faith.posterior.mean == pytest.approx(0.9 * 0.8 / (0.9 * 0.8 + 0.1 * 0.2), abs=0.02)

    def test_what_only_narrows_a_number_moves_it_too(self, bridge: Game, fit: Fit) -> None:
        score = drawn_scores(bridge, Uniforms(SEED, 0, DRAWS))[NUMBERS[1]]
        moved = movement(bridge, self.weights((np.abs(score - 0.5) < 0.2)[:, None], fit), SEED).moved
        assert [each.path for each in moved] == [NUMBERS[1]]


class TestKept:
    def test_each_run_is_kept_at_most_once_and_they_stand_for_the_weights(self, fit: Fit) -> None:
        posterior = posterior_of(fit, ITEMS, Errors(), SEED)
        kept, weights = posterior.kept, posterior.weights
        assert len(np.unique(kept)) == len(kept)
        assert len(kept) == pytest.approx(weights.sum(), abs=4 * math.sqrt(weights.sum()))
        for flags in (fit.agreed >= 0, fit.met[:, 0] > 0.5, fit.met[:, 1] > 0.5):
            share = float(weights[flags].sum() / weights.sum())
            assert flags[kept].mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / len(kept)) + 1e-9)

    def test_equal_weights_keep_every_run(self) -> None:
        assert len(kept_runs(np.ones(50), 1)) == 50


@pytest.mark.slow
def test_the_interval_after_covers_what_many_draws_say(bridge: Game) -> None:
    """Of 80 calibrations with 800 draws each about 95 % have an interval that holds the likelihood of 80,000 draws."""
    many = posterior_of(fit_of(bridge, ITEMS, 80_000, 99, threads=2), ITEMS, Errors(), 99)
    few = [posterior_of(fit_of(bridge, ITEMS, 800, seed), ITEMS, Errors(), seed) for seed in range(80)]
    after, truth = [each.after(6) for each in few], many.after(6).estimate
    assert many.before(6).estimate != pytest.approx(truth, abs=0.02)
    assert sum(share.low <= truth <= share.high for share in after) >= 71


def test_the_likelihood_before_is_that_of_all_draws(fit: Fit) -> None:
    posterior = posterior_of(fit, ITEMS, Errors(), SEED)
    before, after = posterior.curves(6)
    assert before.estimate[-1] == pytest.approx(np.mean(fit.agreed >= 0))
    assert after.estimate[-1] == pytest.approx(np.average(fit.agreed >= 0, weights=posterior.weights))
    assert (np.diff(after.estimate) >= 0).all() and (after.low <= after.estimate).all()
