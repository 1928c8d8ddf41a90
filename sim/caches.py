"""Folders for what can be made again: compiled rules, lists of fonts.

They are the user's alone, since what is read there is run. A folder counts as private if nobody else can write to it or
put another in its place. So each folder above it belongs to the user or to the system, and only the owner of an entry there
may rename it.
"""

import atexit
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import platformdirs

NAME = "negotiation-simulator"

STATED = "SIM_CACHE_DIR"
"""Variable that names the folder of all caches; processes of one program hand a fresh one on by it."""


def private_folder(name: str, stated: str | None = None) -> Path:
    """A folder of that name that only this user can write to.

    It lies in `stated`, in `SIM_CACHE_DIR`, in the user's cache or in the temporary folder: where it can first be had.
    Else it is fresh, and goes with the program.
    """
    for home in _homes(stated):
        if is_private(home / name):
            return home / name
    folder = _fresh() / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def is_private(folder: Path) -> bool:
    """Whether only this user can write to a folder, and can; what is missing of it is made."""
    try:
        for step in (*reversed(folder.parents), folder):
            if not os.path.lexists(step):
                step.mkdir(mode=0o700, exist_ok=True)
            if os.name == "posix" and not _is_guarded(step.lstat()):
                return False
    except OSError:
        return False
    return os.access(folder, os.W_OK) and (os.name != "posix" or _is_own(folder.lstat()))


def _is_guarded(step: os.stat_result) -> bool:
    """Whether nobody but the user and the system can replace what lies in a folder; it must be no link."""
    trusted = {os.getuid(), 0, Path("/").lstat().st_uid}
    open_to_others = step.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not step.st_mode & stat.S_ISVTX
    return stat.S_ISDIR(step.st_mode) and step.st_uid in trusted and not open_to_others


def _is_own(folder: os.stat_result) -> bool:
    """Whether others may not even enter a folder of this user: folders that a library makes in it may be open to a group."""
    return folder.st_uid == os.getuid() and not folder.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _homes(stated: str | None) -> Iterator[Path]:
    """Where to look, with links followed."""
    users = platformdirs.user_cache_dir(NAME)
    user = os.getuid() if os.name == "posix" else "user"
    for home in (stated, os.environ.get(STATED), users if Path(users).is_absolute() else None):
        if home:
            yield Path(os.path.realpath(home))
    yield Path(os.path.realpath(tempfile.gettempdir())) / f"{NAME}-{user}"


def goes_with_program() -> bool:
    """Whether no folder that stays could be had, so that some cache is fresh and goes with the program."""
    return _fresh.cache_info().currsize > 0


@cache
def _fresh() -> Path:
    """A new folder in the temporary one, for this program and its workers."""
    folder, owner = Path(tempfile.mkdtemp(prefix=f"{NAME}-")), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    os.environ[STATED] = str(folder)
    return folder
