"""Scenarios side by side: how likely agreement is, where runs end, and what each party gains. A row is a scenario."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import FEW
from sim.plots import page
from sim.plots.hatches import AMENDED, ENDS, KEPT, WHOLE, Pattern
from sim.plots.legends import LegendEntry
from sim.plots.run.study import DrawnStudy
from sim.plots.sheet import USUAL, Sheet
from sim.plots.sweep.scales import dress_shares
from sim.scenario.names import apart

WIDTH, NARROW = 11.0, 8.0  # inches, as usual and at the least
PARTY = 1.75  # inches for the names of parties
NAMES = 2.2  # inches for the titles of scenarios
CEILING = 3.2  # inches for what is said of the ceiling
PANELS = (3.1, 2.9, 2.2)  # relative widths
HEADINGS = ("Likelihood of agreement", "Where runs end", "Gain by agreeing")
EDGES = 0.75  # inches for headings and axes
BAR = 0.3  # inches
BETWEEN = 0.16  # inches between rows
TINY = 1e-9
MINUS = "\u2212"
KEY = page.SMALL + 0.5
WHISKER: dict[str, Any] = {"fmt": "none", "ecolor": page.BLACK, "elinewidth": 1.0, "capsize": 2.5}
SOLID: dict[str, Any] = {"mew": 0.4, "mec": "white"}
HOLLOW: dict[str, Any] = {"mew": 1.2, "mfc": "white"}
TICK: dict[str, Any] = {"marker": "|", "ms": 20, "mew": 1.8, "color": page.BLACK, "ls": ""}


@page.styled
def scenario_comparison(
    studies: Sequence[DrawnStudy], differences: Sequence[Difference], *, sheet: Sheet = USUAL
) -> Figure:
    """Three panels with a row for each of two or more scenarios; `differences` [n - 1] are from the first one."""
    width = sheet.wide(WIDTH, NARROW)
    part = width / WIDTH
    names = [
        page.wrapped(f"{k + 1}  {study.scenario.title}", page.NORMAL, part * NAMES) for k, study in enumerate(studies)
    ]
    rows = [max(BAR, page.height_of(name, page.NORMAL)) + BETWEEN for name in names]
    legends = (_likelihood_legend(studies, part), _ends_legend(studies), _gains_legend(studies, part))
    under = max(sum(page.height_of(words, KEY) + 0.04 for words, _ in legend) for legend in legends) + 0.2
    tall = sum(rows) + EDGES + under
    title = f"{len(studies)} scenarios side by side"
    figure = page.blank_page(title, _subtitle(studies), _foot(studies), width, tall, least=tall, sheet=sheet)
    panels = figure.subplots(1, 3, width_ratios=PANELS)
    middles = np.cumsum(rows) - np.array(rows) / 2
    for panel, heading, legend in zip(panels, HEADINGS, legends, strict=True):
        panel.set_title(heading, size=page.NORMAL, weight="bold", loc="left")
        panel.set_ylim(sum(rows), 0.0)
        panel.set_yticks([])
        _explain(figure, panel, legend)
    _draw_likelihoods(panels[0], studies, differences, middles.tolist(), names)
    _draw_ends(panels[1], studies, middles.tolist())
    _draw_gains(panels[2], studies, middles.tolist(), np.cumsum(rows)[:-1].tolist())
    return page.finished(figure)


def _subtitle(studies: Sequence[DrawnStudy]) -> str:
    summary = studies[0].summary
    return (
        f"{page.counted(summary.runs)} each under the same luck; intervals {page.level(summary.likelihood)}; "
        f"differences in percentage points from 1 ({studies[0].scenario.title}), paired run by run"
    )


def _foot(studies: Sequence[DrawnStudy]) -> str:
    return (
        f"{page.CAUTION} Whiskers and brackets: sampling error only (shares: Wilson; differences: adjusted Wald for pairs). "
        f"Gain: mean worth of what is agreed less that of going on then, on the party's scale from 0 to 1; "
        f"hollow where fewer than {FEW} runs agreed."
    )


def _explain(figure: Figure, axes: Axes, legend: Sequence[LegendEntry]) -> None:
    below = axes.transAxes + ScaledTranslation(0.0, -0.32, figure.dpi_scale_trans)
    words, looks = zip(*legend, strict=True)
    axes.legend(
        looks, words, loc="upper left", bbox_to_anchor=(0.0, 0.0), bbox_transform=below,
        borderaxespad=0, borderpad=0, fontsize=KEY, frameon=False, handlelength=2.0, labelspacing=0.35,
    )  # fmt: skip


def _stack(axes: Axes, y: float, parts: Sequence[tuple[Pattern, float]]) -> None:
    left = 0.0
    for pattern, share in parts:
        axes.barh(y, share, left=left, height=BAR, clip_on=False, **pattern.style())
        left += share


def _agreements(study: DrawnStudy) -> list[tuple[Pattern, float]]:
    summary = study.summary
    if not study.scenario.has_core():
        return [(WHOLE, summary.likelihood.estimate)]
    return [(KEPT, summary.core.estimate), (AMENDED, summary.amended.estimate)]


def _draw_likelihoods(
    axes: Axes,
    studies: Sequence[DrawnStudy],
    differences: Sequence[Difference],
    middles: Sequence[float],
    names: list[str],
) -> None:
    dress_shares(axes.xaxis)
    axes.set_yticks(middles, names, size=page.NORMAL)
    axes.tick_params(axis="y", length=0)
    for y, study, difference in zip(middles, studies, [None, *differences], strict=True):
        share, ceiling = study.summary.likelihood, study.summary.ceiling
        _stack(axes, y, _agreements(study))
        reach = [[max(0.0, share.estimate - share.low)], [max(0.0, share.high - share.estimate)]]
        axes.errorbar(share.estimate, y, xerr=reach, **WHISKER)
        axes.plot(ceiling.estimate, y, clip_on=False, **TICK)
        said = difference.points(" points").replace("-", MINUS) if difference else "the others differ from this by"
        for text, size, colour, shift in (
            (f"{page.percent(share)} ({page.interval(share)})", page.NORMAL, page.BLACK, 6),
            (said, page.SMALL, page.GREY, -6),
        ):
            page.write_beside(axes, text, (1, y), (9, shift), size=size, color=colour, ha="left")


def _likelihood_legend(studies: Sequence[DrawnStudy], part: float) -> list[LegendEntry]:
    patterns = dict.fromkeys(pattern for study in studies for pattern, share in _agreements(study) if share > 0)
    legend: list[LegendEntry] = [(pattern.words, Patch(**pattern.style())) for pattern in patterns]
    legend.append((f"{page.level(studies[0].summary.likelihood)} interval", Line2D([], [], color=page.BLACK, lw=1.0)))
    ceiling = page.wrapped("structural ceiling: a package finds the consent it needs", KEY, part * CEILING)
    return [*legend, (ceiling, Line2D([], [], **TICK | {"ms": 9}))]


def _draw_ends(axes: Axes, studies: Sequence[DrawnStudy], middles: Sequence[float]) -> None:
    dress_shares(axes.xaxis)
    for y, study in zip(middles, studies, strict=True):
        ends = study.summary.ends
        _stack(axes, y, [(pattern, ends[end].estimate) for end, pattern in ENDS.items() if end in ends])


def _ends_legend(studies: Sequence[DrawnStudy]) -> list[LegendEntry]:
    found = {end for study in studies for end, share in study.summary.ends.items() if share.estimate > 0}
    return [(pattern.words, Patch(**pattern.style())) for end, pattern in ENDS.items() if end in found]


def _parties(studies: Sequence[DrawnStudy]) -> dict[str, str]:
    return apart({party: known.name for study in studies for party, known in study.scenario.parties.items()})


def _draw_gains(axes: Axes, studies: Sequence[DrawnStudy], middles: Sequence[float], borders: Sequence[float]) -> None:
    parties = list(_parties(studies))
    apart = BAR / max(3, len(parties) - 1)
    for border in borders:
        axes.axhline(border, color=page.PALE, lw=0.4)
    axes.axvline(0.0, color=page.BLACK, lw=0.8, zorder=1)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(value)))
    axes.xaxis.grid(True, color=page.PALE, lw=0.4)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", labelsize=page.SMALL + 0.5, color=page.GREY)
    for y, study in zip(middles, studies, strict=True):
        settlement = study.summary.settlement
        if settlement is None:
            axes.annotate(
                "no agreement", (0.5, y), xycoords=("axes fraction", "data"), size=page.SMALL, color=page.GREY, ha="center",
                va="center",
            )  # fmt: skip
            continue
        is_few = study.summary.agreements() < FEW
        for party, gain in settlement.gains().items():
            k = parties.index(party)
            place = y + (k - (len(parties) - 1) / 2) * apart
            axes.plot(gain, place, ls="", ms=5.5, zorder=3, **page.look(k), **(HOLLOW if is_few else SOLID))


def _signed(value: float) -> str:
    return f"{value:+g}".replace("-", MINUS) if abs(value) > TINY else "0"


def _gains_legend(studies: Sequence[DrawnStudy], part: float) -> list[LegendEntry]:
    names = _parties(studies).values()
    room = part * PARTY
    return [
        (page.wrapped(name, KEY, room), Line2D([], [], ls="", ms=5.5, **page.look(k))) for k, name in enumerate(names)
    ]
