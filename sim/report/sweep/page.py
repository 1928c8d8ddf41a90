"""A sweep as a page, finished or not."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from sim.analysis.shares.axes import as_number
from sim.analysis.shares.design_points import Figures
from sim.analysis.shares.tipping import crossings, tippings_along
from sim.report.run.dates import in_a_column
from sim.report.sweep.headline import by_days_told, headline
from sim.report.sweep.report import MOST_POINTS, SweepReport
from sim.report.wording.draws import kept_says
from sim.report.wording.figures import CAVEAT, REASONS, interval, percent
from sim.report.wording.layout import GAP, blocks_of, in_parts, letter, page_of, page_width, width_of, wrap
from sim.report.wording.paths import path_says

EXTREMES = 5
LONGEST_VALUE, SHORTEST = 22, 5

HEADS = {
    "agreement": "agree-\nment",
    "interval": "interval",
    "core": "core\nkept",
    "ceiling": "ceil-\ning",
    "middle": "half by\n{round}",
    "mostly": "others fail\nmostly by",
}
WORDS = (
    "Ceiling: runs in which some deal would find every consent it needs, reached or not. Others fail mostly by: no zone, "
    "no such deal; not conceded, claims stayed too high; missed, nobody tabled what all would take."
)
CORE = " Core kept: agreements that settle as proposed what the proposal is about."
SPARED = ("middle", "ceiling", "core", "mostly")
"""Figures that a table goes without where it is too wide, these first."""
LEAST = 2


def _title(report: SweepReport) -> Iterator[str]:
    yield from wrap(f"{report.scenario.title} ({report.name})", "")
    design, asked = report.design, len(report.design) * report.runs
    done = f"{len(report.rows):,} of {asked:,} runs are in" if len(report.rows) < asked else f"{asked:,} runs"
    points = "one design point" if len(design) == 1 else f"{len(design):,} design points"
    yield from wrap(f"{points}, {report.runs:,} runs at each, seed {report.seed}: {done}")
    yield from kept_says(report.scenario)
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
        "middle": "-"
        if math.isnan(found.median_round[k])
        else in_a_column(report.scenario, round(found.median_round[k])),
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
    yield from wrap(f"{WORDS}{CORE if report.scenario.has_core() else ''}", "")
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


BLOCKS: Mapping[str, Callable[[SweepReport], Iterator[str]]] = {
    "title": _title,
    "headline": headline,
    "points": _points,
    "by days": by_days_told,
    "parts": _parameters,
    "along": _along,
    "caveats": _caveats,
}
"""The blocks of the page by their names, in their order."""


def sweep_page(report: SweepReport) -> str:
    """Everything that `sim sweep` and `sim show` print of a sweep."""
    return page_of(blocks_of(BLOCKS, report).values())
