"""Scenarios by name: those of the folder `scenarios` here come first, then those that ship with the program."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.files.errors import bad_file
from sim.records import MANIFEST

FOLDER = "scenarios"
ENDINGS = (".yaml", ".yml")
_TITLE = re.compile(r"^(\{ ?)?[\"']?title[\"']? *:", re.MULTILINE)
_HEAD = 256 * 1024


@dataclass(frozen=True)
class NamedScenario:
    """A scenario that can be named."""

    name: str  # as commands take it: freeze_lines, textbook/fearon
    path: Path
    ships: bool  # it comes with the program, rather than lying here


def shipped() -> Path:
    """The project that comes with the program, `scenarios` and `seeds`: inside an installed package, or the checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def is_project_shipped() -> bool:
    """Whether the scenarios here are those that ship: the current folder is that project."""
    return Path(FOLDER).resolve() == (shipped() / FOLDER).resolve()


def entries() -> list[NamedScenario]:
    """Every scenario that can be named, those here first; parts of scenarios, which have no title of their own, are not.

    A name that both folders have means the one here.
    """
    return [*_entries(Path(FOLDER), ships=False), *_entries(shipped() / FOLDER, ships=True)]


def names() -> list[str]:
    """The names of all of them, each once."""
    return list(dict.fromkeys(entry.name for entry in entries()))


def scenario_file(given: Path) -> Path:
    """The file that a user means: one that exists, else a scenario here of this name, else one that ships.

    Raises:
        BadInput: nothing has the name. Of a path into a folder that exists nothing is said here, but where it is read.
    """
    found = find(given)
    if found is not None:
        return found
    if _is_folder(given) or given.is_absolute() or (len(given.parts) > 1 and _is_folder(given.parent)):
        return given
    message = f"no such file or scenario (for a list: sim scenarios){_near(given)}"
    raise bad_file(given, message)


def find(given: Path) -> Path | None:
    """The file that a user means, or nothing. It may be a pipe or worse: what is no ordinary file is told by its reader."""
    return given if _is_there(given) and not _is_folder(given) else by_name(given)


def by_name(name: Path) -> Path | None:
    """The scenario of a name, with or without its ending, here or among those that ship; or nothing.

    A name with a dot in it needs the ending, so that what comes after the dot is never taken for one.
    """
    if name.is_absolute() or ".." in name.parts or name.suffix not in ("", *ENDINGS):
        return None
    endings = ("",) if name.suffix else ENDINGS
    folders = (Path(), Path(FOLDER), shipped() / FOLDER)
    files = (folder / f"{name}{ending}" for folder in folders for ending in endings)
    return next((file for file in files if _is_there(file) and not _is_folder(file)), None)


def means_folder(given: Path) -> bool:
    """Whether a user means a folder, as that of a result: one is there, and holds a result or has the name of no scenario."""
    return _is_folder(given) and (_is_there(given / MANIFEST) or by_name(given) is None)


def hidden_by(folder: Path) -> Path | None:
    """The scenario of the same name that a folder stands before, if any."""
    return by_name(folder) if _is_folder(folder) else None


def means_scenario(given: Path) -> bool:
    """Whether a user who may mean either means a scenario: it is one, or ends as one, or is a word that nothing has."""
    if means_folder(given):
        return False
    return given.suffix in ENDINGS or by_name(given) is not None or not (_is_there(given) or len(given.parts) > 1)


def _entries(folder: Path, ships: bool) -> Iterator[NamedScenario]:
    files = (file for file in folder.rglob("*") if file.suffix in ENDINGS and file.is_file())
    for file in sorted(files, key=lambda file: (len(file.parts), file)):
        inside = file.relative_to(folder)
        if not any(part.startswith(".") for part in inside.parts) and has_title(file):
            yield NamedScenario(_name(inside), file, ships)


def _name(inside: Path) -> str:
    short = inside.with_suffix("")
    return (inside if short.suffix else short).as_posix()


def has_title(file: Path) -> bool:
    """Whether a title stands at the top of a file; looked for without reading it as YAML, since a shell may be waiting."""
    try:
        with file.open("rb") as stream:
            return _TITLE.search(stream.read(_HEAD).decode("utf-8-sig", "replace")) is not None
    except OSError:
        return True  # who names it is told why it cannot be read


def _near(given: Path) -> str:
    """The nearest file here or name, as `; did you mean X?`, or nothing."""
    from sim.files.text_files import similar  # completion does without the models behind it
    from sim.scenario.problems import near

    known = names()
    typed = given.as_posix().removeprefix(f"{FOLDER}/")
    typed = typed.removesuffix(given.suffix) if given.suffix in ENDINGS else typed
    begun = next((name for name in known if name.startswith(typed) or name.endswith(f"/{typed}")), "")
    return similar(given) or near(typed, known) or (f"; did you mean {begun}?" if begun else "")


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  (unlike pathlib, false for names that no system takes)


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  (the same)
