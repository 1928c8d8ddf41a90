"""Results that were written before, as reports: what their folders hold is read; the rest is played again."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__
from sim.api.questions.play import beside
from sim.cli.common import fail
from sim.cli.front import FRONT
from sim.cli.studies import counting, play_through, refuse_days, report_of
from sim.cli.warm import ready, ready_to_play

if TYPE_CHECKING:
    from sim.cli.report import Wanted
    from sim.evidence import Evidence
    from sim.files.result.reader import Result
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.report.html.document import Document
    from sim.report.html.made import Made
    from sim.scenario.timeline import Timeline
    from sim.study import Plan

UNKNOWN = "The file of the scenario is not there any more, so claims are told by their references only."
CHANGED = "Claims are told as the sources have them now; these have changed since the result was made."


def study_document(
    loaded: "Loaded | Result", known: "Evidence", name: str, game: "Game", plan: "Plan", wanted: "Wanted", made: "Made",
    doubt: str = "", summary: Path | None = None,
) -> "Document":  # fmt: skip
    """A scenario played, and what comes of it as a report; with `summary`, the figures must be those of that file."""
    ready_to_play("mesa")  # the transcript is written by mesa steps
    with counting(plan.runs) as count:
        done = play_through(game, replace(plan, engine="batch"), lambda part: count(len(part)))
    report = beside(report_of(loaded, name, game, done, plan, wanted.by), done, plan, FRONT)
    if summary is not None:
        from sim.report.run.data import run_data

        _refuse_others(summary, run_data(replace(report, by=())))
    from sim.draws import Uniforms
    from sim.earlier import worlds_of
    from sim.report.html.run import run_document
    from sim.talks.transcript.recorder import watch

    which = wanted.which or 0
    transcript = watch(game, worlds_of(game, Uniforms(plan.seed, which, 1)).at(0), which)
    document = run_document(report, game, transcript, known, made, _over_time(loaded, known))
    return replace(document, doubt=doubt)


def _over_time(loaded: "Loaded | Result", known: "Evidence") -> "dict[str, Timeline]":
    """Positions over time by party, of the dated scenarios that it builds on too where its files are at hand."""
    from sim.api.questions.dated_worlds import worlds_behind
    from sim.files.scenario.reader import Loaded
    from sim.scenario.timeline import Chosen, DatedWorld, timeline_of

    scenario = loaded.scenario
    if scenario.date is None:
        return {}
    worlds = [DatedWorld(scenario.title, scenario.date, scenario)]
    if isinstance(loaded, Loaded):
        behind = worlds_behind(loaded, loaded.layers[-1])
        worlds = [DatedWorld(world.path.stem, world.date, world.loaded.scenario) for world in behind]
    return {party: timeline_of(worlds, known, Chosen(party)) for party in scenario.parties}


def _refuse_others(file: Path, figures: dict[str, Any]) -> None:
    """Mismatch where figures are not those that a file of a result holds: it was played by other rules."""
    from sim.files.result.recomputation import difference
    from sim.files.result.store import Mismatch, file_bytes

    unlike = difference(file, file_bytes(figures)) if file.exists() else ""
    if unlike:
        raise Mismatch(f"{file}: played again, its runs give other figures ({unlike}); play the scenario anew")


def of_result(folder: Path, wanted: "Wanted") -> "tuple[Document, str]":
    """The report of what a folder holds, and what to call its file.

    Raises:
        BadInput: it holds no result that has a report.
        Mismatch: it was made by another version, and cannot be played again.
    """
    from sim.cli.report import seat_of
    from sim.files.result.manifest import read_manifest
    from sim.files.result.reader import read_result

    manifest = read_manifest(folder) if folder.is_dir() else None
    if manifest is not None and "scenarios" in manifest:
        return _of_comparison(folder, manifest, wanted), "comparison"
    if manifest is not None and manifest.get("kind") == "zone":
        fail(
            f"{folder}: holds answers of sim zopa, which writes its report itself: sim zopa SCENARIO --report FILE.html"
        )
    result = read_result(folder)
    if wanted.role is not None:
        return seat_of(result.scenario, result.game(), wanted.role, dict(result.manifest), result.name)
    if not result.there:
        fail(f"{folder}: holds no {result.what} yet")
    return _document(result, wanted), result.name


def _document(result: "Result", wanted: "Wanted") -> "Document":
    from sim.report.html.made import made_of

    known, doubt = _sources(result)
    made = made_of(result.manifest)
    if result.design.paths or result.is_of_zones:
        return replace(_of_points(result, wanted, known, made), doubt=doubt)
    return _of_run(result, wanted, known, made, doubt)


def _of_run(result: "Result", wanted: "Wanted", known: "Evidence", made: "Made", doubt: str) -> "Document":
    from sim.files.result.store import refuse_older
    from sim.study.replay import study_again

    refuse_older(result.folder, result.manifest, __version__)
    if len(result.there) < len(result.chunks):
        fail(f"{result.folder}: unfinished; the same command plays the rest: {result.manifest['command']}")
    refuse_days(result.scenario, wanted.by)
    which = wanted.which if wanted.which is not None else result.manifest.get("watched") or 0
    if which >= result.runs:
        fail(f"--run {which}: only runs 0 to {result.runs - 1} are played")
    plan = study_again(result).plan
    return study_document(
        result, known, result.name, result.game(), plan, replace(wanted, which=which), made, doubt,
        result.folder / "summary.json",
    )  # fmt: skip


def _of_points(result: "Result", wanted: "Wanted", known: "Evidence", made: "Made") -> "Document":
    from sim.api.questions.points import report_of_runs
    from sim.report.html.sweep import ceilings_document, sweep_document
    from sim.report.sweep.zones import ceilings_of

    if wanted.which is not None:
        fail("--run: goes with a result of sim run")
    if result.is_of_zones:
        if wanted.by:
            fail("--by: goes with runs; this result holds zones")
        return ceilings_document(result, ceilings_of(result, result.name), known, made)
    refuse_days(result.scenario, wanted.by, varies=True)
    ready("soundness")
    return sweep_document(result, replace(report_of_runs(result), by=wanted.by), known, made)


def _sources(result: "Result") -> "tuple[Evidence, str]":
    """The claims that a result was made with, as far as they are still there, and what to say where they may be others."""
    from sim.evidence import Evidence
    from sim.files.errors import BadInput
    from sim.files.scenario.reader import read_scenario
    from sim.study.manifest import evidence_hash

    try:
        loaded = read_scenario(Path(result.manifest["scenario_file"]))
    except BadInput:
        return Evidence(), UNKNOWN
    return loaded.evidence, "" if evidence_hash(loaded) == result.manifest["evidence_hash"] else CHANGED


def _of_comparison(folder: Path, manifest: dict[str, Any], wanted: "Wanted") -> "Document":
    """A comparison, whose folder does not hold its scenarios: they are read and played again."""
    from sim.cli.compare import played
    from sim.files.result.manifest import check_comparison
    from sim.files.result.store import refuse_older
    from sim.records import MANIFEST
    from sim.report.compare.data import comparison_data
    from sim.report.html.compare import comparison_document
    from sim.report.html.made import made_of

    if wanted.role is not None or wanted.which is not None:
        fail(
            f"{'--role' if wanted.role is not None else '--run'}: goes with one scenario; this result compares several"
        )
    check_comparison(manifest, folder / MANIFEST)
    refuse_older(folder, manifest, __version__)
    comparison = played(folder, manifest)
    _refuse_others(folder / "comparison.json", comparison_data(comparison))
    return comparison_document(comparison.by_days(wanted.by), made_of(manifest))
