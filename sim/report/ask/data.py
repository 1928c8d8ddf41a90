"""Answers to a draft as plain data: what `sim ask --json` prints."""

from dataclasses import asdict
from typing import Any

from sim.analysis.draft.amendments import Amendment
from sim.report.ask.page import plain_words, why
from sim.report.ask.report import AskReport
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT


def ask_data(report: AskReport) -> dict[str, Any]:
    """Everything that the page says, and all amendments that are kept."""
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "seed": report.heard.seed,
        "worlds": report.heard.worlds,
        "asked_on": None if report.day is None else report.day.isoformat(),
        "rounds_over": report.heard.after,
        "plain_words": plain_words(report),
        **_of_draft(report),
        "against": None if report.against is None else _beside(report, report.against),
        "talks": None if report.talks is None else asdict(report.talks),
        "note": CAVEAT,
    }


def _of_draft(report: AskReport) -> dict[str, Any]:
    heard, names = report.heard, report.game.names
    terms = names.package(heard.draft.package)
    return {
        "draft": report.title,
        "named": {issue: terms[issue] for issue, said in zip(names.issues, heard.draft.named, strict=True) if said},
        "package": terms,
        "opens_talks_for_rounds": heard.opens,
        "off_the_table": report.off_the_table(),
        "consent": [list(coalition) for coalition in heard.coalitions],
        "answers": {party: _answer(report, party) for party in report.asked()},
        "all_consent": asdict(report.settled()),
        "lasts_a_year": heard.lasts if report.scenario.tells_lasting() else None,
        "passes_at_home": heard.passes,
        "worth_of_terms": heard.terms,
        "amendments": _amendments(report),
    }


def _answer(report: AskReport, party: str) -> dict[str, Any]:
    answer = report.heard.answers[party]
    return {
        "takes": asdict(answer.share()),
        "takes_as_stated": report.heard.stated[party],
        "margin": answer.margin,
        "held_against": answer.against,
        "red_lines": answer.lines,
        "falls_short": answer.short(),
        "dearest_issue": answer.dearest,
        "why": why(report, party),
    }


def _amendments(report: AskReport) -> dict[str, Any]:
    found = report.amendments
    one = {party: [_amendment(report, each) for each in kept] for party, kept in found.turn_one.items()}
    return {
        "say_no": list(found.noes),
        "needed": found.is_needed,
        "issues_at_most": found.depth,
        "packages_looked_at": found.looked_at,
        "turn_every_no": [_amendment(report, each) for each in found.turn_all],
        "turn_one": {party: kept for party, kept in one.items() if party in report.asked()},
        "nearest": None if found.nearest is None else _amendment(report, found.nearest),
    }


def _amendment(report: AskReport, each: Amendment) -> dict[str, Any]:
    return {
        "changes": each.changes,
        "takes": {party: asdict(share) for party, share in each.takes.items()},
        "all_consent": asdict(each.consents),
        "takes_in_other_worlds": each.takes_in_others,
        "worth_beside_the_draft": each.gains,
        "costs_others": each.cost,
        "command": report.command(each),
    }


def _beside(report: AskReport, other: AskReport) -> dict[str, Any]:
    more = {party: asdict(report.more_takes(other, party)) for party in report.asked()}
    return {**_of_draft(other), "draft_takes_more": more, "draft_all_consent_more": asdict(report.more_settled(other))}
