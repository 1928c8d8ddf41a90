"""The file of one chunk of a study: what it says of itself, and whether it is what it says.

It names its study and its rows, and carries a digest of all its bytes, taken with the digest itself blank. So a chunk of
another study is told from a damaged one, and no bit of it can turn unseen.

A digest proves no honesty. So a file is held against the bounds that its rows set before anything in it is unpacked, and
texts are read as words with codes: a long one takes no room in every row.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.files.errors import bad_file
from sim.files.regular_files import Unreadable, opened
from sim.files.result.chunks import MOST_ROWS, Chunk
from sim.files.result.parquet_bounds import Bounds, check_within, column_bytes, footer_bytes, in_memory, parsed
from sim.files.result.tables import WORTHS
from sim.game import Names
from sim.records import End, Why

STUDY, ROWS, DIGEST = "sim.study", "sim.rows", "sim.digest"
BLANK = b"0" * 64
BLOCK = 2**20

ALWAYS = ("point", "run", "outcome", "why", "round", "zone", "core_kept", "holds")
"""Columns that every figure needs."""

KEYS = ["point", "run"]
"""Columns by which runs are sorted: the footer tells between which of them a file lies, and that of no other column."""

OF_ZONES = ("point", "run", "zone", "packages")
"""The same where zones were counted and nothing was played."""

DAMAGED, FOREIGN = "is damaged", "belongs to another study"

_KEY = DIGEST.encode() + b"\x18\x40"  # as Thrift writes it: then come 64 bytes
_ENDS, _WHYS = ([each.name.lower() for each in kind] for kind in (End, Why))


class Flaw(Exception):
    """A file is not the chunk that its name promises; `str()` is `DAMAGED` or `FOREIGN`."""


@dataclass(frozen=True)
class ChunkForm:
    """What the chunks of a study are like: whose they are, and which columns they may have.

    `words` of columns of text, in their order. Of a result of before `study` is None: its chunks say nothing of themselves.
    """

    study: str | None
    types: Mapping[str, pa.DataType]
    needed: frozenset[str]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """Columns that are read as words with codes."""
        return list(self.words)

    def bounds(self, rows: int) -> Bounds:
        """What a chunk of so many rows takes at most."""
        words = self._words
        return Bounds(rows, {name: column_bytes(rows, words.get(name, 0)) for name in self.types}, sum(words.values()))

    @cached_property
    def _words(self) -> dict[str, int]:
        """Bytes of the words of each column of text, each with its length."""
        return {name: sum(4 + len(word.encode()) for word in words) for name, words in self.words.items()}


def form_of_runs(study: str | None, names: Names) -> ChunkForm:
    """The form of chunks of negotiations that were played."""
    of_party = {
        **dict.fromkeys((*WORTHS, "aspiration"), pa.float64()), "withheld": pa.int64(), "confident": pa.bool_(),
    }  # fmt: skip
    numbers = {
        **dict.fromkeys(("point", "run", "round", "offers", "mediator_left", "reversals"), pa.int64()),
        **dict.fromkeys(("zone", "core_kept"), pa.bool_()),
        **dict.fromkeys(("holds", "momentum"), pa.float64()),
        **{f"{what}.{party}": kind for party in names.parties for what, kind in of_party.items()},
        **{f"cited.{line}": pa.int64() for line in names.lines},
        **{f"settled_at.{phase}": pa.int64() for phase in names.phases[:-1]},
    }
    words: dict[str, Sequence[str]] = {
        "outcome": _ENDS, "why": _WHYS, "phase": names.phases, "blocked_by": ("", *names.lines),
        "stuck_on": ("", *names.issues),
        **{f"settled.{issue}": options for issue, options in zip(names.issues, names.options, strict=True)},
    }  # fmt: skip
    needed = frozenset({*ALWAYS, *(f"settled.{issue}" for issue in names.issues)})
    return ChunkForm(study, {**numbers, **dict.fromkeys(words, pa.string())}, needed, words)


def form_of_zones(study: str | None) -> ChunkForm:
    """The form of chunks of worlds whose zones were counted."""
    types = {**dict.fromkeys(OF_ZONES, pa.int64()), "zone": pa.bool_()}
    return ChunkForm(study, types, frozenset(OF_ZONES))


def chunk_bytes(table: pa.Table, study: str, chunk: Chunk) -> bytes:
    """The bytes of the file of a chunk, the same for the same table. Pages carry checksums of their own, for any reader."""
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(
        sink, table.schema, compression="zstd", store_schema=False, write_page_checksum=True, write_statistics=KEYS
    ) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({STUDY: study, ROWS: chunk.says, DIGEST: BLANK.decode()})
    data = bytes(sink.getvalue())
    at = data.rindex(_KEY) + len(_KEY)
    return data[:at] + hashlib.sha256(data).hexdigest().encode() + data[at + len(BLANK) :]


def check_chunk(file: Path, chunk: Chunk, form: ChunkForm, every_cell: bool = False) -> frozenset[str]:
    """The columns of a file that holds the rows of a chunk and nothing else; with `every_cell` it must have all, and is read.

    Raises:
        Flaw: it is something else.
    """
    try:
        with opened(file, form.bounds(MOST_ROWS).file) as stream:
            parquet = _opened(in_memory(stream), chunk, form)
            table = parquet.read(None if every_cell else KEYS, use_threads=False)
            columns = frozenset(parquet.schema_arrow.names)
        _check_rows(table, chunk)
        if every_cell:
            if columns < form.types.keys():
                raise ValueError("columns are missing")
            check_words(table, form)
    except (Unreadable, OSError, ValueError, LookupError, MemoryError, pa.ArrowException):
        raise Flaw(DAMAGED) from None
    return columns


def read_chunk(file: Path, form: ChunkForm, columns: Sequence[str] | None = None) -> pa.Table:
    """Columns of a chunk that was checked; all of them where none are named.

    Raises:
        BadInput: it is damaged.
    """
    try:
        with opened(file, file.stat().st_size) as stream:
            parquet = pq.ParquetFile(stream, read_dictionary=form.texts, page_checksum_verification=True)
            return spelled(parquet.read(None if columns is None else list(columns), use_threads=False), form)
    except (Unreadable, OSError, ValueError, pa.ArrowException):
        said = f"{DAMAGED}; the command that made this result plays its runs again"
        raise bad_file(file, said) from None


def spelled(table: pa.Table, form: ChunkForm) -> pa.Table:
    """Words in place of codes; ValueError where a word is none of those that may stand there."""
    check_words(table, form)
    schema = pa.schema([(name, form.types[name]) for name in table.column_names])
    return table.cast(schema)


def check_words(table: pa.Table, form: ChunkForm) -> None:
    """ValueError where a cell is empty, or is none of the words that may stand in its column."""
    for name in table.column_names:
        column = table[name]
        if column.null_count:
            raise ValueError(f"an empty cell in {name}")
        for chunk in column.chunks if name in form.words else ():
            known = pc.is_in(chunk.dictionary, value_set=pa.array(form.words[name], pa.string()))
            if not pc.all(known).as_py():
                raise ValueError(f"an unknown word in {name}")


def _opened(stream: BinaryIO, chunk: Chunk, form: ChunkForm) -> pq.ParquetFile:
    """A file whose bytes are those that were written, and that can be read safely.

    Raises:
        Flaw: it belongs to another study.
        ValueError: it is damaged, or no chunk.
    """
    bounds = form.bounds(len(chunk))
    tail = footer_bytes(stream, bounds)
    if form.study is not None:
        _check_digest(stream, tail)
    parquet = parsed(stream, form.texts)
    if form.study is not None:
        _check_owner(parquet.metadata.metadata or {}, chunk, form.study)
    check_within(parquet, stream, bounds)
    columns = {field.name: field.type for field in parquet.metadata.schema.to_arrow_schema()}
    if not form.needed <= columns.keys() or any(form.types[name] != kind for name, kind in columns.items()):
        raise ValueError("other columns")
    return parquet


def _check_digest(stream: BinaryIO, tail: bytes) -> None:
    place, found = tail.rindex(_KEY) + len(_KEY), hashlib.sha256()
    before = stream.seek(0, 2) - len(tail) + place
    stream.seek(0)
    for block in _blocks(stream, before):
        found.update(block)
    found.update(BLANK + tail[place + len(BLANK) :])
    if found.hexdigest().encode() != tail[place : place + len(BLANK)]:
        raise ValueError("bytes have changed")


def _blocks(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        block = stream.read(min(BLOCK, length))
        if not block:
            raise ValueError("a file that became shorter")
        length -= len(block)
        yield block


def _check_owner(said: Mapping[bytes, bytes], chunk: Chunk, study: str) -> None:
    if said.get(STUDY.encode()) != study.encode():
        raise Flaw(FOREIGN)
    if said.get(ROWS.encode()) != chunk.says.encode():
        raise ValueError("other rows")


def _check_rows(table: pa.Table, chunk: Chunk) -> None:
    runs = np.arange(chunk.first, chunk.first + chunk.n)
    wanted = np.repeat(np.array(chunk.points), chunk.n), np.tile(runs, len(chunk.points))
    for name, cells in zip(KEYS, wanted, strict=True):
        if not np.array_equal(table[name].to_numpy(), cells):
            raise ValueError("other rows")
