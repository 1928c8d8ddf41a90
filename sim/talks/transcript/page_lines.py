"""Lines of a page: spans of text, some of them bold, and what kind of line it is. Others print them."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "bold", "dim"]
LineForm = Literal["title", "head", "text", "item"]

BULLET = "- "
STEP = 2


@dataclass(frozen=True)
class TextSpan:
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class PageLine:
    """One paragraph, heading or item; not wrapped."""

    spans: tuple[TextSpan, ...]
    form: LineForm = "text"
    indent: int = 0  # steps
    minor: bool = False  # a short view leaves it out

    @property
    def text(self) -> str:
        """Its text without styles."""
        return "".join(span.text for span in self.spans)


def line(*parts: str | TextSpan, form: LineForm = "text", indent: int = 0, minor: bool = False) -> PageLine:
    """A line of plain text and styled spans."""
    return PageLine(
        tuple(part if isinstance(part, TextSpan) else TextSpan(part) for part in parts), form, indent, minor
    )


def bold(text: str) -> TextSpan:
    """Bold text."""
    return TextSpan(text, "bold")


def dim(text: str) -> TextSpan:
    """Text that may stand back."""
    return TextSpan(text, "dim")


def plain_page(lines: Iterable[PageLine], width: int = 80) -> str:
    """As a page of plain text, wrapped, with a blank line before every heading."""
    page: list[str] = []
    for each in lines:
        if each.form in ("title", "head") and page:
            page.append("")
        page += _wrapped(each, width)
    return "\n".join(page) + "\n"


def without_minor(lines: Iterable[PageLine]) -> list[PageLine]:
    """Only what matters most; a heading goes if nothing is left under it."""
    kept: list[PageLine] = []
    for each in (one for one in lines if not one.minor):
        if each.form == "head" and kept and kept[-1].form == "head":
            kept.pop()
        kept.append(each)
    return kept


def _wrapped(each: PageLine, width: int) -> list[str]:
    if each.form == "title":
        return [each.text, "=" * min(len(each.text), width)]
    bullet = BULLET if each.form == "item" else ""
    margin = " " * (STEP * each.indent)
    hanging = margin + " " * (len(bullet) or STEP * (each.indent > 0))
    return textwrap.wrap(
        each.text, width, initial_indent=margin + bullet, subsequent_indent=hanging, break_on_hyphens=False
    )
