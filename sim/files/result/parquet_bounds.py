"""Parquet files from strangers: nothing is unpacked before it is known how much it can be.

A few bytes may unpack to gigabytes, in the footer, in a page, or as one long text that stands in every row. So the footer is
measured before it is parsed, and every page before it is read; text is to be read as words with codes (`read_dictionary`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from sim.files.result.parquet_pages import unpacked

AT_HAND = 2**24  # bytes of a file that is read at once
_TRAILER = 8  # bytes: length of the footer, and four letters


@dataclass(frozen=True)
class Bounds:
    """What a table takes at most."""

    rows: int
    columns: Mapping[str, int]  # bytes of each, packed or not
    words: int  # bytes of all the words that may stand in it

    @property
    def file(self) -> int:
        """Bytes of the whole file."""
        return self.footer + sum(self.columns.values())

    @property
    def footer(self) -> int:
        """Bytes of its footer, which tells the least and the greatest cell of each column."""
        return 4096 + 1024 * len(self.columns) + 8 * self.words


def in_memory(stream: BinaryIO) -> BinaryIO:
    """The same bytes at hand, unless they are many: reading a small file piece by piece takes most of the time."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return stream if size > AT_HAND else pa.BufferReader(stream.read())


def column_bytes(rows: int, words: int = 0) -> int:
    """More bytes than a column takes: numbers in a dictionary, with their codes, take some 11 each; text only its codes."""
    return 4096 + (4 * rows + 3 * words if words else 12 * rows)


def footer_bytes(stream: BinaryIO, bounds: Bounds) -> bytes:
    """The footer of a file as it stands there, to its end.

    Raises:
        ValueError: it is larger than that of such a table.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TRAILER))
    length = int.from_bytes(stream.read(4), "little")
    if length + _TRAILER + 4 > size or length > bounds.footer:
        raise ValueError("no footer")
    stream.seek(size - _TRAILER - length)
    return stream.read(length + _TRAILER)


def parsed(stream: BinaryIO, texts: Iterable[str]) -> pq.ParquetFile:
    """A file whose footer was measured; nothing of its cells is unpacked yet. `texts` come as words with codes."""
    stream.seek(0)
    return pq.ParquetFile(stream, read_dictionary=list(texts), page_checksum_verification=True)


def check_within(parquet: pq.ParquetFile, stream: BinaryIO, bounds: Bounds) -> None:
    """Refuse a file whose cells take more than they may; it is read from the stream.

    Raises:
        ValueError, OSError, pa.ArrowException: they do, or pages are none.
    """
    footer = parquet.metadata
    groups = [footer.row_group(k) for k in range(footer.num_row_groups)]
    counts = [group.num_rows for group in groups]
    if not footer.num_rows == sum(counts) == bounds.rows or min(counts, default=1) < 1:
        raise ValueError("other rows")
    if not set(footer.schema.names) <= bounds.columns.keys() or len(set(footer.schema.names)) < footer.num_columns:
        raise ValueError("other columns")
    for group in groups:
        for column in map(group.column, range(group.num_columns)):
            _check_pages(stream, column, bounds.rows, bounds.columns[column.path_in_schema])


def _check_pages(stream: BinaryIO, column: pq.ColumnChunkMetaData, rows: int, most: int) -> None:
    """Refuse a column whose pages unpack to more than it may take."""
    starts = [column.data_page_offset]
    if column.has_dictionary_page and column.dictionary_page_offset:
        starts.append(column.dictionary_page_offset)
    length = column.total_compressed_size
    if column.num_values > rows or min(starts) < 4 or not 0 < length <= most:
        raise ValueError("a column of another size than it can have")
    stream.seek(min(starts))
    if sum(_few(unpacked(stream.read(length), most), most // 16)) > most:
        raise ValueError("a column that unpacks to more than its rows")


def _few(sizes: Iterable[int], most: int) -> Iterator[int]:
    """Sizes of pages, of which there are not too many."""
    for count, size in enumerate(sizes):
        if count > most:
            raise ValueError("too many pages")
        yield size
