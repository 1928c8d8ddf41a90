"""What a reader of blockers needs beside them, and how its red lines are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sim.analysis.blockers.disagreement import SELDOM, Blocking, Finding, disagreements
from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.removed_lines import Removal
from sim.report import Report
from sim.report.wording.figures import line_says
from sim.scenario.names import joined

EVER = 0.5
"""Share of failing runs that ever name a line, from which it has a row of its own."""

JOINTLY = {
    "minimal_set": "the smallest minimal set",
    "same_as": "real in the same runs",
    "all": "all of them",
}


@dataclass(frozen=True)
class BlockersReport:
    """What blocks a scenario, measured three ways."""

    base: Report  # the scenario as it is
    lines: tuple[Blocking, ...]  # as ranked
    jointly: tuple[tuple[str, Removal], ...]  # why these go together, and what taking them away at once gives
    twins: dict[str, tuple[str, ...]]  # red line: others that are real in the same runs
    sets: tuple[MinimalSets, ...]  # of every stage of the stated world without a zone
    not_followed: str  # why the sets are not known; empty where they are
    demands: dict[str, float]  # party: mean of what it still asked above its no-deal value in failing runs

    def findings(self) -> tuple[Finding, ...]:
        """Where the three measures disagree."""
        return disagreements(self.lines, self.sets)

    def line(self, name: str) -> Blocking:
        """A red line by its id."""
        return next(one for one in self.lines if one.id == name)

    @cached_property
    def rows(self) -> tuple[Blocking, ...]:
        """The red lines that are worth a row, in the order of the page."""
        return tuple(line for line in self.lines if matters(self, line))

    @cached_property
    def rest(self) -> tuple[Blocking, ...]:
        """The others, by owner."""
        ids = {line.id for line in self.lines} - {line.id for line in self.rows}
        parties = self.base.scenario.parties.values()
        return tuple(self.line(each.id) for party in parties for each in party.red_lines if each.id in ids)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each red line on the page, from 1."""
        return {line.id: place for place, line in enumerate((*self.rows, *self.rest), 1)}

    def number(self, name: str) -> int:
        """Its place on the page."""
        return self.places[name]

    def failed(self) -> int:
        """How many runs fail."""
        return self.base.summary.runs - self.base.summary.agreements()

    def in_full(self, name: str) -> str:
        """A red line with its place, its owner and what it says."""
        return f"[{self.number(name)}] {line_says(self.base.scenario, name)}"

    def in_short(self, names: Iterable[str], sign: str = "") -> str:
        """Red lines by their places, as a list or joined by a sign."""
        places = [f"[{number}]" for number in sorted(map(self.number, names))]
        return sign.join(places) if sign else joined(places)


def stage_says(report: BlockersReport, stage: MinimalSets) -> str:
    """What a stage is about."""
    if stage.phase is None:
        return "the whole deal"
    return f"the first phase ({report.base.scenario.phase_called(stage.phase)})"


def matters(report: BlockersReport, line: Blocking) -> bool:
    """Whether a red line is worth a row: often named, in a minimal set, or something changes without it."""
    often = line.named.at_the_end >= SELDOM or line.named.at_all >= EVER
    changes = line.alone.gives() or line.alone.costs() or line.alone.lifts_ceiling()
    return often or changes or any(stage.membership(line.id).sets for stage in report.sets)
