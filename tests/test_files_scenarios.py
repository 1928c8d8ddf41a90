import json
from pathlib import Path

import pytest
from games import GAZETTE, SMALL, STANCES, changed, write_small

from sim.files.errors import BadInput, Mark
from sim.files.scenario.json_schema import scenario_schema
from sim.files.scenario.reader import Loaded, read_scenario
from sim.scenario.parsing.parse import parse
from sim.scenario.provenance import numbers

BASE = """\
title: Laid over
uses: [river.yaml]
"""


def over(folder: Path, text: str, below: str = SMALL) -> Path:
    """A file that uses the small game, and says `text` besides."""
    path = write_small(folder, below).with_name("over.yaml")
    path.write_text(BASE + text)
    return path


def told(path: Path, *overrides: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_scenario(path, overrides)
    return str(refused.value).replace(f"{path.parent}/", "").replace(f"{path.parent.parent}/", "")


def weights(loaded: Loaded, party: str) -> dict[str, float | None]:
    priorities = loaded.scenario.parties[party].priorities
    return {issue: priority.weight.value for issue, priority in priorities.items()}


def test_a_file_is_laid_over_what_it_uses(tmp_path: Path) -> None:
    loaded = read_scenario(over(tmp_path, "parties: {upper: {good_faith: 0.5}}\n"))
    assert loaded.scenario.title == "Laid over"
    assert loaded.scenario.parties["upper"].good_faith is not None
    assert loaded.scenario.parties["upper"].good_faith.value == 0.5
    assert loaded.scenario.parties["upper"].name == "The upper town"
    assert [source.name for source in loaded.sources] == ["river.yaml", "over.yaml", "gazette.yaml", "stances.yaml"]


def test_list_items_merge_by_id_and_new_ones_come_last(tmp_path: Path) -> None:
    text = "phases:\n  - {id: talks, rounds: 20}\n  - {id: late, rounds: 2, assumed: a test}\n"
    phases = read_scenario(over(tmp_path, text)).scenario.phases
    assert [(phase.id, int(phase.rounds)) for phase in phases] == [("opening", 4), ("talks", 20), ("late", 2)]
    assert phases[1].mediator == "judge"


def test_other_lists_are_replaced(tmp_path: Path) -> None:
    text = "phases:\n  - {id: opening, agenda: [bank, fish]}\nconsent: [{all_of: [upper]}]\n"
    scenario = read_scenario(over(tmp_path, text)).scenario
    assert scenario.phases[0].agenda == ("bank", "fish")
    assert [rule.all_of for rule in scenario.consent] == [("upper",)]


@pytest.mark.parametrize(
    ("number", "forms", "kind"),
    [
        ("0.5", ["value"], "assumed"),
        ("{value: 0.5}", ["value"], "assumed"),
        ("{beta: {mean: 0.5, sd: 0.1}}", ["beta"], "assumed"),
        ("{uniform: [0, 1], evidence: [gazette.c2]}", ["uniform"], "cited"),
        ("{assumed: only the reason is new}", ["triangular"], "assumed"),
    ],
)
def test_a_number_is_one_thing(tmp_path: Path, number: str, forms: list[str], kind: str) -> None:
    line = f"parties: {{upper: {{red_lines: [{{id: no_loss, firmness: {number}}}]}}}}\n"
    scenario = read_scenario(over(tmp_path, line)).scenario
    entries = {entry.path: entry for entry in numbers(scenario)}
    firmness = entries["parties.upper.red_lines.no_loss.firmness"]
    assert (firmness.number.forms(), firmness.kind) == (forms, kind)


def test_a_new_source_takes_the_place_of_the_other_kind(tmp_path: Path) -> None:
    text = "parties: {upper: {priorities: {toll: {assumed: nobody said so}}}}\nevidence: [gazette.c1]\n"
    scenario = read_scenario(over(tmp_path, text)).scenario
    assert scenario.parties["upper"].priorities["toll"].evidence == ()
    assert (scenario.evidence, scenario.assumed) == (("gazette.c1",), None)


def test_a_convention_takes_the_place_of_an_assumption_and_keeps_the_claims(tmp_path: Path) -> None:
    text = "parties: {upper: {priorities: {toll: {convention: by class}}}}\nconvention: by class too\n"
    scenario = read_scenario(over(tmp_path, text)).scenario
    toll = scenario.parties["upper"].priorities["toll"]
    assert (toll.evidence, toll.convention) == (("gazette.c1",), "by class")
    assert (scenario.convention, scenario.assumed) == ("by class too", None)


def test_a_number_with_a_convention_over_one_with_claims_needs_claims_of_its_own(tmp_path: Path) -> None:
    line = (
        "parties: {{upper: {{priorities: {{toll: {{values: {{high: {{value: 1.0, convention: by class{0}}}}}}}}}}}}}\n"
    )
    with pytest.raises(BadInput, match="replaces a cited number of another file"):
        read_scenario(over(tmp_path, line.format("")))
    read_scenario(over(tmp_path, line.format(", evidence: [gazette.c2]")))


def test_base_takes_the_place_of_like(tmp_path: Path) -> None:
    no_deal = (
        read_scenario(over(tmp_path, "parties: {lower: {no_deal: {base: 0.4}}}\n")).scenario.parties["lower"].no_deal
    )
    assert no_deal.like is None


def test_a_clause_is_one_thing(tmp_path: Path) -> None:
    text = """\
parties: {lower: {red_lines: [{id: no_cap_with_toll, refuses: {toll: low}}]}}
levers: [{id: dam, when: {refusals: 2}}]
proposal: {terms: {toll: high}, core: [toll]}
momentum: {ceasefire: {toll: low}}
"""
    scenario = read_scenario(over(tmp_path, text)).scenario
    assert scenario.parties["lower"].red_lines[1].refuses == {"toll": ("low",)}
    assert scenario.levers[0].when is not None and scenario.levers[0].when.round is None
    assert scenario.proposal is not None and scenario.proposal.terms == {"toll": "high"}
    assert scenario.momentum is not None and scenario.momentum.ceasefire == {"toll": ("low",)}


def test_an_issue_may_be_called_like_a_clause(tmp_path: Path) -> None:
    below = SMALL.replace("  toll:\n    title", "  when:\n    title").replace("toll", "when")
    text = "issues: {when: {options: {huge: A pound}}}\n"
    text += "parties: {upper: {priorities: {when: {values: {huge: {value: 1, assumed: a guess}}}}}}\n"
    scenario = read_scenario(over(tmp_path, text, below)).scenario
    assert list(scenario.issues["when"].options) == ["none", "low", "high", "huge"]


def test_a_number_laid_over_a_cited_one_needs_a_source_of_its_own(tmp_path: Path) -> None:
    text = "parties: {upper: {priorities: {toll: {values: {low: 0.2}}}, red_lines: [{id: no_loss, firmness: 0.5}]}}\n"
    scenario = read_scenario(over(tmp_path, text)).scenario
    assert scenario.parties["upper"].red_lines[0].firmness.value == 0.5
    with pytest.raises(BadInput, match=r"toll\.values\.high: replaces a cited number of another file"):
        read_scenario(over(tmp_path, text.replace("low: 0.2", "high: 0.9")))


def test_without_drops_inherited_parts(tmp_path: Path) -> None:
    text = """\
without:
  - parties.lower.red_lines.no_cap_with_toll
  - parties.judge.patience
  - phases.opening
  - proposal.core.bank
phases: [{id: opening, rounds: 2}]
"""
    scenario = read_scenario(over(tmp_path, text)).scenario
    assert [line.id for line in scenario.parties["lower"].red_lines] == ["bank_kept"]
    assert scenario.parties["judge"].patience is None
    assert [phase.id for phase in scenario.phases] == ["talks", "opening"]
    assert scenario.phases[1].lasts == {}
    assert scenario.proposal is not None and scenario.proposal.core == ()


def test_a_file_used_twice_is_laid_once(tmp_path: Path) -> None:
    path = over(tmp_path, "")
    path.with_name("faithless.yaml").write_text("uses: [river.yaml]\nparties: {upper: {good_faith: 0.1}}\n")
    path.with_name("tolls.yaml").write_text("uses: [./river.yaml]\nissues: {toll: {title: Tolls}}\n")
    path.write_text("title: Both\nuses: [faithless.yaml, tolls.yaml]\n")
    loaded = read_scenario(path)
    assert loaded.plain["parties"]["upper"]["good_faith"] == 0.1
    assert loaded.plain["issues"]["toll"]["title"] == "Tolls"
    assert "uses" not in loaded.plain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("uses: [rivr.yaml]\n", "over.yaml:1:8: uses.0: no such file (got rivr.yaml); did you mean river.yaml?"),
        ("uses: [.]\n", "over.yaml:1:8: uses.0: is a folder, not a file (got .)"),
        ("uses: [/river.yaml]\n", "over.yaml:1:8: uses.0: must be a path relative to this file (got /river.yaml)"),
        ("uses: ['']\n", "over.yaml:1:8: uses.0: must be a path relative to this file (got empty text)"),
        ("uses: river.yaml\n", "over.yaml:1:7: uses: must be a list of texts"),
        ("uses: [over.yaml]\n", "over.yaml:1:8: uses.0: uses itself in a circle: over.yaml -> over.yaml"),
        ("uses: [ring.yaml]\n", "ring.yaml:1:8: uses.0: uses itself in a circle: over.yaml -> ring.yaml -> over.yaml"),
        (
            "uses: [river.yaml]\nwithout: [parties.jugde]\n",
            "over.yaml:2:11: without.0: no such path; did you mean judge? (got parties.jugde)",
        ),
        (
            "uses: [river.yaml]\nwithout: [parties.upper.red_lines.no_los.yield]\n",
            "over.yaml:2:11: without.0: no such path; did you mean no_loss? (got parties.upper.red_lines.no_los.yield)",
        ),
        (
            "without: [parties]\n",
            "over.yaml:1:11: without.0: there is nothing to drop from: this file uses no other (got parties)",
        ),
        (
            "uses: [river.yaml]\nparties: {upper: {good_faith: 2}}\n",
            "over.yaml:2:31: parties.upper.good_faith: must be between 0 and 1 (got 2)",
        ),
        (
            "uses: [river.yaml]\nphases: [{id: tolks, mediator: judge}]\n",
            "over.yaml:2:10: phases.tolks.rounds: missing\n"
            "over.yaml:2:32: phases.tolks.mediator: only for the protocol single_text (protocol is alternating)",
        ),
        ("uses: [broken.yaml, rivr.yaml]\n", "broken.yaml:1:4: is not YAML: a quote that is opened and never closed\n"
         "over.yaml:1:21: uses.1: no such file (got rivr.yaml); did you mean river.yaml?"),
    ],
)  # fmt: skip
def test_bad_files_over_files(tmp_path: Path, text: str, message: str) -> None:
    path = over(tmp_path, "")
    path.with_name("ring.yaml").write_text("uses: [over.yaml]\n")
    path.with_name("broken.yaml").write_text("a: 'b\n")
    path.write_text(text)
    assert told(path) == message


def test_a_problem_of_an_inherited_part_points_at_its_file(tmp_path: Path) -> None:
    path = over(tmp_path, "", changed("yield: 0.1", "yield: 2"))
    assert told(path) == "river.yaml:44:16: parties.upper.red_lines.no_loss.yield: must be between 0 and 1 (got 2)"


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("parties.judge.patienc=6", "no such path; did you mean patience?"),
        ("parties.jugde.patience=6", "no such path; did you mean judge?"),
        ("phases.talk.rounds=6", "no such path; did you mean talks?"),
        ("phases.0.rounds=6", "no such path; there is opening, talks"),
        ("phases.talks.speakers.judge=6", "no such path"),
        ("parties.court.patience=6", "no such path; there is upper, lower, judge"),
        ("parties.upper.red_lines.loss_of_the_mill_race.firmness=1", "no such path; there is no_loss"),
        ("title.x=6", "no such path"),
        ("uses=[x]", "no such path; did you mean phases?"),
        ("parties.judge.patience", "must be PATH=VALUE"),
        ("=6", "must be PATH=VALUE"),
        ("parties.judge.patience=", "must be PATH=VALUE"),
        ("parties.judge.patience=[6", "is not YAML: a list opened with '[' needs ',' or ']' here"),
        ("parties.judge.patience=.inf", "must be a finite number (got .inf)"),
        ("parties.judge.patience={a: 1, a: 2}", "a: stands there twice"),
        ("parties.judge.patience=long", "parties.judge.patience: must be a number (got long)"),
        ("parties.judge.bias.uper=2", "parties.judge.bias.uper: unknown party (got uper); did you mean upper?"),
        ("parties.judge.priorities.bank.weight=0.5", "no other weight can take up the rest"),
        ("phases.talks.protocol=put_to", None),
    ],
)
def test_bad_overrides(tmp_path: Path, override: str, message: str | None) -> None:
    lines = told(write_small(tmp_path), override).splitlines()
    if message is not None:
        assert lines == [f"--set {override}: {message}"]
    assert lines[0].startswith(f"--set {override}: ")


def test_overrides_of_what_stands_there_and_of_what_may(tmp_path: Path) -> None:
    given = [
        "parties.upper.insight=0.5",
        ("parties.judge.patience", "{triangular: [2, 4, 6]}"),
        "parties.upper.red_lines.no_loss.firmness.value=0.7",
        "parties.lower.red_lines.bank_kept.yield.assumed=a guess",
        "parties.judge.bias.lower=2",
        "phases.talks.consults=alternate",
        "phases.opening.agenda=[fish, toll]",
        "title=Another",
    ]
    loaded = read_scenario(write_small(tmp_path), given)
    parties = loaded.plain["parties"]
    assert parties["upper"]["insight"] == 0.5
    assert parties["judge"]["patience"] == {"triangular": [2, 4, 6]}
    assert parties["upper"]["red_lines"][0]["firmness"] == {"value": 0.7, "evidence": ["gazette.c1"]}
    assert parties["lower"]["red_lines"][0]["yield"] == {"value": 0.3, "assumed": "a guess"}
    assert parties["judge"]["bias"] == {"upper": 1.5, "lower": 2}
    assert loaded.plain["phases"][1]["consults"] == "alternate"
    assert loaded.plain["phases"][0]["agenda"] == ["fish", "toll"]
    assert loaded.overridden["parties.judge.patience"] == "{triangular: [2, 4, 6]}"
    assert loaded.mark(("title",)) == Mark("--set title=Another")


def test_an_overridden_number_needs_no_source(tmp_path: Path) -> None:
    path = write_small(tmp_path, changed("    patience: 6\n", ""))
    loaded = read_scenario(path, ["parties.judge.patience=9"])
    assert [e.path for e in numbers(loaded.scenario, loaded.overridden) if e.kind == "override"] == [
        "parties.judge.patience"
    ]


def test_the_other_weights_share_what_an_overridden_one_leaves(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    one = read_scenario(path, ["parties.upper.priorities.bank.weight=0.75"])
    assert weights(one, "upper") == pytest.approx({"bank": 0.75, "fish": 0.15, "toll": 0.1})
    two = read_scenario(path, ["parties.upper.priorities.bank.weight=0.1", "parties.upper.priorities.fish.weight=0.2"])
    assert weights(two, "upper") == pytest.approx({"bank": 0.1, "fish": 0.2, "toll": 0.7})
    toll = {entry.path: entry for entry in numbers(two.scenario, two.overridden)}[
        "parties.upper.priorities.toll.weight"
    ]
    assert (toll.kind, toll.claims) == ("cited", ("gazette.c2",))
    assert weights(two, "lower") == {"bank": 0.4, "fish": 0.6}
    assert list(two.overridden) == ["parties.upper.priorities.bank.weight", "parties.upper.priorities.fish.weight"]


def test_overridden_weights_above_one(tmp_path: Path) -> None:
    bank, fish = "parties.upper.priorities.bank.weight=0.7", "parties.upper.priorities.fish.weight=0.6"
    reason = "the weights that are set sum to 1.3, more than 1"
    assert told(write_small(tmp_path), bank, fish) == f"--set {bank}: {reason}\n--set {fish}: {reason}"


def test_faults_of_file_and_override_together(tmp_path: Path) -> None:
    path = write_small(tmp_path, changed("yield: 0.1", "yield: 2"))
    assert told(path, "parties.judge.patienc=6").splitlines() == [
        "--set parties.judge.patienc=6: no such path; did you mean patience?",
        "river.yaml:44:16: parties.upper.red_lines.no_loss.yield: must be between 0 and 1 (got 2)",
    ]


def test_marks_by_position_by_id_and_nearest(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    loaded = read_scenario(path)
    assert loaded.mark(("parties", "upper", "red_lines", 0, "yield")) == Mark(str(path), 44, 16)
    assert loaded.mark(("parties", "upper", "red_lines", "no_loss", "yield")) == Mark(str(path), 44, 16)
    assert loaded.mark(("parties", "upper", "insight")) == Mark(str(path), 26, 3)


def test_the_plain_scenario_survives_json(tmp_path: Path) -> None:
    loaded = read_scenario(write_small(tmp_path), ["parties.judge.patience=9"])
    assert parse(json.loads(json.dumps(loaded.plain))) == loaded.scenario


SEEDS = [
    ("gazette", GAZETTE, "id: gazette", "id: gazete", "1:5: id: must be the name of its file, gazette (got gazete)"),
    ("gazette", GAZETTE, "id: c2", "id: c1", "7:10: claims.c1.id: stands there twice (got c1)"),
    ("gazette", GAZETTE, "kind: stated", "kind: said",
     "6:60: claims.c1.kind: must be stated, reported or analysis (got said); did you mean stated?"),
    ("gazette", GAZETTE, "date: 2025-04", "date: April",
     "3:7: date: must be a date such as 2025-04-23 (got April)"),
    ("gazette", GAZETTE, "date: 2025-04", "date: {from: 2025-05, to: 2025-04}", "3:1: date: ends before it begins"),
    ("gazette", GAZETTE, "dated_by", "datedby", None),
    ("stances", STANCES, "gazette.c1", "gazette.c7",
     "8:14: stances.s1.claims.0: unknown claim (got gazette.c7); did you mean gazette.c2?"),
    ("stances", STANCES, "answer: open", "answer: opn",
     "7:13: stances.s1.answer: must be accept, reject, open or proposes (got opn); did you mean open?"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "old", "new", "message"), SEEDS)
def test_bad_seeds(tmp_path: Path, name: str, text: str, old: str, new: str, message: str | None) -> None:
    path = write_small(tmp_path)
    (tmp_path / "seeds" / f"{name}.yaml").write_text(changed(old, new, text))
    lines = told(path).splitlines()
    assert all(line.startswith(f"seeds/{name}.yaml:") for line in lines)
    assert message is None or lines == [f"seeds/{name}.yaml:{message}"]


def test_a_bare_year_is_a_date(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    (tmp_path / "seeds" / "gazette.yaml").write_text(changed("date: 2025-04", "date: 1956", GAZETTE))
    assert str(read_scenario(path).evidence.articles[0].date) == "1956"


def test_the_schema_asks_for_nothing_and_knows_the_keys_of_files() -> None:
    schema = scenario_schema()
    text = json.dumps(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"uses", "without", "title", "parties"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert '"required"' not in text and '"minProperties"' not in text
    assert "yield" in schema["$defs"]["RedLine"]["properties"]


def test_a_block_that_is_set_is_told_at_its_own_place(tmp_path: Path) -> None:
    """Not at the place of the number in the file that it replaces."""
    path = write_small(tmp_path)
    with pytest.raises(BadInput) as bad:
        read_scenario(path, ["parties.upper.concession.exponent={triangular: [0.5, 0.4, 0.9]}"])
    assert str(bad.value).startswith("--set parties.upper.concession.exponent={triangular: [0.5, 0.4, 0.9]}: ")
