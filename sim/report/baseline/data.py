"""Naive baselines beside the model's settlement as plain data: what `sim baseline --json` prints."""

from dataclasses import asdict
from typing import Any

from sim.analysis.validation.baseline_errors import Contrast, hits, mean_apart
from sim.report.baseline.page import BLIND, SCALE, WEIGHTS, BaselineReport, capabilities, verdict
from sim.report.wording.draws import kept_data


def _issue_data(contrast: Contrast) -> dict[str, Any]:
    baseline = contrast.baseline
    line = baseline.line
    return {
        "issue": baseline.issue,
        "scale": None if line is None else dict(zip(baseline.options, line.at.tolist(), strict=True)),
        "unit": line.unit if line else None,
        "scale_from": "none" if line is None else "stated" if line.unit else "listed",
        "mean": baseline.mean(),
        "median": baseline.median(),
        "names": baseline.picks(),
        "support": baseline.support(),
        "parties": {
            ideal.party: {
                "best": [baseline.options[option] for option in ideal.best],
                "place": ideal.place(line) if line else None,
                "salience": ideal.salience,
                "weight": ideal.weight(),
            }
            for ideal in baseline.ideals
        },
        "agreements": contrast.shares,
        "agreements_mean": contrast.mean(),
        "agreements_settle_on": contrast.settled(),
        "same": contrast.agrees(),
        "apart": contrast.apart(),
    }


def baseline_data(found: BaselineReport) -> dict[str, Any]:
    """Everything that the page says, for programs."""
    report = found.report
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "runs": report.summary.runs,
        "seed": report.seed,
        "overrides": report.overrides,
        **kept_data(report.scenario),
        "likelihood": asdict(report.summary.likelihood),
        "issues": [_issue_data(one) for one in found.contrasts],
        "capabilities": capabilities(report),
        "same": {kind: {"issues": of, "same": hit} for kind, (hit, of) in hits(found.contrasts).items()},
        "mean_apart": mean_apart(found.contrasts),
        "plain_words": [" ".join(verdict(found))],
        "notes": [WEIGHTS, SCALE, BLIND],
    }
