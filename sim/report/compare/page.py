"""The page of a comparison."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice

from sim.analysis.shares.likelihood import FEW, Share
from sim.analysis.summary import Settlement, Summary, typical
from sim.report import Report
from sim.report.compare.data import Comparison
from sim.report.compare.headline import plain_words
from sim.report.compare.likelihood import labelled, likelihood
from sim.report.run.dates import in_a_column, last_round
from sim.report.run.headline import HEAD, outside_views, told_from_outside
from sim.report.run.page import FRAGILE, fifths, is_fragile, mover, nothing_moves
from sim.report.run.page import TERMS as TERMS_SAY
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
    plain_percent,
)
from sim.report.wording.layout import GAP, overridden, page_width, row, table, width_of, wrap
from sim.scenario.calendar import calendar_of
from sim.scenario.names import apart

ABREAST = 10  # scenarios that fit side by side
ROOMY = 6  # scenarios that fit so with room between them
UNBROKEN = "\u00a0"

Worth = Callable[[Settlement], Mapping[str, float]]
WORTH: tuple[tuple[str, str, Worth], ...] = (
    ("worth", "{:.2f}", lambda settlement: settlement.worth),
    ("without", "{:.2f}", lambda settlement: settlement.no_deal),
    ("gain", "{:+.2f}", lambda settlement: settlement.gains()),
)
TERMS: tuple[tuple[str, str, Worth], ...] = (
    ("mean", "{:.2f}", lambda settlement: {party: terms.mean for party, terms in settlement.terms.items()}),
    ("a fifth is below", "{:.2f}", lambda settlement: {party: terms.low for party, terms in settlement.terms.items()}),
    ("a fifth is above", "{:.2f}", lambda settlement: {party: terms.high for party, terms in settlement.terms.items()}),
)


def comparison_page(comparison: Comparison) -> str:
    """Everything that `sim compare` prints, but for what it wrote."""
    sections = (_key, _plain, likelihood, _terms, _beside, _ends, _reasons, _gains, _settlement, _blocking, _movers)
    blocks = ["\n".join(section(comparison)) for section in sections]
    return "\n\n".join(filter(None, [*blocks, CAVEAT])) + "\n"


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


def _terms(comparison: Comparison) -> Iterator[str]:
    """How good agreements are for each party that has a position, where any scenario states positions."""
    placed = {party for settlement in _settlements(comparison) if settlement for party in settlement.terms}
    if placed:
        yield from wrap(TERMS_SAY, "")
        names = {party: name for party, name in _names(comparison).items() if party in placed}
        yield from _by_party(comparison, names, TERMS)


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


def _gains(comparison: Comparison) -> Iterator[str]:
    if not any(_settlements(comparison)):
        yield "Worth to each party at agreement: none, as no run agreed"
        return
    yield from wrap("Worth of agreements to each party, what going on is then worth to it, and its gain", "")
    yield from _by_party(comparison, _names(comparison), WORTH)
    yield from _few(comparison)


def _names(comparison: Comparison) -> dict[str, str]:
    """Every party of some scenario, and its name."""
    return apart(
        {party: known.name for report in comparison.reports for party, known in report.scenario.parties.items()}
    )


def _by_party(
    comparison: Comparison, names: Mapping[str, str], kinds: Sequence[tuple[str, str, Worth]]
) -> Iterator[str]:
    groups = {name: [_worth(comparison.reports, party, *kind) for kind in kinds] for party, name in names.items()}
    return _grouped(groups, len(comparison.reports))


def _worth(reports: Sequence[Report], party: str, label: str, form: str, worth: Worth) -> tuple[str, dict[int, str]]:
    """A row: what agreements are worth to a party in one respect, in each scenario that has the party."""
    cells = {}
    for k, report in enumerate(reports):
        settlement = report.summary.settlement
        if settlement is None and party in report.scenario.parties:
            cells[k] = "none"
        elif settlement is not None and party in worth(settlement):
            cells[k] = form.format(worth(settlement)[party])
    return label, cells


def _settlement(comparison: Comparison) -> Iterator[str]:
    agreed = sum(settlement is not None for settlement in _settlements(comparison))
    if not agreed:
        yield "Typical settlement: none, as no run agreed"
        return
    counts = {k: report.summary.agreements() for k, report in enumerate(comparison.reports)}
    yield from wrap(f"Typical settlement: the most frequent option, and its share of agreements in %{_or(counts)}", "")
    found = typical(_settlements(comparison))
    same = [issue for issue, options in found.items() if [len(shares) for shares in options.values()] == [agreed]]
    titles = {issue: known.title for report in comparison.reports for issue, known in report.scenario.issues.items()}
    labels = {issue: _labels_of(comparison, issue, options) for issue, options in found.items()}
    groups = {
        titles[issue]: [(labels[issue][option], _whole(shares, counts)) for option, shares in options.items()]
        for issue, options in found.items()
        if issue not in same
    }
    yield from _grouped(groups, len(comparison.reports))
    if same:
        where = "The same in all" if agreed == len(comparison.reports) else "The same in all that agree"
        said = "; ".join(
            f"{titles[issue]}: {labels[issue][option]} {_range_of(shares, counts)}"
            for issue in same
            for option, shares in found[issue].items()
        )
        yield from (line.replace(UNBROKEN, " ") for line in wrap(f"{where}: {said}."))


def _labels_of(comparison: Comparison, issue: str, options: Collection[str]) -> dict[str, str]:
    """What options of an issue are called in all scenarios; ids stand beside labels that two of them share."""
    issues = [report.scenario.issues[issue] for report in comparison.reports if issue in report.scenario.issues]
    return apart({option: each.label(option) for each in issues for option in each.options if option in options})


def _or(counts: Mapping[int, int]) -> str:
    """How shares of few are told, where some are."""
    return f"; as counts where fewer than {FEW} agree" if any(0 < n < FEW for n in counts.values()) else ""


def _whole(shares: Mapping[int, float], counts: Mapping[int, int]) -> dict[int, str]:
    return {k: _count(share, counts[k]) if counts[k] < FEW else f"{100 * share:.0f}" for k, share in shares.items()}


def _count(share: float, n: int) -> str:
    return f"{round(share * n)}/{n}"


def _range_of(shares: Mapping[int, float], counts: Mapping[int, int]) -> str:
    """The range of the shares of an option that leads everywhere, and counts where they are of few."""
    many = [share for k, share in shares.items() if counts[k] >= FEW]
    low, high = (plain_percent(edge(many)) if many else "" for edge in (min, max))
    told = [high if low == high else f"{low[:-2]} to {high}"] if many else []
    told += [_count(share, counts[k]) for k, share in shares.items() if counts[k] < FEW]
    return ", ".join(told).replace(" %", f"{UNBROKEN}%")


def _few(comparison: Comparison) -> Iterator[str]:
    """Where averages over agreements mean little, as there are none or hardly any."""
    counts = [report.summary.agreements() for report in comparison.reports]
    said = [f"{count or 'none'} in {k + 1}" for k, count in enumerate(counts) if count < FEW]
    if said:
        yield from wrap(f"Few agreements to speak of: {', '.join(said)}.", GAP, "")


def _settlements(comparison: Comparison) -> list[Settlement | None]:
    return [report.summary.settlement for report in comparison.reports]


def _grouped(groups: Mapping[str, Sequence[tuple[str, Mapping[int, str]]]], n: int) -> Iterator[str]:
    """Rows of cells with a column for each of n scenarios, grouped under titles; in parts where they are many."""
    gap = " " if n > ROOMY else GAP

    def lines_of(part: range) -> tuple[list[str], list[list[str]]]:
        rows = [
            [f"  {label}", *(cells.get(k, "") for k in part)] for group in groups.values() for label, cells in group
        ]
        return ["scenario", *(str(k + 1) for k in part)], rows

    def parts(abreast: int) -> list[range]:
        return [range(start, min(n, start + abreast)) for start in range(0, n, abreast)]

    def is_narrow(abreast: int) -> bool:
        return all(width_of(*lines_of(part), gap) + len(GAP) - len(gap) <= page_width() for part in parts(abreast))

    for block in parts(next(filter(is_narrow, range(ABREAST, 1, -1)), 1)) if groups else ():
        head, *lines = table(*lines_of(block), gap)
        yield head
        left = iter(lines)
        for title, group in groups.items():
            yield from wrap(title)
            yield from islice(left, len(group))


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
