"""Reported answers asked of the model, and their Brier score."""

import json
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from games import SMALL, STANCES, changed, write_small
from playing import FREEZE, ROOT

import sim.analysis.validation.answer_probabilities as asking
from sim.analysis.validation.answer_probabilities import RULES, Answer, Reply, ask
from sim.analysis.validation.brier import judge
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.evidence import Stance
from sim.files.scenario.reader import read_scenario
from sim.game import Game, World
from sim.scenario import Scenario
from sim.study.smallest_games import SMALLEST

NOVEMBER = ROOT / "scenarios" / "november_draft.yaml"
ANSWERS = ("accept", "reject", "open", "proposes")


def stance(party: str, answer: str = "accept", **proposal: str) -> Stance:
    fields = {"id": "s", "date": "2025-04", "party": party, "proposal": proposal, "about": "a plan", "answer": answer}
    return Stance.model_validate({**fields, "claims": ["gazette.c1"]})


def reply(answer: str, takes: int, worlds: int = 100) -> Reply:
    taken = dict.fromkeys(RULES, takes)
    return Reply(stance("upper", answer, bank="shared"), Answer(worlds, taken, 0.0, "no_deal", {}, None))


class TestBrier:
    def test_by_hand(self) -> None:
        """Probabilities of what was reported 0.8, 0.7 and 0.2; two takes of three."""
        verdict = judge([reply("accept", 80), reply("reject", 30), reply("open", 20)])
        assert verdict.brier == pytest.approx((0.04 + 0.09 + 0.64) / 3)
        assert verdict.base_rate == pytest.approx(2 / 3)
        assert verdict.base == pytest.approx((1 / 9 + 4 / 9 + 1 / 9) / 3)
        assert verdict.skill() == pytest.approx(1 - (0.77 / 3) / (2 / 9))
        assert (verdict.stances, verdict.hits) == (3, 2)

    def test_perfect_and_worst(self) -> None:
        assert judge([reply("accept", 100), reply("reject", 0)]).skill() == 1.0
        assert judge([reply("accept", 0), reply("reject", 100)]).brier == 1.0

    def test_no_skill_where_the_base_rate_tells_all(self) -> None:
        assert judge([reply("accept", 90), reply("proposes", 90)]).skill() is None

    @pytest.mark.parametrize("answer", ANSWERS)
    def test_everything_but_a_rejection_counts_as_taking(self, answer: str) -> None:
        assert reply(answer, 100).score() == (1.0 if answer == "reject" else 0.0)

    def test_even_odds_are_a_hit(self) -> None:
        assert reply("accept", 50).is_hit() and not reply("accept", 49).is_hit()

    def test_the_interval_is_that_of_the_reported_answer(self) -> None:
        share = reply("reject", 30).probability()
        assert share.low < 0.7 < share.high
        assert share.estimate == 0.7


@pytest.fixture
def tiny() -> Game:
    """Peace is worth 1 to A, 0.5 above its no-deal value; a line of firmness 0.25 stands against it."""
    line = {"id": "never", "says": "No peace", "refuses": {"land": "peace"}, "firmness": 0.25, "yield": 0}
    plain = {**SMALLEST, "parties": {**SMALLEST["parties"], "a": {**SMALLEST["parties"]["a"], "red_lines": [line]}}}
    return compile_scenario(Scenario.model_validate(plain))


class TestAsking:
    def test_a_line_of_firmness_a_quarter_stands_in_a_quarter_of_worlds(self, tiny: Game) -> None:
        asked = ask(tiny, [stance("a", land="peace")], 400, 3)[0].answer
        bound = float((realise(tiny, Uniforms(3, 0, 400)).z[:, 0] < 0.25).mean())
        assert asked.takes() == pytest.approx(1 - bound)
        assert asked.lines == {"never": bound}
        assert bound == pytest.approx(0.25, abs=0.07)
        assert asked.margin == pytest.approx(0.5)
        assert (asked.short(), asked.dearest) == (0.0, None)

    def test_war_is_worth_too_little_and_nothing_is_dear(self, tiny: Game) -> None:
        asked = ask(tiny, [stance("a", "reject", land="war")], 20, 1)[0].answer
        assert (asked.takes(), asked.lines, asked.short(), asked.dearest) == (0, {}, 1.0, None)
        assert asked.margin == pytest.approx(-0.5)

    def test_draws_are_those_of_the_runs_whatever_the_chunk(self, tiny: Game, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = ask(tiny, [stance("a", land="peace")], 100, 1)
        monkeypatch.setattr(asking, "CHUNK", 7)
        assert ask(tiny, [stance("a", land="peace")], 100, 1) == whole

    def test_no_stances_no_replies(self, tiny: Game) -> None:
        assert ask(tiny, [], 10, 1) == ()


PROPOSALS: list[dict[str, str]] = [
    {"bank": "shared"},
    {"bank": "upper"},
    {"fish": "capped"},
    {"fish": "capped", "toll": "high"},
    {"bank": "shared", "fish": "capped", "toll": "low"},
    {"toll": "none"},
]


def broken(game: Game, w: World, p: int, x: list[int], named: set[str]) -> list[int]:
    """Real lines of p about named issues only that x falls under; in round 0 nobody is under pressure."""
    own = [r for r in range(len(game.names.lines)) if game.rules.line_owner[r] == p and w.z[r] < w.firmness[r]]
    own = [r for r in own if {game.names.issues[i] for i in np.flatnonzero(game.rules.names[r])} <= named]
    return [r for r in own if all(int(mask) >> o & 1 for mask, o in zip(game.rules.masks[r], x, strict=True))]


def value(game: Game, w: World, p: int, x: list[int]) -> float:
    """Face value, with the bonus of the lower town."""
    total = sum(float(w.value[p, i, o]) for i, o in enumerate(x))
    if p == game.names.parties.index("lower") and x[0] == 1 and x[1] == 1:
        total += float(w.bonus[0])
    return total


def least(game: Game, w: World, p: int, opens: bool, now: list[int]) -> float:
    """What the package is held against in round 0: no deal, or where it opens talks what holds and what four weeks cost."""
    if opens:
        return value(game, w, p, now) + max(0.0, float(w.momentum_effect[p]) * 4 * (w.drift - w.ceasefire_drift))
    momentum = min(max(w.start + game.rules.horizon * w.drift, -1.0), 1.0)
    return min(max(float(w.base[p] + w.momentum_effect[p] * momentum), 0.0), 1.0)


@pytest.mark.parametrize("party", ["upper", "lower", "judge"])
def test_as_plain_python_counts_it(tmp_path: Path, party: str) -> None:
    text = changed("no_deal: {base: 0.3, momentum", "no_deal: {base: {uniform: [0.2, 0.8]}, momentum")
    game = compile_scenario(read_scenario(write_small(tmp_path, text)).scenario)
    worlds, p = realise(game, Uniforms(5, 0, 60)), game.names.parties.index(party)
    replies = ask(game, [stance(party, **one) for one in PROPOSALS], 60, 5)
    for proposal, asked in zip(PROPOSALS, (reply.answer for reply in replies), strict=True):
        chosen = {"bank": "disputed", "fish": "unlimited", "toll": "none", **proposal}
        x = [game.names.options[i].index(chosen[issue]) for i, issue in enumerate(game.names.issues)]
        opens = set(proposal) == {"fish"}
        margins = np.array(
            [value(game, w, p, x) - least(game, w, p, opens, [0, 0, 0]) for w in map(worlds.at, range(60))]
        )
        assert asked.against == ("opening" if opens else "no_deal")
        lines = [broken(game, worlds.at(k), p, x, set(proposal)) for k in range(60)]
        free = np.array([not one for one in lines])
        assert asked.taken["model"] == (free & (margins >= -1e-9)).sum()
        assert asked.short() == (free & (margins < -1e-9)).mean()
        assert asked.margin == pytest.approx(margins.mean())
        for name, share in asked.lines.items():
            assert share == np.mean([game.names.lines.index(name) in one for one in lines])


def test_the_dearest_terms_are_those_worst_against_what_holds_now(tmp_path: Path) -> None:
    """To the lower town a cap costs 0.6 and the bank 0.12; shared, the bank would be a gain."""
    game = compile_scenario(read_scenario(write_small(tmp_path)).scenario)
    both, one = ask(game, [stance("lower", bank="upper", fish="capped"), stance("lower", bank="upper")], 50, 1)
    assert (both.answer.dearest, one.answer.dearest) == ("fish", "bank")


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_small(tmp_path, dated("2025-04-30"))


def dated(date: str) -> str:
    return changed("summary:", f'date: "{date}"\nsummary:')


def also(river: Path, name: str, text: str) -> Path:
    """Another scenario beside the first."""
    path = river.with_name(f"{name}.yaml")
    path.write_text(text)
    return path


def listed(river: Path, old: str = "", new: str = "") -> Path:
    """A list of answers outside the seeds, with one passage replaced."""
    path = river.parent.parent / "held_out.yaml"
    path.write_text(STANCES.replace("gazette.c1", "nowhere.c9").replace(old, new) if old else STANCES)
    return path


@pytest.fixture(scope="module")
def shipped() -> tuple[str, str]:
    """What is printed of the shipped list, and what is warned of."""
    code, page, errors = sim("stances", FREEZE, NOVEMBER, "--runs", "80")
    assert code == 0
    return page, errors


class TestCommand:
    def test_page_has_a_group_for_each_world_within_80_columns(self, shipped: tuple[str, str]) -> None:
        page, _ = shipped
        parts = ["38 reported answers", "2025-04-23", "s1 ", "s24 ", "2025-12-02", "s25 ", "s38 ", "Totals", "all "]
        places = [page.index(part) for part in parts]
        assert places == sorted(places)
        assert max(len(line) for line in page.splitlines()) <= 80

    def test_no_figure_is_parted_from_its_sign(self, shipped: tuple[str, str]) -> None:
        assert not [line for line in shipped[0].splitlines() if line.lstrip().startswith("%")]

    def test_every_miss_is_marked_and_told(self, shipped: tuple[str, str]) -> None:
        page, _ = shipped
        marked = [line for line in page.splitlines() if line.startswith("* ")]
        assert marked
        assert len(marked) == page.count("refused in ") + page.count("taken in ")

    def test_answers_asked_in_a_later_world_are_told(self, shipped: tuple[str, str]) -> None:
        assert "s25, s26, s27 (reported by 2025-08-09)" in shipped[1]

    def test_data_says_the_same(self) -> None:
        code, text, _ = sim("stances", FREEZE, NOVEMBER, "--runs", "80", "--json")
        found = json.loads(text)
        assert code == 0
        assert [len(group["stances"]) for group in found["groups"]] == [24, 14]
        hits = sum(row["hit"] for group in found["groups"] for row in group["stances"])
        assert found["plain_words"] == [f"The model's parties mostly answer as reported in {hits} of 38."]
        scores = [row["score"] for group in found["groups"] for row in group["stances"]]
        assert found["totals"]["brier"] == pytest.approx(np.mean(scores))
        assert all((row["why_missed"] is None) is row["hit"] for group in found["groups"] for row in group["stances"])

    def test_the_earliest_world_that_is_not_before_the_answer(self, river: Path) -> None:
        later, latest = also(river, "later", dated("2025-05")), also(river, "latest", dated("2025-06-01"))
        _, text, errors = sim("stances", latest, river, later, "--runs", "5", "--json")
        assert [group["scenario"] for group in json.loads(text)["groups"]] == [str(river)]
        assert f"{later}: no reported answer is asked in it" in errors

    def test_an_answer_later_than_every_world_is_not_asked(self, river: Path) -> None:
        early = also(river, "early", dated("2025-03"))
        code, _, errors = sim("stances", early)
        assert code == 2
        assert "not asked: s1 (later than every scenario given)" in errors
        both = listed(river, "2025-04-02", "2025-06\n    note: later")
        both.write_text(both.read_text() + STANCES.replace("stances:\n", "").replace("s1", "s2"))
        code, page, errors = sim("stances", river, "--file", both, "--runs", "5")
        assert code == 0
        assert "Not asked: s1 (later than every scenario given)" in page

    def test_of_two_worlds_of_one_date_the_first_is_asked(self, river: Path) -> None:
        twin = also(river, "twin", dated("2025-04"))
        _, text, errors = sim("stances", twin, river, "--runs", "5", "--json")
        assert [group["scenario"] for group in json.loads(text)["groups"]] == [str(twin)]
        assert f"{river} has the date of {twin}" in errors

    def test_one_world_without_a_date_takes_all(self, river: Path) -> None:
        river.write_text(SMALL)
        code, page, _ = sim("stances", river, "--runs", "5")
        assert code == 0
        assert "1 reported answer, asked in 5 worlds" in page

    def test_among_several_each_needs_one(self, river: Path) -> None:
        undated = also(river, "undated", SMALL)
        code, _, errors = sim("stances", river, undated)
        assert code == 2
        assert "undated.yaml:1:1: date: missing" in errors

    def test_a_list_of_ones_own_needs_no_known_claims(self, river: Path) -> None:
        file = listed(river, "id: s1", "id: an_answer_with_a_name_too_long_for_its_column")
        code, page, _ = sim("stances", river, "--file", file, "--runs", "5")
        assert code == 0
        assert max(len(line) for line in page.splitlines()) <= 80

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("party: lower", "party: lowre", "4:12: stances.s1.party: unknown party (got lowre); did you mean lower?"),
            ("bank: shared", "bnak: shared", "5:16: stances.s1.proposal.bnak: unknown issue (got bnak); did you mean bank?"),
            ("bank: shared", "bank: shred", "unknown option (got shred); did you mean shared?"),
            ("answer: open", "answer: opn", "7:13: stances.s1.answer: must be accept"),
        ],
    )  # fmt: skip
    def test_faults_of_that_list_have_their_place(self, river: Path, old: str, new: str, said: str) -> None:
        code, _, errors = sim("stances", river, "--file", listed(river, old, new))
        assert code == 2
        assert said in errors

    def test_what_the_seeds_ask_of_others_is_left_out(self, river: Path) -> None:
        file = river.parent.parent / "seeds" / "stances.yaml"
        file.write_text(STANCES + STANCES.replace("stances:\n", "").replace("s1", "s2").replace("lower", "baron"))
        code, page, errors = sim("stances", river, "--runs", "5")
        assert code == 0
        assert "1 reported answer," in page
        assert "not asked: s2" in errors and "unknown party (got baron)" in errors

    def test_without_dated_worlds_a_scenario_is_asked_for(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "scenarios").mkdir()
        monkeypatch.chdir(tmp_path)
        code, _, errors = sim("stances")
        assert code == 2
        assert "scenarios/common/as_of_*.yaml" in errors and "sim stances common/as_of_2025-04-23" in errors

    def test_without_any_scenarios_those_that_ship_are_asked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        code, page, _ = sim("stances", "--runs", "5")
        assert code == 0
        assert "Asked in common/as_of_2025-04-23, 2025-04-23" in page

    def test_dated_worlds_are_the_default(self, river: Path) -> None:
        common = river.parent / "common"
        common.mkdir()
        (common / "as_of_2025-04-30.yaml").write_text(river.read_text())
        assert json.loads(sim("stances", "--runs", "5", "--json")[1])["groups"][0]["date"] == "2025-04-30"

    def test_without_answers_a_list_is_asked_for(self, river: Path) -> None:
        (river.parent.parent / "seeds" / "stances.yaml").unlink()
        code, _, errors = sim("stances", river)
        assert code == 2
        assert "--file" in errors

    def test_a_rejection_that_the_model_takes_is_told(self, river: Path) -> None:
        file = listed(river, "answer: open", "answer: reject")
        _, page, _ = sim("stances", river, "--file", file, "--runs", "50")
        assert "taken in 100 % though reported as rejected: no red line of its own" in " ".join(page.split())
