"""Numbers as files of GENIUS and GeniusWeb write them, which is more narrow than what Python reads as a number."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def decimal_in(text: str) -> Decimal | None:
    """The number that a text is, with spaces around it or not; none for `1_0`, `٣`, `inf` and whatever else is none."""
    plain = text.strip(" \t\r\n")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def float_in(text: str) -> float | None:
    """The same as a float, which is infinite where the number is too large for one."""
    plain = text.strip(" \t\r\n")
    return float(plain) if _NUMBER.fullmatch(plain) else None
