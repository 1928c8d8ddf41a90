"""What transcripts say of positions, outlooks, moves, gifts, threats and terms: as the rules have it, on page and as data."""

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from commands import sim

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.scenario.reader import read_scenario
from sim.game import Game
from sim.scenario import Scenario
from sim.talks.transcript import page
from sim.talks.transcript.data import NUMBERS, SUBJECTS, transcript_data
from sim.talks.transcript.entries import Incident, IncidentKind, Transcript
from sim.talks.transcript.recorder import watch

SCENARIOS = Path(__file__).parent.parent / "scenarios"
RUNS = (
    ("freeze_lines", 19),
    ("us_framework", 7),
    ("november_draft", 0),
    ("thirty_day_ceasefire", 1),
    ("donetsk_two_stage", 2),
    ("variants/framework_then_details", 3),
    ("variants/sanctions_threatened", 1),
)


@cache
def played(name: str, run: int, *changes: str) -> tuple[Scenario, Game, Transcript]:
    scenario = read_scenario(SCENARIOS / f"{name}.yaml", changes).scenario
    game = compile_scenario(scenario)
    return scenario, game, watch(game, realise(game, Uniforms(1, run, 1)).at(0), run)


def told(name: str, run: int, *changes: str) -> str:
    """The page, every paragraph on one line."""
    scenario, _, transcript = played(name, run, *changes)
    return page.to_text(transcript, scenario, width=10_000)


def section(text: str, head: str) -> str:
    """What stands below a heading, behind which the day may stand."""
    found = re.search(rf"\n{head}(?: \([^)]*\))?\n(.*?)(?:\n\n|$)", text, re.S)
    return found.group(1) if found else ""


def incidents(transcript: Transcript, kind: IncidentKind) -> list[tuple[int, Incident]]:
    return [(r.number, i) for r in transcript.rounds for i in (*r.before, *r.after) if i.kind == kind]


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_parts_of_a_no_deal_value_add_up_to_what_the_rules_have(name: str, run: int) -> None:
    for each in played(name, run)[2].rounds:
        assert [outlook.total for outlook in each.outlook] == pytest.approx(each.no_deal, abs=1e-12)
        for outlook in each.outlook:
            assert sum(outlook.odds) == pytest.approx(1.0)
            assert np.dot(outlook.odds, outlook.prospects) == pytest.approx(outlook.going_on)


def test_opening_names_positions_types_futures_and_what_no_deal_is_made_of() -> None:
    text = told("freeze_lines", 3, "parties.russia.confident={share: 0.3, optimism: 0.7, assumed: made up}")
    assert "Not of the confident type this time: Russia." in text
    positions = section(text, "What they have put forward")
    assert "Ceasefire: no end date (all)" in positions
    assert "Crimea: no recognition (Ukraine, European allies); US recognition (United States)" in positions
    outlooks = section(text, "What each expects without a deal")
    futures = re.findall(r"\((\d)\) ([^;.]*)[;.]", outlooks.splitlines()[0])
    stated = [future.says for future in played("freeze_lines", 3)[0].futures]
    assert len(stated) > 1 and futures == [(str(k), says) for k, says in enumerate(stated, 1)]
    ukraine = next(each for each in outlooks.splitlines() if "Ukraine: (1)" in each)
    assert "over these futures" in ukraine and "cost of going on" in ukraine and "for want of trust" in ukraine


def test_reported_terms_stand_apart_from_what_was_filled_in_for_every_proposal() -> None:
    """Of several dated proposals each is told when it comes, and never by its id."""
    dated = "proposals=[{id: second_try, by: us, round: 8, terms: {crimea: us_de_jure}, assumed: a later draft}]"
    text = told("freeze_lines", 3, dated)
    assert text.count("proposal as reported: ") == 2 and "second_try" not in text
    later = section(text, "Week 9")
    assert "proposal as reported: Crimea (US recognition)" in later
    assert "Filled in from its position: " in later and "Line of control (freeze at the present front)" in later


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_offers_say_what_they_answer_and_no_more_is_met_than_all(name: str, run: int) -> None:
    _, game, transcript = played(name, run)
    fights = game.rules.belligerent
    for _, author, tabled in transcript.offers():
        for given in tabled.given:
            assert 0.0 <= given.share <= 1.0 and fights[given.to] and fights[given.by] and given.to != given.by
            assert given.best is not None or given.share in (0.0, 1.0)
        drafts = game.rules.mediator[0] == author
        assert drafts or {given.to for given in tabled.given} <= {author}


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_moves_are_towards_positions_that_name_the_issue_and_reversals_are_counted_ones(name: str, run: int) -> None:
    _, _, transcript = played(name, run)
    back = 0
    for _, author, tabled in transcript.offers():
        for change in tabled.from_own or ():
            assert author not in change.towards
            assert all(transcript.positions[p][change.issue] >= 0 for p in change.towards)
            back += change.back
            assert not change.back or change.gain > 0.0
    assert back <= transcript.ending.reversals


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_whose_an_option_is_to_give_is_said_once(name: str, run: int) -> None:
    _, game, transcript = played(name, run)
    gifts = [gift for _, _, tabled in transcript.offers() for gift in tabled.gifts]
    assert gifts and len({(gift.issue, gift.option) for gift in gifts}) == len(gifts)
    assert all(game.rules.guarded[gift.issue, gift.option] and gift.givers for gift in gifts)


def test_a_date_that_slips_and_a_threat_that_lapses_are_told() -> None:
    slipped = incidents(played("us_framework", 7)[2], IncidentKind.STAYED)
    assert [(number, incident.before) for number, incident in slipped] == [(13, 17.0)]
    assert "does not leave after all; the date slips to week 18" in section(told("us_framework", 7), "Week 14")
    never = told("us_framework", 7, "walk_away.carried_out=0", "parties.us.patience=500")
    assert never.count("does not leave after all") == 4 and "; the threat lapses." in never


def test_hope_and_the_cost_of_a_pause_are_told_apart() -> None:
    """A pause was said to cost what it forgoes less what later talks are hoped to bring."""
    transcript, without = (played("thirty_day_ceasefire", 0, *off)[2] for off in ((), ("mechanisms.hope=off",)))
    costs = [[incident for _, incident in incidents(each, IncidentKind.PAUSE)] for each in (transcript, without)]
    assert [incident.subject for incident in costs[1]] == [0]
    assert [incident.before for incident in costs[0]] == pytest.approx([incident.before for incident in costs[1]])
    assert {incident.subject for _, incident in incidents(transcript, IncidentKind.HOPE)} == {0, 1, 2, 3}
    assert not incidents(without, IncidentKind.HOPE)
    assert "Ready to give for the talks that may follow: Russia 0.07" in told("thirty_day_ceasefire", 1)


def test_no_deal_values_are_told_again_when_they_have_moved_and_why() -> None:
    for _, incident in incidents(played("november_draft", 0)[2], IncidentKind.NO_DEAL):
        assert sum(incident.parts) == pytest.approx(incident.after - incident.before)
    russia = "Russia 0.35 after 0.41 (fortunes -0.03, cost of going on -0.02)"
    ukraine = "Ukraine 0.52 after 0.54 (fortunes +0.02, cost of going on -0.04)"
    assert f"No deal is worth: {russia}; {ukraine}" in told("november_draft", 0)


def test_ending_says_worth_against_no_deal_terms_and_who_thinks_that_it_holds() -> None:
    end = section(told("freeze_lines", 19), "How it ended")
    ending = played("freeze_lines", 19)[2].ending
    assert "Ukraine: 0.67 with 0.02 by protections against 0.55 (0.55 over these futures" in end
    assert "Terms, from the other side's position (0) to its own (1): Russia 1.17" in end
    assert "still holds after a year, as each sees it: Russia 0.63, Ukraine 0.74." in end
    assert min(chance for chance in ending.holding if chance is not None) == pytest.approx(ending.holds)


def test_what_states_none_of_it_is_told_as_ever() -> None:
    """No new section, number or sentence where a scenario has no positions, futures, trust, givers or dated threats."""
    for name in ("fearon", "emission_standards", "scorable_7"):
        text = told(f"textbook/{name}", 0)
        assert "“gives”, “takes” and “swaps” (what is neither to it)" in text
        assert not played(f"textbook/{name}", 0)[2].rounds[0].outlook
        for new in (" against ", "towards", "Who gives", "put forward", "without a deal", "% met", "Terms, from"):
            assert new not in text


def test_a_textbook_game_is_told_in_the_same_words_as_in_version_0_1() -> None:
    scenario, _, transcript = played("textbook/fearon", 0)
    assert page.to_text(transcript, scenario) == (Path(__file__).parent / "golden" / "textbook_fearon.txt").read_text()


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_a_page_calls_nothing_by_its_id(name: str, run: int) -> None:
    names = played(name, run)[1].names
    text = told(name, run)
    ids = {*names.issues, *names.parties, *names.lines, *names.levers, *names.futures, *sum(names.options, ())}
    assert not [each for each in ids if "_" in each and each in text]


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_data_say_what_the_page_says(name: str, run: int) -> None:
    _, game, transcript = played(name, run)
    data = json.loads(json.dumps(transcript_data(transcript, game.names), allow_nan=False))
    assert data["reversals"] == transcript.ending.reversals and data["terms"].keys() == set(game.names.parties)
    assert len(data["rounds"]) == len(transcript.rounds)
    assert data["rounds"][0]["outlook"].keys() == set(game.names.parties)
    turns = [turn for each in data["rounds"] for turn in each["turns"]]
    filled = [turn["tabled"]["filled_in"] for turn in turns if turn["tabled"]]
    assert [len(each) for each in filled] == [len(tabled.filled) for _, _, tabled in transcript.offers()]
    assert all(answer["party"] in game.names.parties for turn in turns for answer in turn["answers"])


def test_every_kind_of_incident_has_its_data() -> None:
    with_subject = {kind for kinds in SUBJECTS.values() for kind in kinds}
    assert with_subject | set(NUMBERS) == set(IncidentKind)


def test_watch_prints_data_where_asked() -> None:
    code, text, _ = sim("run", SCENARIOS / "us_framework.yaml", "--watch", "--run", "3", "--json")
    data = json.loads(text)
    assert code == 0 and data["run"] == 3 and data["end"] == "walked_away"
    assert data["confident"] == {"russia": None, "ukraine": None, "us": None, "eu": None}
