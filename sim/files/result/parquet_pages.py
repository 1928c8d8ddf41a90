"""The sizes that pages of a Parquet file unpack to, read from their headers before any page is unpacked.

The footer of a file says how large its columns are, and may lie. A reader believes the header of each page and takes that
much memory before it unpacks anything. Headers are structs of Thrift's compact protocol.
"""

from collections.abc import Iterator

_SIZES, _STRUCT, _LIST, _SET, _MAP, _BINARY = 5, 12, 9, 10, 11, 8
_FIXED = {1: 0, 2: 0, 3: 1, 7: 8}  # bytes of a flag as a field, a byte and a double
_VARINTS = frozenset({4, 5, 6})
_DEEPEST = 4


class BadPages(ValueError):
    """What stands where a page should begin is none."""


def unpacked(data: bytes, length: int) -> Iterator[int]:
    """Of every page of a column, which are `data`, the bytes that it unpacks to. A page is no larger than `length`.

    Raises:
        BadPages: something else stands there.
    """
    at = 0
    while at < len(data):
        try:
            sizes, at = _header(data, at)
        except IndexError:
            raise BadPages("a page breaks off") from None
        if not 0 <= sizes[1] <= length or not 0 <= sizes[2] <= len(data) - at:
            raise BadPages("a page of another size than it can have")
        at += sizes[2]
        yield sizes[1]


def _header(data: bytes, at: int) -> tuple[list[int], int]:
    """Kind, unpacked and packed size of the page whose header begins at a place, and where it ends."""
    sizes = []
    for _ in range(3):
        if data[at] != 0x10 | _SIZES:  # the field after the one before, a whole number
            raise BadPages("no page begins here")
        value, at = _varint(data, at + 1)
        sizes.append((value >> 1) ^ -(value & 1))
    return sizes, _struct_end(data, at, 0)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise BadPages("a number that does not end")


def _struct_end(data: bytes, at: int, depth: int) -> int:
    """Where a struct ends whose next field begins at a place."""
    while (field := data[at]) != 0:
        at += 1
        if field < 0x10:  # the number of the field follows
            at = _varint(data, at)[1]
        at = _value_end(data, at, field & 0x0F, depth)
    return at + 1


def _value_end(data: bytes, at: int, kind: int, depth: int) -> int:
    if kind in _VARINTS:
        while data[at] >= 0x80:
            at += 1
        return at + 1
    if kind in _FIXED:
        return at + _FIXED[kind]
    if kind == _BINARY:
        length, at = _varint(data, at)
        return at + length
    if kind == _STRUCT and depth < _DEEPEST:
        return _struct_end(data, at, depth + 1)
    raise BadPages("a header with something that no page has")
