"""Scenario files: read, laid over what they use, overridden, and checked as a whole."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.evidence import Evidence
from sim.files.errors import BadInput, Fault, Mark
from sim.files.scenario.catalogue import scenario_file
from sim.files.scenario.class_numbers import doubly_stated
from sim.files.scenario.earlier import with_earlier
from sim.files.scenario.layers import layered
from sim.files.scenario.overrides import Override, overridden, read_overrides, replaced
from sim.files.scenario.projects import Project, project_of
from sim.files.scenario.seeds import located, read_seeds
from sim.files.yaml.dotted_paths import dotted, marked, nearest, places_of
from sim.files.yaml.nodes import Node, Torn, to_plain
from sim.scenario import Scenario
from sim.scenario.checks.partial_data import all_faults
from sim.scenario.checks.parties import weightless
from sim.scenario.checks.placeholders import strings
from sim.scenario.checks.whole import contradictions, problems, source_problems
from sim.scenario.classes import with_classes
from sim.scenario.parsing.parse import parse
from sim.scenario.problems import Problem, Steps
from sim.scenario.provenance import REASONS, Entry, numbers

_SOURCES = ("evidence", *REASONS)


@dataclass(frozen=True)
class Loaded:
    """A scenario with its evidence, and where everything in it stands."""

    scenario: Scenario
    evidence: Evidence
    overridden: dict[str, str]
    layers: tuple[Path, ...]  # files of scenarios that it is made of, those of an earlier one included
    seeds: tuple[Path, ...]
    root: Node
    plain: dict[str, Any]
    replaced: dict[str, tuple[str, ...]]  # path that was overridden: other parts of the files whose place it takes

    @property
    def sources(self) -> tuple[Path, ...]:
        """All files that it was read from."""
        return (*self.layers, *self.seeds)

    def mark(self, path: Steps, on_key: bool = False) -> Mark:
        """Where a part of the scenario stands, or what is nearest above it; list items by position or id."""
        return marked(self.root, path, on_key)

    def dotted(self, path: Steps) -> str:
        """A part of the scenario as a dotted path, list items by id."""
        return dotted(self.root, path)


def read_scenario(path: Path, overrides: Sequence[tuple[str, str] | str] = ()) -> Loaded:
    """The scenario of a file or a name, with `overrides` laid over it as `PATH=VALUE`.

    Raises:
        BadInput: faults of the file, of what it uses, of the seeds and of the overrides, as many at once as can be
            told apart.
    """
    return _read(scenario_file(path), overrides, ())


def _read(path: Path, overrides: Sequence[tuple[str, str] | str], above: tuple[str, ...]) -> Loaded:
    """The scenario of a file; `above` are the real paths of those that continue it."""
    given = read_overrides(overrides)
    project = project_of(path)
    tree, files, torn = _layers(path, project.within)
    real = (*above, os.path.realpath(path))

    def read(earlier: Path) -> tuple[dict[str, Any], tuple[Path, ...]]:
        loaded = _read(earlier, (), real)
        return loaded.plain, loaded.layers

    tree, before, bad_earlier = with_earlier(tree, project.within, real, read)
    root, faults = overridden(tree, given)
    faults += bad_earlier
    gone = {one.path: others for one in given if (others := replaced(tree, one.path))}
    evidence, seeds, bad_seeds = _evidence(project)
    faults += bad_seeds
    plain = to_plain(root)
    overrides_given = [one.path for one in given]
    known = None if bad_seeds else evidence

    def check(scenario: Scenario, whole: bool) -> list[Problem]:
        find = problems if whole else source_problems
        borrowed = _borrowed(root, files, numbers(scenario, overrides_given))
        classed = (*doubly_stated(to_plain(tree)), *weightless(scenario.parties, overrides_given))
        return [*find(scenario, known, overrides_given), *borrowed, *classed]

    scenario = parse(plain)
    if torn or isinstance(scenario, list):
        found = scenario if isinstance(scenario, list) else []
        told = _told_and_lost(root, torn) if torn else ((), ())
        raise BadInput(
            [*(torn.faults if torn else ()), *faults, *located(root, all_faults(plain, found, check, *told))]
        )
    faults += located(root, check(scenario, True))
    if faults:
        raise BadInput(faults)
    resolved = dict(with_classes(plain, Scenario))
    layers = tuple(dict.fromkeys((*before, *files)))
    overrides_laid = {one.path: one.text for one in given}
    return Loaded(scenario, evidence, overrides_laid, layers, tuple(seeds), root, resolved, gone)


def _layers(path: Path, within: Sequence[Path]) -> tuple[Node, tuple[Path, ...], Torn | None]:
    """The tree of a file and what it uses, and what is wrong with their text, where the rest can be looked at."""
    try:
        return *layered(path, within), None
    except Torn as torn:
        return torn.root, (), torn


def _told_and_lost(root: Node, torn: Torn) -> tuple[list[Steps], set[str]]:
    """Where in a tree faults of its text stand, and the names that went with a second key of one name."""
    marks = {fault.mark for fault in torn.faults}
    return list(places_of(root, marks)), set().union(*(strings(to_plain(node)) for node in torn.lost))


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


def _evidence(project: Project) -> tuple[Evidence, tuple[Path, ...], list[Fault]]:
    if project.seeds is None:
        return Evidence(), (), []
    try:
        return *read_seeds(project.seeds, project.within), []
    except BadInput as bad:
        return Evidence(), (), list(bad.faults)
