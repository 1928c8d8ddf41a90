"""Results that somebody else made: manifests and chunks of a real one, changed at random in ways that hurt."""

import copy
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 0.5, 1e308, 10**18, 2**63, 10**400, -(10**30), "", "x", "\x1b[31mred", "\u202egnp.exe",
    "a\u200bb", "=1+1", "\ud800", "\x00", "{uniform: [0, 1]}", "1:2:3", "9" * 5000, [], {}, [[]], [None], ["a"], [{}],
    {"a": 1}, {"id": "a"}, [["4", "alternating"]] * 3, {"a": {"b": {"c": []}}},
)  # fmt: skip
"""Values that some program wrote into some JSON."""


def nested(depth: int) -> Any:
    value: Any = "deep"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def places(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every part of some data."""
    yield way
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield from places(part, (*way, step))


def mutated(manifest: dict[str, Any], luck: random.Random) -> dict[str, Any]:
    """A manifest with one to three parts of it dropped, doubled, swapped or replaced; one in three at its top."""
    changed = copy.deepcopy(manifest)
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        ways = [way for way in places(changed) if way and (len(way) == 1 or luck.random() < 0.7)]
        if not ways:
            break
        *before, last = luck.choice([way for way in ways if len(way) == 1] if luck.random() < 0.34 else ways)
        holder = changed
        for step in before:
            holder = holder[step]
        how = luck.randrange(6)
        if how == 0:
            del holder[last]
        elif how == 1 and isinstance(holder, list):
            holder.insert(last, copy.deepcopy(holder[last]))
        elif how == 2 and isinstance(holder, dict):
            holder[luck.choice(("id", "kind", "scenarios", "x" * 300, "\x1b[2J", "points"))] = holder.pop(last)
        elif how == 3:
            holder[last] = nested(luck.choice((3, 45, 70, 900)))
        else:
            holder[last] = copy.deepcopy(luck.choice(ODD))
    return changed


def spoilt_text(text: bytes, luck: random.Random) -> bytes:
    """The bytes of a manifest, cut, doubled, or with bytes that are none of JSON."""
    at = luck.randrange(len(text))
    junk = luck.choice((b"", b"\xff", b"\x00", b"NaN", b"[" * 5000, b'{"a":' * 2000, b"1e999", b"\\ud800", text[:at]))
    return text[:at] + junk + (text[at:] if luck.random() < 0.7 else b"")


def flipped(data: bytes, luck: random.Random) -> bytes:
    """One bit of a file turned."""
    at = luck.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << luck.randrange(8)]) + data[at + 1 :]


def scrambled(data: bytes, luck: random.Random) -> bytes:
    """Some bytes of a file replaced, cut off or put in."""
    how: Callable[[bytes], bytes] = luck.choice((
        lambda old: old[: luck.randrange(len(old))],
        lambda old: old[luck.randrange(len(old)) :],
        lambda old: old + luck.randbytes(luck.randrange(1, 200)),
        lambda old: bytes(len(old)),
        lambda old: _patched(old, luck.randbytes(luck.choice((1, 4, 40))), luck),
        lambda old: _patched(old, b"\xff" * luck.choice((1, 5, 9)), luck),
        lambda old: _patched(old, b"\x00" * luck.choice((1, 4)), luck),
    ))  # fmt: skip
    return how(data)


def _patched(data: bytes, patch: bytes, luck: random.Random) -> bytes:
    at = (
        luck.randrange(len(data))
        if luck.random() < 0.5
        else max(0, len(data) - luck.randrange(1, min(len(data), 4000)))
    )
    return data[:at] + patch + data[at + len(patch) :]


def resealed(data: bytes) -> bytes:
    """The bytes of a chunk with the digest that fits them, as one who means harm would write."""
    at = data.rfind(b"sim.digest\x18\x40") + 12
    if at < 12 or at + 64 > len(data):
        return data
    blank = data[:at] + b"0" * 64 + data[at + 64 :]
    return blank[:at] + hashlib.sha256(blank).hexdigest().encode() + blank[at + 64 :]


def odd_table(table: pa.Table, luck: random.Random) -> pa.Table:
    """A table with cells, columns or types that no run leaves."""
    k = luck.randrange(table.num_columns)
    name, kind, n = table.column_names[k], table.schema.types[k], len(table)
    numbers = (0, -1, 2**40, 2**62, -(2**62), None)
    floats = (float("nan"), float("inf"), -1e308, None)
    words = ("", "nobody", "=1+1", "\x1b[31m", "\u202e", "x" * 100_000, None)
    options = words if kind == pa.string() else floats if kind == pa.float64() else numbers
    if kind == pa.bool_():
        options = (True, False, None)
    how = luck.randrange(5)
    if how == 0:
        return table.drop_columns([name])
    if how == 1:
        return table.append_column("extra", pa.array([luck.choice(words)] * n, pa.string()))
    if how == 2:
        return table.set_column(k, name, pa.array([[1]] * n) if luck.random() < 0.5 else pa.array(["1"] * n))
    cells = table[name].to_pylist()
    for row in range(n) if how == 3 else [luck.randrange(n)]:
        cells[row] = luck.choice(options)
    return table.set_column(k, name, pa.array(cells, kind))


def as_json(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest).encode()
