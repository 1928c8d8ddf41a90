"""Fonts for letters that the usual font lacks: those installed on this machine that have them."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

FONT = "DejaVu Sans"  # comes with matplotlib: the same everywhere
REGULAR = 400  # weight


def families(figure: Figure) -> tuple[str, ...]:
    """The usual font, and after it those that have what it lacks of the letters in a figure."""
    return FONT, *_found(_lacking(figure))[0]


def boxed(figures: Iterable[Figure]) -> str:
    """Letters in some figures that no installed font has, each once: boxes stand for them."""
    return "".join(dict.fromkeys(letter for figure in figures for letter in _found(_lacking(figure))[1]))


def scripts(letters: str) -> tuple[str, ...]:
    """The scripts that letters belong to, as Unicode names them; `symbols` for what is no letter."""
    return tuple(dict.fromkeys(map(_script, letters)))


def _script(letter: str) -> str:
    word = unicodedata.name(letter, "").split(" ")[0]
    if not unicodedata.category(letter).startswith(("L", "M")) or not word:
        return "symbols"
    return word if word == "CJK" else word.capitalize()


def _lacking(figure: Figure) -> tuple[str, ...]:
    """Letters in a figure that the usual font lacks, sorted."""
    letters = {letter for text in figure.findobj(Text) if isinstance(text, Text) for letter in text.get_text()}
    usual = _letters_of(findfont(FontProperties(family=FONT)))
    lacking = sorted(letter for letter in letters if ord(letter) not in usual)
    return tuple(letter for letter in lacking if unicodedata.category(letter)[0] not in "CZ")  # the others leave no ink


@lru_cache(maxsize=64)
def _found(letters: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Families that have such letters, as few as will do, and the letters that none has."""
    if not letters:
        return (), ()
    found, left = _chosen(letters)
    if left and _new_fonts():  # matplotlib remembers the fonts that were there when it was first used
        found, left = _chosen(letters)
    return found, left


def _chosen(letters: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known = {name: _letters_of(entry.fname) for name, entry in _candidates().items()}
    chosen: list[str] = []
    left = letters
    while left:
        has = {name: sum(ord(letter) in known[name] for letter in left) for name in known}
        best = max(has, key=lambda name: has[name], default="")
        if not best or not has[best]:
            break
        chosen.append(best)
        left = tuple(letter for letter in left if ord(letter) not in known[best])
    return tuple(chosen), left


def _candidates() -> dict[str, FontEntry]:
    """The upright face of every installed family by its name, those without serifs first; none of matplotlib's own."""
    own = Path(get_data_path())
    entries = [entry for entry in fontManager.ttflist if own not in Path(entry.fname).parents]
    faces: dict[str, FontEntry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.style != "normal", _off(entry), entry.fname)):
        faces.setdefault(entry.name, entry)
    return {name: faces[name] for name in sorted(faces, key=lambda name: ("sans" not in name.lower(), name))}


def _off(entry: FontEntry) -> int:
    return abs(entry.weight - REGULAR) if isinstance(entry.weight, int) else 0


@lru_cache(maxsize=2048)
def _letters_of(path: str) -> frozenset[int]:
    """Code points that a font file has; none where it cannot be read."""
    try:
        return frozenset(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()


def _new_fonts() -> bool:
    """Take in fonts that were installed since matplotlib made its list; whether there are any."""
    known = {entry.fname for entry in fontManager.ttflist}
    new = sorted(set(findSystemFonts()) - known)
    for path in new:
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError):
            continue
    return bool(new)
