"""What a report holds, whatever it is a report of."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal, ParamSpec, TypeGuard

from sim.plots import Figure, inline_svg
from sim.report.wording.layout import wide
from sim.report.wording.parts import Cells, Group, Part, Row, Typed, parts_of
from sim.talks.transcript.page_lines import PageLine

P = ParamSpec("P")

ROOM = 4000
"""Columns of a page whose lines are not printed: enough that nothing is cut or broken."""

USUAL_WIDTH = 7.5
"""Inches of a picture that is no wide one."""

ENDS = (".", "!")
"""Ends of a paragraph; a line at the edge of a page that ends otherwise is a heading."""


@dataclass(frozen=True)
class Words:
    """A paragraph, a heading inside a section, or a command that can be typed."""

    text: str
    form: Literal["paragraph", "heading", "command"] = "paragraph"


@dataclass(frozen=True)
class Figures:
    """Labels with a figure each."""

    rows: tuple[Row, ...]
    form: str = "figures"


@dataclass(frozen=True)
class Grid:
    """A table under heads, in which rows may stand in groups."""

    heads: tuple[str, ...]
    rows: tuple[Cells | Group, ...]
    is_of_words: bool = False  # rather than of figures
    form: str = "grid"


@dataclass(frozen=True)
class Drawing:
    """A picture as an SVG element, and its caption."""

    svg: str
    caption: str
    is_wide: bool = False
    form: str = "drawing"


@dataclass(frozen=True)
class Fold:
    """What a reader opens to see, under a line that says what it is; it is printed only when it is open."""

    title: str
    items: "tuple[Words | Drawing, ...]"
    form: str = "fold"


Item = Words | Figures | Grid | Drawing | Fold


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    name: str
    title: str
    items: tuple[Item, ...]

    @property
    def short(self) -> str:
        """The heading without what explains it."""
        return self.title[: _explained_from(self.title)]

    @property
    def explained(self) -> str:
        """What explains the heading, or nothing."""
        return self.title[_explained_from(self.title) :]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"section-{self.name.replace(' ', '-')}"


def _explained_from(title: str) -> int:
    """Where a heading begins to be explained: at its first bracket, colon or comma."""
    return min((at for mark in (" (", ": ", ", ") if (at := title.find(mark)) > 0), default=len(title))


@dataclass(frozen=True)
class Quoted:
    """A claim that a number rests on, with the source that makes it."""

    reference: str
    text: str
    source: str


@dataclass(frozen=True)
class KnownNumber:
    """A number with what it rests on."""

    anchor: str
    says: str
    value: str
    rests_on: str
    why: str
    claims: tuple[Quoted, ...]


@dataclass(frozen=True)
class Owner:
    """Whose numbers they are, and how many rest on what."""

    name: str
    counted: str
    numbers: tuple[KnownNumber, ...]


@dataclass(frozen=True)
class Document:
    """A report."""

    title: str
    about: tuple[Item, ...]  # under the title
    sections: tuple[Section, ...]
    caution: tuple[Item, ...] = ()  # what to bear in mind
    brief: frozenset[str] = frozenset()  # names of the sections that a brief keeps
    owners: tuple[Owner, ...] = ()
    doubt: str = ""  # why sources may not be those that were known
    links: Mapping[str, str] = field(default_factory=dict)  # label of a figure: anchor of the number that it is of
    transcript: tuple[PageLine, ...] = ()
    made: tuple[tuple[str, str], ...] = ()  # how, as labels and texts

    def briefly(self) -> "Document":
        """Only what a brief keeps, without sources and transcript."""
        kept = tuple(section for section in self.sections if section.name in self.brief)
        return replace(self, sections=kept, owners=(), links={}, transcript=())


def is_heading(item: Item) -> TypeGuard[Words]:
    """Whether an item is a heading."""
    return item.form == "heading"


def sections_of(blocks: Mapping[str, Iterable[str]]) -> list[Section]:
    """The blocks of a page as sections; one that begins without a heading goes on with the section before."""
    found: list[Section] = []
    for name, lines in blocks.items():
        first, *others = items_of(lines)
        if is_heading(first) or not found:
            title, items = (first.text, others) if is_heading(first) else ("", [first, *others])
            found.append(Section(name, title, tuple(items)))
        else:
            found[-1] = replace(found[-1], items=(*found[-1].items, first, *others))
    return found


def items_of(lines: Iterable[str]) -> list[Item]:
    """Lines of a page as items."""
    return list(_gathered(list(parts_of(lines))))


def about_of(lines: Iterable[str]) -> tuple[list[Item], list[Item]]:
    """The first item of a page, its title, and what is said of the whole under it: no heading is among that."""
    first, *others = items_of(lines)
    return [first], [Words(each.text) if is_heading(each) else each for each in others]


def _gathered(parts: list[Part]) -> Iterator[Item]:
    """Rows that follow each other as one item, all else as it stands."""
    k = 0
    while k < len(parts):
        part = parts[k]
        alike = _run_of(parts, k)
        if isinstance(part, Row):
            yield Figures(tuple(each for each in alike if isinstance(each, Row)))
        elif isinstance(part, Cells | Group):
            heads = part.cells if isinstance(part, Cells) and part.are_heads else ()
            rows = tuple(each for each in alike if isinstance(each, Cells | Group))
            yield Grid(heads, rows[1:] if heads else rows)
        elif isinstance(part, Typed):
            yield Words(part.text, "command")
        elif part.text:
            leads = part.at_edge and not part.text.endswith(ENDS)
            yield Words(part.text, "heading" if leads else "paragraph")
        k += len(alike)


def _run_of(parts: list[Part], start: int) -> list[Part]:
    """The part at a place with those that follow and belong to the same table."""
    kinds = next((kinds for kinds in ((Row,), (Cells, Group)) if isinstance(parts[start], kinds)), ())
    end = start + 1
    while kinds and end < len(parts) and isinstance(parts[end], kinds) and not _has_heads(parts[end]):
        end += 1
    return parts[start:end]


def _has_heads(part: Part) -> bool:
    return isinstance(part, Cells) and part.are_heads


def in_full(write: Callable[P, dict[str, list[str]]], *arguments: P.args, **named: P.kwargs) -> dict[str, list[str]]:
    """The blocks of a page as a function writes them, in lines so long that nothing is cut or left out."""
    with wide(ROOM):
        return write(*arguments, **named)


def drawing(figure: Figure, name: str, title: str = "") -> Drawing:
    """A picture of a report; `title` is that of the report, which its caption need not repeat."""
    says = str(figure.get_label())
    return Drawing(inline_svg(figure, name, says), says.removeprefix(f"{title}. "), figure.get_figwidth() > USUAL_WIDTH)


def anchors(paths: Collection[str]) -> dict[str, str]:
    """The place in a report of each number, by its path."""
    return dict(zip(paths, (f"number-{k}" for k in count(1)), strict=False))
