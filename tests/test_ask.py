"""`sim ask` as a user types it."""

import json
import shlex
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from playing import ROOT
from wars import described

from sim.files.yaml.reading import read_yaml

DRAFT = ROOT / "scenarios" / "november_draft.yaml"
WORLDS = ("--worlds", "60")


@pytest.fixture
def war_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Home has 0.7 of a peace and 0.25 of war; Foe 0.3 and 0.75, and 0.8 with the land."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "war.yaml"
    path.write_text(json.dumps(described()))
    return path


def asked(*arguments: str | Path) -> dict[str, object]:
    code, out, err = sim("ask", *arguments, "--json")
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_the_page_says_who_refuses_what_it_misses_and_what_would_turn_it(war_file: Path) -> None:
    code, out, _ = sim("ask", war_file, "truce=peace", *WORLDS)
    assert code == 0
    assert "Home (100 % of worlds) would take the draft. Foe (0 % of worlds) would not." in " ".join(out.split())
    assert "on average it is worth 0.45 less than no deal" in " ".join(out.split())
    assert "No amendment of up to 3 issues turns every no" in " ".join(out.split())
    assert f"sim ask {war_file} truce=peace land=ceded" in " ".join(out.replace("\\", "").split())


def test_every_amendment_is_a_command_that_gives_its_answers(war_file: Path) -> None:
    found = asked(war_file, "truce=peace", *WORLDS)
    kept = found["amendments"]["turn_one"]["foe"]  # type: ignore[index]
    for each in kept[:3]:
        again = asked(*shlex.split(each["command"])[2:], *WORLDS)
        assert again["all_consent"] == each["all_consent"]
        for party, share in each["takes"].items():
            assert again["answers"][party]["takes"]["estimate"] == share["estimate"]  # type: ignore[index]


@pytest.mark.slow
def test_answers_are_those_of_sim_stances_where_both_ask_the_same() -> None:
    """A reported answer whose text the silence of the draft does not change."""
    code, out, _ = sim("stances", DRAFT, "--json", "--runs", "200")
    assert code == 0
    told = [one for group in json.loads(out)["groups"] for one in group["stances"]]
    answers = [one for one in told if one["answer"] != "proposes" and not one["lasts"]]
    assert len(answers) > 2
    for one in answers[:5]:
        found = asked(DRAFT, *(f"{i}={o}" for i, o in one["proposal"].items()), "--worlds", "200", "--changes", "0")
        mine = found["answers"][one["party"]]  # type: ignore[index]
        assert mine["held_against"] == one["held_against"]
        assert mine["margin"] == pytest.approx(one["margin"])
        assert mine["takes"]["estimate"] <= one["takes"] + 1e-9, "a text is silent on nothing: more lines can count"


def test_two_drafts_stand_side_by_side(war_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("title: With the land\nterms: {truce: peace, land: ceded}\n")
    code, out, _ = sim("ask", war_file, "truce=peace", "--against", other, *WORLDS)
    assert code == 0 and "Beside the other draft: With the land" in out
    found = asked(war_file, "truce=peace", "--against", other, *WORLDS)
    alone = asked(war_file, "--draft", other, *WORLDS)
    assert found["against"]["answers"] == alone["answers"]  # type: ignore[index]
    assert found["against"]["draft_takes_more"]["foe"]["estimate"] == -1.0  # type: ignore[index]


def test_a_draft_comes_from_words_a_file_a_proposal_an_answer_or_a_party() -> None:
    files = asked(DRAFT, "--worlds", "20", "--changes", "0")
    assert files["draft"] == "proposal"
    party = asked(DRAFT, "--draft", "russia", "--worlds", "20", "--changes", "0")
    assert party["named"]["crimea"] == "us_de_jure"  # type: ignore[index]
    changed = asked(DRAFT, "--draft", "russia", "crimea=unrecognised", "--worlds", "20", "--changes", "0")
    assert changed["named"] == {**party["named"], "crimea": "unrecognised"}  # type: ignore[dict-item]
    filled = asked(DRAFT, "ceasefire=lasting", "--fill", "russia", "--worlds", "20", "--changes", "0")
    assert filled["package"] == party["package"]


def test_a_later_day_is_asked_about_if_nothing_is_agreed_before() -> None:
    early, late = (
        asked(ROOT / "scenarios" / "freeze_lines.yaml", "--worlds", "200", "--changes", "0", *by)
        for by in ((), ("--by", "2026-03-01"))
    )
    assert early["rounds_over"] == 0 and late["rounds_over"] == 44
    assert early["answers"]["ukraine"]["margin"] != late["answers"]["ukraine"]["margin"]  # type: ignore[index]


@pytest.mark.slow
def test_talks_that_begin_with_the_draft_are_those_of_sim_run(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    found = asked(path, "--play", "--runs", "300", *WORLDS, *_any_term(path))
    talks = found["talks"]
    code, out, _ = sim(*shlex.split(talks["command"])[1:], "--json", "--out", tmp_path / "r")  # type: ignore[index]
    assert code == 0
    assert json.loads(out)["likelihood"]["estimate"] == talks["agreed"]["estimate"]  # type: ignore[index]


def _any_term(path: Path) -> list[str]:
    issues = read_yaml(path).value["issues"].value  # type: ignore[union-attr,index]
    issue, node = next(iter(issues.items()))  # type: ignore[union-attr]
    return [f"{issue}={list(node.value['options'].value)[-1]}"]  # type: ignore[index,union-attr,call-overload]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("truse=peace",), "truse=peace: unknown issue (got truse); did you mean truce?"),
        (("truce=piece",), "truce=piece: unknown option (got piece); did you mean peace?"),
        (("truce",), "truce: must be ISSUE=OPTION; there is truce=war, truce=pause, truce=peace"),
        (("truce=peace", "--party", "hom"), "--party: unknown party (got hom); did you mean home?"),
        (("truce=peace", "--fill", "fou"), "--fill: unknown party (got fou); did you mean foe?"),
        (("truce=peace", "--tabled-by", "foe"), "--tabled-by: goes with --play"),
        (("truce=peace", "--runs", "50"), "--runs: goes with --play"),
        (("truce=peace", "truce=war"), "truce=war: its issue stands there twice"),
        (("=peace",), "=peace: must be ISSUE=OPTION"),
        (
            ("--draft", "hone"),
            "--draft: no file, documented proposal, reported answer or party has this name (got hone)",
        ),
        (("--draft", "none.yaml"), "none.yaml: no such file"),
        (("truce=peace", "--report", "x" * 300 + ".html"), "cannot be written (file name too long)"),
        (("--draft", "/dev/zero"), "/dev/zero: is not an ordinary file"),
        (("truce=peace", "--against", "/dev"), "/dev: is a folder, not a file"),
        (("--draft", "n" * 300), "cannot be read: file name too long"),
        ((), "no draft: give terms as ISSUE=OPTION, or --draft FILE (the scenario has no proposal of its own)"),
    ],
)
def test_bad_input_is_one_line(war_file: Path, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = sim("ask", war_file, *arguments)
    assert (code, out) == (2, "") and said in err and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("truce: peace\nlnd: ceded\n", "draft.yaml:2:1: unknown issue (got lnd); did you mean land?"),
        ("truce: pease\n", "draft.yaml:1:8: truce: unknown option (got pease); did you mean peace?"),
        ("truce: [peace]\n", "draft.yaml:1:1: truce: must be an option (got a list)"),
        ("title: 3\nterms: {truce: peace}\n", "draft.yaml:1:8: title: must be text (got 3)"),
        ("titel: mine\nterms: {truce: peace}\n", "draft.yaml:1:1: titel: unknown key of a draft; did you mean title?"),
        ("terms: {}\n", "draft.yaml:1:1: names no issue"),
        ("truce: peace\ntruce: war\n", "draft.yaml:2:1"),
    ],
)
def test_faults_of_a_draft_file_are_told_with_their_place(war_file: Path, text: str, said: str) -> None:
    Path("draft.yaml").write_text(text)
    code, out, err = sim("ask", war_file, "--draft", "draft.yaml")
    assert (code, out) == (2, "") and said in err
