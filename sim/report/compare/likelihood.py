"""How likely agreement is in each scenario of a comparison: by dates, over the assumptions, and beside the first one."""

import datetime
from collections.abc import Iterator, Sequence

from sim.report import Report
from sim.report.compare.data import Comparison
from sim.report.run.dates import agreed_after, by_dates
from sim.report.wording.figures import interval, percent
from sim.report.wording.fractions import between
from sim.report.wording.layout import GAP, in_parts, page_width, width_of, wrap
from sim.scenario.calendar import calendar_of

YEAR_ENDS = (12, 31)


def likelihood(comparison: Comparison) -> Iterator[str]:
    """The table of likelihoods."""
    first = comparison.reports[0].name
    yield "Likelihood of agreement (95 % intervals, sampling error only)"
    days = sorted({each.day for report in comparison.reports for each in by_dates(report)[1:]})
    rows = [
        (
            percent(report.summary.likelihood), *_by_days(report, days), _range(report), interval(report.summary.likelihood),
            said.points() if said else "",
        )
        for report, said in zip(comparison.reports, comparison.against_first(), strict=True)
    ]  # fmt: skip
    heads = [f"by the end\nof {day.year}" if (day.month, day.day) == YEAR_ENDS else f"by\n{day}" for day in days]
    columns = ["", "agreement", *heads, "over the\nassumptions", "interval", "difference from 1\nin points"]
    yield from labelled(comparison, columns, rows)
    yield from wrap(f"Differences are from 1 ({first}), paired run by run.", GAP, "")
    if any(report.summary.assumptions for report in comparison.reports):
        yield from wrap("Over the assumptions: in their least favourable fifth, and in the most favourable.", GAP, "")


def _by_days(report: Report, days: Sequence[datetime.date]) -> Iterator[str]:
    """The likelihood by each day; nothing where the talks of a scenario have not begun by then."""
    calendar, summary = calendar_of(report.scenario), report.summary
    for day in days:
        if calendar is None or day < calendar.start:
            yield ""
        else:
            yield percent(agreed_after(summary.curve, calendar.rounds_by(day), summary.runs))


def _range(report: Report) -> str:
    found = report.summary.assumptions
    if found is None:
        return ""
    return between(found.low, found.high) if found.is_clear() else "not clear"


def labelled(comparison: Comparison, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table with a row for each scenario, by its number alone where the page has no room for its name."""
    rows = [[label, *row] for label, row in zip(_labels(comparison), cells, strict=True)]
    if width_of(heads, rows) > page_width():
        rows = [[f"{k + 1:>2}", *row] for k, row in enumerate(cells)]
    return in_parts(heads, rows)


def _labels(comparison: Comparison) -> list[str]:
    return [f"{k + 1:>2}  {report.name}" for k, report in enumerate(comparison.reports)]
