"""Reported answers beside the model's as plain data: what `sim stances --json` prints."""

from dataclasses import asdict
from typing import Any

from sim.analysis.validation.answer_probabilities import Reply
from sim.analysis.validation.brier import Verdict, judge
from sim.report.stances.page import NOTE, StanceReport, why_missed
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
        "takes": reply.takes / reply.worlds,
        "probability": asdict(reply.probability()),
        "score": reply.score(),
        "hit": reply.is_hit(),
        "margin": reply.margin,
        "red_lines": reply.lines,
        "falls_short": reply.short,
        "dearest_issue": reply.dearest,
        "why_missed": why_missed(scenario, reply) or None,
    }


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
            "totals": _verdict_data(judge(group.replies)),
        }
        for group in report.groups
    ]
    return {
        "worlds": report.worlds,
        "seed": report.seed,
        "overrides": report.overrides,
        "groups": groups,
        "totals": _verdict_data(report.verdict()),
        "not_asked": report.not_asked,
        "note": NOTE,
    }
