"""The frontier of the stated world as a picture, with what talks agree on beside it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.points import agreed
from sim.game import Floats, Ints
from sim.plots import FrontierPicture, counted, pareto_frontier
from sim.report.drawn import Drawn
from sim.report.sweeps import Sweep
from sim.report.words import plain_percent
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.analysis.efficiency import Efficiency
    from sim.analysis.exact.answer import Stage
    from sim.game import Game

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai\u2013Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
NEAR = (0.01, 0.05)
STATED = "Values, red lines and no-deal values are those of the stated world in its first round."


def frontier_of(
    scenario: Scenario, stage: "Stage", title: str, values: Floats | None = None, times: Ints | None = None,
    note: str = STATED,
) -> FrontierPicture:  # fmt: skip
    """What is drawn of a stage; agreed packages, each agreed `times` [A], come with `values` [A, P] to all parties."""
    there = [k for k, name in enumerate(stage.disagreement) if name in stage.counted]
    fallback = np.array(list(stage.disagreement.values()))
    agreements = np.zeros((0, len(fallback))) if values is None else values - fallback
    return FrontierPicture(
        title=title,
        parties=tuple(scenario.parties[name].name for name in stage.counted),
        gains=stage.gains()[:, there],
        solutions={SOLUTIONS[name]: place for name, place in stage.solutions.items()},
        agreements=agreements[:, there],
        times=np.zeros(0, np.int64) if times is None else times,
        packages=stage.packages,
        note=note,
    )


def draw_frontier(point: Sweep, game: "Game", threads: int) -> Drawn:
    """The frontier of the whole deal in the stated world, and how far from it the runs of the one design point agree.

    Raises:
        TooManyPatterns: the game is beyond what is followed exactly.
    """
    from sim.analysis.efficiency import efficiency, stated_values  # noqa: PLC0415  (loads compiled code)
    from sim.analysis.exact.answer import check_size, stage  # noqa: PLC0415

    check_size(game)
    found = stage(game, None, threads)
    packages, times = np.unique(point.rows.package[agreed(point.rows)], axis=0, return_counts=True)
    counts = np.isin(game.names.parties, found.counted)
    far = efficiency(game, packages.astype(np.int64), times, found.front.value, counts)
    said = says_efficiency(far, len(point.rows), len(found.front.number) > 0)
    picture = frontier_of(
        point.scenario, found, point.title(), stated_values(game, packages.astype(np.int64)), times,
        " ".join([STATED, *said, *point.state()]),
    )  # fmt: skip
    return Drawn("frontier", pareto_frontier(picture), _data(picture, found, far), said)


def says_efficiency(far: "Efficiency", runs: int, is_zone: bool) -> tuple[str, ...]:
    """How far agreements are from efficient, in sentences."""
    if not far.agreements():
        return (f"Of {counted(runs)} none agrees.",)
    if not is_zone:
        return (f"Of {counted(runs)} {far.agreements():,} agree, each in a world that differs from the stated one.",)
    share, others = far.share_inside(), "struck where lines or no-deal values differ"
    if not far.inside():
        return (f"None of {far.agreements():,} agreements is in the zone of the stated world; they were {others}.",)
    if share == 1:
        inside = f"All {far.agreements():,} agreements are in the zone of the stated world"
    else:
        said = f"Of {far.agreements():,} agreements {plain_percent(share)} are in the zone of the stated world"
        inside = f"{said}, the others were {others}"
    if far.on_frontier() == 1:
        return (
            f"{inside}.",
            "Those in the zone are all on its frontier: nothing is better for somebody at nobody's cost.",
        )
    those = "these" if share == 1 else "those in the zone"
    near = ", ".join(f"{plain_percent(far.within(near))} by {near:g} at most" for near in NEAR)
    return (
        f"{inside}.",
        f"Of {those} {plain_percent(far.on_frontier())} are on its frontier, and half fall short of it by "
        f"{far.median():.3f} or less, {near}: so much more some frontier package gives every party at once, on the scale "
        "from 0 to 1.",
    )


def _data(picture: FrontierPicture, stage: "Stage", far: "Efficiency") -> dict[str, Any]:
    """What is drawn, by the ids of the parties."""

    def gains(row: Floats) -> Mapping[str, float]:
        return dict(zip(stage.counted, row.tolist(), strict=True))

    return {
        "parties": list(stage.counted),
        "no_deal": stage.disagreement,
        "packages": stage.packages,
        "frontier": [gains(row) for row in picture.gains],
        "solutions": {name: gains(picture.gains[at]) for name, at in stage.solutions.items() if at >= 0},
        "agreements": [
            {"runs": times, "gains": gains(row), "in_zone": inside, "short": short, "on_frontier": inside and not beaten}
            for times, row, inside, short, beaten in zip(
                picture.times.tolist(), picture.agreements, far.in_zone.tolist(), far.short.tolist(),
                far.beaten.tolist(), strict=True,
            )
        ],
        "efficiency": {
            "agreements": far.agreements(),
            "in_zone": _known(far.share_inside()),
            "on_frontier": _known(far.on_frontier()),
            "median": _known(far.median()),
            "within": {f"{near:g}": _known(far.within(near)) for near in NEAR},
        },
    }  # fmt: skip


def _known(value: float) -> float | None:
    """A figure, none where there is nothing to make it of."""
    return None if np.isnan(value) else value
