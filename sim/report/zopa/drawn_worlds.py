"""The zones of drawn worlds in words: how many have one, and settlements that hold in most."""

from collections.abc import Iterable, Iterator, Sequence

from sim.analysis.exact.covering import Cover
from sim.analysis.exact.robust import Robust
from sim.report.wording.figures import CEILING, interval, line_says, part, percent
from sim.report.wording.layout import row, wrap
from sim.report.wording.packages import differences, in_full
from sim.report.zopa.report import ZoneReport

MOST_RANKED = 3
"""Packages of the ranking on the page, which are often alike; the data have more."""

MOST_FAILINGS = 3
FEWEST = 0.01  # share of worlds from which a failing is told


def worlds_say(report: ZoneReport) -> Iterator[str]:
    """How many drawn worlds have a zone, and how large it is."""
    answer = report.answer
    drawn = answer.drawn
    assert drawn is not None
    head = f"How sure is that? In {answer.worlds:,} drawn worlds (seed {answer.seed}), at any time of the talks"
    yield from wrap(head, "")
    if len(answer.stages) > 1:
        yield from wrap("(a zone for the whole deal, where the first phase can settle on something too)")
    yield from row(
        f"worlds with a zone: {CEILING} (95 % interval {interval(drawn.exists)}, sampling error only)",
        percent(drawn.exists),
    )
    sizes = " / ".join(f"{size:,.0f}" for size in drawn.packages.values())
    yield from row("packages in it (5th / 50th / 95th percentile)", sizes)


def robust_blocks(report: ZoneReport) -> Iterator[Iterable[str]]:
    """The settlements that hold in most worlds: the first in full, the others by what differs."""
    drawn, space = report.answer.drawn, report.answer.deal().space
    assert drawn is not None
    if not drawn.robust:
        return
    yield wrap(
        "Packages that find the consent they need in the largest share of worlds: chosen among all packages in those "
        f"worlds, judged in {report.answer.worlds:,} others",
        "",
    )
    first = space.package(drawn.robust[0].number)
    for k, each in enumerate(drawn.robust[:MOST_RANKED]):
        lines = row(f"in the zone of so many worlds ({interval(each.share)})", percent(each.share), f"{k + 1}. ")
        if k == 0:
            lines += in_full(report.scenario, report.game, first)
        else:
            lines += wrap("as 1., but for")
            lines += differences(report.scenario, report.game, space.package(each.number), first)
        yield [*lines, *_failings(report, each)]
    if len(drawn.covers) > 1:
        yield _covers(report, drawn.covers)


def _covers(report: ZoneReport, covers: Sequence[Cover]) -> Iterator[str]:
    """The short list of which one finds consent in as many worlds as can be, by what differs from the first ranked."""
    drawn, space = report.answer.drawn, report.answer.deal().space
    assert drawn is not None
    yield from wrap(
        "A list of packages of which one finds the consent it needs in as many worlds as can be: each is the best where "
        "those before it fail. Worlds in which it does; with those before",
        "",
    )
    ranked = drawn.robust[0].number
    for k, each in enumerate(covers):
        head = "1. above" if each.number == ranked else "as 1., but for"
        yield from row(head, f"{percent(each.share)};  {percent(each.so_far)}", f"{chr(ord('a') + k)}. ")
        yield from differences(report.scenario, report.game, space.package(each.number), space.package(ranked))


def _failings(report: ZoneReport, each: Robust) -> Iterator[str]:
    """What stands against a settlement in the other worlds."""
    lines = [(share, line_says(report.scenario, line)) for line, share in each.lines.items()]
    short = [(share, f"worth too little to {report.party(party)}") for party, share in each.short.items()]
    found = sorted([*lines, *short], key=lambda one: -one[0])[:MOST_FAILINGS]
    found = [one for one in found if one[0] >= FEWEST]
    if found:
        said = "; ".join(f"{says} ({part(share, each.share.n)})" for share, says in found)
        yield from wrap(f"fails by: {said}", hang="    ")
