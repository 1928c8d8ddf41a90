"""A calibration as plain data: what `sim calibrate --json` prints."""

from dataclasses import asdict
from typing import Any

from sim.analysis.calibration.moved import Moved
from sim.analysis.calibration.posterior import ItemFit
from sim.evidence import Stance
from sim.report.backtest.data import put_data
from sim.report.calibrate.calibration import ByDay, Calibration, counted
from sim.report.calibrate.page import NOTE, plain_words
from sim.report.run.dates import last_round
from sim.report.wording.figures import CAVEAT
from sim.scenario.kept_draws import in_spans


def calibration_data(found: Calibration) -> dict[str, Any]:
    """Everything that the page says, both whole curves and every number that moved."""
    posterior = found.posterior
    before, after = posterior.curves(last_round(found.scenario))
    return {
        "scenario": found.file,
        "title": found.scenario.title,
        "known_by": found.known_by,
        "until": found.until,
        "draws": posterior.draws,
        "seed": found.seed,
        "overrides": found.overrides,
        "plain_words": list(plain_words(found)),
        "errors": asdict(posterior.errors),
        "effective": posterior.effective,
        "kept": len(posterior.kept),
        "whole": posterior.whole,
        "most": posterior.most,
        "likelihood": [_by_day(one) for one in found.by_days()],
        "by_round": [
            {"round": int(t), "before": float(b), "low": float(low), "after": float(a), "high": float(high)}
            for t, b, low, a, high in zip(
                after.rounds, before.estimate, after.low, after.estimate, after.high, strict=True
            )
        ],
        "record": [_item(one, found) for one in posterior.items],
        "not_asked": found.not_asked,
        "looked_at": found.movement.looked_at,
        "moved": [_moved(one, found) for one in found.movement.moved],
        "alternatives": [
            {**asdict(one.errors), "effective": one.effective,
             "likelihood": asdict(one.likelihood) if one.likelihood else None}
            for one in posterior.alternatives
        ],
        "note": f"{NOTE} {CAVEAT}",
    }  # fmt: skip


def _by_day(one: ByDay) -> dict[str, Any]:
    date = str(one.day) if one.day else None
    return {"date": date, "rounds": one.rounds, "before": asdict(one.before), "after": asdict(one.after)}


def _item(one: ItemFit, found: Calibration) -> dict[str, Any]:
    recorded = one.item.recorded
    told = recorded.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"date"})
    fact = {} if isinstance(recorded, Stance) else {"kind": recorded.kind(), "rounds": one.item.rounds}
    asked = put_data(found.put[one.item.id])
    return {
        **told, **fact, "date": str(recorded.date), **asked, "group": one.group, "prior": one.prior,
        "posterior": one.posterior,
    }  # fmt: skip


def _moved(one: Moved, found: Calibration) -> dict[str, Any]:
    return {
        "path": one.path,
        "prior": asdict(one.prior),
        "posterior": asdict(one.posterior),
        "p_value": one.p_value,
        "source": found.source_kind(one.path),
    }


def posterior_data(found: Calibration) -> dict[str, Any]:
    """What a posterior file keeps: the draws that fit, as the key `draws` of a scenario, and what they fit."""
    posterior = found.posterior
    until = f" and by {found.until}" if found.until else ""
    items = counted([one.item for one in posterior.items])
    return {
        "scenario": found.name,
        "overrides": found.overrides,
        "known_by": found.known_by,
        "until": found.until,
        "errors": asdict(posterior.errors),
        "effective": posterior.effective,
        "kept": len(posterior.kept),
        "draws": {
            "seed": found.seed,
            "of": posterior.draws,
            "runs": in_spans(posterior.kept.tolist()),
            "fit": f"{items} recorded after {found.known_by}{until} ({found.name})",
        },
        "record": [_item(one, found) for one in posterior.items],
        "moved": [_moved(one, found) for one in found.movement.moved],
    }
