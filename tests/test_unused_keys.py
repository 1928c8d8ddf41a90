"""What a scenario states and does not use: `sim check` warns of it; what can never be tabled is a fault."""

from pathlib import Path
from typing import Any

import pytest
from commands import sim
from games import WALLED, write_small
from playing import FREEZE, ROOT
from wars import described

from sim.scenario import Scenario
from sim.scenario.checks.unused_keys import unused_keys
from sim.scenario.checks.whole import contradictions
from sim.scenario.mechanisms import as_played
from sim.scenario.parsing.parse import parse

SIDE = {"cost": 0}
OPENING = {"id": "opening", "rounds": 2, "agenda": ["truce"]}
TALKS = {"id": "talks", "rounds": 4}


def unused(**changed: Any) -> dict[str, str]:
    """What is said of keys that do nothing, by path."""
    scenario = as_played(Scenario.model_validate(described(**changed)))
    return {".".join(map(str, each.path)): each.message for each in unused_keys(scenario)}


@pytest.mark.parametrize("given", [{"base": 0.4}, {"like": {"land": "held"}}, {"momentum": 0.2}])
def test_a_no_deal_value_beside_futures_is_not_read(given: dict[str, Any]) -> None:
    home = {"no_deal": {**SIDE, **given}}
    assert unused(home=home) == {
        f"parties.home.no_deal.{next(iter(given))}": "is not read: `futures` say what going on is worth; read only with "
        "`mechanisms: {futures: off}`"
    }
    assert not unused(home=home, mechanisms={"futures": "off"})
    assert not unused(home={"no_deal": SIDE})


@pytest.mark.parametrize(("home", "said"), [
    ({"trust": 0.5}, "does nothing beyond the chance that a deal lasts; give `rearm`, what a pause costs it"),
    ({"trust": 0.5, "rearm": 0}, "does nothing beyond the chance that a deal lasts; give `rearm`, what a pause costs it"),
    ({"trust": 0.5, "role": "stakeholder"}, "does nothing; give `rearm`, what a pause costs it"),
])  # fmt: skip
def test_trust_of_a_party_that_fears_no_pause_does_nothing(home: dict[str, Any], said: str) -> None:
    assert unused(home=home) == {"parties.home.trust": said}
    assert not unused(home={**home, "rearm": 0.1})
    assert not unused(home=home, mechanisms={"trust": "off"})


def test_trust_needs_something_that_a_pause_moves() -> None:
    home = {"trust": 0.5, "rearm": 0.2, "no_deal": {"base": 0.4}}
    plain = {"futures": [], "foe": {"no_deal": {"base": 0.4}}}
    assert unused(home=home, **plain) == {
        "parties.home.trust": "does nothing beyond the chance that a deal lasts; give `futures` or `no_deal.momentum`"
    }
    assert not unused(home={**home, "no_deal": {"base": 0.4, "momentum": -0.2}}, **plain)


def test_hope_needs_a_phase_that_opens() -> None:
    said = {"hope": "does nothing: no phase that settles anything comes before the last one of bargaining"}
    vote = {"id": "vote", "rounds": 1, "protocol": "put_to", "put_to": ["foe"]}
    framework = {**OPENING, "provisional": True}
    assert unused(hope=0.3) == said
    assert unused(hope=0.3, phases=[TALKS, vote]) == said
    assert unused(hope=0.3, phases=[framework, TALKS]) == said
    assert not unused(hope=0.3, phases=[OPENING, TALKS])
    assert not unused(hope=0.3, mechanisms={"hope": "off"})


def test_check_warns_with_the_place(tmp_path: Path) -> None:
    """What stands in a file that a scenario uses may serve another: freeze_lines has no opening phase."""
    path = write_small(tmp_path, WALLED + "hope: 0.3\n")
    row = len(path.read_text().splitlines())
    code, _, errors = sim("check", path)
    assert code == 0 and f"warning: {path}:{row}:7: hope: does nothing: no phase" in errors
    assert "hope" not in sim("check", FREEZE)[2]
    assert "does nothing" not in sim("check", ROOT / "scenarios" / "thirty_day_ceasefire.yaml")[2]


def faults(**changed: Any) -> list[str]:
    found = parse(described(**changed))
    problems = found if isinstance(found, list) else contradictions(found)
    return [f"{'.'.join(map(str, each.path))}: {each.message}" for each in problems]


def test_a_protection_without_adds_says_what_is_expected() -> None:
    home = {"trust": 0.5, "rearm": 0.2, "protections": {"land": {}}}
    wanted = "missing (option: share of the odds of collapse that it takes away)"
    assert faults(home=home) == [f"parties.home.protections.land.adds: {wanted}"]


LATER = {"id": "plan", "by": "foe", "round": 3, "terms": {"truce": "peace", "land": "ceded"}}
BARRED = {"says": "no sense", "when": {"truce": ["peace"], "land": "changed"}}
NEVER = [
    "proposals.0.terms: are off the table in every phase that may take them up; drop the proposal, or what bars it"
]


class TestProposalsOffTheTable:
    def test_is_refused_where_no_phase_can_settle_it(self) -> None:
        assert faults(proposals=[LATER], off_the_table=[BARRED]) == NEVER
        assert faults(proposals=[LATER], phases=[{**TALKS, "off_the_table": [BARRED]}]) == NEVER

    def test_stays_where_some_phase_may(self) -> None:
        first = {"id": "first", "rounds": 3, "off_the_table": [BARRED]}
        assert not faults(proposals=[LATER], phases=[{**first, "rounds": 4}, TALKS])
        assert not faults(proposals=[LATER], phases=[first, TALKS])
        over = {**TALKS, "off_the_table": [BARRED]}
        assert faults(proposals=[LATER], phases=[{"id": "first", "rounds": 3}, over]) == NEVER

    def test_stays_where_what_is_filled_in_may_save_it(self) -> None:
        silent = {**LATER, "terms": {"truce": "peace"}}
        assert not faults(proposals=[silent], off_the_table=[BARRED])
