"""The likelihood by a date, and when the phases of a scenario are over at the latest."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.shares.likelihood import Curve, Share, wilson
from sim.report import Report
from sim.scenario import Phase, Scenario
from sim.scenario.calendar import Calendar, calendar_of
from sim.scenario.round_words import plural


@dataclass(frozen=True)
class ByDate:
    """The share of runs that have agreed, or settled a phase, by the end of a day."""

    day: datetime.date
    rounds: int  # that are over by then
    share: Share


@dataclass(frozen=True)
class OfPhase:
    """How often a phase settles, and by when that has happened if it does."""

    phase: Phase
    rounds: int  # that are over when it is, at the latest
    settled: Share
    reached: Share
    by: tuple[ByDate, ...]  # days before its latest end: those that were asked for, else ends of years
    curve: Curve  # the same by the end of each round


def last_round(scenario: Scenario) -> int:
    """How many rounds the talks have at the most."""
    return sum(int(phase.rounds) for phase in scenario.phases)


def agreed_after(curve: Curve, rounds: int, runs: int) -> Share:
    """The share of runs that have agreed once so many rounds are over."""
    reached = min(rounds, len(curve.rounds))
    return wilson(round(float(curve.estimate[reached - 1]) * runs) if reached > 0 else 0, runs)


def by_dates(report: Report) -> list[ByDate]:
    """The likelihood by the end of the talks, then by the days that were asked for, else by ends of years; none undated."""
    calendar = calendar_of(report.scenario)
    if calendar is None or not report.summary.runs:
        return []
    last = last_round(report.scenario)
    days = [calendar.end_of(last), *_days(report, calendar, last)]
    return [_by(report, calendar, report.summary.curve, day) for day in dict.fromkeys(days)]


def _days(report: Report, calendar: Calendar, rounds: int) -> list[datetime.date]:
    """The days that were asked for, else the ends of the years that so many rounds come over."""
    return list(report.by or calendar.ends_of_years(rounds))


def _by(report: Report, calendar: Calendar, curve: Curve, day: datetime.date) -> ByDate:
    rounds = calendar.rounds_by(day)
    return ByDate(day, rounds, agreed_after(curve, rounds, report.summary.runs))


def _before_its_end(report: Report, curve: Curve, rounds: int) -> tuple[ByDate, ...]:
    """The likelihood by the days that lie before so many rounds are over; none undated."""
    calendar = calendar_of(report.scenario)
    if calendar is None or not report.summary.runs:
        return ()
    end = calendar.end_of(rounds)
    return tuple(_by(report, calendar, curve, day) for day in _days(report, calendar, rounds) if day < end)


def phases_of(report: Report) -> list[OfPhase]:
    """Every phase of a scenario that has several; the last is settled where runs agree."""
    scenario, summary = report.scenario, report.summary
    if len(scenario.phases) < 2:
        return []
    curves = [*summary.phases.values(), summary.curve]
    settled = [agreed_after(curve, last_round(scenario), summary.runs) for curve in curves]
    reached = [wilson(summary.runs, summary.runs), *settled[:-1]]
    ends = [sum(int(phase.rounds) for phase in scenario.phases[: k + 1]) for k in range(len(scenario.phases))]
    by = [_before_its_end(report, curve, end) for curve, end in zip(curves, ends, strict=True)]
    return [OfPhase(*each) for each in zip(scenario.phases, ends, settled, reached, by, curves, strict=True)]


def opens_small(scenario: Scenario) -> bool:
    """Whether talks open with a phase that does not settle everything, such as a truce."""
    first, *others = scenario.phases
    return bool(others) and (first.agenda != "all" or first.provisional or bool(first.lasts))


def dated(scenario: Scenario, rounds: int) -> str:
    """When so many rounds are over: week 9 (25 June 2025), or the round alone."""
    calendar, unit = calendar_of(scenario), scenario.round
    return f"{unit} {rounds}" if calendar is None else f"{unit} {rounds} ({calendar.says(rounds)})"


def by_round(scenario: Scenario, rounds: int) -> str:
    """The same inside brackets: week 22, 24 September 2025."""
    calendar, unit = calendar_of(scenario), scenario.round
    return f"{unit} {rounds}" if calendar is None else f"{unit} {rounds}, {calendar.says(rounds)}"


def in_a_column(scenario: Scenario, rounds: int) -> str:
    """The same for a cell under a head that names the round: 22 (24 Sep 2025)."""
    calendar = calendar_of(scenario)
    return f"{rounds}" if calendar is None else f"{rounds} ({calendar.briefly(calendar.end_of(rounds))})"


def within(scenario: Scenario, rounds: int) -> str:
    """By when, in a sentence: a date, else within so many rounds."""
    calendar, unit = calendar_of(scenario), scenario.round
    if calendar is not None:
        return f"by {calendar.says(rounds)}"
    return f"within {rounds} {unit if rounds == 1 else plural(unit)}"


def outside_dates(scenario: Scenario, days: Sequence[datetime.date], varies: bool = False) -> str:
    """What is wrong with days that a likelihood is asked for, or nothing; where length `varies`, none is too late."""
    calendar = calendar_of(scenario)
    if not days:
        return ""
    if calendar is None:
        return "needs a scenario with a `date`, and rounds that are days, weeks, months or years"
    last = calendar.end_of(last_round(scenario))
    wrong = next((day for day in days if day < calendar.start or (day > last and not varies)), None)
    return "" if wrong is None else f"{wrong}: the talks last from {calendar.start} to {last}"
