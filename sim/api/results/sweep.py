"""A scenario at many settings, as it comes back to Python; and results that were stored before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.api.arguments import LAST_RUN, at_values, name_of, number, path_of, whole
from sim.api.errors import tells_errors
from sim.api.questions.points import PointFigures, figures_of
from sim.api.results.shown import Brief, ShownResult, Size, drawn, frame_of
from sim.files.result.reader import Result, read_result

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.api.questions.pictures import Chosen
    from sim.plots import Figure

MOST_ROWS = 12


@tells_errors
def open_result(folder: str | Path) -> "SweepResult":
    """What `sim sweep`, `sim run` or `LoadedScenario.sweep` stored in a folder, finished or not.

    Example: `open_result("results/freeze_lines-1a2b3c4d").frame()`

    Raises:
        SimError: there is no such folder, or it holds no such result.
    """
    return SweepResult(read_result(path_of(folder)))


@dataclass(frozen=True, repr=False, eq=False)
class SweepResult(ShownResult):
    """Runs, or zones, at one design point or many: `load("freeze_lines").sweep({"parties.us.patience": "2:20:10"})`.

    Runs are read from `folder` once they are asked for. Tables (`frame`):

    - `points` (usual): a row a design point: `point`, a column for each path that varies, `runs`, and `agreement`,
      `core_kept`, `ceiling` (each with `_low` and `_high`), `holds`, `median_round`, `end.WAY`, `why.REASON`,
      `terms.PARTY`. Of zones: `worlds`, `ceiling` (with `_low` and `_high`) and `packages_p5`, `packages_p50`,
      `packages_p95`.
    - `runs`: a row a run, or a world, by design point: what varies, how it ended, what was settled, what each party
      got.

    Shares are fractions; intervals are 95 % intervals of sampling error only.
    """

    result: Result = field(repr=False)
    days: tuple[date, ...] = ()  # that a likelihood was asked for
    holder: object = field(default=None, repr=False)  # keeps a temporary folder for as long as there is this

    @property
    def folder(self) -> Path:
        """Where the runs lie; one that goes with this result where none was named."""
        return self.result.folder

    @property
    def paths(self) -> tuple[str, ...]:
        """What varies."""
        return self.result.design.paths

    @property
    def points(self) -> int:
        """How many design points there are."""
        return len(self.result.design)

    @property
    def runs(self) -> int:
        """How many negotiations, or worlds, were asked for at each design point."""
        return self.result.runs

    @property
    def is_finished(self) -> bool:
        """Whether all of them are in."""
        return len(self.result.there) == len(self.result.chunks)

    @property
    def plain_words(self) -> list[str]:
        """What it comes to, in sentences; none of zones."""
        return list(self._figures.data.get("plain_words", ()))

    @cached_property
    def _figures(self) -> PointFigures:
        return figures_of(self.result, self.days)

    @tells_errors
    def plot(
        self, kind: str | None = None, *, x: str | None = None, y: str | None = None, by: str | Sequence[str] = (),
        issue: str | None = None, run: int | None = None, point: int | None = None, at: Mapping[str, Any] | None = None,
        level: float | None = None, size: Size = None, title: bool = True,
    ) -> "Figure":  # fmt: skip
        """A picture as `sim plot` draws it.

        What fits, or of a `kind`: `curve`, `map`, `ends`, `settlement`; of zones `ceiling`.

        `x` and `y` are paths along the axes, `by` those with lines or panels of their own. `point` or `at` (path:
        value) choose design points; with one left, there are `weeks`, `ends`, `frontier` and `dance` of one `run`.
        `level` is in per cent: where a curve is marked. `size` is in inches, (8, 5), or a text such as "16x10cm".

        Raises:
            SimError: it cannot be drawn of this; says what can.
        """
        return drawn(lambda: self._chosen(kind, x, y, by, issue, run, point, at, level), size, title)

    def _chosen(
        self, kind: str | None, x: str | None, y: str | None, by: str | Sequence[str], issue: str | None,
        run: int | None, point: int | None, at: Mapping[str, Any] | None, level: float | None,
    ) -> "Chosen":  # fmt: skip
        from sim.api.questions.pictures import chosen_of
        from sim.report.pictures.picture import Request

        kind, x, y, issue = map(name_of, (kind, x, y, issue))
        several = tuple(map(str, by)) if isinstance(by, Iterable) and not isinstance(by, str) else (str(by),)
        which = None if run is None else whole("--run", run, 0, LAST_RUN)
        per_cent = None if level is None else number("--level", level, 0.1, 99.9)
        only = None if point is None else whole("--point", point, 0)
        return chosen_of(self.result, Request(kind, x, y, several, issue, which, per_cent), only, at_values(at))

    def _data(self) -> dict[str, Any]:
        return self._figures.data

    def _page(self) -> str:
        return self._figures.page()

    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        return {"points": lambda: frame_of(self._figures.rows), "runs": self._runs}

    def _runs(self) -> "DataFrame":
        import numpy as np

        from sim.analysis.shares.point_rows import typed_values
        from sim.files.result.tables import runs_of

        frame, design = runs_of(self.result.files).to_pandas(), self.result.design
        for place, path in enumerate(design.paths, 1):
            frame.insert(place, path, np.array(typed_values(design, path))[frame["point"]])
        return frame

    def _brief(self) -> Brief:
        from sim.report.wording.figures import CAVEAT

        rows = self._figures.rows
        name = "ceiling" if self.result.is_of_zones else "agreement"
        head = (*(self.paths or ("",)), "worlds with a zone" if self.result.is_of_zones else name, "95 % interval")
        shown = [(*self._values(row), *_told(row, name)) for row in rows[:MOST_ROWS]]
        more = f"{len(rows) - MOST_ROWS:,} more design points: frame(). " if len(rows) > MOST_ROWS else ""
        return Brief(self.result.title, self.plain_words, head, shown, more + CAVEAT)

    def _values(self, row: Mapping[str, Any]) -> Sequence[str]:
        return [str(row[path]) for path in self.paths] or ["as stated"]

    def __repr__(self) -> str:
        state = "" if self.is_finished else ", unfinished"
        return f"<{self.result.name}: {self.points:,} design points, {self.runs:,} {self.result.what} at each{state}>"


def _told(row: Mapping[str, Any], name: str) -> tuple[str, str]:
    """A share of a row, and its interval, in words."""
    from sim.analysis.shares.likelihood import Share
    from sim.report.wording.figures import interval, percent

    n = row.get("runs", row.get("worlds", 0))
    if not n:
        return "no runs yet", ""
    share = Share(row[name], row[f"{name}_low"], row[f"{name}_high"], round(row[name] * n), n)
    return percent(share), interval(share)
