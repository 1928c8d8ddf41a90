"""Where a command may write text files: what is there is left alone unless the user says otherwise."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from sim.files.errors import BadInput, Fault
from sim.files.store import write_whole
from sim.files.texts import similar
from sim.scenario.problems import listed, near

OPTION = "--to"


def check_file(path: Path, endings: Collection[str], force: bool = False) -> None:
    """Refuse a file that cannot be written, has another ending, or exists already without `force`.

    Raises:
        BadInput: it says which.
    """
    try:
        reason = _no_place(path.parent) or _wrong_ending(path, endings) or _taken(path, force)
    except (OSError, ValueError) as error:
        reason = f"cannot be written ({_words(error)})"
    if reason:
        raise BadInput([Fault(None, OPTION, f"{path} {reason}")])


def check_folder(folder: Path, names: Collection[str], force: bool = False) -> None:
    """Refuse a folder in which files of these names cannot be written, or exist already without `force`.

    Raises:
        BadInput: it says which.
    """
    try:
        if folder.exists() and not folder.is_dir():
            reason = "is a file; name a folder"
        else:
            reason = _no_place(folder if folder.is_dir() else folder.parent)
        reasons = [(folder, reason)] if reason else [(folder / name, _taken(folder / name, force)) for name in names]
    except (OSError, ValueError) as error:
        reasons = [(folder, f"cannot be written ({_words(error)})")]
    faults = [Fault(None, OPTION, f"{path} {said}") for path, said in reasons if said]
    if faults:
        raise BadInput(faults)


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write files, each of which is there whole or not at all; a folder that is missing is made.

    Raises:
        BadInput: one cannot be written.
    """
    for path, text in texts.items():
        try:
            path.parent.mkdir(exist_ok=True)
            write_whole(path, text.encode())
        except OSError as error:
            raise BadInput([Fault(None, OPTION, f"{path} cannot be written ({_words(error)})")]) from error


def _no_place(folder: Path) -> str:
    if not folder.is_dir():
        said = "a file, not a folder" if folder.exists() else f"no folder{similar(folder)}"
        return f"cannot be written: {folder} is {said}"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"cannot be written ({folder} is not writable)"


def _wrong_ending(path: Path, endings: Collection[str]) -> str:
    if path.suffix in endings:
        return ""
    got = path.suffix
    return f"must end in {listed(endings)} (got {got or 'no ending'}){near(got.lower(), endings)}"


def _taken(path: Path, force: bool) -> str:
    if not os.path.lexists(path):
        return ""
    if not path.is_file():
        return "exists and is not an ordinary file"
    return "" if force else "exists already; --force overwrites it"


def _words(error: OSError | ValueError) -> str:
    return ((error.strerror if isinstance(error, OSError) else str(error)) or "unknown reason").lower()
