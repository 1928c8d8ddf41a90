"""Naive baselines beside the model's settlement: the page that `sim baseline` prints."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.analysis.validation.baseline import EQUAL, Baseline
from sim.analysis.validation.baseline_errors import Contrast, hits, mean_apart
from sim.report import Report
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import interval, part, percent
from sim.report.wording.layout import overridden, page_width, paragraph, row, table, width_of, wrap
from sim.scenario import Issue

FEWEST = 0.005
NOTHING = "-"
HEADS = ("  issue", "weighted\nmean", "weighted\nmedian", "agreements'\nmean")
NAMES = {"mean": "the weighted mean", "median": "the weighted median", "plurality": "the weighted plurality"}

SCALE = (
    "Places. A party stands where its best option stands (in the middle of several), whatever it has put forward. An issue "
    "with a `scale` has the places that it states, in its unit. Any other has its options at 1, 2, 3, ... in the order "
    "listed, if every party's values rise to one best option and fall from there on; that they stand evenly apart is an "
    "assumption. Where some party's values do not, the issue has no order and so neither mean nor median: the option with "
    "most weight behind it stands instead."
)
WEIGHTS = (
    "Weights. A party counts by capability times salience; its salience is its weight for the issue as stated, before "
    "uncertainty. Mediators count like everybody else."
)
BLIND = (
    "Baselines know no red lines, no-deal values, trust, positions put forward, consent, pressure, trades between issues, "
    "or what is off the table, and they always name an outcome. The agreements come from a model that has all of these, "
    "and more assumptions for it; they are only those of the runs that agree. Neither is a forecast."
)


@dataclass(frozen=True)
class BaselineReport:
    """The baselines of one scenario beside some of its runs."""

    report: Report
    contrasts: tuple[Contrast, ...]  # by issue, in the order of the scenario


def _head(report: Report) -> Iterator[str]:
    yield from paragraph(report.scenario.title)
    yield f"{report.name}: {report.summary.runs} runs, seed {report.seed}"
    yield from overridden(report.overrides)
    yield from kept_says(report.scenario)
    share = report.summary.likelihood
    yield from row(f"runs that agree (95 % interval {interval(share)}, sampling error only)", percent(share))


def _figure(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"


def _shares(issue: Issue, shares: dict[str, float], agreements: int = 0) -> str:
    """Options by their shares: of agreements, or of weight where none are counted."""
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return ", ".join(f"{issue.label(option)} {part(share, agreements)}" for option, share in ranked if share >= FEWEST)


def _on_scale(issue: Issue, baseline: Baseline) -> str:
    if baseline.line is None:
        return "no order"
    first, *_, last = map(issue.label, baseline.options)
    return baseline.line.unit or f"1 {first} to {len(baseline.options)} {last}"


def _said(issue: Issue, contrast: Contrast, agreements: int) -> str:
    """Where one issue stands in words: its scale, the options that baselines name, what agreements settle."""
    baseline = contrast.baseline
    picks = {kind: issue.label(option) for kind, option in baseline.picks().items()}
    parts = [_on_scale(issue, baseline)]
    if "plurality" in picks:
        parts.append(f"most weight behind {_shares(issue, baseline.support())}")
    elif not picks:
        parts.append("nobody gives it weight")
    elif picks["mean"] == picks["median"]:
        parts.append(f"both nearest to {picks['mean']}")
    else:
        parts.append(f"mean nearest to {picks['mean']}, median to {picks['median']}")
    if contrast.shares:
        parts.append(f"agreements: {_shares(issue, contrast.shares, agreements)}")
    return "; ".join(parts)


def _mark(contrast: Contrast) -> str:
    """`*` where some baseline names another option than most agreements settle on."""
    return " " if all(contrast.agrees().values()) else "*"


def _issues(found: BaselineReport) -> Iterator[str]:
    yield "Baselines and agreements (* a baseline names an option that fewer settle on)"
    issues = found.report.scenario.issues
    rows = [
        (
            f"{_mark(one)} {issues[one.baseline.issue].title}",
            _figure(one.baseline.mean()),
            _figure(one.baseline.median()),
            _figure(one.mean()),
        )
        for one in found.contrasts
    ]
    is_narrow = width_of(HEADS, rows) > page_width()
    lines = list(table(HEADS, [("", *figures) for _, *figures in rows] if is_narrow else rows))
    yield from lines[: -len(rows)]
    for line, (title, *_), contrast in zip(lines[-len(rows) :], rows, found.contrasts, strict=True):
        yield from wrap(title, "  ", "  ") if is_narrow else ()
        yield line
        said = _said(issues[contrast.baseline.issue], contrast, found.report.summary.agreements())
        yield from wrap(said, "      ", "")


def _plain(found: BaselineReport) -> Iterator[str]:
    yield "In plain words: two forecasts that take a minute on paper, beside what the runs that agree settle on"
    yield from verdict(found)


def verdict(found: BaselineReport) -> Iterator[str]:
    """On how many issues each baseline names what agreements settle on, and how far it is from them; in lines."""
    counted = hits(found.contrasts)
    if not counted:
        yield from paragraph("No run agreed, so there is nothing to hold the baselines against.")
        return
    told = [f"{NAMES[kind]} {hit} of {issues}" for kind, (hit, issues) in counted.items()]
    yield from paragraph(f"Issues on which it names what agreements mostly settle on: {', '.join(told)}.")
    far = [f"{NAMES[kind]} {part:.2f}" for kind, part in mean_apart(found.contrasts).items()]
    if far:
        yield from paragraph(
            f"Mean distance from the agreements' mean, as a part of the scale from end to end: {', '.join(far)}."
        )


def capabilities(report: Report) -> dict[str, dict[str, Any]]:
    """Each party's capability, and what it rests on; `equal` where it states none."""
    stated = {entry.path.split(".")[1]: entry for entry in report.entries if entry.path.endswith(".capability")}
    return {
        party: {
            "value": stated[party].number.value if party in stated else EQUAL,
            "source": stated[party].kind if party in stated else "equal",
            "claims": list(stated[party].claims) if party in stated else [],
            "why": stated[party].why if party in stated else "the scenario states none; 1 is an assumption",
        }
        for party in report.scenario.parties
    }


def _weights(report: Report) -> Iterator[str]:
    found = capabilities(report)
    yield from paragraph(WEIGHTS)
    if all(one["source"] == "equal" for one in found.values()):
        yield from paragraph("Capabilities: none is stated, so every party counts as 1. That is an assumption.")
        return
    told = [
        f"{report.scenario.parties[party].name} {one['value']:g} "
        f"({'assumed equal' if one['source'] == 'equal' else ', '.join(one['claims']) or one['source']})"
        for party, one in found.items()
    ]
    yield from paragraph(f"Capabilities: {', '.join(told)}.")


def baseline_page(found: BaselineReport) -> str:
    """Everything that `sim baseline` prints."""
    notes = [*_weights(found.report), "", *paragraph(SCALE), "", *paragraph(BLIND)]
    return "\n".join([*_head(found.report), "", *_plain(found), "", *_issues(found), "", *notes])
