"""A sweep that counted zones: how often there is one along what varies, and how large it is; as a page, data and rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.shares.likelihood import Share, wilson
from sim.analysis.shares.point_rows import typed_values
from sim.game import Flags, Ints
from sim.records import Design
from sim.report.wording.figures import CAVEAT, interval, percent
from sim.report.wording.layout import blocks_of, in_parts, letter, page_of, paragraph, wrap
from sim.report.wording.paths import path_says
from sim.report.wording.values import points_say
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.files.result.reader import Result

MOST_POINTS = 60
QUANTILES = (5, 50, 95)


@dataclass(frozen=True)
class Ceiling:
    """The zones of one design point."""

    worlds: int
    share: Share  # of worlds with a zone
    packages: tuple[float, ...]  # at `QUANTILES` of worlds, 0 where there is no zone


@dataclass(frozen=True)
class Ceilings:
    """The zones of every design point."""

    name: str
    scenario: Scenario
    design: Design
    points: tuple[Ceiling, ...]
    worlds: int  # asked for at each design point
    seed: int

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Of each path that varies, its values in words."""
        return {path: points_say(self.scenario, path, self.design.values(path)) for path in self.design.paths}


def ceilings_of(result: "Result", name: str) -> Ceilings:
    """The zones of a result that holds zones."""
    zones, design = result.zones, result.design
    ends = np.searchsorted(zones.point, np.arange(len(design) + 1))
    points = tuple(
        _ceiling(zones.zone[low:high], zones.packages[low:high])
        for low, high in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    )
    manifest = result.manifest
    return Ceilings(name, result.scenario, design, points, int(manifest["runs"]), int(manifest["seed"]))


def _ceiling(zone: Flags, packages: Ints) -> Ceiling:
    sizes = tuple(float(np.percentile(packages, q, method="nearest")) for q in QUANTILES) if len(packages) else ()
    return Ceiling(len(zone), wilson(int(np.count_nonzero(zone)), len(zone)), sizes)


def _title(report: Ceilings) -> Iterator[str]:
    yield from wrap(f"{report.scenario.title} ({report.name}): zones of agreement", "")
    done, asked = sum(point.worlds for point in report.points), len(report.design) * report.worlds
    state = f"{done:,} of {asked:,} worlds are in" if done < asked else f"{asked:,} worlds"
    points = "one design point" if len(report.design) == 1 else f"{len(report.design):,} design points"
    yield from wrap(f"{points}, {report.worlds:,} worlds at each, seed {report.seed}: {state}")
    for k, path in enumerate(report.design.paths):
        yield from wrap(f"{letter(k)}  {path_says(report.scenario, path)} [{path}]", hang="     ")


def _points(report: Ceilings) -> Iterator[str]:
    yield from wrap("Worlds with a zone (95 % interval: sampling error only), and packages in it", "")
    heads = [*(letter(k) for k in range(len(report.design.paths))), "ceil-\ning", "interval"]
    heads += [f"{q} %\nof worlds" if q != 50 else "half of\nworlds" for q in QUANTILES]
    chosen = list(range(len(report.design)))[:MOST_POINTS]
    yield from in_parts(heads if report.design.paths else ["", *heads], [_cells(report, k) for k in chosen])
    if len(chosen) < len(report.design):
        yield from wrap(f"({len(report.design) - len(chosen):,} more in points.json and points.parquet)")


def _cells(report: Ceilings, k: int) -> list[str]:
    point, paths = report.points[k], report.design.paths
    values = [report.words[path][text] for path, text in zip(paths, report.design.points[k], strict=True)]
    if not point.worlds:
        return [*(values or ["as stated"]), "-", "no worlds yet", *("" for _ in QUANTILES)]
    sizes = [f"{size:,.0f}" for size in point.packages]
    return [*(values or ["as stated"]), percent(point.share), interval(point.share), *sizes]


def _notes(report: Ceilings) -> Iterator[str]:
    if len(report.design) > 1:
        yield from wrap("World k has the same luck at every design point.", "")
    yield from paragraph(
        "The ceiling is the share of worlds in which some package finds the consent that it needs at some time of the "
        "talks; the likelihood of agreement cannot exceed it by more than sampling error."
    )
    yield CAVEAT


BLOCKS: Mapping[str, Callable[[Ceilings], Iterator[str]]] = {"title": _title, "points": _points, "notes": _notes}
"""The blocks of the page by their names, in their order."""


def ceilings_page(report: Ceilings) -> str:
    """What `sim sweep --analysis zone` and `sim show` print."""
    return page_of(blocks_of(BLOCKS, report).values())


def ceiling_rows(report: Ceilings) -> list[dict[str, Any]]:
    """A row a design point."""
    columns: dict[str, Sequence[Any]] = {path: typed_values(report.design, path) for path in report.design.paths}
    return [
        {
            "point": k,
            **{path: values[k] for path, values in columns.items()},
            "worlds": point.worlds,
            "ceiling": point.share.estimate if point.worlds else None,
            "ceiling_low": point.share.low,
            "ceiling_high": point.share.high,
            **{
                f"packages_p{q}": size
                for q, size in zip(QUANTILES, point.packages or [None] * len(QUANTILES), strict=True)
            },
        }
        for k, point in enumerate(report.points)
    ]


def ceilings_data(report: Ceilings) -> dict[str, Any]:
    """The same for programs."""
    return {
        "scenario": report.name,
        "title": report.scenario.title,
        "analysis": "zone",
        "paths": list(report.design.paths),
        "worlds": report.worlds,
        "seed": report.seed,
        "points": ceiling_rows(report),
        "note": CAVEAT,
    }
