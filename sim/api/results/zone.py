"""Whether a deal exists, as it comes back to Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.analysis.shares.likelihood import Share
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page, share_columns
from sim.files.errors import bad_option
from sim.report.zopa.report import ZoneReport

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure

DEAL = "deal"
"""What the whole deal is called where a first phase is."""


@dataclass(frozen=True, repr=False, eq=False)
class ZoneResult(ShownResult):
    """The zone of agreement, exactly: `load("november_draft").zopa()`. Nothing is played and nothing is written.

    Tables (`frame`), in each of which `stage` is the first phase by its name, or `deal`:

    - `stages` (usual): a row a stage, as stated: `exists`, `agenda` and `packages` (how many there are, and how many
      in the zone), `frontier`.
    - `frontier`: a row for each package of the deal that no other one beats: `package`, `solution`, `settled.ISSUE`,
      `worth.PARTY`, `gain.PARTY`. Empty where there is no zone.
    - `openings`: a row for each minimal set of red lines that would open a zone: `red_lines`, `firmness`, `cut`.
      Empty where there is one.
    - `robust`: a row for each package that finds consent in most drawn worlds: `share` with `share_low` and
      `share_high`, `settled.ISSUE`.
    """

    report: ZoneReport = field(repr=False)

    @property
    def exists(self) -> bool:
        """Whether there is a zone for the whole deal, as stated, at the outset."""
        return self.report.answer.deal().exists

    @property
    def packages(self) -> int:
        """How many packages are in it; estimated where the agenda is too large to visit."""
        return self.report.answer.deal().packages

    @property
    def worlds(self) -> int:
        """How many worlds were drawn."""
        return self.report.answer.worlds

    @property
    def share(self) -> Share | None:
        """The share of drawn worlds with a zone, at any time of the talks; None where none was drawn."""
        drawn = self.report.answer.drawn
        return None if drawn is None else drawn.exists

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        from sim.report.zopa.page import plain_words

        return plain_words(self.report)

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """The Pareto frontier of the stated world, `frontier`.

        Raises:
            SimError: there is no such kind, no zone to draw, or it does not fit.
        """
        from sim.plots import pareto_frontier
        from sim.report.pictures.frontier import frontier_of

        check_kind(kind, "frontier")
        deal = self.report.answer.deal()
        if not len(deal.front.number):
            raise bad_option("--kind frontier", "there is no zone as stated, so nothing to draw")
        scenario = self.report.scenario
        picture = frontier_of(scenario, deal, scenario.title)
        return on_page(lambda sheet: pareto_frontier(picture, sheet=sheet), size, title)

    def _data(self) -> dict[str, Any]:
        from sim.report.zopa.data import zone_data

        return zone_data(self.report)

    def _page(self) -> str:
        from sim.report.zopa.page import zopa_page

        return zopa_page(self.report)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        from sim.report.zopa.data import frontier_rows

        return {
            "stages": lambda: frame_of(self._stages()),
            "frontier": lambda: frame_of(frontier_rows(self.report), "package solution"),
            "openings": lambda: frame_of(self._openings(), "stage red_lines firmness cut"),
            "robust": lambda: frame_of(self._robust(), "stage share share_low share_high"),
        }

    def _stages(self) -> Iterator[dict[str, Any]]:
        for stage in self.report.answer.stages:
            sizes = {"agenda": stage.space.total, "packages": stage.packages, "frontier": len(stage.front.number)}
            yield {"stage": stage.phase or DEAL, "exists": stage.exists, **sizes}

    def _openings(self) -> Iterator[dict[str, Any]]:
        for stage in self.report.answer.stages:
            for each in stage.opening.softenings if stage.opening else ():
                lines = {"red_lines": list(each.lines), "firmness": each.firmness, "cut": each.cut}
                yield {"stage": stage.phase or DEAL, **lines}

    def _robust(self) -> Iterator[dict[str, Any]]:
        drawn, names = self.report.answer.drawn, self.report.game.names
        space = self.report.answer.deal().space
        for each in drawn.robust if drawn else ():
            settled = {
                f"settled.{issue}": option for issue, option in names.package(space.package(each.number)).items()
            }
            yield {"stage": DEAL, **share_columns("share", each.share), **settled}

    def _brief(self) -> Brief:
        from sim.report.wording.figures import CAVEAT, interval, percent

        rows = [
            (str(row["stage"]), "yes" if row["exists"] else "no", f"{row['packages']:,} of {row['agenda']:,}")
            for row in self._stages()
        ]
        if self.share is not None:
            rows.append((f"in {self.worlds:,} drawn worlds", percent(self.share), interval(self.share)))
        return Brief(self.report.scenario.title, self.plain_words, ("", "zone", "packages"), rows, CAVEAT)

    def __repr__(self) -> str:
        drawn = "" if self.share is None else f"; in {100 * self.share.estimate:.0f} % of {self.worlds:,} drawn worlds"
        said = f"a zone of {self.packages:,} packages" if self.exists else "no zone"
        return f"<{self.report.name}: {said} as stated{drawn}>"
