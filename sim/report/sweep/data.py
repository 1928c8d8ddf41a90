"""A sweep as plain data: what `sim sweep --json` prints, and `points.json`."""

import math
from dataclasses import asdict
from typing import Any

from sim.analysis.shares.point_rows import point_rows
from sim.analysis.shares.tipping import tippings_along
from sim.report.sweep.headline import plain_words
from sim.report.sweep.report import SweepReport
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT


def sweep_data(report: SweepReport) -> dict[str, Any]:
    """A sweep as data for programs."""
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "paths": list(report.design.paths),
        "runs": report.runs,
        "seed": report.seed,
        **kept_data(report.scenario),
        "rows": len(report.rows),
        "points": point_rows(report.design, report.figures, report.scenario.parties),
        "tipping_points": [
            {"path": axis.path, "level": 0.5, "at": each.at, "low": _finite(each.low), "high": _finite(each.high)}
            for axis, shares in ([] if report.curve is None else [report.curve])
            for each in tippings_along(axis, shares)
        ],
        "from_first_to_last": {
            path: None if found is None else asdict(found)
            for path, found in ((path, report.apart(path)) for path in report.design.paths)
        },
        "plain_words": plain_words(report),
        **({"by_date": _by_days(report)} if report.by_days else {}),
        "note": CAVEAT,
    }


def _by_days(report: SweepReport) -> dict[str, list[dict[str, Any] | None]]:
    """day: the likelihood at each design point; none where no runs are in."""
    return {
        str(day): [asdict(found.share(k)) if found.rows[k] else None for k in range(len(report.design))]
        for day, found in report.by_days.items()
    }


def _finite(value: float) -> float | None:
    """An end of an interval; none where it lies beyond what was swept."""
    return value if math.isfinite(value) else None
