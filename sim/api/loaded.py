"""A scenario in Python: loaded, changed, and asked what the command line asks.

from sim import load

talks = load("freeze_lines")
talks.run(2000).likelihood
talks.set({"parties.russia.optimism": 0.7}).run(2000).plot()
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.api import arguments
from sim.api.arguments import LAST_RUN, MOST_DRAWN, USUAL_SEED
from sim.api.errors import tells_errors
from sim.api.python_front import front
from sim.api.questions.play import check_days, check_which, game_of, studied, transcript_of, with_draws
from sim.api.questions.read import on_posterior, read
from sim.files.printable import printable, printable_line
from sim.files.scenario.reader import Loaded

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.api.results.ask import AskResult
    from sim.api.results.backtest import BacktestResult
    from sim.api.results.blockers import BlockersResult
    from sim.api.results.comparison import ComparisonResult
    from sim.api.results.negotiation import WatchedRun
    from sim.api.results.run import RunResult
    from sim.api.results.sweep import SweepResult
    from sim.api.results.zone import ZoneResult

Days = str | datetime.date | Sequence[str | datetime.date] | None
"""Days such as "2025-12-31", one or several."""

Settings = Mapping[str, Any] | None
"""path: value, as `--set PATH=VALUE`: a number, true or false, or a text, which is read as YAML."""

ENGINES = ("batch", "mesa")
MOST_ASKED = 1_000_000
"""Worlds of a backtest at the most."""


@tells_errors
def load(scenario: str | Path, set: Settings = None, *, posterior: str | Path | None = None) -> "LoadedScenario":
    """Read a scenario: a file (YAML), or a name as in `sim scenarios`.

    `set` overrides parts of it, as `--set` does: `{"parties.us.patience": 6}`. `posterior` is a file that `sim
    calibrate --save` wrote: only the draws that it keeps are played.

    Example: `load("freeze_lines", {"parties.russia.optimism": 0.7})`

    Raises:
        SimError: it cannot be read; all faults at once, each with file, line and column.
    """
    told = front(False)
    path, kept = arguments.path_of(scenario), None if posterior is None else arguments.path_of(posterior)
    loaded = read(path, arguments.overrides(set), told)
    return LoadedScenario(on_posterior([loaded], kept, told)[0], path, kept)


@dataclass(frozen=True, repr=False, eq=False)
class LoadedScenario:
    """A scenario that was read, which never changes. Each question gives a small frozen result.

    `seed` chooses all draws; equal seeds give equal luck to every scenario. `progress=True` shows a bar. Without it
    nothing is printed; notes of the command line are warnings (`SimWarning`).
    """

    loaded: Loaded = field(repr=False)
    path: Path  # as it was named
    posterior: Path | None = None

    @property
    def name(self) -> str:
        """What it is called in tables and files."""
        return Path(printable(str(self.path))).stem

    @property
    def title(self) -> str:
        """What it is about."""
        return self.loaded.scenario.title

    @property
    def date(self) -> str | None:
        """The day of its world, such as 2025-04-23."""
        return self.loaded.scenario.date

    @property
    def parties(self) -> dict[str, str]:
        """id: name of each party."""
        return {name: party.name for name, party in self.loaded.scenario.parties.items()}

    @property
    def issues(self) -> dict[str, str]:
        """id: title of each issue."""
        return {name: issue.title for name, issue in self.loaded.scenario.issues.items()}

    @property
    def overrides(self) -> dict[str, str]:
        """path: what was set there, as text."""
        return dict(self.loaded.overridden)

    def frame(self) -> "DataFrame":
        """Every number of it: `path`, `middle` (of an uncertain number), `uncertain`, and what it rests on.

        That is `source` (`cited`, `convention`, `assumed` or `override`), `claims` (a list of ids), and `why` (a
        reason, or None).
        """
        from sim.api.results.shown import frame_of
        from sim.scenario.provenance import numbers

        return frame_of(
            [
                {
                    "path": entry.path, "middle": entry.number.middle(), "uncertain": entry.number.uncertain(),
                    "source": entry.kind, "claims": list(entry.claims), "why": entry.why,
                }
                for entry in numbers(self.loaded.scenario, self.loaded.overridden)
            ]
        )  # fmt: skip

    @tells_errors
    def set(self, values: Settings) -> "LoadedScenario":
        """The same scenario with more parts overridden; its file is read again.

        Example: `load("freeze_lines").set({"parties.russia.optimism": 0.7})`

        Raises:
            SimError: a path leads nowhere, or a value does not fit.
        """
        given = {**self.overrides, **dict(arguments.overrides(values))}
        changed: LoadedScenario = load(self.path, given, posterior=self.posterior)
        return changed

    @tells_errors
    def run(
        self,
        runs: int = 2000,
        *,
        seed: int = USUAL_SEED,
        by: Days = None,
        engine: str = "batch",
        progress: bool = False,
    ) -> "RunResult":
        """Play it many times: how likely agreement is, why it fails, and what that rests on; as `sim run`.

        Plays by threads of this process, and keeps some 3 kB a run in memory. Writes nothing. `engine` is `batch`, or
        `mesa`, slower with the same runs.

        Example: `load("freeze_lines").run(2000, by="2025-12-31").likelihood`

        Raises:
            SimError: an argument is out of range, or a day outside the talks.
        """
        from sim.api.results.run import RunResult
        from sim.study import Plan
        from sim.study.compilation import needed_by

        runs, seed, days = arguments.runs_of(runs), arguments.seed_of(seed), arguments.days(by)
        chosen: Literal["batch", "mesa"] = (
            "mesa" if arguments.chosen("--engine", engine, ENGINES) == "mesa" else "batch"
        )
        told = front(progress)
        loaded, seed, runs = with_draws(self.loaded, seed, runs, told)
        check_days(loaded.scenario, days)
        told.ready(*needed_by(chosen))
        game = game_of(loaded)
        report, played = studied(loaded, self.name, game, Plan(runs, seed, chosen), days, told)
        return RunResult(report, played, game)

    @tells_errors
    def watch(self, run: int = 0, *, seed: int = USUAL_SEED) -> "WatchedRun":
        """One negotiation, round by round; as `sim run --watch`.

        Example: `print(load("freeze_lines").watch(run=3).text())`

        Raises:
            SimError: there is no such run.
        """
        from sim.api.results.negotiation import WatchedRun

        which, seed = arguments.whole("--run", run, 0, LAST_RUN), arguments.seed_of(seed)
        told = front(False)
        loaded, seed, runs = with_draws(self.loaded, seed, which + 1, told)
        check_which(loaded.scenario, which, runs, watched=True)
        told.ready("soundness", "mesa")
        game = game_of(loaded)
        return WatchedRun(transcript_of(game, seed, which), loaded.scenario, game, self.name)

    @tells_errors
    def compare(
        self, *others: "LoadedScenario | str | Path", runs: int = 2000, seed: int = USUAL_SEED, by: Days = None,
        progress: bool = False,
    ) -> "ComparisonResult":  # fmt: skip
        """Set it beside others under the same luck; as `sim compare`. Differences are from this one, paired run by run.

        Each is played as it was loaded: what is set here is not set in the others. One file may come several times
        with other settings. Writes nothing.

        Example: `talks.compare(talks.set({"parties.us.patience": 20}), "us_walks_away").differences`

        Raises:
            SimError: there is no other, one comes twice, or they keep different draws.
        """
        from sim.api.comparisons import compared

        runs, seed, days = arguments.runs_of(runs), arguments.seed_of(seed), arguments.days(by)
        several = [self, *(each if isinstance(each, LoadedScenario) else load(each) for each in others)]
        return compared(several, runs, seed, days, front(progress))

    @tells_errors
    def zopa(self, worlds: int = 200, *, seed: int = USUAL_SEED, progress: bool = False) -> "ZoneResult":
        """Whether a deal exists at all, which ones, and the least that would open one; as `sim zopa`.

        `worlds` are drawn beside the stated one; 0 asks in that only. Writes nothing.

        Example: `load("november_draft").zopa().exists`

        Raises:
            SimError: the agenda is too large for exact answers.
        """
        from sim.api.questions.zopa import zone_of
        from sim.api.results.zone import ZoneResult

        worlds, seed = arguments.whole("--worlds", worlds, 0, MOST_DRAWN), arguments.seed_of(seed)
        return ZoneResult(zone_of(self.loaded, self.path, worlds, seed, front(progress))[1])

    @tells_errors
    def ask(
        self, terms: Settings = None, *, draft: str | Path | None = None, against: str | Path | None = None,
        fill: str | None = None, party: str | None = None, by: str | datetime.date | None = None, worlds: int = 1000,
        changes: int = 3, play: bool = False, tabled_by: str | None = None, runs: int | None = None, seed: int = USUAL_SEED,
        progress: bool = False,
    ) -> "AskResult":  # fmt: skip
        """Who would sign a draft, who says no to what, and the least change that turns every no; as `sim ask`.

        `terms` are issue: option. `draft` is a file, or the name of a documented proposal, a reported answer or a party's
        position; terms change it. Without both the scenario's own proposal is asked about. `against` is a second draft. What
        they leave open stays as it is now, or as the position of the party `fill` has it. `by` asks on a later day. With
        `play` talks that begin with the draft are played `runs` times (2,000), tabled by `tabled_by`. Writes nothing.

        Example: `load("freeze_lines").ask({"ceasefire": "lasting", "front_line": "freeze"}).answers`

        Raises:
            SimError: a party, a day, an issue or an option that these talks do not know.
        """
        from sim.api.questions.ask import DraftAsked, answered
        from sim.api.results.ask import AskResult

        asked = DraftAsked(
            words=arguments.terms_of(terms),
            draft=arguments.name_of(draft),
            against=arguments.name_of(against),
            fill=arguments.name_of(fill),
            party=arguments.name_of(party),
            by=None if by is None else arguments.day("--by", by),
            worlds=arguments.whole("--worlds", worlds, 1, MOST_DRAWN),
            changes=arguments.whole("--changes", changes, 0, 3),
            play=play,
            tabled_by=arguments.name_of(tabled_by),
            runs=None if runs is None else arguments.runs_of(runs),
        )
        seed = arguments.seed_of(seed)
        return AskResult(answered(self.loaded, self.path, asked, seed, self.posterior, front(progress)))

    @tells_errors
    def blockers(self, runs: int = 1000, *, seed: int = USUAL_SEED, progress: bool = False) -> "BlockersResult":
        """What blocks: how often refusals name each red line, and what it gives if it is never real; as `sim blockers`.

        Plays `runs` as it is, and again without each line. Writes nothing.

        Example: `load("november_draft").blockers().frame()[["id", "change"]]`

        Raises:
            SimError: an argument is out of range, or it keeps draws that fit a record.
        """
        from sim.api.questions.blockers import blocked
        from sim.api.results.blockers import BlockersResult
        from sim.study import Plan

        told = front(progress)
        loaded, seed, runs = with_draws(self.loaded, arguments.seed_of(seed), arguments.runs_of(runs), told)
        return BlockersResult(blocked(loaded, self.path.stem, Plan(runs, seed), told))

    @tells_errors
    def backtest(
        self, known_by: str | datetime.date | None = None, *worlds: str | Path, runs: int = 2000, seed: int = USUAL_SEED,
        record: str | Path | None = None, file: str | Path | None = None,
    ) -> "BacktestResult":  # fmt: skip
        """Ask it about what was recorded after a day; as `sim backtest`. Only claims written by then make its numbers.

        `known_by` is that day: the scenario's own where left out. `worlds` are others to choose from; the latest that
        is not later than the day is asked, and answers that were known by then are asked in worlds of their dates.
        What is set here is set in all of them. `record` and `file` are another record of facts and another list of
        answers. Writes nothing.

        Example: `load("freeze_lines").backtest("2025-06-01").score`

        Raises:
            SimError: it has no date, or nothing was recorded later that it can be asked.
        """
        from sim.api.questions.backtest import backtested, check_dated, knows_of
        from sim.api.questions.dated_worlds import World, read_worlds
        from sim.api.results.backtest import BacktestResult

        runs, seed = arguments.whole("--runs", runs, 1, MOST_ASKED), arguments.seed_of(seed)
        given_day = None if known_by is None else str(arguments.day("--known-by", known_by))
        here = World(self.path, self.loaded)
        check_dated([here])
        day = given_day or knows_of(here)
        given = list(self.overrides.items())
        read = read_worlds([self.path, *map(arguments.path_of, worlds)], given) if worlds else [here]
        files = (None if each is None else arguments.path_of(each) for each in (record, file))
        return BacktestResult(backtested(read, day, given, runs, seed, front(False), *files))

    @tells_errors
    def sweep(
        self, vary: Settings = None, *, runs: int | None = None, seed: int = USUAL_SEED, sampler: str = "grid",
        points: int | None = None, points_from: str | Path | None = None, by: Days = None, analysis: str = "runs",
        engine: str = "batch", workers: int | None = None, executor: str = "local", dask_tls_ca: str | Path | None = None,
        dask_tls_cert: str | Path | None = None, dask_tls_key: str | Path | None = None, chunk: int | None = None,
        out: str | Path | None = None, yes: bool = False, progress: bool = False,
    ) -> "SweepResult":  # fmt: skip
        """Play it at many settings, all with the same luck; as `sim sweep`.

        `vary` takes paths to a range `"low:high:count"`, to `"a,b,c"`, or to a list or array of values. A number that
        varies is taken to twelve digits. `runs` at each design point are 500, or 200 worlds with `analysis="zone"`,
        which plays nothing and counts zones.

        All runs are written to a folder, chunk by chunk, and only what is asked of them is read back. `out` names the
        folder, as `--out` does: what is there already is not played again, and `sim sweep` can go on with it. Without
        `out` the folder is a temporary one, which goes with the result.

        Without `workers` the threads of this process play, and nothing is started. With it so many processes do,
        which is faster for large sweeps; `executor` may be `dask` or `dask:ADDRESS`.

        Example: `load("freeze_lines").sweep({"every_party.reciprocity": [0.1, 0.5, 0.9]}, runs=500).frame()`

        Raises:
            SimError: something of it is wrong, which is said before anything is played; or chunks could not be
                played.
        """
        from sim.api.sweeps import Asked, swept

        asked = Asked(
            vary=arguments.variations(vary),
            runs=None if runs is None else arguments.runs_of(runs),
            seed=arguments.seed_of(seed),
            sampler=arguments.chosen("--sampler", sampler, ("grid", "lhs", "sobol", "list")),
            points=None if points is None else arguments.whole("--points", points, 1, 100_000),
            points_from=None if points_from is None else arguments.path_of(points_from),
            by=arguments.days(by),
            analysis=arguments.chosen("--analysis", analysis, ("runs", "zone")),
            engine=arguments.chosen("--engine", engine, ENGINES),
            workers=None if workers is None else arguments.whole("--workers", workers, 1, 1024),
            executor=executor,
            tls=(dask_tls_ca, dask_tls_cert, dask_tls_key),
            chunk=None if chunk is None else arguments.whole("--chunk", chunk, 1, 1_000_000),
            out=None if out is None else arguments.path_of(out),
            yes=yes,
        )
        return swept(self.loaded, self.path, self.posterior, asked, front(progress))

    def _repr_html_(self) -> str:
        from sim.api.results.shown import Brief, as_html

        scenario = self.loaded.scenario
        rows = [
            ("parties", ", ".join(self.parties.values())),
            ("issues", ", ".join(self.issues.values())),
            *((path, text) for path, text in self.overrides.items()),
        ]
        return as_html(Brief(scenario.title, [scenario.summary.strip()], ("", self.date or "no date"), rows))

    def __repr__(self) -> str:
        dated = f", {self.date}" if self.date else ""
        set_ = f", {len(self.overrides)} set" if self.overrides else ""
        return printable_line(f"<{self.name}: {self.title}{dated}{set_}>")
