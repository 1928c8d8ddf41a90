"""A scenario and all that it uses, to be laid down elsewhere: files it builds on, seeds it cites, reported answers."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.evidence import Fact, Inquiry
from sim.files.scenario.catalogue import FOLDER, scenario_file
from sim.files.scenario.reader import Loaded, read_scenario
from sim.files.scenario.seeds import CONTROLS, RECORD, STANCES
from sim.files.text_files import read_bytes
from sim.scenario import Scenario
from sim.scenario.continuing import earlier_scenario
from sim.scenario.late_claims import named_claims
from sim.scenario.provenance import reasons, references


def copied(given: Path) -> tuple[str, Mapping[str, bytes]]:
    """The name of the copy, and the files of a project with it, unchanged, by their paths in the project.

    Reported answers, controls and the record come along where some of them can be asked in the scenario, with the articles
    that they cite.

    Raises:
        BadInput: there is no such scenario, or it has faults.
    """
    loaded = read_scenario(given)
    own = scenario_file(given).absolute()
    inside = _inside(loaded.layers)
    wanted = _seeds(loaded)
    files = {f"{FOLDER}/{place}": file for place, file in zip(inside, loaded.layers, strict=True)}
    files |= {f"seeds/{file.name}": file for file in loaded.seeds if file.stem in wanted}
    name = inside[loaded.layers.index(own)].removesuffix(own.suffix)
    return name, {place: read_bytes(file) for place, file in files.items()}


def _inside(files: Sequence[Path]) -> list[str]:
    """Where scenario files lie in their folder: `scenarios`, or what all of them have in common."""
    plain = [Path(os.path.normpath(file)) for file in files]
    common = Path(os.path.commonpath([file.parent for file in plain]))
    folder = next((above for above in (common, *common.parents) if above.name == FOLDER), common)
    return [file.relative_to(folder).as_posix() for file in plain]


def _seeds(loaded: Loaded) -> set[str]:
    """The seed files that a scenario needs, by their names without ending."""
    scenario, evidence = loaded.scenario, loaded.evidence
    claims: set[str] = set()
    for one in _with_earlier(scenario):
        claims |= {claim for _, claim in references(one)}
        claims |= {claim for _, text in reasons(one) for claim in named_claims(text, evidence)}
    lists: dict[str, Sequence[Inquiry | Fact]] = {
        STANCES: evidence.stances, CONTROLS: evidence.controls, RECORD: evidence.record.facts,
    }  # fmt: skip
    asked = {name: listed for name, listed in lists.items() if any(_can_ask(scenario, one) for one in listed)}
    claims |= {claim for listed in asked.values() for one in listed for claim in one.claims}
    return {claim.rpartition(".")[0] for claim in claims} | asked.keys()


def _with_earlier(scenario: Scenario | None) -> Iterator[Scenario]:
    """A scenario, the one that it continues, and so on."""
    while scenario is not None:
        yield scenario
        scenario = earlier_scenario(scenario)


def _can_ask(scenario: Scenario, asked: Inquiry | Fact) -> bool:
    if isinstance(asked, Inquiry):
        return asked.party in scenario.parties and asked.proposal.keys() <= scenario.issues.keys()
    text = asked.text()
    if text is not None:
        return text.by in scenario.parties and text.terms.keys() <= scenario.issues.keys()
    return bool(asked.mediates) and (asked.mediates or {}).keys() <= scenario.parties.keys()
