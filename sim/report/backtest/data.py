"""A backtest as plain data: what `sim backtest --json` prints."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sim.analysis.validation.backtest import MODEL, PARTS, Foretold, Judged, Shown
from sim.analysis.validation.reliability import BAND, Reliability
from sim.report.backtest.asked import Backtest
from sim.report.backtest.page import NOTE, RIVALS_SAID, comes_to
from sim.scenario.older_options import OlderTerms


def backtest_data(report: Backtest) -> dict[str, Any]:
    """Everything that the page says, for programs."""
    return {
        "known_by": report.known_by,
        "scenario": report.file,
        "title": report.scenario.title,
        "date": report.scenario.date,
        "worlds": report.worlds,
        "seed": report.seed,
        "overrides": report.overrides,
        "comes_to": list(comes_to(report)),
        "fell_back": [asdict(one) for one in report.fell_back],
        "out_of_period": {
            **(_judged_data(report.judged) if report.judged else {"model": None}),
            "without_own_proposals": _judged_data(report.judged_others) if report.judged_others else None,
            "answers": [_answer_data(one, report) for one in report.told],
            "facts": {
                "model": asdict(report.judged_facts) if report.judged_facts else None,
                "shown": [_fact_data(one, report) for one in report.shown],
            },
            "not_asked": report.not_asked,
        },
        "in_sample": _in_sample(report),
        "note": NOTE,
    }


def _judged_data(judged: Judged) -> dict[str, Any]:
    skill = asdict(judged.skill) if judged.skill else None
    return {
        "model": {**asdict(judged.model), "skill": skill},
        "parts": {rule: asdict(one) for rule, one in judged.parts.items()},
        "rivals": {name: {"what": RIVALS_SAID[name], **asdict(one)} for name, one in judged.rivals.items()},
        "reliability": _reliability_data(judged.reliability),
    }


def _reliability_data(curve: Reliability) -> dict[str, Any]:
    return {
        "forecast": curve.forecast.tolist(),
        "count": curve.count.astype(int).tolist(),
        "observed": curve.observed.tolist(),
        "band": {"level": BAND, "low": curve.low.tolist(), "high": curve.high.tolist()},
        "miscalibration": curve.miscalibration,
        "discrimination": curve.discrimination,
        "uncertainty": curve.uncertainty,
    }


def _answer_data(one: Foretold, report: Backtest) -> dict[str, Any]:
    return {**_plain_answer(one), **put_data(report.put[one.stance.id])}


def _plain_answer(one: Foretold) -> dict[str, Any]:
    stance = one.stance
    return {
        "id": stance.id,
        "party": stance.party,
        "date": str(stance.date),
        "proposal": stance.proposal,
        "about": stance.about,
        "answer": stance.answer,
        "claims": list(stance.claims),
        "takes": {rule: one.takes(rule) for rule in (MODEL, *PARTS)},
        "probability": one.takes() if one.took() else 1.0 - one.takes(),
    }


def _fact_data(one: Shown, report: Backtest) -> dict[str, Any]:
    fact = one.fact.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"date"})
    return {
        **fact,
        "date": str(one.fact.date),
        "kind": one.fact.kind(),
        "rounds": one.rounds,
        "probability": one.probability,
        **put_data(report.put[one.fact.id]),
    }


def put_data(put: OlderTerms) -> dict[str, Any]:
    """The terms that were asked in place of recorded ones, and why."""
    variants = [{"share": share, "terms": terms} for share, terms in put.variants]
    return {"asked": variants, "instead": put.changes, "assumed": list(put.assumed)}


def _in_sample(report: Backtest) -> dict[str, Any] | None:
    found = report.in_sample
    if found is None:
        return None
    told: Sequence[Foretold] = found.told
    return {
        "scenarios": list(found.files),
        **_judged_data(found.judged),
        "answers": [_plain_answer(one) for one in told],
    }
