"""Where a command may write text files: what is there is left alone unless the user says otherwise."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from sim.files.errors import BadInput, Fault, bad_option
from sim.files.text_files import similar
from sim.files.whole_files import StoreFailed, clear_left, write_whole
from sim.files.write_errors import is_failing, why
from sim.scenario.problems import listed, near

OPTION = "--to"


def check_file(path: Path, force: bool, why_not: Callable[[], str], option: str = OPTION) -> None:
    """Refuse a file that cannot be written, exists already without `force`, or of which `why_not` says something.

    Raises:
        BadInput: it says which.
    """
    try:
        reason = _no_place(path.parent) or why_not() or _taken(path, force)
    except (OSError, ValueError) as error:
        reason = f"cannot be written ({why(error)})"
    if reason:
        raise bad_option(option, f"{path} {reason}")


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
        reasons = [(folder, f"cannot be written ({why(error)})")]
    faults = [Fault(None, OPTION, f"{path} {said}") for path, said in reasons if said]
    if faults:
        raise BadInput(faults)


def write_files(files: Mapping[Path, str | bytes], option: str = OPTION) -> None:
    """Write files, each of which is there whole or not at all; a folder that is missing is made.

    Raises:
        BadInput: one cannot be written where it was to lie.
        StoreFailed: the disk is full, or fails.
    """
    for path, data in files.items():
        try:
            path.parent.mkdir(exist_ok=True)
            clear_left(path.parent, path.name)
            write_whole(path, data.encode() if isinstance(data, str) else data)
        except OSError as error:
            raise not_written(path, error, option) from error


def not_written(path: Path, error: OSError, option: str = OPTION) -> BadInput | StoreFailed:
    """What to raise where a file cannot be written."""
    if is_failing(error):
        return StoreFailed(f"{path} could not be written: {why(error)}")
    return bad_option(option, f"{path} cannot be written ({why(error)})")


def _no_place(folder: Path) -> str:
    if not folder.is_dir():
        said = "a file, not a folder" if folder.exists() else f"no folder{similar(folder)}"
        return f"cannot be written: {folder} is {said}"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"cannot be written ({folder} is not writable)"


def wrong_ending(path: Path, endings: Collection[str]) -> str:
    """Which ending a file must have, or nothing where it has one of them."""
    if path.suffix in endings:
        return ""
    got = path.suffix
    return f"must end in {listed(endings)} (got {got or 'no ending'}){near(got.lower(), endings)}"


def _taken(path: Path, force: bool) -> str:
    try:
        path.lstat()
    except FileNotFoundError:
        return ""
    if not path.is_file():
        return "exists and is not an ordinary file"
    return "" if force else "exists already; --force overwrites it"
