"""The report of exact answers."""

from dataclasses import replace

from sim.evidence import Evidence
from sim.plots import pareto_frontier
from sim.report.html.document import Document, Section, Words, about_of, drawing, in_full, items_of, sections_of
from sim.report.html.made import Made
from sim.report.html.run import UNTITLED
from sim.report.html.sources import owners_of
from sim.report.pictures.frontier import frontier_of
from sim.report.zopa.data import frontier_rows
from sim.report.zopa.page import zopa_blocks
from sim.report.zopa.report import ZoneReport
from sim.scenario.provenance import numbers

WHETHER = "Whether a deal exists"
LONG = ("packages", "solutions")
"""First words of the names of blocks that a brief leaves out."""


def zopa_document(report: ZoneReport, known: Evidence, made: Made) -> Document:
    """What `sim zopa` says, the frontier as a picture, and the source of every number."""
    title = report.scenario.title
    blocks = in_full(zopa_blocks, report)
    _, about = about_of(blocks.pop("title"))
    caution = items_of(blocks.pop("notes"))
    first, *others = sections_of(blocks)
    sections = [replace(first, title=WHETHER), *others]
    if frontier_rows(report):
        figure = pareto_frontier(frontier_of(report.scenario, report.answer.deal(), title), sheet=UNTITLED)
        sections.append(Section("frontier", "Packages that no other one beats", (drawing(figure, "frontier", title),)))
    return Document(
        title=title,
        about=(Words(report.scenario.summary), *about),
        sections=tuple(sections),
        caution=tuple(caution),
        brief=frozenset(section.name for section in sections if section.name.split()[0] not in LONG),
        owners=owners_of(report.scenario, numbers(report.scenario, report.overrides), known),
        made=made,
    )
