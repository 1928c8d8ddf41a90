"""The frontier of the stated world as a picture, with what talks agree on beside it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.shares.likelihood import FEW, agreed
from sim.game import Floats, Ints
from sim.plots import FrontierPicture, counted, pareto_frontier
from sim.processes import cores
from sim.report.pictures.picture import CannotDrawError, Picture
from sim.report.sweep.view import Sweep
from sim.report.wording.figures import part
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.analysis.exact.answer import Stage
    from sim.analysis.exact.efficiency import Efficiency

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai\u2013Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
NEAR = (0.01, 0.05)
STATED = "Worth, red lines and no-deal values are those of the stated world in its first round."


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
        gains=stage.gains[:, there],
        solutions={SOLUTIONS[name]: place for name, place in stage.solutions.items()},
        agreements=agreements[:, there],
        times=np.zeros(0, np.int64) if times is None else times,
        packages=stage.packages,
        note=note,
    )


def draw_frontier(point: Sweep) -> Picture:
    """The frontier of the whole deal in the stated world, and how far from it the runs of the one design point agree.

    Raises:
        CannotDrawError: the game is beyond what is followed exactly.
    """
    from sim.analysis.exact.answer import check_size, stage
    from sim.analysis.exact.efficiency import efficiency, stated_values  # loads compiled code
    from sim.analysis.exact.spaces import TooLargeError

    game = point.game()
    try:
        check_size(game)
        found = stage(game, None, cores())
    except TooLargeError as beyond:
        raise CannotDrawError(str(beyond)) from beyond
    settled, times = np.unique(point.rows.package[agreed(point.rows)], axis=0, return_counts=True)
    packages = settled.astype(np.int64)
    counts = np.isin(game.names.parties, found.counted)
    far = efficiency(game, packages, times, found.front.value, counts)
    said = says_efficiency(far, len(point.rows), found.packages > 0)
    note = " ".join([STATED, *said, *point.state()])
    picture = frontier_of(point.scenario, found, point.title(), stated_values(game, packages), times, note)
    data = _data(picture, found, far, [game.names.package(x) for x in packages])
    return Picture(partial(pareto_frontier, picture), data, said)


def says_efficiency(far: "Efficiency", runs: int, is_zone: bool) -> tuple[str, ...]:
    """How far agreements are from efficient, in sentences."""
    agreements, inside = far.agreements(), far.inside()
    if not agreements:
        return (f"Of {counted(runs)} none agrees.",)
    noun = "agreement" if agreements == 1 else "agreements"
    if not is_zone:
        return (
            f"{agreements:,} {noun} in {counted(runs)}, where lines or no-deal values differ from the stated world.",
        )
    share = f" ({part(far.share_inside(), agreements)})" if agreements >= FEW else ""
    said = [f"{inside:,} of {agreements:,} {noun}{share} in the zone of the stated world"]
    if inside < agreements:
        said[0] += "; the others, also those below 0, were struck in worlds where lines or no-deal values differ"
    if inside and far.on_frontier() == 1:
        said.append(
            "All of those in the zone are on its frontier: nothing there is better for somebody at nobody's cost"
        )
    elif inside:
        near = " and ".join(f"{part(far.within(near), inside)} by at most {near:g}" for near in NEAR)
        said.append(
            f"Of those in the zone {part(far.on_frontier(), inside)} are on its frontier; they fall short of it: "
            + (f"half by at most {far.median():.3f}, {near}" if inside >= FEW else near)
        )
        said.append(
            "To fall short by 0.01: some frontier package gives every party 0.01 more, on a scale from 0 to 1, and one or "
            "another of them perhaps much more"
        )
    return tuple(f"{sentence}." for sentence in said)


def _data(
    picture: FrontierPicture, stage: "Stage", far: "Efficiency", packages: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """What is drawn, by the ids of the parties."""

    def gains(row: Floats) -> dict[str, float]:
        return dict(zip(stage.counted, row.round(9).tolist(), strict=True))

    return {
        "parties": list(stage.counted),
        "no_deal": stage.disagreement,
        "packages": stage.packages,
        "frontier": [gains(row) for row in picture.gains],
        "solutions": {name: gains(picture.gains[at]) for name, at in stage.solutions.items() if at >= 0},
        "agreements": [
            {
                "runs": int(far.times[k]),
                "gains": gains(picture.agreements[k]),
                "in_zone": bool(far.in_zone[k]),
                "on_frontier": bool(far.in_zone[k] and not far.beaten[k]),
                "short": float(far.short[k].round(9)),
                "package": package,
            }
            for k, package in enumerate(packages)
        ],
        "efficiency": {
            "agreements": far.agreements(),
            "in_zone": _known(far.share_inside()),
            "on_frontier": _known(far.on_frontier()),
            "median": _known(far.median()),
            "within": {f"{near:g}": _known(far.within(near)) for near in NEAR},
        },
    }


def _known(value: float) -> float | None:
    """A figure, none where there is nothing to make it of."""
    return None if np.isnan(value) else round(value, 9)
