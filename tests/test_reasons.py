"""Zones and reasons of failure, against brute force on small games."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from playing import FREEZE, ROOT, play_file
from strategies import SEEDS, games, truces

from sim.analysis.feasibility.reasons import is_indicative, reasons
from sim.analysis.feasibility.trajectory import Board, Path, blank_path, board, last_round, walk
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.game import NO_LIMIT, PUT_TO, Flags, Floats, Game, Ints
from sim.records import End, Why
from sim.rules.formulas import reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import matches, package_worth
from sim.rules.state import fresh
from sim.scenario import Scenario


def consents(game: Game, x: Ints, patterns: np.ndarray, accepts: Flags, phase: int, t: int) -> bool:
    """Whether those who accept x satisfy every rule of consent that it falls under in a round."""
    rules = game.rules
    first = len(rules.masks) - len(rules.group_needed)
    for group in range(len(rules.group_needed)):
        in_force = rules.phase_groups[phase, group] and t < rules.group_until[group]
        live = in_force and matches(patterns[first + group], x)
        if live and (rules.group_members[group] & accepts).sum() < rules.group_needed[group]:
            return False
    votes = [rules.put_to[h] for h in range(phase + 1, len(rules.protocol)) if rules.protocol[h] == PUT_TO]
    return all((accepts | ~asked).all() for asked in votes)


def has_zone_by_brute_force(
    game: Game, world: object, state: object, path: Path, rounds: int, patterns: np.ndarray
) -> bool:
    """Try every package in every round of the path without talks."""
    rules, parties = game.rules, range(len(game.names.parties))
    b = board(game)
    choices = [range(rules.options[i]) if b.free[i] else [rules.start[i]] for i in range(len(rules.options))]
    packages = [np.array(x, np.int64) for x in product(*choices)]
    worth: list[Floats] = [np.array([package_worth(G[0], world, state, p, x) for p in parties]) for x in packages]
    for t in range(rounds):
        for x, value in zip(packages, worth, strict=True):
            if (x == rules.start).all() and (rules.status_quo >= 0).all():
                continue
            broken = [r for r in np.flatnonzero(path.binding[t]) if matches(rules.masks[r], x)]
            accepts = np.array(
                [
                    path.present[t, p]
                    and reaches(value[p], path.no_deal[t, p])
                    and all(rules.line_owner[r] != p for r in broken)
                    for p in parties
                ]
            )
            if consents(game, x, patterns, accepts, b.last, t):
                return True
    return False


G: list[object] = [None]


@settings(max_examples=15, deadline=None)
@given(games(), SEEDS)
def test_a_zone_is_found_exactly_where_brute_force_finds_one(plain: dict, seed: int) -> None:
    game = compile_scenario(Scenario.model_validate(plain))
    b = board(game)
    if not b.steady or b.last != 0:
        return
    worlds = realise(game, Uniforms(seed, 0, 3))
    zone, _ = reasons(game, worlds, play_all(game, worlds))
    state = fresh(game.rules)
    g, s = rulebook_handle(game.rules), state_handle(state)
    G[0] = g
    for k in range(3):
        w, path = world_handle(worlds.at(k)), blank_path(game)
        found = False
        may_leave = game.rules.goes_on and bool((worlds.patience[k] < NO_LIMIT).any())
        for levers_pulled, mediator_gone in paths(b, may_leave):
            walk(g, w, s, b, path, levers_pulled, mediator_gone, -1)
            rounds = last_round(g, w, b)
            found = found or has_zone_by_brute_force(game, w, s, path, rounds, state.patterns)
        assert zone[k] == found


def paths(b: Board, may_leave: bool) -> list[tuple[bool, bool]]:
    """The path without talks, and those to which talks may lead: levers in reply pulled, the impatient gone."""
    return list(product((False, True)[: 1 + b.replies], (False, True)[: 1 + may_leave]))


@settings(max_examples=15, deadline=None)
@given(games(), SEEDS)
def test_every_failure_has_a_reason_and_every_agreement_none(plain: dict, seed: int) -> None:
    game = compile_scenario(Scenario.model_validate(plain))
    worlds = realise(game, Uniforms(seed, 0, 5))
    outcomes = play_all(game, worlds)
    zone, why = reasons(game, worlds, outcomes)
    assert ((why == Why.AGREED) == (outcomes.end == End.AGREEMENT)).all()
    assert ((why == Why.FAILED_AT_HOME) == (outcomes.end == End.RATIFICATION_FAILED)).all()
    assert not zone[why == Why.NO_ZONE].any()
    assert not (why == Why.UNKNOWN).any()
    b = board(game)
    if len(game.rules.protocol) == 1 and b.steady and not is_indicative(game):
        assert zone[outcomes.end == End.AGREEMENT].all(), "nobody signs what is worth less than no deal"


@settings(max_examples=20, deadline=None)
@given(truces(), SEEDS)
def test_nothing_is_signed_without_a_zone_where_a_truce_may_come_first(plain: dict, seed: int) -> None:
    game = compile_scenario(Scenario.model_validate(plain))
    b, rules = board(game), game.rules
    if b.replies or not b.steady or (game.numbers.patience < NO_LIMIT).any() or rules.pauses[1 : b.last].any():
        return
    worlds = realise(game, Uniforms(seed, 0, 5))
    outcomes = play_all(game, worlds)
    zone, _ = reasons(game, worlds, outcomes)
    assert zone[np.isin(outcomes.end, (End.AGREEMENT, End.RATIFICATION_FAILED))].all()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(games(), truces(), SEEDS)
def test_zones_and_reasons_of_many_games(plain: dict, pausing: dict, seed: int) -> None:
    after = test_nothing_is_signed_without_a_zone_where_a_truce_may_come_first
    after.hypothesis.inner_test(pausing, seed)  # type: ignore[attr-defined]
    test_a_zone_is_found_exactly_where_brute_force_finds_one.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]
    test_every_failure_has_a_reason_and_every_agreement_none.hypothesis.inner_test(plain, seed)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["freeze_lines", "us_framework", "november_draft", "thirty_day_ceasefire"])
def test_nothing_is_agreed_without_a_zone(name: str) -> None:
    played = play_file(ROOT / "scenarios" / f"{name}.yaml", 250, 1)
    assert played.zone[played.agreed()].all()


def test_bad_faith_is_the_reason_where_russia_never_meant_to_agree() -> None:
    played = play_file(FREEZE, 250, 1, "parties.russia.good_faith=0.5")
    russia = played.game.names.parties.index("russia")
    insincere = ~played.worlds.good_faith[:, russia]
    assert (played.why[insincere & played.zone] == Why.BAD_FAITH).all()


def test_no_zone_without_a_package_that_beats_fighting_on() -> None:
    no_deal = [f"parties.{party}.no_deal={{base: 1}}" for party in ("russia", "ukraine")]
    played = play_file(FREEZE, 50, 1, "mechanisms.futures=off", *no_deal)
    assert not played.zone.any()
    assert (played.why == Why.NO_ZONE).all()
