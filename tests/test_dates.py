"""A scenario over several dates: days for rounds, and what events, ends of levers and ends of exclusions change."""

from copy import deepcopy
from datetime import date
from typing import Any

import numpy as np
import pytest
from playing import ROOT

from sim import batch
from sim.analysis.feasibility.reasons import reasons
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.errors import BadInput, Mark
from sim.files.scenario.overlay import merged
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.game import FOR_GOOD
from sim.records import End, Why
from sim.scenario import Scenario
from sim.scenario.calendar import first_day
from sim.scenario.checks.whole import contradictions
from sim.scenario.late_claims import late_uses
from sim.scenario.parsing.parse import parse
from sim.study.line_removal import never_real
from sim.talks.transcript.data import transcript_data
from sim.talks.transcript.entries import Transcript
from sim.talks.transcript.page import to_text
from sim.talks.transcript.recorder import watch

Plain = dict[str, Any]

FREEZE = ROOT / "scenarios" / "freeze_lines.yaml"
LAND = {"war": "War", "mine": "Mine", "half": "Half", "yours": "Yours"}
WHY = {"assumed": "a made-up date"}


def side(best: list[float], *, hurries: int = 30, **more: Any) -> Plain:
    """A belligerent that cares for one issue of three options."""
    return {
        "name": "Side", "role": "belligerent", "no_deal": {"base": 0.2},
        "priorities": {"land": {"weight": 1, "values": dict(zip(("mine", "half", "yours"), best, strict=True))}},
        "concession": {"exponent": 1, "deadline": hurries}, **more,
    }  # fmt: skip


def toy(**more: Any) -> Plain:
    """Two sides over one issue and a second one that nobody minds, over ten weeks from 1 April 2025."""
    return {
        "title": "Land", "summary": "Two sides.", "assumed": "made up", "date": "2025-04-01",
        "issues": {
            "land": {"title": "Land", "status_quo": "war", "options": LAND},
            "name": {"title": "Name", "status_quo": "old", "options": {"old": "Old", "new": "New"}},
        },
        "parties": {"north": {**side([1.0, 0.6, 0.0]), "name": "North"}, "south": {**side([0.0, 0.6, 1.0]), "name": "South"}},
        "phases": [{"id": "talks", "rounds": 10}],
        **more,
    }  # fmt: skip


def with_war(plain: Plain) -> Plain:
    """Values for the status quo too."""
    for party in plain["parties"].values():
        party["priorities"]["land"]["values"]["war"] = 0.1
    return plain


def watched(plain: Plain, run: int = 0) -> tuple[Transcript, str, Plain]:
    scenario = Scenario.model_validate(plain)
    assert contradictions(scenario) == []
    game = compile_scenario(scenario)
    transcript = watch(game, realise(game, Uniforms(1, run, 1)).at(0))
    return transcript, to_text(transcript, scenario, 200), transcript_data(transcript, game.names)


def faults(**more: Any) -> list[str]:
    found = parse(with_war(toy(**more)))
    told = contradictions(found) if isinstance(found, Scenario) else found
    return [f"{'.'.join(map(str, one.path))}: {one.message}" for one in told]


# days


def test_a_round_may_be_given_as_a_day_that_lies_in_it() -> None:
    days = {"2025-04-01": 0, "2025-04-07": 0, "2025-04-08": 1, "2025-06-09": 9}
    for day, number in days.items():
        plain = with_war(toy(events=[{"id": "e", "says": "e", "date": day, "firmness": {}, "positions": {}}]))
        assert int(Scenario.model_validate(plain).events[0].round) == number
    daily = with_war(toy(round="day", events=[{"id": "e", "says": "e", "date": "2025-04-08"}]))
    assert int(Scenario.model_validate(daily).events[0].round) == 7


def test_every_round_of_the_process_may_be_a_day() -> None:
    us = {"name": "US", "role": "mediator"}
    plain = with_war(toy())
    plain["parties"]["us"] = us
    plain |= {
        "levers": [{
            "id": "press", "says": "presses", "by": "us", "on": "north", "pressure": 0.5, "carried_out": 0.5,
            "when": {"date": "2025-04-22"}, "threatened": {"date": "2025-04-09"}, "until": {"date": "2025-05-20"},
        }],
        "proposals": [{"id": "plan", "by": "us", "date": "2025-05-01", "terms": {"land": "half"}}],
        "off_the_table": [{"says": "not yet", "when": {"name": "new"}, "until": {"date": "2025-04-30"}}],
        "walk_away": {"by": "us", "announced": {"date": "2025-04-15"}, "deadline": {"date": "2025-06-03"}},
    }  # fmt: skip
    scenario = Scenario.model_validate(plain)
    assert contradictions(scenario) == []
    rules = compile_scenario(scenario).rules
    assert (rules.lever_at.tolist(), rules.lever_threat.tolist(), rules.lever_until.tolist()) == ([3], [1], [7])
    assert (rules.proposal_round.tolist(), rules.announced, rules.deadline) == ([4], 2, 9)
    assert rules.group_until[rules.lifting].tolist() == [4] and (rules.group_until == FOR_GOOD).sum() > 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"date": "2025-03-31"}, "events.0.date: comes before the talks, which begin on 2025-04-01 (got 2025-03-31)"),
        ({"date": "2025-06-10"}, "events.0.date: comes after the talks, which are over on 2025-06-10 (got 2025-06-10)"),
        ({"date": "2025-4-9"}, "events.0.date: is no day such as 2025-04-23 (got 2025-4-9)"),
        ({"date": 5}, "events.0.date: is no day such as 2025-04-23 (got 5)"),
        ({"date": "2025-04-09", "round": 3}, "events.0.date: lies in round 1, and round 3 is given too; keep one"),
        ({}, "events.0.round: missing"),
    ],
)
def test_a_day_that_gives_no_round_is_told(more: Plain, said: str) -> None:
    event = {"id": "e", "says": "e", "momentum": 0.1, **more}
    momentum = {"favours": "north", "start": 0, "drift": 0, "sd": 0}
    assert [one for one in faults(events=[event], momentum=momentum) if one.startswith(said)]


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ({"date": "2025-04"}, "2025-04 does not say the day"),
        ({"date": None}, "needs the day on which the talks begin"),
        ({"round": "month"}, "needs rounds of a day or a week or a fortnight (a round is a month)"),
    ],
)
def test_a_scenario_that_gives_no_days_says_so(scenario: Plain, said: str) -> None:
    found = faults(proposals=[{"id": "p", "by": "north", "date": "2025-04-20", "terms": {"land": "half"}}], **scenario)
    assert len(found) == 1 and found[0].startswith("proposals.0.date: ") and said in found[0]


def test_rounds_have_days_where_a_scenario_says() -> None:
    scenario = Scenario.model_validate(with_war(toy()))
    assert first_day(scenario, 0) == date(2025, 4, 1) and first_day(scenario, 9) == date(2025, 6, 3)
    assert first_day(Scenario.model_validate(with_war(toy(round="session"))), 3) is None
    assert first_day(Scenario.model_validate(with_war(toy(date="2025-04"))), 3) is None


@pytest.mark.parametrize(("given", "round_"), [("date=2025-07-01", 9), ("round=4", 4)])
def test_an_override_of_one_takes_the_place_of_the_other(given: str, round_: int) -> None:
    event = "events=[{id: e, says: e, date: 2025-08-14, momentum: 0.1, assumed: made up}]"
    loaded = read_scenario(FREEZE, [event, f"events.e.{given}"])
    assert int(loaded.scenario.events[0].round) == round_
    with pytest.raises(BadInput, match="comes before the talks"):
        read_scenario(FREEZE, [event, "events.e.date=2024-08-14"])


def test_another_file_may_move_a_date_with_either() -> None:
    texts = (
        "events: [{id: e, date: 2025-08-14}]\nlevers: [{id: l, threatened: 4, until: {date: 2025-08-14}}]",
        "events: [{id: e, round: 3}]\nlevers: [{id: l, threatened: {date: 2025-05-01}, until: {round: 9}}]",
    )
    base, new = (parse_yaml(text, Mark("a.yaml")) for text in texts)
    assert to_plain(merged(base, new, Scenario)) == {
        "events": [{"id": "e", "round": 3}],
        "levers": [{"id": "l", "threatened": {"date": "2025-05-01"}, "until": {"round": 9}}],
    }


def test_what_happens_on_a_later_date_may_rest_on_claims_up_to_it() -> None:
    event = "events=[{id: e, says: e, date: %s, firmness: {no_ceding: -0.1}, evidence: [december-moscow.c12]}]"
    for day, late in (("2025-12-02", []), ("2025-11-20", ["december-moscow.c12"])):
        loaded = read_scenario(FREEZE, [event % day])
        uses = [use for use in late_uses(loaded.scenario, loaded.evidence) if use.place[0] == "events"]
        assert [use.claim for use in uses] == late


# positions


def positioned(**more: Any) -> Plain:
    plain = with_war(toy(**more))
    plain["parties"]["north"]["position"] = {"land": "half"}
    plain["parties"]["south"]["position"] = {"land": "yours"}
    return plain


ASKS_MORE = {"id": "more", "says": "North wants all", "date": "2025-04-22", "positions": {"north": {"land": "mine"}}}


def test_a_position_that_changes_is_told_with_its_day_and_asked_from_then_on() -> None:
    transcript, text, data = watched(positioned(events=[ASKS_MORE]))
    assert "22 April 2025: North wants all." in text and "22 April 2025: North now asks: Land: mine." in text
    kinds = [(each["kind"], each.get("puts_forward")) for played in data["rounds"] for each in played["before"]]
    assert ("position changed", {"land": "mine"}) in kinds
    assert data["positions"]["north"] == {"land": "half"}
    north = [played.aspiration[0] for played in transcript.rounds]
    plain = [played.aspiration[0] for played in watched(positioned())[0].rounds]
    assert north[:3] == plain[:3] and north[3] > plain[3]


def test_nothing_changes_before_the_day() -> None:
    """Rounds before the first event are those of the scenario without it."""
    base = read_scenario(FREEZE).plain
    event = {"id": "aug", "says": "Moscow asks more", "date": "2025-08-14", **WHY,
             "positions": {"russia": {"front_line": "four_regions_withdrawal"}}}  # fmt: skip
    for run in range(4):
        told = [watched({**base, "events": events}, run)[0].rounds for events in ([], [event])]
        early = [[played for played in rounds if played.number < 16] for rounds in told]
        assert early[0] == early[1]


def test_asking_more_after_a_position_has_changed_is_no_reversal() -> None:
    plain = positioned(events=[ASKS_MORE])
    plain["parties"]["south"]["no_deal"]["base"] = 0.9
    game = compile_scenario(Scenario.model_validate(plain))
    transcript = watch(game, realise(game, Uniforms(1, 0, 1)).at(0))
    north = [tabled.package[0] for _, author, tabled in transcript.offers() if author == 0]
    assert 2 in north and 1 in north[north.index(2) :]  # half, then mine
    assert transcript.ending.reversals == 0


def test_what_a_party_had_tabled_it_still_takes() -> None:
    """North tabled half before it asked for all; put back to it late it says yes, though it asks more by then."""
    plan = {"id": "half", "by": "south", "round": 5, "terms": {"land": "half"}}
    plain = positioned(events=[ASKS_MORE], proposals=[plan])
    plain["parties"]["south"]["no_deal"]["base"] = 0.5
    transcript, _, _ = watched(plain)
    early = [tabled.package[0] for number, author, tabled in transcript.offers() if author == 0 and number < 3]
    assert early and set(early) == {2}
    assert transcript.ending.end == End.AGREEMENT and transcript.ending.package[0] == 2


def test_a_later_proposal_of_its_own_lies_over_a_position() -> None:
    plan = {"id": "plan", "by": "north", "round": 4, "terms": {"name": "new"}}
    game = compile_scenario(Scenario.model_validate(positioned(proposals=[plan], events=[ASKS_MORE])))
    stages = [game.rules.position[game.rules.stage[t], 0].tolist() for t in range(11)]
    assert stages == [[2, -1]] * 3 + [[1, -1]] + [[1, 1]] * 7


def test_who_has_no_position_can_change_none() -> None:
    found = faults(events=[{**ASKS_MORE, "positions": {"north": {"land": "min"}, "nort": {}}}])
    assert (
        "events.0.positions.north: has no position that could change; give the party a `position` from the start"
        in found
    )
    assert "events.0.positions.nort: unknown party (got nort); did you mean north?" in found
    assert "events.0.positions.north.land: unknown option (got min); did you mean mine?" in found


# red lines that begin


def test_a_line_without_firmness_begins_with_the_event_that_gives_it_some() -> None:
    line = {"id": "no_half", "says": "no half", "refuses": {"land": "half"}, "firmness": 0, "yield": 0}
    plain = with_war(toy(events=[{"id": "e", "says": "now", "round": 4, "firmness": {"no_half": 1.0}}]))
    bare = deepcopy(plain)
    plain["parties"]["north"]["red_lines"] = [line]
    bare["events"] = []
    transcript, text, data = watched(plain)
    before = watched(bare)[0].rounds
    assert transcript.rounds[:4] == before[:4]
    assert "posture" not in text and "North: a new red line, “no half”." in text
    begun = [each for played in data["rounds"] for each in played["before"] if each["kind"] == "line begins"]
    assert begun == [{"kind": "line begins", "subject": "no_half", "real": True}]
    refused = [r for played in transcript.rounds for turn in played.turns for a in turn.answers for r in a.lines]
    assert set(refused) <= {0} and all(not turn.agreed for played in transcript.rounds[4:] for turn in played.turns)


def test_a_line_that_is_taken_away_is_not_known_before_either() -> None:
    line = {"id": "no_half", "says": "no half", "refuses": {"land": "half"}, "firmness": 0, "yield": 0}
    scenario = with_war(toy(events=[{"id": "e", "says": "now", "round": 4, "firmness": {"no_half": 1.0}}]))
    scenario["parties"]["north"]["red_lines"] = [line]
    paths = {one.path: one.text for one in never_real(Scenario.model_validate(scenario), ["no_half"])}
    assert paths == {
        "parties.north.red_lines.no_half.firmness": "0", "events.e.firmness.no_half": "0",
        "parties.north.red_lines.no_half.declared": "false",
    }  # fmt: skip


# ends


def test_a_lever_that_ends_counts_no_more() -> None:
    lever = {"id": "press", "says": "South presses", "by": "south", "on": "north", "no_deal": {"north": -0.15},
             "status_quo": {"name": "new"}, "when": {"round": 2}, "until": {"round": 5}}  # fmt: skip
    transcript, text, _ = watched(with_war(toy(levers=[lever])))
    values = [played.no_deal[0] for played in transcript.rounds]
    assert np.allclose(values[:7], [0.2, 0.2, 0.05, 0.05, 0.05, 0.2, 0.2])
    assert "No longer: South presses." in text
    assert transcript.ending.status_quo[1] == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"until": {"round": 2}},
            "levers.0.until.round: must come after round 2, in which the lever is pulled (got 2)",
        ),
        (
            {"until": {"round": 10}},
            "levers.0.until.round: never comes: the talks last 10 rounds (got 10); leave it out",
        ),
        (
            {"until": {"date": "2025-04-08"}},
            "levers.0.until.date: must come after round 2, in which the lever is pulled",
        ),
        ({"until": {}}, "levers.0.until.round: missing"),
    ],
)
def test_an_end_that_makes_no_sense_is_told(more: Plain, said: str) -> None:
    lever = {"id": "l", "says": "l", "by": "south", "on": "north", "pressure": 0.5, "when": {"round": 2}, **more}
    assert [one for one in faults(levers=[lever]) if one.startswith(said)]


NOT_YET = {"says": "nobody speaks of half", "when": {"land": "half"}, "until": {"round": 6}}


def test_what_comes_on_the_table_later_is_settled_no_sooner() -> None:
    plain = with_war(toy(off_the_table=[NOT_YET]))
    for party in plain["parties"].values():
        party["concession"]["deadline"] = 5
    transcript, text, data = watched(plain)
    assert transcript.ending.end == End.AGREEMENT and transcript.ending.package[0] == 2 and transcript.ending.round >= 6
    assert "Now on the table: Land: half." in text
    entry = [each for played in data["rounds"] for each in played["before"] if each["kind"] == "comes on the table"]
    assert [each["entry"] for each in entry] == [0]
    assert not any(tabled.package[0] == 2 for number, _, tabled in transcript.offers() if number < 6)


@pytest.mark.parametrize(("until", "zone"), [(4, True), (9, True), (None, False)])
def test_a_zone_opens_when_something_comes_on_the_table(until: int | None, zone: bool) -> None:
    entry = {**NOT_YET, "until": {"round": until}} if until else {k: v for k, v in NOT_YET.items() if k != "until"}
    game = compile_scenario(Scenario.model_validate(with_war(toy(off_the_table=[entry]))))
    worlds = realise(game, Uniforms(1, 0, 2))
    found, why = reasons(game, worlds, batch.play_all(game, worlds))
    assert found.tolist() == [zone] * 2 and zone is not bool((why == Why.NO_ZONE).all())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"off_the_table": [{**NOT_YET, "until": {"round": 0}}]}, "off_the_table.0.until.round: is on the table from"),
        ({"off_the_table": [{**NOT_YET, "until": {"date": "2026-01-01"}}]}, "off_the_table.0.until.date: comes after"),
        ({"off_the_table": [NOT_YET], "proposals": [{"id": "p", "by": "north", "round": 5, "terms": {"land": "half"}}]},
         "proposals.0.terms: are on the table only from round 6 on, and the proposal is tabled in round 5"),
        ({"phases": [{"id": "t", "rounds": 10, "off_the_table": [NOT_YET]}]}, "phases.0.off_the_table.0.until: unknown key"),
    ],
)  # fmt: skip
def test_an_exclusion_that_ends_badly_is_told(more: Plain, said: str) -> None:
    assert [one for one in faults(**more) if one.startswith(said)]


def test_scenarios_that_state_none_of_it_have_none_of_it() -> None:
    rules = compile_scenario(read_scenario(FREEZE).scenario).rules
    assert len(rules.position) == 1 and not rules.stage.any() and not len(rules.lifting)
    assert not rules.line_latent.any() and (rules.lever_until == FOR_GOOD).all()
