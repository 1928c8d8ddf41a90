"""Files that are there whole or not at all: each is written under another name, synced and renamed."""

import hashlib
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

_LEFT = re.compile(r"\.(?P<name>.+)\.(?P<machine>[0-9a-f]{8})\.(?P<process>\d+)\.part")


class StoreFailed(Exception):
    """Something could not be written any more; what was there before is whole."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that is there whole or not at all, whatever happens to the program or the power."""
    temporary = path.with_name(f".{path.name}.{_machine()}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    with whole_file(path) as stream:
        stream.write(data)


def clear_left(folder: Path, name: str = "") -> None:
    """Remove what writers left that were killed amid a file, or amid the file of a name: those gone from this machine."""
    for left in folder.glob(".*.part"):
        found = _LEFT.fullmatch(left.name)
        if found is None or name not in ("", found["name"]) or found["machine"] != _machine():
            continue
        if _is_gone(int(found["process"])):
            left.unlink(missing_ok=True)


@cache
def _machine() -> str:
    """A short name of this machine: process numbers mean something on one machine only."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_gone(process: int) -> bool:
    if os.name != "posix":  # elsewhere asking may end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _sync_folder(folder: Path) -> None:
    """Make a rename in it last; not every system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
