"""What would open a zone, in words: minimal sets of red lines, cuts of no-deal values, pairs of parties."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from sim.analysis.exact.answer import Stage
from sim.analysis.exact.relaxations import Softening
from sim.report.wording.figures import line_says
from sim.report.wording.layout import GAP, command, row, wrap
from sim.report.wording.packages import settles
from sim.report.zopa.report import ZoneReport

MOST_SETS = 8
NOISE = 1e-6  # of a thousandth: what sums of floats are off by


def opening_says(report: ZoneReport, stage: Stage) -> Iterator[str]:
    """What would open a zone: minimal sets of red lines first, then those that need a cut as well."""
    found = stage.opening
    assert found is not None
    alone = [each for each in found.softenings if each.cut == 0.0]
    cut = [each for each in found.softenings if each.cut > 0.0]
    if alone:
        yield from wrap(
            f"What would open it: any one of these {_sets(alone)}, least firmness given up first (firmness: the chance "
            "that a line is real)",
            "",
        )
        yield from _listed(report, stage, alone)
        yield from wrap("That a deal exists then does not make it likely: sim blockers plays what each of these gives.")
    elif report.game.names.lines:
        yield from wrap(f"No set of up to {found.most} red lines opens it by itself.", "")
    if cut:
        yield from wrap(_what_falls(stage, bool(alone), any(each.lines for each in cut)), "")
        yield from _listed(report, stage, cut)
    if not found.is_whole:
        yield from wrap("There are more sets than could be kept; these may not be all.")
    yield from _pairs(report, found.pairs)


def _sets(found: Sequence[Softening]) -> str:
    if all(len(each.lines) == 1 for each in found):
        return "red lines, taken back"
    return "minimal sets of red lines, each taken back together"


def _listed(report: ZoneReport, stage: Stage, found: Sequence[Softening]) -> Iterator[str]:
    for k, each in enumerate(found[:MOST_SETS]):
        mark = f"{k + 1}. "
        if not each.lines:
            yield from wrap(_cut(report, stage, each), f"{GAP}{mark}", "   ")
            continue
        says = "; ".join(line_says(report.scenario, line) for line in each.lines)
        together = " in all" if len(each.lines) > 1 else ""
        yield from row(says, f"firmness {each.firmness:.2f}{together}", mark)
        yield from wrap(f"for example with {_crossed(report, stage, each)}", "     ", "")
        if each.cut > 0.0:
            yield from wrap(f"and {_cut(report, stage, each)}", "     ", "")
        else:
            yield from command(report.command(each.lines), "     ")
    if len(found) > MOST_SETS:
        yield from wrap(f"({len(found) - MOST_SETS} more of {len(found)} in the data: --json)")


def _crossed(report: ZoneReport, stage: Stage, each: Softening) -> str:
    """What a package that is in the zone then settles on the issues of the lines."""
    x, rules = stage.space.package(each.number), report.game.rules
    named = np.any([rules.names[report.game.names.lines.index(line)] for line in each.lines], axis=0)
    return "; ".join(settles(report.scenario, report.game, i, x) for i in np.flatnonzero(named).tolist())


def _what_falls(stage: Stage, alone: bool, with_lines: bool) -> str:
    """What has to be worth less besides; in an earlier phase that is no no-deal value."""
    falls = "no-deal values fall" if stage.phase is None else "what parties fall back on in this phase falls"
    also = " too" if alone or with_lines else ""
    return f"{'Or with less given up, where' if alone else 'What would open it, where'} {falls}{also}"


def _cut(report: ZoneReport, stage: Stage, each: Softening) -> str:
    said = (
        f"{'every no-deal value' if stage.phase is None else 'what each party falls back on'} lower by {_up(each.cut)}"
    )
    if each.party is None:
        return f"{said}; no single party's cut would do"
    return f"{said}, or that of {report.party(each.party)} alone by {_up(each.party_cut)}"


def _up(value: float) -> str:
    """A cut, rounded up so that what is printed suffices."""
    return f"{math.ceil(1000 * value - NOISE) / 1000:.3f}"


def _pairs(report: ZoneReport, pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    every = list(combinations(report.game.names.parties, 2))
    others = [pair for pair in every if pair not in pairs and pair[::-1] not in pairs]
    if pairs and len(others) < len(pairs):
        but = f" but {_couples(report, others)}" if others else ""
        yield from wrap(f"Every pair of parties could agree if only their own consent counted{but}.", "")
    elif pairs:
        said = _couples(report, pairs)
        yield from wrap(f"Pairs that could agree if only their own consent counted: {said}", "")
    else:
        yield from wrap("No two parties could agree even if only their own consent counted.", "")


def _couples(report: ZoneReport, pairs: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{report.party(a)} and {report.party(b)}" for a, b in pairs)
