"""Reported answers beside the model's as plain data: what `sim stances --json` prints."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sim.analysis.validation.answer_probabilities import Reply
from sim.analysis.validation.brier import Verdict, judge
from sim.report.stances.page import NOTE, PARTS, StanceReport, comes_to, why_missed
from sim.scenario import Scenario


def _reply_data(scenario: Scenario, reply: Reply) -> dict[str, Any]:
    stance = reply.stance
    return {
        "id": stance.id,
        "party": stance.party,
        "date": str(stance.date),
        "proposal": stance.proposal,
        "about": stance.about,
        "answer": stance.answer,
        "claims": list(stance.claims),
        "takes": reply.takes(),
        "probability": asdict(reply.probability()),
        "score": reply.score(),
        "hit": reply.is_hit(),
        "alone": {rule: _alone(reply, rule) for rule in PARTS},
        "margin": reply.margin,
        "held_against": "stalemate" if reply.stalled else "no_deal",
        "red_lines": reply.lines,
        "falls_short": reply.short(),
        "dearest_issue": reply.dearest,
        "why_missed": why_missed(scenario, reply) or None,
    }


def _alone(reply: Reply, rule: str) -> dict[str, Any]:
    probability = asdict(reply.probability(rule))
    return {"probability": probability, "score": reply.score(rule), "hit": reply.is_hit(rule)}


def _totals(replies: Sequence[Reply]) -> dict[str, Any]:
    alone = {rule: _verdict_data(judge(replies, rule)) for rule in PARTS}
    return {**_verdict_data(judge(replies)), "alone": alone}


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    return {**asdict(verdict), "skill": verdict.skill()}


def stances_data(report: StanceReport) -> dict[str, Any]:
    """Everything that the page says, for programs."""
    groups = [
        {
            "scenario": group.file,
            "title": group.scenario.title,
            "date": group.scenario.date,
            "stances": [_reply_data(group.scenario, reply) for reply in group.replies],
            "totals": _totals(group.replies),
        }
        for group in report.groups
    ]
    return {
        "worlds": report.worlds,
        "seed": report.seed,
        "overrides": report.overrides,
        "groups": groups,
        "totals": _totals(report.replies()),
        "comes_to": comes_to(report),
        "not_asked": report.not_asked,
        "note": NOTE,
    }
