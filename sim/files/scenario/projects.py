"""The project folder of a scenario: whatever the scenario leads to is read only below it, links resolved."""

import os
from dataclasses import dataclass
from pathlib import Path

SEEDS, SCENARIOS = "seeds", "scenarios"


@dataclass(frozen=True)
class Project:
    """Where the files of a scenario lie."""

    within: tuple[
        Path, ...
    ]  # real folders that may be read: that of the project, that of the scenario if a link leads there
    seeds: Path | None  # as the scenario's own path leads to it


def project_of(scenario: Path) -> Project:
    """The nearest folder above a scenario that has a folder `seeds`, else the one around `scenarios`, else its own."""
    own = Path(os.path.normpath(scenario.absolute())).parent
    above = (own, *own.parents)
    seeds = next((folder / SEEDS for folder in above if _is_folder(folder / SEEDS)), None)
    around = next((folder.parent for folder in above if folder.name == SCENARIOS), own)
    folders = (seeds.parent if seeds else around, own)
    return Project(tuple(Path(os.path.realpath(folder)) for folder in folders), seeds)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the scenario itself will not be found either, which is said better where it is read
        return False
