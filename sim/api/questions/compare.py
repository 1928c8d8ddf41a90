"""Scenarios side by side, on the same draws."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.api.questions.front import Front
from sim.api.questions.play import draws_of, game_of, play_through, report_of, with_draws

if TYPE_CHECKING:
    from datetime import date

    from sim.files.scenario.reader import Loaded
    from sim.plots import Figure
    from sim.report.compare.data import Comparison
    from sim.study import Plan


def refuse_too_few(paths: Sequence[Path], played: Sequence[str]) -> None:
    """BadInput unless there are two scenarios or more, each of them once; `played` tells what is the same."""
    from sim.files.errors import BadInput, Fault, bad_option

    twice = dict.fromkeys(str(path) for k, path in enumerate(paths) if played[k] in played[:k])
    if twice:
        said = "given more than once; a comparison takes each scenario once"
        raise BadInput([Fault(None, path, said) for path in twice])
    if len(paths) < 2:
        said = f"only one scenario; name two or more to compare, or see it by itself with: sim run {paths[0]}"
        raise bad_option(str(paths[0]), said)


def real_files(paths: Sequence[Path]) -> list[str]:
    """The files that are meant, each by one path whatever it was called."""
    return [os.path.realpath(path) for path in _files(paths)]


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant; what has none stays as it is."""
    from sim.files.scenario.catalogue import find

    return [find(path) or path for path in paths]


def names_of(paths: Sequence[Path]) -> list[str]:
    """What to call each file: its stem, and before it as much of its path as tells it from the others."""
    parts = [path.absolute().parts for path in _files(paths)]
    stems = [(*folders, Path(file).stem) for *folders, file in parts]
    return ["/".join(_shortest(own, stems) or whole) for own, whole in zip(stems, parts, strict=True)]


def _shortest(own: tuple[str, ...], among: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest end of a path that no other path has; nothing where there is none."""
    ends = (own[-n:] for n in range(1, len(own) + 1))
    return next((end for end in ends if sum(other[-len(end) :] == end for other in among) == 1), ())


def check_days(loaded: "Sequence[Loaded]", by: "Sequence[date] | None") -> None:
    """BadInput of a day that no scenario can tell of: others have a gap there, or are over."""
    from sim.files.errors import bad_option
    from sim.report.run.dates import outside_dates

    for day in by or ():
        wrong = [outside_dates(each.scenario, [day]) for each in loaded]
        if all(wrong):
            raise bad_option("--by", wrong[0])


def on_one_luck(loaded: "Sequence[Loaded]", seed: int, runs: int, front: Front) -> "list[Loaded]":
    """The scenarios on the same draws: where some go on from earlier talks, all play the runs that those keep."""
    from sim.study.kept_runs import with_kept

    kept = [with_draws(each, seed, runs, front)[0] if each.scenario.continues else each for each in loaded]
    draws = {each.scenario.draws for each in kept if each.scenario.continues}
    if len(draws) != 1 or all(each.scenario.draws for each in kept):
        return kept
    (for_all,) = draws
    assert for_all is not None
    front.tell(f"note: all scenarios are played on the runs that fit {for_all.fit}")
    return [each if each.scenario.draws else with_kept(each, for_all) for each in kept]


def one_plan(compared: "Mapping[str, Loaded]", seed: int, runs: int, front: Front) -> "Plan":
    """The runs of a comparison: run k must be the same draws in every scenario.

    Raises:
        BadInput: the scenarios keep different draws.
    """
    from sim.files.errors import bad_option
    from sim.study import Plan

    if len({loaded.scenario.draws for loaded in compared.values()}) > 1:
        said = (
            "the scenarios keep different draws (`draws`), so their runs are no pairs; give --posterior for all of them"
        )
        raise bad_option("", said)
    seed, runs = draws_of(next(iter(compared.values())).scenario, seed, runs, front)
    return Plan(runs, seed)


def compared_on(
    compared: "Mapping[str, Loaded]", files: Sequence[str], plan: "Plan", front: Front
) -> "tuple[Comparison, Any]":
    """Play one scenario after the other; of its runs only a few columns outlast it, as a table."""
    from sim.analysis.shares.difference import difference
    from sim.analysis.shares.likelihood import agreed
    from sim.files.result.tables import compared_runs, stacked
    from sim.report.compare.data import Comparison
    from sim.study.compilation import needed_by

    reports, tables, hits = [], [], []
    front.ready(*needed_by(plan.engine))
    with front.counting(plan.runs * len(compared)) as count:
        for name, loaded in compared.items():
            game = game_of(loaded)
            done = play_through(game, plan, lambda part: count(len(part)))
            reports.append(report_of(loaded, name, game, done, plan))
            tables.append(compared_runs(name, game, done))
            hits.append(agreed(done.outcomes))
    differences = [difference(now, hits[0]) for now in hits[1:]]
    return Comparison(tuple(reports), tuple(files), tuple(differences)), stacked(tables)


def comparison_picture(comparison: "Comparison") -> "Figure":
    """The scenarios side by side."""
    from sim.plots import scenario_comparison

    return scenario_comparison(comparison.reports, comparison.differences)
