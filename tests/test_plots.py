"""What the pictures say and show; nothing is compared pixel by pixel."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib
import numpy as np
import pytest
from games import write_small
from looks import outside, overlapping, texts
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text

from sim.analysis.shares.difference import matched
from sim.analysis.shares.likelihood import Curve, wilson
from sim.analysis.summary import Settlement, Summary
from sim.files.scenario.reader import read_scenario
from sim.plots import dance, likelihood_by_round, picture_bytes, pictures, scenario_comparison, where_runs_end
from sim.plots.page import CAUTION, MARGIN, TITLE, interval, percent, width_of, wrapped
from sim.records import End
from sim.talks.transcript.entries import Dance, Ending, Tabled, Transcript, Turn
from sim.talks.transcript.entries import Round as Played

LONG = "Terms that cost $5, and then $6, over a front as long as the " + "very " * 20 + "Donaudampfschiff" * 7
NAMES = ("Upper town", "Lower town", "A judge of the river and of every bridge over it")


def curve(hits: Sequence[int], n: int) -> Curve:
    """So many of n runs by the end of each round."""
    shares = [wilson(hit, n) for hit in hits]
    return Curve(
        np.arange(1, len(hits) + 1),
        *(np.array([getattr(share, name) for share in shares]) for name in ("estimate", "low", "high")),
    )


def summary(hits: Sequence[int], n: int, **changes: object) -> Summary:
    """A study in which so many of n runs have agreed by the end of each round."""
    last = hits[-1]
    made = Summary(
        runs=n, likelihood=wilson(last, n), core=wilson(last // 4, n), amended=wilson(last - last // 4, n), holds=0.0,
        reversals=0, reversing=wilson(0, n),
        curve=curve(hits, n), ends={"agreement": wilson(last, n), "deadline": wilson(n - last, n)},
        reasons={"bad_faith": wilson(n - last, n)}, indicative=False, ceiling=wilson(n * 9 // 10, n), lines=(),
        issues=(), settlement=None, influences=(), departures=wilson(0, n), phases={}, reopened=None,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def danced(rounds: int = 4, parties: int = 3, accepted: bool = True) -> Dance:
    """Every party tables a package in every round."""
    number = np.repeat(np.arange(rounds), parties)
    author = np.tile(np.arange(parties), rounds)
    value = np.linspace(0.0, 1.1, rounds * parties * parties).reshape(-1, parties)
    falling = np.linspace(1.0, 0.5, rounds)[:, None] * np.ones(parties)
    return Dance(number, author, value, accepted, np.arange(rounds), falling, np.full((rounds, parties), 0.3))


def silent(made: Dance) -> Dance:
    return replace(made, round=made.round[:0], author=made.author[:0], value=made.value[:0], accepted=False)


def transcript(end: End) -> Transcript:
    """One round in which the first of three parties tabled a package that was agreed."""
    tabled = Tabled((0, 0, 0), False, (0.5, 0.6, 0.7), 0.5, (), None, -1, None)
    turn = Turn(0, tabled, (), (), complete=True, agreed=True, withheld=False)
    levels = (0.4, 0.4, 0.4)
    ending = Ending(end, 0, 0, (0, 0, 0), (0, 0, 0), (True,) * 3, levels, levels, True, 1.0, (), ())
    return Transcript(
        7, (True,) * 3, (), (Played(0, 0, (), (turn,), (), (), (True,) * 3, levels, levels, levels),), ending
    )


HALF = summary([0, 100, 300, 500], 1000)
EDGES = {
    "usual": HALF,
    "none agree": summary([0, 0], 40, ends={"walked_away": wilson(40, 40)}, reasons={"no_zone": wilson(40, 40)}),
    "all agree": summary([0, 40], 40, ends={"agreement": wilson(40, 40)}, reasons={}, ceiling=wilson(40, 40)),
    "one round": summary([12], 40),
    "indicative": replace(HALF, indicative=True, reasons={"unknown": wilson(500, 1000)}),
    "no ceiling": replace(HALF, ceiling=wilson(0, 1000)),
    "no runs": summary([0], 0, ends={}, reasons={}),
}
DANCES = {
    "usual": (danced(), NAMES),
    "one round": (danced(1), NAMES),
    "nothing tabled": (silent(danced()), NAMES),
    "seven parties": (danced(52, 7), [f"{name} {k}" for k, name in enumerate((*NAMES, *NAMES, "x"))]),
    "long names": (danced(), [f"{name} {LONG[:90]}" for name in NAMES]),
}


def study(k: int, title: str, figures: Summary, parties: Sequence[str] = NAMES) -> Any:
    """One of several studies: every second one names core terms, every third one agrees on nothing."""
    value, no_deal = ({f"p{n}": level + n / 10 for n in range(len(parties))} for level in (0.5, 0.6 - k / 10))
    settled = None if k % 3 == 2 else Settlement({}, value, value, no_deal, 4.0, 100, {}, {}, {})
    known = {f"p{n}": SimpleNamespace(name=name) for n, name in enumerate(parties)}
    scenario = SimpleNamespace(title=f"{title} {k}" if k else title, parties=known, has_core=lambda: k % 2 == 0)
    return SimpleNamespace(scenario=scenario, summary=replace(figures, settlement=settled))


EVERY_END = {end.name.lower(): wilson(100, 1000) for end in End if end is not End.RUNNING}
BESIDE = {
    "usual": [HALF, replace(HALF, ends=EVERY_END)],
    "three, one without agreements": [HALF, EDGES["all agree"], EDGES["none agree"]],
    "twelve": [HALF, replace(HALF, ends=EVERY_END)] * 6,
}


def beside(name: str, title: str, parties: Sequence[str] = NAMES) -> Figure:
    studies = [study(k, title, figures, parties) for k, figures in enumerate(BESIDE[name])]
    return scenario_comparison(studies, [matched(300, 20 * k, 1000) for k in range(1, len(studies))])


CASES = (
    [("curve", name, "The river") for name in EDGES]
    + [("ends", name, "The river") for name in ("usual", "none agree", "indicative", "no runs")]
    + [("dance", name, "The river") for name in DANCES]
    + [("beside", name, "The river") for name in BESIDE]
    + [(kind, "usual", LONG) for kind in ("curve", "ends", "dance")]
)


@cache
def drawn(kind: str, name: str = "usual", title: str = "The river") -> Figure:
    if kind == "beside":
        return beside(name, title)
    if kind == "dance":
        return dance(*DANCES[name], title, "week")
    return likelihood_by_round(EDGES[name], title, "week") if kind == "curve" else where_runs_end(EDGES[name], title)


SLOW = [pytest.param(("beside", name, LONG), marks=pytest.mark.slow) for name in BESIDE]


@pytest.mark.parametrize("case", CASES + SLOW, ids=lambda case: ", ".join(case)[:40])
def test_no_text_leaves_the_page_or_stands_on_another(case: tuple[str, str, str]) -> None:
    figure = drawn(*case)
    assert outside(figure) == []
    assert overlapping(figure) == []


@pytest.mark.parametrize("kind", ["curve", "ends"])
def test_studies_say_what_they_rest_on(kind: str) -> None:
    assert any(text.startswith(CAUTION) and "95 % Wilson interval" in text for text in texts(drawn(kind)))


def test_a_title_is_no_formula() -> None:
    texts_of = drawn("curve", "usual", LONG).findobj(Text)
    assert not any(text.get_parse_math() for text in texts_of if isinstance(text, Text))


def test_the_curve_starts_from_nothing_and_ends_at_the_likelihood() -> None:
    figure = drawn("curve")
    axes = figure.axes[0]
    curve = next(line for line in axes.lines if len(line.get_xdata()) == 5)  # type: ignore[arg-type]
    assert np.array_equal(curve.get_xdata(), [0, 1, 2, 3, 4])
    assert np.array_equal(curve.get_ydata(), [0, 0, 0.1, 0.3, 0.5])
    assert axes.get_xlim() == (0, 4)
    assert axes.get_ylim()[0] == 0
    assert {"50 %", "47 to 53 %", "The river", "End of week", "Share of runs that have agreed"} <= set(texts(figure))
    assert "Likelihood of agreement: 50 % after week 4 (95 % interval 47 to 53 %, 1,000 runs)" in texts(figure)


def test_the_band_is_the_interval_of_each_share() -> None:
    band = drawn("curve").axes[0].collections[0].get_paths()[0].vertices
    edges = {(float(x), float(y)) for x, y in np.asarray(band)}
    assert {(4.0, HALF.curve.low[3]), (4.0, HALF.curve.high[3]), (0.0, 0.0)} <= edges


def test_the_ceiling_is_a_labelled_line() -> None:
    figure = drawn("curve")
    assert any(np.array_equal(line.get_ydata(), [0.9, 0.9]) for line in figure.axes[0].lines)
    assert any(text.startswith("Structural ceiling 90 %") for text in texts(figure))


def bars(figure: Figure, panel: int) -> list[float]:
    return [patch.get_width() for patch in figure.axes[panel].patches if isinstance(patch, Rectangle)]


def test_every_end_and_every_reason_has_a_bar() -> None:
    figure = drawn("ends")
    assert bars(figure, 0) == [0.125, 0.375, 0.5]
    assert bars(figure, 1) == [0.5]
    said = texts(figure)
    assert {"Agreement, core terms kept", "Agreement, amended", "Failed at home", "Time ran out"} <= set(said)
    assert {"No zone", "Bad faith", "Not conceded", "Missed"} <= set(said)
    assert {"12 % (11 to 15 %)", "38 % (35 to 41 %)"} <= set(said)
    assert said.count("none") == 4
    assert said.count("50 % (47 to 53 %)") == 2


def test_groups_differ_without_colour() -> None:
    ends, why = drawn("ends").axes
    assert {patch.get_hatch() for patch in ends.patches} == {"", "//"}
    assert {patch.get_hatch() for patch in why.patches} == {"...."}


def test_without_core_terms_agreement_is_one_bar() -> None:
    figure = where_runs_end(HALF, "The river", core=False)
    assert bars(figure, 0) == [0.5, 0.5]
    assert "Agreement" in texts(figure)
    assert "Agreement, amended" not in texts(figure)


def test_an_indicative_split_says_so() -> None:
    assert "Why runs came to no agreement (indicative)" in texts(drawn("ends", "indicative"))
    assert "Unknown" in texts(drawn("ends", "indicative"))
    assert not any("ndicative" in text for text in texts(drawn("ends")))


def test_no_ids_are_shown() -> None:
    assert not any("_" in text for case in CASES for text in texts(drawn(*case)))


def test_a_panel_has_the_packages_of_each_author_and_two_levels() -> None:
    steps, figure = danced(), drawn("dance")
    assert len(figure.axes) == 3
    for p, axes in enumerate(figure.axes):
        *offers, ring = axes.lines
        for author, line in enumerate(offers):
            assert np.array_equal(line.get_xdata(), [1, 2, 3, 4])
            assert np.array_equal(line.get_ydata(), steps.value[author::3, p])
        assert np.array_equal(ring.get_ydata(), steps.value[-1:, p])
        demand, without = [patch for patch in axes.patches if isinstance(patch, StepPatch)]
        assert np.array_equal(demand.get_data()[0], steps.aspiration[:, p])
        assert np.array_equal(without.get_data()[0], steps.fallback[:, p])
        assert demand.get_linestyle() != without.get_linestyle()
        assert axes.get_ylim()[0] < 0 and axes.get_ylim()[1] > 1.1


def test_authors_differ_in_shape_and_colour() -> None:
    lines = drawn("dance", "seven parties").axes[0].lines[:7]
    assert len({line.get_marker() for line in lines}) == len({line.get_color() for line in lines}) == 7


def test_the_legend_names_authors_and_lines() -> None:
    said = texts(drawn("dance"))
    assert {f"Tabled by {name}" for name in NAMES} <= set(said)
    assert {"Least that it accepts", "What it falls back on", "Accepted", "Week"} <= set(said)
    assert "What each package tabled was worth to each party in one run; accepted in week 4" in said


def test_talks_without_offers_or_agreement() -> None:
    assert any("nobody tabled one" in text for text in texts(drawn("dance", "nothing tabled")))
    said = texts(dance(danced(accepted=False), NAMES, "The river", "week", run=3))
    assert "What each package tabled was worth to each party in run 3; no agreement in the end" in said
    assert "Accepted" not in said


def test_a_row_a_scenario_with_its_agreements_ends_and_gains() -> None:
    figure = drawn("beside")
    likely, ends, gains = figure.axes
    assert [patch.get_width() for patch in likely.patches] == [0.125, 0.375, 0.5]
    assert [round(patch.get_width(), 6) for patch in ends.patches] == [0.5, 0.5, *[0.1] * 6]
    assert [label.get_text() for label in likely.get_yticklabels()] == ["1 The river", "2 The river 1"]
    marks = [float(line.get_xdata()[0]) for line in gains.lines if line.get_marker() not in ("None", None, "")]  # type: ignore[index]
    assert marks == pytest.approx([-0.1] * 3 + [0.0] * 3)
    assert len({(patch.get_hatch(), patch.get_facecolor()) for patch in ends.patches}) == 6


def test_ceilings_and_differences_are_marked() -> None:
    figure = drawn("beside")
    ticks = [line for line in figure.axes[0].lines if line.get_marker() == "|" and line.get_markersize() > 10]
    assert [float(line.get_xdata()[0]) for line in ticks] == [0.9, 0.9]  # type: ignore[index]
    said = texts(figure)
    assert "+28 points (25 to 31)" in said
    assert "2 scenarios side by side" in said
    assert any(text.startswith("1,000 runs each under the same luck; intervals 95 %") for text in said)


def test_few_agreements_are_hollow_and_none_are_said() -> None:
    figure = drawn("beside", "three, one without agreements")
    assert "no agreement" in texts(figure)
    studies = [study(k, "The river", summary([0, hits], 1000)) for k, hits in enumerate((29, 30))]
    few = scenario_comparison(studies, [matched(1, 0, 1000)])
    dots = [line for line in few.axes[2].lines if line.get_marker() not in ("None", None, "")]
    assert [line.get_markerfacecolor() == "white" for line in dots] == [True] * 3 + [False] * 3


SIXTEEN = [
    f"{chr(65 + k)}, the council of the upper and the lower valley and of its mills"[: 60 - k % 7].strip()
    for k in range(16)
]


def test_sixteen_parties_have_a_legend_that_fits() -> None:
    figure = beside("usual", "The river", SIXTEEN)
    assert overlapping(figure) == outside(figure) == []


def test_a_legend_is_whole_however_many_and_long_the_names_and_where_two_are_the_same() -> None:
    for parties, told in ((SIXTEEN, SIXTEEN), (["East", "East"], ["East (p0)", "East (p1)"])):
        figure = dance(danced(4, len(parties)), parties, "The river", "week")
        assert overlapping(figure) == outside(figure) == []
        rows = [" ".join(text.get_text().split()) for text in figure.legends[0].get_texts()]
        assert rows[: len(parties)] == [f"Tabled by {name}" for name in parties]
        legend = beside("usual", "The river", parties).axes[2].get_legend()
        assert legend is not None
        assert [" ".join(text.get_text().split()) for text in legend.get_texts()] == told


def test_legends_of_a_comparison_have_what_occurs_each_with_a_look_of_its_own() -> None:
    figure = drawn("beside", "three, one without agreements")
    for axes in figure.axes[:2]:
        legend = axes.get_legend()
        assert legend is not None
        patches = list(legend.get_patches())
        assert len({(patch.get_facecolor(), patch.get_hatch()) for patch in patches}) == len(patches)
    never = scenario_comparison([study(k, "The river", EDGES["none agree"]) for k in range(2)], [matched(0, 0, 40)])
    assert not any(text.startswith("agreement") for text in texts(never))


@pytest.mark.parametrize(
    ("hits", "n", "said", "between"),
    [
        (344, 1000, "34 %", "32 to 37 %"),
        (0, 40, "0 %", "0 to 9 %"),
        (1, 1000, "0.1 %", "<0.1 to 0.6 %"),
        (1, 200, "<1 %", "<1 to 3 %"),
        (1000, 1000, "100.0 %", "99.6 to 100.0 %"),
        (0, 0, "no runs", "0 to 100 %"),
    ],
)
def test_no_more_digits_than_the_interval_supports(hits: int, n: int, said: str, between: str) -> None:
    assert percent(wilson(hits, n)) == said
    assert interval(wilson(hits, n)) == between


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    lines = wrapped(LONG, TITLE, 7 - 2 * MARGIN, "bold").split("\n")
    assert max(width_of(line, TITLE, "bold") for line in lines) <= 7 - 2 * MARGIN
    assert "".join(lines).replace(" ", "") == LONG.replace(" ", "")


@pytest.mark.parametrize("kind", ["svg", pytest.param("png", marks=pytest.mark.slow)])
def test_equal_results_give_equal_files(kind: str) -> None:
    first, second = (picture_bytes(where_runs_end(HALF, "The river"), kind) for _ in range(2))
    assert first == second


def test_nobodys_own_settings_change_a_picture() -> None:
    with matplotlib.rc_context(
        {"font.size": 30, "axes.facecolor": "black", "text.color": "white", "font.family": "serif"}
    ):
        figure = likelihood_by_round(HALF, "The river", "week")
    assert picture_bytes(figure, "svg") == picture_bytes(likelihood_by_round(HALF, "The river", "week"), "svg")


@pytest.mark.parametrize(("end", "said"), [(End.AGREEMENT, "accepted in week 1"), (End.INTERIM_ONLY, "no agreement")])
def test_pictures_of_a_study(tmp_path: Path, end: End, said: str) -> None:
    scenario = read_scenario(write_small(tmp_path)).scenario
    game: Any = SimpleNamespace(names=SimpleNamespace(parties=tuple(scenario.parties)))
    made = pictures(SimpleNamespace(scenario=scenario, summary=HALF), game, transcript(end))
    assert list(made) == ["likelihood", "ends", "dance"]
    assert all(scenario.title in texts(figure) for figure in made.values())
    assert "The upper town" in texts(made["dance"])
    assert any(said in text for text in texts(made["dance"]))


@pytest.mark.parametrize(
    "case",
    [("ends",), ("curve",), ("beside", "usual"), pytest.param(("beside", "twelve", LONG), marks=pytest.mark.slow)],
    ids=lambda case: ", ".join(case)[:40],
)
def test_nothing_is_cut_at_the_edges_of_a_saved_picture(case: tuple[str, ...]) -> None:
    figure = drawn(*case)
    pixels = imread(BytesIO(picture_bytes(figure, "png")))[:, :, :3]
    edges = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    assert all((edge == 1.0).all() for edge in edges)
