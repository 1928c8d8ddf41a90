"""`sim calibrate` as a user types it, and the draws that it keeps played by other commands."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import sim
from later_papers import HERALD, LATER, RECORD, write_river
from looks import outside, overlapping, texts

from sim.analysis.calibration.weights import Errors
from sim.analysis.shares.likelihood import Curve, agreed
from sim.batch import play_all
from sim.compiling import compile_scenario
from sim.draws import Uniforms, realise
from sim.files.posterior import read_posterior
from sim.files.scenario.reader import read_scenario
from sim.game import Flags
from sim.plots import MovedRow, before_and_after
from sim.scenario.kept_draws import KeptDraws

DRAWS, SEED = 600, 4
TALKS_ONLY = "  - {id: opening, rounds: 4, agenda: [fish], lasts: {fish: 3}}\n"
"""The opening phase, which nobody gets through."""


def towns(folder: Path) -> Path:
    """The river game without its opening phase, with a record."""
    path = write_river(folder)
    text = path.read_text()
    assert TALKS_ONLY in text
    path.write_text(text.replace(TALKS_ONLY, ""))
    return path.relative_to(folder)


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> Path:
    monkeypatch.chdir(tmp_path)
    return towns(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Flags]:
    """A folder with the game and a posterior of it, and which of its draws agree, played by hand without one."""
    folder = tmp_path_factory.mktemp("towns")
    path, patch = towns(folder), pytest.MonkeyPatch()
    with patch.context() as here:
        here.chdir(folder)
        code, _, errors = sim("calibrate", path, "--runs", DRAWS, "--seed", SEED, "--save", "p.json")
        assert code == 0, errors
        game = compile_scenario(read_scenario(path).scenario)
    return folder, path, agreed(play_all(game, realise(game, Uniforms(SEED, 0, DRAWS))))


@pytest.fixture
def kept(made: tuple[Path, Path, Flags], monkeypatch: pytest.MonkeyPatch, undrawn: None) -> tuple[Path, Flags]:
    """The scenario, in the current folder with `p.json`, and whether each run that is kept agrees."""
    folder, path, hits = made
    monkeypatch.chdir(folder)
    return path, hits[KeptDraws.model_validate(read_posterior(Path("p.json")).draws).numbers()]


def data(*arguments: str | Path | int) -> dict[str, Any]:
    code, text, errors = sim(*map(str, arguments), "--json")
    assert code == 0, errors
    found: dict[str, Any] = json.loads(text)
    return found


class TestCalibrate:
    def test_what_was_recorded_later_weighs_the_draws(self, river: Path) -> None:
        found = data("calibrate", river, "--runs", 300)
        assert [one["id"] for one in found["record"]] == ["s2", "s3", "f1", "f2"]
        assert set(found["not_asked"]) == {"s4", "f3"}
        half = found["record"][1]
        assert half["instead"] == {"bank.west_half": "50 % shared and 50 % upper"}
        assert all(one["posterior"] >= one["prior"] for one in found["record"])
        assert any(one["posterior"] > one["prior"] + 0.02 for one in found["record"])
        assert 100 < found["effective"] < found["draws"] == 300
        assert found["errors"] == asdict(Errors())
        assert 100 <= found["kept"] <= found["effective"] * 1.2
        assert {one["group"] for one in found["record"]} == {0, 1, 2, 3}
        assert found["by_round"][-1]["after"] == pytest.approx(found["likelihood"][0]["after"]["estimate"])

    def test_an_earlier_end_leaves_out_what_is_later(self, river: Path) -> None:
        sheet = HERALD.replace("herald", "sheet").replace("2025-06-30", "2025-05-20")
        Path("seeds/sheet.yaml").write_text(sheet)
        Path("mine.yaml").write_text(RECORD.replace("claims: [herald.c2]", "claims: [sheet.c2]", 1))
        found = data("calibrate", river, "--runs", 200, "--until", "2025-06-01", "--record", "mine.yaml")
        assert ([one["id"] for one in found["record"]], found["until"]) == (["f2"], "2025-06-01")

    def test_the_page_says_first_what_it_comes_to(self, river: Path) -> None:
        code, page, errors = sim("calibrate", river, "--runs", "300")
        lines = page.splitlines()
        assert code == 0 and "warning: not asked: f3" in errors
        assert lines[1] == "river: 2 answers and 2 facts recorded after 2025-04-30, 300 draws, seed 1"
        assert lines[3] == "In plain words, if the assumptions and the record hold"
        parts = [
            "The likelihood of agreement",
            "all that was recorded",
            "Likelihood of agreement",
            "Numbers that move",
            "conventions",
        ]
        places = [" ".join(page.split()).index(part) for part in parts]
        assert places == sorted(places)
        assert all(len(line) <= 80 for line in lines)

    def test_a_record_that_is_hardly_believed_changes_hardly_anything(self, river: Path) -> None:
        found = data("calibrate", river, "--runs", 200, "--error", 0.49)
        assert found["effective"] > 199.0 and found["kept"] > 190
        end = found["likelihood"][0]
        assert end["after"]["estimate"] == pytest.approx(end["before"]["estimate"], abs=0.02)


def test_the_record_that_ships_teaches_the_scenarios_that_ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, page, errors = sim("calibrate", "freeze_lines", "--runs", "300", "--error", "0.3")
    assert code == 0 and "not asked: f11 (unknown lever" in errors
    assert "freeze_lines: 14 answers and 8 facts recorded after 2025-04-23, 300 draws" in page
    assert all(len(line) <= 80 for line in page.splitlines())
    code, out, errors = sim("calibrate", "year_2025", "--runs", "300")
    assert (code, out) == (2, "") and "nothing was recorded after 2025-12-02 that year_2025 can be asked" in errors


def test_a_record_that_every_draw_shows_teaches_nothing(river: Path) -> None:
    Path("mine.yaml").write_text("stances:\n" + LATER)
    Path("none.yaml").write_text("facts: []\n" + RECORD[RECORD.index("older:") :])
    code, page, _ = sim("calibrate", river, "--runs", "150", "--file", "mine.yaml", "--record", "none.yaml")
    assert code == 0 and "No draw fits the record better than another, so it teaches nothing." in " ".join(page.split())
    assert "150 of the 150 draws" in " ".join(page.split())


class TestFaults:
    def said(self, *arguments: str | Path) -> str:
        code, out, errors = sim("calibrate", *arguments)
        assert (code, out) == (2, "")
        return errors

    def test_too_few_effective_draws_are_refused_with_what_to_do(self, river: Path) -> None:
        text = RECORD.replace("nothing signed, signed: false", "signed at once, signed: true").replace(
            "2025-06-30, about: s", "2025-05-01, about: s"
        )
        Path("mine.yaml").write_text(text)
        said = self.said(river, "--runs", "100", "--error", "0", "--record", "mine.yaml")
        assert "below 100 nothing is told. No draw shows f1. Give a higher --error" in " ".join(said.split())
        said = self.said(river, "--runs", "100", "--error", "0.02")
        assert (
            "equal ones; below 100 nothing is told. Give --runs 1000, a higher --error, or an earlier --until" in said
        )

    def test_nothing_later(self, river: Path) -> None:
        said = self.said(river, "--until", "2025-05-15")
        assert f"nothing was recorded after 2025-04-30 and by 2025-05-15 that {river} can be asked" in said
        river.write_text(river.read_text().replace('date: "2025-04-30"\n', ""))
        assert "has no date" in self.said(river)

    def test_files_and_numbers(self, river: Path) -> None:
        assert "must end in .json (got .yaml)" in self.said(river, "--save", "p.yaml")
        assert "must end in .png, .svg, .pdf" in self.said(river, "--out", "p.gif")
        assert "--error" in self.said(river, "--error", "0.5")
        assert "must be a day such as 2025-04-23 (got May)" in self.said(river, "--until", "May")
        Path("mine.yaml").write_text("stances:\n" + LATER.replace("answer", "anwser"))
        assert "mine.yaml:" in self.said(river, "--file", "mine.yaml")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "is not JSON"),
            ('{"kind": "posterior", "draws": {"seed": 1, "of": 1e9, "runs": "7", "fit": "x"}}', "must be"),
            ("[1]", "is no posterior; sim calibrate SCENARIO --save FILE.json writes one"),
            ('{"kind": "posterior", "draws": {"seed": 1}}', "draws: must have seed, of, runs, fit and nothing else"),
            (
                '{"kind": "posterior", "draws": {"seed": 1, "of": 5, "runs": "7", "fit": "x"}}',
                "draws: has runs that do not rise from 0 to 4 (at 7)",
            ),
            (
                '{"kind": "posterior", "draws": {"seed": 1, "of": 5, "runs": "a", "fit": "x"}}',
                "draws.runs: must be runs such as 0 3 7-9 (got a)",
            ),
        ],
    )
    def test_files_that_are_no_posterior(self, river: Path, text: str, said: str) -> None:
        Path("bad.json").write_text(text)
        for command in ("run", "zopa", "sweep"):
            code, out, errors = sim(
                command,
                river,
                "--posterior",
                "bad.json",
                *(["--vary", "parties.judge.patience=3,6"] * (command == "sweep")),
            )
            assert (code, out) == (2, "") and errors.startswith("bad.json: ") and said in errors
        code, _, errors = sim("run", river, "--posterior", "none.json")
        assert code == 2 and "none.json: no such file" in errors


class TestPlayed:
    """Every command on a posterior says what its kept draws say when they are picked by hand."""

    def test_run(self, kept: tuple[Path, Flags]) -> None:
        path, hits = kept
        found = data("run", path, "--posterior", "p.json", "--out", "r")
        assert (found["runs"], found["agreements"], found["seed"]) == (len(hits), hits.sum(), SEED)
        assert found["draws"] == {
            "fit": "2 answers and 2 facts recorded after 2025-04-30 (river)",
            "kept": len(hits),
            "of": DRAWS,
        }
        manifest = json.loads(Path("r/manifest.json").read_text())
        assert manifest["scenario"]["draws"] == read_posterior(Path("p.json")).draws
        code, page, errors = sim("run", "r")
        assert code == 0 and "equal, byte for byte" in page, errors

    def test_fewer_runs_are_the_first_of_them(self, kept: tuple[Path, Flags]) -> None:
        path, hits = kept
        assert data("run", path, "--posterior", "p.json", "--runs", 40, "--out", "few")["agreements"] == hits[:40].sum()

    def test_the_page_says_so_and_how_many_there_are(self, kept: tuple[Path, Flags]) -> None:
        path, hits = kept
        code, page, errors = sim("run", path, "--posterior", "p.json", "--out", "page")
        fit = "2 answers and 2 facts recorded after 2025-04-30 (river)"
        assert (
            code == 0 and f"note: only {len(hits)} runs are kept of {fit}; {len(hits)} are played, not 2,000" in errors
        )
        assert f"given the record: only draws that fit {fit}, {len(hits)} of {DRAWS}" in " ".join(page.split())

    def test_compare(self, kept: tuple[Path, Flags]) -> None:
        path, hits = kept
        other = path.with_name("other.yaml")
        other.write_text(
            "title: Other\nsummary: Other.\nuses: [river.yaml]\n"
            "parties: {lower: {good_faith: {value: 0.5, assumed: a test}}}\n"
        )
        code, text, errors = sim("compare", path, other, "--posterior", "p.json", "--out", "c", "--json")
        assert code == 0 and "p.json was made of river, which differs from “Other” as it is played" in errors
        found = json.loads(text)
        assert (found["runs"], found["scenarios"][0]["agreements"]) == (len(hits), hits.sum())
        game = compile_scenario(read_scenario(other).scenario)
        again = agreed(play_all(game, realise(game, Uniforms(SEED, 0, DRAWS))))
        runs = KeptDraws.model_validate(read_posterior(Path("p.json")).draws).numbers()
        assert found["scenarios"][1]["agreements"] == again[runs].sum()

    def test_sweep(self, kept: tuple[Path, Flags], at_hand: None) -> None:
        path, hits = kept
        vary = "parties.judge.patience=6,2"
        found = data("sweep", path, "--vary", vary, "--posterior", "p.json", "--runs", 600, "--out", "s")
        assert (found["runs"], found["seed"]) == (len(hits), SEED)
        game = compile_scenario(read_scenario(path, [vary.replace("6,2", "2")]).scenario)
        again = agreed(play_all(game, realise(game, Uniforms(SEED, 0, DRAWS))))
        runs = KeptDraws.model_validate(read_posterior(Path("p.json")).draws).numbers()
        assert [point["agreement"] for point in found["points"]] == pytest.approx([hits.mean(), again[runs].mean()])

    def test_zopa(self, kept: tuple[Path, Flags]) -> None:
        from sim.analysis.exact.answer import counts_of
        from sim.analysis.exact.spaces import space_of

        path, hits = kept
        found = data("zopa", path, "--posterior", "p.json", "--worlds", 60)
        game = compile_scenario(read_scenario(path).scenario)
        runs = KeptDraws.model_validate(read_posterior(Path("p.json")).draws).numbers()[:60]
        exists = counts_of(game, space_of(game), Uniforms(SEED, 0, DRAWS), threads=1).exists[runs]
        assert found["drawn"]["zone"]["hits"] == exists.sum()
        code, _, errors = sim("zopa", path, "--posterior", "p.json", "--worlds", "400")
        assert code == 0 and f"{len(hits) // 2} are played, not 400" in errors

    def test_another_seed_and_draws_of_its_own_are_refused(self, kept: tuple[Path, Flags]) -> None:
        path, _ = kept
        code, _, errors = sim("run", path, "--posterior", "p.json", "--seed", "9")
        assert code == 2 and f"--seed: only runs of seed {SEED} are kept" in errors
        own = path.with_name("own.yaml")
        own.write_text(
            "title: Own\nsummary: Own.\nuses: [river.yaml]\ndraws: {seed: 1, of: 9, runs: 0-8, fit: a test}\n"
        )
        for command in (
            ["run", own, "--posterior", "p.json"],
            ["calibrate", own],
            ["backtest", own, "--known-by", "2025-05-15"],
        ):
            code, _, errors = sim(*command)
            assert code == 2 and "keeps " in errors and "some draws" in errors
        code, _, errors = sim("compare", path, own)
        assert code == 2 and "the scenarios keep different draws" in errors


class TestPicture:
    def test_it_is_written_beside_the_page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        code, _, errors = sim("calibrate", towns(tmp_path), "--runs", "200", "--out", "c.svg")
        assert code == 0 and "Written to c.svg" in errors
        assert b"<svg" in Path("c.svg").read_bytes()[:400]

    @pytest.mark.parametrize("count", [0, 1, 12])
    def test_its_texts_stand_apart(self, count: int) -> None:
        before = Curve(np.arange(1, 13), *(np.linspace(0, top, 12) for top in (0.3, 0.28, 0.32)))
        after = Curve(np.arange(1, 13), *(np.linspace(0, top, 12) for top in (0.4, 0.33, 0.47)))
        row = MovedRow(
            "The upper town: The bank is not left in dispute (real)", "0.20 -> 0.31", (0, 0.5, 1), (0.2, 0.6, 1.2)
        )
        figure = before_and_after(before, after, [row] * count, "The river", "Before and after 4 facts", "week")
        assert not outside(figure) and not overlapping(figure)
        assert ("Numbers that move most" in texts(figure)) == (count > 0)


class TestStrangers:
    """Draws that teach a scenario nothing, or were made of it otherwise, are told or refused."""

    def test_a_posterior_of_none_of_its_numbers_is_refused(self, kept: tuple[Path, Flags]) -> None:
        data = json.loads(Path("p.json").read_text(encoding="utf-8"))
        data |= {"scenario": "stranger", "scenario_hash": "", "moved": [{"path": "parties.nobody.patience"}]}
        Path("stranger.json").write_text(json.dumps(data), encoding="utf-8")
        code, page, errors = sim("run", kept[0], "--posterior", "stranger.json")
        assert (code, page) == (2, "") and "has none of the numbers that its record moves" in errors

    def test_what_was_set_when_it_was_made_is_told(self, kept: tuple[Path, Flags]) -> None:
        data = json.loads(Path("p.json").read_text(encoding="utf-8"))
        data |= {"scenario_hash": "", "overrides": {"parties.upper.patience": "3"}}
        Path("set.json").write_text(json.dumps(data), encoding="utf-8")
        code, _, errors = sim("run", kept[0], "--posterior", "set.json", "--out", "set")
        assert code == 0 and "set.json was made of river with parties.upper.patience=3, which differs" in errors

    @pytest.mark.parametrize("key", ["seed", "of"])
    def test_a_number_that_is_none_is_refused(self, kept: tuple[Path, Flags], key: str) -> None:
        data = json.loads(Path("p.json").read_text(encoding="utf-8"))
        data["draws"][key] = str(data["draws"][key])
        Path("text.json").write_text(json.dumps(data), encoding="utf-8")
        code, page, errors = sim("run", kept[0], "--posterior", "text.json")
        assert (code, page) == (2, "") and f"text.json: draws.{key}: " in errors
