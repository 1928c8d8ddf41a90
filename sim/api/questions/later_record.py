"""What a world is held against: what was recorded after a day."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.front import Front

if TYPE_CHECKING:
    from sim.evidence import Facts, Stance
    from sim.files.scenario.reader import Loaded
    from sim.scenario.later_record import Later


@dataclass(frozen=True)
class Sources:
    """What is held against a world."""

    stances: "tuple[Stance, ...]"
    record: "Facts"


def sources_of(loaded: "Loaded", record: Path | None, file: Path | None) -> Sources:
    """The answers and facts of the files that are named, else of the seeds; BadInput where one is wrong."""
    from sim.files.scenario.seeds import read_record, read_stances

    evidence = loaded.evidence
    stances = read_stances(file).stances if file else evidence.stances
    return Sources(stances, read_record(record) if record else evidence.record)


def refuse_kept(path: Path, loaded: "Loaded") -> None:
    """BadInput of a scenario that plays only some draws: they may fit the very record that it is held against."""
    from sim.files.errors import bad_option

    if loaded.scenario.continues is not None:
        said = "goes on from earlier talks (`continues`) that fit the record already; name one that begins anew"
        raise bad_option(str(path), said)
    if loaded.scenario.draws is not None:
        said = "keeps only some draws (`draws`), which may fit the record already; name one that keeps all"
        raise bad_option(str(path), said)


def later_than(known_by: str, loaded: "Loaded", sources: Sources, front: Front, until: str | None = None) -> "Later":
    """What was recorded after a day, and up to another, as a scenario is asked about it; what it cannot be asked is told."""
    from sim.scenario.later_record import later_record

    later = later_record(loaded.scenario, sources.stances, sources.record, loaded.evidence.spans(), known_by, until)
    for name, why in later.not_asked.items():
        front.tell(f"warning: not asked: {name} ({why})")
    return later
