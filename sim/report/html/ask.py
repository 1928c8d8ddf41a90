"""The report of a draft that parties were asked about."""

from sim.evidence import Evidence
from sim.report.ask.page import ask_blocks
from sim.report.ask.report import AskReport
from sim.report.html.document import Document, Words, about_of, in_full, items_of, sections_of
from sim.report.html.made import Made
from sim.report.html.sources import owners_of
from sim.scenario.provenance import numbers

BRIEF = frozenset({"headline", "draft", "answers"})


def ask_document(report: AskReport, known: Evidence, made: Made) -> Document:
    """What `sim ask` says, and the source of every number."""
    blocks = in_full(ask_blocks, report)
    _, about = about_of(blocks.pop("title"))
    caution = items_of(blocks.pop("notes"))
    return Document(
        title=f"{report.scenario.title}: a draft",
        about=(Words(report.scenario.summary), *about),
        sections=tuple(sections_of(blocks)),
        caution=tuple(caution),
        brief=BRIEF,
        owners=owners_of(report.scenario, numbers(report.scenario, report.overrides), known),
        made=made,
    )
