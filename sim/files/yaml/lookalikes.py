"""Letters that look like the plain spaces and signs of YAML, or like nothing, and are none of them to the parser."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.files.yaml.scalars import resolved

_BLANK = (
    r"[\u00a0\u00ad\u115f\u1160\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f"
    r"\u2800\u3000\u3164\ufeff\uffa0]"
)
_ANY = rf"[\s{_BLANK[1:]}"
_COLON = r"[\u02d0\u2236\ua789\ufe13\ufe55\uff1a]"
_COMMA = r"[\u3001\ufe10\ufe50\uff0c]"
_DASH = r"[\u2010\u2011\u2013-\u2015\u2212\ufe63\uff0d]"
_DOUBLE, _SINGLE = r"\u00ab\u00bb\u201c-\u201f\uff02", r"\u2018-\u201b\uff07"
_QUOTE = f"[{_DOUBLE}{_SINGLE}]"
_TEXT = f"[^{_DOUBLE}{_SINGLE}\"']*"
_WORD = r"[A-Za-z_][\w.-]*"
BREAKS = re.compile(r"[\x85\u2028\u2029]")
"""What ends a line for some readers and not for others."""

_PLAIN, _NOTHING = "a plain space", "a plain space, or nothing,"
_SIGN, _STRAIGHT, _NUMBER = '": "', "a straight quote, or none,", "a number in plain digits"
_ITEM = '"- "'

_AT_START = tuple(
    (re.compile(pattern), wanted)
    for pattern, wanted in (
        (rf"-(?P<x>{_BLANK})", _PLAIN),
        (rf"(?P<x>{_DASH})[ ]", _ITEM),
        (rf"{_WORD}:(?P<x>{_BLANK})", _PLAIN),
        (rf"{_WORD}[ ]?(?P<x>{_COLON})", _SIGN),
    )
)
"""Where a line, or an item of a list, begins with a key or a dash."""

_IN_PLAIN = tuple(
    (re.compile(pattern), wanted)
    for pattern, wanted in (
        (rf"\A(?P<x>{_BLANK})", _NOTHING),
        (rf"(?<!{_ANY})[ \t\r\n]*(?P<x>{_BLANK}){_ANY}*\Z", _NOTHING),
        (rf"(?P<x>{_BLANK})(?=[ ]*\#)", _PLAIN),
        (rf"\A(?P<x>[{_DOUBLE}]){_TEXT}[{_DOUBLE}{_SINGLE}\"']?\Z", _STRAIGHT),
        (rf"\A(?P<x>[{_SINGLE}]){_TEXT}[{_SINGLE}\"']\Z", _STRAIGHT),
    )
)
_IN_KEY = (
    (re.compile(rf"(?P<x>{_BLANK})"), _NOTHING),
    (re.compile(rf"(?P<x>{_COLON})"), _SIGN),
    (re.compile(rf"\A(?P<x>{_QUOTE})"), _STRAIGHT),
)
_IN_TEXT = tuple(
    (re.compile(pattern, re.MULTILINE), wanted)
    for pattern, wanted in (
        (r"^[ ]*(?P<x>\t)", _PLAIN),
        (rf"^[ ]*(?P<x>{_BLANK})", _PLAIN),
        *((rf"^[ ]*(?:-[ ]+)*{start.pattern}", wanted) for start, wanted in _AT_START),
        (rf"[{{,][ ]*{_WORD}:(?P<x>{_BLANK})", _PLAIN),
        (rf"[{{,][ ]*{_WORD}[ ]?(?P<x>{_COLON})", _SIGN),
        (rf"(?P<x>{_BLANK})(?=[ ]*(?:\#|:[ ]|:?$))", _NOTHING),
        (rf"[\"'|>:\[\]{{}},-](?P<x>{_BLANK})", _NOTHING),
        (rf"(?:^|: |- |[\[{{,])[ ]*(?P<x>{_QUOTE})", _STRAIGHT),
        (rf"(?P<x>{_QUOTE})(?=[ ]*(?:[:,\]}}]|$))", _STRAIGHT),
    )
)
_IN_FLOW = ((re.compile(rf"(?P<x>{_COMMA})"), '", "'),)

_NAMES = {"\t": "TAB", "\x85": "NEXT LINE"}


@dataclass(frozen=True, slots=True)
class Odd:
    """A letter at an offset of a text, and what should stand there."""

    at: int
    letter: str
    wanted: str

    def __str__(self) -> str:
        return f"has {named(self.letter)} where {self.wanted} is expected"


def named(letter: str) -> str:
    """A letter by its number and its name."""
    return f"U+{ord(letter):04X} ({_NAMES.get(letter) or unicodedata.name(letter, 'no name')})"


def in_plain(raw: str, at: int, is_key: bool, starts_line: bool) -> Odd | None:
    """The first odd letter of something written without quotes, which begins at an offset; letters within a text are fine.

    `starts_line` where a key or an item could have been meant.
    """
    starts = _AT_START if starts_line or is_key else ()
    rules = [*_IN_PLAIN, *(_IN_KEY if is_key else ())]
    found = [_odd(match, at, wanted) for rule, wanted in starts if (match := rule.match(raw))]
    found += [_odd(match, at, wanted) for rule, wanted in rules if (match := rule.search(raw))]
    return min(found, key=_place, default=None) or _in_number(raw, at)


def in_text(text: str, start: int, end: int, in_flow: bool) -> Odd | None:
    """The first odd letter in what the parser could not read, from `start` to before `end`."""
    found = (odd for odd in _all(text, start, in_flow) if start <= odd.at < end)
    return min(found, key=_place, default=None)


def again(text: str, odd: Odd) -> list[Odd]:
    """The same letter in such places further on; empty for letters that mostly stand where they should."""
    if not re.fullmatch(f"{_BLANK}|\t", odd.letter):
        return []
    later = {each.at for each in _all(text, odd.at, False) if each.at > odd.at and each.letter == odd.letter}
    return [replace(odd, at=at) for at in sorted(later)]


def _all(text: str, start: int, in_flow: bool) -> Iterator[Odd]:
    begins = text.rfind("\n", 0, start) + 1
    for rule, wanted in (*_IN_TEXT, *(_IN_FLOW if in_flow else ())):
        yield from (_odd(match, 0, wanted) for match in rule.finditer(text, begins))


def _odd(match: re.Match[str], at: int, wanted: str) -> Odd:
    return Odd(at + match.start("x"), match["x"], wanted)


def _place(odd: Odd) -> int:
    return odd.at


def _in_number(raw: str, at: int) -> Odd | None:
    """The first letter but for which this would be a number."""
    plain = unicodedata.normalize("NFKC", re.sub(_BLANK, "", raw)).replace("\u2212", "-")
    if plain == raw or not plain.isascii() or not _is_number(plain):
        return None
    place = next(k for k, letter in enumerate(raw) if not letter.isascii())
    return Odd(at + place, raw[place], _NUMBER)


def _is_number(word: str) -> bool:
    try:
        return type(resolved(word)) in (int, float)
    except ValueError:
        return False
