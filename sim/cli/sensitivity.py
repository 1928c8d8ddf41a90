"""`sim sensitivity`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.arguments import MOST_RUNS
from sim.cli.assumptions import RUNS, asked_of, assumptions, moved
from sim.cli.coding import played
from sim.cli.common import data_or_page, fail, faults_told, load, say
from sim.cli.options import Common, ScenarioPath, UseCoding, day
from sim.cli.studies import counting, game_of, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded

CHANGED = 1000

Ablations = Annotated[
    bool, typer.Option("--ablations", help="Switch off each part of the model, and move each number of one.")
]
Sources = Annotated[
    bool, typer.Option("--sources", help="Leave out each article, and code each party a class up and down.")
]
By = Annotated[
    date | None,
    typer.Option(
        "--by", metavar="DATE", parser=day, help="Agreement by the end of this day. Default: by the end of talks."
    ),
]
Runs = Annotated[
    int | None,
    typer.Option(
        "--runs", "-n", min=1, max=MOST_RUNS, show_default=False,
        help=f"How many negotiations to play: {RUNS} over all assumptions, {CHANGED} for each change and with --move.",
    ),
]  # fmt: skip
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for pictures of it (SVG).")]

Target = Annotated[
    float | None,
    typer.Option(
        "--target", metavar="SHARE", min=0.001, max=0.999,
        help="Also the least change of assumptions that brings agreement to this share, such as 0.5, played.",
    ),
]  # fmt: skip
Totals = Annotated[
    bool,
    typer.Option(
        "--totals", help="Also what each of the ten that lead does in company: drawn again, all else the same."
    ),
]
Moves = Annotated[
    list[str] | None,
    typer.Option(
        "--move", metavar="PATH=SD",
        help="Play with an assumption moved by standard deviations, as --target tells it; may be given several times.",
    ),
]  # fmt: skip


def sensitivity(
    scenario: ScenarioPath,
    *,
    ablations: Ablations = False,
    sources: Sources = False,
    coding: UseCoding = None,
    by: By = None,
    target: Target = None,
    totals: Totals = False,
    move: Moves = None,
    runs: Runs = None,
    out: Out = None,
    common: Common,
) -> None:
    """Say what the answer hangs on, over every number that is drawn and every convention of the coders.

    Conventions are what classes are worth, how options are spaced, how long talks last and how far parties look ahead,
    dates and fixed numbers that no claim gives, each over its range. What noise explains is not told.

    With --ablations each part of the model is switched off and each of its numbers moved, with the same luck, run by run;
    with --sources each article is left out and each party coded a class up and down; with --coding a second coder's
    numbers are played.

    Example: sim sensitivity freeze_lines --by 2025-12-31
    """
    if ablations and coding is not None:
        fail("--coding: goes without --ablations; ask one after the other")
    if sources and (ablations or coding is not None):
        fail(f"--sources: goes without {'--ablations' if ablations else '--coding'}; ask one after the other")
    other = (
        "--ablations"
        if ablations
        else "--sources"
        if sources
        else "--coding"
        if coding is not None
        else "--move"
        if move
        else ""
    )
    given = {"--target": target, "--totals": totals or None, "--out": out, "--by": by, "--move": move}
    for option, value in given.items():
        if other and value is not None and other != option and not (other == "--move" and option == "--by"):
            fail(f"{option}: goes without {other}")
    loaded = load(scenario, common.overrides)
    if coding is not None:
        say(played(loaded, scenario, coding, runs or CHANGED, common.seed, common.as_json))
    elif ablations:
        _ablations(loaded, scenario, runs or CHANGED, common)
    elif sources:
        _sources(loaded, scenario, runs or CHANGED, common)
    else:
        count = runs or (CHANGED if move else RUNS)
        asked = asked_of(loaded, scenario, count, common.seed, by, common.as_json)
        if move:
            moved(asked, move)
        else:
            assumptions(asked, target, totals, out)


def _ablations(loaded: "Loaded", path: Path, runs: int, common: Common) -> None:
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    with faults_told():
        from sim.report.sensitivity.data import ablation_data
        from sim.report.sensitivity.page import ablation_page
        from sim.report.sensitivity.report import AblationReport
        from sim.study import Plan
        from sim.study.ablations import ablate, total_runs

        game_of(loaded)
        ready_to_play()
        plan = Plan(runs, seed)
        with counting(total_runs(loaded.scenario, plan)) as count:
            found = ablate(loaded.scenario, plan, count)
        report = AblationReport(loaded.scenario, path.stem, found, runs, seed, loaded.overridden)
        say(data_or_page(common.as_json, report, ablation_data, ablation_page))


def _sources(loaded: "Loaded", path: Path, runs: int, common: Common) -> None:
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    with faults_told():
        from sim.report.sensitivity.recoded import RecodedReport, recoded_data, recoded_page
        from sim.scenario.recoding import recodings
        from sim.study import Plan
        from sim.study.recodings import recode

        game_of(loaded)
        ready_to_play()
        plan, found = Plan(runs, seed), recodings(loaded.scenario, loaded.overridden)
        with counting(plan.runs * (1 + len(found))) as count:
            done = recode(loaded.scenario, loaded.plain, found, plan, count)
        report = RecodedReport(loaded.scenario, path.stem, done.before, done.effects, runs, seed, loaded.overridden)
        say(data_or_page(common.as_json, report, recoded_data, recoded_page), nl=common.as_json)
