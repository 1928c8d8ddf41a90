"""The page of a comparison."""

from collections.abc import Callable, Iterator, Mapping

from sim.analysis.shares.likelihood import Share
from sim.analysis.summary import Settlement, Summary
from sim.report import Report
from sim.report.compare.agreements import gains, party_terms, typical_settlement
from sim.report.compare.data import Comparison
from sim.report.compare.headline import plain_words
from sim.report.compare.likelihood import labelled, likelihood
from sim.report.run.dates import in_a_column, last_round
from sim.report.run.headline import HEAD, outside_views, told_from_outside
from sim.report.run.page import FRAGILE, fifths, is_fragile, mover, nothing_moves
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import (
    CAVEAT,
    ENDS_SHORT,
    REASONS,
    REASONS_SHORT,
    as_precisely,
    line_says,
    part,
    percent,
)
from sim.report.wording.layout import GAP, blocks_of, overridden, page_of, row, wrap
from sim.scenario.calendar import calendar_of


def _key(comparison: Comparison) -> Iterator[str]:
    first = comparison.reports[0]
    runs = f"{first.summary.runs} run{'' if first.summary.runs == 1 else 's'}"
    yield f"{len(comparison.reports)} scenarios, {runs} each, seed {first.seed}: the same luck for all"
    yield from overridden(first.overrides)
    yield from kept_says(first.scenario)
    for k, report in enumerate(comparison.reports):
        mark = f"{k + 1:>2}  "
        yield from wrap(f"{mark}{report.name}: {report.scenario.title}", GAP, " " * len(mark))


def _plain(comparison: Comparison) -> Iterator[str]:
    """What it comes to, in plain words, and what others say."""
    yield HEAD
    yield from wrap(" ".join(plain_words(comparison.reports, comparison.differences)), hang="")
    views = {view.id: view for report in comparison.reports for view in outside_views(report)}
    yield from told_from_outside(tuple(views.values()))


def _by_scenario(comparison: Comparison, columns: dict[str, Callable[[Report], str]]) -> Iterator[str]:
    """A table with a row for each scenario; columns in which every cell is empty are left out."""
    cells = {head: [cell(report) for report in comparison.reports] for head, cell in columns.items()}
    kept = {head: column for head, column in cells.items() if any(column)}
    return labelled(comparison, ["", *kept], list(zip(*kept.values(), strict=True)))


def _beside(comparison: Comparison) -> Iterator[str]:
    yield "Beside it"
    columns: dict[str, Callable[[Report], str]] = {
        "core\nkept": lambda report: percent(report.summary.core) if report.scenario.has_core() else "",
        "holds\na year": lambda report: (
            as_precisely(report.summary.holds, report.summary.likelihood) if report.scenario.tells_lasting() else ""
        ),
        "ceiling": lambda report: percent(report.summary.ceiling),
        "mediator\nleft": lambda report: (
            part(left.estimate, left.n) if (left := report.summary.departures).estimate > 0 else ""
        ),
        "half\nsigned": _median,
        "talks end": _end,
        "numbers\ncited": _cited,
    }
    yield from _by_scenario(comparison, columns)
    if any(report.scenario.has_core() for report in comparison.reports):
        yield from wrap("Core kept: agreements that settle as proposed what the proposal is about, its core.", GAP, "")
    if any(report.scenario.tells_lasting() for report in comparison.reports):
        yield from wrap("Holds a year: signed, and still holding after a year.", GAP, "")
    yield from wrap(
        "Ceiling: runs in which some deal would find every consent it needs, whether or not talks get to it.", GAP, ""
    )


def _median(report: Report) -> str:
    settlement = report.summary.settlement
    return "none" if settlement is None else f"{report.scenario.round} {_middle(report, settlement)}"


def _middle(report: Report, settlement: Settlement) -> str:
    return in_a_column(report.scenario, round(settlement.median_round))


def _end(report: Report) -> str:
    calendar = calendar_of(report.scenario)
    return "" if calendar is None else calendar.briefly(calendar.end_of(last_round(report.scenario)))


def _cited(report: Report) -> str:
    counts = report.counts()
    total = sum(counts.values())
    return part(counts["cited"] / (total or 1), total)


def _ends(comparison: Comparison) -> Iterator[str]:
    yield "Where runs end"
    yield from _shares(comparison, ENDS_SHORT, lambda summary: summary.ends)


def _reasons(comparison: Comparison) -> Iterator[str]:
    if not any(report.summary.reasons for report in comparison.reports):
        yield "Why the others fail: none did"
        return
    yield "Why the others fail (share of all runs)"
    yield from _shares(comparison, REASONS_SHORT, lambda summary: summary.reasons)
    told = {name for report in comparison.reports for name in report.summary.reasons}
    yield from wrap(f"{'; '.join(says for name, says in REASONS.items() if name in told)}.".capitalize(), GAP, "")
    indicative = [str(k + 1) for k, report in enumerate(comparison.reports) if report.summary.indicative]
    if indicative:
        where = "" if len(indicative) == len(comparison.reports) else f" in {', '.join(indicative)}"
        yield from wrap(f"Indicative{where}: levers or departures depend on the talks.", GAP, "")


def _shares(
    comparison: Comparison, heads: Mapping[str, str], shares: Callable[[Summary], Mapping[str, Share]]
) -> Iterator[str]:
    """A table of the shares of one kind that a summary has, under their heads."""

    def column(name: str) -> Callable[[Report], str]:
        return lambda report: percent(shares(report.summary)[name]) if name in shares(report.summary) else ""

    return _by_scenario(comparison, {head: column(name) for name, head in heads.items()})


def _blocking(comparison: Comparison) -> Iterator[str]:
    yield "Red line named most in the last refusals of failing runs"
    for k, report in enumerate(comparison.reports):
        line = next(iter(report.summary.lines), None)
        label, figure = ("none", "")
        if line:
            label, figure = line_says(report.scenario, line.id), part(line.at_the_end, line.failing)
        yield from row(label, figure, f"{k + 1:>2}  ")


def _movers(comparison: Comparison) -> Iterator[str]:
    yield from wrap(f"What moves it most ({fifths(comparison.reports[0].summary)})", "")
    foremost = [(report, next(iter(report.summary.influences), None)) for report in comparison.reports]
    for k, (report, found) in enumerate(foremost):
        label, figure = mover(report, found) if found else (nothing_moves(report.summary), "")
        yield from row(label, figure, f"{k + 1:>2}  ")
    if any(found and is_fragile(report, found) for report, found in foremost):
        yield from wrap(FRAGILE, GAP, "")


BLOCKS: Mapping[str, Callable[[Comparison], Iterator[str]]] = {
    "key": _key,
    "plain words": _plain,
    "likelihood": likelihood,
    "terms": party_terms,
    "beside": _beside,
    "ends": _ends,
    "reasons": _reasons,
    "gains": gains,
    "settlement": typical_settlement,
    "blocking": _blocking,
    "movers": _movers,
    "caveat": lambda _: iter([CAVEAT]),
}
"""The blocks of the page by their names, in their order."""


def comparison_page(comparison: Comparison) -> str:
    """Everything that `sim compare` prints, but for what it wrote."""
    return page_of(blocks_of(BLOCKS, comparison).values())
