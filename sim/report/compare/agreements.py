"""The agreements of a comparison: what they are worth to each party, and what they settle."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice

from sim.analysis.shares.likelihood import FEW
from sim.analysis.summary import Settlement, typical
from sim.report import Report
from sim.report.compare.data import Comparison
from sim.report.run.page import TERMS as TERMS_SAY
from sim.report.wording.figures import plain_percent
from sim.report.wording.layout import GAP, group, page_width, table, width_of, wrap
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


def party_terms(comparison: Comparison) -> Iterator[str]:
    """How good agreements are for each party that has a position, where any scenario states positions."""
    placed = {party for settlement in _settlements(comparison) if settlement for party in settlement.terms}
    if placed:
        yield from wrap(TERMS_SAY, "")
        names = {party: name for party, name in _names(comparison).items() if party in placed}
        yield from _by_party(comparison, names, TERMS)


def gains(comparison: Comparison) -> Iterator[str]:
    """What agreements are worth to each party, and what going on is then worth to it."""
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


def typical_settlement(comparison: Comparison) -> Iterator[str]:
    """The most frequent option of every issue in each scenario."""
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
            [f"  {label}", *(cells.get(k, "") for k in part)] for of_one in groups.values() for label, cells in of_one
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
        for title, rows in groups.items():
            yield from group(title)
            yield from islice(left, len(rows))
