"""How a result was made, for the end of its report."""

from collections.abc import Iterator, Mapping
from typing import Any

Made = tuple[tuple[str, str], ...]
HASHES = ("scenario_hash", "evidence_hash", "rules_hash")


def made_of(manifest: Mapping[str, Any]) -> Made:
    """Labels and texts, from what the manifest of a result holds."""
    return tuple(_rows(manifest))


def _rows(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("command", "runs", "seed", "engine"):
        if key in manifest:
            yield key, str(manifest[key])
    if manifest.get("overrides"):
        yield "set otherwise", "; ".join(f"{path} = {value}" for path, value in manifest["overrides"].items())
    yield "versions", ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    for key in HASHES:
        if manifest.get(key):
            yield f"hash of the {key.removesuffix('_hash')}", str(manifest[key])
    for key in ("scenario_hashes", "evidence_hashes"):
        for name, value in manifest.get(key, {}).items():
            yield f"hash of the {key.removesuffix('_hashes')} of {name}", str(value)
