"""`sim stances`."""

from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.common import data_or_page, fail, faults_told, say
from sim.cli.options import Common, scenario_argument
from sim.cli.signals import tell
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.evidence import Stance
    from sim.files.scenario.reader import Loaded
    from sim.report.stances.page import StanceReport

DATED = "common/as_of_*"

Scenarios = Annotated[
    list[Path] | None,
    scenario_argument("SCENARIO", f"Worlds to ask in. Default: {DATED}, here or as shipped."),
]
Count = Annotated[int, typer.Option("--runs", "-n", min=1, max=10_000_000, help="In how many worlds to ask.")]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="STANCES.yaml", help="Another list of answers. Default: stances.yaml in seeds."),
]


@dataclass
class World:
    """A scenario and the stances that are asked in it, each with its position in its list."""

    path: Path
    loaded: "Loaded"
    asked: "list[tuple[int, Stance]]" = field(default_factory=list)

    @property
    def date(self) -> str:
        """Its date; one without takes every stance."""
        return self.loaded.scenario.date or "9999"


def stances(
    scenarios: Scenarios = None,
    *,
    runs: Count = 2000,
    common: Common,
    file: File = None,
) -> None:
    """Score the model against what parties are reported to have answered to documented proposals.

    Each answer is asked in a world of its date: in the earliest scenario given that is not before it.

    Example: sim stances freeze_lines november_draft
    """
    with faults_told():
        worlds = _worlds(scenarios or _dated_worlds(), common.overrides)
        recorded = _recorded(file, worlds)
        not_asked = _share_out(recorded, worlds)
        not_asked |= _unfit(file, worlds)
        _tell_doubts(worlds, not_asked)
        report = _report(worlds, not_asked, runs, common.seed)
    from sim.report.stances.data import stances_data
    from sim.report.stances.page import stances_page

    say(data_or_page(common.as_json, report, stances_data, stances_page))


def _dated_worlds() -> list[Path]:
    """Those of the scenarios here; where there are no scenarios at all, those that ship."""
    from sim.files.scenario.catalogue import FOLDER, entries

    here = sorted(Path(FOLDER).glob(f"{DATED}.yaml"))
    shipped = sorted(entry.name for entry in entries() if entry.ships and fnmatch(entry.name, DATED))
    if not here and Path(FOLDER).is_dir():
        fail(
            f"name a scenario: there is no {FOLDER}/{DATED}.yaml here; those that ship: sim stances {' '.join(shipped)}"
        )
    if not here and not shipped:
        fail("name a scenario: there is none here, and none ships with this copy of the program")
    return here or [Path(name) for name in shipped]


def _worlds(paths: list[Path], overrides: list[str] | None) -> list[World]:
    """The scenarios; BadInput with the faults of all, and where one of several has no date."""
    from sim.files.errors import BadInput, Fault
    from sim.files.scenario.reader import read_scenario

    worlds: list[World] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            worlds.append(World(path, read_scenario(path, overrides or ())))
        except BadInput as bad:
            faults += bad.faults
    undated = [world for world in worlds if world.loaded.scenario.date is None]
    if len(paths) > 1:
        message = (
            "missing; with several scenarios each needs one, so that an answer can be asked in a world of its date"
        )
        faults += [Fault(world.loaded.mark(()), "date", message) for world in undated]
    if faults:
        raise BadInput(faults)
    return worlds


def _recorded(file: Path | None, worlds: list[World]) -> "tuple[Stance, ...]":
    from sim.files.scenario.seeds import read_stances

    recorded = read_stances(file).stances if file else worlds[0].loaded.evidence.stances
    if not recorded:
        fail(f"{file or worlds[0].path}: no reported answers; name a list of them with --file")
    return recorded


def _share_out(recorded: "tuple[Stance, ...]", worlds: list[World]) -> dict[str, str]:
    """Put each stance to the earliest world that is not before its last day; why some have none."""
    from sim.evidence import first_not_before

    not_asked = {}
    for index, stance in enumerate(recorded):
        date = first_not_before(stance.date.last, [world.date for world in worlds])
        if date is None:
            not_asked[stance.id] = "later than every scenario given"
        else:
            next(world for world in worlds if world.date == date).asked.append((index, stance))
    return not_asked


def _unfit(file: Path | None, worlds: list[World]) -> dict[str, str]:
    """Stances of the seeds that a scenario cannot ask, and why; in a list that the user names they are faults."""
    from sim.files.errors import BadInput
    from sim.files.scenario.seeds import located_in
    from sim.scenario.checks.whole import stance_faults

    not_asked, problems = {}, []
    for world in worlds:
        for index, stance in list(world.asked):
            found = stance_faults(stance, index, world.loaded.scenario)
            problems += found
            if found:
                not_asked[stance.id] = f"{world.path}: {found[0].message}"
                world.asked.remove((index, stance))
    if file and problems:
        raise BadInput(located_in(file, problems))
    return not_asked


def _tell_doubts(worlds: list[World], not_asked: dict[str, str]) -> None:
    """Warn of stances that are not asked, or in a world that is not quite theirs, and of scenarios that get none."""
    from sim.evidence import is_later
    from sim.report.stances.page import by_reason

    for why, ids in by_reason(not_asked).items():
        tell(f"warning: not asked: {', '.join(ids)} ({why})")
    for n, world in enumerate(worlds):
        same = [one for one in worlds[:n] if not is_later(one.date, world.date) and not is_later(world.date, one.date)]
        if same:
            tell(f"warning: {world.path} has the date of {same[0].path}, which was given first and is asked instead")
        elif not world.asked:
            tell(f"warning: {world.path}: no reported answer is asked in it")
        for reported, ids in _overdue(world).items():
            tell(
                f"warning: asked in a later world, {world.path} ({world.date}), as no scenario of their time "
                f"is given: {', '.join(ids)} (reported by {reported})"
            )


def _overdue(world: World) -> dict[str, list[str]]:
    """Stances that were reported before the last article that the world knows: last day of that report: ids."""
    from sim.evidence import first_not_before, is_later, is_of_its_time

    scenario, evidence = world.loaded.scenario, world.loaded.evidence
    found: dict[str, list[str]] = {}
    if scenario.date is None:
        return found
    days = evidence.report_days(scenario.parties)
    for _, stance in world.asked:
        reported = first_not_before(stance.date.last, days)
        early = reported is not None and is_later(scenario.date, reported)
        if reported is not None and early and not is_of_its_time(stance.date.last, scenario.date, days):
            found.setdefault(reported, []).append(stance.id)
    return found


def _report(worlds: list[World], not_asked: dict[str, str], runs: int, seed: int) -> "StanceReport":
    asked = [world for world in worlds if world.asked]
    if not asked:
        fail("none of the reported answers can be asked in these scenarios")
    from sim.analysis.validation.answer_probabilities import ask
    from sim.compiling import compile_scenario
    from sim.report.stances.page import AskedStances, StanceReport

    ready("stances")
    groups = []
    for world in asked:
        replies = ask(compile_scenario(world.loaded.scenario), [stance for _, stance in world.asked], runs, seed)
        groups.append(AskedStances(str(world.path), world.loaded.scenario, replies))
    return StanceReport(tuple(groups), not_asked, runs, seed, worlds[0].loaded.overridden)
