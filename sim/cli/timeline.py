"""`sim evidence --timeline`: who said what when, and what changed between two dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.questions.dated_worlds import World, dated_worlds, read_worlds, worlds_behind
from sim.api.questions.pictures import sheet_of
from sim.cli.common import as_text, fail, faults_told, fitted, say
from sim.cli.options import day
from sim.cli.picture_size import NoTitle, Size, tell_boxes
from sim.cli.recorded import check_picture, write_picture

if TYPE_CHECKING:
    from sim.plots import Sheet
    from sim.scenario.dated_changes import Between
    from sim.scenario.timeline import Timeline

OPTION = "--timeline"

UseTimeline = Annotated[
    bool,
    typer.Option(OPTION, help="Who said what when instead, by claim, and what each party had put forward by date."),
]
Party = Annotated[
    str | None, typer.Option("--party", metavar="PARTY", help="With --timeline: only what is about this party.")
]
OnIssue = Annotated[
    str | None, typer.Option("--issue", metavar="ISSUE", help="With --timeline: only what is about this issue.")
]
BetweenDays = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--between", metavar="FROM TO",
        help="With --timeline: only what changed between two days: claims written, positions and numbers.",
    ),
]  # fmt: skip
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="With --timeline: also draw it: .png, .svg or .pdf.")
]


@dataclass(frozen=True)
class OverTime:
    """Options of `sim evidence` that go with `--timeline`."""

    timeline: UseTimeline = False
    party: Party = None
    issue: OnIssue = None
    between: BetweenDays = None
    out: Out = None
    size: Size = None
    no_title: NoTitle = False

    def refuse_alone(self) -> None:
        """Without `--timeline` none of the others is given."""
        given = {"--party": self.party, "--issue": self.issue, "--between": self.between, "--out": self.out,
                 "--size": self.size, "--no-title": self.no_title or None}  # fmt: skip
        option = next((name for name, value in given.items() if value is not None), None)
        if option is not None:
            fail(f"{option}: goes with {OPTION}")


def tell_timeline(scenario: Path | None, asked: OverTime, as_json: bool) -> None:
    """Print the timeline of a scenario and the dated ones that it builds on; without one, of the dated worlds."""
    days = _days(asked.between)
    if (asked.size is not None or asked.no_title) and asked.out is None:
        fail(f"{'--size' if asked.size else '--no-title'}: goes with --out")
    with faults_told():
        sheet = sheet_of(asked.size, not asked.no_title)
    with faults_told():
        check_picture(asked.out)
        worlds = (
            read_worlds(dated_worlds(f"evidence {OPTION}", takes_one=True), None)
            if scenario is None
            else _worlds_of(scenario)
        )
        timeline = _timeline(worlds, asked)
        changes = _between(timeline, worlds, days) if days else None
        say(_data(timeline, changes) if as_json else _page(timeline, changes), nl=as_json)
        if asked.out is not None:
            _draw(timeline, asked.out, sheet)


def _days(given: tuple[str, str] | None) -> tuple[str, str] | None:
    if given is None:
        return None
    try:
        first, last = (day(text).isoformat() for text in given)
    except typer.BadParameter as wrong:
        fail(f"--between: {wrong.message}")
    if first >= last:
        fail(f"--between: the first day must come before the last (got {first} {last})")
    return first, last


def _worlds_of(path: Path) -> list[World]:
    """A scenario and the dated ones that it builds on."""
    from sim.files.scenario.reader import read_scenario

    loaded = read_scenario(path)
    if loaded.scenario.date is None:
        fail(f"{path}: has no date, so nothing of it is over time; give it one (`date: 2025-04-23`)")
    return worlds_behind(loaded, path)


def _timeline(worlds: Sequence[World], asked: OverTime) -> "Timeline":
    from sim.scenario.problems import unknown
    from sim.scenario.timeline import Chosen, DatedWorld, known_names, timeline_of

    dated = [DatedWorld(world.path.stem, world.date, world.loaded.scenario) for world in worlds]
    evidence = worlds[-1].loaded.evidence
    parties, issues = known_names(dated, evidence)
    for option, name, known in (("--party", asked.party, parties), ("--issue", asked.issue, issues)):
        if name is not None and name not in known:
            fail(f"{option}: {unknown(option.removeprefix('--'), name, known)}")
    return timeline_of(dated, evidence, Chosen(asked.party, asked.issue))


def _between(timeline: "Timeline", worlds: Sequence[World], days: tuple[str, str]) -> "Between":
    from sim.scenario.dated_changes import between

    found = between(timeline, worlds[-1].loaded.evidence, *days)
    if found is None:
        first = timeline.worlds[0]
        fail(f"--between: no scenario is as early as {days[0]}; the first is {first.name}, of {first.date}")
    return found


def _data(timeline: "Timeline", changes: "Between | None") -> str:
    from sim.report.timeline.data import timeline_data

    return as_text(timeline_data(timeline, changes))


def _page(timeline: "Timeline", changes: "Between | None") -> str:
    from sim.report.timeline.page import between_page, timeline_page

    return fitted(between_page, timeline, changes) if changes else fitted(timeline_page, timeline)


def _draw(timeline: "Timeline", out: Path, sheet: "Sheet") -> None:
    from sim.plots import TooSmallError
    from sim.report.timeline.picture import timeline_picture

    try:
        figure = timeline_picture(timeline, sheet)
    except TooSmallError as small:
        fail(f"--size: {small}; --party or --issue draws fewer rows")
    if figure is not None:
        tell_boxes([figure])
    write_picture(figure, out, "as no position and no claim about the agenda is among these", sheet)
