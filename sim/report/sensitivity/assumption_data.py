"""What the answer hangs on over all assumptions, as plain data: `sim sensitivity --json`."""

from dataclasses import asdict
from typing import Any

from sim.analysis.influence import RATE
from sim.analysis.sensitivity.given_data import Dependence
from sim.report.sensitivity.assumption_page import plain_words
from sim.report.sensitivity.assumptions import AssumptionReport
from sim.report.sensitivity.moves import TargetReport
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT


def assumption_data(report: AssumptionReport, target: TargetReport | None = None) -> dict[str, Any]:
    """Everything that the page says, and every assumption that stands out."""
    sample, found = report.sample, report.judged
    parties = list(report.scenario.parties)
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "runs": len(sample.coding),
        "codings": sample.codings,
        "codings_refused": sample.refused,
        "seed": report.seed,
        "by": report.by,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "likelihood": {"as_stated": asdict(report.stated), "over_codings": asdict(report.over_all)},
        "looked_at": found.looked_at,
        "false_discovery_rate": RATE,
        "agreement": [_row(report, one, True) for one in found.agreement],
        "terms": {parties[side]: [_row(report, one, False) for one in rows] for side, rows in found.terms.items()},
        **({"target": target.data()} if target is not None else {}),
        "conventions": [
            {"path": one.path, "says": report.says(one.path), "source": one.kind, "low": one.low, "stated": one.stated,
             "high": one.high}
            for one in report.conventions.values()
        ],
        "plain_words": plain_words(report),
        "note": CAVEAT,
    }  # fmt: skip


def _row(report: AssumptionReport, one: Dependence, is_share: bool) -> dict[str, Any]:
    convention = report.conventions.get(one.path)
    row: dict[str, Any] = {
        "path": one.path,
        "says": report.says(one.path),
        "source": report.kind(one.path),
        "is_convention": convention is not None,
        "range": [convention.low, convention.high] if convention is not None else None,
        "units": one.units,
        "fifths": [asdict(fifth) for fifth in one.fifths],
        "first_order": asdict(one.first_order),
        "p_value": one.p_value,
    }
    total = report.totals.get(one.path)
    if is_share and total is not None:
        row["total"] = asdict(total)
    return row | {"delta": asdict(one.delta), "pawn": one.pawn} if is_share else row
