"""A comparison from Python: scenarios as they were loaded, and one file under several settings told apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sim.api.questions.compare import (
    check_days,
    compared_on,
    names_of,
    on_one_luck,
    one_plan,
    real_files,
    refuse_too_few,
)
from sim.api.questions.front import Front
from sim.api.results.comparison import ComparisonResult

if TYPE_CHECKING:
    from sim.api.loaded import LoadedScenario
    from sim.report.compare.data import Comparison


def compared(
    several: "Sequence[LoadedScenario]", runs: int, seed: int, days: tuple[date, ...], front: Front
) -> ComparisonResult:
    """Scenarios on the same draws; differences are from the first.

    Raises:
        BadInput: there is only one, one comes twice, or they keep different draws.
    """
    names, loaded = _told_apart(several), [each.loaded for each in several]
    check_days(loaded, days)
    played = dict(zip(names, on_one_luck(loaded, seed, runs, front), strict=True))
    plan = one_plan(played, seed, runs, front)
    comparison, table = compared_on(played, [str(each.path) for each in several], plan, front)
    return ComparisonResult(_titles_apart(comparison.by_days(days), several), table)


def _told_apart(several: "Sequence[LoadedScenario]") -> list[str]:
    """What to call each scenario of a comparison: as files are, and by its settings where one file comes several times.

    Raises:
        BadInput: there is only one, or one comes twice with the same settings.
    """
    paths = [each.path for each in several]
    files = real_files(paths)
    refuse_too_few(paths, [f"{file}{_settings(each)}" for file, each in zip(files, several, strict=True)])
    once = dict(zip(files, paths, strict=True))
    called = dict(zip(once, names_of(list(once.values())), strict=True))
    return [
        called[file] + (_settings(each) if files.count(file) > 1 else "")
        for file, each in zip(files, several, strict=True)
    ]


def _titles_apart(comparison: "Comparison", several: "Sequence[LoadedScenario]") -> "Comparison":
    """A comparison in which the titles of one file under several settings say which those are, for pages and pictures."""
    titles = [each.title for each in several]
    reports = tuple(
        replace(report, scenario=report.scenario.model_copy(update={"title": f"{each.title}{_settings(each)}"}))
        if titles.count(each.title) > 1
        else report
        for report, each in zip(comparison.reports, several, strict=True)
    )
    return replace(comparison, reports=reports)


def _settings(scenario: "LoadedScenario") -> str:
    """What is set in a scenario, to tell it from the same one with other settings."""
    said = [f"{path}={text}" for path, text in scenario.overrides.items()]
    said += [f"posterior {scenario.posterior}"] if scenario.posterior else []
    return f" ({', '.join(said)})" if said else ""
