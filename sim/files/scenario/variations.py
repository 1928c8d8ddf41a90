"""What a sweep varies: `PATH=SPEC` of `--vary`, or a table of points; texts to values, faults with their places."""

import csv
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.files.errors import VARIED, BadInput, Fault, Mark, bad_file
from sim.files.scenario.overrides import Override
from sim.files.text_files import read_text
from sim.files.yaml.dotted_paths import split
from sim.files.yaml.nodes import parse_yaml
from sim.files.yaml.scalars import Scalar, resolved
from sim.records import Design
from sim.scenario import Scenario, shape
from sim.scenario.problems import FEW, listed, repeated

MOST_VALUES = 100_000
LARGEST = 16 * 1024 * 1024  # bytes of a table of points
FORM = "must be PATH=SPEC, such as parties.us.patience=2:20:10 (low:high:count) or PATH=a,b,c"
_DIGITS = 12  # significant ones of a value between two others: enough, and no rounding dust
_SPREAD = 5  # of a value that is spread over a range: any other would do as well
_OPEN, _CLOSE, _QUOTES = "[{", "]}", "\"'"
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True)
class Variation:
    """One part of a scenario that varies: over a list of values, or over a range."""

    path: str
    text: str
    values: tuple[str, ...] = ()  # as YAML text; none of a range without a count
    low: float = math.nan
    high: float = math.nan
    whole: bool = False  # only whole numbers will do

    @property
    def is_range(self) -> bool:
        """Whether it was given by its ends."""
        return not math.isnan(self.low)

    @property
    def mark(self) -> Mark:
        """Its place in messages: the option as typed."""
        return Mark(f"{VARIED}{self.path}={self.text}")

    def at(self, u: float) -> str:
        """The value at a share u in [0, 1) of the axis, each listed one and each whole number having an equal part."""
        if not self.is_range:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if self.whole:
            return str(int(min(self.low + math.floor(u * (self.high - self.low + 1)), self.high)))
        return f"{self.low + u * (self.high - self.low):.{_SPREAD}g}"


def written(value: float) -> str:
    """A number as YAML text; whole ones without a point."""
    return f"{value:.{_DIGITS}g}"


def plain_values(texts: Sequence[str]) -> list[Any]:
    """Values that were given as YAML text: all of them numbers, or true or false, or else all of them texts."""
    values = [_plain(text) for text in texts]
    if all(isinstance(value, bool) for value in values):
        return values
    if any(isinstance(value, bool | str) for value in values):
        return [value if isinstance(value, str) else text for value, text in zip(values, texts, strict=True)]
    is_whole = all(float(value).is_integer() for value in values if value is not None)
    return [value if value is None else int(value) if is_whole else float(value) for value in values]


def _plain(text: str) -> Scalar:
    """A value as itself; what is no single value stays as it was written."""
    try:
        value = parse_yaml(text, Mark(VARIED)).value if text[:1] in _QUOTES else resolved(text)
    except (BadInput, ValueError):
        return text
    return text if isinstance(value, dict | list) else value


def read_variations(given: Sequence[tuple[str, str] | str]) -> list[Variation]:
    """Axes from `PATH=SPEC` or from pairs: SPEC is `low:high:count`, `low:high` or values with commas.

    Raises:
        BadInput: all that is wrong with their form; whether a scenario has the path is not looked at.
    """
    axes, faults = [], []
    for one in given:
        path, sign, text = (one[0], "=", one[1]) if isinstance(one, tuple) else one.partition("=")
        axis = _axis(path.strip(), text.strip()) if path.strip() and sign and text.strip() else FORM
        if isinstance(axis, str):
            faults.append(Fault(Mark(f"{VARIED}{path}{sign}{text}"), "", axis))
        else:
            axes.append(axis)
    for k in repeated([axis.path for axis in axes]):
        faults.append(Fault(axes[k].mark, "", "another --vary has the same path"))
    if faults:
        raise BadInput(faults)
    return axes


def _axis(path: str, text: str) -> Variation | str:
    parts = _split(text, ",")
    if len(parts) == 1 and len(_split(text, ":")) > 1:
        return _range(path, text)
    if not all(parts):
        return "has an empty value between commas"
    again = repeated([_comparable(part) for part in parts])
    if again:
        return f"gives a value twice (got {parts[again[0]]})"
    return Variation(path, text, tuple(parts))


def _comparable(text: str) -> str:
    """A value as it is compared with others: 0.5 and 0.50 are one."""
    return written(float(text)) if _NUMBER.fullmatch(text) else text


def _range(path: str, text: str) -> Variation | str:
    ends = [part.strip() for part in text.split(":")]
    if len(ends) not in (2, 3) or not all(_NUMBER.fullmatch(end) for end in ends):
        return "a range is low:high:count, all of them numbers"
    low, high = float(ends[0]), float(ends[1])
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return f"the low end of a range must be below its high end (got {ends[0]}:{ends[1]})"
    whole = shape.is_whole(shape.at(Scenario, split(path)))
    if whole and not (low.is_integer() and high.is_integer()):
        return f"takes whole numbers only (got {ends[0]}:{ends[1]})"
    steps = _steps(low, high, ends[2], whole) if len(ends) == 3 else ()
    return steps if isinstance(steps, str) else Variation(path, text, steps, low, high, whole)


def _steps(low: float, high: float, counted: str, whole: bool) -> tuple[str, ...] | str:
    """Evenly spaced values from end to end, or what is wrong with their number."""
    if not counted.isdigit() or not 2 <= int(counted) <= MOST_VALUES:
        return f"the count of a range must be a whole number from 2 to {MOST_VALUES} (got {counted})"
    count = int(counted)
    steps = [written(low + (high - low) * k / (count - 1)) for k in range(count)]
    if not whole or all(float(step).is_integer() for step in steps):
        return tuple(steps)
    fitting = [str(n) for n in range(2, min(int(high - low) + 2, MOST_VALUES)) if (high - low) % (n - 1) == 0]
    return f"takes whole numbers only, which {count} steps do not hit; these counts do: {listed(fitting[:FEW])}"


def _split(text: str, sign: str) -> list[str]:
    """Parts of a text between signs that stand outside brackets and quotes."""
    parts, depth, quote = [""], 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in _QUOTES:
            quote = letter
        else:
            depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == sign and depth <= 0 and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def read_points(path: Path) -> tuple[Design, list[list[Override]]]:
    """Design points of a CSV file, a row each under paths as heads, and the same as overrides that know their places.

    Raises:
        BadInput: the file cannot be read or is no such table; all its faults at once.
    """
    (first, heads), *rows = _table(path) or [(1, [])]
    if not heads or not rows:
        raise bad_file(path, "must have paths in its first line and a design point in each later one")
    paths = [head.strip() for head in heads]
    faults = [_fault(path, first, 0, "two columns have the same path") for _ in repeated(paths)[:1]]
    for line, cells in [(first, heads), *rows]:
        if len(cells) != len(paths):
            faults.append(_fault(path, line, 0, f"has {len(cells)} values under {len(paths)} paths"))
        faults += [_fault(path, line, k, "is empty") for k, cell in enumerate(cells) if not cell.strip()]
    same = repeated(["\0".join(map(_comparable, map(str.strip, cells))) for _, cells in rows])
    faults += [_fault(path, rows[k][0], 0, "is a design point that stands above already") for k in same]
    if len(paths) == 1 and ";" in heads[0]:
        faults = [_fault(path, first, 0, "has semicolons; columns are parted by commas")]
    if faults:
        raise BadInput(faults)
    tops = [Mark(str(path), first, k + 1) for k in range(len(paths))]
    points = [
        [Override(paths[k], cell.strip(), Mark(str(path), line, k + 1), tops[k]) for k, cell in enumerate(cells)]
        for line, cells in rows
    ]
    return Design(tuple(paths), tuple(tuple(one.text for one in point) for point in points)), points


def _fault(path: Path, line: int, column: int, message: str) -> Fault:
    """A fault of one cell; columns of a table count in cells."""
    return Fault(Mark(str(path), line, column + 1), "", message)


def _table(path: Path) -> list[tuple[int, list[str]]]:
    """Rows of a CSV file that are not empty, with their lines."""
    reader = csv.reader(read_text(path, LARGEST).splitlines(), strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadInput([_fault(path, reader.line_num, 0, f"is no CSV: {error}")]) from error
