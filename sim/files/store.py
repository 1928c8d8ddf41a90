"""The folder of one result: every file is written to a temporary name, synced and renamed, so one that exists is whole."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim.files.errors import BadInput, Fault
from sim.records import Manifest

MANIFEST = "manifest.json"
CHUNKS = "chunks"


class Mismatch(Exception):
    """A result folder that holds the result of another command."""


def digest(data: object) -> str:
    """SHA-256 of a JSON-able object, in canonical form."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(manifest: Manifest) -> dict[str, Any]:
    """What makes two results the same: everything but where, with which versions and how they were asked for."""
    fields = asdict(manifest)
    for name in ("scenario_file", "versions", "command", "scenario"):
        fields.pop(name)
    return fields


def default_folder(manifest: Manifest) -> Path:
    """results/<scenario>-<8 hex>."""
    return Path("results") / f"{Path(manifest.scenario_file).stem}-{digest(identity(manifest))[:8]}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _difference(name: str, there: object, now: object) -> str:
    if name.endswith("_hash"):
        return f"another {name.removesuffix('_hash')}"
    return f"{name}: {there!r} there, {now!r} now"


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


class Store:
    """Where one result goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Refuse, before any work, a folder that cannot be written or holds something else; BadInput says which."""
        if self.folder.exists() and not self.folder.is_dir():
            raise BadInput([Fault(None, "--out", f"{self.folder} is a file, not a folder")])
        if self.folder.is_dir() and any(self.folder.iterdir()) and not (self.folder / MANIFEST).is_file():
            raise BadInput([Fault(None, "--out", f"{self.folder} holds something else; name a new or empty folder")])
        parent = self.folder
        while not parent.exists():
            parent = parent.parent
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            raise BadInput([Fault(None, "--out", f"{self.folder} cannot be written ({parent} is not writable)")])

    def open(self, manifest: Manifest) -> None:
        """Make the folder ready for this result; Mismatch where it holds another one."""
        self.check()
        held = self._held()
        if held is not None:
            wanted = identity(manifest)
            differs = [name for name in wanted if held.get(name) != wanted[name]]
            if differs:
                said = "; ".join(_difference(name, held.get(name), wanted[name]) for name in differs)
                raise Mismatch(f"{self.folder} holds the result of another command ({said}); name another --out")
        try:
            (self.folder / CHUNKS).mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / MANIFEST, _json(asdict(manifest)))
        except OSError as error:
            raise BadInput([Fault(None, "--out", f"{self.folder} cannot be written ({error.strerror})")]) from error

    def _held(self) -> Mapping[str, Any] | None:
        path = self.folder / MANIFEST
        if not path.is_file():
            return None
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, UnicodeDecodeError):
            held = None
        if not isinstance(held, dict):
            raise BadInput([Fault(None, "--out", f"{path} is not a manifest of this program; name a new folder")])
        return held

    def chunk_path(self, number: int) -> Path:
        """File of one chunk of runs."""
        return self.folder / CHUNKS / f"chunk-{number:06d}.parquet"

    def write(self, name: str, data: bytes | str | Mapping[str, Any]) -> Path:
        """Write one file of the result: bytes, text, or a mapping as JSON."""
        path = self.folder / name
        if isinstance(data, bytes):
            write_whole(path, data)
        else:
            write_whole(path, data.encode() if isinstance(data, str) else _json(data))
        return path
