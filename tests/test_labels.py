"""Options and phases by their labels: one shape however they are written, and words wherever they are read."""

import copy
from pathlib import Path
from typing import Any

import pytest
from commands import sim
from games import SMALL
from playing import FREEZE, ROOT
from test_names import TWINS, plain

from sim.files.genius.from_scenario import domain_of
from sim.files.genius.losses import losses
from sim.files.scenario.json_schema import scenario_schema
from sim.files.scenario.reader import read_scenario
from sim.report.wording.paths import path_says
from sim.report.wording.values import value_says, values_say
from sim.scenario import Scenario
from sim.scenario.agenda import ROOM

LOWER = """\
uses: [base.yaml]
issues:
  well:
    options: {shared: {label: by turns}, closed: The well is shut}
"""


def labelled(**labels: Any) -> Any:
    data = copy.deepcopy(plain(TWINS))
    data["issues"]["well"]["options"] |= labels
    return data


def written(folder: Path) -> Path:
    """Two files of which one is laid over the other."""
    closed = "closed: {says: Nobody draws water, label: shut}"
    base = TWINS.replace("closed: Nobody draws water", closed).replace("Both draw  in turn", "East alone draws")
    (folder / "base.yaml").write_text(base, encoding="utf-8")
    (folder / "top.yaml").write_text(LOWER, encoding="utf-8")
    return folder / "top.yaml"


def test_a_text_and_a_block_are_one_shape() -> None:
    well = Scenario.model_validate(labelled(shared={"says": "Both draw in turn", "label": "by turns"})).issues["well"]
    assert (well.options["closed"].says, well.options["closed"].label) == ("Nobody draws water", None)
    assert (well.label("shared"), well.label("closed"), well.label("nobody_knows")) == (
        "by turns",
        "closed",
        "nobody knows",
    )


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("3", "options.shared: must be text, or a mapping with `says` and `label` (got 3); put it in quotes"),
        ("[a]", "options.shared: must be text, or a mapping with `says` and `label` (got a list)"),
        ("{label: by turns}", "options.shared.says: missing"),
        ("{says: a, lable: b}", "options.shared.lable: unknown key; did you mean label?"),
        ("{says: a, label: 3}", "options.shared.label: must be text (got 3); put it in quotes"),
    ],
)
def test_what_is_no_option_is_told_at_its_place(tmp_path: Path, option: str, said: str) -> None:
    file = tmp_path / "well.yaml"
    file.write_text(TWINS.replace("shared: Both draw in turn", f"shared: {option}"), encoding="utf-8")
    code, _, told = sim("check", file)
    assert code == 2 and said in told and "well.yaml:8:" in told


def test_files_are_laid_option_by_option(tmp_path: Path) -> None:
    well = read_scenario(written(tmp_path)).scenario.issues["well"]
    assert (well.options["shared"].says, well.label("shared")) == ("Both draw in turn", "by turns")
    assert (well.options["closed"].says, well.label("closed")) == ("The well is shut", "shut")


def test_a_label_can_be_set_where_an_option_is_a_text() -> None:
    before = read_scenario(FREEZE).scenario.issues["nato"].options["open"]
    loaded = read_scenario(FREEZE, ["issues.nato.options.open.label=undecided", "phases.talks.label=spring"])
    assert loaded.scenario.issues["nato"].options["open"].says == before.says
    assert loaded.scenario.issues["nato"].label("open") == "undecided"
    assert loaded.scenario.phase_called("talks") == "spring"


def test_labels_that_could_be_taken_for_one_another_have_ids_beside_them() -> None:
    """What stands where there is no label counts too."""
    well = Scenario.model_validate(labelled(shared={"says": "In turn", "label": "Closed"})).issues["well"]
    assert [well.label(option) for option in well.options] == ["closed (closed)", "Closed (shared)", "east"]
    assert well.options["closed"].says == "Nobody draws water"


def test_check_warns_of_labels_alike_and_of_long_ones(tmp_path: Path) -> None:
    file, long = tmp_path / "well.yaml", "w" * (ROOM + 1)
    options = f"shared: {{says: In turn, label: Closed}}, west: {{says: All to West, label: {long}}}"
    text = TWINS.replace("shared: Both draw in turn", options)
    file.write_text(text.replace("shared: 0.7", "shared: 0.7, west: 0").replace("shared: 1", "shared: 1, west: 1"))
    code, _, warned = sim("check", file)
    assert code == 0 and "issues.well.options.shared.label: could be taken for the label of closed" in warned
    assert f"issues.well.options.west.label: has {ROOM + 1} letters; tables and pictures have room for {ROOM}" in warned


def test_the_schema_for_editors_takes_both() -> None:
    text, block = scenario_schema()["$defs"]["Option"]["anyOf"]
    assert text == {"type": "string"} and set(block["properties"]) == {"says", "label"}


def test_a_domain_has_what_options_mean_and_says_that_labels_are_lost() -> None:
    scenario = Scenario.model_validate(plain(SMALL))
    data = plain(SMALL)
    issue, option = next((name, next(iter(body["options"]))) for name, body in data["issues"].items())
    data["issues"][issue]["options"][option] = {"says": data["issues"][issue]["options"][option], "label": "a label"}
    other = Scenario.model_validate(data)
    assert domain_of(other) == domain_of(scenario)
    assert "labels of options" in losses(other, domain_of(other), True)
    assert "labels of options" not in losses(scenario, domain_of(scenario), True)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem)
def test_options_of_our_scenarios_have_short_labels(path: Path) -> None:
    if path.parent.name == "common" and not path.stem.startswith("as_of"):
        return
    issues = read_scenario(path).scenario.issues
    labels = [option.label for issue in issues.values() for option in issue.options.values()]
    assert all(label and len(label) <= 32 for label in labels)


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("issues.crimea.status_quo", "us_de_jure", "US recognition"),
        ("parties.us.no_deal.like.crimea", "us_de_jure", "US recognition"),
        ("proposal.terms", "{crimea: us_de_jure}", "Crimea: US recognition"),
        (
            "parties.russia.red_lines.no_nato.refuses",
            "{nato: [membership, open]}",
            "NATO: Ukraine joins, question left open",
        ),
        ("parties.us.priorities.crimea.values", "{us_de_jure: 0.5}", "US recognition: 0.5"),
        ("phases.talks.speakers", "[russia, us]", "Russia, United States"),
        ("parties.us.red_lines.x.same_as", "no_nato_membership", "Ukraine does not enter NATO"),
        ("phases.talks.provisional", "true", "yes"),
        ("proposal", "{by: us, core: []}", "by: United States, core: none"),
    ],
)
def test_values_are_told_with_labels(path: str, text: str, says: str) -> None:
    assert value_says(read_scenario(FREEZE).scenario, path, text) == says


def test_paths_are_told_with_labels() -> None:
    scenario = read_scenario(FREEZE).scenario
    told = path_says(scenario, "parties.us.priorities.crimea.values.us_de_jure")
    assert told == "United States: value of “US recognition” for Crimea"
    assert path_says(scenario, "issues.crimea.options.us_de_jure") == "Crimea: “US recognition” (what it means)"
    texts = ["{crimea: us_de_jure, nato: open}", "{crimea: unrecognised, nato: open}"]
    assert values_say(scenario, "proposal.terms", texts) == ["Crimea: US recognition", "Crimea: no recognition"]


def test_pages_have_labels_and_data_have_ids(tmp_path: Path, undrawn: None) -> None:
    code, page, _ = sim("run", FREEZE, "--runs", "200", "--out", tmp_path / "r")
    settled = page.split("Typical settlement")[1]
    assert code == 0 and "Crimea: no recognition" in settled and "unrecognised" not in settled.split("Crimea:")[1]
    _, data, _ = sim("run", FREEZE, "--runs", "200", "--out", tmp_path / "r", "--json")
    assert '"us_de_jure"' in data and "US recognition" not in data
    assert sim("export", tmp_path / "r", "--to", tmp_path / "runs.csv")[0] == 0
    dictionary = (tmp_path / "runs.columns.csv").read_text(encoding="utf-8")
    assert "us_de_jure: US recognition (The United States alone recognises Crimea as Russian)" in dictionary
    baseline = sim("baseline", FREEZE, "--runs", "200")[1]
    assert "Ukraine joins" in baseline and "membership" not in baseline
    answers = sim("check", FREEZE, "--stances")[1]
    assert "Crimea: US recognition" in answers and "us_de_jure" not in answers
