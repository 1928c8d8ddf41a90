"""`sim discover`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import recorded
from sim.cli.common import data_or_page, fail, faults_told, load, say
from sim.cli.options import Common, Count, ScenarioPath
from sim.cli.signals import tell
from sim.cli.studies import asked, counting, game_of, play_through, with_draws
from sim.cli.warm import ready_to_play

if TYPE_CHECKING:
    from sim.files.scenario.reader import Loaded
    from sim.records import Runs
    from sim.report.discover.condition import Condition
    from sim.report.discover.report import Discovery

FEWEST_RUNS = 400
"""Runs below which no half of them says anything about a region."""

Where = Annotated[
    str | None,
    typer.Option(
        metavar="CONDITION",
        help='What the regions are to be like, such as "agreement < 0.1", "agreement > 50 %" or "zone < 0.5". Default: '
        "agreement half as likely as over all.",
    ),
]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the regions to a picture: .png, .svg or .pdf.")]
Save = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.json", help="Keep the runs of a region, for --posterior of run, compare, sweep and zopa."
    ),
]
Which = Annotated[int | None, typer.Option("--region", min=1, max=4, help="Which region --save keeps; 1 if left out.")]


def discover(
    scenario: ScenarioPath,
    *,
    where: Where = None,
    runs: Count = 8000,
    common: Common,
    out: Out = None,
    save: Save = None,
    region: Which = None,
) -> None:
    """Find regions of the assumptions in which agreement is rare, or frequent: boxes of a few limits.

    They are found in one half of the runs and judged in the other, so that noise gives none.

    Example: sim discover freeze_lines --where "agreement < 0.1"
    """
    from sim.report.discover.condition import condition

    try:
        asked_for = condition(where) if where is not None else None
    except ValueError as wrong:
        fail(f"--where: {wrong}")
    loaded = load(scenario, common.overrides)
    loaded, seed, runs = with_draws(loaded, common.seed, runs)
    if region is not None and save is None:
        fail("--region: goes with --save")
    if runs < FEWEST_RUNS:
        fail(f"--runs {runs}: regions need {FEWEST_RUNS} runs or more, as one half of them finds what the other judges")
    with faults_told():
        recorded.check_picture(out)
        _check_save(save)
        found = _discovered(loaded, scenario, asked_for, runs, seed)
        _print(found, common.as_json)
        if out is not None:
            from sim.report.discover.picture import discovery_picture

            recorded.write_picture(discovery_picture(found), out, "as no region was found")
        if save is not None:
            _save(found, loaded, save, region or 1)


def _check_save(save: Path | None) -> None:
    from sim.files.outputs import check_file, wrong_ending

    if save is not None:
        check_file(save, True, lambda: wrong_ending(save, (".json",)), "--save")


def _discovered(loaded: "Loaded", path: Path, where: "Condition | None", runs: int, seed: int) -> "Discovery":
    from sim.report.discover.report import Discovery, find_regions
    from sim.scenario.provenance import numbers
    from sim.study import Plan

    ready_to_play()
    game = game_of(loaded)
    with counting(runs) as count:
        done = play_through(game, Plan(runs, seed), lambda part: count(len(part)))
    chosen = where or _half(done)
    found, inside, overall = find_regions(done, chosen)
    entries = numbers(loaded.scenario, loaded.overridden)
    return Discovery(
        loaded.scenario, path.stem, str(path), game, chosen, found, inside, overall, seed, loaded.overridden, entries
    )  # fmt: skip


def _half(done: "Runs") -> "Condition":
    """Agreement half as likely as over all; where nobody agrees there is nothing to look for."""
    from sim.analysis.shares.likelihood import FEW, agreed, share_of
    from sim.report.discover.condition import Condition

    likely = share_of(agreed(done.outcomes))
    if min(likely.hits, likely.n - likely.hits) < FEW:
        fail(
            f"{likely.hits} of {likely.n} runs agree: too few agree, or fail, to tell regions apart; ask for --where zone"
        )
    return Condition("agreement", True, round(likely.estimate / 2.0, 3))


def _print(found: "Discovery", as_json: bool) -> None:
    from sim.report.discover.data import discovery_data
    from sim.report.discover.page import discover_page

    say(data_or_page(as_json, found, discovery_data, discover_page), nl=as_json)


def _save(found: "Discovery", loaded: "Loaded", path: Path, region: int) -> None:
    from sim.files.outputs import write_files
    from sim.files.posterior import posterior_text

    there = len(found.found.found)
    if not there:
        fail("--save: nothing to keep, as no region was found")
    if region > there:
        fail(f"--region {region}: there {'is' if there == 1 else 'are'} {there} of them")
    write_files({path: posterior_text(_kept(found, loaded, region - 1))}, "--save")
    tell(f"Written to {path}: {len(found.inside[region - 1]):,} runs for --posterior {path}")


def _kept(found: "Discovery", loaded: "Loaded", k: int) -> dict[str, Any]:
    from sim.files.result.manifest import digest
    from sim.report.discover.data import region_posterior
    from sim.study.manifest import evidence_hash, versions

    told = {"scenario_hash": digest(loaded.plain), "evidence_hash": evidence_hash(loaded)}
    return {**region_posterior(found, k), **told, "versions": versions(), "command": asked()}
