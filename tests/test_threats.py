"""What a threat does to no-deal values before it comes, by hand; and which phases may settle on a ceasefire."""

from typing import Any

import pytest

from sim.compiling import compile_scenario
from sim.draws.worlds import stated_world
from sim.scenario import Scenario
from sim.talks.model import Negotiation

LAND = {"land": {"title": "Land", "status_quo": "held", "options": {"held": "It is held", "given": "It is given"}}}
THREAT = {"id": "hand_over", "says": "The land is handed over", "by": "judge", "on": "west", "when": {"round": 3},
          "threatened": 0, "carried_out": 0.5}  # fmt: skip
LEAVE = {"by": "judge", "announced": 0, "deadline": 3, "carried_out": 0.5, "then": "go_on"}


def side(name: str, given: float) -> dict[str, Any]:
    values = {"held": 1.0 - given, "given": given}
    return {"name": name, "role": "belligerent", "priorities": {"land": {"weight": 1, "values": values}},
            "no_deal": {"cost": 0}, "concession": {"deadline": 4}}  # fmt: skip


def game(**changes: Any) -> dict[str, Any]:
    """Two futures, alike likely: it goes on as it is, or the land is given."""
    return {
        "title": "Land", "summary": "Two sides and a judge.", "assumed": "made up", "issues": LAND,
        "parties": {"east": side("East", 1.0), "west": side("West", 0.0), "judge": {"name": "Judge", "role": "mediator"}},
        "phases": [{"id": "talks", "rounds": 4}],
        "momentum": {"favours": "east", "start": 0, "drift": 0, "sd": 0, "horizon": 0},
        "futures": [{"id": "as_now", "says": "as now", "leans": 0},
                    {"id": "given", "says": "given", "package": {"land": "given"}, "leans": 0}],
        **changes,
    }  # fmt: skip


def no_deal_of_east(plain: dict[str, Any]) -> float:
    compiled = compile_scenario(Scenario.model_validate(plain))
    negotiation = Negotiation(compiled, stated_world(compiled).at(0))
    negotiation.step()
    return float(negotiation.table.state.no_deal[0])


def test_a_threat_counts_with_what_it_would_make_of_the_status_quo() -> None:
    assert no_deal_of_east(game()) == pytest.approx(0.5)
    threat = {**THREAT, "status_quo": {"land": "given"}}
    assert no_deal_of_east(game(levers=[threat])) == pytest.approx(0.5 * 0.5 + 0.5 * 1.0)


def test_a_mediator_that_leaves_takes_its_threats_along() -> None:
    threat = {**THREAT, "no_deal": {"east": 0.2}}
    assert no_deal_of_east(game(levers=[threat])) == pytest.approx(0.5 + 0.5 * 0.2)
    assert no_deal_of_east(game(levers=[threat], walk_away=LEAVE)) == pytest.approx(0.5 + 0.25 * 0.2)


@pytest.mark.parametrize(("barred", "pauses"), [([], True), (["given"], False), (["held"], True)])
def test_a_phase_pauses_only_where_a_ceasefire_is_on_its_table(barred: list[str], pauses: bool) -> None:
    first = {"id": "first", "rounds": 2, "off_the_table": [{"says": "not so", "when": {"land": o}} for o in barred]}
    plain = game(phases=[first, {"id": "talks", "rounds": 4}])
    plain["momentum"] = {**plain["momentum"], "ceasefire": {"land": "given"}, "ceasefire_drift": 0}
    assert bool(compile_scenario(Scenario.model_validate(plain)).rules.pauses[0]) == pauses


def test_levers_of_a_mediator_end_with_its_patience() -> None:
    """As with an announced departure: what it pulled and what it threatened ends, felt from the round after."""
    pulled = {"id": "aid", "says": "Aid", "by": "judge", "on": "west", "when": {"round": 0}, "pressure": 0.6,
              "no_deal": {"east": 0.2}}  # fmt: skip
    threat = {**THREAT, "when": {"round": 6}, "no_deal": {"east": 0.1}}
    plain = game(levers=[pulled, threat], walk_away={"by": "judge", "then": "go_on"})
    plain["parties"]["judge"] = {"name": "Judge", "role": "mediator", "patience": 2}
    plain["phases"] = [{"id": "talks", "rounds": 8}]
    for party in ("east", "west"):
        plain["parties"][party]["concession"] = {"deadline": 0.5}
    compiled = compile_scenario(Scenario.model_validate(plain))
    negotiation = Negotiation(compiled, stated_world(compiled).at(0))
    state, felt = negotiation.table.state, []
    while negotiation.running:
        negotiation.step()
        felt.append((int(state.left[0]), float(state.no_deal[0]), float(state.pressure[1])))
    left = felt[-1][0]
    assert 0 < left < 6
    for round_, (_, no_deal, pressure) in enumerate(felt):
        assert no_deal == pytest.approx(0.75 if round_ <= left else 0.5), round_
        assert pressure == pytest.approx(0.6 if round_ <= left else 0.0), round_
