"""`sim sensitivity` as a user types it."""

import json
from pathlib import Path

import pytest
from commands import sim
from games import write_small
from playing import ROOT

FEARON = ROOT / "scenarios" / "textbook" / "fearon.yaml"


@pytest.fixture(name="small")
def small_game(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def test_the_page_and_the_data_say_what_is_looked_at_and_what_stands_out(tmp_path: Path) -> None:
    code, text, _ = sim("sensitivity", FEARON, "--runs", "1500", "--json")
    told = json.loads(text)
    assert (code, told["codings"], told["runs"]) == (0, 60, 1500)
    paths = {one["path"] for one in told["conventions"]}
    assert told["agreement"]
    for row in told["agreement"]:
        assert row["source"] in ("convention", "assumed", "cited")
        assert row["is_convention"] == (row["path"] in paths)
        assert row["units"] == (60 if row["is_convention"] else 1500)
    code, page, _ = sim("sensitivity", FEARON, "--runs", "1500", "--out", tmp_path / "drawn")
    assert code == 0
    assert "What the likelihood hangs on" in page
    assert (tmp_path / "drawn" / "tornado.svg").exists()


def test_codings_that_contradict_themselves_are_counted(small: Path) -> None:
    told = json.loads(sim("sensitivity", small, "--runs", "1500", "--json")[1])
    assert told["codings"] + told["codings_refused"] == 60
    assert 0 < told["codings_refused"] < 15  # where talks are over before the mediator leaves
    paths = {one["path"] for one in told["conventions"]}
    assert {"parties.lower.red_lines.bank_kept.firmness", "parties.upper.spacing"} <= paths
    assert "parties.upper.priorities.toll.weight" not in paths
    assert told["plain_words"] == ["Too few runs agree, or fail, to say what moves the likelihood."]


def test_the_same_seed_says_the_same(small: Path) -> None:
    first, second = (sim("sensitivity", small, "--runs", "500", "--json")[1] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("options", "said"), [
    (["--runs", "100"], "--runs 100: at least 500"),
    (["--ablations", "--out", "x"], "--out: goes without --ablations"),
    (["--by", "2025-12-31"], "--by: needs a scenario with a `date`"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(small: Path, options: list[str], said: str) -> None:
    code, _, told = sim("sensitivity", small, *options)
    assert code == 2
    assert said in told
