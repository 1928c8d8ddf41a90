"""Regular files of bounded size, opened once: no folder, pipe or device is waited for, and no name is looked up twice.

A file that somebody else's text names is read only within some folders: its links are resolved first, and none is
followed after that.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_UNITS = ("bytes", "kB", "MB", "GB")


class Unreadable(Exception):
    """A path is no regular file that may be read; `str()` says why, in words that follow its name."""


class Missing(Unreadable):
    """There is nothing of that name."""


class TooLarge(Unreadable):
    """It holds more than may be read."""

    def __init__(self, largest: int) -> None:
        power = min((largest.bit_length() - 1) // 10, len(_UNITS) - 1)
        super().__init__(f"is larger than {largest / 1024**power:g} {_UNITS[power]}")


class Outside(Unreadable):
    """It lies in none of the folders that may be read; nothing else is said of it."""


@contextmanager
def opened(path: Path, largest: int, within: Sequence[Path] = ()) -> Iterator[BinaryIO]:
    """A regular file of at most so many bytes, open for reading; it must lie in one of the real folders `within`, if any.

    Links are followed as far as that. A file that grows, or that hides its size, is not cut off here: read no more than
    `largest` bytes of it.

    Raises:
        Unreadable: there is none, it is something else, it is too large, it lies elsewhere, or the system does not let us.
    """
    try:
        real = real_place(path, within)
        _check(real.stat(), largest)  # what is no file is not even opened: that alone can start a device
        handle = _handle(real, within)
    except (FileNotFoundError, NotADirectoryError):
        raise Missing("no such file") from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {reason(error)}") from error
    with os.fdopen(handle, "rb") as stream:
        _check(os.fstat(handle), largest)  # by then another thing may have taken the name
        yield stream


def real_place(path: Path, within: Sequence[Path]) -> Path:
    """Where a path leads; the path itself where it may lead anywhere.

    Raises:
        Outside: that is in none of the folders `within`.
    """
    real = Path(os.path.realpath(path)) if within else path
    if within and not any(map(real.is_relative_to, within)):
        raise Outside(f"lies outside {within[0]}")
    return real


def _handle(path: Path, within: Sequence[Path]) -> int:
    """An open file; below one of the folders `within` no link is followed, should one have come up since."""
    if not within or os.open not in os.supports_dir_fd:
        return os.open(path, _FLAGS)
    folder = next(filter(path.is_relative_to, within))
    handle = os.open(folder, _FLAGS)
    for name in path.relative_to(folder).parts:
        above = handle
        try:
            handle = os.open(name, _FLAGS | os.O_NOFOLLOW, dir_fd=above)
        finally:
            os.close(above)
    return handle


def read_regular(path: Path, largest: int, within: Sequence[Path] = ()) -> bytes:
    """What a regular file of at most so many bytes holds.

    Raises:
        Unreadable: as `opened`.
    """
    with opened(path, largest, within) as stream:
        try:
            data = stream.read(largest + 1)
        except OSError as error:
            raise Unreadable(f"cannot be read: {reason(error)}") from error
    if len(data) > largest:
        raise TooLarge(largest)
    return data


def reason(error: OSError | ValueError) -> str:
    """Why the system refuses, in lower case and without the name of the file."""
    words = error.strerror if isinstance(error, OSError) else str(error)
    return (words or "unknown reason").lower()


def _check(found: os.stat_result, largest: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable("is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("is not an ordinary file")
    if found.st_size > largest:
        raise TooLarge(largest)
