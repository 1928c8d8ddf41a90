"""Results as words and data for readers: the pages that commands print, and the same as JSON."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from sim.analysis.shares.continuation import Continuation
    from sim.analysis.summary import Summary
    from sim.scenario import Scenario
    from sim.scenario.provenance import Entry


@dataclass(frozen=True)
class Report:
    """One study with what a reader needs to judge it."""

    scenario: "Scenario"
    name: str
    summary: "Summary"
    entries: "tuple[Entry, ...]"
    seed: int
    engine: str
    overrides: dict[str, str]
    by: "tuple[datetime.date, ...]" = ()  # days that a likelihood was asked for
    beside: "Continuation | None" = None  # where talks go on from earlier ones: what else answers the same question

    def counts(self) -> dict[str, int]:
        """How many numbers are cited, conventions, assumed and overridden."""
        from sim.scenario.provenance import counts

        return counts(self.entries)
