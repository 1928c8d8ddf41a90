"""Plain words of YAML as values, by the core schema of YAML 1.2: `NO` is text, `1e5` a number."""

import re

Scalar = str | int | float | bool | None

LARGEST = 2**53
"""The largest whole number up to which every one is exact in the arrays."""

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def resolved(word: str) -> Scalar:
    """The value of a word written without quotes.

    Raises:
        ValueError: the number is not finite, or too large to be exact; the message says which.
    """
    if word in _NULL:
        return None
    if word in _BOOL:
        return _BOOL[word]
    if _NOT_FINITE.fullmatch(word):
        raise ValueError(f"must be a finite number (got {word})")
    if _INT.fullmatch(word) or _BASED.fullmatch(word):
        return _whole(word)
    return _real(word) if _FLOAT.fullmatch(word) else word


def _whole(word: str) -> int:
    digits = word.lstrip("+-")
    if len(digits) > 20:
        raise ValueError(f"is too large a number (got {word[:20]}...)")
    value = int(word, 0) if _BASED.fullmatch(word) else int(word)
    if abs(value) > LARGEST:
        raise ValueError(f"is too large a number (got {word})")
    return value


def _real(word: str) -> float:
    value = float(word)
    if abs(value) > LARGEST:
        raise ValueError(f"is too large a number (got {word[:20]})")
    return value
