"""Ranges of what is no cited figure: the stated number is the middle of each, and a scenario stands at every end."""

import pytest
from playing import FREEZE

from sim.files.scenario.reader import read_scenario
from sim.scenario import Scenario
from sim.scenario.checks.whole import contradictions
from sim.scenario.conventions import Convention, coded, conventions
from sim.scenario.parsing.parse import parse

LOADED = read_scenario(FREEZE)
FOUND = {one.path: one for one in conventions(LOADED.scenario)}


def scenario_at(*chosen: tuple[Convention, float]) -> Scenario:
    found = parse(coded(LOADED.plain, dict(chosen)))
    assert isinstance(found, Scenario)
    assert not contradictions(found)
    return found


@pytest.mark.parametrize("path", FOUND)
def test_every_end_is_a_scenario_and_the_middle_is_as_stated(path: str) -> None:
    one = FOUND[path]
    assert one.low <= one.stated <= one.high
    assert [one.value(u) for u in (0.0, 0.5, 1.0)] == pytest.approx([one.low, one.stated, one.high])
    values = [one.value(k / 20) for k in range(21)]
    assert values == sorted(values)
    for u in (1e-9, 1 - 1e-9):
        assert scenario_at((one, u)) != LOADED.scenario or one.value(u) == one.stated


def test_at_the_middles_nothing_changes() -> None:
    assert scenario_at(*((one, 0.5) for one in FOUND.values())) == LOADED.scenario


def test_ranges_are_those_of_the_page() -> None:
    talks, look, insight = FOUND["phases.talks.rounds"], FOUND["momentum.horizon"], FOUND["every_party.insight"]
    assert (talks.low, talks.high, talks.whole) == (26, 104, True)
    assert (look.low, look.stated, look.high) == (4, 8, 16)
    assert (insight.low, insight.high) == pytest.approx((0.7 / 1.3, 1.4 / 1.7))
    assert (FOUND["classes.decisive"].low, FOUND["classes.decisive"].high) == (2.8, 5.7)


def test_cited_numbers_and_what_is_set_have_no_range() -> None:
    assert "levers.us_aid.when.round" not in FOUND
    set_by_hand = read_scenario(FREEZE, ["classes.decisive=3", "every_party.insight=0.5"])
    left = {one.path for one in conventions(set_by_hand.scenario, tuple(set_by_hand.overridden))}
    assert set(FOUND) - left == {"classes.decisive", "every_party.insight"}


def test_spacing_moves_what_stands_between_and_keeps_its_order() -> None:
    one = FOUND["parties.ukraine.spacing"]
    before, after = (found.parties["ukraine"].priorities for found in (LOADED.scenario, scenario_at((one, 1 - 1e-9))))
    moved = 0
    for issue, priority in before.items():
        was = {option: number.value for option, number in priority.values.items()}
        now = {option: number.value for option, number in after[issue].values.items()}
        assert sorted(was, key=lambda o: was[o] or 0.0) == sorted(now, key=lambda o: now[o] or 0.0)
        ends = min(was.values()), max(was.values())
        assert all(now[option] == was[option] for option in was if was[option] in ends)
        moved += sum(now[option] != was[option] for option in was)
    assert moved == len(one.places)


def test_a_date_moves_by_rounds_and_gives_way_to_none_before_the_first() -> None:
    dated = {one.path: one for one in conventions(read_scenario(FREEZE.parent / "us_framework.yaml").scenario)}
    assert (dated["walk_away.deadline"].low, dated["walk_away.deadline"].high) == (9, 17)
