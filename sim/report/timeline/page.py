"""Positions over time as a page: all of it by issue, or what changed between two days."""

import re
from collections.abc import Iterator, Sequence

from sim.evidence import Stance
from sim.report.wording.figures import counted
from sim.report.wording.layout import paragraph
from sim.report.wording.layout import wrap as wrap_anywhere
from sim.report.wording.numbers import class_text
from sim.report.wording.paths import path_says
from sim.scenario.dated_changes import Between, NumberChange, PositionChange
from sim.scenario.party import Stand
from sim.scenario.provenance import Entry
from sim.scenario.timeline import DatedWorld, Held, Said, Timeline

NOTHING, OFF = "nothing put forward", "not on the agenda"
ABOUT = (
    "A claim counts for the party and the issue that it names, on its own day or that of its article. A position is what the "
    "scenario of a date says that the party had put forward by then; nothing is filled in between dates."
)
ANSWERS = {"accept": "takes", "reject": "refuses", "open": "leaves open", "proposes": "proposes"}

JOINED = re.compile(r"(?<=\w)-(?=\w)")


def wrap(text: str, indent: str = "  ", hang: str = "    ") -> list[str]:
    """A paragraph in which no date and no name of a claim is broken."""
    return [line.replace("\u2011", "-") for line in wrap_anywhere(JOINED.sub("\u2011", text), indent, hang)]


def timeline_page(timeline: Timeline) -> str:
    """Who said what when, issue by issue, with the position of each party by date."""
    blocks = ["\n".join(_head(timeline))]
    blocks += ["\n".join(_issue(timeline, issue)) for issue in timeline.issues()]
    return "\n\n".join(blocks) + "\n"


def _head(timeline: Timeline) -> Iterator[str]:
    dates = ", ".join(world.date for world in timeline.worlds)
    said = f"{counted(len(timeline.said), 'claim')}, {counted(len(timeline.answers), 'answer')} to proposals"
    yield from wrap(f"Positions over time{_whose(timeline)}: {said}; scenarios of {dates}", "")
    yield from paragraph(ABOUT)


def _whose(timeline: Timeline) -> str:
    party, issue = timeline.chosen.party, timeline.chosen.issue
    of = f" of {timeline.name_of(party)}" if party else ""
    return of + (f" on {timeline.title_of(issue)}" if issue else "")


def _issue(timeline: Timeline, issue: str) -> Iterator[str]:
    yield timeline.title_of(issue)
    for held in timeline.held:
        if held.issue == issue:
            yield from wrap(f"{timeline.name_of(held.party)}: {_positions(timeline, held)}")
    for one in [*_claims_of(timeline, issue), *_answers_of(timeline, issue)]:
        yield from one


def _positions(timeline: Timeline, held: Held) -> str:
    """The position at each date at which it is another than before."""
    told = ((timeline.worlds[k], held.stands[k]) for k in held.changes())
    return "; ".join(f"{world.date} {_stand(timeline, world, held.issue, stand)}" for world, stand in told)


def _stand(timeline: Timeline, world: DatedWorld, issue: str, stand: Stand | None) -> str:
    if stand is None:
        return _nothing(world, issue)
    why = ", ".join(stand.evidence) or ("assumed" if stand.assumed else "convention")
    return f"{timeline.label_of(issue, stand.option)} [{why}]"


def _nothing(world: DatedWorld, issue: str) -> str:
    """Why a party has no position in a world: it put forward nothing, or the issue is not on the agenda there."""
    return NOTHING if issue in world.scenario.issues else OFF


def _claims_of(timeline: Timeline, issue: str) -> Iterator[list[str]]:
    yield from (_claim_lines(timeline, one) for one in timeline.said if one.claim.issue == issue)


def _claim_lines(timeline: Timeline, one: Said, with_issue: bool = False) -> list[str]:
    claim = one.claim
    about = (
        f"{timeline.name_of(claim.who)}, {timeline.title_of(claim.issue)}"
        if with_issue
        else timeline.name_of(claim.who)
    )
    unused = "" if one.cited_by else "; no number cites it"
    said = f"{one.on}  {about}: {claim.text} [{one.reference}, {claim.kind}, {claim.by}{unused}]"
    return wrap(said, "    ")


def _answers_of(timeline: Timeline, issue: str) -> Iterator[list[str]]:
    yield from (_answer_lines(timeline, one) for one in timeline.answers if issue in one.proposal)


def _answer_lines(timeline: Timeline, one: Stance) -> list[str]:
    said = f"{one.date}  {timeline.name_of(one.party)} {ANSWERS[one.answer]}: {one.about} [{one.id}: {', '.join(one.claims)}]"
    return wrap(said, "    ")


def between_page(timeline: Timeline, changes: Between) -> str:
    """What changed between two days: what was said, which positions and which numbers."""
    blocks = [_between_head(timeline, changes), _new_claims(timeline, changes)]
    blocks += [_position_lines(timeline, changes), _number_lines(changes)]
    return "\n\n".join(filter(None, ("\n".join(block) for block in blocks))) + "\n"


def _between_head(timeline: Timeline, changes: Between) -> Iterator[str]:
    counts = f"{counted(len(changes.said), 'claim')} written, {counted(len(changes.positions), 'position')} and "
    counts += f"{counted(len(changes.numbers), 'number')} changed"
    yield from wrap(f"Between {changes.first} and {changes.last}{_whose(timeline)}: {counts}", "")
    if changes.before is changes.after:
        yield from paragraph(f"Both days have one scenario, {changes.before.name} of {changes.before.date}.")
    else:
        names = " and ".join(f"{world.name} ({world.date})" for world in (changes.before, changes.after))
        yield from paragraph(f"Numbers and positions are those of {names}.")


def _new_claims(timeline: Timeline, changes: Between) -> Iterator[str]:
    if changes.said:
        yield "What was written in between"
    for one in changes.said:
        yield from _claim_lines(timeline, one, with_issue=True)


def _position_lines(timeline: Timeline, changes: Between) -> Iterator[str]:
    if changes.positions:
        yield "Positions that changed"
    for one in changes.positions:
        yield from _position(timeline, changes, one)


def _position(timeline: Timeline, changes: Between, one: PositionChange) -> list[str]:
    sides = ((changes.before, one.before), (changes.after, one.after))
    before, after = (
        timeline.label_of(one.issue, stand.option) if stand else _nothing(world, one.issue) for world, stand in sides
    )
    said = f"{timeline.name_of(one.party)}, {timeline.title_of(one.issue)}: {before} -> {after}{_rests(one.after, one.new)}"
    return wrap(said)


def _number_lines(changes: Between) -> Iterator[str]:
    if changes.numbers:
        yield "Numbers that changed"
    for one in changes.numbers:
        yield from wrap(_number(changes, one))
    if changes.rescaled:
        yield from wrap(
            f"Of {counted(len(changes.rescaled), 'weight')} the class stands; its share of the whole is another."
        )
    if changes.restated:
        numbers = counted(len(changes.restated), "number")
        yield from wrap(f"{numbers} stand{'s' * (len(changes.restated) == 1)} as before, on newer claims too.")


def _number(changes: Between, one: NumberChange) -> str:
    scenario = (changes.after if one.after else changes.before).scenario
    before, after = (class_text(each.number) if each else "not there" for each in (one.before, one.after))
    return f"{path_says(scenario, one.path)}: {before} -> {after}{_rests(one.after, one.new)}"


def _rests(on: Entry | Stand | None, new: Sequence[str]) -> str:
    """What something rests on now, the claims in between first: they may have changed it."""
    if on is None:
        return ""
    claims = on.claims if isinstance(on, Entry) else on.evidence
    kind = on.kind if isinstance(on, Entry) else "cited" if claims else "assumed" if on.assumed else "convention"
    older = len(claims) - len(new)
    told = [*new, *([f"{older} older" if new else counted(older, "older claim")] if older else [])]
    return f" [{'; '.join(filter(None, (kind, ', '.join(told))))}]"
