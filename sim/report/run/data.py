"""The figures of one study as plain data, for programs: `summary.json` and `--json`."""

from dataclasses import asdict
from typing import Any

from sim.analysis.influence import Influence, Slope
from sim.analysis.shares.likelihood import Curve
from sim.report import Report
from sim.report.run.dates import ByDate, by_dates, phases_of
from sim.report.run.earlier_talks import earlier_data
from sim.report.run.headline import outside_views, plain_words
from sim.report.run.page import is_fragile, source_kind
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT
from sim.scenario.calendar import Calendar, calendar_of


def _curve(curve: Curve, calendar: Calendar | None) -> list[dict[str, Any]]:
    """A row a round, with the day on which it is over."""
    rows = zip(curve.rounds, curve.estimate, curve.low, curve.high, strict=True)
    return [
        {"round": int(t), **_date(calendar, int(t)), "estimate": float(e), "low": float(a), "high": float(b)}
        for t, e, a, b in rows
    ]


def _date(calendar: Calendar | None, rounds: int) -> dict[str, str]:
    return {} if calendar is None else {"date": str(calendar.end_of(rounds))}


def _by_date(by: ByDate) -> dict[str, Any]:
    return {"date": str(by.day), "rounds": by.rounds, **asdict(by.share)}


def _plain(report: Report) -> dict[str, Any]:
    """The first lines of the page, and what they are made of."""
    summary, calendar = report.summary, calendar_of(report.scenario)
    found = summary.assumptions
    return {
        "plain_words": plain_words(report),
        "by_date": [_by_date(by) for by in by_dates(report)],
        "assumptions": None if found is None else {**asdict(found), "is_clear": found.is_clear()},
        "phases": [
            {
                "phase": of.phase.id, "rounds": of.rounds, **_date(calendar, of.rounds),
                "reached": asdict(of.reached), "settled": asdict(of.settled),
                "by_date": [_by_date(by) for by in of.by], "by_round": _curve(of.curve, calendar),
            }
            for of in phases_of(report)
        ],
        "signed_after_departure": None if summary.after_departure is None else asdict(summary.after_departure),
        "outside_view": [
            {"id": view.id, "says": view.says, "evidence": list(view.evidence)} for view in outside_views(report)
        ],
    }  # fmt: skip


def _slope(slope: Slope) -> dict[str, float]:
    return {"estimate": slope.estimate, "low": slope.low, "high": slope.high, "level": slope.level}


def _influence(report: Report, influence: Influence) -> dict[str, Any]:
    return {
        "path": influence.path,
        "draw": influence.draw,
        "low": asdict(influence.low),
        "high": asdict(influence.high),
        "fifths": [asdict(fifth) for fifth in influence.fifths],
        "per_sd": None if influence.slope is None else _slope(influence.slope),
        "p_value": influence.p_value,
        "source": source_kind(report, influence.path),
        "fragile": is_fragile(report, influence),
    }


def run_data(report: Report) -> dict[str, Any]:
    """Everything that the page says, and the whole curve."""
    summary = report.summary
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "runs": summary.runs,
        "agreements": summary.agreements(),
        "seed": report.seed,
        "engine": report.engine,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        **earlier_data(report),
        **_plain(report),
        "likelihood": asdict(summary.likelihood),
        "core": asdict(summary.core),
        "amended": asdict(summary.amended),
        "holds": summary.holds if report.scenario.tells_lasting() else None,
        "reversals": {"issues": summary.reversals, "runs": asdict(summary.reversing)},
        "by_round": _curve(summary.curve, calendar_of(report.scenario)),
        "ends": {name: asdict(share) for name, share in summary.ends.items()},
        "why": {name: asdict(share) for name, share in summary.reasons.items()},
        "why_is_indicative": summary.indicative,
        "ceiling": asdict(summary.ceiling),
        "mediator_left": asdict(summary.departures),
        "phases_settled": {of.phase.id: asdict(of.settled) for of in phases_of(report)[:-1]},
        "reopened": None if summary.reopened is None else asdict(summary.reopened),
        "red_lines": [asdict(line) for line in summary.lines],
        "issues": [asdict(issue) for issue in summary.issues],
        "settlement": None if summary.settlement is None else asdict(summary.settlement),
        "influences": [_influence(report, influence) for influence in summary.influences],
        "numbers": report.counts(),
        "note": CAVEAT,
    }
