"""Whether a world of one day would have foretold what was recorded later."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.dated_worlds import World, share_out
from sim.api.questions.front import Front
from sim.api.questions.later_record import Sources, later_than, refuse_kept, sources_of
from sim.api.questions.read import Overrides

if TYPE_CHECKING:
    from sim.evidence import Stance
    from sim.files.scenario.known_by import FallBack
    from sim.report.backtest.asked import Backtest, InSample
    from sim.scenario.later_record import Later


def backtested(
    worlds: Sequence[World], day: str, overrides: Overrides, runs: int, seed: int, front: Front,
    record: Path | None = None, file: Path | None = None,
) -> "Backtest":  # fmt: skip
    """The latest of some worlds that is not later than a day, asked what was recorded after it.

    Raises:
        BadInput: none of them can be asked, or nothing was recorded that it could be asked.
    """
    read = [_known(world, day, overrides) for world in worlds_by(day, worlds)]
    chosen, fell = [world for world, _ in read], read[-1][1]
    sources = sources_of(chosen[-1].loaded, record, file)
    later = _later(chosen[-1], sources, day, front)
    front.ready("stances", "record")
    return replace(_report(chosen, fell, later, sources, day, runs, seed), overrides=_given(overrides))


def knows_of(world: World) -> str:
    """The day that a world knows of: its own, or a later one by which its numbers are told."""
    return world.loaded.scenario.known_by or world.date


def check_dated(worlds: Sequence[World]) -> None:
    """BadInput where nobody knows what came after a world."""
    from sim.files.errors import bad_option

    for world in worlds:
        if world.loaded.scenario.date is None:
            said = "has no date, so nobody knows what came later; give it one (`date: 2025-04-23`)"
            raise bad_option(str(world.path), said)


def worlds_by(day: str, worlds: Sequence[World]) -> list[World]:
    """Those that are not later than a day, one of each date, in order of time; the last is asked what came later."""
    from sim.evidence import is_later
    from sim.files.errors import bad_option

    check_dated(worlds)
    for world in worlds:
        refuse_kept(world.path, world.loaded)
    by = {knows_of(world): world for world in reversed(worlds) if not is_later(knows_of(world), day)}
    if not by:
        first = min(worlds, key=knows_of)
        said = f"before the first world, {first.path}, which knows of {knows_of(first)} (got {day})"
        raise bad_option("--known-by", said)
    return [by[each] for each in sorted(by)]


def _known(world: World, day: str, overrides: Overrides) -> "tuple[World, tuple[FallBack, ...]]":
    from sim.files.scenario.known_by import read_known_by

    loaded, fell = read_known_by(world.path, day, overrides)
    return World(world.path, loaded), fell


def _later(world: World, sources: Sources, day: str, front: Front) -> "Later":
    """What came later; BadInput where the world can be asked none of it."""
    from sim.files.errors import bad_option

    later = later_than(day, world.loaded, sources, front)
    if not later.answers and not later.facts:
        said = f"nothing was recorded after {day} that {world.path} can be asked; name another day, --record or --file"
        raise bad_option("", said)
    return later


def _report(
    worlds: list[World], fell: "tuple[FallBack, ...]", later: "Later", sources: Sources, day: str, runs: int, seed: int
) -> "Backtest":
    from sim.analysis.validation.backtest import foretell, judge, judge_facts, show
    from sim.compiling import compile_scenario
    from sim.report.backtest.asked import Backtest
    from sim.scenario.later_record import known_answers

    world = worlds[-1]
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
        overrides={},
    )


def _given(overrides: Overrides) -> dict[str, str]:
    from sim.files.scenario.overrides import read_overrides

    return {one.path: one.text for one in read_overrides(overrides)}


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
