"""Results as one file for other programs, sorted and typed, with a data dictionary beside it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.files.errors import BadInput, Fault, Mark, bad_file, bad_option
from sim.files.export.columns import CellKind, Column, dictionary_bytes, kind_stored, schema_of, table_of_rows
from sim.files.export.formats import DESCRIBED, NEEDS, WRITERS, Write
from sim.files.export.order import Extent, extents, in_order, recut, whole
from sim.files.outputs import OPTION, check_file, not_written, wrong_ending
from sim.files.regular_files import TooLarge, Unreadable, read_regular
from sim.files.result.reader import Result
from sim.files.result.store import CHUNKS
from sim.files.whole_files import clear_left, whole_file, write_whole
from sim.records import MANIFEST

DICTIONARY = ".columns.csv"


@dataclass(frozen=True)
class Target:
    """A file to write, checked: it is of a known kind, and nothing is lost by writing it."""

    path: Path
    ending: str
    force: bool  # whether what is there may be overwritten

    @property
    def write(self) -> Write:
        """How to write tables to it."""
        return WRITERS[self.ending]

    @property
    def describes_itself(self) -> bool:
        """Whether it has a sheet that says what each column is."""
        return self.ending in DESCRIBED

    @property
    def dictionary(self) -> Path:
        """The file beside it that says what each column is, where it does not say so itself."""
        return self.path.with_name(self.path.name[: -len(self.ending)] + DICTIONARY)


def target_of(path: Path, result: Path, force: bool = False) -> Target:
    """A file to export a result to.

    Raises:
        BadInput: it cannot be written, has no known ending, exists already without `force`, or is part of the result.
    """
    ending = next((each for each in sorted(WRITERS, key=len, reverse=True) if path.name.lower().endswith(each)), "")

    def why_not() -> str:
        if path.is_dir():
            return "is a folder; name a file in it"
        if path.resolve() == (result / MANIFEST).resolve() or path.parent.resolve() == (result / CHUNKS).resolve():
            return "is part of the result itself; name a file elsewhere"
        if not ending or path.name.lower() == ending:
            return wrong_ending(path, sorted(WRITERS))
        library = NEEDS.get(ending)
        if library and find_spec(library) is None:
            return f"needs {library}, which is not installed: pip install {library}"
        return ""

    check_file(path, force, why_not)
    return Target(path, ending, force)


@dataclass(frozen=True)
class StoredRuns:
    """The runs of a result that are in, file by file."""

    result: Result
    found: Sequence[Extent]

    def __len__(self) -> int:
        return sum(one.rows for one in self.found)

    @property
    def asked(self) -> int:
        """How many there are when the study is finished."""
        return self.result.runs * len(self.result.design)

    @property
    def again(self) -> str:
        """What to do about a damaged file."""
        return _again(self.result)

    def kinds(self) -> dict[str, CellKind]:
        """What stands in each stored column, in their order."""
        with whole(self.found[0].file, self.again):
            return {field.name: kind_stored(field.type) for field in pq.read_schema(self.found[0].file)}

    def per_point(self) -> list[int]:
        """How many are in at each design point."""
        counts = [0] * len(self.result.design)
        for one in self.found:
            if one.points[0] == one.points[1]:
                counts[one.points[0]] += one.rows
            else:
                with whole(one.file, self.again):
                    for point in pq.read_table(one.file, columns=["point"])["point"].to_pylist():
                        counts[point] += 1
        return counts


def stored_runs(result: Result) -> StoredRuns:
    """The runs of a result that are in.

    Raises:
        BadInput: there are none, or files are damaged.
    """
    found = extents(result.files, _again(result))
    if not found:
        raise bad_file(result.folder, f"holds no {result.what} yet")
    points = len(result.design)
    strange = [one for one in found if one.points[0] < 0 or one.points[1] >= points]
    if strange:
        said = f"holds a design point that this result of {points} has not; was it copied from another?"
        raise BadInput([Fault(Mark(str(one.file)), "", said) for one in strange])
    return StoredRuns(result, found)


def _again(result: Result) -> str:
    """What to do about a damaged file."""
    return f"the same command plays its runs again: {result.manifest['command']}"


def export_runs(
    stored: StoredRuns,
    columns: Sequence[Column],
    varied: Mapping[str, Sequence[Any]],
    target: Target,
    each: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the runs that are in, sorted by design point and run; memory does not grow with them.

    `varied`: of each column that is not stored, its cells [N] by design point. `each` is told of rows that are written.

    Raises:
        BadInput: a file is damaged; nothing is written.
        StoreFailed: the disk is full.
    """
    by_point = {one.name: one.of(varied[one.name]) for one in columns if one.name in varied}
    plain = [one for one in columns if one.name not in varied]
    schema = schema_of(columns, _about(stored.result, stored.result.what))

    def typed(table: pa.Table) -> pa.Table:
        points = table["point"]
        cells = {one.name: one.cells(table[one.name].combine_chunks()) for one in plain}
        cells |= {name: values.take(points.combine_chunks()) for name, values in by_point.items()}
        return pa.Table.from_arrays([cells[name] for name in schema.names], schema=schema)

    names = [one.name for one in plain]
    tables = in_order(stored.found, names, stored.result.form, typed, stored.again)
    write_tables(counting_rows(recut(tables), each), schema, columns, target)


def export_rows(result: Result, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], target: Target) -> None:
    """Write rows of plain data, in their order; raises as `export_runs`."""
    schema = schema_of(columns, _about(result, "points"))
    write_tables([table_of_rows(rows, columns).cast(schema)], schema, columns, target)


def _about(result: Result, rows: str) -> dict[str, str]:
    """What a file says of its rows and how they were made; nothing that depends on how the runs were played."""
    names = ("seed", "runs", "scenario_hash", "evidence_hash")
    said = {name: str(result.manifest[name]) for name in names if name in result.manifest}
    given = {f"set {path}": value for path, value in result.overridden.items()}
    varied = {"varied": ", ".join(result.design.paths)} if result.design.paths else {}
    kept = result.scenario.draws
    fit = {"only draws that fit": kept.fit} if kept else {}
    return {"title": result.title, "rows": rows, **said, **varied, **given, **fit, "program": result.version}


def counting_rows(tables: Iterable[pa.Table], each: Callable[[int], None]) -> Iterator[pa.Table]:
    """The same tables; `each` is told of the rows of one when the next is asked for."""
    for table in tables:
        yield table
        each(len(table))


def write_tables(tables: Iterable[pa.Table], schema: pa.Schema, columns: Sequence[Column], target: Target) -> None:
    """Write a file and its dictionary; where the file fails, neither."""
    beside = {} if target.describes_itself else {target.dictionary: dictionary_bytes(columns)}
    try:
        for path, told in beside.items():
            _check_dictionary(target, told)
            clear_left(path.parent, path.name)
        clear_left(target.path.parent, target.path.name)
        with whole_file(target.path) as stream:
            target.write(tables, schema, stream)
            for path, told in beside.items():
                write_whole(path, told)
    except OSError as error:
        raise not_written(target.path, error) from error


def _check_dictionary(target: Target, told: bytes) -> None:
    """Several files of one result share a dictionary; one that says otherwise is of something else."""
    beside = target.dictionary
    if not os.path.lexists(beside):
        return
    try:
        same = read_regular(beside, len(told)) == told
    except TooLarge:
        same = False
    except Unreadable:
        said = f"{beside}, which describes the columns, is not an ordinary file"
        raise bad_option(OPTION, said) from None
    if not same and not target.force:
        said = f"{beside} describes the columns of another file; choose another name, or --force overwrites it"
        raise bad_option(OPTION, said)
