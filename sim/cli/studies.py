"""Playing scenarios from the command line: what was asked, a progress bar, a report."""

import shlex
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from sim.cli.common import fail, faults_told
from sim.cli.options import USUAL_SEED
from sim.cli.signals import tell
from sim.cli.warm import ready

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.reader import Result
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.records import Runs
    from sim.report import Report
    from sim.scenario import Scenario
    from sim.study import Plan


def asked() -> str:
    """The command line, as it could be typed again."""
    from sim.files.result.manifest import PROGRAM

    return shlex.join([PROGRAM, *sys.argv[1:]])


def game_of(loaded: "Loaded") -> "Game":
    """The game of a scenario; BadInput where somebody could agree with itself alone."""
    from sim.analysis.feasibility.degenerate_games import lone_consent
    from sim.compiling import compile_scenario
    from sim.files.errors import BadInput, Fault

    game = compile_scenario(loaded.scenario)
    alone = lone_consent(game)
    if alone is None:
        return game
    names, kept = game.names, alone.package == game.rules.status_quo
    words = ", ".join(
        f"{i}: {o}" for (i, o), now in zip(names.package(alone.package).items(), kept, strict=True) if not now
    )
    message = f"in phase {names.phases[alone.phase]} {names.parties[alone.author]} needs nobody's consent to ({words})"
    phase = loaded.scenario.phases[alone.phase]
    place = ("phases", alone.phase, "over_the_head_of") if phase.over_the_head_of else ("consent",)
    raise BadInput([Fault(loaded.mark(place), loaded.dotted(place), message)])


def with_draws(loaded: "Loaded", seed: int, runs: int, sets: int = 1) -> "tuple[Loaded, int, int]":
    """A scenario with the draws that it plays, their seed, and how many runs: see `draws_of`.

    Where it continues other talks, the runs of these are looked for that fit the record; as many are kept as are looked at.
    """
    if loaded.scenario.continues is not None and loaded.scenario.draws is None and runs > 0:
        from sim.study.kept_runs import keep

        ready("playing", "record", "earlier")
        with faults_told(), counting(sets * runs, "runs that fit the record") as count:
            loaded = keep(loaded, seed, sets * runs, count)
    return loaded, *draws_of(loaded.scenario, seed, runs, sets)


def draws_of(scenario: "Scenario", seed: int, runs: int, sets: int = 1) -> tuple[int, int]:
    """The seed, and how many runs are played: where a scenario keeps only some draws, its seed and at most those.

    Where `sets` times as many runs are looked at, each set of them is to be other runs. Another seed that was asked for ends
    the program.
    """
    kept = scenario.draws
    if kept is None:
        return seed, runs
    if seed not in (kept.seed, USUAL_SEED):
        fail(f"--seed: only runs of seed {kept.seed} are kept, those that fit {kept.fit}; leave --seed out")
    there = len(kept.numbers()) // sets
    if runs > there:
        half = ", and as many others judge the result" if sets > 1 else ""
        tell(
            f"note: only {len(kept.numbers()):,} runs are kept of {kept.fit}; {there:,} are played, not {runs:,}{half}"
        )
    return kept.seed, min(runs, there)


def refuse_days(scenario: "Scenario", days: "Sequence[date] | None", varies: bool = False) -> None:
    """Days that no likelihood can be told for end the program."""
    from sim.report.run.dates import outside_dates

    wrong = outside_dates(scenario, days or (), varies)
    if wrong:
        fail(f"--by: {wrong}")


def preload(*modules: str) -> None:
    """Import what comes later while the compiled loop runs without the interpreter's lock."""
    threading.Thread(target=lambda: [import_module(name) for name in modules], daemon=True).start()


@contextmanager
def counting(total: int, what: str = "negotiations") -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; what it gives moves it on by a number of runs."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)


def play_through(game: "Game", plan: "Plan", each: "Callable[[Runs], None]") -> "Runs":
    """All runs of a plan; `each` is handed every chunk as it comes in."""
    from sim.study import join, play

    parts = []
    for part in play(game, plan):
        each(part)
        parts.append(part)
    return join(parts)


def beside(report: "Report", done: "Runs", plan: "Plan") -> "Report":
    """A report with what else answers the same question, where talks go on from earlier ones: that is played now."""
    from dataclasses import replace

    from sim.study.continuation import continuation, total_runs

    if report.scenario.continues is None or report.scenario.draws is None:
        return report
    with counting(total_runs(report.scenario, plan), "negotiations beside them") as count:
        return replace(report, beside=continuation(report.scenario, plan, done.outcomes, count))


def report_of(
    loaded: "Loaded | Result", name: str, game: "Game", done: "Runs", plan: "Plan", by: "Sequence[date] | None" = None
) -> "Report":
    """What some runs of a scenario say, and how likely agreement is by some days."""
    from sim.analysis.summary import summarise
    from sim.report import Report
    from sim.scenario.provenance import numbers

    return Report(
        scenario=loaded.scenario,
        name=name,
        summary=summarise(game, done),
        entries=numbers(loaded.scenario, loaded.overridden),
        seed=plan.seed,
        engine=plan.engine,
        overrides=loaded.overridden,
        by=tuple(by or ()),
    )
