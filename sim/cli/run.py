"""`sim run`."""

import shlex
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.arguments import LAST_RUN
from sim.api.questions.play import check_days, check_which, game_of, studied, transcript_of
from sim.cli.coding import as_coded
from sim.cli.common import as_text, data_or_page, fail, faults_told, page_width, say, written_to
from sim.cli.conditioning import load
from sim.cli.front import FRONT
from sim.cli.options import By, Count, Engine, OnDraws, Out, UseCoding, UseEngine, scenario_argument
from sim.cli.picture_size import write_pictures
from sim.cli.replay import replay
from sim.cli.result_files import files_of_run
from sim.cli.signals import tell
from sim.cli.storing import stored
from sim.cli.studies import asked, preload, with_draws
from sim.cli.warm import ready, ready_to_play

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from rich.console import Console

    from sim.files.result.store import Store
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.records import Runs
    from sim.report import Report
    from sim.study import Plan
    from sim.talks.transcript.page_lines import PageLine

STYLES = {"plain": "", "bold": "bold", "dim": "dim"}


Watch = Annotated[bool, typer.Option("--watch", help="Show one negotiation, round by round, instead.")]
Whole = Annotated[
    bool, typer.Option("--whole", help="With --watch: all of it, also where it is long, as transcript.txt has it.")
]
WhichRun = Annotated[
    int, typer.Option("--run", min=0, max=LAST_RUN, metavar="K", help="Which run to watch, and to draw.")
]


ScenarioOrResult = Annotated[
    Path,
    scenario_argument(
        "SCENARIO",
        "A scenario: its file (YAML), or its name as in sim scenarios; or the folder of a result to play again.",
    ),
]


def run(
    context: typer.Context,
    scenario: ScenarioOrResult,
    *,
    runs: Count = 2000,
    common: OnDraws,
    by: By = None,
    engine: UseEngine = Engine.batch,
    coding: UseCoding = None,
    out: Out = None,
    watch: Watch = False,
    whole: Whole = False,
    which: WhichRun = 0,
) -> None:
    """Play a scenario many times: how likely agreement is, why it fails, and what that rests on.

    Writes a table of all runs (Parquet), summary.json, manifest.json, one transcript and pictures. Given the folder
    of an earlier result, it plays every run again and says whether all came out as before.

    Example: sim run freeze_lines --runs 2000 --set parties.us.patience=6
    """
    from sim.files.scenario.catalogue import hidden_by, means_folder

    if means_folder(scenario):
        _refuse_changes(context)
        if hidden := hidden_by(scenario):
            tell(f"note: {scenario} is the folder of a result here; the scenario of that name is {hidden}")
        with faults_told():
            replay(scenario, common.as_json)
        return
    if whole and not watch:
        fail("--whole: goes with --watch; transcript.txt in the result is whole")
    loaded = load(scenario, common.overrides, common.posterior)
    if coding is not None:
        loaded = load(scenario, as_coded(common.overrides, coding, loaded), common.posterior)
    loaded, seed, runs = with_draws(loaded, common.seed, which + 1 if watch else runs)
    with faults_told():
        check_which(loaded.scenario, which, runs, watch)
        check_days(loaded.scenario, by)
    if watch:
        with faults_told():
            _watch(loaded, seed, which, whole, common.as_json)
        return
    from sim.study import Plan

    with faults_told():
        _study(loaded, scenario, Plan(runs, seed, engine.value), out, which, by, common.as_json)


def _refuse_changes(context: typer.Context) -> None:
    """A result is played again as it was."""
    sources = {option: context.get_parameter_source(str(option.name)) for option in context.command.params}
    given = [
        option.opts[0]
        for option, source in sources.items()
        if option.name not in ("scenario", "as_json") and source is not None and source.name == "COMMANDLINE"
    ]
    if given:
        fail(f"{given[0]}: a result is played again as it was; name its scenario file to change anything")


def _study(
    loaded: "Loaded", path: Path, plan: "Plan", out: Path | None, which: int, by: "list[date] | None", as_json: bool
) -> None:
    from sim.files.result.manifest import study_id
    from sim.files.result.store import Store, default_folder
    from sim.report.run.data import run_data
    from sim.report.run.page import run_page
    from sim.study.manifest import OF_A_RUN, manifest_of

    ready_to_play("mesa")  # the transcript is written by mesa steps
    game = game_of(loaded)
    manifest = asdict(manifest_of(loaded, path, plan, asked(), figures=OF_A_RUN, watched=which))
    chunks = len(plan.chunks())
    with stored(
        Store(out or default_folder(path.stem, manifest)), manifest, lambda store: _safe(store, chunks)
    ) as store:
        preload("sim.plots", "sim.talks.transcript.recorder")
        keep = _kept(game, plan, store, str(study_id(manifest)))
        report, _ = studied(loaded, Path(manifest["scenario_file"]).stem, game, plan, by, FRONT, keep)
        say(data_or_page(as_json, report, run_data, run_page, store.folder))
        sys.stdout.flush()
        written = _write(store, loaded, game, replace(report, by=()), plan.seed, which)
    if not as_json:
        say(_said(written))


def _safe(store: "Store", chunks: int) -> str:
    """How much of the runs is there, and how to go on."""
    there = len(store.chunks())
    if there < chunks:
        return f"{there:,} of {chunks:,} chunks are safe in {store.folder}; the same command plays all of them again"
    return f"all runs are safe in {store.folder}; the same command writes what is missing beside them"


def _kept(game: "Game", plan: "Plan", store: "Store", study: str) -> "Callable[[Runs], None]":
    """What stores each chunk as it comes in."""
    from sim.files.result.chunk_files import chunk_bytes
    from sim.files.result.chunks import Chunks
    from sim.study import table_of

    chunks = Chunks(1, plan.runs, plan.chunk)

    def keep(runs: "Runs") -> None:
        chunk = chunks[runs.first // plan.chunk]
        store.write_chunk(chunk.number, chunk_bytes(table_of(game, runs), study, chunk))

    return keep


def _write(store: "Store", loaded: "Loaded", game: "Game", report: "Report", seed: int, which: int) -> list[Path]:
    """Write what a reader opens: figures as data, a transcript, pictures. The runs are there already."""
    from sim.plots import pictures

    transcript, files = files_of_run(report, loaded.scenario, game, seed, which)
    written = [store.write(name, run_data) for name, run_data in files.items()]
    return [*written, *write_pictures(store, pictures(report, game, transcript))]


def _said(written: list[Path]) -> str:
    names = [path.name for path in written if path.suffix != ".svg"]
    return written_to(
        written[0].parent,
        f"manifest.json, chunks/ (every run, Parquet), {', '.join(names[:2])}",
        f"{', '.join(names[2:])} (and .svg)",
        f"as one page to print or send: sim report {shlex.quote(str(written[0].parent))}",
    )


def _watch(loaded: "Loaded", seed: int, which: int, whole: bool, as_json: bool) -> None:
    from rich.console import Console

    ready("soundness", "mesa")
    from sim.talks.transcript.data import transcript_data
    from sim.talks.transcript.page import lines, short
    from sim.talks.transcript.page_lines import plain_page

    game = game_of(loaded)
    transcript = transcript_of(game, seed, which)
    if as_json:
        say(as_text(transcript_data(transcript, game.names)))
        return
    page = lines(transcript, loaded.scenario)
    page = page if whole else short(page)
    if not sys.stdout.isatty():
        say(plain_page(page), nl=False)
        return
    console = Console(highlight=False, width=page_width())
    for line in page:
        _tell_line(console, line)


def _tell_line(console: "Console", line: "PageLine") -> None:
    """Print one line of a transcript: what changed in bold, headings set apart."""
    from rich.table import Table
    from rich.text import Text

    from sim.files.printable import printable

    is_heading = line.form in {"title", "head"}
    spans = ((printable(span.text), "bold" if is_heading else STYLES[span.style]) for span in line.spans)
    margin = "  " * line.indent + ("- " if line.form == "item" else "")
    if is_heading:
        console.print()
    if not margin:
        console.print(Text.assemble(*spans))
        return
    hanging = Table.grid()
    hanging.add_column(width=len(margin))
    hanging.add_column()
    hanging.add_row(margin, Text.assemble(*spans))
    console.print(hanging)
