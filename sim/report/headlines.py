"""A sweep as a page, as plain data and as a table of its design points, finished or not."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.analysis.axes import Axis, axis_of, crossed, is_number
from sim.analysis.points import Figures, Shares, figures, grouped
from sim.analysis.pointwise import figures_of_points, point_rows
from sim.analysis.tipping import crossings, tippings_along
from sim.records import Design, Rows
from sim.report.layout import table, wrap
from sim.report.paths import path_says
from sim.report.text import CAVEAT
from sim.report.values import value_says
from sim.report.words import REASONS, interval, percent
from sim.scenario import Scenario

MOST_POINTS = 40
"""Design points that a page lists one by one; of more it shows the extremes, and each parameter by itself."""

EXTREMES = 5
MOST_VALUES = 12
LONGEST_VALUE = 22


@dataclass(frozen=True)
class SweepReport:
    """The runs of a sweep that are in, with what they are runs of."""

    name: str
    scenario: Scenario
    design: Design
    rows: Rows
    runs: int  # asked for at each design point
    seed: int

    @cached_property
    def figures(self) -> Figures:
        """Of each design point."""
        return figures_of_points(self.design, self.rows)

    def along(self, path: str) -> tuple[list[str], Figures]:
        """Values of a part in words, and the figures of the design points that share them, whatever else varies."""
        axis = axis_of(self.design, path, MOST_VALUES if is_number(self.design, path) else None)
        words = [value_says(self.scenario, path, text) for text in axis.texts]
        if axis.is_binned:
            words = [f"{low:.4g} to {high:.4g}" for low, high in zip(axis.edges, axis.edges[1:], strict=False)]
        of_point, _ = crossed([axis], len(self.design))
        return words, figures(self.rows, grouped(self.rows, of_point, len(axis)))

    @cached_property
    def curve(self) -> tuple[Axis, Shares] | None:
        """The likelihood along a number that is the only thing that varies."""
        paths = self.design.paths
        if len(paths) != 1 or len(self.design) < 2 or not is_number(self.design, paths[0]):
            return None
        axis = axis_of(self.design, paths[0])
        of_point, _ = crossed([axis], len(self.design))
        return axis, figures(self.rows, grouped(self.rows, of_point, len(axis))).likelihood


def sweep_page(report: SweepReport) -> str:
    """Everything that `sim sweep` and `sim show` print of a sweep."""
    blocks = ["\n".join(part(report)) for part in (_title, _points, _parameters, _tipping, _caveats)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(report: SweepReport) -> Iterator[str]:
    yield from wrap(f"{report.scenario.title} ({report.name})", "")
    design, asked = report.design, len(report.design) * report.runs
    done = f"{len(report.rows):,} of {asked:,} runs are in" if len(report.rows) < asked else f"{asked:,} runs"
    points = "one design point" if len(design) == 1 else f"{len(design):,} design points"
    yield from wrap(f"{points}, {report.runs:,} runs at each, seed {report.seed}: {done}")
    for k, path in enumerate(design.paths):
        yield from wrap(f"{chr(ord('A') + k % 26)}  {path_says(report.scenario, path)} [{path}]", hang="     ")


def _points(report: SweepReport) -> Iterator[str]:
    chosen = range(len(report.design))
    head = "Likelihood of agreement at each design point (95 % interval: sampling error only)"
    if len(report.design) > MOST_POINTS:
        order = np.argsort(np.nan_to_num(report.figures.likelihood.estimate, nan=-1.0), kind="stable")[::-1].tolist()
        yield from wrap("Likeliest and least likely design points (95 % interval: sampling error only)", "")
        yield from _table(report, [*order[:EXTREMES], *order[-EXTREMES:]])
        return
    yield from wrap(head, "")
    yield from _table(report, list(chosen))


def _table(report: SweepReport, points: list[int]) -> Iterator[str]:
    paths = report.design.paths
    letters = [chr(ord("A") + k % 26) for k in range(len(paths))]
    rows = []
    for point in points:
        values = [
            _short(value_says(report.scenario, path, text))
            for path, text in zip(paths, report.design.points[point], strict=True)
        ]
        rows.append([*(values or ["as stated"]), *_cells(report, report.figures, point)])
    yield from table([*(letters or [""]), *_heads(report)], rows)


def _heads(report: SweepReport) -> list[str]:
    core = ["core\nkept"] if report.scenario.has_core() else []
    return [
        "agree-\nment",
        "interval",
        *core,
        "ceil-\ning",
        f"half by\n{report.scenario.round}",
        "others fail\nmostly by",
    ]


def _cells(report: SweepReport, found: Figures, k: int) -> list[str]:
    share = found.likelihood.share(k)
    if math.isnan(share.estimate):
        return ["no runs yet"] + [""] * (len(_heads(report)) - 1)
    core = [percent(found.core.share(k))] if report.scenario.has_core() else []
    middle = "-" if math.isnan(found.median_round[k]) else f"{found.median_round[k]:.0f}"
    return [percent(share), interval(share), *core, percent(found.ceiling.share(k)), middle, _mostly(found, k)]


def _mostly(found: Figures, k: int) -> str:
    """The reason for which most of the runs without agreement failed, in a word or two."""
    shares = {why: float(part.estimate[k]) for why, part in found.reasons.items()}
    if not shares or max(shares.values()) == 0:
        return "-"
    why = max(shares, key=lambda name: shares[name])
    return REASONS.get(why, why).split(":")[0]


def _parameters(report: SweepReport) -> Iterator[str]:
    """Each parameter by itself, where there are several or too many points to list."""
    if len(report.design) <= MOST_POINTS and len(report.design.paths) < 2:
        return
    for k, path in enumerate(report.design.paths):
        if k:
            yield ""
        others = "" if len(report.design.paths) == 1 else ", whatever the others are"
        yield from wrap(f"By {path_says(report.scenario, path)}{others}", "")
        words, found = report.along(path)
        heads = [chr(ord("A") + k % 26), *_heads(report)]
        yield from table(heads, [[_short(word), *_cells(report, found, at)] for at, word in enumerate(words)])


def _tipping(report: SweepReport) -> Iterator[str]:
    if report.curve is not None:
        axis, shares = report.curve
        said = crossings(tippings_along(axis, shares), shares.estimate, axis)
        yield from wrap(f"Along {path_says(report.scenario, axis.path)} the likelihood {said}.", "")


def _caveats(report: SweepReport) -> Iterator[str]:
    if len(report.design) > 1:
        yield from wrap("Run k has the same luck at every design point, so differences between points are paired.", "")
    yield CAVEAT


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."


def sweep_data(report: SweepReport) -> dict[str, Any]:
    """The same for programs."""
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "paths": list(report.design.paths),
        "runs": report.runs,
        "seed": report.seed,
        "rows": len(report.rows),
        "points": point_rows(report.design, report.figures),
        "tipping_points": [
            {"path": axis.path, "level": 0.5, "at": each.at, "low": _finite(each.low), "high": _finite(each.high)}
            for axis, shares in ([] if report.curve is None else [report.curve])
            for each in tippings_along(axis, shares)
        ],
        "note": CAVEAT,
    }


def _finite(value: float) -> float | None:
    """An end of an interval; none where it lies beyond what was swept."""
    return value if math.isfinite(value) else None
