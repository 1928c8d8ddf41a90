"""One negotiation on mesa: what its transcript tells, what its collector holds, and that it leaves nothing behind.

The golden transcripts are pinned by eye. After a change of rules, scenarios or words, look at what
`GOLDEN=write pytest tests/test_talks.py` writes before you keep it.
"""

import gc
import os
import weakref
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
from games import changed
from hypothesis import given
from playing import FREEZE, play_file
from strategies import SEEDS, games
from test_engines import briefly

from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.errors import Mark
from sim.files.scenario.reader import read_scenario
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.game import Game, World
from sim.records import End
from sim.rules.state import ACCEPTS, BREAKS_LINE, FALLS_SHORT, OBJECTS
from sim.scenario import Scenario
from sim.talks.model import AGENT_REPORTERS, MODEL_REPORTERS
from sim.talks.runs import negotiate
from sim.talks.transcript import page as text
from sim.talks.transcript.entries import Answer, IncidentKind, Transcript, dance_of
from sim.talks.transcript.recorder import watch

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
PINNED = {"freeze_lines": 36, "us_framework": 1, "november_draft": 0}


@cache
def scenario(name: str) -> Scenario:
    return read_scenario(ROOT / "scenarios" / f"{name}.yaml").scenario


@cache
def game(name: str) -> Game:
    return compile_scenario(scenario(name))


def world(game: Game, run: int, seed: int = 1) -> World:
    return realise(game, Uniforms(seed, run, 1)).at(0)


@cache
def watched(name: str, run: int) -> Transcript:
    return watch(game(name), world(game(name), run), run)


def answers(transcript: Transcript) -> list[Answer]:
    return [answer for played in transcript.rounds for turn in played.turns for answer in turn.answers]


def incidents(transcript: Transcript) -> list[tuple[int, IncidentKind, int]]:
    told = [(r.number, i) for r in transcript.rounds for i in (*r.before, *r.after)]
    return [(number, incident.kind, incident.subject) for number, incident in told]


@pytest.mark.parametrize("name", PINNED)
def test_golden_transcript(name: str) -> None:
    page, file = text.to_text(watched(name, PINNED[name]), scenario(name)), GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(page)
    assert page == file.read_text()


def test_goldens_show_a_departure_and_an_agreement() -> None:
    assert IncidentKind.DEPARTED in {kind for _, kind, _ in incidents(watched("us_framework", PINNED["us_framework"]))}
    assert watched("november_draft", PINNED["november_draft"]).ending.end == End.AGREEMENT


@pytest.mark.parametrize("name", PINNED)
def test_answers_say_why(name: str) -> None:
    transcript, names = watched(name, PINNED[name]), game(name).names
    owners = game(name).rules.line_owner
    assert answers(transcript)
    for answer in answers(transcript):
        assert (answer.said == BREAKS_LINE) == bool(answer.lines)
        assert all(owners[r] == answer.party for r in answer.lines)
        assert answer.said != FALLS_SHORT or answer.shortfall > 0.0
        assert answer.said not in (ACCEPTS, OBJECTS) or answer.shortfall <= 1e-9
        assert answer.wanted < len(names.issues) and (answer.said in (FALLS_SHORT, OBJECTS) or answer.wanted < 0)


@pytest.mark.parametrize("name", PINNED)
def test_refusals_add_up_to_what_the_run_records(name: str) -> None:
    transcript = watched(name, PINNED[name])
    named = [r for answer in answers(transcript) for r in answer.lines]
    wanted = [answer.wanted for answer in answers(transcript) if answer.said == FALLS_SHORT and answer.wanted >= 0]
    assert tuple(np.bincount(named, minlength=len(transcript.ending.cited)).tolist()) == transcript.ending.cited
    assert tuple(np.bincount(wanted, minlength=len(transcript.ending.wanted)).tolist()) == transcript.ending.wanted


def test_changes_are_told_against_now_the_text_before_and_the_own_last_offer() -> None:
    last: dict[int, tuple[int, ...]] = {}
    before: tuple[int, ...] | None = None
    for _, author, tabled in watched("freeze_lines", 1).offers():
        for old, changes in ((before, tabled.from_text), (last.get(author), tabled.from_own)):
            assert (old is None) == (changes is None)
            rebuilt = list(old or tabled.package)
            for change in changes or ():
                assert rebuilt[change.issue] == change.old != change.new
                rebuilt[change.issue] = change.new
            assert tuple(rebuilt) == tabled.package
        last[author] = before = tabled.package


def test_first_text_is_the_reported_proposal_filled_in_from_its_authors_position() -> None:
    _, author, tabled = watched("freeze_lines", 1).offers()[0]
    names = game("freeze_lines").names
    found = [
        {names.issues[i]: names.options[i][tabled.package[i]] for i in which}
        for which in (tabled.stated, tabled.filled)
    ]
    assert tabled.documented and names.parties[author] == "russia"
    assert found[0] == {"ceasefire": "lasting", "front_line": "freeze", "regions_claim": "dropped"}
    assert found[1] == {"kursk": "withdrawn", "nato": "us_veto", "ukraine_forces": "cut", "arms_supply": "stopped"}
    assert {c.issue for c in tabled.from_status_quo} == {*tabled.stated, *tabled.filled}


def test_threat_departure_and_withdrawn_levers_are_told() -> None:
    found, names = incidents(watched("us_framework", 1)), game("us_framework").names
    us = names.parties.index("us")
    assert (0, IncidentKind.ANNOUNCED, us) in found and (13, IncidentKind.DEPARTED, us) in found
    assert (13, IncidentKind.WITHDRAWN, names.levers.index("us_aid")) in found
    assert all(each.threats != 0.0 for each in watched("us_framework", 1).rounds[0].outlook[:2])


@cache
def deaf() -> tuple[Scenario, Game, Transcript]:
    """A freeze that Russia talks about without meaning to sign."""
    told = read_scenario(ROOT / "scenarios" / "freeze_lines.yaml", ["parties.russia.good_faith=0"]).scenario
    compiled = compile_scenario(told)
    return told, compiled, watch(compiled, world(compiled, 10), 10)


def test_bad_faith_is_told_when_it_shows() -> None:
    _, compiled, transcript = deaf()
    russia = compiled.names.parties.index("russia")
    objections = [a for a in answers(transcript) if a.said == OBJECTS]
    withheld = [turn for played in transcript.rounds for turn in played.turns if turn.withheld]
    assert not transcript.good_faith[russia]
    assert {a.party for a in objections} | {t.author for t in withheld} == {russia}
    assert IncidentKind.EXPOSED in {kind for _, kind, _ in incidents(transcript)}


def test_shuttle_consults_one_party_a_week() -> None:
    for played in watched("november_draft", 0).rounds:
        assert sum(len(turn.answers) for turn in played.turns) <= 1


def test_quiet_weeks_are_folded() -> None:
    page = text.to_text(watched("thirty_day_ceasefire", 1), scenario("thirty_day_ceasefire"))
    assert "Weeks 3-" in page and "Nobody moves" in page


def test_page_keeps_its_width() -> None:
    transcript = watched("us_framework", 0)
    page = text.to_text(transcript, scenario("us_framework"), width=60)
    assert max(len(each) for each in page.splitlines()) <= 60


def test_dance_is_the_transcript_as_arrays() -> None:
    transcript = watched("november_draft", 0)
    steps = dance_of(transcript)
    assert steps.value.shape == (len(transcript.offers()), 4) and steps.accepted
    assert steps.aspiration.shape == steps.fallback.shape == (len(transcript.rounds), 4)
    assert steps.value[-1].tolist() == list(transcript.ending.worth)


BOTH_WANT_A_CAP = changed("values: {unlimited: 1.0, capped: 0.0}", "values: {unlimited: 0.0, capped: 1.0}")
RIVER = Scenario.model_validate(to_plain(parse_yaml(BOTH_WANT_A_CAP, Mark("river"))))


def test_phases_lapses_and_votes_are_told() -> None:
    river = compile_scenario(RIVER)
    found = {kind for run in range(12) for _, kind, _ in incidents(watch(river, world(river, run)))}
    assert {
        IncidentKind.PHASE,
        IncidentKind.SETTLED,
        IncidentKind.LAPSED,
        IncidentKind.CEASEFIRE,
        IncidentKind.EVENT,
        IncidentKind.LEVER,
    } <= found
    assert found & {IncidentKind.RATIFIED, IncidentKind.NOT_RATIFIED}


def pages(name: str, runs: int) -> Iterator[list[str]]:
    """The lines of the transcripts of the first runs, not wrapped."""
    for run in range(runs):
        told = text.lines(watched(name, run), scenario(name))
        yield [f"{'  ' * each.indent}{'- ' * (each.form == 'item')}{each.text}" for each in told]


TOLD = ("freeze_lines", "us_framework", "november_draft", "donetsk_two_stage", "textbook/scorable_7")


def test_nobody_speaks_after_an_agreement() -> None:
    """Freeze along the lines, run 2, week 17: two offers were told again after the text had been agreed."""
    after = [
        takewhile(lambda said: not is_heading(said), page[k + 1 :])
        for name in TOLD
        for page in pages(name, 8)
        for k, said in enumerate(page)
        if said.strip().startswith("- Agreed.")
    ]
    assert len(after) > 5
    assert all(said.startswith("  - ") for told in after for said in told)


def is_heading(said: str) -> bool:
    return not said.startswith(" ")


@pytest.mark.parametrize("name", TOLD)
def test_no_sentence_is_left_without_its_end(name: str) -> None:
    """Run 0 of the first two: a text went round that nobody had tabled, and a package was announced that was empty."""
    for page in pages(name, 8):
        for said, following in pairwise(page):
            assert not said.endswith(": ")
            if said.rstrip().endswith((":", "first offer", "as reported")) and not is_heading(said):
                assert len(following) - len(following.lstrip()) > len(said) - len(said.lstrip())
            if said.endswith("settled, or is given:"):
                assert following.startswith("  - ")


def test_repeats_are_told_where_they_came() -> None:
    """A game without positions tells them; where positions are stated, what only repeats itself is left out."""
    page = text.to_text(watched("textbook/scorable_7", 0), scenario("textbook/scorable_7"))
    assert "last offers again, same answers" in page and "What only repeats itself" not in page
    page = text.to_text(watched("freeze_lines", 3), scenario("freeze_lines"))
    assert "last offers again" not in page and "What only repeats itself" in " ".join(page.split())


def test_silence_is_told_as_silence_and_of_those_who_are_there() -> None:
    page = text.to_text(watched("donetsk_two_stage", 31), scenario("donetsk_two_stage"))
    quiet = page.partition("Week 13 ")[2].partition("How it ended")[0]
    assert "Nobody has anything to table." in quiet and "answers" not in quiet
    assert "Russia 0.43" in quiet and "United States" not in quiet


def test_nothing_is_as_now_where_nothing_holds() -> None:
    """A textbook game without a status quo: its first options are no state that anything could be left in."""
    for page in pages("textbook/scorable_7", 4):
        assert not any("as now" in said or "As it was" in said for said in page)
    first = next(pages("textbook/emission_standards", 1))
    assert any("Delay of emission standards: four years" in said for said in first)


def test_what_fails_at_home_brings_no_ceasefire() -> None:
    """A ceasefire was said to be in force where the constitution had stopped it."""
    ends = play_file(FREEZE, 400, 1).outcomes.end
    transcript = watched("freeze_lines", int(np.flatnonzero(ends == End.RATIFICATION_FAILED)[0]))
    assert transcript.ending.end == End.RATIFICATION_FAILED
    assert IncidentKind.NOT_RATIFIED in {i.kind for i in transcript.rounds[-1].after}
    assert IncidentKind.CEASEFIRE not in {i.kind for i in transcript.rounds[-1].after}


def test_days_are_told_as_days() -> None:
    """An agreement comes on day 15, in week 3; a departure is announced for the round in which it comes."""
    days = scenario("us_framework").model_copy(update={"round": "day"})
    page = text.to_text(watched("us_framework", 1), days)
    assert "the talks end on day 14" in page and "leaves on day 14" in page and "in day" not in page
    assert "leaves in week 14" in text.to_text(watched("us_framework", 1), scenario("us_framework"))


@given(games(), SEEDS)
@briefly
def test_any_game_can_be_told(plain: dict[str, Any], seed: int) -> None:
    made_up = Scenario.model_validate(plain)
    compiled = compile_scenario(made_up)
    transcript = watch(compiled, world(compiled, 0, seed), 0)
    assert "How it ended" in text.to_text(transcript, made_up)
    assert len(dance_of(transcript).round) == len(transcript.offers())


@given(games(), SEEDS)
@briefly
def test_only_what_is_on_the_agenda_is_tabled(plain: dict[str, Any], seed: int) -> None:
    compiled = compile_scenario(Scenario.model_validate(plain))
    for played in watch(compiled, world(compiled, 0, seed)).rounds:
        for tabled in (turn.tabled for turn in played.turns if turn.tabled is not None):
            assert all(compiled.rules.agenda[played.phase, change.issue] for change in tabled.from_status_quo)


@given(games(), SEEDS)
@briefly
def test_who_has_left_is_not_heard_again(plain: dict[str, Any], seed: int) -> None:
    compiled = compile_scenario(Scenario.model_validate(plain))
    gone: set[int] = set()
    for played in watch(compiled, world(compiled, 0, seed)).rounds:
        gone |= {i.subject for i in played.before if i.kind == IncidentKind.DEPARTED}
        for turn in played.turns:
            assert turn.author not in gone
            assert turn.author < 0 or not gone & {answer.party for answer in turn.answers}
        gone |= {i.subject for i in played.after if i.kind == IncidentKind.DEPARTED}


def test_collector_holds_a_row_a_round() -> None:
    played = negotiate(game("november_draft"), world(game("november_draft"), 0), collect=True)
    assert played.datacollector is not None
    rounds = played.datacollector.get_model_vars_dataframe()
    parties = played.datacollector.get_agent_vars_dataframe()
    assert list(rounds) == list(MODEL_REPORTERS) and list(parties) == list(AGENT_REPORTERS)
    assert rounds["round"].tolist() == list(range(42)) and len(parties) == 42 * 4
    assert rounds["end"].tolist() == ["RUNNING"] * 41 + ["AGREEMENT"]
    assert (parties["aspiration"] >= parties["fallback"] - 1e-12).all()
    assert parties["value_of_text"].notna().all()


def test_models_are_forgotten() -> None:
    before = len(getattr(mesa.Agent, "_ids", ()))
    models = [
        weakref.ref(negotiate(game("november_draft"), world(game("november_draft"), run), collect=True))
        for run in range(3)
    ]
    gc.collect()
    assert len(getattr(mesa.Agent, "_ids", ())) == before
    assert [model() for model in models] == [None] * 3
