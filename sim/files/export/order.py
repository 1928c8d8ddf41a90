"""The runs of a study in the order of design points and runs, out of files in any order, a few at a time.

A file holds some runs of one design point, or whole design points, and is sorted. So files seldom overlap, and one after
the other by their first row they are the sorted table; those that do overlap are sorted together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.files.errors import BadInput, Fault, bad_file
from sim.files.result.chunk_files import ChunkForm, spelled

KEYS = ("point", "run")
ROWS = 32_768
"""Rows in memory at once, and of a group in Parquet; no bytes may depend on what chunks a study was played in."""
FEW = 4096
"""Rows of a file that threads would only slow down."""

Key = tuple[int, int]
Typed = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True)
class Extent:
    """Which rows a file holds: how many, and between which points and runs."""

    file: Path
    rows: int
    points: tuple[int, int]
    runs: tuple[int, int]

    @property
    def first(self) -> Key:
        """No row comes before this."""
        return self.points[0], self.runs[0]

    @property
    def last(self) -> Key:
        """No row comes after this."""
        return self.points[1], self.runs[1]


def extents(files: Iterable[Path], again: str = "") -> list[Extent]:
    """What files of runs hold, by their footers, in the order of their first rows. `again`: what makes a file anew.

    Raises:
        BadInput: files that are damaged, all of them.
    """
    found, faults = [], list[Fault]()
    for file in files:
        try:
            with whole(file, again):
                found.append(_extent(file))
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)
    return sorted((one for one in found if one.rows), key=lambda one: (one.first, one.file))


def _extent(file: Path) -> Extent:
    footer = pq.read_metadata(file)
    names = footer.schema.names
    lows, highs = list[Key](), list[Key]()
    for group in map(footer.row_group, range(footer.num_row_groups)):
        statistics = [group.column(names.index(key)).statistics for key in KEYS]
        lows.append((statistics[0].min, statistics[1].min))
        highs.append((statistics[0].max, statistics[1].max))
    if not lows:
        return Extent(file, 0, (0, 0), (0, 0))
    (point, run), (last_point, last_run) = map(min, zip(*lows, strict=True)), map(max, zip(*highs, strict=True))
    return Extent(file, footer.num_rows, (point, last_point), (run, last_run))


@contextmanager
def whole(file: Path, again: str = "") -> Iterator[None]:
    """Turn what reading a damaged file raises into BadInput, which says what to do."""
    try:
        yield
    except FileNotFoundError:
        raise bad_file(file, "is gone; was it removed just now?") from None
    except PermissionError:
        raise bad_file(file, "cannot be read: permission denied") from None
    except (OSError, ValueError, LookupError, AttributeError, pa.ArrowException) as error:
        said = f" ({error})" if type(error) is ValueError else ""  # ours; the others lack a column or tell of bytes
        raise bad_file(file, f"is damaged{said}; {again or 'play its runs again'}") from None


def together(found: Sequence[Extent]) -> Iterator[list[Extent]]:
    """Files of which none overlaps one of another group, in order."""
    group: list[Extent] = []
    for one in found:
        if group and one.first > max(each.last for each in group):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def in_order(
    found: Sequence[Extent], columns: Sequence[str], form: ChunkForm, typed: Typed, again: str = ""
) -> Iterator[pa.Table]:
    """All rows of some files, sorted by point and run, made anew by `typed` as they are read.

    Raises:
        BadInput: a file is damaged, or holds a run that stands in another too.
    """
    after = (-1, -1)
    for group in together(found):
        for table in _sorted(group, columns, form, typed, again):
            with whole(group[0].file, again):
                after = _check_order(table, after)
            yield table


def _sorted(
    group: Sequence[Extent], columns: Sequence[str], form: ChunkForm, typed: Typed, again: str
) -> Iterator[pa.Table]:
    """The rows of files that overlap; a file alone is sorted, and is not read at once if it is large."""
    if len(group) == 1:
        yield from _read(group[0], columns, form, typed, again)
    else:
        table = pa.concat_tables(part for one in group for part in _read(one, columns, form, typed, again))
        yield table.take(pc.sort_indices(table, [(key, "ascending") for key in KEYS]))


def _read(one: Extent, columns: Sequence[str], form: ChunkForm, typed: Typed, again: str) -> Iterator[pa.Table]:
    coded = [name for name in form.texts if name in columns]
    with (
        whole(one.file, again),
        pq.ParquetFile(one.file, read_dictionary=coded, page_checksum_verification=True) as file,
    ):
        if one.rows <= ROWS:
            yield typed(spelled(file.read(list(columns), use_threads=one.rows > FEW), form))
        else:
            for batch in file.iter_batches(ROWS, columns=list(columns)):
                yield typed(spelled(pa.Table.from_batches([batch]), form))


def _check_order(table: pa.Table, after: Key) -> Key:
    """The last row's key of a table that continues after a key; ValueError where its rows do not ascend."""
    points, runs = (np.concatenate([[k], table[key].to_numpy()]) for k, key in zip(after, KEYS, strict=True))
    steps = np.diff(points)
    if np.any((steps < 0) | ((steps == 0) & (np.diff(runs) <= 0))):
        raise ValueError("its runs stand in another file too, or out of order")
    return int(points[-1]), int(runs[-1])


def recut(tables: Iterable[pa.Table], rows: int = ROWS) -> Iterator[pa.Table]:
    """The same rows in tables of `rows` each, but for the last."""
    held, count = list[pa.Table](), 0
    for table in tables:
        held.append(table)
        count += len(table)
        while count >= rows:
            whole_table = pa.concat_tables(held)
            yield whole_table.slice(0, rows).combine_chunks()
            held, count = [whole_table.slice(rows)], count - rows
    if count:
        yield pa.concat_tables(held).combine_chunks()
