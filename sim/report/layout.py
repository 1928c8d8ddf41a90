"""Lines of a page of at most 80 columns: paragraphs, rows and tables."""

import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 80
GAP = "  "


def wrap(text: str, indent: str = "  ", hang: str = "  ") -> list[str]:
    """A paragraph, its later lines set in further; a figure and its per cent sign stay on one line."""
    tied = text.replace(" %", "\u00a0%")
    lines = textwrap.wrap(tied, WIDTH, initial_indent=indent, subsequent_indent=indent + hang)
    return [line.replace("\u00a0", " ") for line in lines]


def row(label: str, figure: str, mark: str = "") -> list[str]:
    """A label, behind its mark, with a figure set at the right-hand edge of its first line."""
    room = WIDTH - len(mark) - len(figure) - 4
    lines = textwrap.wrap(label, room) or [""]
    first = f"  {mark}{lines[0]:<{room}}  {figure}".rstrip()
    hang = " " * (len(mark) or 2)
    return [first, *(f"  {hang}{line}" for line in lines[1:])]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], gap: str = GAP) -> Iterator[str]:
    """Rows of cells under heads of one or more lines, each column as wide as it needs.

    The first column is cut where the page is too narrow for it; the others are set to the right.
    """
    columns = [[*head.split("\n"), *cells] for head, *cells in zip(heads, *rows, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    widths[0] = max(1, min(widths[0], WIDTH - len(GAP) - sum(len(gap) + width for width in widths[1:])))
    for cells in (*_head_lines(heads), *rows):
        first = _cut(cells[0], widths[0])
        rest = (f"{gap}{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True))
        yield f"{GAP}{first:<{widths[0]}}{''.join(rest)}".rstrip()


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


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(0, width - 3)]}..."
