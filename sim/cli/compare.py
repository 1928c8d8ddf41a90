"""`sim compare`."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.common import data_or_page, each_or_faults, fail, faults_told, say, written_to
from sim.cli.conditioning import on_posterior
from sim.cli.documents import ReportFile, asked_of_document, check_document, write_beside
from sim.cli.options import By, Count, OnDraws, ScenarioPaths
from sim.cli.picture_size import write_pictures
from sim.cli.signals import tell
from sim.cli.storing import files_said, stored
from sim.cli.studies import asked, counting, draws_of, game_of, play_through, preload, report_of, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.store import Store
    from sim.files.scenario.reader import Loaded
    from sim.report.compare.data import Comparison
    from sim.study import Plan

Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of this result. Default: results/compare-<8 hex>.")
]


def compare(
    scenarios: ScenarioPaths,
    *,
    runs: Count = 2000,
    common: OnDraws,
    by: By = None,
    out: Out = None,
    to_html: ReportFile = None,
) -> None:
    """Set scenarios side by side under the same luck: how likely each is, where runs end, what is settled.

    Differences are from the first scenario, paired run by run. An override holds for every scenario.

    Writes a picture, tables of scenarios and of all runs (Parquet), comparison.json and manifest.json.

    Example: sim compare freeze_lines us_walks_away direct_talks --runs 2000
    """
    _refuse_too_few(scenarios)
    from sim.files.scenario.reader import read_scenario

    loaded = each_or_faults(scenarios, lambda path: read_scenario(path, common.overrides or ()))
    with faults_told():
        check_document(to_html, "--report")
        loaded = on_posterior(loaded, common.posterior)
        _refuse_days(loaded, by)
        played = _on_one_luck(loaded, common.seed, runs)
        _study(dict(zip(names_of(scenarios), played, strict=True)), scenarios, runs, common, by, out, to_html)


def _on_one_luck(loaded: "list[Loaded]", seed: int, runs: int) -> "list[Loaded]":
    """The scenarios on the same draws: where some go on from earlier talks, all play the runs that those keep."""
    from sim.study.kept_runs import with_kept

    kept = [with_draws(each, seed, runs)[0] if each.scenario.continues else each for each in loaded]
    draws = {each.scenario.draws for each in kept if each.scenario.continues}
    if len(draws) != 1 or all(each.scenario.draws for each in kept):
        return kept
    (for_all,) = draws
    assert for_all is not None
    tell(f"note: all scenarios are played on the runs that fit {for_all.fit}")
    return [each if each.scenario.draws else with_kept(each, for_all) for each in kept]


def _refuse_days(loaded: "Sequence[Loaded]", by: "list[date] | None") -> None:
    """Days that some scenario can tell of are welcome: others have a gap there, or are over."""
    from sim.report.run.dates import outside_dates

    for day in by or ():
        wrong = [outside_dates(each.scenario, [day]) for each in loaded]
        if all(wrong):
            fail(f"--by: {wrong[0]}")


def _refuse_too_few(paths: Sequence[Path]) -> None:
    """A comparison takes two scenarios or more, each of them once."""
    real = [os.path.realpath(path) for path in _files(paths)]
    twice = dict.fromkeys(str(path) for k, path in enumerate(paths) if real[k] in real[:k])
    if twice:
        fail("\n".join(f"{path}: given more than once; a comparison takes each scenario once" for path in twice))
    if len(paths) < 2:
        fail(
            f"{paths[0]}: only one scenario; name two or more to compare, or see it by itself with: sim run {paths[0]}"
        )


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


def _study(
    compared: "dict[str, Loaded]", paths: Sequence[Path], runs: int, common: OnDraws, by: "list[date] | None",
    out: Path | None, to_html: Path | None,
) -> None:  # fmt: skip
    from sim.files.result.store import Store, default_folder
    from sim.report.compare.data import comparison_data
    from sim.report.compare.page import comparison_page
    from sim.study import Plan
    from sim.study.manifest import comparison_manifest

    seed, runs = _draws_of(compared, common.seed, runs)
    plan = Plan(runs, seed)
    files = dict(zip(compared, paths, strict=True))
    manifest = asdict(comparison_manifest(compared, files, plan, asked()))
    with stored(Store(out or default_folder("compare", manifest)), manifest, files_said) as store:
        preload("sim.plots")
        comparison, table = _play(compared, [str(path) for path in paths], plan)
        asked_by = comparison.by_days(tuple(by or ()))
        say(data_or_page(common.as_json, asked_by, comparison_data, comparison_page, store.folder))
        sys.stdout.flush()
        written = _write(store, comparison, table)
        if to_html is not None:
            _write_document(asked_by, {**manifest, "command": asked_of_document()}, to_html)
    if not common.as_json:
        *data, png, _ = (path.name for path in written)
        say(written_to(store.folder, f"manifest.json, {', '.join(data)},", f"{png} (and .svg)"))


def _write_document(comparison: "Comparison", manifest: dict[str, Any], path: Path) -> None:
    from sim.report.html.compare import comparison_document
    from sim.report.html.made import made_of

    write_beside(comparison_document(comparison, made_of(manifest)), path)


def played(folder: Path, manifest: Mapping[str, Any]) -> "Comparison":
    """The comparison of a folder: its scenarios, read and played again.

    Raises:
        BadInput: one cannot be read.
        Mismatch: one is not as it was.
    """
    from sim.files.result.manifest import digest
    from sim.files.result.store import Mismatch
    from sim.files.scenario.reader import read_scenario
    from sim.study import Plan

    overrides, seed, runs = list(manifest["overrides"].items()), int(manifest["seed"]), int(manifest["runs"])
    paths = [Path(manifest["files"][name]) for name in manifest["scenarios"]]
    loaded = each_or_faults(paths, lambda path: read_scenario(path, overrides))
    compared = dict(zip(manifest["scenarios"], _on_one_luck(loaded, seed, runs), strict=True))
    for name, each in compared.items():
        if digest(each.plain) != manifest["scenario_hashes"][name]:
            raise Mismatch(f"{folder}: {name} is not as it was when it was compared; compare again, with --report")
    return _play(compared, list(map(str, paths)), Plan(runs, seed))[0]


def _draws_of(compared: "dict[str, Loaded]", seed: int, runs: int) -> tuple[int, int]:
    """The seed and number of runs of a comparison: run k must be the same draws in every scenario."""
    kept = {loaded.scenario.draws for loaded in compared.values()}
    if len(kept) > 1:
        fail(
            "the scenarios keep different draws (`draws`), so their runs are no pairs; give --posterior for all of them"
        )
    return draws_of(next(iter(compared.values())).scenario, seed, runs)


def _play(compared: "dict[str, Loaded]", files: Sequence[str], plan: "Plan") -> "tuple[Comparison, Any]":
    """Play one scenario after the other; of its runs only a few columns outlast it."""
    from sim.analysis.shares.difference import difference
    from sim.analysis.shares.likelihood import agreed
    from sim.files.result.tables import compared_runs, stacked
    from sim.report.compare.data import Comparison

    reports, tables, hits = [], [], []
    ready_to_play()
    with counting(plan.runs * len(compared)) as count:
        for name, loaded in compared.items():
            game = game_of(loaded)
            done = play_through(game, plan, lambda part: count(len(part)))
            reports.append(report_of(loaded, name, game, done, plan))
            tables.append(compared_runs(name, game, done))
            hits.append(agreed(done.outcomes))
    differences = [difference(now, hits[0]) for now in hits[1:]]
    return Comparison(tuple(reports), tuple(files), tuple(differences)), stacked(tables)


def _write(store: "Store", comparison: "Comparison", table: Any) -> list[Path]:
    from sim.files.result.tables import parquet_bytes, rows_table
    from sim.plots import scenario_comparison
    from sim.report.compare.data import comparison_data, comparison_rows

    figure = scenario_comparison(comparison.reports, comparison.differences)
    return [
        store.write("comparison.json", comparison_data(comparison)),
        store.write("comparison.parquet", parquet_bytes(rows_table(comparison_rows(comparison)))),
        store.write("runs.parquet", parquet_bytes(table)),
        *write_pictures(store, {"comparison": figure}),
    ]
