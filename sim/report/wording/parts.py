"""What the lines of a page are made of, so that a page of another form need not take them apart again.

The functions of `sim.report.wording.layout` set a part of a page in lines of so many columns. The first of these lines
remembers the part.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A heading or a paragraph."""

    text: str
    at_edge: bool = False  # rather than set in


@dataclass(frozen=True)
class Row:
    """A label, behind its mark, with a figure."""

    label: str
    figure: str
    mark: str = ""


@dataclass(frozen=True)
class Cells:
    """A row of a table, or its heads."""

    cells: tuple[str, ...]
    are_heads: bool = False


@dataclass(frozen=True)
class Group:
    """What the rows of a table that follow have in common."""

    title: str


@dataclass(frozen=True)
class Typed:
    """A command that can be pasted."""

    text: str


Part = Text | Row | Cells | Group | Typed


class Line(str):
    """A line of a page that remembers which part it begins; none where it goes on with the one before."""

    __slots__ = ("part",)

    part: Part | None

    def __new__(cls, text: str, part: Part | None = None) -> "Line":
        """A line that begins a part."""
        line = super().__new__(cls, text)
        line.part = part
        return line


def beginning(part: Part, lines: Iterable[str]) -> list[str]:
    """Lines that a part was set in."""
    return [Line(line, part if k == 0 else None) for k, line in enumerate(lines)]


def parts_of(lines: Iterable[str]) -> Iterator[Part]:
    """The parts that lines were made of; a line that remembers none is a text of its own."""
    for line in lines:
        if not isinstance(line, Line):
            yield Text(line.strip(), at_edge=not line.startswith(" "))
        elif line.part is not None:
            yield line.part
