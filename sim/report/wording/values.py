"""Words for the values of a path, as labels of a picture."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sim.analysis.shares.axes import as_number
from sim.report.wording.figures import CAPITALS, spoken
from sim.scenario import Scenario

DIGITS, MOST_DIGITS = 5, 17
"""Digits of a number that is swept: usually, and where values differ in the last one that a computer keeps."""

LONGEST = 60
"""Letters of a value that is a whole block; the rest of it is left out."""

VALUES = {
    ("walk_away", "then"): {"end": "end", "go_on": "go on without it"},
    ("consults",): {"all": "all at once", "alternate": "one at a time"},
    ("agenda",): {"all": "everything"},
}
"""What words mean at the end of a path."""


def values_say(scenario: Scenario, path: str, texts: Sequence[str]) -> list[str]:
    """Several values of a path in words; of whole blocks, only what is not the same in all of them."""
    blocks = [_entries(text) for text in texts]
    if len(texts) < 2 or not all(blocks):
        return [value_says(scenario, path, text) for text in texts]
    own = [[entry for entry in block if not all(entry in other for other in blocks)] for block in blocks]
    return [_shortened(_as_words(", ".join(entries or block))) for entries, block in zip(own, blocks, strict=True)]


def numbers_say(numbers: Sequence[float], digits: int = DIGITS) -> list[str]:
    """Numbers in so many digits, or in as few more as tell those apart that differ."""
    different = set(numbers)
    enough = next(
        (n for n in range(digits, MOST_DIGITS) if len({f"{x:.{n}g}" for x in different}) == len(different)), None
    )
    return [f"{number:.{enough or MOST_DIGITS}g}" for number in numbers]


def ranges_say(ends: Sequence[float]) -> list[str]:
    """Ranges from each end to the next one."""
    return [f"{low} to {high}" for low, high in pairwise(numbers_say(ends, DIGITS - 1))]


def points_say(scenario: Scenario, path: str, texts: Sequence[str]) -> dict[str, str]:
    """The values of a path at design points, as texts in a table: numbers in enough digits, all else in words."""
    different = list(dict.fromkeys(texts))
    numbers = {text: number for text in different if (number := as_number(text)) is not None}
    words = dict(zip(numbers, numbers_say(list(numbers.values())), strict=True))
    return {text: words.get(text) or value_says(scenario, path, text) for text in different}


def _entries(text: str) -> list[str]:
    """The entries of a block written on one line; none for anything else."""
    plain = " ".join(text.split())
    if not (plain.startswith("{") and plain.endswith("}")):
        return []
    depth, entries = 0, [""]
    for letter in plain[1:-1]:
        depth += (letter in "{[") - (letter in "}]")
        if letter == "," and not depth:
            entries.append("")
        else:
            entries[-1] += letter
    return [entry.strip() for entry in entries if entry.strip()]


def _as_words(block: str) -> str:
    plain = re.sub(r"[{}\[\]\"']", "", block).strip().replace("_", " ")
    return re.sub(r"\w+", lambda word: CAPITALS.get(word[0], word[0]), plain)


def value_says(scenario: Scenario, path: str, text: str) -> str:
    """A value, given as YAML text, in words: ids spoken, whole blocks shortened."""
    steps, plain = path.split("."), " ".join(text.split()).strip("\"'")
    known = next((words[plain] for end, words in VALUES.items() if _ends(steps, end) and plain in words), None)
    if known is not None:
        return known
    if plain in scenario.parties:
        return scenario.parties[plain].name
    if plain in {"true", "false"}:
        return {"true": "yes", "false": "no"}[plain]
    if plain in {"null", "~", ""}:
        return "left out"
    if re.fullmatch(r"[\w.+-]+", plain):
        return spoken(plain)
    return _shortened(_as_words(plain))


def _ends(steps: Sequence[str], end: Sequence[str]) -> bool:
    return tuple(steps[-len(end) :]) == tuple(end)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip(' ,:')}\u2026"
