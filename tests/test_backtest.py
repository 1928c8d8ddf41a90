"""`sim backtest`: a world of one day, asked about what was recorded later."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import sim
from games import SMALL
from later_papers import LATER, RECORD, write_river
from looks import outside, overlapping, texts

from sim.analysis.validation.reliability import reliability
from sim.files.errors import BadInput
from sim.files.scenario.known_by import read_known_by
from sim.plots import reliability_diagram


@pytest.fixture
def river(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_river(tmp_path)


def told(*arguments: str | Path) -> dict[str, Any]:
    code, text, errors = sim("backtest", *arguments, "--runs", "200", "--json")
    assert code == 0, errors
    found: dict[str, Any] = json.loads(text)
    return found


class TestCommand:
    def test_what_came_later_is_scored_and_what_was_known_stands_apart(self, river: Path) -> None:
        found = told(river, "--known-by", "2025-05-15")
        out = found["out_of_period"]
        assert [one["id"] for one in out["answers"]] == ["s2", "s3"]
        assert [one["id"] for one in out["facts"]["shown"]] == ["f1", "f2"]
        assert [one["id"] for one in found["in_sample"]["answers"]] == ["s1"]
        assert set(out["not_asked"]) == {"s4", "f3"}
        given = np.array([one["probability"] for one in out["answers"]])
        assert out["model"]["brier"]["estimate"] == pytest.approx(np.mean((1 - given) ** 2))
        assert set(out["rivals"]) == {"base_rate", "coded_lines", "refuses_all", "own_rate"}
        assert out["rivals"]["refuses_all"]["brier"]["estimate"] == 0.5
        assert (found["fell_back"], found["date"]) == ([], "2025-04-30")

    def test_an_option_between_two_is_asked_as_both(self, river: Path) -> None:
        half = told(river, "--known-by", "2025-05-15")["out_of_period"]["answers"][1]
        assert half["instead"] == {"bank.west_half": "50 % shared and 50 % upper"}
        each = []
        for option in ("shared", "upper"):
            Path("mine.yaml").write_text("stances:\n" + LATER.replace("bank: west_half", f"bank: {option}"))
            asked = told(river, "--known-by", "2025-05-15", "--file", "mine.yaml")["out_of_period"]["answers"]
            each.append(next(one["takes"]["model"] for one in asked if one["id"] == "s3"))
        assert half["takes"]["model"] == pytest.approx(sum(each) / 2)

    def test_by_the_day_of_the_last_article_all_is_known(self, river: Path) -> None:
        code, out, errors = sim("backtest", river, "--known-by", "2025-06-30")
        assert (code, out) == (2, "") and "nothing was recorded after 2025-06-30" in errors

    def test_the_page_says_first_what_it_comes_to(self, river: Path) -> None:
        code, page, errors = sim("backtest", river, "--known-by", "2025-05-15", "--runs", "50")
        lines = page.splitlines()
        assert code == 0 and "warning: not asked: f3 (unknown lever (got mill)" in errors
        assert lines[0] == "Known by 2025-05-15: 2 answers and 2 facts recorded later, 50 worlds, seed 1"
        assert lines[1].startswith("  In plain words: of 2 later answers the model held")
        assert "bank.west_half was not known yet, asked as 50 % shared and 50 % upper: s3." in " ".join(page.split())
        assert all(len(line) <= 80 for line in lines)


def test_the_record_that_ships_is_asked_of_the_worlds_that_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text, errors = sim("backtest", "--known-by", "2025-04-23", "--runs", "20", "--json")
    out = json.loads(text)["out_of_period"]
    assert code == 0 and "not asked: f11 (unknown lever (got new_us_sanctions)" in errors
    assert (len(out["answers"]), len(out["facts"]["shown"]), out["model"]["count"]) == (14, 8, 14)
    assert {"front_line.donetsk_withdrawal": "four_regions_withdrawal"} in [one["instead"] for one in out["answers"]]


class TestPicture:
    def test_it_is_written_beside_the_page(self, river: Path) -> None:
        code, page, errors = sim("backtest", river, "--known-by", "2025-05-15", "--runs", "50", "--out", "curve.svg")
        assert code == 0 and page.startswith("Known by") and "Written to curve.svg" in errors
        assert b"<svg" in Path("curve.svg").read_bytes()[:400]
        assert (
            "must end in .png, .svg, .pdf"
            in sim("backtest", river, "--known-by", "2025-05-15", "--out", "curve.gif")[2]
        )

    @pytest.mark.parametrize("p", [[0.5], [0.0, 0.2, 1.0, 1.0]])
    def test_its_texts_stand_apart(self, p: list[float]) -> None:
        curve = reliability(np.array(p), np.array(p) > 0.3, 1)
        figure = reliability_diagram(curve, 0.9, "Foretold", f"{len(p)} answers")
        assert not outside(figure) and not overlapping(figure)
        assert {"Foretold", "Share that took"} <= set(texts(figure))


class TestFaults:
    def said(self, *arguments: str | Path) -> str:
        code, out, errors = sim("backtest", *arguments)
        assert (code, out) == (2, "")
        return errors

    def test_dates(self, river: Path) -> None:
        assert "must be a day such as 2025-04-23 (got April)" in self.said(river, "--known-by", "April")
        early = self.said(river, "--known-by", "2025-04-29")
        assert f"--known-by: before the first world, {river}, which knows of 2025-04-30 (got 2025-04-29)" in early
        assert "--known-by is missing" in self.said(river)
        river.write_text(SMALL)
        assert "has no date" in self.said(river, "--known-by", "2025-05-15")

    def test_a_record_with_an_unknown_key(self, river: Path) -> None:
        Path("mine.yaml").write_text(RECORD.replace("signed", "sigend", 1))
        errors = self.said(river, "--known-by", "2025-05-15", "--record", "mine.yaml")
        assert "mine.yaml:2:" in errors and "facts.f0.sigend: unknown key; did you mean signed?" in errors


class TestFallingBack:
    BASE = "parties: {upper: {no_deal: {base: {value: 0.5, evidence: [herald.c1]}}}}"

    def later(self, river: Path, *blocks: str) -> Path:
        path = river.with_name("later.yaml")
        path.write_text("title: Later\nsummary: Later.\nuses: [river.yaml]\n" + "\n".join(blocks) + "\n")
        return path

    def test_to_the_layer_before(self, river: Path) -> None:
        loaded, (fell,) = read_known_by(self.later(river, self.BASE), "2025-05-15")
        assert (fell.path, fell.claims, fell.value) == ("parties.upper.no_deal.base", ("herald.c1",), "0.3")
        assert fell.how == "as river.yaml has it"
        assert loaded.scenario.parties["upper"].no_deal.base.value == 0.3  # type: ignore[union-attr]

    def test_not_where_the_claim_is_known(self, river: Path) -> None:
        loaded, fell = read_known_by(self.later(river, self.BASE), "2025-06-30")
        assert fell == () and loaded.scenario.parties["upper"].no_deal.base.value == 0.5  # type: ignore[union-attr]

    def test_where_only_the_claim_is_later_the_number_stays(self, river: Path) -> None:
        block = "parties: {upper: {red_lines: [{id: no_loss, firmness: {evidence: [herald.c1]}}]}}"
        path = self.later(river, block)
        text = river.read_text().replace(
            "firmness: {triangular: [0.6, 0.8, 0.9], evidence: [gazette.c1]}", "firmness: 0.8"
        )
        river.write_text(text)
        _, fell = read_known_by(path, "2025-05-15")
        assert [(one.value, one.how) for one in fell] == [("0.8", "as river.yaml has it")]

    CLASSES = "classes: {firm: {value: 0.8, range: [0.7, 0.9], convention: refused in so many words}}"
    LINE = (
        "{id: no_toll, says: No toll, refuses: {toll: high}, firmness: {class: firm}, "
        "yield: {value: 0, assumed: nobody presses}, evidence: [herald.c1]}"
    )

    def test_to_the_middle_of_its_class_with_the_whole_range(self, river: Path) -> None:
        line = f"parties: {{lower: {{red_lines: [{self.LINE}]}}}}"
        loaded, (fell,) = read_known_by(self.later(river, self.CLASSES, line), "2025-05-15")
        assert fell.path == "parties.lower.red_lines.no_toll.firmness"
        assert fell.how == "the middle of class firm with its whole range"
        found = next(line for line in loaded.scenario.parties["lower"].red_lines if line.id == "no_toll")
        assert found.firmness.triangular == (0.7, 0.8, 0.9)

    def test_without_either_the_number_is_named_with_its_place(self, river: Path) -> None:
        line = f"parties: {{lower: {{red_lines: [{self.LINE.replace('{class: firm}', '0.8')}]}}}}"
        with pytest.raises(BadInput) as bad:
            read_known_by(self.later(river, line), "2025-05-15")
        assert "parties.lower.red_lines.no_toll.firmness: rests on herald.c1, written after 2025-05-15" in str(
            bad.value
        )
        assert "later.yaml:4:" in str(bad.value)
