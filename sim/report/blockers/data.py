"""What blocks, as plain data for programs."""

from dataclasses import asdict
from typing import Any

from sim.analysis.blockers.disagreement import Blocking
from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.removed_lines import Removal
from sim.report.blockers.disagreements import SAY, plain_words
from sim.report.blockers.report import BlockersReport, stage_says
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT, line_says


def blockers_data(report: BlockersReport) -> dict[str, Any]:
    """Everything that the page says."""
    base = report.base
    summary = base.summary
    return {
        "scenario": base.name,
        "title": base.scenario.title,
        "runs": summary.runs,
        "failed": report.failed(),
        "seed": base.seed,
        "overrides": base.overrides,
        **kept_data(base.scenario),
        "likelihood": asdict(summary.likelihood),
        "ceiling": asdict(summary.ceiling),
        "red_lines": [_line(report, line) for line in report.lines],
        "together": [{"kind": kind, **_removal(removed)} for kind, removed in report.jointly],
        "zone_as_stated": None if report.not_followed else not report.sets,
        "not_followed": report.not_followed or None,
        "minimal_sets": [_sets(report, stage) for stage in report.sets],
        "disagreements": [
            {"kind": finding.kind, "red_lines": list(finding.lines), "says": SAY[finding.kind](report, finding)}
            for finding in report.findings()
        ],
        "why": {name: asdict(share) for name, share in summary.reasons.items()},
        "issues": [asdict(issue) for issue in summary.issues],
        "asked_above_no_deal": report.demands,
        "plain_words": plain_words(report) if report.lines and report.failed() else [],
        "note": CAVEAT,
    }


def _line(report: BlockersReport, line: Blocking) -> dict[str, Any]:
    owner = next(
        name for name, party in report.base.scenario.parties.items() if line.id in {each.id for each in party.red_lines}
    )
    removed = _removal(line.alone)
    return {
        "number": report.number(line.id),
        "id": line.id,
        "party": owner,
        "says": line_says(report.base.scenario, line.id),
        "same_as": list(report.twins[line.id]),
        "at_the_end": line.named.at_the_end,
        "at_all": line.named.at_all,
        "removal": {name: found for name, found in removed.items() if name != "red_lines"},
        "behind": None if line.alone.behind is None else asdict(line.alone.behind),
        "minimal_sets": [
            {"stage": stage.phase, "of": len(stage.sets), **asdict(stage.membership(line.id))} for stage in report.sets
        ],
    }


def _removal(removed: Removal) -> dict[str, Any]:
    return {
        "red_lines": list(removed.lines),
        "agreement": asdict(removed.agreement),
        "ceiling": asdict(removed.ceiling),
        "lost": asdict(removed.lost),
        "failing": asdict(removed.failing),
        "instead": None if removed.instead is None else asdict(removed.instead),
    }


def _sets(report: BlockersReport, stage: MinimalSets) -> dict[str, Any]:
    return {
        "stage": stage.phase,
        "about": stage_says(report, stage),
        "sets": [{"red_lines": list(each.lines), "firmness": each.firmness} for each in stage.sets],
        "most_lines": stage.most,
        "complete": stage.is_whole,
        "least_cut": stage.cut,
    }
