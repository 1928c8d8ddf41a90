"""What a run comes to, in plain words: the first lines of its page. Only what the run has data for is said."""

from collections.abc import Iterable, Iterator, Sequence

from sim.analysis.shares.likelihood import FEW, Share
from sim.evidence import is_later
from sim.report import Report
from sim.report.run.dates import OfPhase, by_dates, last_round, opens_small, phases_of, within
from sim.report.wording.draws import number_says
from sim.report.wording.figures import BECAUSE, line_says, part
from sim.report.wording.fractions import EDGE, WAY, deals, roughly, way
from sim.report.wording.layout import wrap
from sim.report.wording.packages import capital
from sim.scenario import OutsideView
from sim.scenario.calendar import calendar_of

HEAD = "In plain words, if the assumptions hold (a run is one negotiation played)"
OUTSIDE = "From outside (no figure of the model, and no aim of it)"


def headline(report: Report) -> Iterator[str]:
    """The block of the page."""
    yield HEAD
    yield from wrap(" ".join(plain_words(report)), hang="")
    yield from told_from_outside(outside_views(report))


def told_from_outside(views: Sequence[OutsideView]) -> Iterator[str]:
    """What others say, with the claims that it is from."""
    if views:
        yield OUTSIDE
    for view in views:
        yield from wrap(f"{view.says} [{', '.join(view.evidence)}]")


def outside_views(report: Report) -> tuple[OutsideView, ...]:
    """What others say or have counted about such talks, as far as it speaks of the scenario's date."""
    return beside(report.scenario.outside_view, report.scenario.date)


def beside(views: Iterable[OutsideView], date: str | None) -> tuple[OutsideView, ...]:
    """Those that are told beside a scenario of a date: all but what was out of date by then."""
    return tuple(view for view in views if view.until is None or date is None or not is_later(date, view.until))


def plain_words(report: Report) -> list[str]:
    """The sentences, one thought each."""
    parts = (_opening, _likelihood, _assumptions, _extreme, _later_phases, _terms, _departures, _lasting)
    return [sentence for part in parts for sentence in part(report)]


def _runs(share: Share) -> str:
    """A share with what it is a share of: 81 % of runs, 16 of 20 runs, no run, all runs."""
    said = roughly(share)
    whole = {"none": "no run", "all": "all runs"}
    return whole.get(said) or (f"{said} runs" if share.is_few() else f"{said} of runs")


def _opening(report: Report) -> Iterator[str]:
    """An opening phase that does not settle everything comes first."""
    if opens_small(report.scenario):
        first = phases_of(report)[0]
        yield f"The first phase ({first.phase.called()}) is settled in {_runs(first.settled)}, {_by_when(report, first)}."


def _by_when(report: Report, of: OfPhase) -> str:
    """By when a phase is settled at the latest, and in how many runs by earlier days."""
    calendar = calendar_of(report.scenario)
    earlier = [] if calendar is None else [f", {roughly(by.share)} by {calendar.day_says(by.day)}" for by in of.by]
    return f"{within(report.scenario, of.rounds)} at the latest{''.join(earlier)}"


def _likelihood(report: Report) -> Iterator[str]:
    share, scenario = report.summary.likelihood, report.scenario
    what = "The whole is agreed" if opens_small(scenario) else "The parties agree"
    calendar = calendar_of(scenario)
    if calendar is None:
        yield f"{what} in {_runs(share)} {within(scenario, last_round(scenario))}."
        return
    first, *others = by_dates(report)
    more = "".join(f", {roughly(each.share)} by {calendar.day_says(each.day)}" for each in others)
    yield f"{what} in {_runs(first.share)} by {calendar.day_says(first.day)}{more}."


def _assumptions(report: Report) -> Iterator[str]:
    found = report.summary.assumptions
    if found is None:
        return
    if found.is_clear():
        yield (
            f"In the least favourable fifth of the assumptions it is {roughly(found.low)}, in the most favourable "
            f"{roughly(found.high)}."
        )
    else:
        yield "No assumption moves that by more than chance does at this number of runs."


def _extreme(report: Report) -> Iterator[str]:
    """Of a scenario near 0 or 100 %: which red line or number makes it."""
    share = report.summary.likelihood
    if share.n < FEW or EDGE <= share.estimate <= 1.0 - EDGE:
        return
    yield from _why_never(report) if share.estimate < EDGE else _why_always(report)
    found = report.summary.influences
    if found:
        first = found[0]
        told = f"{part(first.low.estimate, first.low.n)} to {part(first.high.estimate, first.high.n)}"
        yield f"What moves it most is \u201c{number_says(report.scenario, first.draw)}\u201d ({told})."


def _why_never(report: Report) -> Iterator[str]:
    summary = report.summary
    reasons = {name: share for name, share in summary.reasons.items() if name in BECAUSE}
    if reasons:
        why = max(reasons, key=lambda name: reasons[name].estimate)
        yield f"It is so rare mostly because {BECAUSE[why]} ({_runs(reasons[why])})."
    if summary.lines and summary.lines[0].at_the_end > 0:
        line = summary.lines[0]
        named = part(line.at_the_end, line.failing)
        yield (
            f"When talks fail, the red line named most is \u201c{line_says(report.scenario, line.id)}\u201d ({named}); "
            f"`sim blockers {report.name}` plays what each line keeps from happening."
        )


def _why_always(report: Report) -> Iterator[str]:
    yield f"It is so common because some deal finds every consent it needs in {_runs(report.summary.ceiling)}."
    if not report.summary.influences:
        yield f"No number that is drawn makes it fail; `sim sensitivity {report.name} --ablations` tries parts of the model."


def _later_phases(report: Report) -> Iterator[str]:
    """The other phases, and how many of the runs that come so far end in agreement."""
    phases = phases_of(report)
    for of in phases[opens_small(report.scenario) : -1]:
        yield f"Phase \u201c{of.phase.called()}\u201d is settled in {_runs(of.settled)}, {_by_when(report, of)}."
    if phases and phases[-1].reached.hits:
        reached, agreements = phases[-1].reached.hits, report.summary.agreements()
        yield f"Of the runs that reach the last phase {part(agreements / reached, reached)} agree."


def _terms(report: Report) -> Iterator[str]:
    """How far deals lie towards the position of each belligerent."""
    settlement = report.summary.settlement
    if settlement is None or settlement.agreements < FEW:
        return
    told = [
        (party.name, way(settlement.terms[name].mean))
        for name, party in report.scenario.parties.items()
        if party.role == "belligerent" and name in settlement.terms
    ]
    if told:
        said = ", ".join(f"{name} {far}" for name, far in told)
        counted = " (counted from the other side's)" if WAY in said else ""
        yield f"On average a deal gives {said}{counted}."


def _departures(report: Report) -> Iterator[str]:
    share, leave = report.summary.after_departure, report.scenario.walk_away
    if share is not None and share.n >= FEW and share.estimate >= EDGE:
        who = "" if leave is None else f" ({report.scenario.parties[leave.by].name})"
        yield f"{capital(deals(share.estimate, share.n))} are signed after the mediator{who} has left the talks."


def _lasting(report: Report) -> Iterator[str]:
    summary = report.summary
    if report.scenario.tells_lasting() and summary.agreements() >= FEW:
        broken = 1.0 - summary.holds / summary.likelihood.estimate
        yield (
            f"{capital(deals(broken, summary.agreements()))} would not last a year, as the belligerent sees it that trusts "
            "them least."
        )
