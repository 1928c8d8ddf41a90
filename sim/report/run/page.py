"""The page of one study."""

import math
from collections.abc import Callable, Iterator, Mapping

from sim.analysis.blockers.refusals import Blocker
from sim.analysis.influence import FIFTHS, Influence
from sim.analysis.shares.likelihood import FEW
from sim.analysis.summary import Summary
from sim.report import Report
from sim.report.run.dates import ByDate, by_dates, by_round, dated, last_round, phases_of, within
from sim.report.run.earlier_talks import earlier_talks
from sim.report.run.headline import headline
from sim.report.wording.draws import kept_says, number_says
from sim.report.wording.figures import (
    CAVEAT,
    CEILING,
    ENDS,
    REASONS,
    as_precisely,
    interval,
    line_says,
    part,
    part_beside,
    percent,
)
from sim.report.wording.fractions import roughly
from sim.report.wording.layout import blocks_of, overridden, page_of, paragraph, row, table, wrap
from sim.scenario.calendar import calendar_of
from sim.scenario.provenance import kinds_say
from sim.scenario.round_words import at_round

MOST_BLOCKERS = 5
MOST_INFLUENCES = 6
CURVE_POINTS = 6
FRAGILE = (
    "FRAGILE: one standard deviation of a number that is no cited figure moves it by 5 points or more, beyond the interval "
    "of that."
)
TERMS = (
    "Terms: what agreements are worth to each party, on a line from the other side's position (0) to its own (1); below 0 is "
    "worse than that position, above 1 better than its own"
)
TURNS = "Three figures: the middle one is the fifth in between that lies beyond both ends."
NAMED = "Named is not blocking: `sim blockers FILE` plays the same runs without them."


def _title(report: Report) -> Iterator[str]:
    yield from paragraph(report.scenario.title)
    summary = report.summary
    yield from wrap(f"{report.name}: {summary.runs} runs, seed {report.seed}, engine {report.engine}", "")
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)


def _likelihood(report: Report) -> Iterator[str]:
    summary = report.summary
    share = summary.likelihood
    yield "Likelihood of agreement"
    yield from row(f"agreement {within(report.scenario, last_round(report.scenario))}", percent(share))
    for each in by_dates(report)[1:]:
        yield from row(f"agreement by {_day(report, each)}", percent(each.share))
    found = summary.assumptions
    if found is not None:
        yield from row(
            "least favourable fifth of the assumptions; most favourable", f"{roughly(found.low)}; {roughly(found.high)}"
        )
    yield from row("95 % interval, sampling error only", interval(share))
    if report.scenario.has_core():
        yield from row(
            f"keeping the core terms, as proposed on {_core(report)} ({interval(summary.core)})", percent(summary.core)
        )
        yield from row(
            f"amended: another option on one of these ({interval(summary.amended)})", percent(summary.amended)
        )
    if report.scenario.tells_lasting():
        yield from row("signed, and still holding after a year", as_precisely(summary.holds, share))
    yield from row(f"{CEILING} ({interval(summary.ceiling)})", percent(summary.ceiling))


def _day(report: Report, each: ByDate) -> str:
    """A day with the last round that is over by then."""
    calendar = calendar_of(report.scenario)
    return f"{each.day if calendar is None else calendar.day_says(each.day)} ({report.scenario.round} {each.rounds})"


def _core(report: Report) -> str:
    """The issues that the proposal is about."""
    proposal = report.scenario.proposal
    return "; ".join(report.scenario.issues[issue].title for issue in (proposal.core if proposal else ()))


def _curve(report: Report) -> Iterator[str]:
    curve, unit = report.summary.curve, report.scenario.round
    last = len(curve.rounds)
    points = sorted({max(1, round(last * (n + 1) / CURVE_POINTS)) for n in range(CURVE_POINTS)})
    share = report.summary.likelihood
    figures = [
        f"{dated(report.scenario, point).removeprefix(f'{unit} ')}: {part_beside(float(curve.estimate[point - 1]), share)}"
        for point in points
    ]
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
        yield from wrap(f"(announced: {name} leaves {_in_round(report, int(leave.deadline) + 1)})")
    calendar = calendar_of(report.scenario)
    for of in phases_of(report)[:-1]:
        phase, latest = f"phase {of.phase.called()}: settled", within(report.scenario, of.rounds)
        yield from row(f"({phase}, {latest} at the latest)", percent(of.settled))
        for each in of.by:
            day = each.day if calendar is None else calendar.day_says(each.day)
            yield from row(f"({phase} by {day})", percent(each.share))
    if summary.reopened is not None and not math.isnan(summary.reopened.estimate):
        yield from row("(of what is signed, with a framework that the details changed)", percent(summary.reopened))
    if summary.reasons:
        yield "Why the others fail" + (" (indicative: levers depend on the talks)" if summary.indicative else "")
        ranked = sorted(summary.reasons.items(), key=lambda item: -item[1].estimate)
        for name, share in ranked:
            yield from row(REASONS[name], percent(share))
        if ranked[0][0] == "no_zone":
            yield from wrap("See what would open one: sim zopa FILE")


def _in_round(report: Report, number: int) -> str:
    """In which round, counted from 1, and the day on which that is over."""
    said, calendar = at_round(report.scenario.round, number), calendar_of(report.scenario)
    return said if calendar is None else f"{said}, over on {calendar.says(number)}"


def _blocking(report: Report) -> Iterator[str]:
    summary = report.summary
    if summary.lines:
        yield f"Red lines that refusals name, in {summary.failing():,} failing runs (in the last refusals; ever)"
        for line in summary.lines[:MOST_BLOCKERS]:
            yield from row(line_says(report.scenario, line.id), named(line))
        yield from wrap(NAMED)
    if summary.issues:
        yield "Issues on which offers fall short most (the same shares)"
        for issue in summary.issues[:MOST_BLOCKERS]:
            yield from row(report.scenario.issues[issue.id].title, named(issue))


def named(blocker: Blocker) -> str:
    """In how many failing runs the last refusals name it, and in how many any refusal does."""
    return f"{part(blocker.at_the_end, blocker.failing)}; {part(blocker.at_all, blocker.failing)}"


def _settlement(report: Report) -> Iterator[str]:
    settlement = report.summary.settlement
    if settlement is None:
        yield "Typical settlement: none, as no run agreed"
        return
    n = settlement.agreements
    of = "1 agreement" if n == 1 else f"{n:,} agreements"
    signed = f"; half are signed by {by_round(report.scenario, round(settlement.median_round))}" if n >= FEW else ""
    yield from wrap(f"Typical settlement (share of {of}{signed})", "")
    for name, shares in settlement.shares.items():
        issue, ranked = report.scenario.issues[name], sorted(shares.items(), key=lambda item: -item[1])
        said = ", ".join(f"{issue.label(option)} {part(share, n)}" for option, share in ranked if share >= 0.005)
        yield from wrap(f"{issue.title}: {said}")


def _terms(report: Report) -> Iterator[str]:
    """How far agreements lie between the positions of the sides, and whose position stands."""
    settlement = report.summary.settlement
    if settlement is None or not settlement.terms:
        return
    yield from wrap(TERMS, "")
    rows = []
    for party, terms in settlement.terms.items():
        face = settlement.face_terms.get(party)
        figures = [f"{figure:.2f}" for figure in (terms.mean, terms.low, terms.high, *([face.mean] if face else []))]
        rows.append([report.scenario.parties[party].name, *figures, *([] if face else ["none"])])
    yield from table(["", "mean", "a fifth\nis below", "a fifth\nis above", "mean at\nface value"], rows)
    yield from wrap("Face value: as if every deal lasted.")
    yield from wrap("Whose position stands, as a share of agreements (positions may be the same)", "")
    for issue, shares in settlement.stands.items():
        said = ", ".join(
            f"{report.scenario.parties[party].name} {part(share, settlement.agreements)}"
            for party, share in shares.items()
        )
        yield from wrap(f"{report.scenario.issues[issue].title}: {said}")


def _movers(report: Report) -> Iterator[str]:
    found = report.summary.influences
    if not found:
        yield f"What moves it most: {nothing_moves(report.summary)}"
        return
    yield from wrap(f"What moves it most ({fifths(report.summary)})", "")
    told = [one for k, one in enumerate(found) if k < MOST_INFLUENCES or is_fragile(report, one)]
    for influence in told:
        yield from row(*mover(report, influence))
    more = len(found) - len(told)
    if more:
        yield from wrap(f"({more} more stand{'s' * (more == 1)} out from noise; --json has all)")
    if any(influence.turn() for influence in told):
        yield from wrap(TURNS)


def fifths(summary: Summary) -> str:
    """What the figures of a row are, with how many runs each is of."""
    return f"likelihood in the lowest and highest fifth of its draws, some {round(summary.runs / FIFTHS):,} runs each"


def nothing_moves(summary: Summary) -> str:
    """Why nothing is said to move the likelihood."""
    agreements, failing = summary.agreements(), summary.failing()
    few, verb = (agreements, "agree") if agreements <= failing else (failing, "fail")
    if few >= FEW:
        return "nothing stands out from noise at this number of runs"
    return f"not told, as {f'only {few}' if few else 'no'} run{'s' * (few > 1)} {verb}{'s' * (few < 2)}"


def mover(report: Report, influence: Influence) -> tuple[str, str]:
    """What moves the likelihood, and from where to where; a label and a figure."""
    turn = influence.turn()
    told = [influence.low, *([turn] if turn else []), influence.high]
    figures = " -> ".join(part(share.estimate, share.n) for share in told)
    flag = " FRAGILE" if is_fragile(report, influence) else ""
    return number_says(report.scenario, influence.draw), f"{figures}  {source_kind(report, influence.path)}{flag}"


def is_fragile(report: Report, influence: Influence) -> bool:
    """Whether the likelihood hangs on a number that is no cited figure."""
    return source_kind(report, influence.path) != "cited" and influence.is_fragile()


def source_kind(report: Report, path: str) -> str:
    """What a number rests on: whether it is cited, a convention, assumed or overridden."""
    return next((entry.kind for entry in report.entries if entry.path == path), "assumed")


def _sources(report: Report) -> Iterator[str]:
    yield from paragraph(f"{kinds_say(report.counts())}.")
    if any("FRAGILE" in line for line in _movers(report)):
        yield from paragraph(FRAGILE)
    yield CAVEAT


BLOCKS: Mapping[str, Callable[[Report], Iterator[str]]] = {
    "title": _title,
    "earlier talks": earlier_talks,
    "headline": headline,
    "likelihood": _likelihood,
    "curve": _curve,
    "ends": _ends,
    "blocking": _blocking,
    "settlement": _settlement,
    "terms": _terms,
    "movers": _movers,
    "sources": _sources,
}
"""The blocks of the page by their names, in their order."""


def run_page(report: Report) -> str:
    """Everything that `sim run` prints of a study, but for what it wrote."""
    return page_of(blocks_of(BLOCKS, report).values()).replace("\n\n  agreed by", "\n  agreed by")
