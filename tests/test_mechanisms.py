"""What scenarios say of mechanisms: faults with their places, warnings, and which number belongs to what."""

import copy
from typing import Any

import pytest
from playing import FREEZE, ROOT

from sim.analysis.feasibility.degenerate_games import misplaced_futures
from sim.compiling import compile_scenario
from sim.files.scenario.reader import read_scenario
from sim.scenario.checks.whole import contradictions
from sim.scenario.mechanisms import MECHANISMS, as_played, mechanism_of, stated
from sim.scenario.parsing.parse import parse

THREATENED = ROOT / "scenarios" / "variants" / "sanctions_threatened.yaml"


CONFIDENT = "{share: 0.3, optimism: 0.7, assumed: made up}"


def said_of(path: tuple[str, ...], value: object) -> str:
    """What is said of freeze_lines with something put into its plain data."""
    plain = copy.deepcopy(dict(read_scenario(FREEZE).plain))
    here: Any = plain
    for step in path[:-1]:
        here = (
            next(each for each in here if each["id"] == step) if isinstance(here, list) else here.setdefault(step, {})
        )
    here[path[-1]] = value
    parsed = parse(plain)
    found = parsed if isinstance(parsed, list) else contradictions(parsed)
    return "; ".join(problem.message for problem in found)


@pytest.mark.parametrize(("path", "value", "said"), [
    (("parties", "us", "loss_aversion"), 2, "only a belligerent has it (role is mediator)"),
    (("parties", "russia", "protections", "nato"), {"adds": {"renounced": 0.3}}, "take away 1.25 of the odds of collapse"),
    (("parties", "russia", "protections", "natto"), {"adds": {}}, "unknown issue (got natto); did you mean nato?"),
    (("parties", "russia", "position", "crimea"), "us_dejure", "unknown option (got us_dejure); did you mean us_de_jure?"),
    (("parties", "us", "rearm"), 0.1, "counts only where a deal may not last; give `trust` too"),
    (("firmness_correlation",), 0.3, "since 0.2 each line is real or not by itself"),
    (("parties", "russia", "heed"), 0.5, "since 0.2 a threat has `carried_out`"),
    (("lasting",), {"base": 0.5}, "since 0.2 parties have `trust` and `protections`"),
    (("levers", "us_aid", "carried_out"), 0.5, "is about a threat; give `threatened`"),
    (("levers", "us_aid", "threatened"), 1, "needs `carried_out`"),
    (("walk_away", "slips"), 3, "moves the date of a threat"),
    (("parties", "russia", "confident"), {"share": 0.3, "optimism": 0}, "must lie above its usual optimism 0.1, on its own"),
    (("momentum", "peace"), {"nato": "open"}, "is no issue of `ceasefire`"),
    (("momentum", "peace"), {"ceasefire": "none"}, "names options that are none of `ceasefire`"),
    (("futures",), [], "places fortunes on the axis between futures"),
    (("gives", "crimea.de_jure"), "us", "unknown option (got de_jure)"),
    (("mechanisms", "trusts"), "off", "unknown mechanism (got trusts); did you mean trust?"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(path: tuple[str, ...], value: object, said: str) -> None:
    assert said in said_of(path, value)


def test_the_shipped_futures_lead_where_fortunes_do() -> None:
    game = compile_scenario(read_scenario(FREEZE).scenario)
    assert misplaced_futures(game, game.names.parties.index("russia")) == []
    turned = compile_scenario(read_scenario(FREEZE, ["momentum.favours=ukraine"]).scenario)
    assert {p for p, _, _ in misplaced_futures(turned, turned.names.parties.index("ukraine"))} == {0, 1}


def test_every_number_of_a_mechanism_is_found_by_its_path() -> None:
    game = compile_scenario(read_scenario(THREATENED).scenario)
    found = {mechanism_of(number.path) for number in game.uncertain}
    assert found >= {"futures", "trust", "positions", "give_and_take", "losses", "threats", "hope"}
    assert mechanism_of("parties.russia.priorities.nato.weight") is None
    assert mechanism_of("parties.russia.confident.share") == "types"
    assert mechanism_of("parties.russia.reciprocity") == "give_and_take"


def test_what_is_off_is_not_stated_any_more() -> None:
    scenario = read_scenario(THREATENED, [f"mechanisms.{name}=off" for name in MECHANISMS]).scenario
    assert stated(scenario) == []
    assert as_played(scenario).futures == ()
    assert set(stated(read_scenario(THREATENED, [f"parties.russia.confident={CONFIDENT}"]).scenario)) == set(MECHANISMS)


def test_half_a_character_is_told_as_any_other_fault() -> None:
    assert "must be a number" in said_of(("parties", "us", "trust"), "\ud800")
