"""The folder of one result: every file is written to a temporary name, synced and renamed, so one that exists is whole."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.files.errors import BadInput, Fault

MANIFEST = "manifest.json"
CHUNKS = "chunks"
CIRCUMSTANCES = frozenset({"scenario", "scenario_file", "files", "versions", "command"})
"""What may differ between manifests of the same result: where, with which versions and how it was asked for.

A resolved scenario is in it because its hash stands for it.
"""


class Mismatch(Exception):
    """A result folder that holds the result of another command."""


def digest(data: object) -> str:
    """SHA-256 of a JSON-able object, in canonical form."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What makes two results the same: everything but the circumstances."""
    return {name: value for name, value in manifest.items() if name not in CIRCUMSTANCES}


def default_folder(name: str, manifest: Mapping[str, Any]) -> Path:
    """results/<name>-<8 hex>."""
    return Path("results") / f"{name}-{digest(identity(manifest))[:8]}"


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


def _differences(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """In words, what a manifest in a folder has otherwise than this command."""
    if not wanted.keys() <= held.keys():
        yield "another kind of result"
        return
    for name, now in wanted.items():
        there = held[name]
        if there == now:
            continue
        if name.endswith("_hash"):
            yield f"another {name.removesuffix('_hash')}"
        elif name.endswith("_hashes"):
            kind = name.removesuffix("_hashes")
            yield from (f"another {kind} of {key}" for key in now if key in there and there[key] != now[key])
        else:
            yield f"{name}: {_listed(there)} there, {_listed(now)} now"


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else repr(value)


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

    def open(self, manifest: Mapping[str, Any]) -> None:
        """Make the folder ready for the result of a manifest; Mismatch where it holds another one."""
        self.check()
        held, wanted = self._held(), identity(manifest)
        if held is not None and identity(held) != wanted:
            said = "; ".join(_differences(held, wanted)) or "another kind of result"
            raise Mismatch(f"{self.folder} holds the result of another command ({said}); name another --out")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / MANIFEST, _json(manifest))
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
        path.parent.mkdir(exist_ok=True)
        if isinstance(data, bytes):
            write_whole(path, data)
        else:
            write_whole(path, data.encode() if isinstance(data, str) else _json(data))
        return path
