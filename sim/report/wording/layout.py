"""Lines of a page: paragraphs, rows, tables and commands, in as many columns as the page has."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from sim.report.wording.parts import Cells, Group, Line, Row, Text, Typed, beginning

USUAL = 80
"""Columns of a page where nobody says otherwise: in a file, in a pipe."""

GAP = "  "
LONGEST = 24
"""Columns of the first column of a table, beyond which it gives way to others."""

R = TypeVar("R")

_columns: ContextVar[int] = ContextVar("columns", default=USUAL)


def page_width() -> int:
    """Columns of the page that is being written."""
    return _columns.get()


@contextmanager
def wide(columns: int) -> Iterator[None]:
    """Pages have so many columns; who prints knows how many there are, pages do not ask."""
    before = _columns.set(columns)
    try:
        yield
    finally:
        _columns.reset(before)


def blocks_of(blocks: Mapping[str, Callable[[R], Iterable[str]]], report: R) -> dict[str, list[str]]:
    """The blocks of a page in lines, by their names; those that have nothing to say are left out."""
    return {name: lines for name, block in blocks.items() if (lines := list(block(report)))}


def page_of(blocks: Iterable[Iterable[str]]) -> str:
    """Blocks of lines as a page, a blank line between them."""
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def wrap(text: str, indent: str = "  ", hang: str = "  ") -> list[str]:
    """A paragraph, its later lines set in further; a figure and its per cent sign stay on one line."""
    tied = text.replace(" %", "\u00a0%")
    lines = textwrap.wrap(tied, page_width(), initial_indent=indent, subsequent_indent=indent + hang)
    return beginning(Text(text.strip(), not indent), (line.replace("\u00a0", " ") for line in lines))


def paragraph(text: str) -> list[str]:
    """A paragraph whose lines all begin at the edge."""
    return wrap(text, "", "")


def overridden(overrides: Mapping[str, str]) -> Iterator[str]:
    """What was set otherwise than in the file, a paragraph each."""
    for path, value in overrides.items():
        yield from wrap(f"with {path} = {value}")


def letter(k: int) -> str:
    """The letter by which a page calls the k-th thing that varies."""
    return chr(ord("A") + k % 26)


def folded(page: str) -> str:
    """A page whose lines that are still too long are broken, such as a heading on a narrow page; commands stay whole."""
    return "\n".join(part for line in page.split("\n") for part in _fold(line))


def _fold(line: str) -> list[str]:
    words = line.lstrip()
    if len(line) <= page_width() or " " not in words:
        return [line]
    margin = " " * (len(line) - len(words))
    return textwrap.wrap(
        words, page_width(), initial_indent=margin, subsequent_indent=f"{margin}{GAP}", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def row(label: str, figure: str, mark: str = "") -> list[str]:
    """A label, behind its mark, with a figure set at the right-hand edge of its first line."""
    room = page_width() - len(mark) - len(figure) - 4
    lines = textwrap.wrap(label, room) or [""]
    first = f"  {mark}{lines[0]:<{room}}  {figure}".rstrip()
    hang = " " * (len(mark) or 2)
    return beginning(Row(label, figure, mark.strip()), [first, *(f"  {hang}{line}" for line in lines[1:])])


def command(text: str, indent: str) -> list[str]:
    """A command that can be pasted, on as many lines as it needs; arguments stay whole."""
    lines = [""]
    for word in re.findall(r"(?:'[^']*'|\S)+", text):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(indent) + len(GAP) + len(longer) + 2 > page_width():
            lines.append(word)
        else:
            lines[-1] = longer
    first, *others = lines
    told = [_set_in(first, len(indent)), *(_set_in(line, len(indent) + len(GAP)) for line in others)]
    return beginning(Typed(text), [*(f"{line} \\" for line in told[:-1]), told[-1]])


def _set_in(line: str, indent: int) -> str:
    """A line set in by so many columns, by fewer where an argument is too long for that."""
    return " " * max(0, min(indent, page_width() - len(line) - 2)) + line


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], gap: str = GAP) -> Iterator[str]:
    """Rows of cells under heads of one or more lines, each column as wide as it needs.

    The first column is cut where the page is too narrow for it; the others are set to the right.
    """
    columns = [[*head.split("\n"), *cells] for head, *cells in zip(heads, *rows, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    widths[0] = max(1, min(widths[0], page_width() - len(GAP) - sum(len(gap) + width for width in widths[1:])))

    def line(cells: Sequence[str]) -> str:
        rest = (f"{gap}{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True))
        return f"{GAP}{_cut(cells[0], widths[0]):<{widths[0]}}{''.join(rest)}".rstrip()

    yield from beginning(Cells(tuple(map(_on_one_line, heads)), are_heads=True), map(line, _head_lines(heads)))
    yield from (Line(line(row), Cells(tuple(row))) for row in rows)


def group(title: str) -> list[str]:
    """What rows of a table that follow have in common, on lines between them."""
    return beginning(Group(title), wrap(title))


def in_parts(heads: Sequence[str], rows: Sequence[Sequence[str]], gap: str = GAP) -> Iterator[str]:
    """A table that is too wide for the page as several, one under the other, each with the first column."""
    widths = [width_of([head], [[row[k]] for row in rows], gap) for k, head in enumerate(heads)]
    first, room = min(widths[0], LONGEST), page_width() - len(GAP)
    parts: list[list[int]] = [[]]
    for k in range(1, len(heads)):
        if parts[-1] and first + sum(widths[j] for j in parts[-1]) + widths[k] > room:
            parts.append([])
        parts[-1].append(k)
    for part in parts:
        kept = (0, *part)
        yield from table([heads[k] for k in kept], [[row[k] for k in kept] for row in rows], gap)


def width_of(heads: Sequence[str], rows: Sequence[Sequence[str]], gap: str = GAP) -> int:
    """How wide a page a table needs so that nothing is cut."""
    columns = [[*head.split("\n"), *cells] for head, *cells in zip(heads, *rows, strict=True)]
    return sum(len(gap) + max(map(len, column)) for column in columns)


def _head_lines(heads: Sequence[str]) -> list[list[str]]:
    """Heads as lines of cells, their last lines level."""
    parts = [head.split("\n") for head in heads]
    tall = max(map(len, parts))
    lines = [[""] * (tall - len(part)) + part for part in parts]
    return [list(cells) for cells in zip(*lines, strict=True) if any(cells)]


def _on_one_line(head: str) -> str:
    """A head without its breaks; a word that was broken is whole again, one with a hyphen of its own keeps it."""
    return re.sub(r"-\n(?=[a-z])", "", head).replace("-\n", "-").replace("\n", " ").strip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(0, width - 3)]}..."
