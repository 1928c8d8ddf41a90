"""What all results have: the page, the data, tables, a picture, and what a notebook shows."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from sim.api.arguments import whole
from sim.api.errors import tells_errors
from sim.files.errors import bad_option

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.api.questions.pictures import Chosen
    from sim.plots import Figure, Sheet

Size = str | tuple[float, float] | None
"""Of a picture: inches as (width, height), or a text such as "8x5" or "16x10cm"."""

NARROWEST, USUAL, WIDEST = 40, 80, 400
"""Columns of a page at the least, where nobody says how many, and at the most."""


@dataclass(frozen=True)
class Brief:
    """What a notebook shows of a result: a title, sentences, and a small table."""

    title: str
    sentences: Sequence[str]
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""


class ShownResult(ABC):
    """An answer, as page, data, table and picture. The same figures everywhere."""

    __slots__ = ()

    @abstractmethod
    def _data(self) -> dict[str, Any]:
        """The data, perhaps with tuples."""

    @abstractmethod
    def _page(self) -> str:
        """The page, in as many columns as pages have now."""

    @abstractmethod
    def _tables(self) -> "Mapping[str, Callable[[], DataFrame]]":
        """Its tables by name, the one first that is meant where none is named."""

    @abstractmethod
    def _brief(self) -> Brief:
        """What a notebook shows."""

    def data(self) -> dict[str, Any]:
        """Everything that the page says as plain data: what the command prints with `--json`."""
        plain: dict[str, Any] = json.loads(json.dumps(self._data(), allow_nan=False))
        return plain

    @tells_errors
    def text(self, width: int = USUAL) -> str:
        """The page that the command prints, in `width` columns, 40 to 400.

        Raises:
            SimError: there is no such width.
        """
        from sim.files.printable import printable
        from sim.report.wording.layout import folded, wide

        with wide(whole("width", width, NARROWEST, WIDEST)):
            return printable(folded(self._page())).rstrip("\n") + "\n"

    @tells_errors
    def frame(self, table: str | None = None) -> "DataFrame":
        """A table of it, made anew at each call: change it as you like. The class says which tables there are.

        Raises:
            SimError: there is no table of that name.
        """
        from sim.scenario.problems import unknown

        tables = self._tables()
        name = next(iter(tables)) if table is None else str(table)
        if name not in tables:
            raise bad_option("table", unknown("table", name, tables))
        return tables[name]()

    def _repr_html_(self) -> str:
        return as_html(self._brief())


def as_html(brief: Brief) -> str:
    """A title, sentences and a small table as HTML: every text of the scenario shows as text."""
    parts = [f"<h4>{_safe(brief.title)}</h4>"]
    parts += [f"<p>{_safe(' '.join(brief.sentences))}</p>"] if brief.sentences else []
    if brief.rows:
        head = "".join(f'<th scope="col" style="text-align: left">{_safe(each)}</th>' for each in brief.head)
        rows = "".join(f"<tr>{_row(cells)}</tr>" for cells in brief.rows)
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    parts += [f"<p><small>{_safe(brief.note)}</small></p>"] if brief.note else []
    return f"<div>{''.join(parts)}</div>"


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    left = f'<th scope="row" style="text-align: left; font-weight: normal">{_safe(first)}</th>'
    return left + "".join(f'<td style="text-align: left">{_safe(cell)}</td>' for cell in others)


def _safe(text: str) -> str:
    from sim.files.printable import printable

    return escape(printable(text))


def frame_of(rows: Iterable[Mapping[str, Any]], columns: str = "") -> "DataFrame":
    """Rows of plain data as a table; without any it has these columns all the same, so that what asks for them works."""
    from pandas import DataFrame

    found = list(rows)
    return DataFrame(found) if found else DataFrame(columns=columns.split())


def share_columns(name: str, share: Any) -> dict[str, float]:
    """A share with the ends of its interval, as columns."""
    return {name: share.estimate, f"{name}_low": share.low, f"{name}_high": share.high}


def check_kind(kind: str | None, *kinds: str) -> None:
    """BadInput where a picture is of no kind that a result has."""
    from sim.scenario.problems import unknown

    if kind is not None and kind not in kinds:
        raise bad_option("--kind", unknown("kind of picture", str(kind), kinds))


def drawn(choose: "Callable[[], Chosen]", size: Size, title: bool) -> "Figure":
    """A picture of runs or zones, as `sim plot` draws it.

    Raises:
        BadInput: there is no such picture, or it does not fit its size.
    """
    from sim.api.python_front import front
    from sim.api.questions.pictures import on_sheet, sheet_of
    from sim.report.pictures.picture import CannotDrawError

    sheet = sheet_of(_size(size), title)
    try:
        chosen = choose()
        front(False).ready(*chosen.kind.compiled)
        _, figure = on_sheet(sheet, chosen.picture())
    except CannotDrawError as cannot:
        raise bad_option("", str(cannot)) from None
    return checked(figure)


def on_page(draw: "Callable[[Sheet], Figure | None]", size: Size, title: bool, why_none: str = "") -> "Figure":
    """A picture that takes a sheet; BadInput where it does not fit its size, or where there is none, and why."""
    from sim.api.questions.pictures import sheet_of
    from sim.plots import TooSmallError

    try:
        figure = draw(sheet_of(_size(size), title))
    except TooSmallError as small:
        raise bad_option("--size", str(small)) from None
    if figure is None:
        raise bad_option("", f"nothing to draw, {why_none}")
    return checked(figure)


def checked(figure: "Figure") -> "Figure":
    """A picture, with a warning where no font has some of its letters."""
    from sim.api.errors import warn
    from sim.api.questions.pictures import boxes_say

    said = boxes_say([figure])
    if said:
        warn(said)
    return figure


def _size(size: Size) -> str | None:
    if size is None or isinstance(size, str):
        return size
    return "x".join(str(side) for side in size) if isinstance(size, tuple | list) else str(size)
