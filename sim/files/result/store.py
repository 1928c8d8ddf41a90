"""The folder of one result: its manifest, its chunks and the files of figures beside them.

One program writes to a folder at a time. Another is turned away by a lock, which the system frees however its holder ends.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from sim.files.errors import bad_option
from sim.files.result.chunks import chunk_name, chunk_number
from sim.files.result.manifest import check_manifest, digest, identity, read_manifest, series, version_of
from sim.files.result.plain_json import LARGEST
from sim.files.whole_files import StoreFailed, clear_left, write_whole
from sim.files.write_errors import is_failing, why
from sim.records import MANIFEST
from sim.scenario.problems import short

CHUNKS = "chunks"
LOCK = ".lock"
LISTED = 20  # of a list, in a message


class Mismatch(Exception):
    """A result folder that holds the result of another command, or that another program writes to."""


def default_folder(name: str, manifest: Mapping[str, Any]) -> Path:
    """results/<name>-<8 hex>."""
    return Path("results") / f"{name}-{digest(identity(manifest))[:8]}"


def refuse_older(folder: Path, held: Mapping[str, Any], now: str) -> None:
    """Mismatch where a result was played by a version with another model than that of the version now."""
    then = version_of(held)
    if series(then) != series(now):
        raise Mismatch(
            f"{folder} was played by version {then or 'unknown'}, whose model this version ({now}) does not have; "
            "sim show, sim plot and sim export still read it; to play its scenario again name another --out"
        )


def _differences(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """In words, what a manifest in a folder has otherwise than this command."""
    if not wanted.keys() <= held.keys():
        yield "another kind of result"
        return
    for name, now in wanted.items():
        there = held[name]
        if there == now:
            continue
        if type(there) is not type(now):
            yield f"another {name}"
        elif name.endswith("_hash"):
            yield f"another {name.removesuffix('_hash')}"
        elif name.endswith("_hashes"):
            kind = name.removesuffix("_hashes")
            yield from (f"another {kind} of {key}" for key in now if key in there and there[key] != now[key])
        elif name == "points":
            yield f"other design points ({len(there)} there, {len(now)} now)"
        else:
            yield f"{name}: {_listed(there)} there, {_listed(now)} now"


def _listed(value: object) -> str:
    return short(", ".join(map(str, value[:LISTED])) or "none" if isinstance(value, list) else repr(value))


Data = bytes | str | Mapping[str, Any]
"""What a file holds: bytes, text, or a mapping as JSON."""


def file_bytes(data: Data) -> bytes:
    """What stands in a file of some data."""
    if isinstance(data, bytes):
        return data
    return data.encode() if isinstance(data, str) else _json(data)


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def is_busy(folder: Path) -> bool:
    """Whether another program is writing to a result."""
    if not _is_plain(folder / LOCK) or not os.access(folder / LOCK, os.W_OK):
        return False
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _is_plain(path: Path) -> bool:
    """Whether it is a file itself: to lock a link would empty what it leads to."""
    return path.is_file() and not path.is_symlink()


class Store:
    """Where one result goes. Open from `open` to `close`, or as a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: FileLock | None = None
        self._place: tuple[int, int] | None = None

    def check(self) -> None:
        """Refuse, before any work, a folder that cannot be written or holds something else; BadInput says which."""
        if self.folder.exists() and not self.folder.is_dir():
            raise bad_option("--out", f"{self.folder} is a file, not a folder")
        if self.folder.is_dir() and any(map(_is_foreign, self.folder.iterdir())) and not self._has_manifest():
            raise bad_option("--out", f"{self.folder} holds something else; name a new or empty folder")
        if os.path.lexists(self.folder / LOCK) and not _is_plain(self.folder / LOCK):
            raise bad_option("--out", f"{self.folder / LOCK} is not an ordinary file; remove it")
        parent = self.folder
        while not parent.exists():
            parent = parent.parent
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            raise bad_option("--out", f"{self.folder} cannot be written ({parent} is not writable)")

    def _has_manifest(self) -> bool:
        return (self.folder / MANIFEST).is_file()

    def open(self, manifest: Mapping[str, Any], resume: bool = False) -> Self:
        """Take the folder for the result of a manifest; Mismatch where it holds another one or is being written to.

        With `resume` a manifest that is there and fits stays as it is: it tells how the chunks were made that are there.
        """
        data = _json(manifest)
        if len(data) > LARGEST:
            raise bad_option("--vary", f"more design points than fit a manifest of {LARGEST >> 20} MB")
        if _is_of_runs(manifest):
            check_manifest(manifest, None)
        try:
            self.check()
            self._refuse_another(manifest)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._take()
            self._refuse_another(manifest)
            if not (resume and self._has_manifest()):
                self._drop_others(manifest)
                write_whole(self.folder / MANIFEST, data)
            for folder in (self.folder, self.folder / CHUNKS):
                clear_left(folder)
            self._place = _place(self.folder)
        except OSError as error:
            self.close()
            if is_failing(error):
                raise StoreFailed(f"{self.folder} cannot be written: {why(error)}") from error
            raise bad_option("--out", f"{self.folder} cannot be written ({error.strerror})") from error
        return self

    def _refuse_another(self, manifest: Mapping[str, Any]) -> None:
        held, wanted = read_manifest(self.folder), identity(manifest)
        if held is not None:
            self._refuse_older(held, manifest)
        if held is not None and identity(held) != wanted:
            said = "; ".join(_differences(held, wanted)) or "another kind of result"
            self.close()
            raise Mismatch(f"{self.folder} holds the result of another command ({said}); name another --out")
        if held is not None and _is_of_runs(held):
            check_manifest(held, self.folder / MANIFEST)

    def _refuse_older(self, held: Mapping[str, Any], manifest: Mapping[str, Any]) -> None:
        try:
            refuse_older(self.folder, held, version_of(manifest))
        except Mismatch:
            self.close()
            raise

    def _drop_others(self, manifest: Mapping[str, Any]) -> None:
        """Remove chunks that another program played: were this one stopped early, the two would be taken for one."""
        held = read_manifest(self.folder) or {}
        if any(held.get(name) != manifest.get(name) for name in ("rules_hash", "versions")):
            for number in self.chunks():
                self.chunk_path(number).unlink(missing_ok=True)

    def _take(self) -> None:
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Mismatch(
                f"{self.folder} is being written to by another program; wait for it or name another --out"
            ) from None
        self._lock = lock

    def gone(self) -> str:
        """Why nothing can be stored here any more, or nothing: while it was open, somebody took it away."""
        try:
            if self._place is None or (_place(self.folder) == self._place and self._has_manifest()):
                return ""
        except OSError:
            pass
        return f"the folder {self.folder} is gone"

    def close(self) -> None:
        """Let others write."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def chunk_path(self, number: int) -> Path:
        """File of one chunk of runs."""
        return self.folder / CHUNKS / chunk_name(number)

    def chunks(self) -> set[int]:
        """Numbers of the chunks that are there."""
        found = (chunk_number(path.name) for path in self.chunk_files() if path.is_file())
        return {number for number in found if number is not None}

    def chunk_files(self) -> list[Path]:
        """All that has a name like that of a chunk."""
        return sorted((self.folder / CHUNKS).glob("chunk-*.parquet"))

    def write_chunk(self, number: int, data: bytes) -> None:
        """Write one chunk of runs; StoreFailed says what keeps it from being written."""
        path = self.chunk_path(number)
        try:
            path.parent.mkdir(exist_ok=True)  # never the folder itself: if that is gone, somebody removed it
        except OSError as error:
            raise StoreFailed(f"{path} could not be written: {why(error, self.folder)}") from error
        self._write(path, data)

    def write(self, name: str, data: Data) -> Path:
        """Write one file of the result."""
        path = self.folder / name
        self._write(path, file_bytes(data))
        return path

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_whole(path, data)
        except OSError as error:
            raise StoreFailed(f"{path} could not be written: {why(error, path.parent)}") from error


def _is_of_runs(manifest: Mapping[str, Any]) -> bool:
    """Whether `sim run` and `sim sweep` write such a manifest, and not another command."""
    return "points" in manifest and "kind" not in manifest


def _is_foreign(path: Path) -> bool:
    """Whether a file is none that this program leaves in a folder before its manifest is there."""
    return path.name not in (LOCK, CHUNKS) and not path.name.endswith(".part")


def _place(folder: Path) -> tuple[int, int]:
    """What a folder is, whatever it is called."""
    state = folder.stat()
    return state.st_dev, state.st_ino
