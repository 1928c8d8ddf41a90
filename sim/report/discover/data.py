"""Regions of the assumptions as plain data: what `sim discover --json` prints and `--save` writes."""

from dataclasses import asdict
from typing import Any

from sim.analysis.discovery.regions import Region
from sim.report.discover.page import limit_says, plain_words, play_inside
from sim.report.discover.report import Discovery, is_chance
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT
from sim.scenario.kept_draws import in_spans


def discovery_data(report: Discovery) -> dict[str, Any]:
    """Everything that the page says."""
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "runs": report.overall.n,
        "seed": report.seed,
        "where": str(report.where),
        "overall": asdict(report.overall),
        "looked_at": report.found.inputs,
        "plain_words": plain_words(report),
        "regions": [_region(report, k, region) for k, region in enumerate(report.found.found)],
        "coverage_together": asdict(report.found.together),
        "note": CAVEAT,
    }


def _region(report: Discovery, k: int, region: Region) -> dict[str, Any]:
    return {
        "outcome": asdict(report.outcome_in(region)),
        "density": asdict(region.density),
        "coverage": asdict(region.coverage),
        "mass": asdict(region.mass),
        "limits": [
            {
                "path": one.path,
                "says": limit_says(report, one),
                "from": None if is_chance(one) or one.low <= 0.0 else report.ends(one)[0],
                "to": None if is_chance(one) or one.high >= 1.0 else report.ends(one)[1],
                "so": one.low > 0.0 if is_chance(one) else None,
                "quantiles": [one.low, one.high],
                "quasi_p": one.quasi_p,
                "source": report.source_kind(one.path),
            }
            for one in region.limits
        ],
        "play": list(play_inside(report, k)),
    }


def region_posterior(report: Discovery, k: int) -> dict[str, Any]:
    """The runs of a region as a posterior file has them: what `--posterior` plays."""
    region = report.found.found[k]
    limits = "; ".join(limit_says(report, one) for one in region.limits)
    return {
        "scenario": report.name,
        "overrides": report.overrides,
        "draws": {
            "seed": report.seed,
            "of": report.overall.n,
            "runs": in_spans(report.inside[k].tolist()),
            "fit": f"a region in which {report.where}: {limits} ({report.name})",
        },
        "moved": [{"path": one.path} for one in region.limits],
    }
