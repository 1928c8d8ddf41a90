"""Scenarios of several dates, and which of them an inquiry is asked in."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from sim.api.questions.read import Overrides

if TYPE_CHECKING:
    from sim.evidence import Inquiry
    from sim.files.scenario.reader import Loaded

DATED = "common/as_of_*"

I = TypeVar("I", bound="Inquiry")  # noqa: E741


@dataclass(frozen=True)
class World:
    """A scenario to ask in."""

    path: Path
    loaded: "Loaded"

    @property
    def date(self) -> str:
        """Its date; one without takes every inquiry."""
        return self.loaded.scenario.date or "9999"


@dataclass(frozen=True)
class Shared(Generic[I]):
    """A list of inquiries, shared out over worlds."""

    asked: tuple[tuple[I, ...], ...]  # by world
    not_asked: dict[str, str]  # id: why


def dated_worlds(command: str = "stances", takes_one: bool = False) -> list[Path]:
    """Those of the scenarios here; where there are no scenarios at all, those that ship.

    Raises:
        BadInput: there is none.
    """
    from sim.files.errors import bad_option
    from sim.files.scenario.catalogue import FOLDER, entries

    here = sorted(Path(FOLDER).glob(f"{DATED}.yaml"))
    shipped = sorted(entry.name for entry in entries() if entry.ships and fnmatch(entry.name, DATED))
    if not here and Path(FOLDER).is_dir():
        names = " ".join(shipped[-1:] if takes_one else shipped)
        there = f"those that ship: sim {command} {names}"
        raise bad_option("", f"name a scenario: there is no {FOLDER}/{DATED}.yaml here; {there}")
    if not here and not shipped:
        raise bad_option("", "name a scenario: there is none here, and none ships with this copy of the program")
    return here or [Path(name) for name in shipped]


def read_worlds(paths: Sequence[Path], overrides: Overrides | None) -> list[World]:
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
    faults += [
        Fault(
            world.loaded.mark(("continues",)), "continues", "answers are asked in worlds that begin anew; leave it out"
        )
        for world in worlds
        if world.loaded.scenario.continues is not None
    ]
    if faults:
        raise BadInput(faults)
    return worlds


def worlds_behind(loaded: "Loaded", path: Path) -> list[World]:
    """A scenario and the dated ones among the files that it builds on, one of each date; of two the later file counts."""
    from sim.files.scenario.catalogue import has_title
    from sim.files.scenario.reader import read_scenario

    own = loaded.layers[-1]
    earlier = [World(file, read_scenario(file)) for file in loaded.layers if file != own and has_title(file)]
    found = {world.date: world for world in earlier if world.loaded.scenario.date is not None}
    last = World(path, loaded)
    return list({**found, last.date: last}.values())


def share_out(listed: Sequence[I], worlds: Sequence[World], key: str, file: Path | None) -> Shared[I]:
    """Put each inquiry to the earliest world that is not before its last day; why some have none.

    What a world cannot ask is left out where the list is one of the seeds. In a `file` that the user names it is a fault;
    the list stands there at `key`.
    """
    from sim.evidence import first_not_before
    from sim.files.errors import BadInput
    from sim.files.scenario.seeds import located_in
    from sim.scenario.checks.whole import inquiry_faults

    asked: dict[str, list[I]] = {world.date: [] for world in worlds}
    first = {world.date: world for world in reversed(worlds)}
    not_asked, problems = {}, []
    for index, inquiry in enumerate(listed):
        date = first_not_before(inquiry.date.last, [world.date for world in worlds])
        if date is None:
            not_asked[inquiry.id] = "later than every scenario given"
            continue
        found = inquiry_faults(inquiry, (key, index), first[date].loaded.scenario)
        problems += found
        if found:
            not_asked[inquiry.id] = f"{first[date].path}: {found[0].message}"
        else:
            asked[date].append(inquiry)
    if file and problems:
        raise BadInput(located_in(file, problems))
    return Shared(tuple(tuple(asked[world.date]) if first[world.date] is world else () for world in worlds), not_asked)


def overdue(world: World, asked: Sequence[I]) -> dict[str, list[str]]:
    """Inquiries that were reported before the last article that the world knows: last day of that report: ids."""
    from sim.evidence import first_not_before, is_later, is_of_its_time

    scenario, evidence = world.loaded.scenario, world.loaded.evidence
    found: dict[str, list[str]] = {}
    if scenario.date is None:
        return found
    days = evidence.report_days(scenario.parties)
    for inquiry in asked:
        reported = first_not_before(inquiry.date.last, days)
        early = reported is not None and is_later(scenario.date, reported)
        if reported is not None and early and not is_of_its_time(inquiry.date.last, scenario.date, days):
            found.setdefault(reported, []).append(inquiry.id)
    return found
