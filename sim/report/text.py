"""The page of one study."""

import math
from collections.abc import Iterable, Iterator

from sim.analysis.influence import Influence, is_fragile
from sim.report import Report
from sim.report.layout import row, wrap
from sim.report.words import (
    ENDS,
    REASONS,
    as_precisely,
    interval,
    line_says,
    number_says,
    percent,
    plain_percent,
    source_path,
    spoken,
)
from sim.scenario.rounds import at_round

MOST_BLOCKERS = 5
MOST_INFLUENCES = 6
CURVE_POINTS = 6
FRAGILE = "FRAGILE: one standard deviation of an assumed number moves it by 5 points or more."
CAVEAT = "All figures are conditional on the stated assumptions; they are not a forecast."


def _title(report: Report) -> Iterator[str]:
    yield from wrap(report.scenario.title, "", "")
    summary = report.summary
    yield from wrap(f"{report.name}: {summary.runs} runs, seed {report.seed}, engine {report.engine}", "")
    for path, value in report.overrides.items():
        yield from wrap(f"with {path} = {value}")


def _likelihood(report: Report) -> Iterator[str]:
    summary = report.summary
    share = summary.likelihood
    yield "Likelihood of agreement"
    yield from row(f"agreement (95 % interval {interval(share)}, sampling error only)", percent(share))
    if report.scenario.has_core():
        yield from row(f"keeping the core terms ({interval(summary.core)})", percent(summary.core))
        yield from row(f"amended ({interval(summary.amended)})", percent(summary.amended))
    if report.scenario.lasting is not None:
        yield from row("signed, and expected to last", as_precisely(summary.holds, share))
    yield from row(
        f"worlds with a zone, the structural ceiling ({interval(summary.ceiling)})", percent(summary.ceiling)
    )


def _curve(report: Report) -> Iterator[str]:
    curve, unit = report.summary.curve, report.scenario.round
    last = len(curve.rounds)
    points = sorted({max(1, round(last * (n + 1) / CURVE_POINTS)) for n in range(CURVE_POINTS)})
    share = report.summary.likelihood
    figures = [f"{point}: {as_precisely(float(curve.estimate[point - 1]), share)}" for point in points]
    yield from wrap(f"agreed by {unit} " + ", ".join(figures))


def _ends(report: Report) -> Iterator[str]:
    summary = report.summary
    yield "Where runs end"
    for name, share in sorted(summary.ends.items(), key=lambda item: -item[1].estimate):
        yield from row(ENDS[name], percent(share))
    if summary.departures.estimate > 0:
        yield from row("(a mediator left on the way)", percent(summary.departures))
    leave = report.scenario.walk_away
    if leave is not None and leave.deadline is not None:
        name = report.scenario.parties[leave.by].name
        yield from wrap(f"(announced: {name} leaves {at_round(report.scenario.round, int(leave.deadline) + 1)})")
    for name, share in summary.phases.items():
        yield from row(f"(phase {spoken(name)}: settled)", percent(share))
    if summary.reopened is not None and not math.isnan(summary.reopened.estimate):
        yield from row("(of what is signed, with a framework that the details changed)", percent(summary.reopened))
    if summary.reasons:
        yield "Why the others fail" + (" (indicative: levers depend on the talks)" if summary.indicative else "")
        ranked = sorted(summary.reasons.items(), key=lambda item: -item[1].estimate)
        for name, share in ranked:
            yield from row(REASONS[name], percent(share))
        if ranked[0][0] == "no_zone":
            yield from wrap("See what would open one: sim zopa FILE")


def _blocking(report: Report) -> Iterator[str]:
    summary = report.summary
    if summary.lines:
        yield "Red lines that block failing runs (named in the last refusals; ever)"
        for line in summary.lines[:MOST_BLOCKERS]:
            figure = f"{plain_percent(line.at_the_end)}; {plain_percent(line.at_all)}"
            yield from row(line_says(report.scenario, line.id), figure)
    if summary.issues:
        yield "Issues on which offers fall short most (the same shares)"
        for issue in summary.issues[:MOST_BLOCKERS]:
            figure = f"{plain_percent(issue.at_the_end)}; {plain_percent(issue.at_all)}"
            yield from row(report.scenario.issues[issue.id].title, figure)


def _settlement(report: Report) -> Iterator[str]:
    settlement = report.summary.settlement
    if settlement is None:
        yield "Typical settlement: none, as no run agreed"
        return
    unit = report.scenario.round
    yield f"Typical settlement (share of agreements; half are signed by {unit} {settlement.median_round:.0f})"
    for issue, shares in settlement.shares.items():
        ranked = sorted(shares.items(), key=lambda item: -item[1])
        said = ", ".join(f"{spoken(option)} {plain_percent(share)}" for option, share in ranked if share >= 0.005)
        yield from wrap(f"{report.scenario.issues[issue].title}: {said}")


def _movers(report: Report) -> Iterator[str]:
    found = report.summary.influences[:MOST_INFLUENCES]
    if not found:
        yield "What moves it most: nothing stands out from sampling error"
        return
    yield "What moves it most (likelihood in the lowest and highest fifth of its draws)"
    for influence in found:
        yield from row(*mover(report, influence))


def mover(report: Report, influence: Influence) -> tuple[str, str]:
    """What moves the likelihood, and from where to where; a label and a figure."""
    low, high = plain_percent(influence.low.estimate), plain_percent(influence.high.estimate)
    kind = source_kind(report, influence.path)
    flag = " FRAGILE" if kind == "assumed" and not influence.path.endswith(".real") and is_fragile(influence) else ""
    return number_says(report.scenario, influence.path), f"{low} -> {high}  {kind}{flag}"


def source_kind(report: Report, path: str) -> str:
    """Whether the number behind a draw is cited, assumed or overridden."""
    wanted = source_path(path)
    return next((entry.kind for entry in report.entries if entry.path == wanted), "assumed")


def _sources(report: Report) -> Iterator[str]:
    counts = report.counts()
    total = sum(counts.values()) or 1
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count or kind != "override")
    yield from wrap(f"Of {total} numbers {plain_percent(counts['cited'] / total)} are cited ({said}).", "", "")
    if any("FRAGILE" in line for line in _movers(report)):
        yield from wrap(FRAGILE, "", "")
    yield CAVEAT


def page(report: Report) -> str:
    """Everything that `sim run` prints of a study, but for what it wrote."""
    sections: Iterable[Iterator[str]] = (
        part(report) for part in (_title, _likelihood, _curve, _ends, _blocking, _settlement, _movers, _sources)
    )
    blocks = ["\n".join(section) for section in sections]
    joined = "\n\n".join(block for block in blocks if block)
    return joined.replace("\n\n  agreed by", "\n  agreed by") + "\n"
