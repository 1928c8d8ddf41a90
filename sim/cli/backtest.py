"""`sim backtest`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.dated_worlds import DATED, World, dated_worlds, read_worlds, share_out
from sim.cli.options import Common, day, scenario_argument
from sim.cli.recorded import (
    RecordFile,
    Sources,
    StancesFile,
    check_picture,
    later_than,
    refuse_kept,
    sources_of,
    write_picture,
)
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.evidence import Stance
    from sim.files.scenario.known_by import FallBack
    from sim.report.backtest.asked import Backtest, InSample
    from sim.scenario.later_record import Later


Scenarios = Annotated[
    list[Path] | None,
    scenario_argument("SCENARIO", f"Worlds to choose from, each with a date. Default: {DATED}, here or as shipped."),
]
KnownBy = Annotated[
    date,
    typer.Option(
        "--known-by", metavar="DATE", parser=day,
        help="The day up to which claims may make the world, such as 2025-04-23. What was recorded later is foretold.",
    ),
]  # fmt: skip
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=1_000_000, help="In how many worlds to ask.")]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Also draw how reliable it is: a file that ends in .png, .svg or .pdf."),
]


def backtest(
    scenarios: Scenarios = None,
    *,
    known_by: KnownBy,
    runs: Count = 2000,
    common: Common,
    record: RecordFile = None,
    file: StancesFile = None,
    out: Out = None,
) -> None:
    """Ask a world of one day about what was recorded later: answers to proposals, and facts that its runs should show.

    Only claims written by that day make the world. Scores stand beside those of rivals that use no model.

    Example: sim backtest --known-by 2025-04-23
    """
    by = known_by.isoformat()
    with faults_told():
        check_picture(out)
        worlds = _worlds_by(by, read_worlds(scenarios or dated_worlds("backtest"), common.overrides))
        read = [_known(world, by, common.overrides) for world in worlds]
        sources = sources_of(worlds[-1].loaded, record, file)
        report = _report([world for world, _ in read], read[-1][1], sources, by, runs, common)
    from sim.report.backtest.data import backtest_data
    from sim.report.backtest.page import backtest_page

    say(data_or_page(common.as_json, report, backtest_data, backtest_page))
    if out is not None:
        from sim.report.backtest.picture import backtest_picture

        with faults_told():
            write_picture(backtest_picture(report), out, "as no answer was asked")


def _date(world: World) -> str:
    """The day that a world knows of: its own, or a later one by which its numbers are told."""
    return world.loaded.scenario.known_by or world.date


def _worlds_by(day: str, worlds: list[World]) -> list[World]:
    """Those that are not later than a day, one of each date, in order of time; the last is asked what came later."""
    from sim.evidence import is_later

    undated = [world for world in worlds if world.loaded.scenario.date is None]
    if undated:
        fail(f"{undated[0].path}: has no date, so nobody knows what came later; give it one (`date: 2025-04-23`)")
    for world in worlds:
        refuse_kept(world.path, world.loaded)
    by = {_date(world): world for world in reversed(worlds) if not is_later(_date(world), day)}
    if not by:
        first = min(worlds, key=_date)
        fail(f"--known-by: before the first world, {first.path}, which knows of {_date(first)} (got {day})")
    return [by[each] for each in sorted(by)]


def _known(world: World, day: str, overrides: list[str] | None) -> "tuple[World, tuple[FallBack, ...]]":
    from sim.files.scenario.known_by import read_known_by

    loaded, fell = read_known_by(world.path, day, overrides or ())
    return World(world.path, loaded), fell


def _report(
    worlds: list[World], fell: "tuple[FallBack, ...]", sources: Sources, day: str, runs: int, common: Common
) -> "Backtest":
    from sim.analysis.validation.backtest import foretell, judge, judge_facts, show
    from sim.compiling import compile_scenario
    from sim.files.scenario.overrides import read_overrides
    from sim.report.backtest.asked import Backtest
    from sim.scenario.later_record import known_answers

    world, seed = worlds[-1], common.seed
    later = _later(world, sources, day)
    ready("stances", "record")
    game = compile_scenario(world.loaded.scenario)
    known = known_answers(sources.stances, world.loaded.evidence.spans(), day)
    told = foretell(game, [(stance, terms.variants) for stance, terms in later.answers], runs, seed)
    shown = show(game, [(fact, rounds, terms.variants) for fact, rounds, terms in later.facts], runs, seed)
    others = [one for one in told if one.stance.answer != "proposes"]
    return Backtest(
        known_by=day,
        file=str(world.path),
        scenario=world.loaded.scenario,
        fell_back=fell,
        told=told,
        shown=shown,
        put={one.id: terms for one, terms in later.answers} | {one.id: terms for one, _, terms in later.facts},
        not_asked=later.not_asked,
        judged=judge(told, known, runs, seed) if told else None,
        judged_others=judge(others, known, runs, seed) if others else None,
        judged_facts=judge_facts(shown, runs, seed) if shown else None,
        in_sample=_in_sample(worlds, known, runs, seed),
        worlds=runs,
        seed=seed,
        overrides={one.path: one.text for one in read_overrides(common.overrides or ())},
    )


def _later(world: World, sources: Sources, day: str) -> "Later":
    """What came later; ends the program where the world can be asked none of it."""
    later = later_than(day, world.loaded, sources)
    if not later.answers and not later.facts:
        fail(f"nothing was recorded after {day} that {world.path} can be asked; name another day, --record or --file")
    return later


def _in_sample(worlds: list[World], known: "Sequence[Stance]", runs: int, seed: int) -> "InSample | None":
    """Answers known by the day, each in a world of its date as `sim stances` asks them; None where there are none."""
    from sim.analysis.validation.backtest import foretell, judge
    from sim.compiling import compile_scenario
    from sim.report.backtest.asked import InSample

    shared = share_out(known, worlds, "stances", None)
    told = tuple(
        one
        for world, asked in zip(worlds, shared.asked, strict=True)
        if asked
        for one in foretell(
            compile_scenario(world.loaded.scenario), [(each, ((1.0, each.proposal),)) for each in asked], runs, seed
        )
    )
    files = tuple(str(world.path) for world, asked in zip(worlds, shared.asked, strict=True) if asked)
    return InSample(files, told, judge(told, (), runs, seed)) if told else None
