"""The page of `sim sensitivity`: which assumptions the likelihood and the terms hang on."""

from collections.abc import Iterator, Sequence

from sim.analysis.influence import RATE
from sim.analysis.sensitivity.given_data import Dependence, Estimate
from sim.report.sensitivity.assumptions import AssumptionReport
from sim.report.sensitivity.moves import TargetReport
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, counted, interval, percent
from sim.report.wording.layout import overridden, paragraph, row, wrap

MOST_ROWS = 12
"""Assumptions of one table; --json has all that stand out."""


def assumption_page(report: AssumptionReport, target: TargetReport | None = None) -> str:
    """Everything that `sim sensitivity` prints."""
    blocks = [list(_head(report)), list(_plain(report))]
    blocks += [list(block) for block in _tables(report)]
    blocks += [list(target.block())] if target is not None else []
    blocks.append(list(_note(report)))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(report: AssumptionReport) -> Iterator[str]:
    sample = report.sample
    yield from paragraph(report.scenario.title)
    yield from wrap(
        f"{counted(len(sample.coding), 'run')} of {counted(sample.codings, 'coding')} (seed {report.seed}): every number "
        f"that is drawn, and {counted(len(report.conventions), 'convention')} over their ranges",
    )
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)
    by = f" by {report.by}" if report.by else ""
    yield from row(f"agreement{by} as the scenario stands ({interval(report.stated)})", percent(report.stated))
    yield from row(f"the same over all codings ({interval(report.over_all)})", percent(report.over_all))
    if sample.refused:
        yield from wrap(f"{counted(sample.refused, 'coding')} contradicted themselves and were not played.")


def _plain(report: AssumptionReport) -> Iterator[str]:
    yield "In plain words, if the assumptions hold (a run is one negotiation played)"
    yield from wrap(" ".join(plain_words(report)), hang="")


def plain_words(report: AssumptionReport) -> list[str]:
    """What the answer hangs on most."""
    if not report.judged.enough:
        return ["Too few runs agree, or fail, to say what moves the likelihood."]
    rows = report.judged.agreement
    if not rows:
        return ["No assumption moves the likelihood by more than noise."]
    first, said = rows[0], []
    said.append(
        f"The likelihood hangs most on \u201c{report.says(first.path)}\u201d ({report.kind(first.path)}): agreement is "
        f"{_percent(first.fifths[0])} in the lowest fifth of it and {_percent(first.fifths[-1])} in the highest."
    )
    convention = next((one for one in rows if one.path in report.conventions), None)
    if convention is None:
        said.append("No convention of the coders stands out.")
    elif convention is not first:
        said.append(
            f"Of the conventions it hangs most on \u201c{report.says(convention.path)}\u201d: "
            f"{_percent(convention.fifths[0])} against {_percent(convention.fifths[-1])}."
        )
    return said


def _tables(report: AssumptionReport) -> Iterator[Iterator[str]]:
    if report.judged.agreement:
        yield _table(report, "What the likelihood hangs on", report.judged.agreement, True)
    parties = list(report.scenario.parties.values())
    for side, rows in report.judged.terms.items():
        if rows:
            yield _table(report, f"What the terms of {parties[side].name} hang on, where there is a deal", rows, False)


def _table(report: AssumptionReport, title: str, rows: Sequence[Dependence], is_share: bool) -> Iterator[str]:
    """A row for each assumption, the strongest first; under it how much of the outcome it explains alone."""
    yield title
    yield from row("", _beside("lowest fifth", "highest fifth"))
    for one in rows[:MOST_ROWS]:
        ends = _beside(_told(one.fifths[0]), _told(one.fifths[-1]))
        yield from row(f"{report.says(one.path)} ({_source(report, one.path)})", ends)
        delta = f", delta {_told(one.delta)}" if is_share else ""
        total = report.totals.get(one.path) if is_share else None
        together = f", in all {_told(total)} %" if total is not None else ""
        yield from wrap(f"part of the variance {_told(one.first_order)} %{together}{delta}", "      ", "")
    if len(rows) > MOST_ROWS:
        yield from wrap(f"{len(rows) - MOST_ROWS} more stand out; --json has them.")


def _source(report: AssumptionReport, path: str) -> str:
    """What an assumption rests on, and of a convention its range."""
    ends = report.range_says(path)
    return f"{report.kind(path)}, {ends}" if ends else report.kind(path)


def _beside(low: str, high: str) -> str:
    return f"{low:>16}{high:>16}"


def _note(report: AssumptionReport) -> Iterator[str]:
    looked = f"{counted(report.judged.drawn, 'draw')} and {counted(len(report.conventions), 'convention')}"
    totals = (
        " In all: what it does alone and in company (total effect: Jansen 1999), luck included."
        if report.totals
        else ""
    )
    yield from paragraph(
        f"Looked at: {counted(report.judged.looked_at, 'dependence')} of {looked}. Those that are told stand out so that at "
        f"most {100 * RATE:g} % of them are noise (Benjamini & Hochberg 1995), and their intervals are widened for it. A "
        "convention counts by coding and not by run, as the runs of a coding share it. Terms: 0 is the other side's position "
        "and 100 a party's own, by its own worth. Part of the variance: first order, the input alone. Delta (Borgonovo "
        "2007): the mean distance between the likelihood where the input is known and over all, in points."
        + totals
        + f" {CAVEAT}"
    )


def _told(one: Estimate) -> str:
    return f"{100 * one.estimate:.0f} ({100 * one.low:.0f} to {100 * one.high:.0f})"


def _percent(one: Estimate) -> str:
    return f"{100 * one.estimate:.0f} % ({100 * one.low:.0f} to {100 * one.high:.0f} %)"
