"""Ids of a scenario for the names of a domain, and back."""

import re
import unicodedata
from collections.abc import Sequence

from sim.scenario.agenda import CHANGED

LONGEST, LONGEST_MADE = 200, 60
_ID = re.compile(r"[\w-]+")
_STRAY = {"Cc", "Cs", "Cn"}
_OTHER = re.compile(r"[^\w-]+")


def is_clean(text: str) -> bool:
    """Whether a text holds only what a file of every kind can: no control characters, no lone halves of letters."""
    return not any(unicodedata.category(letter) in _STRAY for letter in text)


def ids_of(names: Sequence[str]) -> tuple[str, ...]:
    """An id for each name, all different: the name itself where it can be one, else with `_` for what cannot stand in it."""
    found: list[str] = []
    for name in names:
        plain = _plain(name)
        chosen, n = plain, 2
        while chosen in found or (chosen != name and chosen in names):
            chosen, n = f"{plain}_{n}", n + 1
        found.append(chosen)
    return tuple(found)


def labels_of(ids: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Names for a domain: the texts if an import would give back the same ids, else the ids themselves."""
    usable = len(set(texts)) == len(texts) and all(text.strip() and is_clean(text) for text in texts)
    return tuple(texts) if usable and ids_of(texts) == tuple(ids) else tuple(ids)


def _plain(name: str) -> str:
    if _ID.fullmatch(name) and len(name) <= LONGEST:
        return f"{name}_" if name == CHANGED else name
    return _OTHER.sub("_", name).strip("_")[:LONGEST_MADE] or "x"
