"""A sweep as a page, finished or not."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.analysis.shares.axes import Axis, as_number, axis_of, crossed, is_number
from sim.analysis.shares.design_points import Figures, Shares, figures, grouped
from sim.analysis.shares.difference import Difference
from sim.analysis.shares.paired import from_first_to_last
from sim.analysis.shares.point_rows import figures_of_points
from sim.analysis.shares.tipping import crossings, tippings_along
from sim.records import Design, Rows
from sim.report.wording.figures import CAVEAT, REASONS, interval, percent
from sim.report.wording.layout import GAP, in_parts, letter, page_width, width_of, wrap
from sim.report.wording.paths import path_says
from sim.report.wording.values import points_say, ranges_say
from sim.scenario import Scenario

MOST_POINTS = 40
"""Design points that a page lists one by one; of more it shows the extremes, and each parameter by itself."""

EXTREMES = 5
MOST_VALUES = 12
LONGEST_VALUE, SHORTEST = 22, 5

HEADS = {
    "agreement": "agree-\nment",
    "interval": "interval",
    "core": "core\nkept",
    "ceiling": "ceil-\ning",
    "middle": "half by\n{round}",
    "mostly": "others fail\nmostly by",
}
SPARED = ("middle", "ceiling", "core", "mostly")
"""Figures that a table goes without where it is too wide, these first."""
LEAST = 2


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
        """The figures of each design point."""
        return figures_of_points(self.design, self.rows)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Of each path that varies, its values in words."""
        return {path: points_say(self.scenario, path, self.design.values(path)) for path in self.design.paths}

    def along(self, path: str) -> tuple[list[str], Figures]:
        """Values of a part in words, and the figures of the design points that share them, whatever else varies."""
        axis = axis_of(self.design, path, MOST_VALUES if is_number(self.design, path) else None)
        said = self.words[path]
        words = ranges_say(axis.edges.tolist()) if axis.is_binned else [said[text] for text in axis.texts]
        of_point, _ = crossed([axis], len(self.design))
        return words, figures(self.rows, grouped(self.rows, of_point, len(axis)))

    @cached_property
    def from_first_to_last(self) -> Difference | None:
        """The paired difference between the last design point and the first, where one thing varies and both are complete."""
        return self.apart(self.design.paths[0]) if len(self.design.paths) == 1 else None

    def apart(self, path: str) -> Difference | None:
        """The paired difference between the last value of a part and the first, averaged over what else varies."""
        return from_first_to_last(self.design, self.rows, self.runs, path)

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
    blocks = ["\n".join(part(report)) for part in (_title, _points, _parameters, _along, _caveats)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(report: SweepReport) -> Iterator[str]:
    yield from wrap(f"{report.scenario.title} ({report.name})", "")
    design, asked = report.design, len(report.design) * report.runs
    done = f"{len(report.rows):,} of {asked:,} runs are in" if len(report.rows) < asked else f"{asked:,} runs"
    points = "one design point" if len(design) == 1 else f"{len(design):,} design points"
    yield from wrap(f"{points}, {report.runs:,} runs at each, seed {report.seed}: {done}")
    for k, path in enumerate(design.paths):
        yield from wrap(f"{letter(k)}  {path_says(report.scenario, path)} [{path}]", hang="     ")


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
    """Design points, a line each, by the letters of what varies."""
    paths = report.design.paths
    rows = [
        [report.words[path][text] for path, text in zip(paths, report.design.points[k], strict=True)] for k in points
    ]
    heads = [letter(k) for k in range(len(paths))] or [""]
    yield from _fitted(report, heads, [row or ["as stated"] for row in rows], report.figures, points)


def _fitted(
    report: SweepReport, heads: list[str], values: list[list[str]], found: Figures, which: Sequence[int]
) -> Iterator[str]:
    """Values and figures as a table that fits the page: the less telling figures go first, then the ends of words."""
    kept = [name for name in HEADS if name != "core" or report.scenario.has_core()]
    longest = LONGEST_VALUE

    def lines() -> tuple[list[str], list[list[str]]]:
        figured = [_cells(report, found, k) for k in which]
        rows = [
            [*(_short(text, longest) for text in row), *(cells.get(name, "") for name in kept)]
            for row, cells in zip(values, figured, strict=True)
        ]
        return [*heads, *(HEADS[name].format(round=report.scenario.round) for name in kept)], rows

    while width_of(*lines()) > page_width() - len(GAP):
        if len(kept) > LEAST:
            kept.remove(next(name for name in SPARED if name in kept))
        elif longest > SHORTEST:
            longest -= 1
        else:
            break
    yield from in_parts(*lines())


def _cells(report: SweepReport, found: Figures, k: int) -> dict[str, str]:
    """The figures of one line by the keys of `HEADS`."""
    share = found.likelihood.share(k)
    if math.isnan(share.estimate):
        return {"agreement": "no runs"}
    return {
        "agreement": percent(share),
        "interval": interval(share),
        "core": percent(found.core.share(k)),
        "ceiling": percent(found.ceiling.share(k)),
        "middle": "-" if math.isnan(found.median_round[k]) else f"{found.median_round[k]:.0f}",
        "mostly": _mostly(found, k),
    }


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
        others = "" if len(report.design.paths) == 1 else ", on average over what else was swept"
        yield from wrap(f"By {path_says(report.scenario, path)}{others}", "")
        words, found = report.along(path)
        yield from _fitted(report, [letter(k)], [[word] for word in words], found, range(len(words)))
        if others:
            yield from _paired(report, path)


def _along(report: SweepReport) -> Iterator[str]:
    yield from _tipping(report)
    if len(report.design.paths) == 1:
        yield from _paired(report, report.design.paths[0])


def _tipping(report: SweepReport) -> Iterator[str]:
    if report.curve is not None:
        axis, shares = report.curve
        said = crossings(tippings_along(axis, shares), shares, axis)
        yield from wrap(f"Along {path_says(report.scenario, axis.path)} the likelihood {said}.", "")


def _paired(report: SweepReport, path: str) -> Iterator[str]:
    """How far the first and the last value of a part are apart, run by run."""
    found = report.apart(path)
    if found is not None:
        values = report.design.values(path)
        first, last = (report.words[path][values[k]] for k in (0, -1))
        yield from wrap(
            f"From {first} to {last} it changes by {found.points(' points')}, paired run by run, 95 % interval.", ""
        )


def _caveats(report: SweepReport) -> Iterator[str]:
    if any(".priorities." in path and ".weight" in path for path in report.design.paths):
        yield from wrap(
            "Where a weight is set, the party's other weights share what is left, in their old proportions.", ""
        )
    if len(report.design) > 1:
        yield from wrap("Run k has the same luck at every design point, so differences between points are paired.", "")
    yield CAVEAT


def _short(text: str, longest: int) -> str:
    """A value that fits its column; half a number would be another one."""
    return text if len(text) <= longest or as_number(text) is not None else f"{text[: longest - 2]}.."
