"""The manifest of a result: what tells it from any other, and is enough to play it again.

A folder may come from a stranger. So a manifest is read like a scenario, with bounds and a form for every entry, and what is
wrong is told with its key. The forms are written out here, as pydantic is for scenarios and evidence only; the scenario in it
goes through its models when it is used.
"""

import hashlib
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.files.errors import BadInput, Fault, Mark
from sim.files.regular_files import Missing, Unreadable, read_regular
from sim.files.result.chunks import MOST_ROWS, Chunks
from sim.files.result.plain_json import LARGEST, NotPlain, decoded
from sim.records import MANIFEST
from sim.scenario.problems import near, seen, short

CIRCUMSTANCES = frozenset(
    {"scenario", "scenario_file", "files", "versions", "command", "rules_hash", "figures", "watched"}
)
"""What may differ between manifests of the same result: where, by which program and how it was asked for.

A resolved scenario is in it because its hash stands for it.
"""
FIGURES = ("summary.json", "transcript.txt", "points.json", "points.parquet")
"""Files of a result that hold what a reader quotes."""

DISTRIBUTION = "negotiation-simulator"
"""What this program is called among versions."""

PROGRAM, FROM_PYTHON = "sim", "sim.study.sweep"
"""What results were made by."""

MOST_RUNS, MOST_POINTS, MOST_PATHS = 10_000_000, 100_000, 1000
MOST_CHUNKS = 1_000_000
"""Chunks of the largest study."""
MOST_IN_A_SCENARIO = 100_000
"""More than fit the text of one scenario file."""
LONGEST = 20_000
"""Letters of a command, a path or a value."""

_OF_A_STUDY = ("scenario_hash", "overrides", "paths", "points", "runs", "seed", "engine", "chunk", "rules_hash")
_LATER = frozenset({"rules_hash", "figures", "watched"})
"""Entries that results of before have not."""
_HASH = re.compile(r"[0-9a-f]{64}")

Wanted = tuple[Callable[[Any], bool], str]
"""Whether something may stand there, and what should, in words."""


def digest(data: object) -> str:
    """SHA-256 of a JSON-able object, in canonical form."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What makes two results the same: everything but the circumstances."""
    return {name: value for name, value in manifest.items() if name not in CIRCUMSTANCES}


def study_id(manifest: Mapping[str, Any]) -> str | None:
    """What each chunk of a result says that it belongs to: scenario, seed, what was asked, and the rules that played it.

    None of a result of before, whose manifest does not tell the rules and whose chunks say nothing.
    """
    return digest([manifest[name] for name in _OF_A_STUDY]) if "rules_hash" in manifest else None


def version_of(manifest: Mapping[str, Any]) -> str:
    """The version of this program that made a result; nothing where its manifest does not tell."""
    versions = manifest.get("versions")
    return str(versions.get(DISTRIBUTION, "")) if isinstance(versions, dict) else ""


def series(version: str) -> tuple[str, ...]:
    """What of a version says by which model it plays: 0.1 of 0.1.0."""
    return tuple(version.split(".")[:2])


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the manifest in a folder holds, of whatever kind of result; None where there is none.

    Raises:
        BadInput: the file is there and is no manifest.
    """
    path = folder / MANIFEST
    try:
        held = decoded(read_regular(path, LARGEST))
    except Missing:
        return None
    except Unreadable as error:
        raise _bad(path, str(error)) from None
    except NotPlain as error:
        raise _bad(path, str(error), ".".join(short(str(step)) for step in error.steps)) from None
    if not isinstance(held, dict):
        raise _bad(path, "is not a manifest of this program")
    return held


def check_manifest(held: Mapping[str, Any], path: Path | None) -> None:
    """Refuse a manifest, at a path or not yet written, that `sim run` and `sim sweep` cannot have written.

    Raises:
        BadInput: all that is wrong with it.
    """
    lacking = _FORMS.keys() - _LATER - held.keys()
    if lacking:
        raise _bad(path, f"has no {', '.join(sorted(lacking))}; was it made by an older version?")
    faults = [Fault(_mark(path), key, message) for key, message in _misfits(held, _FORMS)]
    if not faults:
        faults = [Fault(_mark(path), key, message) for key, message in _contradictions(held)]
    if faults:
        raise BadInput(faults)


def check_comparison(held: Mapping[str, Any], path: Path) -> None:
    """Refuse a manifest that `sim compare` cannot have written.

    Raises:
        BadInput: all that is wrong with it.
    """
    lacking = _OF_A_COMPARISON.keys() - held.keys()
    if lacking:
        raise _bad(path, f"has no {', '.join(sorted(lacking))}")
    faults = [Fault(_mark(path), key, message) for key, message in _misfits(held, _OF_A_COMPARISON)]
    faults += [] if faults else [Fault(_mark(path), *fault) for fault in _unnamed(held)]
    if faults:
        raise BadInput(faults)


def _unnamed(held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Scenarios of a comparison without a file or a hash."""
    for key in ("files", "scenario_hashes"):
        for name in held["scenarios"]:
            if name not in held[key]:
                yield key, f"has none of {short(name)}"


def _misfits(held: Mapping[str, Any], forms: "Mapping[str, Wanted]") -> Iterator[tuple[str, str]]:
    """Entries that cannot stand there."""
    for key, value in held.items():
        if key not in forms:
            yield "", f"unknown key {key[:80]}{near(key, forms)}; was it made by a newer version?"
            continue
        fits, words = forms[key]
        if not fits(value):
            yield key, f"must be {words} (got {seen(value)[:80]})"


def _contradictions(held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Entries that do not go with others."""
    width = len(held["paths"])
    uneven = next((k for k, point in enumerate(held["points"]) if len(point) != width), None)
    if uneven is not None:
        yield f"points.{uneven}", f"must have a value for each of {width} paths (got {len(held['points'][uneven])})"
    chunks = len(Chunks(len(held["points"]), held["runs"], held["chunk"]))
    if chunks > MOST_CHUNKS:
        yield "chunk", f"{chunks:,} chunks are too many; at most {MOST_CHUNKS:,}, so give a larger --chunk"
    if digest(held["scenario"]) != held["scenario_hash"]:
        yield "scenario", "is not the one that was played: its hash is another than scenario_hash"


def _whole(low: int, high: int) -> Wanted:
    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return fits, f"a whole number from {low} to {high:,}"


def _size(data: object) -> int:
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_size, parts))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _is_command(value: object) -> bool:
    """A command of this program, quoted as its words must be: it is shown to be typed again, and does nothing else."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    try:
        words = shlex.split(value)
    except ValueError:
        return False
    return bool(words) and words[0] in (PROGRAM, FROM_PYTHON) and shlex.join(words) == value


def _are_texts(value: object, most: int = MOST_PATHS) -> bool:
    return isinstance(value, list) and len(value) <= most and all(map(_is_text, value))


def _is_texts_by_name(value: object) -> bool:
    return isinstance(value, dict) and len(value) <= MOST_PATHS and all(map(_is_text, [*value, *value.values()]))


_TEXT: Wanted = _is_text, f"text of at most {LONGEST:,} letters"
_SHA: Wanted = (lambda value: isinstance(value, str) and _HASH.fullmatch(value) is not None), "a hash of 64 digits"
_FORMS: Mapping[str, Wanted] = {
    "scenario": (
        (lambda value: isinstance(value, dict) and _size(value) <= MOST_IN_A_SCENARIO),
        f"a scenario of at most {MOST_IN_A_SCENARIO:,} entries",
    ),
    "runs": _whole(1, MOST_RUNS),
    "seed": _whole(0, 2**63 - 1),
    "chunk": _whole(1, MOST_ROWS),
    "engine": ((lambda value: value in ("batch", "mesa", "zone")), "batch, mesa or zone"),
    "overrides": (_is_texts_by_name, "texts by path"),
    "versions": (_is_texts_by_name, "texts by name"),
    "paths": (_are_texts, f"a list of at most {MOST_PATHS:,} paths"),
    "points": (
        (lambda value: isinstance(value, list) and 1 <= len(value) <= MOST_POINTS and all(map(_are_texts, value))),
        f"a list of 1 to {MOST_POINTS:,} design points, each a list of texts",
    ),
    "command": (_is_command, f"a command of {PROGRAM} with its words quoted"),
    "scenario_file": _TEXT,
    "scenario_hash": _SHA,
    "evidence_hash": _SHA,
    "rules_hash": _SHA,
    "figures": ((lambda value: _are_texts(value) and set(value) <= set(FIGURES)), f"some of {', '.join(FIGURES)}"),
    "watched": ((lambda value: value is None or _whole(0, MOST_RUNS)[0](value)), "a run, or nothing"),
}
"""What each entry must be."""

_OF_A_COMPARISON: Mapping[str, Wanted] = {
    **{
        key: _FORMS[key]
        for key in ("runs", "seed", "chunk", "engine", "overrides", "versions", "command", "rules_hash")
    },
    "scenarios": (
        (lambda value: _are_texts(value) and len(value) > 1 and len(set(value)) == len(value)),
        "a list of two or more names",
    ),
    **dict.fromkeys(("files", "scenario_hashes", "evidence_hashes"), (_is_texts_by_name, "texts by name")),
}
"""The same of a comparison."""


def _mark(path: Path | None) -> Mark | None:
    return None if path is None else Mark(str(path))


def _bad(path: Path | None, message: str, key: str = "") -> BadInput:
    return BadInput([Fault(_mark(path), key, message)])
