"""Memory between dates: talks that go on from earlier ones start where these had come to, and from nowhere else."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from brute import Table
from continued import continued, cut_in_two, game_of, plain_talks
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import SEEDS, games
from test_engines import check_engines, check_relabelling, differing

from sim import batch
from sim.analysis.feasibility.reasons import reasons
from sim.draws import Uniforms, realise
from sim.earlier import worlds_of
from sim.earlier.reached import reached
from sim.game import Earlier, Game, Worlds
from sim.records import Outcomes
from sim.study.smallest_games import smallest_game

at_random = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
at_length = settings(at_random, max_examples=30)

RUNS = 4

AS_UNCUT = (
    "end", "package", "settled", "status_quo", "value", "worth", "terms", "face_terms", "no_deal", "binding", "present",
     "withheld", "exposed", "momentum", "core_kept", "text", "holds",
)  # fmt: skip
"""What is the same, whether talks are cut in two or not. The others count what happened since the cut."""


def rows(outcomes: Outcomes, which: Any) -> Outcomes:
    return Outcomes(*(field[which] for field in outcomes))


def check_cut(plain: dict[str, Any], cut: int, seed: int) -> int:
    """Runs that were still going on at the cut play on as if there had been none; how many there were."""
    uncut, rest = game_of(plain), cut_in_two(plain, cut)
    luck = Uniforms(seed, 0, RUNS)
    worlds = worlds_of(rest, luck)
    on = worlds.rounds_before > 0
    whole = rows(batch.play_all(uncut, realise(uncut, luck)), on)
    parts = rows(batch.play_all(rest, worlds), on)
    assert (parts.round + cut == whole.round).all()
    left = np.where(whole.left >= cut, whole.left - cut, -1)
    assert (parts.left == left).all()
    assert [name for name in differing(parts, whole) if name in AS_UNCUT] == []
    assert np.allclose(parts.aspiration, whole.aspiration, rtol=0, atol=1e-12), "a clock times 11 / 11 is rounded"
    return int(on.sum())


@given(plain_talks(), SEEDS)
@at_random
def test_talks_that_are_cut_in_two_play_as_if_they_were_not(talks: tuple[dict[str, Any], int], seed: int) -> None:
    """Nothing is lost at the cut: where no number is another one later, the rest comes out bit for bit as uncut."""
    check_cut(*talks, seed)


@pytest.mark.slow
@given(plain_talks(), SEEDS)
@at_length
def test_many_talks_that_are_cut_in_two_play_as_if_they_were_not(talks: tuple[dict[str, Any], int], seed: int) -> None:
    check_cut(*talks, seed)


@given(continued(), SEEDS)
@at_random
def test_engines_agree_on_talks_that_go_on(game: Game, seed: int) -> None:
    check_engines(game, worlds_of(game, Uniforms(seed, 0, 3)))


@given(continued(), SEEDS, st.data())
@at_random
def test_numbers_of_parties_and_issues_change_nothing(game: Game, seed: int, data: st.DataObject) -> None:
    parties = data.draw(st.permutations(range(len(game.names.parties))))
    issues = data.draw(st.permutations(range(len(game.names.issues))))
    check_relabelling(game, worlds_of(game, Uniforms(seed, 0, 3)), list(parties), list(issues))


@pytest.mark.slow
@given(continued(), SEEDS, st.data())
@at_length
def test_many_talks_that_go_on(game: Game, seed: int, data: st.DataObject) -> None:
    for test in (
        test_engines_agree_on_talks_that_go_on,
        test_only_what_both_share_is_drawn_alike,
        test_zones_of_talks_that_go_on_start_where_these_do,
        test_what_is_carried_over_fits_the_later_game,
    ):
        test.hypothesis.inner_test(game, seed)  # type: ignore[attr-defined]
    test_numbers_of_parties_and_issues_change_nothing.hypothesis.inner_test(game, seed, data)  # type: ignore[attr-defined]


def is_carried(name: str) -> bool:
    return name.endswith("_before")


DATED = {"start", "lever_round", "lever_lapse", "leave_round", "leave_lapse"}
"""Fields of a world that earlier talks may set, beside those that are of them alone."""


@given(continued(), SEEDS)
@at_random
def test_only_what_both_share_is_drawn_alike(game: Game, seed: int) -> None:
    """A number has the draw of its path whatever was before; so what both talks have is drawn alike, and the rest anew."""
    luck = Uniforms(seed, 0, RUNS)
    assert game.earlier is not None
    alone = realise(replace(game, earlier=None), luck)
    here = worlds_of(game, luck)
    for name, one, other in zip(Worlds._fields, here, alone, strict=True):
        if not is_carried(name) and name not in DATED | {"steps"}:
            assert np.array_equal(one, other), name
    then = realise(game.earlier.game, luck)
    shared = {number.path: number for number in game.earlier.game.uncertain}
    for number in game.uncertain:
        twin = shared.get(number.path)
        if twin is not None and number == twin and number.field in ("cost", "patience", "firmness"):
            assert np.array_equal(
                getattr(here, number.field)[:, *number.index], getattr(then, number.field)[:, *number.index]
            )


@given(games(), SEEDS)
@at_random
def test_the_walk_goes_on_with_new_steps(plain: dict[str, Any], seed: int) -> None:
    game, luck = game_of(plain), Uniforms(seed, 0, RUNS)
    rounds = game.total_rounds()
    assume(rounds > 1)
    later = worlds_of(replace(game, earlier=Earlier(game, rounds - 1)), luck)
    first = realise(game, luck)
    assert np.array_equal(later.steps[:, 0], first.steps[:, rounds - 1])
    if first.steps.any():
        assert not np.isin(later.steps[:, 1:], first.steps).any()


@given(continued(), SEEDS)
@at_random
def test_zones_of_talks_that_go_on_start_where_these_do(game: Game, seed: int) -> None:
    """Against every package written out: from what holds, who is there and what is pulled when the earlier talks stop."""
    worlds = worlds_of(game, Uniforms(seed, 0, 3))
    outcomes = batch.play_all(game, worlds)
    zone, _ = reasons(game, worlds, outcomes)
    for k in range(3):
        assert zone[k] == Table(game, worlds.at(k)).zone().any()


@given(continued(), SEEDS)
@at_random
def test_what_is_carried_over_fits_the_later_game(game: Game, seed: int) -> None:
    """Texts hold options that there are, what is off the agenda holds as it stands, and dates lie ahead."""
    worlds, rules = worlds_of(game, Uniforms(seed, 0, RUNS)), game.rules
    for text in (worlds.text_before, worlds.offers_before, worlds.gifts_before, worlds.tabled_before):
        assert ((text < rules.options) & (text >= -1)).all()
        assert ((text < 0).all(axis=-1) | (text >= 0).all(axis=-1)).all()
        there = (text >= 0).all(axis=-1)
        assert (text[there][:, rules.locked] == rules.start[rules.locked]).all()
    on = worlds.rounds_before > 0
    assert ((worlds.package_before >= 0) & (worlds.package_before < rules.options)).all()
    assert (worlds.lapses_before[on] >= -1).all()
    assert (worlds.lever_round[on] >= 0).all() and (worlds.leave_round[on] >= 0).all()
    assert ((worlds.demand_before >= -1) & (worlds.demand_before < len(rules.options))).all()


def test_a_run_whose_earlier_talks_have_ended_carries_nothing_over() -> None:
    """Two who agree at once have nothing to go on with; the later talks are then as they stand."""
    game = smallest_game()
    later = replace(game, earlier=Earlier(game, 1))
    luck = Uniforms(1, 0, 3)
    worlds = worlds_of(later, luck)
    over = ~reached(game, realise(game, luck), 1).running
    assert np.array_equal(worlds.rounds_before == 0, over)
    assert (
        differing(rows(batch.play_all(later, worlds), over), rows(batch.play_all(game, realise(game, luck)), over))
        == []
    )
