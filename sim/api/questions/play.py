"""Playing a scenario: its game, the draws that it plays, all of its runs, and what they say."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.api.questions.front import Front

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.reader import Result
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.records import Runs
    from sim.report import Report
    from sim.scenario import Scenario
    from sim.study import Plan
    from sim.talks.transcript.entries import Transcript

USUAL_SEED = 1


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


def with_draws(loaded: "Loaded", seed: int, runs: int, front: Front, sets: int = 1) -> "tuple[Loaded, int, int]":
    """A scenario with the draws that it plays, their seed, and how many runs: see `draws_of`.

    Where it continues other talks, the runs of these are looked for that fit the record; as many are kept as are looked at.
    """
    if loaded.scenario.continues is not None and loaded.scenario.draws is None and runs > 0:
        from sim.study.kept_runs import keep

        front.ready("playing", "record", "earlier")
        with front.counting(sets * runs, "runs that fit the record") as count:
            loaded = keep(loaded, seed, sets * runs, count)
    return loaded, *draws_of(loaded.scenario, seed, runs, front, sets)


def draws_of(scenario: "Scenario", seed: int, runs: int, front: Front, sets: int = 1) -> tuple[int, int]:
    """The seed, and how many runs are played: where a scenario keeps only some draws, its seed and at most those.

    Where `sets` times as many runs are looked at, each set of them is to be other runs.

    Raises:
        BadInput: another seed was asked for.
    """
    from sim.files.errors import bad_option

    kept = scenario.draws
    if kept is None:
        return seed, runs
    if seed not in (kept.seed, USUAL_SEED):
        raise bad_option(
            "--seed", f"only runs of seed {kept.seed} are kept, those that fit {kept.fit}; leave --seed out"
        )
    there = len(kept.numbers()) // sets
    if runs > there:
        half = ", and as many others judge the result" if sets > 1 else ""
        front.tell(
            f"note: only {len(kept.numbers()):,} runs are kept of {kept.fit}; {there:,} are played, not {runs:,}{half}"
        )
    return kept.seed, min(runs, there)


def check_days(scenario: "Scenario", days: "Sequence[date] | None", varies: bool = False) -> None:
    """BadInput where no likelihood can be told for a day."""
    from sim.files.errors import bad_option
    from sim.report.run.dates import outside_dates

    wrong = outside_dates(scenario, days or (), varies)
    if wrong:
        raise bad_option("--by", wrong)


def check_which(scenario: "Scenario", which: int, runs: int, watched: bool) -> None:
    """BadInput where a run is to be seen that is not played; without draws of its own, any can be watched."""
    from sim.files.errors import bad_option

    if which >= runs and (not watched or scenario.draws):
        seen = "" if scenario.draws else "; with --watch any run can be seen"
        raise bad_option(f"--run {which}", f"only runs 0 to {runs - 1} are played{seen}")


def play_through(game: "Game", plan: "Plan", each: "Callable[[Runs], None]") -> "Runs":
    """All runs of a plan; `each` is handed every chunk as it comes in."""
    from sim.study import join, play

    parts = []
    for part in play(game, plan):
        each(part)
        parts.append(part)
    return join(parts)


def studied(
    loaded: "Loaded", name: str, game: "Game", plan: "Plan", by: "Sequence[date] | None", front: Front,
    keep: "Callable[[Runs], None]" = lambda part: None,
) -> "tuple[Report, Runs]":  # fmt: skip
    """A scenario played once through: what its runs say, and the runs. `keep` is handed every chunk as it comes in."""
    with front.counting(plan.runs) as count:

        def each(part: "Runs") -> None:
            keep(part)
            count(len(part))

        done = play_through(game, plan, each)
    return beside(report_of(loaded, name, game, done, plan, by), done, plan, front), done


def beside(report: "Report", done: "Runs", plan: "Plan", front: Front) -> "Report":
    """A report with what else answers the same question, where talks go on from earlier ones: that is played now."""
    from dataclasses import replace

    from sim.study.continuation import continuation, total_runs

    if report.scenario.continues is None or report.scenario.draws is None:
        return report
    with front.counting(total_runs(report.scenario, plan), "negotiations beside them") as count:
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


def transcript_of(game: "Game", seed: int, which: int) -> "Transcript":
    """One run of a game, round by round."""
    from sim.draws import Uniforms
    from sim.earlier import worlds_of
    from sim.talks.transcript.recorder import watch

    return watch(game, worlds_of(game, Uniforms(seed, which, 1)).at(0), which)
