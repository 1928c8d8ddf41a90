"""Scenarios side by side, as they come back to Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import Share
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page
from sim.report.compare.data import Comparison

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure


@dataclass(frozen=True, repr=False, eq=False)
class ComparisonResult(ShownResult):
    """Scenarios played on the same draws: `load("freeze_lines").compare("us_walks_away")`.

    Everything is in memory; nothing is written. Tables (`frame`):

    - `scenarios` (usual): a row a scenario: `scenario`, `title`, `date`, `runs`, `likelihood`, `difference` from the
      first, `core` and `ceiling` (each with `.low` and `.high`), `by.DAY`, `holds`, `end.WAY`, `why.REASON`,
      `terms.PARTY`, `gain.PARTY` and more.
    - `differences`: a row for each but the first: `scenario`, `against`, `difference`, `difference_low`,
      `difference_high`, fractions.
    - `runs`: a row a run of each scenario: `scenario`, `run`, `outcome`, `why`, `round`, and what each party got.
    """

    comparison: Comparison = field(repr=False)
    table: Any = field(repr=False)  # of all runs, Arrow's

    @property
    def runs(self) -> int:
        """How many negotiations were played of each scenario."""
        return self.comparison.reports[0].summary.runs

    @property
    def likelihoods(self) -> dict[str, Share]:
        """scenario: the share of its runs that agree, with its interval."""
        return {report.name: report.summary.likelihood for report in self.comparison.reports}

    @property
    def differences(self) -> dict[str, Difference]:
        """scenario: how much likelier agreement is than in the first, paired run by run; a fraction with its interval."""
        others = self.comparison.reports[1:]
        return {report.name: one for report, one in zip(others, self.comparison.differences, strict=True)}

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        from sim.report.compare.headline import plain_words

        return plain_words(self.comparison.reports, self.comparison.differences)

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """The picture that `sim compare` writes, `comparison`.

        Raises:
            SimError: there is no such kind, or it does not fit.
        """
        from sim.plots import scenario_comparison

        check_kind(kind, "comparison")
        reports, differences = self.comparison.reports, self.comparison.differences
        return on_page(lambda sheet: scenario_comparison(reports, differences, sheet=sheet), size, title)

    def _data(self) -> dict[str, Any]:
        from sim.report.compare.data import comparison_data

        return comparison_data(self.comparison)

    def _page(self) -> str:
        from sim.report.compare.page import comparison_page

        return comparison_page(self.comparison)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        from sim.report.compare.data import comparison_rows

        return {
            "scenarios": lambda: frame_of(comparison_rows(self.comparison)),
            "differences": lambda: frame_of(self._differences()),
            "runs": self.table.to_pandas,
        }

    def _differences(self) -> list[dict[str, Any]]:
        first = self.comparison.reports[0].name
        return [
            {
                "scenario": name, "against": first, "difference": one.estimate, "difference_low": one.low,
                "difference_high": one.high,
            }
            for name, one in self.differences.items()
        ]  # fmt: skip

    def _brief(self) -> Brief:
        from sim.report.wording.figures import CAVEAT, interval, percent

        pairs = zip(self.comparison.reports, self.comparison.against_first(), strict=True)
        rows = [
            (
                report.name, percent(report.summary.likelihood), interval(report.summary.likelihood),
                said.points() if said else "",
            )
            for report, said in pairs
        ]  # fmt: skip
        head = ("", f"of {self.runs:,} runs", "95 % interval", "difference from the first, in points")
        return Brief(f"{len(rows)} scenarios, on the same draws", self.plain_words, head, rows, CAVEAT)

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {100 * share.estimate:.1f} %" for name, share in self.likelihoods.items())
        return f"<{said}; {self.runs:,} runs each>"
