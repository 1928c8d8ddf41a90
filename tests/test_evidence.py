"""Days that are known in part, and which world an answer belongs to."""

from pathlib import Path

import pytest
from games import write_small
from playing import ROOT

from sim.evidence import first_not_before, is_later, is_of_its_time, last_not_after
from sim.files.scenario.seeds import read_seeds

REPORTS = ["2025-04-23", "2025-08-09", "2025-12-02"]


@pytest.mark.parametrize(
    ("day", "than", "later"),
    [
        ("2025-12-02", "2025-12-01", True),
        ("2025-12-01", "2025-12-02", False),
        ("2025-12-02", "2025-12-02", False),
        ("2025-12-02", "2025-12", False),
        ("2025-12", "2025-12-02", False),
        ("2025-12", "2025-11-30", True),
        ("2025", "2024-12-31", True),
        ("2025", "2025-01-01", False),
        ("1995", "2025-04-23", False),
    ],
)
def test_is_later_compares_as_much_as_both_give(day: str, than: str, later: bool) -> None:
    assert is_later(day, than) is later


def test_first_and_last_whatever_the_order() -> None:
    days = ["2025-12-02", "2025-04-23", "2025-08-09"]
    assert first_not_before("2025-11-30", days) == "2025-12-02"
    assert first_not_before("2025-04-23", days) == "2025-04-23"
    assert first_not_before("2025-12-03", days) is None
    assert last_not_after("2025-11-30", days) == "2025-08-09"
    assert last_not_after("2025-04", days) == "2025-04-23"
    assert last_not_after("2025-03", days) is None


def test_of_equal_days_the_first_given_counts() -> None:
    assert first_not_before("2025-04-01", ["2025-04", "2025-04-23"]) == "2025-04"
    assert first_not_before("2025-04-01", ["2025-04-23", "2025-04"]) == "2025-04-23"


@pytest.mark.parametrize(
    ("day", "world"),
    [
        ("2025-04-23", "2025-04-23"),
        ("2025-03-31", "2025-04-23"),
        ("2025-03-31", "2025-04"),
        ("2025-04-23", "2025-08-08"),
        ("2025-08-09", "2025-08-09"),
        ("2025-11-30", "2025-12-02"),
        ("2025-12-02", "2026-01"),
    ],
)
def test_an_answer_belongs_to_the_world_of_its_report(day: str, world: str) -> None:
    assert is_of_its_time(day, world, REPORTS)


@pytest.mark.parametrize(
    ("day", "world"),
    [
        ("2025-04-23", "2025-08-09"),
        ("2025-04-23", "2025-12-02"),
        ("2025-08-09", "2025-04-23"),
        ("2025-11-30", "2025-11-30"),  # nobody had reported it
        ("2025-03-31", "2025-03"),
        ("2025-12-03", "2025-12-03"),  # nobody has
    ],
)
def test_and_to_no_other(day: str, world: str) -> None:
    assert not is_of_its_time(day, world, REPORTS)


def test_articles_about_other_parties_do_not_count() -> None:
    evidence, _ = read_seeds(ROOT / "seeds")
    assert evidence.report_days(["russia", "ukraine", "us", "eu"]) == REPORTS
    assert evidence.report_days(["a", "b"]) == []


def test_a_claim_is_dated_by_its_article(tmp_path: Path) -> None:
    write_small(tmp_path)
    evidence, _ = read_seeds(tmp_path / "seeds")
    assert {reference: str(span) for reference, span in evidence.spans().items()} == {
        "gazette.c1": "2025-04",
        "gazette.c2": "2025-04",
    }
