"""Text files as the user gave them: what cannot be read is refused with its reason."""

import codecs
from collections.abc import Sequence
from pathlib import Path

from sim.files.errors import BadInput, Fault, Mark, bad_file
from sim.files.regular_files import Missing, Outside, Unreadable, opened, read_regular, real_place
from sim.scenario.problems import near

LARGEST = 256 * 1024
"""Bytes of the largest file that is read, but for tables."""


SAVE = "save it as UTF-8"
_MARKS = {  # those of four bytes first, since one of them begins like one of two
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip


def unreadable(path: Path, missing: str = "no such file") -> str:
    """Why a path cannot be read as a file, or nothing; `missing` where there is nothing of that name."""
    try:
        with opened(path, LARGEST):
            return ""
    except Missing:
        return missing
    except Unreadable as reason:
        return str(reason)


def elsewhere(path: Path, within: Sequence[Path]) -> str:
    """Why a scenario may not lead to a path, or nothing."""
    try:
        real_place(path, within)
    except Outside as reason:
        return _words(reason)
    return ""


def similar(path: Path) -> str:
    """For a name that its folder lacks the nearest one there, as `; did you mean X?`, or nothing."""
    try:
        names = [file.name for file in path.parent.iterdir()]
        return "" if path.name in names else near(path.name, names)
    except (OSError, ValueError):
        return ""


def read_text(path: Path, largest: int = LARGEST, within: Sequence[Path] = ()) -> str:
    """The text of a UTF-8 file of at most so many bytes, which lies in one of the folders `within` if there are any.

    Raises:
        BadInput: it cannot be read, is too large, or is no text.
    """
    return utf8(read_bytes(path, largest, within), path)


def read_bytes(path: Path, largest: int = LARGEST, within: Sequence[Path] = ()) -> bytes:
    """What a file of at most so many bytes holds, which lies in one of the folders `within` if there are any.

    Raises:
        BadInput: it cannot be read, or is too large.
    """
    try:
        return read_regular(path, largest, within)
    except Missing as missing:
        raise bad_file(path, f"{missing}{similar(path)}") from None
    except Unreadable as reason:
        raise bad_file(path, _words(reason)) from reason


def utf8(data: bytes, path: Path) -> str:
    """The text that the bytes of a file are in UTF-8.

    Raises:
        BadInput: they are no text, or in another encoding; at the first byte that tells.
    """
    wide = wide_encoding(data)
    if wide:
        raise bad_file(path, f"is {wide} text; {SAVE}")
    if b"\0" in data:
        raise bad_file(path, "is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 text (byte 0x{data[error.start]:02X}); {SAVE}"
        raise BadInput([Fault(byte_mark(data, error.start, path), "", said)]) from error


def wide_encoding(data: bytes) -> str:
    """UTF-16 or UTF-32, if that is what bytes are, by their mark or by the zeros of plain letters; else nothing."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    for name, width in (("UTF-32", 4), ("UTF-16", 2)):
        zeros = [data[k::width].count(0) for k in range(width)]
        filled = [k for k in range(width) if not zeros[k]]
        if data and len(data) % width == 0 and filled in ([0], [width - 1]) and sum(zeros) * 4 >= len(data):
            return name
    return ""


def byte_mark(data: bytes, at: int, path: Path) -> Mark:
    """The place of a byte; what stands before it in its line counts as letters of UTF-8."""
    before = data[data.rfind(b"\n", 0, at) + 1 : at]
    return Mark(str(path), data.count(b"\n", 0, at) + 1, len(before.decode("utf-8-sig", "replace")) + 1)


def _words(reason: Unreadable) -> str:
    return f"{reason}, the project folder of this scenario" if isinstance(reason, Outside) else str(reason)
