"""What pictures of sweeps say and show; nothing is compared pixel by pixel."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import cycle, product
from typing import Any

import numpy as np
import pytest
from looks import outside, overlapping, texts
from matplotlib import colormaps
from matplotlib.collections import LineCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from sweeps import CONSULTS, FAITH, LONG, PATIENCE, ROUNDS, over, result, river, scattered, sweep

from sim.plots import SAVE, Sheet, TooSmallError, picture_bytes
from sim.plots.hatches import patterns_for
from sim.plots.page import CAUTION
from sim.plots.sweep.contours import EDGE
from sim.plots.sweep.map import COLOURS
from sim.records import Design
from sim.report.pictures.curve import draw_curve
from sim.report.pictures.ends import draw_ends
from sim.report.pictures.map import draw_map
from sim.report.pictures.picture import Picture
from sim.report.pictures.settlement import draw_settlement
from sim.report.pictures.weeks import draw_weeks
from sim.report.sweep.view import sweep_of

WORDS = [
    f"{{says: {words}, rounds: {k}}}"
    for k, words in enumerate(["a very long way of talking to each other", "short"] * 6)
]
TALKS, OPENING = "phases.talks", "phases.opening"
BLIND = (
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
)
"""What protanopes and deuteranopes see of linear colours (Machado, Oliveira & Fernandes 2009)."""


def rising(p: float) -> float:
    return p / 20


def later(p: float) -> float:
    return p / 20 - 0.2


def curve(chance: Callable[..., float] = rising, values: Any = range(2, 21, 2), **more: Any) -> Picture:
    return draw_curve(sweep(over({PATIENCE: values}), chance, **more), PATIENCE, None, None, 0.5)


def over_two(**more: Any) -> Picture:
    design = over({PATIENCE: [4, 8, 12, 16, 20], FAITH: [0, 0.25, 0.5, 0.75, 1]})
    return draw_map(sweep(design, lambda p, f: p / 20 * f, **more), PATIENCE, FAITH, None)


def words(values: list[str] = WORDS) -> Any:
    return sweep(over({TALKS: values}), lambda _: 0.5)


PICTURES: dict[str, Callable[[], Picture]] = {
    "curve": curve,
    "curve of one point": lambda: curve(values=[6]),
    "curve of two points": lambda: curve(values=[6, 7], chance=lambda p: p / 10 - 0.15),
    "curve of sixty points": lambda: curve(values=range(1, 61), chance=lambda p: 1 - p / 60),
    "curve at nothing": lambda: curve(lambda p: 0),
    "curve at all": lambda: curve(lambda p: 1),
    "curve with missing points": lambda: curve(missing=[0, 4, 5]),
    "curve of factors": lambda: curve(values=[1, 2, 5, 10, 20, 50, 100], chance=lambda p: p / 100),
    "curve with a long title": lambda: curve(scenario=river(LONG)),
    "lines": lambda: draw_curve(
        sweep(over({PATIENCE: range(2, 21, 2), ROUNDS: range(1, 9)}), lambda p, r: p * r / 160).thinned(ROUNDS, 6),
        PATIENCE, ROUNDS, None, 0.5,
    ),
    "panels": lambda: draw_curve(
        sweep(over({PATIENCE: range(2, 21, 2), ROUNDS: range(1, 7)}), lambda p, r: p * r / 120), PATIENCE, None, ROUNDS, 0.5
    ),
    "scattered": lambda: draw_curve(
        sweep(scattered(80, FAITH, "levers.dam.pressure"), lambda f, p: f * p), FAITH, "levers.dam.pressure", None, 0.25
    ),
    "panels, one without runs": lambda: draw_curve(
        sweep(over({PATIENCE: [2, 4, 8], ROUNDS: [4, 8]}), lambda p, r: 0.2, missing=[0, 2, 4]), PATIENCE, None, ROUNDS, 0.5
    ),
    "curve with one point in": lambda: curve(missing=range(9)),
    "lines on each other": lambda: draw_curve(
        sweep(over({PATIENCE: range(2, 21, 2), ROUNDS: [4, 8, 12]}), lambda p, r: (p + (r > 4)) / 25),
        PATIENCE, ROUNDS, None, 0.5,
    ),
    "twelve words": lambda: draw_curve(words(), TALKS, None, None, 0.5),
    "words by numbers": lambda: draw_curve(
        sweep(over({CONSULTS: ["all", "alternate"], PATIENCE: [2, 4, 8]}), lambda c, p: p / 10), CONSULTS, PATIENCE, None, 0.5
    ),
    "map": over_two,
    "map with missing points": lambda: over_two(missing=range(10)),
    "map of words": lambda: draw_map(
        sweep(over({OPENING: WORDS[:7], TALKS: WORDS}), lambda a, b: 0.4), OPENING, TALKS, None
    ),
    "map of scattered points": lambda: draw_map(
        sweep(scattered(70, FAITH, "levers.dam.pressure"), lambda f, p: f * p), FAITH, "levers.dam.pressure", None
    ),
    "maps": lambda: draw_map(
        sweep(over({PATIENCE: [4, 12, 20], FAITH: [0, 0.5, 1], ROUNDS: [4, 8, 12]}), lambda p, f, r: p * f * r / 240),
        PATIENCE, FAITH, ROUNDS,
    ),
    "ends": lambda: draw_ends(sweep(over({PATIENCE: range(2, 21, 2)}), rising), PATIENCE, None),
    "ends of sixty with a gap": lambda: draw_ends(
        sweep(over({PATIENCE: range(1, 61)}), lambda p: 1 - p / 60, missing=[20, 21]), PATIENCE, None
    ),
    "ends of words": lambda: draw_ends(words(), TALKS, None),
    "ends by numbers": lambda: draw_ends(
        sweep(over({CONSULTS: ["all", "alternate"], PATIENCE: [2, 8]}), lambda c, p: p / 10), CONSULTS, PATIENCE
    ),
    "ends without agreements": lambda: draw_ends(sweep(over({PATIENCE: [2, 4, 8]}), lambda p: 0), PATIENCE, None),
    "ends, a panel without runs": lambda: draw_ends(
        sweep(over({PATIENCE: [2, 4, 8], ROUNDS: [4, 8]}), lambda p, r: 0.2, missing=[0, 2, 4]), PATIENCE, ROUNDS
    ),
    "settlement without agreements": lambda: draw_settlement(
        sweep(over({PATIENCE: [2, 4, 8]}), lambda p: 0), PATIENCE, None
    ),
    "settlement": lambda: draw_settlement(sweep(over({PATIENCE: range(2, 21, 2)}), later), PATIENCE, None),
    "settlement of words": lambda: draw_settlement(words(), TALKS, "bank"),
}  # fmt: skip


SLOW = {
    "curve of sixty points", "curve at all", "curve of factors", "scattered", "words by numbers", "map of scattered points",
    "maps", "ends of words", "ends by numbers", "settlement of words", "panels",
}  # fmt: skip
"""Those that are looked at only where there is time for it; the others have what they have."""

EACH = [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in PICTURES]


@cache
def drawn(name: str) -> Picture:
    return PICTURES[name]()


def figure(name: str) -> Figure:
    return drawn(name).figure


@pytest.mark.parametrize("name", EACH)
def test_no_text_leaves_the_page_or_stands_on_another(name: str) -> None:
    assert outside(figure(name)) == []
    assert overlapping(figure(name)) == []


SHEETS = [Sheet(8, 5, titled=False), Sheet(16 / 2.54, 10 / 2.54), Sheet(4.6, 9)]
SIZED = [
    (name, sheet)
    for name in EACH
    for sheet in SHEETS
    if isinstance(name, str)
    and name in ("lines", "map", "twelve words", "ends", "settlement", "panels, one without runs")
]


@pytest.mark.parametrize(("name", "sheet"), SIZED, ids=str)
def test_a_picture_has_the_size_that_was_asked_for_or_says_what_it_needs(name: str, sheet: Sheet) -> None:
    try:
        found = drawn(name).draw(sheet=sheet)
    except TooSmallError as small:
        assert re.search(r"needs at least [\d.]+ inches \([\d.]+ cm\) of (width|height)$", str(small))
        return
    assert found.get_size_inches().tolist() == pytest.approx([sheet.width, sheet.height])
    assert outside(found) == []
    assert overlapping(found) == []


def test_what_a_picture_is_said_to_need_suffices() -> None:
    with pytest.raises(TooSmallError) as small:
        drawn("lines").draw(sheet=Sheet(5, 1))
    needed = float(str(small.value).split("at least ")[1].split(" inches")[0])
    assert drawn("lines").draw(sheet=Sheet(5, needed)).get_figheight() == pytest.approx(needed)


def test_without_a_title_what_it_said_is_a_caption() -> None:
    bare, usual = drawn("curve").draw(sheet=Sheet(titled=False)), figure("curve")
    title, subtitle = "The river and the fish", "Likelihood of agreement as"
    assert title in texts(usual) and title not in texts(bare)
    assert not any(text.startswith(subtitle) for text in texts(bare))
    assert str(bare.get_label()).startswith(f"{title}. {subtitle}") and str(bare.get_label()).endswith("intervals).")
    assert any(text.startswith(CAUTION) for text in texts(bare))


def test_settlements_have_as_many_panels_as_there_is_room_for() -> None:
    whole = drawn("settlement")
    assert len(whole.data["issues"]) > 1 and whole.fewer is not None
    less = whole.fewer()
    assert list(less.data["issues"]) == list(whole.data["issues"])[:-1]
    assert any("of 3." in text for text in texts(less.figure))


@pytest.mark.parametrize("name", EACH)
def test_every_picture_says_what_it_shows_in_words(name: str) -> None:
    said = texts(figure(name))
    assert any(text.startswith(CAUTION) and "sampling error only" in text for text in said)
    sure = "none agrees" if name == "settlement without agreements" else "95 %"
    assert any("runs" in text and sure in text and "“" in text for text in said)
    assert not any("_" in text or "parties." in text or "phases." in text for text in said)


class TestCurve:
    def test_the_line_and_its_band_are_the_shares(self) -> None:
        axes, data = figure("curve").axes[0], drawn("curve").data["curves"][0]
        line = next(line for line in axes.lines if line.get_marker() == "o")
        assert np.array_equal(line.get_xdata(), range(2, 21, 2))
        assert np.array_equal(line.get_ydata(), data["likelihood"])
        band = {tuple(point) for point in np.asarray(axes.collections[0].get_paths()[0].vertices).tolist()}
        assert {(2.0, data["low"][0]), (20.0, data["high"][-1])} <= band

    def test_the_crossing_is_marked_and_written_out_with_its_interval(self) -> None:
        (tip,) = drawn("curve").data["curves"][0]["crossings"]
        axes = figure("curve").axes[0]
        diamond = next(line for line in axes.lines if line.get_marker() == "D")
        assert (diamond.get_xdata()[0], diamond.get_ydata()[0]) == (tip["at"], 0.5)  # type: ignore[index]
        assert any(np.array_equal(line.get_xdata(), [tip["low"], tip["high"]]) for line in axes.lines)
        written = f"rises through 50 % at {tip['at']:.1f} ({tip['low']:.1f} to {tip['high']:.1f})"
        assert written in texts(figure("curve"))
        assert drawn("curve").said == (f"The likelihood {written}",)

    def test_open_ends_are_said_and_drawn_as_arrows(self) -> None:
        assert "rises through 50 % at 6.57 (from below 6 to above 7)" in texts(figure("curve of two points"))
        assert {"<", ">"} <= {line.get_marker() for line in figure("curve of two points").axes[0].lines}

    def test_a_curve_that_stays_on_one_side_says_so(self) -> None:
        assert "stays below 50 %" in texts(figure("curve at nothing"))
        assert "stays above 50 %" in texts(figure("curve at all"))

    def test_the_ceiling_is_a_line_of_its_own(self) -> None:
        ceiling = drawn("curve").data["curves"][0]["ceiling"]
        assert any(
            np.array_equal(line.get_ydata(), ceiling) and line.is_dashed() for line in figure("curve").axes[0].lines
        )

    def test_points_without_runs_are_crosses_on_the_axis(self) -> None:
        crosses = next(line for line in figure("curve with missing points").axes[0].lines if line.get_marker() == "x")
        assert np.array_equal(crosses.get_xdata(), [2, 10, 12])
        assert "no runs are in yet" in texts(figure("curve with missing points"))
        assert any(
            text.startswith("Unfinished: 7 of 10 design points") for text in texts(figure("curve with missing points"))
        )

    def test_a_panel_without_runs_says_so_and_leaves_the_others_their_room(self) -> None:
        panels = figure("panels, one without runs").axes
        assert [[text.get_text() for text in axes.texts] for axes in panels] == [["no runs are in yet"], []]
        assert panels[0].get_position().height == pytest.approx(panels[1].get_position().height)
        assert panels[0].get_position().height > 0.3

    def test_a_lone_point_has_its_interval(self) -> None:
        data = drawn("curve with one point in").data["curves"][0]
        bars = [
            found
            for found in figure("curve with one point in").axes[0].collections
            if isinstance(found, LineCollection)
        ]
        assert np.array_equal(np.asarray(bars[0].get_segments()[0])[:, 1], [data["low"][9], data["high"][9]])

    def test_what_the_scenario_states_is_marked_at_the_edge(self) -> None:
        mark = next(line for line in figure("curve").axes[0].lines if line.get_marker() == "^")
        assert list(mark.get_xdata()) == [6.0]  # type: ignore[arg-type]
        assert "the scenario's own value, or its middle: 6" in texts(figure("curve"))

    def test_lines_differ_without_colour(self) -> None:
        lines = [line for line in figure("lines").axes[0].lines if len(line.get_xdata()) == 10]  # type: ignore[arg-type]
        assert len(lines) == 6
        assert len({line.get_marker() for line in lines}) == 6
        assert len({str(line._dash_pattern) for line in lines}) == 6  # type: ignore[attr-defined]
        assert any("Shown are 6 of the 8 values" in text for text in texts(figure("lines")))

    def test_the_legend_names_what_tells_lines_apart_once(self) -> None:
        rows, title = figure("lines").legends[0].get_texts(), figure("lines").legends[0].get_title().get_text()
        assert title == "Length of the phase talks (weeks)"
        assert len(rows) == 6 and not any("Length" in row.get_text() for row in rows)
        assert rows[0].get_text().startswith("1;")

    def test_lines_on_each_other_are_all_seen_and_named(self) -> None:
        lines = [
            line
            for line in figure("lines on each other").axes[0].lines
            if line.get_marker() in "os^" and line.get_lw() > 1
        ]
        wide = {line.get_marker(): (line.get_lw(), line.get_ms()) for line in lines if len(line.get_xdata()) == 10}  # type: ignore[arg-type]
        assert wide["s"] > wide["^"] == wide["o"]
        said = " ".join(texts(figure("lines on each other")))
        assert "8 (coincides with 12);" in said and "12 (coincides with 8);" in said and "4;" in said

    def test_panels_name_their_value_and_share_their_scales(self) -> None:
        panels = figure("panels").axes
        assert len(panels) == 6
        assert panels[0].get_title(loc="left").replace("\n", " ").startswith("Length of the phase talks (weeks): 1")
        assert len({axes.get_ylim() for axes in panels}) == len({axes.get_xlim() for axes in panels}) == 1

    def test_words_stand_in_rows_with_their_figures(self) -> None:
        axes = figure("twelve words").axes[0]
        assert len(axes.get_yticks()) == 12
        assert sum("% (" in text for text in texts(figure("twelve words"))) == 12

    def test_scattered_points_are_named_in_the_foot(self) -> None:
        foot = next(text for text in texts(figure("scattered")) if text.startswith(CAUTION))
        assert "The 80 design points lie scattered; they are gathered into 3 ranges" in foot

    def test_what_is_pooled_is_named_in_the_foot(self) -> None:
        made = sweep(over({PATIENCE: [2, 4], ROUNDS: [4, 8], FAITH: ["0.5"]}), lambda p, r, f: 0.5)
        foot = next(
            text for text in texts(draw_curve(made, PATIENCE, None, None, 0.5).figure) if text.startswith(CAUTION)
        )
        assert "Pooled over “Length of the phase talks (weeks)” (2 values)" in foot
        assert "With The upper town: probability of good faith = 0.5." in foot


def contours(name: str) -> list[ContourSet]:
    return [found for found in figure(name).axes[0].collections if isinstance(found, ContourSet)]


class TestMap:
    def test_cells_are_the_shares_on_a_scale_from_nothing_to_all(self) -> None:
        mesh = next(found for found in figure("map").axes[0].collections if isinstance(found, QuadMesh))
        assert mesh.get_clim() == (0.0, 1.0)
        shares = np.array(drawn("map").data["maps"][0]["likelihood"])
        assert np.array_equal(np.asarray(mesh.get_array()), shares.T)
        assert {f"{100 * share:.0f}" for share in shares.ravel()} <= set(texts(figure("map")))

    def test_the_colours_rise_evenly_in_brightness(self) -> None:
        rgb = colormaps[COLOURS](np.linspace(0, 1, 256))[:, :3]
        brightness = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        assert (np.diff(brightness) > 0).all()

    def test_lines_of_equal_likelihood_are_drawn_and_labelled(self) -> None:
        lines = [line for line in contours("map") if line.get_gid() != EDGE]
        assert [float(np.asarray(line.levels)[0]) for line in lines] == [0.1, 0.25, 0.5, 0.75]
        assert len({str(line.get_linestyle()) for line in lines}) == 4
        in_axes = [text.get_text() for text in figure("map").axes[0].texts]
        assert {"10 %", "25 %", "50 %", "75 %"} <= set(in_axes)

    def test_thin_lines_stand_where_intervals_end(self) -> None:
        panel, thin = drawn("map").data["maps"][0], [line for line in contours("map") if line.get_gid() == EDGE]
        middle = next(line for line in contours("map") if line.levels[0] == 0.5)
        assert len(thin) == 8 and all(line.get_linewidth() < 1 for line in thin)
        low, high = (line for line in thin if line.levels[0] == 0.5)
        ends = np.array(panel["low"]), np.array(panel["likelihood"]), np.array(panel["high"])
        for line, shares in zip((low, middle, high), ends, strict=True):
            k = int(np.flatnonzero(np.diff(shares[:, -1] >= 0.5))[0])
            x = np.interp(0.5, shares[k : k + 2, -1], np.array([4, 8, 12, 16, 20])[k : k + 2])
            assert np.concatenate(line.allsegs[0])[:, 0].min() == pytest.approx(x)
        assert any(
            text.startswith("thin lines: where the thicker line between them may lie") for text in texts(figure("map"))
        )
        assert not any(text.startswith("thin lines") for text in texts(figure("map of words")))

    def test_cells_without_runs_are_hatched(self) -> None:
        patches = [patch for patch in figure("map with missing points").axes[0].patches if isinstance(patch, Rectangle)]
        assert len(patches) == 10
        assert {patch.get_hatch() for patch in patches} == {"////"}
        assert "no runs are in yet" in texts(figure("map with missing points"))

    def test_words_are_read_downwards_and_have_no_lines_between_them(self) -> None:
        axes = figure("map of words").axes[0]
        assert axes.get_ylim()[0] > axes.get_ylim()[1]
        assert not any(isinstance(found, ContourSet) for found in axes.collections)

    def test_a_panel_for_each_value_of_a_third(self) -> None:
        titles = [axes.get_title(loc="left").replace("\n", " ") for axes in figure("maps").axes[:3]]
        assert titles == [f"Length of the phase talks (weeks): {rounds}" for rounds in (4, 8, 12)]


class TestStacks:
    def test_without_agreements_nothing_is_settled_and_the_panel_says_so(self) -> None:
        said = texts(figure("settlement without agreements"))
        assert any("none agrees" in text for text in said) and not any("varies most" in text for text in said)
        (words,) = [
            text for text in figure("settlement without agreements").axes[0].texts if text.get_position() == (0.5, 0.5)
        ]
        assert words.get_text() == "no run agrees, so nothing is settled"

    def test_ends_say_where_none_agrees_and_where_no_runs_are_in(self) -> None:
        assert any("none agrees; 95 % intervals" in text for text in texts(figure("ends without agreements")))
        panels = figure("ends, a panel without runs").axes
        assert [text.get_text() for text in panels[0].texts] == ["no runs are in yet"]
        assert "no runs are in yet" not in [text.get_text() for text in panels[1].texts]

    def test_areas_fill_the_panel_from_kept_agreements_upwards(self) -> None:
        areas = [found for found in figure("ends").axes[0].collections if isinstance(found, PolyCollection)]
        tops = [float(np.asarray(area.get_paths()[0].vertices)[:, 1].max()) for area in areas]
        assert tops[-1] == pytest.approx(1.0)
        ends = drawn("ends").data["stacks"][0]["ends"]
        assert list(ends)[:2] == ["kept", "amended"]
        assert np.sum(list(ends.values()), axis=0) == pytest.approx(np.ones(10))

    def test_parts_differ_without_colour(self) -> None:
        areas = [found for found in figure("ends").axes[0].collections if isinstance(found, PolyCollection)]
        assert len({area.get_hatch() for area in areas} - {None, ""}) >= len(areas) - 2

    def test_options_that_no_agreement_settles_on_are_not_in_the_legend(self) -> None:
        made = sweep(over({PATIENCE: range(2, 21, 2)}), later)
        kept = replace(made, rows=replace(made.rows, package=made.rows.package * np.array([1, 1, 0]) + [0, 0, 1]))
        drawn = draw_settlement(kept, PATIENCE, "toll")
        legend = drawn.figure.axes[0].get_legend()
        assert legend is not None and [text.get_text() for text in legend.get_texts()] == ["low", "no agreement"]
        assert set(drawn.data["issues"]["toll"]["options"]) == {"none", "low", "high"}

    def test_colours_come_before_hatches_and_are_apart_in_grey_and_to_the_colour_blind(self) -> None:
        fills = patterns_for([str(k) for k in range(12)])
        assert [fill.hatch for fill in fills[:4]] == [""] * 4 and all(fill.hatch for fill in fills[4:])
        assert len({(fill.colour, fill.hatch) for fill in fills}) == 12
        linear = np.array([to_rgb(fill.colour) for fill in fills[:4]]) ** 2.2
        for seen in (np.eye(3), np.full((3, 3), [0.2126, 0.7152, 0.0722]), *BLIND):
            lightness = 116 * np.cbrt((linear @ np.array(seen).T).clip(0) @ [0.2126, 0.7152, 0.0722]) - 16
            assert np.diff(np.sort(lightness)).min() > 8

    def test_the_legend_has_the_order_of_the_stack(self) -> None:
        legend = figure("ends").axes[0].get_legend()
        assert legend is not None
        said = [text.get_text() for text in legend.get_texts()]
        assert said[0] == "time ran out" and said[-1] == "agreement, core terms kept"

    def test_a_gap_reaches_from_one_known_place_to_the_next(self) -> None:
        (gap,) = [patch for patch in figure("ends of sixty with a gap").axes[0].patches if isinstance(patch, Rectangle)]
        assert (gap.get_x(), gap.get_width(), gap.get_hatch()) == (20, 3, "////")

    def test_bars_are_complete(self) -> None:
        bars = [patch for patch in figure("ends of words").axes[0].patches if isinstance(patch, Rectangle)]
        assert sum(bar.get_width() for bar in bars) == pytest.approx(12)

    def test_settlements_say_of_how_many_agreements(self) -> None:
        said = texts(figure("settlement"))
        assert "agreements" in said and "no agreement" in said
        assert {str(count) for count in drawn("settlement").data["issues"]["toll"]["agreements"]} <= set(said)
        assert any("Fewer than 30 agreements tell little." in text for text in said)
        assert figure("settlement").axes[0].get_title(loc="left") == "A toll on the bridge"


def test_one_setting_is_drawn_like_a_study() -> None:
    made = result(over({PATIENCE: [6]}), lambda p: 0.5)
    weeks = draw_weeks(sweep_of(made))
    assert "The river and the fish; The judge: patience (weeks) = 6" in texts(weeks.figure)
    assert len(weeks.data["likelihood"]) == 16
    half = result(over({PATIENCE: [6]}), lambda p: 0.5)
    half.manifest["runs"] = 400
    said = texts(draw_weeks(sweep_of(half)).figure)
    assert "The river and the fish; The judge: patience (weeks) = 6 (unfinished: 200 of 400 runs are in)" in said
    plain = result(Design(), lambda: 0.5)
    assert "The river and the fish" in texts(draw_weeks(sweep_of(plain)).figure)


@pytest.mark.parametrize(
    ("name", "kind"), [("curve with missing points", "pdf"), ("map with missing points", "svg"), ("ends", "png")]
)
def test_equal_results_give_equal_files(name: str, kind: str) -> None:
    first, second = (picture_bytes(PICTURES[name]().figure, kind) for _ in range(2))
    assert first == second


KINDS = {*product(PICTURES, ["svg"]), *zip(PICTURES, cycle(SAVE), strict=False)}
"""Every picture in the kind that has ids of its own, and in one kind by turns."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), sorted(KINDS))
def test_equal_results_give_equal_files_of_every_kind(name: str, kind: str) -> None:
    first, second = (picture_bytes(PICTURES[name]().figure, kind) for _ in range(2))
    assert first == second
