from pathlib import Path

import pytest
from games import SMALL, changed, write_small

from sim.files.scenarios import read_scenario
from sim.scenario.provenance import Entry, numbers, references


@pytest.fixture
def entries(tmp_path: Path) -> dict[str, Entry]:
    scenario = read_scenario(write_small(tmp_path)).scenario
    return {entry.path: entry for entry in numbers(scenario)}


def kinds(folder: Path, text: str, *overridden: str) -> dict[str, str]:
    scenario = read_scenario(write_small(folder, text)).scenario
    return {entry.path: entry.kind for entry in numbers(scenario, overridden)}


def test_every_number_by_ids_and_the_names_of_the_file(entries: dict[str, Entry]) -> None:
    expected = {
        "parties.upper.red_lines.no_loss.yield",
        "parties.upper.priorities.bank.values.shared",
        "parties.lower.linkages.peace.bonus",
        "parties.judge.bias.upper",
        "phases.opening.lasts.fish",
        "phases.talks.rounds",
        "levers.dam.when.round",
        "levers.dam.no_deal.lower",
        "events.flood.firmness.bank_kept",
        "lasting.clauses.trust.adds",
    }
    assert expected <= set(entries)
    assert len(entries) == 60


def test_a_member_without_id_goes_by_its_position(tmp_path: Path) -> None:
    text = changed("{all_of: [judge], when: {toll: changed}}", "{at_least: 1, of: [judge, {at_least: 1, of: [lower]}]}")
    assert {"consent.0.at_least", "consent.0.of.1.at_least"} <= set(kinds(tmp_path, text))


def test_own_source_before_that_of_the_block(entries: dict[str, Entry]) -> None:
    weight = entries["parties.upper.priorities.toll.weight"]
    assert (weight.kind, weight.claims, weight.why) == ("cited", ("gazette.c2",), None)
    assert entries["parties.upper.priorities.toll.values.high"].claims == ("gazette.c1",)
    bank = entries["parties.upper.priorities.bank.weight"]
    assert (bank.kind, bank.claims, bank.why) == ("assumed", (), "a made-up game for tests")


def test_the_place_leads_to_the_number_in_the_file(entries: dict[str, Entry]) -> None:
    assert entries["parties.lower.red_lines.no_cap_with_toll.yield"].place == (
        "parties",
        "lower",
        "red_lines",
        1,
        "yield",
    )


def test_with_spacing_what_stands_between_the_ends_is_assumed(entries: dict[str, Entry]) -> None:
    values = {name: entries[f"parties.upper.priorities.toll.values.{name}"] for name in ("none", "low", "high")}
    assert [entry.kind for entry in values.values()] == ["cited", "assumed", "cited"]
    assert values["low"].why == "halfway by judgement"


def test_with_spacing_an_own_source_still_counts(tmp_path: Path) -> None:
    text = changed("low: 0.3", "low: {value: 0.3, evidence: [gazette.c2]}")
    assert kinds(tmp_path, text)["parties.upper.priorities.toll.values.low"] == "cited"


def test_overridden_numbers_and_blocks(tmp_path: Path) -> None:
    found = kinds(tmp_path, SMALL, "parties.upper.good_faith", "parties.lower.concession", "momentum.sd.value")
    assert {path for path, kind in found.items() if kind == "override"} == {
        "parties.upper.good_faith",
        "parties.lower.concession.exponent",
        "parties.lower.concession.deadline",
        "momentum.sd",
    }


def test_a_path_covers_no_longer_name(tmp_path: Path) -> None:
    assert "override" not in kinds(tmp_path, SMALL, "parties.up", "moment").values()


def test_references_with_their_places(tmp_path: Path) -> None:
    assert references(read_scenario(write_small(tmp_path)).scenario) == [
        (("parties", "upper", "priorities", "toll", "evidence", 0), "gazette.c1"),
        (("parties", "upper", "priorities", "toll", "weight", "evidence", 0), "gazette.c2"),
        (("parties", "upper", "red_lines", 0, "firmness", "evidence", 0), "gazette.c1"),
    ]
