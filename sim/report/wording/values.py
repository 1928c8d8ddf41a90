"""Words for the values of a path, as labels of a picture."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sim.analysis.shares.axes import as_number
from sim.files.errors import BadInput, Mark
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.scenario import Scenario
from sim.scenario.names import spoken

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

WRITTEN = {"true": "yes", "false": "no", "null": "left out", "~": "left out", "": "left out"}
"""What words mean wherever they stand."""


def values_say(scenario: Scenario, path: str, texts: Sequence[str]) -> list[str]:
    """Several values of a path in words: numbers in as many digits as tell them apart, of blocks what is not alike in all."""
    numbers = [number for text in texts if (number := as_number(text)) is not None]
    if len(numbers) == len(texts):
        return numbers_say(numbers)
    blocks = [_block(text) for text in texts]
    if len(texts) < 2 or not all(isinstance(block, dict) and block for block in blocks):
        return [value_says(scenario, path, text) for text in texts]
    words, issue = _Words(scenario), _issue_of(scenario, path)
    own = [
        {key: part for key, part in block.items() if not all(key in each and each[key] == part for each in blocks)}
        for block in blocks
    ]
    return [_shortened(words.say(entries or block, issue)) for entries, block in zip(own, blocks, strict=True)]


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


def value_says(scenario: Scenario, path: str, text: str) -> str:
    """A value, given as YAML text, in words: names and labels in place of ids, whole blocks shortened."""
    steps, plain = path.split("."), " ".join(text.split()).strip("\"'")
    known = next((words[plain] for end, words in VALUES.items() if _ends(steps, end) and plain in words), None)
    if known is not None:
        return known
    words, issue = _Words(scenario), _issue_of(scenario, path)
    block = _block(text)
    return _shortened(words.word(plain, issue) if block is None else words.say(block, issue))


class _Words:
    """What ids of a scenario are called where they stand as values."""

    def __init__(self, scenario: Scenario) -> None:
        self.issues = scenario.issues
        parties = scenario.parties.values()
        self.names = {
            **{line.id: line.says for party in parties for line in party.red_lines},
            **{name: issue.title for name, issue in scenario.issues.items()},
            **{name: party.name for name, party in scenario.parties.items()},
        }

    def say(self, data: Any, issue: str | None) -> str:
        """A block in words; under the id of an issue stand its options."""
        if isinstance(data, dict):
            entries = ((self.word(key, issue), self.say(part, self._under(key, issue))) for key, part in data.items())
            return ", ".join(f"{key}: {part}" for key, part in entries)
        if isinstance(data, list):
            return ", ".join(self.say(part, issue) for part in data) or "none"
        return self.word(_written(data), issue)

    def word(self, word: str, issue: str | None) -> str:
        """One word: the label of an option, a name, else the word itself."""
        if issue is not None and word in self.issues[issue].options:
            return self.issues[issue].label(word)
        return self.names.get(word) or WRITTEN.get(word) or (spoken(word) if re.fullmatch(r"[\w.+-]+", word) else word)

    def _under(self, key: str, issue: str | None) -> str | None:
        return key if key in self.issues else issue


def _issue_of(scenario: Scenario, path: str) -> str | None:
    """The issue whose options are the values of a path, if it names one; the first steps may name a party or a lever."""
    first, *steps = path.split(".")
    return next((step for step in reversed(steps[first != "issues" :]) if step in scenario.issues), None)


def _block(text: str) -> Any:
    """The data of a mapping or a list that is written as YAML; None for anything else."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return to_plain(parse_yaml(text, Mark("value"), fixed=True))
    except BadInput:
        return None


def _written(data: Any) -> str:
    if data is None:
        return "null"
    return str(data).lower() if isinstance(data, bool) else str(data)


def _ends(steps: Sequence[str], end: Sequence[str]) -> bool:
    return tuple(steps[-len(end) :]) == tuple(end)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip(' ,:')}\u2026"
