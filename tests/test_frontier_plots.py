"""What the picture of a frontier says and shows; nothing is compared pixel by pixel."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from looks import outside, overlapping, texts
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure

from sim.plots import FrontierPicture, Sheet, pareto_frontier, picture_bytes
from sim.plots.frontier.gains import MOST_AGREED, MOST_LINES, spread, thinned
from sim.plots.frontier.picture import BEHIND, pairs
from sim.plots.page import CAUTION

LONG = "The Donaudampfschifffahrtsgesellschaft and its many friends"
NAMES = ("Russia", "Ukraine", "United States", "European allies (EU and UK)", LONG, "$5", "G_7", "H")


def made(
    parties: int = 4, on: int = 40, agreed: int = 6, solutions: tuple[int, int, int, int] = (3, 9, 9, 0), note: str = ""
) -> FrontierPicture:
    rng = np.random.default_rng(parties)
    share = rng.dirichlet(np.ones(parties), on)
    return FrontierPicture(
        "A title with $5 in it",
        (NAMES * 2)[:parties],
        share if on else np.zeros((0, parties)),
        dict(zip(["Nash", "Kalai", "egalitarian", "utilitarian"], solutions if on else (-1,) * 4, strict=True)),
        rng.dirichlet(np.ones(parties), agreed) * 0.9 - 0.1 if agreed else np.zeros((0, parties)),
        rng.integers(1, 50, agreed),
        3 * on,
        note,
    )


PICTURES: dict[str, Callable[[], FrontierPicture]] = {
    "four parties": made,
    "many packages": lambda: made(on=3000, agreed=80, note="What else there is to say of it. " * 9),
    "one party": lambda: made(1, on=1, agreed=1, solutions=(0, 0, 0, 0)),
    "two parties": lambda: made(2),
    "eight parties": lambda: made(8),
    "no agreements": lambda: made(agreed=0),
    "no frontier": lambda: made(on=0),
    "nothing": lambda: made(on=0, agreed=0),
}


@cache
def figure(name: str) -> Figure:
    return pareto_frontier(PICTURES[name]())


def said(name: str) -> str:
    return " ".join(texts(figure(name)))


def lines(axes: Axes) -> list[int]:
    """How many lines each collection has: of the frontier, of agreements."""
    return [len(found.get_segments()) for found in axes.collections if isinstance(found, LineCollection)][1:]


@pytest.mark.parametrize("name", PICTURES)
def test_no_text_leaves_the_page_or_stands_on_another(name: str) -> None:
    assert outside(figure(name)) == []
    assert overlapping(figure(name)) == []
    assert CAUTION in said(name) and "no deal" in said(name)


def test_the_heading_counts_packages_and_agreements() -> None:
    times = int(made().times.sum())
    assert "120 packages in the zone of possible agreement, 40 on its Pareto frontier" in said("four parties")
    assert f"{times} runs agreed, on 6 different packages" in said("four parties")
    assert "agreed" not in said("no agreements").lower()


def test_an_empty_frontier_is_said_in_words() -> None:
    assert "the zone of possible agreement is empty in the stated world, so there is no frontier" in said("no frontier")
    assert "on the frontier" not in said("no frontier").lower()
    assert lines(figure("no frontier").axes[0]) == [0, 6]


def test_where_there_is_nothing_to_draw_there_are_no_panels() -> None:
    assert len(figure("nothing").axes) == 1
    assert "so there is no frontier, and no agreements to draw" in said("nothing")
    assert "Panels" not in said("nothing")


def test_every_pair_has_a_panel_with_all_that_is_drawn() -> None:
    picture, panels = made(), figure("four parties").axes[1:]
    labels = [(axes.get_xlabel(), " ".join(axes.get_ylabel().split())) for axes in panels]
    assert labels == [(NAMES[a], NAMES[b]) for a in range(4) for b in range(a + 1, 4)]
    dots = next(line for line in panels[1].lines if line.get_marker() == ".")
    assert np.array_equal(dots.get_xydata(), picture.gains[:, [0, 2]])
    rings = next(found for found in panels[1].collections if isinstance(found, PathCollection))
    assert np.array_equal(rings.get_offsets(), picture.agreements[:, [0, 2]])
    assert np.array_equal(np.argsort(rings.get_sizes(), kind="stable"), np.argsort(picture.times, kind="stable"))
    assert any(line.get_marker() == "x" and tuple(line.get_xydata()[0]) == (0, 0) for line in panels[1].lines)


def test_solutions_are_named_and_differ_without_colour() -> None:
    axes = figure("four parties").axes[0]
    assert {"Nash", "Kalai and egalitarian", "utilitarian"} <= set(texts(figure("four parties")))
    solved = [line for line in axes.lines if line.get_marker() in "Ds^v" and line.get_marker()]
    assert [list(np.asarray(line.get_ydata())) for line in solved] == made().gains[[3, 9, 0]].tolist()
    assert len({line.get_marker() for line in solved}) == len({str(line._dash_pattern) for line in solved}) == 3  # type: ignore[attr-defined]


def test_too_many_packages_are_thinned_and_it_is_said() -> None:
    assert lines(figure("many packages").axes[0]) == [MOST_LINES, MOST_AGREED]
    assert "Lines: 200 of the 3,000 frontier packages" in said("many packages")
    assert "panels have 2,000" in said("many packages")
    assert "Lines of agreements: the 30 most frequent packages; panels have all." in said("many packages")


def test_of_many_pairs_the_most_opposed_are_drawn() -> None:
    shown = pairs(made(8))
    assert len(shown) == 9
    apart = np.corrcoef(made(8).seen().T)
    assert max(apart[pair] for pair in shown) <= min(
        apart[a, b] for a in range(8) for b in range(a + 1, 8) if (a, b) not in shown
    )
    assert "Panels: the 9 of 28 pairs whose gains are most opposed." in said("eight parties")
    assert len(pairs(made(6))) == 15


def test_one_party_has_lines_and_no_pairs() -> None:
    assert len(figure("one party").axes) == 1
    assert "Only one party has to agree, so there are no pairs." in said("one party")
    assert BEHIND not in said("two parties") and BEHIND in said("four parties")


def test_names_of_sixteen_parties_stand_apart() -> None:
    picture = replace(made(16), parties=tuple(f"The council of the upper and the lower valley {k}" for k in range(16)))
    found = pareto_frontier(picture)
    assert outside(found) == overlapping(found) == []


def test_a_low_sheet_has_fewer_pairs_and_says_so() -> None:
    low = pareto_frontier(made(), sheet=Sheet(8, 5))
    assert low.get_size_inches().tolist() == [8, 5] and 1 <= len(low.axes) < 7
    assert outside(low) == overlapping(low) == []
    foot = " ".join(texts(low))
    assert ("left out for lack of room" in foot) == (len(low.axes) == 1)
    assert ("panel" in foot.lower()) == (len(low.axes) > 1 or "left out" in foot)


@given(st.integers(0, 60), st.integers(6, 40), st.integers(1, 3))
def test_thinning_keeps_the_best_and_the_worst_for_each(count: int, most: int, parties: int) -> None:
    gains = np.random.default_rng(count).random((count, parties))
    kept = thinned(gains, most)
    assert len(kept) == min(count, most) == len(set(kept.tolist()))
    if count:
        assert np.array_equal(gains[kept].max(axis=0), gains.max(axis=0))
        assert np.array_equal(gains[kept].min(axis=0), gains.min(axis=0))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=6), st.floats(0.01, 0.5))
def test_names_are_spread_by_the_gap_about_where_they_belong(places: list[float], gap: float) -> None:
    places = sorted(places)
    moved = spread(places, [gap] * (len(places) - 1))
    assert (np.diff(moved) >= gap - 1e-9).all()
    assert np.mean(moved) == pytest.approx(np.mean(places), abs=1e-9)
    if (np.diff(places) >= gap).all():
        assert moved == pytest.approx(places)


@pytest.mark.parametrize("kind", [pytest.param("png", marks=pytest.mark.slow), "svg"])
def test_equal_pictures_give_equal_files(kind: str) -> None:
    first, second = (picture_bytes(pareto_frontier(made(2)), kind) for _ in range(2))
    assert first == second
