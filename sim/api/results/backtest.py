"""Whether it would have been right, as it comes back to Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.analysis.validation.backtest import MODEL
from sim.analysis.validation.scores import Score
from sim.api.errors import tells_errors
from sim.api.results.shown import Brief, ShownResult, Size, check_kind, frame_of, on_page
from sim.report.backtest.asked import Backtest

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.plots import Figure

SCORES = "who answers likelier brier brier_low brier_high log log_low log_high"
FACTS = "id date kind rounds probability"


@dataclass(frozen=True, repr=False, eq=False)
class BacktestResult(ShownResult):
    """A world of one day, asked what was recorded later: `load("freeze_lines").backtest()`. Nothing is written.

    Tables (`frame`):

    - `scores` (usual): a row for `model`, its parts (`lines`, `values`) and each rival without a model: `answers`
      (how many), `likelier` (how many of what happened had one half or more), and `brier` and `log` scores, each with
      `_low` and `_high`; 0 is best. Empty where no answer came later.
    - `answers`: a row a later answer: `id`, `party`, `date`, `answer`, the probability that the model gave it, and
      `takes` by the model and its parts.
    - `facts`: a row a later fact: `id`, `date`, `kind`, `rounds`, `probability`.
    """

    report: Backtest = field(repr=False)

    @property
    def known_by(self) -> str:
        """The day up to which claims made the world."""
        return self.report.known_by

    @property
    def worlds(self) -> int:
        """In how many worlds was asked."""
        return self.report.worlds

    @property
    def score(self) -> Score | None:
        """The scores of the model on later answers; None where there are none."""
        return self.report.judged.model if self.report.judged else None

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences."""
        from sim.report.backtest.page import comes_to

        return list(comes_to(self.report))

    @tells_errors
    def plot(self, kind: str | None = None, *, size: Size = None, title: bool = True) -> "Figure":
        """What came about over what was foretold, `reliability`.

        Raises:
            SimError: there is no such kind, no answer to draw, or it does not fit.
        """
        from sim.report.backtest.picture import backtest_picture

        check_kind(kind, "reliability")
        return on_page(lambda sheet: backtest_picture(self.report, sheet), size, title, "as no answer was asked")

    def _data(self) -> dict[str, Any]:
        from sim.report.backtest.data import backtest_data

        return backtest_data(self.report)

    def _page(self) -> str:
        from sim.report.backtest.page import backtest_page

        return backtest_page(self.report)

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {
            "scores": lambda: frame_of((_row(who, score) for who, score in self._scores()), SCORES),
            "answers": lambda: frame_of(self._answers(), "id party date answer probability takes"),
            "facts": lambda: frame_of(self.data()["out_of_period"]["facts"]["shown"], FACTS),
        }

    def _scores(self) -> Iterator[tuple[str, Score]]:
        judged = self.report.judged
        if judged is not None:
            yield from {MODEL: judged.model, **judged.parts, **judged.rivals}.items()

    def _answers(self) -> Iterator[dict[str, Any]]:
        for one in self.report.told:
            stance, sure = one.stance, one.takes()
            said = {"id": stance.id, "party": stance.party, "date": str(stance.date), "answer": stance.answer}
            yield {**said, "probability": sure if one.took() else 1.0 - sure, "takes": sure}

    def _brief(self) -> Brief:
        from sim.report.backtest.page import BRIEFLY, NOTE

        rows = [
            (
                BRIEFLY.get(who, who),
                f"{score.likelier} of {score.count}",
                f"{one.estimate:.2f} ({one.low:.2f} to {one.high:.2f})",
            )
            for who, score in self._scores()
            for one in (score.brier,)
        ]
        title = f"{self.report.scenario.title}, known by {self.known_by}"
        head = ("who foretells", "held likelier than not", "Brier score (0 is best)")
        return Brief(title, self.plain_words, head, rows, NOTE.partition(" Brier:")[0])

    def __repr__(self) -> str:
        asked = f"{len(self.report.told)} answers and {len(self.report.shown)} facts"
        said = f", Brier {self.score.brier.estimate:.2f}" if self.score else ""
        return f"<known by {self.known_by}: {asked} recorded later{said}, {self.worlds:,} worlds>"


def _row(who: str, score: Score) -> dict[str, Any]:
    figures = {"brier": score.brier, "log": score.log}
    columns = {
        f"{name}{end}": value
        for name, one in figures.items()
        for end, value in (("", one.estimate), ("_low", one.low), ("_high", one.high))
    }
    return {"who": who, "answers": score.count, "likelier": score.likelier, **columns}
