"""Files of second coders, laid over a scenario."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.files.errors import BadInput, Fault, bad_file
from sim.files.scenario.catalogue import ENDINGS, shipped
from sim.files.scenario.overrides import Override
from sim.files.scenario.projects import SEEDS
from sim.files.scenario.reader import Loaded, varied
from sim.files.scenario.seeds import located
from sim.files.text_files import similar, unreadable
from sim.files.yaml.dotted_paths import marked
from sim.files.yaml.nodes import Node, to_plain
from sim.files.yaml.reading import read_yaml
from sim.scenario import Scenario
from sim.scenario.classes import CLASS
from sim.scenario.coding import CODES, Coding, Unit, coding_problems, units
from sim.scenario.parsing.parse import parse_coding
from sim.scenario.problems import FEW, near
from sim.scenario.provenance import is_same, numbers
from sim.scenario.subjects import party_of

FOLDER = "codings"


@dataclass(frozen=True)
class Coded:
    """A scenario as two coders have it, and the numbers that both gave."""

    loaded: Loaded
    coding: Coding
    second: Scenario
    units: tuple[Unit, ...]
    overrides: tuple[Override, ...]  # what makes the second of the first: numbers on which they differ
    kept: tuple[str, ...]  # paths that were set on the command line, which hold for both

    @property
    def first(self) -> Scenario:
        """The scenario as it stands."""
        return self.loaded.scenario

    def by_party(self) -> dict[str, Scenario]:
        """The scenario with the second coder's numbers of one party alone, for each; with those of none under ``.

        Raises:
            BadInput: such numbers do not go with the others of the first.
        """
        chosen: dict[str, list[Override]] = {}
        for one in self.overrides:
            chosen.setdefault(party_of(one.path) or "", []).append(one)
        return {party: _laid(self.loaded, overrides) for party, overrides in chosen.items()} if len(chosen) > 1 else {}


def _laid(loaded: Loaded, overrides: Sequence[Override]) -> Scenario:
    return varied(loaded.root, overrides, tuple(loaded.overridden))


def read_coding(given: Path, loaded: Loaded) -> Coded:
    """The coding of a file, or of a name in `seeds/codings` here or as shipped, laid over a scenario.

    What is set on the command line holds for both coders.

    Raises:
        BadInput: all faults of the file: its form, paths and classes that the scenario has not, numbers that do not fit.
    """
    root = read_yaml(coding_file(given))
    coding = parse_coding(to_plain(root))
    if isinstance(coding, list):
        raise BadInput(located(root, coding))
    faults = located(root, list(coding_problems(coding, loaded.scenario)))
    known = {entry.path for entry in numbers(loaded.scenario)}
    if len(coding.codes) > FEW and not known.intersection(coding.codes):
        said = f"none of its {len(coding.codes)} paths is a number of this scenario; it codes another one"
        raise BadInput([Fault(marked(root, (CODES,), on_key=True), CODES, said)])
    if faults:
        raise BadInput(faults)
    was_set = {entry.path for entry in numbers(loaded.scenario, loaded.overridden) if entry.kind == "override"}
    kept = tuple(path for path in coding.codes if path in was_set)
    laid = [_override(root, path, code) for path, code in coding.codes.items() if path not in was_set]
    second = _laid(loaded, laid)
    first, other = ({entry.path: entry for entry in numbers(each)} for each in (loaded.scenario, second))
    unlike = tuple(one for one in laid if not is_same(first[one.path], other[one.path]))
    return Coded(loaded, coding, second, tuple(units(coding, loaded.scenario, second, kept)), unlike, kept)


def _override(root: Node, path: str, code: Any) -> Override:
    """A code as an override that knows its place in the file."""
    steps = (CODES, path)
    text = json.dumps({CLASS: code} if isinstance(code, str) else code)
    return Override(path, text, marked(root, steps, on_key=False), marked(root, steps, on_key=True))


def coding_file(given: Path) -> Path:
    """The file that a user means.

    Raises:
        BadInput: there is none.
    """
    if not unreadable(given):
        return given
    folders = [Path(SEEDS) / FOLDER, shipped() / SEEDS / FOLDER]
    names = [given.name] if given.suffix in ENDINGS else [f"{given}{ending}" for ending in ENDINGS]
    found = next((folder / name for folder in folders for name in names if not unreadable(folder / name)), None)
    if found is not None and len(given.parts) == 1:
        return found
    known = sorted({file.stem for folder in folders for file in folder.glob("*.yaml")})
    missing = f"no such file or coding{similar(given) or near(given.stem, known)}"
    raise bad_file(given, unreadable(given, missing))
