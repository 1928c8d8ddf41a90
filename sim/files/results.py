"""Results that were written before: what a folder holds, and its runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.compiling import compile_scenario
from sim.files.errors import BadInput, Fault, Mark
from sim.files.nodes import Node, from_plain
from sim.files.overrides import Override
from sim.files.parts import Part, parts_of
from sim.files.reading import read_rows, read_zones
from sim.files.scenarios import varied
from sim.files.store import CHUNKS, MANIFEST, read_manifest
from sim.files.tables import holds
from sim.files.texts import similar
from sim.files.varying import plain_values
from sim.game import Game
from sim.records import Design, Rows, ZoneRows
from sim.scenario import Scenario

_KEYS = frozenset({"scenario", "paths", "points", "runs", "seed", "engine", "chunk", "overrides", "versions"})


@dataclass(frozen=True)
class Result:
    """What a folder holds that `sim run` or `sim sweep` wrote, finished or not."""

    folder: Path
    manifest: Mapping[str, Any]

    @cached_property
    def design(self) -> Design:
        """Its design points: one without paths for a result of `sim run`."""
        return Design(tuple(self.manifest["paths"]), tuple(map(tuple, self.manifest["points"])))

    @property
    def runs(self) -> int:
        """How many negotiations were asked for at each design point."""
        return int(self.manifest["runs"])

    @property
    def title(self) -> str:
        """What its scenario is called."""
        return self.scenario.title

    def varied_values(self) -> dict[str, list[Any]]:
        """What each path is at every design point: numbers where all are, whole ones as such, or else text."""
        return {path: plain_values(self.design.values(path)) for path in self.design.paths}

    @cached_property
    def tree(self) -> Node:
        """The scenario before the values of a design point, as a tree; every place in it is the manifest."""
        return from_plain(self.manifest["scenario"], Mark(str(self.folder / MANIFEST)))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario before the values of a design point."""
        return varied(self.tree, ())

    def scenario_at(self, point: int) -> Scenario:
        """The scenario of a design point."""
        overrides = [Override(path, text) for path, text in self.design.overrides(point)]
        return varied(self.tree, overrides, list(self.manifest["overrides"]))

    def game(self, point: int = 0) -> Game:
        """The game of a design point."""
        return compile_scenario(self.scenario_at(point))

    @cached_property
    def parts(self) -> list[Part]:
        """All the parts that it was divided into."""
        return list(parts_of(len(self.design), self.runs, int(self.manifest["chunk"])))

    @cached_property
    def there(self) -> list[Part]:
        """The parts whose runs are in, in their order.

        Raises:
            BadInput: files that do not hold the runs that their names promise.
        """
        found = sorted((self.folder / CHUNKS).glob("chunk-*.parquet"))
        parts = {part.file: part for part in self.parts}
        again = f"the same command plays its runs again: {self.manifest.get('command')}"
        faults = [
            Fault(
                Mark(str(file)),
                "",
                f"is damaged; {again}" if file.name in parts else "is no part of this result; remove it",
            )
            for file in found
            if file.name not in parts or not holds(file, parts[file.name])
        ]
        if faults:
            raise BadInput(faults)
        return [parts[file.name] for file in found]

    @property
    def files(self) -> list[Path]:
        """The chunks that are there, in their order; see `there`."""
        return [self.folder / CHUNKS / part.file for part in self.there]

    @property
    def is_of_zones(self) -> bool:
        """Whether zones were counted and nothing was played: there are `zones`, and no `rows`."""
        return bool(self.manifest["engine"] == "zone")

    @property
    def what(self) -> str:
        """What its rows are."""
        return "worlds" if self.is_of_zones else "runs"

    @cached_property
    def zones(self) -> ZoneRows:
        """The zones that are there."""
        return read_zones(self.files)

    @cached_property
    def rows(self) -> Rows:
        """The runs that are there."""
        return read_rows(self.files, self.game().names)


def read_result(folder: Path) -> Result:
    """The result in a folder.

    Raises:
        BadInput: there is no such folder, or it holds no result of `sim run` or `sim sweep`.
    """
    reason = _no_folder(folder)
    if reason:
        raise BadInput([Fault(Mark(str(folder)), "", reason)])
    manifest = read_manifest(folder)
    if manifest is None:
        raise BadInput([Fault(Mark(str(folder)), "", f"is a folder without {MANIFEST}, so no result")])
    if "scenarios" in manifest:
        raise BadInput(
            [Fault(Mark(str(folder)), "", "holds a comparison; this takes results of sim run and sim sweep")]
        )
    if manifest.get("kind") == "zone":
        raise BadInput(
            [Fault(Mark(str(folder)), "", "holds answers of sim zopa; this takes results of sim run and sim sweep")]
        )
    missing = _KEYS - manifest.keys()
    if missing:
        said = f"its {MANIFEST} has no {', '.join(sorted(missing))}; was it made by an older version?"
        raise BadInput([Fault(Mark(str(folder)), "", said)])
    strange = _strange(manifest)
    if strange:
        raise BadInput([Fault(Mark(str(folder / MANIFEST)), strange, "is not what this program writes there")])
    return Result(folder, manifest)


def _strange(manifest: Mapping[str, Any]) -> str:
    """The first entry of a manifest that this program cannot have written, or nothing."""
    paths, points = manifest["paths"], manifest["points"]
    is_right = {
        **{name: isinstance(manifest[name], int) and manifest[name] > 0 for name in ("runs", "chunk")},
        "seed": isinstance(manifest["seed"], int) and manifest["seed"] >= 0,
        "engine": manifest["engine"] in ("batch", "mesa", "zone"),
        **{name: isinstance(manifest[name], dict) for name in ("scenario", "overrides", "versions")},
        "paths": _are_texts(paths),
        "points": isinstance(points, list)
        and bool(points)
        and all(_are_texts(point) and len(point) == len(paths) for point in points),
    }
    return next((name for name, right in is_right.items() if not right), "")


def _are_texts(data: object) -> bool:
    return isinstance(data, list) and all(isinstance(each, str) for each in data)


def _no_folder(folder: Path) -> str:
    """Why a path is no folder that can be read, or nothing."""
    try:
        if folder.is_dir():
            return ""
        return "is a file, not the folder of a result" if folder.exists() else f"no such folder{similar(folder)}"
    except OSError as error:
        return f"cannot be read: {(error.strerror or 'unknown reason').lower()}"
