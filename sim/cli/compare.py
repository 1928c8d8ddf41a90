"""`sim compare`."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.api.questions.compare import (
    check_days,
    compared_on,
    comparison_picture,
    names_of,
    on_one_luck,
    one_plan,
    real_files,
    refuse_too_few,
)
from sim.api.questions.read import on_posterior
from sim.cli.common import data_or_page, each_or_faults, faults_told, say, written_to
from sim.cli.documents import ReportFile, asked_of_document, check_document, write_beside
from sim.cli.front import FRONT
from sim.cli.options import By, Count, OnDraws, ScenarioPaths
from sim.cli.picture_size import write_pictures
from sim.cli.storing import files_said, stored
from sim.cli.studies import asked, preload

if TYPE_CHECKING:
    from datetime import date

    from sim.files.result.store import Store
    from sim.files.scenario.reader import Loaded
    from sim.report.compare.data import Comparison

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
    from sim.files.scenario.reader import read_scenario

    with faults_told():
        refuse_too_few(scenarios, real_files(scenarios))
    loaded = each_or_faults(scenarios, lambda path: read_scenario(path, common.overrides or ()))
    with faults_told():
        check_document(to_html, "--report")
        loaded = on_posterior(loaded, common.posterior, FRONT)
        check_days(loaded, by)
        played = on_one_luck(loaded, common.seed, runs, FRONT)
        _study(dict(zip(names_of(scenarios), played, strict=True)), scenarios, runs, common, by, out, to_html)


def _study(
    compared: "dict[str, Loaded]", paths: Sequence[Path], runs: int, common: OnDraws, by: "list[date] | None",
    out: Path | None, to_html: Path | None,
) -> None:  # fmt: skip
    from sim.files.result.store import Store, default_folder
    from sim.report.compare.data import comparison_data
    from sim.report.compare.page import comparison_page
    from sim.study.manifest import comparison_manifest

    plan = one_plan(compared, common.seed, runs, FRONT)
    files = dict(zip(compared, paths, strict=True))
    manifest = asdict(comparison_manifest(compared, files, plan, asked()))
    with stored(Store(out or default_folder("compare", manifest)), manifest, files_said) as store:
        preload("sim.plots")
        comparison, table = compared_on(compared, [str(path) for path in paths], plan, FRONT)
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
    compared = dict(zip(manifest["scenarios"], on_one_luck(loaded, seed, runs, FRONT), strict=True))
    for name, each in compared.items():
        if digest(each.plain) != manifest["scenario_hashes"][name]:
            raise Mismatch(f"{folder}: {name} is not as it was when it was compared; compare again, with --report")
    return compared_on(compared, list(map(str, paths)), Plan(runs, seed), FRONT)[0]


def _write(store: "Store", comparison: "Comparison", table: Any) -> list[Path]:
    from sim.files.result.tables import parquet_bytes, rows_table
    from sim.report.compare.data import comparison_data, comparison_rows

    return [
        store.write("comparison.json", comparison_data(comparison)),
        store.write("comparison.parquet", parquet_bytes(rows_table(comparison_rows(comparison)))),
        store.write("runs.parquet", parquet_bytes(table)),
        *write_pictures(store, {"comparison": comparison_picture(comparison)}),
    ]
