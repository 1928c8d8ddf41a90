"""A scenario without one article, and with one party coded a class up or down."""

import json

import pytest
from commands import sim
from playing import FREEZE

from sim.files.scenario.reader import read_scenario
from sim.scenario import Scenario
from sim.scenario.checks.whole import contradictions
from sim.scenario.parsing.parse import parse
from sim.scenario.problems import at
from sim.scenario.provenance import numbers
from sim.scenario.recoding import UNREPORTED, Recoding, article_of, recodings

LOADED = read_scenario(FREEZE)
FOUND = recodings(LOADED.scenario)


def recoded(one: Recoding) -> Scenario:
    found = parse(one.of(LOADED.plain))
    assert isinstance(found, Scenario)
    assert not contradictions(found)
    return found


def test_every_recoding_is_a_scenario_that_differs() -> None:
    assert {one.kind for one in FOUND} == {"article", "party"}
    for one in FOUND:
        assert (recoded(one) != LOADED.scenario) == bool(one.classes)


def test_without_an_article_only_what_rests_on_it_alone_falls() -> None:
    entries = {entry.place: entry for entry in numbers(LOADED.scenario)}
    for one in (one for one in FOUND if one.kind == "article"):
        for place, name in one.classes:
            entry = entries[place]
            assert {article_of(claim) for claim in entry.claims} == {one.name}
            assert name == UNREPORTED[entry.path.rpartition(".")[2]]
            assert at(LOADED.plain, place)["class"] != name


def test_a_party_goes_to_the_next_class_of_the_field_and_only_it_moves() -> None:
    up = next(one for one in FOUND if (one.name, one.field, one.up) == ("russia", "firmness", True))
    before, after = LOADED.scenario.parties, recoded(up).parties
    for name in before:
        for line, other in zip(before[name].red_lines, after[name].red_lines, strict=True):
            was, now = line.firmness.value, other.firmness.value
            assert was is None or now is None or (now >= was if name == "russia" else now == was)
    steps = {(at(LOADED.plain, place)["class"], name) for place, name in up.classes}
    assert ("plainly_refused", "refused_without_reserve") in steps
    assert not any(was == "refused_without_reserve" for was, _ in steps)


@pytest.mark.slow
def test_the_page_and_the_data_tell_every_recoding() -> None:
    told = json.loads(sim("sensitivity", "freeze_lines", "--sources", "--runs", "20", "--json")[1])
    assert len(told["recodings"]) == len(FOUND)
    code, page, _ = sim("sensitivity", "freeze_lines", "--sources", "--runs", "20")
    assert code == 0
    assert "april-terms" in page
    assert "Russia: weights up" in page


def test_sources_go_without_ablations() -> None:
    assert sim("sensitivity", "freeze_lines", "--sources", "--ablations")[0] == 2
