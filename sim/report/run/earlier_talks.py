"""Talks that go on from earlier ones: what the page of a study says first of that, and the same as data."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sim.report import Report
from sim.report.wording.figures import interval, percent
from sim.report.wording.layout import row, wrap
from sim.scenario.calendar import spoken_day

HEAD = "Played on from earlier talks"
PARTS = (
    "Of what is new, one part at a time against how it was then, in points (they need not add up; a part that is not told "
    "changes no run)"
)


def earlier_talks(report: Report) -> Iterator[str]:
    """The block of the page; nothing where talks begin anew."""
    found = report.beside
    if found is None:
        return
    until, day = spoken_day(found.until), spoken_day(found.day)
    yield HEAD
    yield from wrap(
        f"\u201c{found.title}\u201d is played up to {until}. Of {found.looked_at:,} of its runs {found.kept:,} go on so long "
        "and fit the record; all that follows is of these."
    )
    yield from wrap(f"Agreement by {day}, the last day that all three reach, in the same runs", "")
    for label, share in (
        ("these talks, which go on", found.going_on),
        ("the same begun anew, with nothing carried over", found.anew),
        ("the earlier talks played on, with nothing new", found.earlier),
    ):
        yield from row(f"{label} ({interval(share)})", percent(share))
    yield from row("what is new (going on less played on), in points", found.new.points())
    yield from row("what is carried over (going on less begun anew), in points", found.memory.points())
    if found.exchanges:
        yield from wrap(PARTS, "")
    for each in found.exchanges:
        yield from row(each.part, each.effect.points())


def earlier_data(report: Report) -> dict[str, Any]:
    """The same as plain data, under `continues`."""
    found = report.beside
    if found is None:
        return {}
    days = {"until": str(found.until), "day": str(found.day)}
    return {"continues": {**asdict(found), **days}}
