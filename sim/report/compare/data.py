"""A comparison of scenarios, and its figures as plain data: `comparison.json`, `--json`, and rows for a table."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import Share
from sim.analysis.summary import typical
from sim.report import Report
from sim.report.compare.headline import plain_words
from sim.report.run.data import run_data
from sim.report.run.dates import by_dates
from sim.report.run.page import source_kind
from sim.report.wording.draws import kept_data
from sim.report.wording.figures import CAVEAT, ENDS, REASONS


@dataclass(frozen=True)
class Comparison:
    """Studies of two or more scenarios over the same draws, with their files."""

    reports: tuple[Report, ...]
    files: tuple[str, ...]
    differences: tuple[Difference, ...]  # of each but the first, from the first

    def by_days(self, days: tuple[datetime.date, ...]) -> "Comparison":
        """The same, asked for the likelihood by some days."""
        return replace(self, reports=tuple(replace(report, by=days) for report in self.reports))

    def against_first(self) -> list[Difference | None]:
        """For each scenario its difference; none for the first."""
        return [None, *self.differences]


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Everything that the page says, and each study's figures as `sim run` gives them."""
    first, *others = comparison.reports
    return {
        "runs": first.summary.runs,
        "seed": first.seed,
        "overrides": first.overrides,
        **kept_data(first.scenario),
        "scenarios": [
            _scenario(k, report, file)
            for k, (report, file) in enumerate(zip(comparison.reports, comparison.files, strict=True))
        ],
        "differences": [
            {"scenario": report.name, "against": first.name, **asdict(difference)}
            for report, difference in zip(others, comparison.differences, strict=True)
        ],
        "typical": _typical(comparison),
        "plain_words": plain_words(comparison.reports, comparison.differences),
        "note": CAVEAT,
    }


def _scenario(k: int, report: Report, file: str) -> dict[str, Any]:
    settlement = report.summary.settlement
    figures = run_data(report)
    if not report.scenario.has_core():
        figures |= {"core": None, "amended": None}
    return {
        "number": k + 1,
        "file": file,
        "date": report.scenario.date,
        **figures,
        "gains": None if settlement is None else settlement.gains(),
    }


def _typical(comparison: Comparison) -> dict[str, dict[str, dict[str, float]]]:
    """issue: option: scenario in which it is the most frequent one: its share of the agreements."""
    names = [report.name for report in comparison.reports]
    found = typical([report.summary.settlement for report in comparison.reports])
    return {
        issue: {option: {names[k]: share for k, share in shares.items()} for option, shares in options.items()}
        for issue, options in found.items()
    }


def comparison_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """A row a scenario: its headline figures as flat columns, nothing where a figure does not apply."""
    pairs = zip(comparison.reports, comparison.files, comparison.against_first(), strict=True)
    return [_row(k, report, file, difference) for k, (report, file, difference) in enumerate(pairs)]


def _row(k: int, report: Report, file: str, difference: Difference | None) -> dict[str, Any]:
    summary, core = report.summary, report.scenario.has_core()
    settlement = summary.settlement
    return {
        "number": k + 1,
        "scenario": report.name,
        "title": report.scenario.title,
        "date": report.scenario.date or "",
        "file": file,
        "runs": summary.runs,
        **_flat("likelihood", asdict(summary.likelihood)),
        **_flat("difference", asdict(difference) if difference else {}),
        **_assumptions(report),
        **{f"by.{each.day}": each.share.estimate for each in by_dates(report)},
        **_flat("core", asdict(summary.core) if core else {}),
        **_flat("ceiling", asdict(summary.ceiling)),
        **({f"terms.{party}": terms.mean for party, terms in settlement.terms.items()} if settlement else {}),
        "holds": summary.holds if report.scenario.tells_lasting() else None,
        "mediator_left": summary.departures.estimate,
        "median_round": settlement.median_round if settlement else None,
        **_estimates("end", ENDS, summary.ends),
        **_estimates("why", REASONS, summary.reasons),
        "why_is_indicative": summary.indicative,
        **_foremost(report),
        **{f"numbers.{kind}": count for kind, count in report.counts().items()},
        **({f"gain.{party}": gain for party, gain in settlement.gains().items()} if settlement else {}),
        **({f"value.{party}": value for party, value in settlement.value.items()} if settlement else {}),
        **({f"worth.{party}": worth for party, worth in settlement.worth.items()} if settlement else {}),
        **({f"no_deal.{party}": value for party, value in settlement.no_deal.items()} if settlement else {}),
    }


def _assumptions(report: Report) -> dict[str, float | None]:
    found = report.summary.assumptions
    return {
        "assumptions.low": found.low.estimate if found else None,
        "assumptions.high": found.high.estimate if found else None,
    }


def _flat(name: str, figures: dict[str, float]) -> dict[str, float | None]:
    parts = {name: "estimate", f"{name}.low": "low", f"{name}.high": "high"}
    return {column: figures.get(part) for column, part in parts.items()}


def _estimates(kind: str, names: Collection[str], shares: Mapping[str, Share]) -> dict[str, float]:
    """A column for each name, 0 where it never occurred."""
    return {f"{kind}.{name}": shares[name].estimate if name in shares else 0.0 for name in names}


def _foremost(report: Report) -> dict[str, str]:
    """The red line named most in the last refusals of failing runs, and the number that moves the likelihood most."""
    line = next((line.id for line in report.summary.lines), "")
    path = next((influence.path for influence in report.summary.influences), "")
    return {"blocked_by": line, "moved_by": path, "moved_by_source": source_kind(report, path) if path else ""}
