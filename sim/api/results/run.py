"""A scenario played many times, as it comes back to Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sim.analysis.shares.likelihood import Share
from sim.api.arguments import LAST_RUN, name_of, whole
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, drawn, frame_of, share_columns
from sim.game import Game
from sim.records import Design, Rows, Runs
from sim.report import Report

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.api.questions.pictures import Chosen
    from sim.plots import Figure

MOST_MOVERS = 3


@dataclass(frozen=True, repr=False, eq=False)
class RunResult(ShownResult):
    """What many negotiations of one scenario come to: `load("freeze_lines").run(2000)`.

    Everything is in memory, some 3 kB a run; nothing is written. Tables (`frame`):

    - `runs` (usual): a row a run: `outcome`, `why`, `round` (from 0) and `phase` of its end, `zone`, `core_kept`,
      `holds`, and by name `settled.ISSUE`, `value.PARTY`, `worth.PARTY`, `terms.PARTY`, `no_deal.PARTY`,
      `cited.LINE`; as `sim export` describes them.
    - `rounds`: a row a round: `round` (from 1), the `date` on which it is over, `agreement` by then with
      `agreement_low` and `agreement_high`.
    - `ends`: a row for each way to end (`kind` is `end`) and each reason of failure (`why`): `name`, `share`,
      `share_low`, `share_high`, all of all runs.
    - `settlement`: a row an issue and option: `share` of agreements that settle on it. Empty where none agrees.
    - `movers`: a row for each uncertain number that stands out: `path`, `low` and `high` (likelihood in the lowest
      and highest fifth of its draws), `per_sd`, `p_value`, `source`, `fragile`.
    - `red_lines`: a row a line that refusals name: shares of failing runs, `at_the_end` and `at_all`.

    Shares are fractions; intervals are 95 % Wilson intervals of sampling error only.
    """

    report: Report = field(repr=False)
    played: Runs = field(repr=False)
    game: Game = field(repr=False)

    @property
    def runs(self) -> int:
        """How many negotiations were played."""
        return self.report.summary.runs

    @property
    def agreements(self) -> int:
        """How many of them agreed."""
        return self.report.summary.agreements()

    @property
    def likelihood(self) -> float:
        """The share of runs that agree, a fraction."""
        return self.report.summary.likelihood.estimate

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval: sampling error only."""
        share = self.report.summary.likelihood
        return share.low, share.high

    @property
    def ceiling(self) -> Share:
        """The share of runs in which some deal finds every consent it needs, reached or not."""
        return self.report.summary.ceiling

    @property
    def by(self) -> dict[date, Share]:
        """The likelihood by the end of the talks, and by the days that were asked for, else by ends of years."""
        from sim.report.run.dates import by_dates

        return {each.day: each.share for each in by_dates(self.report)}

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        from sim.report.run.headline import plain_words

        return plain_words(self.report)

    @tells_errors
    def plot(
        self, kind: str | None = None, *, issue: str | None = None, run: int | None = None, size: Size = None,
        title: bool = True,
    ) -> "Figure":  # fmt: skip
        """A picture as `sim plot` draws it: `weeks` (usual), `ends`, `frontier`, or `dance` of one `run`.

        `size` is in inches, (8, 5), or a text such as "16x10cm". A notebook shows the figure; `figure.savefig` writes
        it.

        Raises:
            SimError: there is no such kind, or it does not fit.
        """
        return drawn(lambda: self._chosen(kind, issue, run), size, title)

    def _chosen(self, kind: str | None, issue: str | None, run: int | None) -> "Chosen":
        from sim.api.questions.pictures import chosen_of_sweep
        from sim.report.pictures.picture import Request
        from sim.report.sweep.view import Sweep

        kind, issue = name_of(kind), name_of(issue)
        which = None if run is None else whole("--run", run, 0, LAST_RUN)
        report, rows = self.report, rows_of(self.played)
        sweep = Sweep(report.scenario, Design(), rows, report.seed, self.runs, (0,), lambda _: self.game)
        return chosen_of_sweep(sweep, Request(kind, issue=issue, run=which))

    def _data(self) -> dict[str, Any]:
        from sim.report.run.data import run_data

        return run_data(self.report)

    def _page(self) -> str:
        from sim.report.run.page import run_page

        return run_page(self.report)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {
            "runs": self._runs,
            "rounds": lambda: frame_of(self._rounds()),
            "ends": lambda: frame_of(self._ends()),
            "settlement": lambda: frame_of(self._settlement(), "issue option share"),
            "movers": lambda: frame_of(self._movers(), "path low high per_sd p_value source fragile"),
            "red_lines": lambda: frame_of(self.data()["red_lines"], "id at_the_end at_all failing"),
        }

    def _runs(self) -> "DataFrame":
        from sim.study import table_of

        frame: DataFrame = table_of(self.game, self.played).to_pandas()
        return frame.drop(columns="point")

    def _rounds(self) -> list[dict[str, Any]]:
        rows = self.data()["by_round"]
        return [
            {
                "round": row["round"], "date": row.get("date"),
                "agreement": row["estimate"], "agreement_low": row["low"], "agreement_high": row["high"],
            }
            for row in rows
        ]  # fmt: skip

    def _ends(self) -> list[dict[str, Any]]:
        summary = self.report.summary
        kinds = {"end": summary.ends, "why": summary.reasons}
        return [
            {"kind": kind, "name": name, **share_columns("share", share)}
            for kind, shares in kinds.items()
            for name, share in shares.items()
        ]

    def _settlement(self) -> list[dict[str, Any]]:
        settlement = self.report.summary.settlement
        return [
            {"issue": issue, "option": option, "share": share}
            for issue, shares in (settlement.shares if settlement else {}).items()
            for option, share in shares.items()
        ]

    def _movers(self) -> list[dict[str, Any]]:
        return [
            {
                "path": one["path"],
                "low": one["low"]["estimate"],
                "high": one["high"]["estimate"],
                "per_sd": one["per_sd"] and one["per_sd"]["estimate"],
                "p_value": one["p_value"],
                "source": one["source"],
                "fragile": one["fragile"],
            }
            for one in self.data()["influences"]
        ]

    def _brief(self) -> Brief:
        from sim.report.run.dates import by_dates
        from sim.report.run.page import mover
        from sim.report.wording.figures import CAVEAT, interval, percent

        summary = self.report.summary
        days = [
            (f"agreement by {each.day}", percent(each.share), interval(each.share)) for each in by_dates(self.report)
        ]
        rows = days or [("agreement", percent(summary.likelihood), interval(summary.likelihood))]
        rows.append(("some deal finds every consent it needs", percent(summary.ceiling), interval(summary.ceiling)))
        moving = [mover(self.report, each) for each in summary.influences[:MOST_MOVERS]]
        rows += [(f"moved by {label}", figures, "lowest and highest fifth of draws") for label, figures in moving]
        return Brief(
            self.report.scenario.title, self.plain_words, ("", f"of {self.runs:,} runs", "95 % interval"), rows, CAVEAT
        )

    def __repr__(self) -> str:
        low, high = self.interval
        return (
            f"<{self.report.name}: {self.agreements:,} of {self.runs:,} runs agree, "
            f"{100 * self.likelihood:.1f} % ({100 * low:.1f} to {100 * high:.1f} %), seed {self.report.seed}>"
        )


def rows_of(runs: Runs) -> Rows:
    """Runs of a single scenario as pictures take them."""
    import numpy as np

    outcomes, n = runs.outcomes, len(runs)
    return Rows(
        point=np.zeros(n, np.int64),
        run=np.arange(runs.first, runs.first + n),
        end=outcomes.end,
        why=runs.why,
        round=outcomes.round,
        zone=runs.zone,
        core_kept=outcomes.core_kept,
        holds=outcomes.holds,
        package=outcomes.package,
        terms=outcomes.terms,
    )
