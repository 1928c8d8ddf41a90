"""Shares of fewer than thirty are told as counts, wherever they are told."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from commands import sim
from games import write_small
from playing import FREEZE

from sim.analysis.shares.likelihood import FEW, wilson
from sim.plots.page import percent as percent_in_a_picture
from sim.plots.sweep.map import Map
from sim.report.wording.figures import part, part_beside, part_of, percent

SHARE = re.compile(r"\d+ %")
NO_SHARES = [
    re.compile(r"<?\d+(?:\.\d)? to <?\d+(?:\.\d)? %"), re.compile(r"95 % interval"), re.compile(r"intervals\s+of 95 %"),
    re.compile(r"\d+ % are (?:cited|conventions|assumed)"), re.compile(r".*still holding after a year.*"),
]  # fmt: skip
"""Intervals and their level, shares of numbers, and means of probabilities."""


def test_a_share_of_few_is_a_count() -> None:
    assert percent(wilson(5, 8)) == percent_in_a_picture(wilson(5, 8)) == part(5 / 8, 8) == "5 of 8"
    assert percent(wilson(0, FEW - 1)) == "0 of 29"
    assert part_of(5 / 8, 8, "failing runs") == "5 of 8 failing runs"
    assert part_beside(0.25, wilson(5, 8)) == "2 of 8"


def test_of_thirty_and_more_it_is_a_percentage() -> None:
    assert percent(wilson(15, FEW)) == percent_in_a_picture(wilson(15, FEW)) == part(0.5, FEW) == "50 %"
    assert part_of(0.5, FEW, "failing runs") == "50 % of failing runs"


def test_cells_of_a_map_follow_the_same_rule() -> None:
    half = np.array([[0.5, 0.5]])
    cells = Map("", half, half, half, np.array([[20, 40]]))
    assert [cells.says(0, 0), cells.says(0, 1)] == ["10/20", "50"]


@pytest.mark.usefixtures("undrawn")
class TestPages:
    """No percentage on a page of twenty runs but in intervals, and of what is no share of them."""

    def shares(self, page: str) -> list[str]:
        told = page.split("Written to", maxsplit=1)[0]
        for other in NO_SHARES:
            told = other.sub("", told)
        return SHARE.findall(told)

    def test_run(self, tmp_path: Path) -> None:
        code, page, _ = sim("run", FREEZE, "--runs", "20", "--out", tmp_path / "r")
        assert code == 0
        assert self.shares(page) == []
        assert re.search(r"\b\d+ of 20\b", page)
        assert re.search(r"What moves it most: not told, as only \d+ runs? agrees?", page)

    def test_settlements_of_few_agreements_among_many_runs(self, tmp_path: Path) -> None:
        path = FREEZE.with_name("thirty_day_ceasefire.yaml")
        code, page, _ = sim("run", path, "--runs", "200", "--out", tmp_path / "r")
        figures = json.loads((tmp_path / "r" / "summary.json").read_text())
        n = figures["settlement"]["agreements"]
        assert code == 0
        assert 0 < n < FEW
        settled = page.split("Typical settlement")[1].split("What moves it most")[0]
        assert f"share of {n} agreement" in settled
        assert "%" not in settled
        assert f"not told, as only {n} run" in page
        assert figures["influences"] == []

    def test_compare(self, tmp_path: Path) -> None:
        other = FREEZE.with_name("buffer_force.yaml")
        code, page, _ = sim("compare", FREEZE, other, "--runs", "20", "--out", tmp_path / "r")
        assert code == 0
        beside = page.split("Where runs end")[1].split("Value to each party")[0]
        assert self.shares(beside) == []
        assert "as counts where fewer than 30 agree" in " ".join(page.split())

    def test_sweep_and_show(self, tmp_path: Path, at_hand: None) -> None:
        vary = ("--vary", "parties.russia.good_faith=0.5,1", "--workers", "1")
        code, page, _ = sim("sweep", FREEZE, *vary, "--runs", "20", "--out", tmp_path / "r")
        assert code == 0
        table = page.split("Likelihood of agreement at")[1].split("Along")[0]
        assert self.shares(table) == []
        assert table.split("Along")[0] in sim("show", tmp_path / "r")[1]

    def test_blockers(self, tmp_path: Path) -> None:
        code, page, _ = sim("blockers", write_small(tmp_path), "--runs", "20")
        assert code == 0
        assert re.search(r"of the \d+ failing runs", " ".join(page.split()))
        assert self.shares(page) == []

    def test_stances(self) -> None:
        code, page, _ = sim("stances", FREEZE, "--runs", "20")
        assert code == 0
        assert self.shares(page.split("Totals")[0]) == []
        assert "17 of 24" in page

    def test_worlds_of_zopa(self, tmp_path: Path) -> None:
        code, page, _ = sim("zopa", write_small(tmp_path), "--worlds", "20")
        assert code == 0
        assert self.shares(page.split("How sure is that?")[1].split("95th percentile")[0]) == []

    def test_baseline(self) -> None:
        code, page, _ = sim("baseline", FREEZE, "--runs", "20")
        assert code == 0
        assert re.search(r"agreements: no end date \d+ of \d+", page)
