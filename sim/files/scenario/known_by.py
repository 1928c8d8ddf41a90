"""A scenario as it could have been written by a day: numbers that rest on later claims fall back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.evidence import Evidence, is_later
from sim.files.errors import BadInput, Fault
from sim.files.scenario.catalogue import scenario_file
from sim.files.scenario.layers import layered
from sim.files.scenario.projects import project_of
from sim.files.scenario.reader import Loaded, read_scenario
from sim.files.yaml.dotted_paths import Way, nearest, split
from sim.files.yaml.nodes import Node, to_plain
from sim.scenario import Scenario
from sim.scenario.classes import CLASS
from sim.scenario.late_claims import named_claims
from sim.scenario.numbers import FORMS
from sim.scenario.problems import listed
from sim.scenario.provenance import REASONS, Entry, numbers


@dataclass(frozen=True)
class FallBack:
    """A number that rests on later claims, and what stands in its place."""

    path: str
    claims: tuple[str, ...]  # the later ones
    value: str  # as YAML
    how: str  # where that comes from, in words


def read_known_by(
    path: Path, day: str, overrides: Sequence[tuple[str, str] | str] = ()
) -> tuple[Loaded, tuple[FallBack, ...]]:
    """The scenario of a file or a name with no number that rests on a claim written after a day, and what fell back.

    Such a number is what the layer before has, the nearest one whose own claims are not later. Without one it is the
    middle of its class with the whole range of that. What is overridden rests on nothing.

    Raises:
        BadInput: faults as `read_scenario` finds them, and numbers that have neither.
    """
    loaded = read_scenario(path, overrides)
    late = [
        (entry, claims)
        for entry in numbers(loaded.scenario, loaded.overridden)
        if (claims := _late(entry, loaded, day))
    ]
    found = {entry.path: _fall_back(entry, claims, loaded, path, day) for entry, claims in late}
    lost = [(entry, claims) for entry, claims in late if found[entry.path] is None]
    if lost:
        raise BadInput([_lost(entry, claims, loaded, day) for entry, claims in lost])
    fell = tuple(one for one in found.values() if one is not None)
    if not fell:
        return loaded, ()
    return read_scenario(path, [*overrides, *((one.path, one.value) for one in fell)]), fell


def _late(entry: Entry, loaded: Loaded, day: str) -> tuple[str, ...]:
    return _later((*entry.claims, *named_claims(entry.why or "", loaded.evidence)), loaded.evidence, day)


def _later(claims: Sequence[str], evidence: Evidence, day: str) -> tuple[str, ...]:
    spans = evidence.spans()
    return tuple(claim for claim in claims if claim in spans and is_later(spans[claim].last, day))


def _fall_back(entry: Entry, claims: tuple[str, ...], loaded: Loaded, path: Path, day: str) -> FallBack | None:
    value = _of_layer_before(entry, loaded, path, day) or _of_class(entry, loaded.scenario)
    return FallBack(entry.path, claims, *value) if value else None


def _of_layer_before(entry: Entry, loaded: Loaded, path: Path, day: str) -> tuple[str, str] | None:
    """What the nearest file has that states a number, or one below it, if nothing that speaks for it there is late."""
    within = project_of(scenario_file(path)).within
    files = [str(file) for file in loaded.sources]
    own = loaded.mark(entry.place).file
    for file in reversed(files[: files.index(own) + 1] if own in files else []):
        tree, _ = layered(Path(file), within)
        node, there = nearest(tree, split(entry.path))
        if there and not _later(_claims_on_the_way(tree, split(entry.path), loaded.evidence), loaded.evidence, day):
            return _as_text(node), f"as {Path(file).name} has it"
    return None


def _claims_on_the_way(tree: Node, way: Way, evidence: Evidence) -> list[str]:
    """The claims that speak for what stands at the end of a way: of the nearest block on it that names a source."""
    for length in range(len(way), -1, -1):
        block = to_plain(nearest(tree, way[:length])[0])
        if isinstance(block, dict) and any(key in block for key in ("evidence", *REASONS)):
            texts = [str(block[key]) for key in REASONS if key in block]
            return [*block.get("evidence", ()), *(claim for text in texts for claim in named_claims(text, evidence))]
    return []


def _as_text(node: Node) -> str:
    plain: Any = to_plain(node)
    if isinstance(plain, dict):
        plain = {key: part for key, part in plain.items() if key in (CLASS, *FORMS)}
    return json.dumps(plain)


def _of_class(entry: Entry, scenario: Scenario) -> tuple[str, str] | None:
    """The middle of a number's class with the whole range; of one that may not be uncertain the middle alone."""
    name = entry.number.class_
    worth = scenario.classes.get(name) if name else None
    if worth is None or worth.value is None or worth.range is None:
        return None
    if type(entry.number).certain:
        return json.dumps({CLASS: name}), f"the middle of class {name}"
    low, high = worth.range
    return json.dumps({"triangular": [low, worth.value, high]}), f"the middle of class {name} with its whole range"


def _lost(entry: Entry, claims: tuple[str, ...], loaded: Loaded, day: str) -> Fault:
    return Fault(
        loaded.mark(entry.place),
        entry.path,
        f"rests on {listed(claims)}, written after {day}; no file that it builds on has an earlier number, and it has no "
        "class with a range to fall back on",
    )
