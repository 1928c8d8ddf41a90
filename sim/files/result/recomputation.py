"""Where a file of figures differs from what its runs give."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.files.regular_files import Missing, Unreadable, opened, read_regular
from sim.files.result.parquet_bounds import Bounds, check_within, column_bytes, footer_bytes, parsed
from sim.files.result.plain_json import NotPlain, decoded
from sim.scenario.problems import short

ROOM = 2**20
"""Bytes that a stored file may have more than the one that it should be like."""


def difference(path: Path, now: bytes) -> str:
    """What a stored file has otherwise than these bytes, at the first place; nothing where all cells are the same."""
    try:
        before = read_regular(path, len(now) + ROOM)
        return "" if before == now else _within(path, before, now)
    except Missing:
        return "is missing"
    except (Unreadable, NotPlain) as error:
        return str(error)
    except (ValueError, OSError, LookupError, pa.ArrowException):
        return "is damaged"


def _within(path: Path, before: bytes, now: bytes) -> str:
    if path.suffix == ".json":
        return json_difference(decoded(before), decoded(now))
    return (
        _table_difference(path, now) if path.suffix == ".parquet" else _line_difference(before.decode(), now.decode())
    )


def json_difference(before: Any, now: Any, key: str = "") -> str:
    """The first key under which two pieces of data differ, and what stands there; nothing where they are the same."""
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        before, now = (dict(enumerate(each)) for each in (before, now))
    if isinstance(before, Mapping) and isinstance(now, Mapping) and before.keys() == now.keys():
        inner = (json_difference(before[name], now[name], f"{key}.{name}" if key else str(name)) for name in now)
        return next(filter(None, inner), "")
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        odd = next(iter([*now.keys() - before.keys(), *before.keys() - now.keys()]))
        return f"{key}.{odd}".strip(".") + (" is missing" if odd in now else " does not belong there")
    if before == now and type(before) is type(now):
        return ""
    return f"{key or 'all of it'}: {_said(before)} there, {_said(now)} now"


def _said(value: object) -> str:
    if isinstance(value, Mapping | list):
        return f"{len(value)} entries"
    return short(str(value))


def _line_difference(before: str, now: str) -> str:
    lines, others = before.splitlines(), now.splitlines()
    for number, (line, other) in enumerate(zip(lines, others, strict=False), 1):
        if line != other:
            return f"line {number}: {short(line.strip())!r} there, {short(other.strip())!r} now"
    return f"{len(lines):,} lines there, {len(others):,} now" if len(lines) != len(others) else "other ends of lines"


def _table_difference(path: Path, now: bytes) -> str:
    wanted = pq.read_table(pa.BufferReader(now))
    texts = [field.name for field in wanted.schema if pa.types.is_string(field.type)]
    words = sum(wanted[name].nbytes for name in texts)
    columns = {name: column_bytes(len(wanted), words * (name in texts)) for name in wanted.column_names}
    bounds = Bounds(len(wanted), columns, words)
    with opened(path, bounds.file) as stream:
        footer_bytes(stream, bounds)
        parquet = parsed(stream, texts)
        check_within(parquet, stream, bounds)
        held = parquet.read(use_threads=False)
    if held.column_names != wanted.column_names:
        return "other columns"
    for name in wanted.column_names:
        cells, others = held[name].to_pylist(), wanted[name].to_pylist()
        row = next(
            (k for k, pair in enumerate(zip(cells, others, strict=True)) if repr(pair[0]) != repr(pair[1])), None
        )
        if row is not None:
            return f"{name} of row {row}: {_said(cells[row])} there, {_said(others[row])} now"
    return ""
