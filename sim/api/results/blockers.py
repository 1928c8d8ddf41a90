"""What blocks, as it comes back to Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.analysis.shares.likelihood import Share
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page
from sim.report.blockers.report import BlockersReport

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure

MOST_ROWS = 8
CHANGES = "change change_low change_high ceiling_change ceiling_change_low ceiling_change_high"


@dataclass(frozen=True, repr=False, eq=False)
class BlockersResult(ShownResult):
    """What blocks, measured three ways: `load("november_draft").blockers()`. Nothing is written.

    Tables (`frame`):

    - `red_lines` (usual): a row a line, in the order of what it gives to be without it: `id`, `party`, `says`;
      `at_the_end` and `at_all`, shares of failing runs whose last refusals, or any, name it; `change` of the
      likelihood, and `ceiling_change`, where it is never real (fractions, paired, each with `_low` and `_high`);
      `sets`, how many of the minimal sets that open a zone have it.
    - `together`: a row for each set that is taken away at once: `kind`, `red_lines`, `change`, `ceiling_change`.
    - `minimal_sets`: a row a set that would open a zone as stated: `stage`, `red_lines`, `firmness`. Empty where
      there is a zone.
    """

    report: BlockersReport = field(repr=False)

    @property
    def runs(self) -> int:
        """How many negotiations were played, as it is and without each line."""
        return self.report.base.summary.runs

    @property
    def likelihood(self) -> float:
        """The share of runs that agree as it is, a fraction."""
        return self.report.base.summary.likelihood.estimate

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval: sampling error only."""
        share: Share = self.report.base.summary.likelihood
        return share.low, share.high

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        return list(self._data()["plain_words"])

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """What it gives if each line is never real, and how often refusals name it: `red_lines`.

        Raises:
            SimError: there is no such kind, no line to draw, or it does not fit.
        """
        from sim.report.blockers.picture import blockers_picture

        check_kind(kind, "red_lines")
        return on_page(lambda sheet: blockers_picture(self.report, sheet), size, title, "as no red line may bind")

    def _data(self) -> dict[str, Any]:
        from sim.report.blockers.data import blockers_data

        return blockers_data(self.report)

    def _page(self) -> str:
        from sim.report.blockers.page import blockers_page

        return blockers_page(self.report)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {
            "red_lines": lambda: frame_of(self._lines(), f"id party says at_the_end at_all {CHANGES} sets"),
            "together": lambda: frame_of(self._together(), f"kind red_lines {CHANGES}"),
            "minimal_sets": lambda: frame_of(self._sets(), "stage red_lines firmness"),
        }

    def _lines(self) -> Iterator[dict[str, Any]]:
        for line in self._data()["red_lines"]:
            named = {key: line[key] for key in ("id", "party", "says", "at_the_end", "at_all")}
            sets = sum(stage["sets"] for stage in line["minimal_sets"])
            yield {**named, **_changes(line["removal"]), "sets": sets}

    def _together(self) -> Iterator[dict[str, Any]]:
        for each in self._data()["together"]:
            yield {"kind": each["kind"], "red_lines": each["red_lines"], **_changes(each)}

    def _sets(self) -> Iterator[dict[str, Any]]:
        for stage in self._data()["minimal_sets"]:
            for each in stage["sets"]:
                yield {"stage": stage["stage"] or "deal", **each}

    def _brief(self) -> Brief:
        from sim.report.wording.figures import CAVEAT, part

        rows = [
            (
                self.report.in_full(line.id), part(line.named.at_the_end, self.report.failed()),
                line.alone.agreement.points(),
            )
            for line in self.report.rows[:MOST_ROWS]
        ]  # fmt: skip
        head = ("red line", "last refusals name it, of failing runs", "change without it, in points")
        return Brief(self.report.base.scenario.title, self.plain_words, head, rows, CAVEAT)

    def __repr__(self) -> str:
        lines = len(self.report.lines)
        return f"<{self.report.base.name}: what blocks, {lines} red lines, {self.runs:,} runs with each and without>"


def _changes(removal: Mapping[str, Any]) -> dict[str, float]:
    """What taking lines away changes, as columns."""
    columns = {"change": removal["agreement"], "ceiling_change": removal["ceiling"]}
    return {
        f"{name}{end}": found[part]
        for name, found in columns.items()
        for end, part in (("", "estimate"), ("_low", "low"), ("_high", "high"))
    }
