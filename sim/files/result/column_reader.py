"""What figures over many runs need: a few columns, read piece by piece and as small numbers, so that millions fit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sim.files.errors import bad_file
from sim.files.result.chunk_files import ALWAYS, DAMAGED, OF_ZONES, ChunkForm, check_words, read_chunk
from sim.records import Rows, ZoneRows

AHEAD = 2
"""Files, and pieces of one, that are read before they are asked for."""

SMALL: Mapping[str, Any] = {
    "point": np.int32, "run": np.int32, "round": np.int16, "outcome": np.int8, "why": np.int8, "zone": np.bool_,
    "core_kept": np.bool_, "holds": np.float64,
}  # fmt: skip
"""Types of columns; options are `OPTION`."""

OPTION = np.int16

TERMS = "terms."
"""How columns of terms begin; the id of a party follows."""


def read_rows(files: Sequence[Path], form: ChunkForm) -> Rows:
    """What figures over many points need of the runs in some files, sorted by design point and run."""
    settled = [name for name in form.words if name.startswith("settled.")]
    terms = [name for name in form.types if name.startswith(TERMS) and _have(files, name)]
    columns = [*ALWAYS, *settled, *terms]
    pieces = [_small(piece, form.words) for piece in _pieces(files, form, columns)]
    empty = {name: np.zeros(0, _type(name)) for name in columns}
    found = {name: np.concatenate([empty[name], *(piece.pop(name) for piece in pieces)]) for name in empty}
    order = np.lexsort((found["run"], found["point"]))
    package, of_parties = (_side_by_side(found, names, order) for names in (settled, terms))
    always = {name: found.pop(name)[order] for name in ALWAYS}
    return Rows(end=always.pop("outcome"), package=package, terms=of_parties, **always)


def _side_by_side(found: dict[str, Any], names: Sequence[str], order: Any) -> Any:
    """Columns of some names, in an order of rows, as one array; each is dropped once it is in."""
    array: Any = np.empty((len(order), len(names)), _type(names[0]) if names else OPTION)
    for k, name in enumerate(names):
        array[:, k] = found.pop(name)[order]
    return array


def _have(files: Sequence[Path], name: str) -> bool:
    """Whether some files, which have the same columns, have one; those of version 0.1 have fewer."""
    return not files or name in pq.read_schema(files[0]).names


def _type(name: str) -> Any:
    return np.float32 if name.startswith(TERMS) else SMALL.get(name, OPTION)


def read_zones(files: Sequence[Path], form: ChunkForm) -> ZoneRows:
    """The zones in some files, sorted by design point and world."""
    found = [read_chunk(file, form, OF_ZONES) for file in files]
    columns = [
        np.concatenate([np.zeros(0, np.int64), *(table[name].to_numpy() for table in found)]) for name in OF_ZONES
    ]
    order = np.lexsort((columns[1], columns[0]))
    point, world, zone, packages = (column[order] for column in columns)
    return ZoneRows(point, world, zone.astype(bool), packages)


def _pieces(files: Sequence[Path], form: ChunkForm, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of some files, piece by piece; BadInput says which file is damaged."""
    if not files:
        return
    coded = ds.ParquetFileFormat(dictionary_columns=set(form.texts) & set(columns))
    try:
        scanned = ds.dataset([str(file) for file in files], format=coded).to_batches(
            columns=list(columns), batch_readahead=AHEAD, fragment_readahead=AHEAD
        )
        for piece in scanned:
            check_words(pa.Table.from_batches([piece]), form)
            yield piece
    except (OSError, ValueError, pa.ArrowException):
        for file in files:
            read_chunk(file, form, columns)  # raises for the one that is damaged
        raise bad_file(files[0].parent, f"holds a file that {DAMAGED}") from None


def _small(piece: pa.RecordBatch, words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Columns of a piece, words by their positions among those that may stand there."""
    return {
        name: (
            _codes(piece[name], words[name]) if name in words else piece[name].to_numpy(zero_copy_only=False)
        ).astype(_type(name))
        for name in piece.schema.names
    }


def _codes(column: pa.Array, words: Sequence[str]) -> Any:
    codes = pc.index_in(column.dictionary, value_set=pa.array(words, pa.string()))
    return codes.take(column.indices).to_numpy(zero_copy_only=False)
