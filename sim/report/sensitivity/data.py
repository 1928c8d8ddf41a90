"""What changes of the model do, as plain data: `sim sensitivity --json`."""

from dataclasses import asdict
from typing import Any

from sim.analysis.sensitivity.effects import LEAST, Change, Effect
from sim.analysis.shares.likelihood import share_of
from sim.report.sensitivity.headline import plain_words
from sim.report.sensitivity.report import AblationReport
from sim.report.wording.draws import kept_data, number_says
from sim.report.wording.figures import CAVEAT


def ablation_data(report: AblationReport) -> dict[str, Any]:
    """Everything that the page says."""
    before = report.found.before
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "runs": report.runs,
        "seed": report.seed,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "likelihood": asdict(share_of(before.agreed)),
        "ceiling": asdict(share_of(before.zone)),
        "changes": [_change(report, change, effect) for change, effect in report.found.effects],
        "plain_words": plain_words(report),
        "small_below": LEAST,
        "note": CAVEAT,
    }


def _change(report: AblationReport, change: Change, effect: Effect) -> dict[str, Any]:
    return {
        "mechanism": change.mechanism,
        "path": change.path or None,
        "says": number_says(report.scenario, change.path) if change.path else None,
        "standard_deviations": change.by if change.path else None,
        "likelihood": asdict(effect.likelihood),
        "ceiling": asdict(effect.ceiling),
        "terms": {
            party: asdict(move)
            for party, move in zip(report.scenario.parties, effect.terms, strict=True)
            if move is not None
        },
        "small": effect.is_small(),
    }
