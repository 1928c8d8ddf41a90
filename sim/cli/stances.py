"""`sim stances`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.api.questions.dated_worlds import DATED, Shared, World, dated_worlds, overdue, read_worlds, share_out
from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.options import Common, scenario_argument
from sim.cli.signals import tell
from sim.cli.studies import draws_of
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.evidence import Control, Inquiry, Stance
    from sim.report.stances.asked import AskedStances, StanceReport

Scenarios = Annotated[
    list[Path] | None,
    scenario_argument("SCENARIO", f"Worlds to ask in. Default: {DATED}, here or as shipped."),
]
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=10_000_000, help="In how many worlds to ask.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="STANCES.yaml", help="Another list of answers. Default: stances.yaml in seeds."),
]
ControlsFile = Annotated[
    Path | None,
    typer.Option(
        "--controls",
        metavar="CONTROLS.yaml",
        help="Another list of negative controls. Default: controls.yaml in seeds, and none beside --file.",
    ),
]


def stances(
    scenarios: Scenarios = None,
    *,
    runs: Count = 2000,
    common: Common,
    file: File = None,
    controls: ControlsFile = None,
) -> None:
    """Score the model against what parties are reported to have answered to documented proposals.

    Each answer is asked in a world of its date: in the earliest scenario given that is not before it. Negative controls
    and what parties propose themselves are asked too, and told apart.

    Example: sim stances freeze_lines november_draft
    """
    with faults_told():
        worlds = read_worlds(scenarios or dated_worlds(), common.overrides)
        answers = share_out(_recorded(file, worlds), worlds, "stances", file)
        refused = share_out(_controls(controls, worlds, file is None), worlds, "controls", controls)
        _tell_doubts(worlds, answers, refused)
        report = _report(worlds, answers, refused, runs, common)
    from sim.report.stances.data import stances_data
    from sim.report.stances.page import stances_page

    say(data_or_page(common.as_json, report, stances_data, stances_page))


def _recorded(file: Path | None, worlds: list[World]) -> "tuple[Stance, ...]":
    from sim.files.scenario.seeds import check_claims, read_stances

    evidence = worlds[0].loaded.evidence
    recorded = read_stances(file).stances if file else evidence.stances
    if file:
        check_claims(file, "stances", recorded, evidence)
    if not recorded:
        fail(f"{file or worlds[0].path}: no reported answers; name a list of them with --file")
    return recorded


def _controls(file: Path | None, worlds: list[World], of_seeds: bool) -> "tuple[Control, ...]":
    """The controls of a file, or those of the seeds; there need not be any there."""
    from sim.files.scenario.seeds import check_claims, read_controls

    evidence = worlds[0].loaded.evidence
    if file is None:
        return evidence.controls if of_seeds else ()
    controls = read_controls(file).controls
    check_claims(file, "controls", controls, evidence)
    if not controls:
        fail(f"{file}: no controls")
    return controls


def _tell_doubts(worlds: list[World], answers: "Shared[Stance]", refused: "Shared[Control]") -> None:
    """Warn of what is not asked, or in a world that is not quite its own, and of scenarios that get no answers."""
    from sim.evidence import is_later
    from sim.report.stances.asked import by_reason

    for why, ids in (*by_reason(answers.not_asked).items(), *by_reason(refused.not_asked).items()):
        tell(f"warning: not asked: {', '.join(ids)} ({why})")
    for n, world in enumerate(worlds):
        same = [one for one in worlds[:n] if not is_later(one.date, world.date) and not is_later(world.date, one.date)]
        if same:
            tell(f"warning: {world.path} has the date of {same[0].path}, which was given first and is asked instead")
        elif not answers.asked[n]:
            tell(f"warning: {world.path}: no reported answer is asked in it")
        _tell_overdue(world, answers.asked[n])
        _tell_overdue(world, refused.asked[n])


def _tell_overdue(world: World, asked: "Sequence[Inquiry]") -> None:
    for reported, ids in overdue(world, asked).items():
        tell(
            f"warning: asked in a later world, {world.path} ({world.date}), as no scenario of their time "
            f"is given: {', '.join(ids)} (reported by {reported})"
        )


def _report(
    worlds: list[World], answers: "Shared[Stance]", refused: "Shared[Control]", runs: int, common: Common
) -> "StanceReport":
    from sim.report.stances.asked import StanceReport

    if not any(answers.asked):
        fail("none of the reported answers can be asked in these scenarios")
    ready("stances")
    given = zip(worlds, answers.asked, refused.asked, strict=True)
    groups = tuple(_asked(*each, runs, common.seed) for each in given if each[1] or each[2])
    left_out = answers.not_asked, refused.not_asked
    return StanceReport(groups, *left_out, runs, common.seed, worlds[0].loaded.overridden)


def _asked(
    world: World, stances: "Sequence[Stance]", controls: "Sequence[Control]", runs: int, seed: int
) -> "AskedStances":
    from sim.analysis.validation.answer_probabilities import ask
    from sim.analysis.validation.controls import ask_controls
    from sim.analysis.validation.own_proposals import put_back
    from sim.compiling import compile_scenario
    from sim.report.stances.asked import AskedStances

    scenario = world.loaded.scenario
    seed, runs = draws_of(scenario, seed, runs)
    game = compile_scenario(scenario)
    return AskedStances(
        str(world.path),
        scenario,
        ask(game, stances, runs, seed),
        put_back(game, stances, runs, seed),
        ask_controls(game, controls, runs, seed),
    )
