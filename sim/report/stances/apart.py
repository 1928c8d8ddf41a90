"""What `sim stances` tells apart from reported answers, in no score: own proposals put back, and negative controls."""

import textwrap
from collections.abc import Iterable, Iterator

from sim.analysis.validation.answer_probabilities import Answer
from sim.analysis.validation.controls import SELDOM, Controlled
from sim.analysis.validation.own_proposals import PutBack
from sim.evidence import Inquiry
from sim.report.stances.asked import StanceReport, by_reason
from sim.report.stances.why import why_refused, why_taken
from sim.report.wording.figures import interval, percent
from sim.report.wording.layout import USUAL, page_width, paragraph, wrap
from sim.scenario import Scenario

ID, SHARE, SHORT = 12, 25, 10  # widest id; widths of columns
SELDOM_SAID = f"{100 * SELDOM:.0f} %"

OWN = (
    "Own proposals, put back to who made them. As tabled: what a proposal leaves open is as its author's position has it, "
    "as where the author tables it, and all of the author's red lines count. Bare: what it leaves open is as it holds. A "
    "party that turns down its own text contradicts itself, unless no deal is worth more to it. That it turns down the bare "
    "words is no contradiction: it shows how much it has left unsaid. No score counts these. ! marks an own text that the "
    "model calls less likely taken than not."
)
CONTROLS = (
    "Negative controls: packages that their party would not sign as they stand, as the claims beside them say. Nobody put "
    "them forward, they are no reported answers, and no score counts them. A good model takes each of them in under "
    f"{SELDOM_SAID} of worlds; ! marks those that this one takes more often."
)


def own_part(report: StanceReport) -> list[str]:
    """The part of the page on own proposals, with why one is turned down; nothing where there are none."""
    if not report.own():
        return []
    ids = _widest(each.stance for each in report.own())
    lines = ["", *paragraph(OWN), _row("id", "party", _own_cells("as tabled", "bare"), ids)]
    for group in report.asked:
        for each in group.own:
            lines += _own_rows(group.scenario, each, ids)
    return [*lines, *paragraph(own_comes_to(report))]


def own_comes_to(report: StanceReport) -> str:
    """How many own proposals their authors take, in a sentence."""
    own = report.own()
    tabled, bare = sum(each.is_taken() for each in own), sum(each.bare.takes() >= 0.5 for each in own)
    return f"Taken in at least half of worlds: {tabled} of {len(own)} as tabled, {bare} of {len(own)} bare."


def controls_part(report: StanceReport) -> list[str]:
    """The part of the page on controls, with why those that are taken are; nothing where there are none."""
    lines: list[str] = []
    if report.controls():
        ids = _widest(each.control for each in report.controls())
        lines = ["", *paragraph(CONTROLS), _row("id", "party", _control_cells("asked in", "taken"), ids)]
        for group in report.asked:
            for each in group.controls:
                lines += _control_rows(group.scenario, each, ids)
        lines += paragraph(controls_come_to(report))
    for why, left_out in by_reason(report.controls_not_asked).items():
        lines += ["", *paragraph(f"Controls not asked: {', '.join(left_out)} ({why})")]
    return lines


def controls_come_to(report: StanceReport) -> str:
    """How many controls are taken seldom, in a sentence."""
    controls = report.controls()
    down = sum(each.is_turned_down() for each in controls)
    return f"Taken in under {SELDOM_SAID} of worlds: {down} of {len(controls)}."


def _widest(asked: Iterable[Inquiry]) -> int:
    return min(ID, max(len(one.id) for one in asked))


def _row(name: str, party: str, cells: str, ids: int, mark: str = " ") -> str:
    shown = name if len(name) <= ids else f"{name[: ids - 1]}…"
    return f"{mark} {shown:<{ids}} {party:<{_room(ids)}} {cells}"


def _room(ids: int) -> int:
    """Width that the other columns leave for the name of the party."""
    return max(SHORT, page_width() - ids - len(_own_cells("", "")) - 4)


def _wide() -> int:
    """Width of the column of the main share: a narrow page has no room for its interval."""
    return SHARE if page_width() >= USUAL else SHORT


def _own_cells(tabled: str, bare: str) -> str:
    return f"{tabled:>{_wide()}} {bare:>{SHORT}}"


def _control_cells(date: str, taken: str) -> str:
    return f"{date:>{SHORT}} {taken:>{_wide()}}"


def _share(answer: Answer) -> str:
    share = answer.share()
    return f"{percent(share)} ({interval(share)})" if page_width() >= USUAL else percent(share)


def _own_rows(scenario: Scenario, each: PutBack, ids: int) -> Iterator[str]:
    why = "" if each.is_taken() else why_refused(scenario, each.stance.party, each.tabled)
    yield from _rows(scenario, each.stance, _own_cells(_share(each.tabled), percent(each.bare.share())), ids, why)


def _control_rows(scenario: Scenario, each: Controlled, ids: int) -> Iterator[str]:
    why = "" if each.is_turned_down() else f"taken too often: {why_taken(scenario, each.control.party, each.answer)}"
    yield from _rows(scenario, each.control, _control_cells(scenario.date or "", _share(each.answer)), ids, why)


def _rows(scenario: Scenario, asked: Inquiry, cells: str, ids: int, why: str) -> Iterator[str]:
    name, *others = textwrap.wrap(scenario.parties[asked.party].name, _room(ids))
    yield _row(asked.id, name, cells, ids, "!" if why else " ")
    yield from (f"{'':<{ids + 3}}{rest}" for rest in others)
    yield from wrap(asked.about, " " * (ids + 3), "")
    if why:
        yield from wrap(f"{why}.", " " * (ids + 5), "")
