"""A new project folder: empty or new, and written whole."""

import re
from collections.abc import Mapping
from pathlib import Path

from sim.files.errors import bad_file
from sim.files.text_files import similar
from sim.files.whole_files import write_whole

_README = """\
# {name}: a project of the negotiation simulator

The scenario is `scenarios/{name}.yaml`; what it cites is in `seeds/`. In this folder:

{commands}
"""
_COMMANDS = {
    "check": "what is wrong or doubtful, to be asked after every change",
    "run": "how likely agreement is, why talks fail, what moves it most",
    "zopa": "whether a deal exists at all, and what would open one",
    "evidence": "what each number rests on",
}


def check_new(folder: Path) -> None:
    """Refuse a folder that is not empty, or cannot be made.

    Raises:
        BadInput: it says why.
    """
    try:
        if folder.is_dir():
            reason = "is not empty; name a new or an empty folder" if any(folder.iterdir()) else ""
        elif folder.exists() or folder.is_symlink():
            reason = "is a file; name a new or an empty folder"
        else:
            above = folder.parent
            reason = "" if above.is_dir() else f"cannot be made: there is no folder {above}{similar(above)}"
    except OSError as error:
        reason = f"cannot be used ({_why(error)})"
    if reason:
        raise bad_file(folder, reason)


def name_of(folder: Path) -> str:
    """What to call the scenario of a folder: as the folder, in letters, digits, `_` and `-`."""
    return re.sub(r"[^\w-]+", "_", folder.resolve().name).strip("_") or "talks"


def write_project(folder: Path, name: str, files: Mapping[str, bytes]) -> list[str]:
    """Write a project with a page that says how to go on; the paths in it of what was written.

    Raises:
        BadInput: it cannot be written.
    """
    texts = {**files, "README.md": _readme(name).encode()}
    for place, data in texts.items():
        path = folder / place
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise bad_file(path, f"cannot be written ({_why(error)})") from error
    return list(texts)


def _readme(name: str) -> str:
    commands = {f"sim {command} {name}": told for command, told in _COMMANDS.items()}
    width = max(map(len, commands))
    return _README.format(name=name, commands="\n".join(f"    {c:{width}}    {told}" for c, told in commands.items()))


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
