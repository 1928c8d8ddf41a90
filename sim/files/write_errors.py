"""Why a file could not be written: a disk that fails, or a place where none may be."""

import errno
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FAILING = FULL | {errno.EIO, errno.EFBIG}
"""Errors of the disk; all others are of the place that was named."""


def is_failing(error: OSError | ValueError) -> bool:
    """Whether it is the disk that failed, so that naming another place need not help."""
    return isinstance(error, OSError) and error.errno in FAILING


def why(error: OSError | ValueError, folder: Path | None = None) -> str:
    """The reason in words; `folder` is where the file was to lie."""
    if folder is not None and not folder.is_dir():
        return f"the folder {folder} is gone"
    if isinstance(error, ValueError):
        return str(error).lower()
    return "the disk is full" if error.errno in FULL else (error.strerror or str(error) or "unknown reason").lower()
