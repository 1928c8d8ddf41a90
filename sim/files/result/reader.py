"""Results that were written before: what a folder holds, and its runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.compiling import compile_scenario
from sim.files.errors import BadInput, Fault, Mark, bad_file
from sim.files.result.chunk_files import DAMAGED, FOREIGN, ChunkForm, Flaw, check_chunk, form_of_runs, form_of_zones
from sim.files.result.chunks import Chunk, Chunks
from sim.files.result.column_reader import read_rows, read_zones
from sim.files.result.manifest import FIGURES, check_manifest, read_manifest, series, study_id, version_of
from sim.files.result.store import CHUNKS
from sim.files.scenario.migration import is_gone, migrated
from sim.files.scenario.overrides import Override
from sim.files.scenario.reader import varied
from sim.files.scenario.variations import plain_values
from sim.files.text_files import similar
from sim.files.yaml.nodes import Node, from_plain
from sim.game import Game
from sim.records import MANIFEST, Design, Rows, ZoneRows
from sim.scenario import Scenario

OLD = ("0", "1")
"""The series of versions before this one."""

MOST_TOLD = 5
"""Damaged files that are told one by one."""


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

    @property
    def name(self) -> str:
        """What its scenario is called in files and on pages."""
        return Path(self.manifest["scenario_file"]).stem

    @property
    def overridden(self) -> dict[str, str]:
        """What was overridden in the scenario from the start, by path."""
        return dict(self.manifest["overrides"])

    @property
    def version(self) -> str:
        """The version of the program that made it."""
        return version_of(self.manifest)

    @property
    def is_old(self) -> bool:
        """Whether version 0.1 made it, by another model: its scenario is read with what has gone since left out."""
        return series(self.version) == OLD

    @property
    def figures(self) -> list[str]:
        """Files with figures that stand beside its runs, or should once all are in, whatever its manifest leaves out."""
        promised = self.manifest.get("figures", ())
        return [name for name in FIGURES if name in promised or (self.folder / name).exists()]

    def varied_values(self) -> dict[str, list[Any]]:
        """What each path is at every design point: numbers where all are, whole ones as such, or else text."""
        return {path: plain_values(self.design.values(path)) for path in self.design.paths}

    @cached_property
    def tree(self) -> Node:
        """The scenario before the values of a design point, as a tree; every place in it is the manifest."""
        plain = self.manifest["scenario"]
        return from_plain(migrated(plain) if self.is_old else plain, Mark(str(self.folder / MANIFEST)))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario before the values of a design point."""
        return varied(self.tree, ())

    def scenario_at(self, point: int) -> Scenario:
        """The scenario of a design point."""
        known = [(path, text) for path, text in self.design.overrides(point) if not (self.is_old and is_gone(path))]
        overrides = [Override(path, text) for path, text in known]
        return varied(self.tree, overrides, list(self.manifest["overrides"]))

    def game(self, point: int = 0) -> Game:
        """The game of a design point."""
        return compile_scenario(self.scenario_at(point))

    @cached_property
    def chunks(self) -> Chunks:
        """All the chunks that it was divided into."""
        return Chunks(len(self.design), self.runs, int(self.manifest["chunk"]))

    @cached_property
    def form(self) -> ChunkForm:
        """What its chunks are like."""
        study = study_id(self.manifest)
        return form_of_zones(study) if self.is_of_zones else form_of_runs(study, self.game().names)

    @cached_property
    def there(self) -> list[Chunk]:
        """The chunks whose runs are in, in their order.

        Raises:
            BadInput: files that do not hold the runs that their names promise.
        """
        folder = self.folder / CHUNKS
        found, flaws = dict[Chunk, frozenset[str]](), dict[str, str]()
        for name in sorted(file.name for file in folder.glob("chunk-*.parquet")):
            chunk = self.chunks.named(name)
            try:
                if chunk is None:
                    flaws[name] = "is no chunk of this result; remove it"
                else:
                    found[chunk] = check_chunk(folder / name, chunk, self.form)
            except Flaw as flaw:
                flaws[name] = f"{flaw}; {self._remedy(str(flaw))}"
        every = frozenset[str]().union(*found.values())
        flaws |= {
            chunk.file: f"{DAMAGED}; {self._remedy(DAMAGED)}" for chunk, columns in found.items() if columns < every
        }
        if flaws:
            raise BadInput(_told(folder, flaws))
        return list(found)

    def _remedy(self, flaw: str) -> str:
        again = f"the same command plays its runs again: {self.manifest['command']}"
        return f"remove it, and {again}" if flaw == FOREIGN else again

    @property
    def files(self) -> list[Path]:
        """The chunks that are there, in their order; see `there`."""
        return [self.folder / CHUNKS / chunk.file for chunk in self.there]

    @property
    def is_of_zones(self) -> bool:
        """Whether zones were counted and nothing was played: there are `zones`, and no `rows`."""
        return bool(self.manifest["engine"] == "zone")

    @property
    def what(self) -> str:
        """What its rows are called."""
        return "worlds" if self.is_of_zones else "runs"

    @cached_property
    def zones(self) -> ZoneRows:
        """The zones that are there."""
        return read_zones(self.files, self.form)

    @cached_property
    def rows(self) -> Rows:
        """The runs that are there."""
        return read_rows(self.files, self.form)


def read_result(folder: Path) -> Result:
    """The result in a folder.

    Raises:
        BadInput: there is no such folder, or it holds no result of `sim run` or `sim sweep`.
    """
    reason = _no_folder(folder)
    if reason:
        raise bad_file(folder, reason)
    manifest = read_manifest(folder)
    if manifest is None:
        raise bad_file(folder, f"is a folder without {MANIFEST}, so no result")
    if "scenarios" in manifest:
        raise bad_file(folder, "holds a comparison; this takes results of sim run and sim sweep")
    if manifest.get("kind") == "zone":
        raise bad_file(folder, "holds answers of sim zopa; this takes results of sim run and sim sweep")
    check_manifest(manifest, folder / MANIFEST)
    return Result(folder, manifest)


def _told(folder: Path, flaws: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the first few chunks of some, and how many more there are."""
    for name in sorted(flaws)[:MOST_TOLD]:
        yield Fault(Mark(str(folder / name)), "", flaws[name])
    if len(flaws) > MOST_TOLD:
        yield Fault(Mark(str(folder)), "", f"{len(flaws) - MOST_TOLD:,} more files in it are no better")


def _no_folder(folder: Path) -> str:
    try:
        if folder.is_dir():
            return ""
        return "is a file, not the folder of a result" if folder.exists() else f"no such folder{similar(folder)}"
    except OSError as error:
        return f"cannot be read: {(error.strerror or 'unknown reason').lower()}"
