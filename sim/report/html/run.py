"""The report of one study of one scenario."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sim.evidence import Evidence
from sim.plots import Sheet, pictures
from sim.report import Report
from sim.report.html.document import (
    Document,
    Fold,
    Section,
    Words,
    about_of,
    anchors,
    drawing,
    in_full,
    items_of,
    sections_of,
)
from sim.report.html.made import Made
from sim.report.html.sources import owners_of
from sim.report.run.page import BLOCKS
from sim.report.timeline.picture import timeline_picture
from sim.report.wording.draws import number_says
from sim.report.wording.figures import counted, line_says
from sim.report.wording.layout import blocks_of
from sim.scenario.timeline import Timeline

if TYPE_CHECKING:
    from sim.game import Game
    from sim.talks.transcript.entries import Transcript

UNTITLED = Sheet(titled=False)
BRIEF = frozenset({"earlier talks", "headline", "picture", "likelihood", "blocking", "movers"})
LAST = "sources"
"""The block that ends the page: what numbers rest on, and that figures are conditional."""


def run_document(
    report: Report, game: "Game", transcript: "Transcript", known: Evidence, made: Made,
    timelines: Mapping[str, Timeline] = MappingProxyType({}),
) -> Document:  # fmt: skip
    """What `sim run` says and draws of a study, with every number's source, positions over time and one run in words."""
    from sim.talks.transcript.page import lines

    title = report.scenario.title
    drawn = {
        name: drawing(figure, name, title) for name, figure in pictures(report, game, transcript, UNTITLED).items()
    }
    blocks = in_full(blocks_of, BLOCKS, report)
    _, about = about_of(blocks.pop("title"))
    caution = items_of(blocks.pop(LAST))
    sections = [
        replace(section, items=(*section.items, drawn["ends"])) if section.name == "ends" else section
        for section in sections_of(blocks)
    ]
    at = next(k for k, section in enumerate(sections) if section.name == "likelihood")
    sections.insert(
        at, Section("picture", f"How likely by the end of each {report.scenario.round}", (drawn["likelihood"],))
    )
    sections += _positions(timelines)
    sections.append(Section("negotiation", "One negotiation out of many", (drawn["dance"],)))
    return Document(
        title=title,
        about=(Words(report.scenario.summary), *about),
        sections=tuple(sections),
        caution=tuple(caution),
        brief=BRIEF,
        owners=owners_of(report.scenario, report.entries, known),
        links=_links(report),
        transcript=tuple(lines(transcript, report.scenario)),
        made=made,
    )


def _positions(timelines: Mapping[str, Timeline]) -> list[Section]:
    """What each party had put forward by when, and who said so, a fold for each."""
    folds = [_of_party(party, timeline) for party, timeline in timelines.items() if timeline.said or timeline.held]
    return [Section("positions", "Positions over time", tuple(folds))] if folds else []


def _of_party(party: str, timeline: Timeline) -> Fold:
    figure = timeline_picture(timeline, UNTITLED)
    drawn = [drawing(figure, f"positions-{party}")] if figure is not None else []
    said = [Words(f"{one.on}: {one.claim.text} [{one.reference}, {one.claim.by}]") for one in timeline.said]
    return Fold(f"{timeline.name_of(party)}: {counted(len(said), 'claim')}", (*drawn, *said))


def _links(report: Report) -> dict[str, str]:
    """Where the number stands that a row of the page is about, by the label of the row."""
    places = anchors([entry.path for entry in report.entries])
    owned = {line.id: name for name, party in report.scenario.parties.items() for line in party.red_lines}
    movers = {number_says(report.scenario, one.draw): one.path for one in report.summary.influences}
    lines = {
        line_says(report.scenario, line): f"parties.{owner}.red_lines.{line}.firmness" for line, owner in owned.items()
    }
    return {label: places[path] for label, path in (lines | movers).items() if path in places}
