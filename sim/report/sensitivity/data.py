"""What changes of the model do, as plain data: `sim sensitivity --json`."""

from dataclasses import asdict, dataclass
from typing import Any

from sim.analysis.sensitivity.effects import LEAST, Ablations, Change, Effect
from sim.analysis.shares.likelihood import share_of
from sim.report.wording.draws import number_says
from sim.report.wording.figures import CAVEAT
from sim.scenario import Scenario


@dataclass(frozen=True)
class AblationReport:
    """The ablations of one scenario."""

    scenario: Scenario
    name: str
    found: Ablations
    runs: int
    seed: int
    overrides: dict[str, str]


def ablation_data(report: AblationReport) -> dict[str, Any]:
    """Everything that the page says."""
    before = report.found.before
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "runs": report.runs,
        "seed": report.seed,
        "overrides": report.overrides,
        "likelihood": asdict(share_of(before.agreed)),
        "ceiling": asdict(share_of(before.zone)),
        "changes": [_change(report, change, effect) for change, effect in report.found.effects],
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
