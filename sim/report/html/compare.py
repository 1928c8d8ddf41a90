"""The report of a comparison."""

from sim.plots import scenario_comparison
from sim.report.compare.data import Comparison
from sim.report.compare.page import BLOCKS
from sim.report.html.document import Document, Section, Words, drawing, in_full, items_of, sections_of
from sim.report.html.made import Made
from sim.report.html.run import UNTITLED
from sim.report.wording.layout import blocks_of

BRIEF = frozenset({"plain words", "picture", "likelihood", "blocking"})


def comparison_document(comparison: Comparison, made: Made) -> Document:
    """What `sim compare` says and draws, with what each scenario plays."""
    title = f"{len(comparison.reports)} scenarios side by side"
    blocks = in_full(blocks_of, BLOCKS, comparison)
    about, caution = [line.strip() for line in blocks.pop("key")], items_of(blocks.pop("caveat"))
    figure = scenario_comparison(comparison.reports, comparison.differences, sheet=UNTITLED)
    plain, *others = sections_of(blocks)
    plays = tuple(Words(f"{report.scenario.title}: {report.scenario.summary}") for report in comparison.reports)
    return Document(
        title=title,
        about=tuple(map(Words, about)),
        sections=(
            plain,
            Section("picture", "Side by side", (drawing(figure, "comparison", title),)),
            *others,
            Section("scenarios", "What each scenario plays", plays),
        ),
        caution=tuple(caution),
        brief=BRIEF,
        made=made,
    )
