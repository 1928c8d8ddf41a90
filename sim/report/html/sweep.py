"""The report of a sweep, of negotiations or of zones."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.evidence import Evidence
from sim.report.html.document import (
    Document,
    Drawing,
    Item,
    Section,
    Words,
    about_of,
    drawing,
    in_full,
    items_of,
    sections_of,
)
from sim.report.html.made import Made
from sim.report.html.run import UNTITLED
from sim.report.html.sources import owners_of
from sim.report.pictures.choice import completed, completed_of_zones, drawn
from sim.report.pictures.picture import CannotDrawError, Request
from sim.report.sweep import page, zones
from sim.report.sweep.report import SweepReport
from sim.report.sweep.view import sweep_of
from sim.report.wording.layout import blocks_of
from sim.scenario.provenance import numbers

if TYPE_CHECKING:
    from sim.files.result.reader import Result

PARTS = "Each part by itself"
BRIEF = frozenset({"headline", "picture", "points", "along"})


def sweep_document(result: "Result", report: SweepReport, known: Evidence, made: Made) -> Document:
    """What `sim sweep` says of a sweep, what `sim plot` draws of it, and the source of every number."""
    return _document(result, in_full(blocks_of, page.BLOCKS, report), "caveats", known, made)


def ceilings_document(result: "Result", report: zones.Ceilings, known: Evidence, made: Made) -> Document:
    """The same of a sweep that counted zones."""
    return _document(result, in_full(blocks_of, zones.BLOCKS, report), "notes", known, made)


def _document(result: "Result", blocks: dict[str, list[str]], last: str, known: Evidence, made: Made) -> Document:
    _, about = about_of(blocks.pop("title"))
    caution = items_of(blocks.pop(last))
    sections = [_parts(section) for section in sections_of(blocks)]
    at = next((k for k, section in enumerate(sections) if section.name == "points"), 0)
    sections[at:at] = _pictures(result)
    return Document(
        title=result.title,
        about=(Words(result.scenario.summary), *about),
        sections=tuple(sections),
        caution=tuple(caution),
        brief=BRIEF,
        owners=owners_of(result.scenario, numbers(result.scenario, result.overridden), known),
        made=made,
    )


def _parts(section: Section) -> Section:
    """The parts that were varied have a heading each, and one over all of them."""
    if section.name != "parts":
        return section
    return replace(section, title=PARTS, items=(Words(section.title, "heading"), *section.items))


def _pictures(result: "Result") -> list[Section]:
    """What `sim plot` draws where no kind is named, and where runs end along the first part."""
    requests = (Request(),) if result.is_of_zones else (Request(), Request(kind="ends"))
    items: list[Item] = [each for k, asked in enumerate(requests) for each in _drawn(result, asked, f"picture-{k}")]
    return [Section("picture", "Along what varies", tuple(items))] if items else []


def _drawn(result: "Result", asked: Request, name: str) -> list[Item]:
    """A picture and what is worth saying beside it; nothing where it cannot be drawn."""
    try:
        if result.is_of_zones:
            kind, asked = completed_of_zones(result, asked)
            picture = drawn(kind, result, asked)
        else:
            sweep = sweep_of(result)
            kind, asked = completed(sweep, asked)
            picture = drawn(kind, sweep, asked)
    except CannotDrawError:
        return []
    made: Drawing = drawing(picture.draw(sheet=UNTITLED), name, result.title)
    return [made, *map(Words, picture.said)]
