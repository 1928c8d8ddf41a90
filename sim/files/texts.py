"""Text files as the user gave them: what cannot be read is refused with its reason."""

from pathlib import Path

from sim.files.errors import BadInput, Fault, Mark
from sim.files.regular import Missing, Unreadable, opened, read_regular
from sim.scenario.problems import near

LARGEST = 256 * 1024
"""Bytes of the largest file that is read, but for tables."""


def unreadable(path: Path) -> str:
    """Why a path cannot be read as a file, or nothing."""
    try:
        with opened(path, LARGEST):
            return ""
    except Unreadable as reason:
        return str(reason)


def similar(path: Path) -> str:
    """For a name that its folder lacks the nearest one there, as `; did you mean X?`, or nothing."""
    try:
        names = [file.name for file in path.parent.iterdir()]
        return "" if path.name in names else near(path.name, names)
    except (OSError, ValueError):
        return ""


def read_text(path: Path, largest: int = LARGEST) -> str:
    """The text of a UTF-8 file of at most so many bytes.

    Raises:
        BadInput: it cannot be read, is too large, or is no text.
    """
    return utf8(read_bytes(path, largest), path)


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """What a file of at most so many bytes holds.

    Raises:
        BadInput: it cannot be read, or is too large.
    """
    try:
        return read_regular(path, largest)
    except Missing as missing:
        raise _bad(path, f"{missing}{similar(path)}") from None
    except Unreadable as reason:
        raise _bad(path, str(reason)) from reason


def utf8(data: bytes, path: Path) -> str:
    """The text that the bytes of a file are in UTF-8.

    Raises:
        BadInput: they are no text; at the first line that is none.
    """
    if b"\0" in data:
        raise _bad(path, "is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(path, "is not UTF-8 text", data.count(b"\n", 0, error.start) + 1) from error


def _bad(path: Path, message: str, line: int = 0) -> BadInput:
    return BadInput([Fault(Mark(str(path), line, min(line, 1)), "", message)])
