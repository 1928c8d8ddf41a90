"""What the answer hangs on over all assumptions, with what a reader needs beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sim.analysis.influence import number_of
from sim.analysis.sensitivity.coded_sample import CodedSample, Judged, judged, over_codings
from sim.analysis.sensitivity.given_data import Estimate
from sim.analysis.shares.likelihood import Share, share_of
from sim.report.wording.draws import number_says
from sim.scenario import Scenario
from sim.scenario.conventions import Convention
from sim.scenario.names import spoken
from sim.scenario.provenance import Entry, Kind

SPACING = ".spacing"


@dataclass(frozen=True)
class Assumptions:
    """What may be moved in a scenario, with its words and what it rests on."""

    scenario: Scenario
    name: str
    conventions: Mapping[str, Convention]  # by path
    entries: tuple[Entry, ...]
    overrides: dict[str, str]

    def says(self, path: str) -> str:
        """An assumption in words."""
        if path.endswith(SPACING) and path in self.conventions:
            return f"{self.scenario.parties[path.split('.')[1]].name}: spacing of options"
        if path.startswith("classes."):
            return f"what class \u201c{spoken(path.split('.')[1])}\u201d is worth"
        return number_says(self.scenario, path)

    def kind(self, path: str) -> Kind:
        """What it rests on."""
        if path in self.conventions:
            return self.conventions[path].kind
        return self._kinds.get(number_of(path), "assumed")

    def range_says(self, path: str) -> str:
        """The ends of a convention's range, as they stand in a file; empty for what is drawn."""
        one = self.conventions.get(path)
        return "" if one is None else f"{one.low:g} to {one.high:g}"

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {entry.path: entry.kind for entry in self.entries}


@dataclass(frozen=True)
class AssumptionReport(Assumptions):
    """A sample over all assumptions of one scenario, judged."""

    sample: CodedSample
    seed: int
    by: str | None  # the day by which a run must agree
    totals: Mapping[str, Estimate] = field(default_factory=dict)  # total effects of the assumptions that lead

    @cached_property
    def judged(self) -> Judged:
        """What stands out."""
        return judged(self.sample, self.sides)

    @property
    def sides(self) -> list[int]:
        """The belligerents."""
        return [p for p, party in enumerate(self.scenario.parties.values()) if party.role == "belligerent"]

    @property
    def over_all(self) -> Share:
        """The likelihood over all codings."""
        return over_codings(self.sample)

    @property
    def stated(self) -> Share:
        """The likelihood as the scenario stands."""
        return share_of(self.sample.stated.agreed)
