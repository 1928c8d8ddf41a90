from pathlib import Path

import pytest
from games import SMALL, changed, write_small

from sim.files.errors import BadInput
from sim.files.scenario.reader import read_scenario
from sim.scenario import Scenario
from sim.scenario.parsing.parse import parse
from sim.scenario.problems import Problem, near

CHANGED_TWICE = "`changed` stands alone: it already means every option but the status quo"
NO_SOURCE = "cite `evidence` or say why it is `assumed`, here or on a block around it"
FORMS = "value, triangular, beta, normal, lognormal, uniform, or a class"
MEMBER = "a party or a rule (all_of, any_of, at_least)"

KINDS = [
    ("title: The river and the fish\n", "", "1:1: title: missing"),
    ("good_faith: 0.9", 'good_faith: "0.9"', '45:17: parties.upper.good_faith: must be a number (got "0.9" in quotes)'),
    ("good_faith: 0.9", "good_faith: 1.4", "45:17: parties.upper.good_faith: must be between 0 and 1 (got 1.4)"),
    ("good_faith: 0.9", "good_faith: yes", "45:17: parties.upper.good_faith: must be a number (got yes)"),
    ("good_faith: 0.9", "good_faith: true", "45:17: parties.upper.good_faith: must be a number (got true)"),
    ("good_faith: 0.9", "good_faith: [1]", "45:5: parties.upper.good_faith: must be a number (got a list)"),
    ("yield: 0.1", "yield:", "44:9: parties.upper.red_lines.no_loss.yield: must be a number (got nothing)"),
    (
        "good_faith: 0.9",
        "good_faith: {value: 0.9, uniform: [0, 1]}",
        f"45:5: parties.upper.good_faith: needs exactly one of {FORMS}",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {uniform: [1, 0]}",
        "45:5: parties.upper.good_faith: must rise from low to high",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {triangular: [0, 1]}",
        "45:18: parties.upper.good_faith.triangular: has too few entries",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {beta: {mean: 1, sd: 0.1}}",
        "45:31: parties.upper.good_faith.beta.mean: must be below 1 (got 1)",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {beta: {mean: 0.5, sd: 1e-155}}",
        "45:40: parties.upper.good_faith.beta.sd: must be at least 1e-06 (got 1e-155)",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {beta: {mean: 0.5, sd: 0.7}}",
        "45:18: parties.upper.good_faith.beta: no beta distribution with mean 0.5 has sd 0.7; the sd is too large",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {lognormal: {median: 2, sd: 0.5}}",
        "45:5: parties.upper.good_faith: its median must be between 0 and 1 (got 2)",
    ),
    (
        "good_faith: 0.9",
        "good_faith: {value: 0.9, evidence: [gazette.c1], assumed: why not}",
        "45:5: parties.upper.good_faith: cites evidence and says assumed; keep one",
    ),
    ("good_faith: 0.9", "exposed_after: 2.5", "45:20: parties.upper.exposed_after: must be a whole number (got 2.5)"),
    (
        "    role: mediator\n",
        "    role: mediater\n",
        "72:11: parties.judge.role: must be belligerent, mediator or stakeholder (got mediater); "
        "did you mean mediator?",
    ),
    (
        "no_deal: {base: 0.1}",
        "no_deal: {bass: 0.1}",
        "75:15: parties.judge.no_deal.bass: unknown key; did you mean base?",
    ),
    ("no_deal: {base: 0.1}", "no_deal: [0.1]", "75:5: parties.judge.no_deal: must be a mapping (got a list)"),
    ("name: The judge", "name: 7", "71:11: parties.judge.name: must be text (got 7); put it in quotes"),
    (
        "agenda: [fish]",
        "agenda: everything",
        "80:38: phases.opening.agenda: must be all, or a list (got everything)",
    ),
    ("agenda: [fish]", "agenda: {fish: 1}", "80:30: phases.opening.agenda: must be a list (got a mapping)"),
    (
        "protocol: single_text",
        "protocol: single_tex",
        "81:39: phases.talks.protocol: must be alternating, single_text or put_to (got single_tex); "
        "did you mean single_text?",
    ),
    (
        "{all_of: [judge], when: {toll: changed}}",
        "{all_of: [judge, 3]}",
        f"84:22: consent.0.all_of.1: must be {MEMBER} (got 3)",
    ),
    (
        "{all_of: [judge], when: {toll: changed}}",
        "{all_of: [judge, [upper]]}",
        f"84:22: consent.0.all_of.1: must be {MEMBER} (got a list)",
    ),
    (
        "{all_of: [judge], when: {toll: changed}}",
        "{all_of: [judge, {any_of: []}]}",
        "84:22: consent.0.all_of.1: needs exactly one of all_of, any_of, or at_least with of",
    ),
    (
        "    when: {round: 3}\n",
        "    when: {round: 3, refusals: 2}\n",
        "90:5: levers.dam.when: needs exactly one of round (or date), refusals, exposed",
    ),
    ("refuses: {bank: disputed}", "refuses: {}", "42:9: parties.upper.red_lines.no_loss.refuses: names no issue"),
]

NAMES = [
    (
        "like: {bank: disputed}",
        "like: {bank: dispute}",
        "52:28: parties.lower.no_deal.like.bank: unknown option (got dispute); did you mean disputed?",
    ),
    (
        "    status_quo: disputed\n",
        "    status_quo: contested\n",
        "7:17: issues.bank.status_quo: unknown option (got contested); there is disputed, shared, upper",
    ),
    (
        "      fish: {weight: 0.3",
        "      fisch: {weight: 0.3",
        "31:7: parties.upper.priorities.fisch: unknown issue (got fisch); did you mean fish?",
    ),
    (
        "order: [disputed, shared, upper]",
        "order: [disputed, share]",
        "30:95: parties.upper.priorities.bank.order.1: unknown option (got share); did you mean shared?",
    ),
    (
        "refuses: {bank: disputed}",
        "refuses: {bnk: disputed}",
        "42:19: parties.upper.red_lines.no_loss.refuses.bnk: unknown issue (got bnk); did you mean bank?",
    ),
    (
        "refuses: {bank: disputed}",
        "refuses: {bank: [disputed, upper, shard]}",
        "42:43: parties.upper.red_lines.no_loss.refuses.bank.2: unknown option (got shard); did you mean shared?",
    ),
    (
        "same_as: bank_kept",
        "same_as: bank_keep",
        "65:18: parties.lower.red_lines.no_cap_with_toll.same_as: unknown red line (got bank_keep); "
        "did you mean bank_kept?",
    ),
    (
        "bias: {upper: 1.5}",
        "bias: {uper: 1.5}",
        "78:12: parties.judge.bias.uper: unknown party (got uper); did you mean upper?",
    ),
    (
        "agenda: [fish]",
        "agenda: [fish, tol]",
        "80:45: phases.opening.agenda.1: unknown issue (got tol); did you mean toll?",
    ),
    (
        "rounds: 4,",
        "rounds: 4, speakers: [us], ",
        "80:41: phases.opening.speakers.0: unknown party (got us); there is upper, lower, judge",
    ),
    (
        "single_text, mediator: judge",
        "single_text, mediator: judg",
        "81:62: phases.talks.mediator: unknown party (got judg); did you mean judge?",
    ),
    (
        "lasts: {fish: 3}",
        "lasts: {fis: 3}",
        "80:54: phases.opening.lasts.fis: unknown issue (got fis); did you mean fish?",
    ),
    ("by: judge, terms", "by: jugde, terms", "82:16: proposal.by: unknown party (got jugde); did you mean judge?"),
    (
        "{all_of: [judge], when: {toll: changed}}",
        "{at_least: 1, of: [judge, {any_of: [uper, lower]}]}",
        "84:41: consent.0.of.1.any_of.0: unknown party (got uper); did you mean upper?",
    ),
    (
        "{all_of: [judge], when: {toll: changed}}",
        "{all_of: [judge], when: {tol: changed}}",
        "84:30: consent.0.when.tol: unknown issue (got tol); did you mean toll?",
    ),
    ("    by: upper\n", "    by: uper\n", "88:9: levers.dam.by: unknown party (got uper); did you mean upper?"),
    ("    on: lower\n", "    on: lowr\n", "89:9: levers.dam.on: unknown party (got lowr); did you mean lower?"),
    (
        "    no_deal: {lower: -0.1}\n",
        "    no_deal: {lowr: -0.1}\n",
        "92:15: levers.dam.no_deal.lowr: unknown party (got lowr); did you mean lower?",
    ),
    (
        "    no_deal: {lower: -0.1}\n",
        "    status_quo: {fish: cap}\n",
        "92:24: levers.dam.status_quo.fish: unknown option (got cap); did you mean capped?",
    ),
    (
        "firmness: {bank_kept: -0.1}",
        "firmness: {bank_keep: -0.1}",
        "94:76: events.flood.firmness.bank_keep: unknown red line (got bank_keep); did you mean bank_kept?",
    ),
    ("favours: upper", "favours: uppr", "95:21: momentum.favours: unknown party (got uppr); did you mean upper?"),
    (
        "ceasefire: {fish: capped}",
        "ceasefire: {fish: cappd}",
        "95:79: momentum.ceasefire.fish: unknown option (got cappd); did you mean capped?",
    ),
    ("away: {by: judge", "away: {by: judg", "96:17: walk_away.by: unknown party (got judg); did you mean judge?"),
    (
        "party: lower, when",
        "party: lover, when",
        "98:51: ratification.council.party: unknown party (got lover); did you mean lower?",
    ),
    (
        "adds: {shared: 0.4}",
        "adds: {sharing: 0.4}",
        "69:33: parties.lower.protections.bank.adds.sharing: unknown option (got sharing); did you mean shared?",
    ),
    (
        "evidence: [gazette.c2]",
        "evidence: [gazete.c2]",
        "33:41: parties.upper.priorities.toll.weight.evidence.0: unknown claim (got gazete.c2); "
        "did you mean gazette.c2?",
    ),
]

CONTRADICTIONS = [
    ("weight: 0.5", "weight: 0.45", "29:5: parties.upper.priorities: weights sum to 0.95, not to 1"),
    (
        "order: [disputed, shared, upper]",
        "order: [disputed, upper, shared]",
        "30:77: parties.upper.priorities.bank.order: puts shared above upper, but their values are 0.6 and 1",
    ),
    (
        "order: [disputed, shared, upper]",
        "order: [disputed, shared, disputed]",
        "30:103: parties.upper.priorities.bank.order.2: stands there twice (got disputed)",
    ),
    ("shared: 1.0, upper: 0.0", "shared: 1.0", "50:27: parties.lower.priorities.bank.values: no value for upper"),
    (
        "refuses: {bank: disputed}",
        "refuses: {bank: [disputed, changed]}",
        f"42:19: parties.upper.red_lines.no_loss.refuses.bank: {CHANGED_TWICE}",
    ),
    (
        "refuses: {bank: disputed}",
        "refuses: {bank: [disputed, shared, upper]}",
        "42:9: parties.upper.red_lines.no_loss.refuses: refuses every option, so that nothing could ever be agreed",
    ),
    (
        "refuses: {bank: disputed}",
        "refuses: {bank: [shared, shared]}",
        "42:34: parties.upper.red_lines.no_loss.refuses.bank.1: stands there twice (got shared)",
    ),
    (
        "id: no_loss",
        "id: bank_kept",
        "55:13: parties.lower.red_lines.bank_kept.id: another red line has the same id (got bank_kept)",
    ),
    (
        "id: talks",
        "id: opening",
        "81:10: phases.opening.id: another phase has the same id (got opening)",
    ),
    (
        "id: no_loss",
        "id: no.loss",
        "40:9: parties.upper.red_lines.no.loss.id: may hold only letters, digits, `_` and `-` (got no.loss)",
    ),
    (
        "same_as: bank_kept",
        "same_as: no_cap_with_toll",
        "65:18: parties.lower.red_lines.no_cap_with_toll.same_as: names itself (got no_cap_with_toll)",
    ),
    (
        "        yield: 0.1\n",
        "        yield: 0.1\n        same_as: no_cap_with_toll\n",
        "45:18: parties.upper.red_lines.no_loss.same_as: names a line that has same_as itself; "
        "write bank_kept here (got no_cap_with_toll)",
    ),
    (
        "no_deal: {base: 0.1}",
        "no_deal: {base: 0.1, like: {bank: shared}}",
        "75:5: parties.judge.no_deal: needs exactly one of base and like",
    ),
    (
        "no_deal: {base: 0.1}",
        "no_deal: {cost: 0.1}",
        "75:5: parties.judge.no_deal: needs exactly one of base and like, or the scenario `futures`",
    ),
    (
        "when: {bank: shared, fish: capped}, bonus: 0.1",
        "when: {bank: shared}, bonus: 0.1",
        "67:52: parties.lower.linkages.peace.when: names one issue; a linkage joins two or more "
        "(else change its value)",
    ),
    (
        "bonus: 0.1",
        "bonus: {uniform: [-0.3, 0]}",
        "66:5: parties.lower.linkages: bonuses reach 0.3 in all, whatever their signs; at most 0.25",
    ),
    (
        "    good_faith: 0.9",
        "    patience: 4",
        "45:15: parties.upper.patience: only a mediator has it (role is belligerent)",
    ),
    ("agenda: [fish], lasts: {fish: 3}", "agenda: []", "80:30: phases.opening.agenda: a phase without agenda"),
    (
        "agenda: [fish]",
        "agenda: [bank]",
        "80:54: phases.opening.lasts.fish: is not on the agenda of this phase",
    ),
    (
        "agenda: [fish]",
        "agenda: [fish, fish]",
        "80:45: phases.opening.agenda.1: stands there twice (got fish)",
    ),
    (
        "core: [bank]",
        "locked: [fish]",
        "80:30: phases.opening.agenda: a phase without agenda: the proposal locks every issue on it",
    ),
    (
        "protocol: single_text, mediator: judge, ",
        "",
        "81:40: phases.talks.revisions: only for the protocol single_text (protocol is alternating)",
    ),
    (
        "protocol: single_text, mediator: judge, revisions: 2",
        "protocol: put_to",
        "81:39: phases.talks.protocol: put_to needs `put_to`: the parties that answer",
    ),
    (
        "rounds: 4,",
        "rounds: 4, protocol: put_to, put_to: [lower],",
        "80:40: phases.opening.protocol: put_to needs an earlier phase that settles the text",
    ),
    (
        "rounds: 4,",
        "rounds: 4, put_to: [lower],",
        "80:30: phases.opening.put_to: only for the protocol put_to (protocol is alternating)",
    ),
    ("rounds: 4,", "rounds: 4, consent: [],", "80:5: phases.opening: nobody needs to consent: `consent` is empty"),
    ("core: [bank]", "core: [toll]", "82:67: proposal.core.0: is not among the proposed terms (got toll)"),
    (
        "terms: {bank: shared, fish: capped}, core: [bank]",
        "terms: {fish: unlimited}",
        "82:23: proposal.terms: change nothing: every option is the status quo",
    ),
    (
        "rounds: 12, protocol",
        "rounds: 12, agenda: [fish, toll], protocol",
        "82:31: proposal.terms.bank: is on no phase's agenda; put it on one, or among the locked",
    ),
    (
        "    pressure: 0.4\n    no_deal: {lower: -0.1}\n",
        "",
        "86:5: levers.dam: has no effect; give pressure, no_deal, tilt or status_quo",
    ),
    (
        "    when: {round: 3}\n",
        "    when: {round: 17}\n",
        "90:19: levers.dam.when.round: comes after the talks, which last 16 rounds (4, 12) (got 17)",
    ),
    (
        "rises, round: 5",
        "rises, round: 50",
        "94:47: events.flood.round: comes after the talks, which last 16 rounds (4, 12) (got 50)",
    ),
    (
        ", momentum: 0.2, firmness: {bank_kept: -0.1}",
        "",
        "94:5: events.flood: has no effect; give momentum, firmness or positions",
    ),
    (
        "momentum: {favours: upper, start: 0, drift: 0.01, sd: 0.05, ceasefire: {fish: capped}, ceasefire_drift: 0}\n",
        "",
        "94:60: events.flood.momentum: shifts momentum, but the scenario has no momentum block",
    ),
    (
        "momentum: 0.2}\n    conc",
        "momentum: -0.2}\n    conc",
        "37:36: parties.upper.no_deal.momentum: must not be negative: momentum favours this party (got -0.2)",
    ),
    (
        "ceasefire: {fish: capped}, ",
        "",
        "95:78: momentum.ceasefire_drift: needs `ceasefire`: the options that mean one is in force",
    ),
    (
        "away: {by: judge",
        "away: {by: upper",
        "96:17: walk_away.by: only a mediator walks away (got upper, whose role is belligerent)",
    ),
    (
        "deadline: 12, announced: 6",
        "deadline: 6, announced: 6",
        "96:34: walk_away.deadline: must come after round 6, in which it is announced (got 6)",
    ),
    (
        "deadline: 12, announced: 6",
        "deadline: 20, announced: 6",
        "96:34: walk_away.deadline: comes after the talks, which last 16 rounds (4, 12) (got 20)",
    ),
    (
        "deadline: 12, announced: 6",
        "announced: 6",
        "96:35: walk_away.announced: announces no deadline; give `deadline` too",
    ),
]


def told(folder: Path, text: str) -> list[str]:
    """What reading the text is refused with, places without their file."""
    path = write_small(folder, text)
    with pytest.raises(BadInput) as refused:
        read_scenario(path)
    return [line.removeprefix(f"{path}:") for line in str(refused.value).splitlines()]


def test_the_small_game_is_sound(tmp_path: Path) -> None:
    assert read_scenario(write_small(tmp_path)).scenario.title == "The river and the fish"


@pytest.mark.parametrize(("old", "new", "message"), [*KINDS, *NAMES, *CONTRADICTIONS])
def test_one_fault_one_message(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert told(tmp_path, changed(old, new)) == [message]


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = changed("      low: A penny\n", "      changed: A penny\n")
    assert told(tmp_path, text) == [
        "23:7: issues.toll.options.changed: `changed` is reserved: in clauses it means any option but the status quo",
        "34:9: parties.upper.priorities.toll.values: no value for changed",
        "34:29: parties.upper.priorities.toll.values.low: unknown option (got low); there is none, changed, high",
    ]


def test_a_misspelt_key_is_both_missing_and_unknown(tmp_path: Path) -> None:
    assert told(tmp_path, changed("yield: 0.1", "yeild: 0.1")) == [
        "40:9: parties.upper.red_lines.no_loss.yield: missing (how much of its firmness full pressure takes away)",
        "44:9: parties.upper.red_lines.no_loss.yeild: unknown key; did you mean yield?",
    ]


def test_issues_without_status_quo(tmp_path: Path) -> None:
    text = changed("    status_quo: disputed\n", "").replace("like: {bank: disputed}", "like: {toll: low}")
    assert told(tmp_path, text.replace("no_deal: {lower: -0.1}", "status_quo: {bank: shared}")) == [
        "51:15: parties.lower.no_deal.like: leaves out issues without a status quo: bank",
        "79:30: phases.opening.agenda: leaves out issues without a status quo: bank",
        "91:18: levers.dam.status_quo.bank: has no status quo that a lever could change",
    ]


def test_changed_needs_a_status_quo(tmp_path: Path) -> None:
    text = changed("    status_quo: none\n", "").replace("agenda: [fish]", "agenda: [fish, toll]")
    assert "83:36: consent.0.when.toll: `changed` needs a status quo, and this issue has none" in told(tmp_path, text)


def test_nobody_needs_to_consent(tmp_path: Path) -> None:
    text = changed("consent:\n  - {all_of: [judge], when: {toll: changed}}\n", "").replace("belligerent", "stakeholder")
    message = "nobody needs to consent: no rule of consent here or on the scenario, and no party is a belligerent"
    assert told(tmp_path, text) == [f"80:5: phases.opening: {message}", f"81:5: phases.talks: {message}"]


def test_a_mediator_that_would_never_leave(tmp_path: Path) -> None:
    text = changed("    patience: 6\n", "").replace("deadline: 12, announced: 6", "then: go_on")
    assert told(tmp_path, text) == ["95:1: walk_away: never happens: give a deadline here, or patience to judge"]


def test_numbers_without_a_source_are_told_once_a_block(tmp_path: Path) -> None:
    found = told(tmp_path, changed("assumed: a made-up game for tests\n", "hope: 0.2\n"))
    assert f"3:7: hope: has no source; {NO_SOURCE}" in found
    assert f"44:16: parties.upper.red_lines.no_loss.yield: has no source; {NO_SOURCE}" in found
    names = "weight, unlimited, capped"
    assert f"31:7: parties.upper.priorities.fish: 3 numbers have no source ({names}); {NO_SOURCE}" in found


def test_a_claim_where_there_are_no_seeds(tmp_path: Path) -> None:
    path = tmp_path / "river.yaml"
    path.write_text(SMALL)
    with pytest.raises(
        BadInput, match=r"unknown claim \(got gazette.c\d\); no folder above this file has `seeds`"
    ) as told:
        read_scenario(path)
    assert len(told.value.faults) == 1


def test_a_day_that_no_calendar_has(tmp_path: Path) -> None:
    text = SMALL.replace("title:", 'date: "2025-13-45"\ntitle:', 1)
    with pytest.raises(BadInput, match=r"date: is no date \(got 2025-13-45\)"):
        read_scenario(write_small(tmp_path, text))


def test_a_claim_that_is_played_must_exist(tmp_path: Path) -> None:
    text = SMALL.replace("title:", "plays: [gazette.c9]\ntitle:", 1)
    with pytest.raises(BadInput, match=r"plays.0: unknown claim \(got gazette.c9\)"):
        read_scenario(write_small(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    when: {round: 3}\n", "    when: {round: 3}\n    threatened: 3\n", "must come before round 3"),
        ("    when: {round: 3}\n", "    when: {round: 3}\n    threatened: 99\n", "comes after the talks"),
        (
            "rounds: 4, agenda: [fish], lasts: {fish: 3}",
            "rounds: 4, agenda: [fish], lasts: {fish: 3}, provisional: true",
            "lapses",
        ),
        ("mediator: judge, revisions: 2}", "mediator: judge, provisional: true}", "needs a later phase of bargaining"),
        (
            "mediator: judge, revisions: 2}",
            "mediator: judge, over_the_head_of: [judge]}",
            "tables packages in this phase itself",
        ),
        ("mediator: judge, revisions: 2}", "mediator: judge, over_the_head_of: [lowr]}", "did you mean lower"),
        ("no_deal: {base: 0.3, momentum: 0.2}", "no_deal: {base: 0.3, plus: 0.2}", "give `like` too"),
    ],
)
def test_faults_of_threats_frameworks_and_heads(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_scenario(write_small(tmp_path, changed(old, new)))


def test_weights_of_a_file_laid_over_leave_the_rest_to_the_others(tmp_path: Path) -> None:
    write_small(tmp_path)
    over = tmp_path / "scenarios" / "over.yaml"
    over.write_text(
        "uses: [river.yaml]\nparties: {upper: {priorities: {toll: {weight: {value: 0.6, assumed: it rained}}}}}\n"
    )
    weights = {
        name: each.weight.value for name, each in read_scenario(over).scenario.parties["upper"].priorities.items()
    }
    assert weights == pytest.approx({"bank": 0.25, "fish": 0.15, "toll": 0.6})
    over.write_text(
        "uses: [river.yaml]\nparties: {upper: {priorities: {toll: {weight: {value: 1.6, assumed: it rained}}}}}\n"
    )
    with pytest.raises(BadInput):
        read_scenario(over)


def test_near_names() -> None:
    assert near("yeild", ["yield", "firmness"]) == "; did you mean yield?"
    assert near("xyz", ["yield", "firmness"]) == ""


def test_parse_gives_problems_for_anything() -> None:
    assert parse([]) == [Problem((), "must be a mapping (got a list)")]
    assert parse(None) == [Problem((), "must be a mapping (got nothing)")]


def test_too_many_options_and_parties(tmp_path: Path) -> None:
    scenario = read_scenario(write_small(tmp_path))
    plain = scenario.plain
    plain["issues"]["toll"]["options"] = {f"o{n}": "text" for n in range(64)}
    assert parse(plain) == [Problem(("issues", "toll", "options"), "has 64 entries; at most 63")]
    again = read_scenario(write_small(tmp_path)).plain
    again["parties"] |= {f"p{n}": again["parties"]["judge"] for n in range(14)}
    assert parse(again) == [Problem((), "has 17 parties; at most 16")]
    assert isinstance(parse(read_scenario(write_small(tmp_path)).plain), Scenario)
