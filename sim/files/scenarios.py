"""Scenario files: read, laid over what they use, overridden, and checked as a whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.evidence import Evidence
from sim.files.errors import BadInput, Fault, Mark
from sim.files.layers import layered
from sim.files.nodes import Node, to_plain
from sim.files.overrides import Override, overridden, read_overrides, replaced
from sim.files.seeds import located, read_seeds, seeds_folder
from sim.files.trees import dotted, marked, nearest
from sim.scenario import Scenario
from sim.scenario.checks import contradictions, problems
from sim.scenario.parse import parse
from sim.scenario.problems import Problem, Steps
from sim.scenario.provenance import REASONS, Entry, numbers

_SOURCES = ("evidence", *REASONS)


@dataclass(frozen=True)
class Loaded:
    """A scenario with its evidence, and where everything in it stands."""

    scenario: Scenario
    evidence: Evidence
    overridden: dict[str, str]
    sources: tuple[Path, ...]
    root: Node
    plain: dict[str, Any]
    replaced: dict[str, tuple[str, ...]]  # path that was overridden: other parts of the files whose place it takes

    def mark(self, path: Steps, on_key: bool = False) -> Mark:
        """Where a part of the scenario stands, or what is nearest above it; list items by position or id."""
        return marked(self.root, path, on_key)

    def dotted(self, path: Steps) -> str:
        """A part of the scenario as a dotted path, list items by id."""
        return dotted(self.root, path)


def read_scenario(path: Path, overrides: Sequence[tuple[str, str] | str] = ()) -> Loaded:
    """The scenario of a file, with `overrides` laid over it as `PATH=VALUE`.

    Raises:
        BadInput: faults of the file, of what it uses, of the seeds and of the overrides, as many at once as can be
            told apart.
    """
    given = read_overrides(overrides)
    tree, files = layered(path)
    root, faults = overridden(tree, given)
    gone = {one.path: others for one in given if (others := replaced(tree, one.path))}
    evidence, seeds, bad_seeds = _evidence(path)
    faults += bad_seeds
    plain = to_plain(root)
    scenario = parse(plain)
    if isinstance(scenario, list):
        raise BadInput([*faults, *located(root, scenario)])
    if not faults:
        overrides_given = [one.path for one in given]
        faults = located(root, problems(scenario, evidence, overrides_given))
        faults += located(root, _borrowed(root, files, numbers(scenario, overrides_given)))
    if faults:
        raise BadInput(faults)
    return Loaded(scenario, evidence, {one.path: one.text for one in given}, (*files, *seeds), root, plain, gone)


def varied(root: Node, overrides: Sequence[Override], before: Collection[str] = ()) -> Scenario:
    """The scenario of a tree with more overrides laid over it, on top of those `before`, which are in the tree already.

    Raises:
        BadInput: faults of these overrides, and contradictions; sources are not looked at.
    """
    changed, faults = overridden(root, overrides, before)
    if faults:
        raise BadInput(faults)
    scenario = parse(to_plain(changed))
    found = scenario if isinstance(scenario, list) else contradictions(scenario)
    if found or isinstance(scenario, list):
        raise BadInput(located(changed, found))
    return scenario


def _borrowed(root: Node, files: Sequence[Path], entries: Sequence[Entry]) -> list[Problem]:
    """Numbers laid over cited ones of another file without a source of their own: the old claims do not speak for them."""
    ranks = {str(file): rank for rank, file in enumerate(files)}

    def rank(steps: Steps) -> int:
        node, found = nearest(root, steps)
        return ranks.get(node.mark.file, 0) if found else 0

    return [
        Problem(
            entry.place,
            "replaces a cited number of another file; say where the new one comes from (evidence, convention or assumed)",
        )
        for entry in entries
        if entry.claims and rank(entry.place) > max(rank((*entry.claimed, key)) for key in _SOURCES)
    ]


def _evidence(path: Path) -> tuple[Evidence, tuple[Path, ...], list[Fault]]:
    folder = seeds_folder(path)
    if folder is None:
        return Evidence(), (), []
    try:
        return *read_seeds(folder), []
    except BadInput as bad:
        return Evidence(), (), list(bad.faults)
