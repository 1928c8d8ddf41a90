"""Negative controls and own proposals: asked apart from reported answers, and never scored with them."""

import json
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from games import SMALL, STANCES, changed, write_small
from playing import FREEZE, ROOT, after_round_0
from wars import Patch, war

from sim.analysis.validation.answer_probabilities import ask
from sim.analysis.validation.controls import Controlled, ask_controls
from sim.analysis.validation.own_proposals import put_back
from sim.draws import Uniforms, realise
from sim.evidence import Control, Evidence, Stance
from sim.files.scenario.reader import read_scenario

NOVEMBER = ROOT / "scenarios" / "november_draft.yaml"
PARTIES = {"russia", "ukraine", "us", "eu"}
DATES = {"2025-04-23", "2025-08-09", "2025-12-02"}
CONTROLS = """\
controls:
  - id: n1
    date: 2025-04-02
    party: lower
    proposal: {bank: upper}
    about: the whole bank to the other town
    claims: [gazette.c1]
"""


def fields(party: str, proposal: dict[str, str]) -> dict[str, object]:
    return {"id": "x", "date": "2025-04", "party": party, "proposal": proposal, "about": "terms", "claims": ["a.c1"]}


def control(party: str, **proposal: str) -> Control:
    return Control.model_validate(fields(party, proposal))


def proposes(party: str, **proposal: str) -> Stance:
    return Stance.model_validate({**fields(party, proposal), "answer": "proposes"})


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_scenario(FREEZE).evidence


class TestShippedList:
    def test_all_parties_at_all_dates(self, evidence: Evidence) -> None:
        asked = {(one.party, one.date.last) for one in evidence.controls}
        assert asked == {(party, date) for party in PARTIES for date in DATES}
        assert len(evidence.controls) >= 16

    def test_nobody_knew_a_claim_that_was_not_written_yet(self, evidence: Evidence) -> None:
        spans = evidence.spans()
        assert all(spans[claim].last <= one.date.last for one in evidence.controls for claim in one.claims)

    @pytest.mark.parametrize("date", sorted(DATES))
    def test_each_is_a_peace_along_some_line_that_does_not_contradict_itself(
        self, evidence: Evidence, date: str
    ) -> None:
        scenario = read_scenario(ROOT / "scenarios" / "common" / f"as_of_{date}.yaml").scenario
        now = {name: issue.status_quo for name, issue in scenario.issues.items()}
        for one in (each for each in evidence.controls if each.date.last == date):
            package = {**now, **one.proposal}
            assert package["ceasefire"] == "lasting" and package["front_line"] != "contested"
            assert not [each.id for each in scenario.off_the_table if _matches(each.when, package, now)]


def _matches(clause: object, package: dict[str, str], now: dict[str, str | None]) -> bool:
    assert isinstance(clause, dict)
    return all(package[i] in o or ("changed" in o and package[i] != now[i]) for i, o in clause.items())


class TestControls:
    def test_a_control_is_asked_as_a_stance_is(self) -> None:
        """To Home a peace that cedes the land is worth 0.2, and going on 0.25."""
        game = war(home={"no_deal": {"cost": {"uniform": [0.0, 0.02]}}})
        terms = {"truce": "peace", "land": "ceded"}
        (found,) = ask_controls(game, [control("home", **terms)], 200, 3)
        (reply,) = ask(game, [Stance.model_validate({**fields("home", terms), "answer": "reject"})], 200, 3)
        assert found.answer == reply.answer
        assert 0.0 < found.answer.takes() < 1.0
        assert found.answer.takes() == pytest.approx(1.0 - reply.probability().estimate)

    @pytest.mark.parametrize(("taken", "is_down"), [(0, True), (19, True), (20, False), (100, False)])
    def test_seldom_is_under_a_fifth(self, taken: int, is_down: bool) -> None:
        (asked,) = ask_controls(war(), [control("home", aid="some")], 100, 1)
        answer = type(asked.answer)(100, {"model": taken, "lines": taken, "values": taken}, 0.0, "no_deal", {}, None)
        assert Controlled(asked.control, answer).is_turned_down() is is_down


POSITION: Patch = {"position": {"truce": "peace", "land": "ceded"}}
LINE = {"id": "no_peace", "says": "No peace", "refuses": {"truce": "peace"}, "firmness": 1, "yield": 0}


class TestOwnProposals:
    """The foe's position is a peace that cedes the land, worth 0.8 to it; going on is worth 0.75, the present 0.5."""

    def test_as_tabled_and_bare(self) -> None:
        (each,) = put_back(war(foe=POSITION), [proposes("foe", truce="peace")], 5, 1)
        assert each.tabled.margin == pytest.approx(0.8 - 0.75) and each.is_taken()
        assert each.bare.margin == pytest.approx(0.3 - 0.75) and each.bare.takes() == 0.0

    def test_a_text_is_silent_on_nothing_so_every_line_of_its_author_counts(self) -> None:
        game = war(foe={**POSITION, "red_lines": [LINE]})
        (each,) = put_back(game, [proposes("foe", land="ceded")], 5, 1)
        assert (each.tabled.takes(), each.tabled.lines) == (0.0, {"no_peace": 1.0})
        assert each.bare.takes() == 1.0, "bare words are silent on a peace"

    def test_what_others_answered_is_left_out(self) -> None:
        answered = Stance.model_validate({**fields("home", {"aid": "some"}), "answer": "accept"})
        assert put_back(war(), [answered], 5, 1) == ()

    def test_no_bonus_for_the_author_beyond_what_the_engine_holds_a_vote_against(self) -> None:
        """In the talks of the same worlds the author would take the same text in the same ones."""
        noisy = {
            **POSITION,
            "red_lines": [{**LINE, "firmness": 0.6}],
            "no_deal": {"cost": {"uniform": [0.0, 0.02]}},
        }
        noisy |= {"optimism": {"normal": {"mean": 0.0, "sd": 0.5, "low": -1, "high": 1}}}
        game, runs = war(foe=noisy), 120
        (each,) = put_back(game, [proposes("foe", truce="peace")], runs, 4)
        worlds, taken = realise(game, Uniforms(4, 0, runs)), 0
        for k in range(runs):
            table = after_round_0(game, worlds.at(k))
            enough = table.worth(1, np.array([2, 1, 0])) >= table.state.fallback[1] - 1e-9
            taken += enough and not table.state.binding[0]
        assert each.tabled.taken["model"] == taken
        assert 0 < taken < runs


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_small(tmp_path, changed("summary:", 'date: "2025-04-30"\nsummary:', SMALL))


def written(name: str, text: str) -> str:
    Path(name).write_text(text)
    return name


class TestCommand:
    def test_controls_of_the_seeds_are_asked_apart(self, river: Path) -> None:
        bare = json.loads(sim("stances", river, "--runs", "50", "--json")[1])
        assert (bare["controls"]["count"], bare["controls"]["controls"]) == (0, [])
        written("seeds/controls.yaml", CONTROLS)
        code, text, errors = sim("stances", river, "--runs", "50", "--json")
        found = json.loads(text)
        assert (code, errors) == (0, "")
        (row,) = found["controls"]["controls"]
        assert (row["id"], row["party"], row["scenario"]) == ("n1", "lower", str(river))
        assert row["takes"] == row["share"]["estimate"]
        assert found["controls"]["turned_down"] == (row["takes"] < 0.2)
        assert {key: found[key] for key in ("groups", "totals")} == {key: bare[key] for key in ("groups", "totals")}

    def test_a_list_of_ones_own(self, river: Path) -> None:
        mine = written("mine.yaml", CONTROLS.replace("gazette.c1", "nowhere.c9").replace("n1", "mine"))
        code, page, _ = sim("stances", river, "--controls", mine, "--runs", "50")
        assert code == 0
        assert page.index("Totals") < page.index("Negative controls") < page.index("mine ")

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("party: lower", "party: lowre", "4:12: controls.n1.party: unknown party (got lowre); did you mean lower?"),
            ("bank: upper", "bnak: upper", "5:16: controls.n1.proposal.bnak: unknown issue (got bnak); did you mean bank?"),
            ("bank: upper", "bank: uper", "5:22: controls.n1.proposal.bank: unknown option (got uper); did you mean upper?"),
            ("2025-04-02", "2025-04-31", "3:11: controls.n1.date: is no date (got 2025-04-31)"),
            ("gazette.c1", "gazette.c99", "7:14: controls.n1.claims.0: unknown claim (got gazette.c99)"),
            ("about:", "answer: reject\n    about:", "6:5: controls.n1.answer: unknown key"),
            ("controls:", "stances:", "1:1: stances: unknown key"),
            ("    claims:", "    lasts: 0\n    claims:", "7:12: controls.n1.lasts: must be above 0 (got 0)"),
            ("    claims:", "    lasts: 4.5\n    claims:", "7:12: controls.n1.lasts: must be a whole number (got 4.5)"),
        ],
    )  # fmt: skip
    def test_faults_of_that_list_have_their_place(self, river: Path, old: str, new: str, said: str) -> None:
        code, out, errors = sim("stances", river, "--controls", written("mine.yaml", CONTROLS.replace(old, new, 1)))
        assert (code, out) == (2, "")
        assert f"mine.yaml:{said}" in errors

    def test_an_empty_list_and_a_missing_file(self, river: Path) -> None:
        assert "no controls" in sim("stances", river, "--controls", written("none.yaml", "controls: []\n"))[2]
        code, _, errors = sim("stances", river, "--controls", "nowhere.yaml")
        assert code == 2 and "nowhere.yaml" in errors

    def test_faults_of_the_seeds_are_found_wherever_they_are_read(self, river: Path) -> None:
        written("seeds/controls.yaml", CONTROLS.replace("gazette.c1", "gazette.c7"))
        code, _, errors = sim("check", river)
        assert code == 2
        assert "seeds/controls.yaml:7:14: controls.n1.claims.0: unknown claim (got gazette.c7)" in errors

    def test_what_the_seeds_ask_of_others_is_left_out(self, river: Path) -> None:
        written("seeds/controls.yaml", CONTROLS.replace("lower", "baron"))
        code, page, errors = sim("stances", river, "--runs", "5")
        assert code == 0
        assert "not asked: n1" in errors and "Controls not asked: n1" in page

    def test_with_a_list_of_answers_of_ones_own_only_what_is_named(self, river: Path) -> None:
        written("seeds/controls.yaml", CONTROLS)
        mine = written("answers.yaml", STANCES)
        assert "Negative controls" not in sim("stances", river, "--file", mine, "--runs", "5")[1]
        both = sim("stances", river, "--file", mine, "--controls", "seeds/controls.yaml", "--runs", "5")[1]
        assert "Negative controls" in both

    def test_own_proposals_are_told_apart(self, river: Path) -> None:
        mine = written("answers.yaml", STANCES.replace("answer: open", "answer: proposes"))
        found = json.loads(sim("stances", river, "--file", mine, "--runs", "50", "--json")[1])
        (row,) = found["own_proposals"]["proposals"]
        assert row["id"] == "s1" and row["taken"] == (row["as_tabled"]["takes"] >= 0.5)
        page = sim("stances", river, "--file", mine, "--runs", "50")[1]
        assert page.index("Totals") < page.index("Own proposals, put back")

    @pytest.mark.parametrize("columns", [40, 80])
    def test_shipped_lists_fit_the_page(self, columns: int) -> None:
        from sim.report.wording.layout import wide

        with wide(columns):
            code, page, _ = sim("stances", FREEZE, NOVEMBER, "--runs", "40")
        assert code == 0
        assert "n30" in page
        assert max(len(line) for line in page.splitlines()) <= 80
