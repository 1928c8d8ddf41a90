"""Reported answers beside the model's as plain data: what `sim stances --json` prints."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sim.analysis.validation.answer_probabilities import Answer, Reply
from sim.analysis.validation.brier import Verdict, judge
from sim.analysis.validation.controls import SELDOM, Controlled
from sim.analysis.validation.own_proposals import PutBack
from sim.evidence import Inquiry
from sim.report.stances.apart import CONTROLS, OWN
from sim.report.stances.asked import AskedStances, StanceReport
from sim.report.stances.page import NOTE, PARTS, comes_to, plain_words
from sim.report.stances.why import why_missed
from sim.scenario import Scenario


def _asked_data(asked: Inquiry) -> dict[str, Any]:
    return {
        "id": asked.id,
        "party": asked.party,
        "date": str(asked.date),
        "proposal": asked.proposal,
        "lasts": asked.lasts,
        "about": asked.about,
        "claims": list(asked.claims),
    }


def _answer_data(answer: Answer) -> dict[str, Any]:
    return {
        "takes": answer.takes(),
        "margin": answer.margin,
        "held_against": answer.against,
        "red_lines": answer.lines,
        "falls_short": answer.short(),
        "dearest_issue": answer.dearest,
    }


def _reply_data(scenario: Scenario, reply: Reply) -> dict[str, Any]:
    return {
        **_asked_data(reply.stance),
        "answer": reply.stance.answer,
        "probability": asdict(reply.probability()),
        "score": reply.score(),
        "hit": reply.is_hit(),
        "alone": {rule: _alone(reply, rule) for rule in PARTS},
        **_answer_data(reply.answer),
        "why_missed": why_missed(scenario, reply) or None,
    }


def _own_data(group: AskedStances, each: PutBack) -> dict[str, Any]:
    return {
        "scenario": group.file,
        **_asked_data(each.stance),
        "as_tabled": {"share": asdict(each.tabled.share()), **_answer_data(each.tabled)},
        "bare": {"share": asdict(each.bare.share()), **_answer_data(each.bare)},
        "taken": each.is_taken(),
    }


def _control_data(group: AskedStances, each: Controlled) -> dict[str, Any]:
    return {
        "scenario": group.file,
        **_asked_data(each.control),
        "share": asdict(each.answer.share()),
        **_answer_data(each.answer),
        "turned_down": each.is_turned_down(),
    }


def _own_proposals(report: StanceReport) -> dict[str, Any]:
    rows = [_own_data(group, each) for group in report.asked for each in group.own]
    taken = sum(each.is_taken() for each in report.own())
    return {"proposals": rows, "count": len(rows), "taken": taken, "note": OWN}


def _controls(report: StanceReport) -> dict[str, Any]:
    rows = [_control_data(group, each) for group in report.asked for each in group.controls]
    down = sum(each.is_turned_down() for each in report.controls())
    told = {"limit": SELDOM, "count": len(rows), "turned_down": down, "note": CONTROLS}
    return {"controls": rows, **told, "not_asked": report.controls_not_asked}


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
        for group in report.groups()
    ]
    return {
        "worlds": report.worlds,
        "seed": report.seed,
        "overrides": report.overrides,
        "plain_words": plain_words(report),
        "groups": groups,
        "totals": _totals(report.replies()),
        "comes_to": comes_to(report),
        "not_asked": report.not_asked,
        "note": NOTE,
        "own_proposals": _own_proposals(report),
        "controls": _controls(report),
    }
