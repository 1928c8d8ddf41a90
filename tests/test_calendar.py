"""Rounds as dates."""

from datetime import date

import pytest
from playing import ROOT

from sim.files.scenario.reader import read_scenario
from sim.report.run.dates import outside_dates
from sim.scenario.calendar import Calendar, calendar_of

APRIL = date(2025, 4, 23)


@pytest.mark.parametrize(
    ("unit", "rounds", "end"),
    [
        ("week", 0, APRIL), ("week", 1, date(2025, 4, 30)), ("week", 52, date(2026, 4, 22)), ("day", 8, date(2025, 5, 1)),
        ("fortnight", 2, date(2025, 5, 21)), ("month", 9, date(2026, 1, 23)), ("year", 2, date(2027, 4, 23)),
    ],
)  # fmt: skip
def test_ends_of_rounds(unit: str, rounds: int, end: date) -> None:
    calendar = Calendar(APRIL, unit, True)
    assert calendar.end_of(rounds) == end
    assert calendar.rounds_by(end) == rounds
    assert calendar.rounds_by(date.fromordinal(end.toordinal() - 1)) == max(0, rounds - 1)


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    calendar = Calendar(date(2025, 1, 31), "month", True)
    assert [calendar.end_of(k) for k in (1, 2, 3)] == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
    assert [calendar.rounds_by(date(2025, 2, day)) for day in (27, 28)] == [0, 1]


def test_ends_of_years_on_the_way() -> None:
    weeks = Calendar(APRIL, "week", True)
    assert weeks.ends_of_years(52) == [date(2025, 12, 31)]
    assert weeks.ends_of_years(20) == []
    assert weeks.ends_of_years(120) == [date(2025, 12, 31), date(2026, 12, 31)]
    assert Calendar(date(2025, 12, 30), "week", True).ends_of_years(10) == []  # no week is over by then


def test_in_words() -> None:
    weeks, month = Calendar(APRIL, "week", True), Calendar(date(2025, 4, 1), "month", False)
    assert weeks.says(9) == "25 June 2025"
    assert weeks.day_says(date(2025, 12, 31)) == "the end of 2025"
    assert weeks.briefly(date(2025, 9, 24)) == "24 Sep 2025"
    assert month.says(2) == "June 2025" and month.briefly(date(2025, 9, 24)) == "Sep 2025"


def test_what_has_no_calendar() -> None:
    april = read_scenario(ROOT / "scenarios" / "freeze_lines.yaml").scenario
    assert calendar_of(april) == Calendar(APRIL, "week", True)
    assert calendar_of(april.model_copy(update={"date": None})) is None
    assert calendar_of(april.model_copy(update={"round": "session"})) is None
    assert calendar_of(april.model_copy(update={"date": "2025-04"})) == Calendar(date(2025, 4, 1), "week", False)


def test_days_that_no_likelihood_can_be_told_for() -> None:
    april = read_scenario(ROOT / "scenarios" / "freeze_lines.yaml").scenario
    assert outside_dates(april, []) == outside_dates(april, [date(2025, 12, 31)]) == ""
    assert outside_dates(april, [date(2025, 1, 1)]) == "2025-01-01: the talks last from 2025-04-23 to 2026-04-22"
    assert "the talks last" in outside_dates(april, [date(2026, 4, 23)])
    assert outside_dates(april, [date(2026, 4, 23)], varies=True) == ""
    assert "needs" in outside_dates(april.model_copy(update={"date": None}), [APRIL])
