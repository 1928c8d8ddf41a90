from pathlib import Path

import pytest
from games import SMALL, changed, write_small
from playing import ROOT

from sim.files.errors import BadInput
from sim.files.scenario.reader import read_scenario
from sim.scenario.provenance import Entry, counts, kinds_say, numbers, references


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
        "parties.lower.protections.bank.adds.shared",
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


class TestConventions:
    """Numbers whose class is cited and whose figure is a rule of the coders."""

    def number(self, folder: Path, was: str, now: str, path: str) -> Entry:
        scenario = read_scenario(write_small(folder, changed(was, now))).scenario
        return next(entry for entry in numbers(scenario) if entry.path == path)

    def test_beside_evidence_it_is_a_convention_with_these_claims(self, tmp_path: Path) -> None:
        found = self.number(
            tmp_path, "low: 0.3", 'low: {value: 0.3, evidence: [gazette.c2], convention: "class: low"}',
            "parties.upper.priorities.toll.values.low",
        )  # fmt: skip
        assert (found.kind, found.claims, found.why) == ("convention", ("gazette.c2",), "class: low")

    def test_without_claims_of_its_own_it_takes_those_around_it(self, tmp_path: Path) -> None:
        found = self.number(
            tmp_path, "high: 1.0", "high: {value: 1.0, convention: class high}",
            "parties.upper.priorities.toll.values.high",
        )  # fmt: skip
        assert (found.kind, found.claims, found.why) == ("convention", ("gazette.c1",), "class high")

    def test_on_a_block_it_covers_what_is_below(self, tmp_path: Path) -> None:
        found = self.number(
            tmp_path, "spacing: halfway by judgement", "convention: by class",
            "parties.upper.priorities.toll.values.high",
        )  # fmt: skip
        assert (found.kind, found.claims, found.why) == ("convention", ("gazette.c1",), "by class")

    def test_it_goes_with_no_assumption(self, tmp_path: Path) -> None:
        text = changed("low: 0.3", "low: {value: 0.3, assumed: a guess, convention: class low}")
        with pytest.raises(BadInput, match="says convention and assumed; keep one"):
            read_scenario(write_small(tmp_path, text))

    def test_the_three_are_counted_apart(self, tmp_path: Path) -> None:
        text = changed("high: 1.0", "high: {value: 1.0, convention: class high}")
        found = counts(numbers(read_scenario(write_small(tmp_path, text)).scenario, ["momentum.sd"]))
        assert (found["convention"], found["override"], sum(found.values())) == (1, 1, 60)
        assert kinds_say(found).endswith("1 convention, " + f"{found['assumed']} assumed, 1 override)")

    def test_of_few_numbers_no_percentage_is_told(self) -> None:
        assert kinds_say({"cited": 1, "convention": 0, "assumed": 2, "override": 0}) == (
            "Of 3 numbers 1 are cited (1 cited, 0 convention, 2 assumed)"
        )


@pytest.mark.parametrize("name", ["freeze_lines", "november_draft"])
def test_no_cited_number_of_the_war_is_a_figure_of_a_class(name: str) -> None:
    entries = numbers(read_scenario(ROOT / "scenarios" / f"{name}.yaml").scenario)
    cited = [entry for entry in entries if entry.kind == "cited"]
    ends = [entry for entry in cited if ".values." in entry.path and entry.number.value in (0.0, 1.0)]
    assert {entry.path.rpartition(".")[2] for entry in cited if entry not in ends} <= {"round"}
    kinds = {entry.path: entry.kind for entry in entries}
    assert kinds["parties.russia.concession.deadline"] == "convention"
    assert kinds["parties.russia.red_lines.no_nato_membership.firmness"] == "convention"
