"""Rounds as dates: when a round is over, where a scenario has a date and says how long a round is."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import Scenario

DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How long rounds are that a calendar knows, by what a scenario calls one."""

NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY_GIVEN = len("2025-04-23")


@dataclass(frozen=True)
class Calendar:
    """The days on which rounds are over. Day 0 is the scenario's date, so week 1 is over seven days later."""

    start: datetime.date
    unit: str
    has_day: bool  # whether the scenario gives a day; else its month, reckoned from the first, and only months are told

    def end_of(self, rounds: int) -> datetime.date:
        """The day on which so many rounds are over."""
        if self.unit in DAYS:
            return self.start + datetime.timedelta(days=DAYS[self.unit] * rounds)
        month = self.start.month - 1 + MONTHS[self.unit] * rounds
        year, month = self.start.year + month // 12, month % 12 + 1
        return datetime.date(year, month, min(self.start.day, _last_day(year, month)))

    def rounds_by(self, day: datetime.date) -> int:
        """How many rounds are over by the end of a day; 0 before the first."""
        if self.unit in DAYS:
            return max(0, (day - self.start).days // DAYS[self.unit])
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        rounds = max(0, months // MONTHS[self.unit])
        return rounds - (rounds > 0 and self.end_of(rounds) > day)

    def ends_of_years(self, rounds: int) -> list[datetime.date]:
        """The last days of calendar years that lie between the date and the end of so many rounds."""
        end = self.end_of(rounds)
        days = [datetime.date(year, 12, 31) for year in range(self.start.year, end.year + 1)]
        return [day for day in days if self.rounds_by(day) > 0 and day < end]

    def says(self, rounds: int) -> str:
        """The day on which so many rounds are over, in words."""
        return self.day_says(self.end_of(rounds))

    def briefly(self, day: datetime.date) -> str:
        """A day for the column of a table, such as 24 Sep 2025."""
        month = f"{NAMES[day.month - 1][:3]} {day.year}"
        return f"{day.day} {month}" if self.has_day else month

    def day_says(self, day: datetime.date) -> str:
        """A day in words: the end of a year as such, a month where the scenario gives no day."""
        if (day.month, day.day) == (12, 31):
            return f"the end of {day.year}"
        return spoken_day(day) if self.has_day else f"{NAMES[day.month - 1]} {day.year}"


def spoken_day(day: datetime.date) -> str:
    """A day in words, such as 22 April 2026."""
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


def calendar_of(scenario: "Scenario") -> Calendar | None:
    """The calendar of a scenario; None without a date, or where nobody knows how long a round is."""
    unit = scenario.round.casefold()
    if scenario.date is None or unit not in {**DAYS, **MONTHS}:
        return None
    has_day = len(scenario.date) == DAY_GIVEN
    start = datetime.date.fromisoformat(scenario.date if has_day else f"{scenario.date}-01")
    return Calendar(start, unit, has_day)


def first_day(scenario: "Scenario", round_: int) -> datetime.date | None:
    """The day on which a round begins; None where the scenario does not say, by its date and what it calls a round."""
    calendar = calendar_of(scenario)
    return calendar.end_of(round_) if calendar is not None and calendar.has_day else None


def end_says(scenario: "Scenario", rounds: int) -> str:
    """The day on which so many rounds are over, in words; nothing without a calendar."""
    calendar = calendar_of(scenario)
    return "" if calendar is None else calendar.says(rounds)


def _last_day(year: int, month: int) -> int:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).day
