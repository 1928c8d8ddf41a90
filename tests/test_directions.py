"""What must move which way: the same draws under two settings, beyond the paired interval, for several seeds."""

import numpy as np
import pytest
from playing import FREEZE, ROOT, Played, assert_lower, assert_not_higher, play_changed, play_file

from sim.files.scenario.reader import read_scenario
from sim.records import End
from sim.rules.formulas import no_deal_value

SEEDS = (1, pytest.param(2, marks=pytest.mark.slow))
RUNS = 250
FRAMEWORK = ROOT / "scenarios" / "us_framework.yaml"
ONLY_KYIV_LOSES = ("levers.us_aid.tilt=0", "levers.us_aid.no_deal={ukraine: 0.1}")
"""What the departure takes with it."""

seeds = pytest.mark.parametrize("seed", SEEDS)


@seeds
@pytest.mark.parametrize(("party", "shift"), [("russia", 0.1), ("ukraine", 0.1), ("us", 0.3)])
def test_a_higher_no_deal_value_does_not_raise_agreement(party: str, shift: float, seed: int) -> None:
    before = play_file(FREEZE, RUNS, seed)
    after = play_file(FREEZE, RUNS, seed, f"levers.us_aid.no_deal={{{party}: {shift}}}")
    higher = after.outcomes.no_deal - before.outcomes.no_deal
    assert (
        higher[after.outcomes.left == before.outcomes.left, before.game.names.parties.index(party)] > 0
    ).mean() > 0.5
    assert_not_higher(after.agreed(), before.agreed())


@seeds
def test_a_much_better_no_deal_value_lowers_agreement(seed: int) -> None:
    before = play_file(FREEZE, RUNS, seed)
    after = play_file(FREEZE, RUNS, seed, "levers.us_aid.no_deal={russia: 0.3}")
    assert_lower(after.agreed(), before.agreed())


@seeds
@pytest.mark.parametrize("line", ["no_nato_membership", "root_causes", "demilitarisation"])
def test_a_softer_line_does_not_lower_agreement(line: str, seed: int) -> None:
    before = play_file(FREEZE, RUNS, seed)
    after = play_file(FREEZE, RUNS, seed, f"parties.russia.red_lines.{line}.firmness=0")
    assert_not_higher(before.agreed(), after.agreed())


@seeds
def test_a_longer_horizon_does_not_lower_agreement(seed: int) -> None:
    before = play_file(FREEZE, RUNS, seed)
    after = play_file(FREEZE, RUNS, seed, "phases.talks.rounds=78")
    assert_not_higher(before.agreed(), after.agreed())


@seeds
@pytest.mark.parametrize("party", ["us", "eu"])
def test_one_more_whose_consent_is_needed_does_not_raise_the_ceiling(party: str, seed: int) -> None:
    before = play_file(FREEZE, RUNS, seed)
    rules = [*read_scenario(FREEZE).plain["consent"], {"all_of": [party]}]
    after = play_changed(FREEZE, RUNS, seed, consent=rules)
    assert not (after.zone & ~before.zone).any()


def _cut(played: Played, deadline: int) -> np.ndarray:
    """How runs would have ended, had their talks ended at a deadline."""
    ends = (End.AGREEMENT, End.RATIFICATION_FAILED)
    signed = np.isin(played.outcomes.end, ends) & (played.outcomes.round < deadline)
    return np.where(signed, played.outcomes.end, End.WALKED_AWAY)


@seeds
def test_a_deadline_that_nobody_reckons_with_is_the_untimed_run_cut_there(seed: int) -> None:
    untimed = play_changed(FRAMEWORK, RUNS, seed, walk_away=None)
    timed = play_file(FRAMEWORK, RUNS, seed, "mechanisms.threats=off", "walk_away.deadline=30")
    patient = untimed.outcomes.left < 0  # leaving out of patience ends the talks as well
    assert (timed.outcomes.end[patient] == _cut(untimed, 30)[patient]).all()
    both = patient & np.isin(timed.outcomes.end, (End.AGREEMENT, End.RATIFICATION_FAILED))
    assert (timed.outcomes.package[both] == untimed.outcomes.package[both]).all()
    assert (timed.outcomes.round[both] == untimed.outcomes.round[both]).all()


@seeds
def test_reckoning_with_a_threat_that_helps_nobody_does_not_delay_agreement(seed: int) -> None:
    def rounds(*settings: str) -> np.ndarray:
        outcomes = play_file(FRAMEWORK, RUNS, seed, *ONLY_KYIV_LOSES, *settings).outcomes
        return np.where(outcomes.end == End.AGREEMENT, outcomes.round, 52)

    difference = (rounds("walk_away.carried_out=1") - rounds("mechanisms.threats=off")).astype(float)
    assert difference.mean() <= 1.96 * difference.std(ddof=1) / np.sqrt(len(difference))


@pytest.mark.parametrize("effect", [-0.3, 0.0, 0.3])
def test_momentum_moves_a_no_deal_value_by_the_sign_of_its_effect(effect: float) -> None:
    low, high = (no_deal_value(0.5, effect, momentum, 0.0, 0.0, 0.0, 0.0) for momentum in (-0.5, 0.5))
    assert np.sign(high - low) == np.sign(effect)


@seeds
def test_momentum_for_russia_raises_its_no_deal_value_and_lowers_ukraines(seed: int) -> None:
    low = play_file(FREEZE, RUNS, seed, "momentum.start=-0.3")
    high = play_file(FREEZE, RUNS, seed, "momentum.start=0.5")
    russia, ukraine = (low.game.names.parties.index(party) for party in ("russia", "ukraine"))
    assert high.outcomes.no_deal[:, russia].mean() > low.outcomes.no_deal[:, russia].mean()
    assert high.outcomes.no_deal[:, ukraine].mean() < low.outcomes.no_deal[:, ukraine].mean()
