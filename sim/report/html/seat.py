"""The sheet of one seat at the table, for a class: what its party wants, and nothing private of anybody else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.report.html.document import Document, Figures, Grid, Item, Section, Words
from sim.report.wording.parts import Cells, Group, Row
from sim.report.wording.paths import path_says
from sim.scenario import CHANGED, Consent, Issue, Number, Party, Scenario
from sim.scenario.calendar import Calendar, calendar_of, spoken_day
from sim.scenario.names import joined
from sim.scenario.provenance import Entry, numbers
from sim.scenario.round_words import plural

if TYPE_CHECKING:
    from sim.game import Game

ROLES = {
    "belligerent": "A belligerent: a side of the conflict. Every deal needs it.",
    "mediator": "A mediator: it drafts or presses, and may leave.",
    "stakeholder": "A stakeholder: it has a say in part of a deal.",
}
SCALES = (
    "Weights say how much of all that you care about lies in an issue. Values go from 0, the worst option, to 1, the best. "
    "They are the model's, for your use at the table."
)
FIRMNESS = (
    "Firmness: the chance that a line is real rather than posture. Yield: how much of that full pressure takes away."
)
ALONE = "This sheet is for one seat. It says nothing of what others want, will not have, or could do without."
PRIVATE = ("no_deal", "optimism", "trust", "good_faith", "patience", "reciprocity")
"""Numbers of a party that stand below what it falls back on."""


def seat_document(scenario: Scenario, game: "Game", party: str, made: tuple[tuple[str, str], ...]) -> Document:
    """What one party knows and wants when it sits down.

    Raises:
        KeyError: the scenario has no such party.
    """
    own = scenario.parties[party]
    parts: Sequence[tuple[str, str, Iterator[Item]]] = (
        ("wants", "What you want", _wants(scenario, own)),
        ("lines", "Your red lines", _lines(scenario, own)),
        ("fallback", "What you fall back on without a deal", _fallback(scenario, party)),
        ("gives", "What is yours to give", _gives(scenario, game, party)),
        ("consent", "Where your consent is needed", _consent(scenario, party)),
        ("levers", "Your levers", _levers(scenario, party)),
        ("calendar", "The calendar", _calendar(scenario)),
        ("agenda", "The agenda", _agenda(scenario)),
    )
    found = [(name, title, tuple(items)) for name, title, items in parts]
    return Document(
        title=f"{own.name}: {scenario.title}",
        about=(Words(ROLES[own.role]), Words(scenario.summary)),
        sections=tuple(Section(name, title, items) for name, title, items in found if items),
        caution=(Words(ALONE),),
        made=made,
    )


def _wants(scenario: Scenario, own: Party) -> Iterator[Item]:
    """Issues, the weightiest first, with the options from best to worst, and what it has put forward in public."""
    if not own.priorities:
        yield Words("Nothing of your own: you take whatever the others can agree on.")
        return
    yield Words(SCALES)
    ranked = sorted(own.priorities.items(), key=lambda item: -item[1].weight.middle())
    rows = []
    for name, priority in ranked:
        issue, stand = scenario.issues[name], own.position.get(name)
        values = sorted(priority.values.items(), key=lambda item: -item[1].middle())
        said = "; ".join(f"{issue.label(option)} {value.middle():.2f}" for option, value in values)
        public = "" if stand is None else issue.label(stand.option)
        rows.append(Cells((issue.title, f"{priority.weight.middle():.2f}", said, public)))
    yield Grid(
        ("issue", "weight", "options from best to worst", "put forward in public"), tuple(rows), is_of_words=True
    )
    if own.linkages:
        yield Words("Options that count more, or less, together", "heading")
        yield Figures(tuple(Row(link.says, f"{link.bonus.middle():+.2f}") for link in own.linkages))


def _lines(scenario: Scenario, own: Party) -> Iterator[Item]:
    if not own.red_lines:
        yield Words("You have none.")
        return
    yield Words(FIRMNESS)
    rows = [
        Cells((line.says, _clause(scenario, line.refuses), _about(line.firmness), _about(line.yield_)))
        for line in own.red_lines
    ]
    yield Grid(("line", "what it refuses", "firmness", "yield"), tuple(rows), is_of_words=True)


def _fallback(scenario: Scenario, party: str) -> Iterator[Item]:
    if scenario.futures:
        yield Words("Going on may lead to one of these:")
        for future in scenario.futures:
            terms = "; ".join(
                f"{scenario.issues[i].title}: {scenario.issues[i].label(o)}" for i, o in future.package.items()
            )
            yield Words(f"{future.says}{f' ({terms})' if terms else ''}")
    found = [entry for entry in numbers(scenario) if _is_private(entry, party)]
    if found:
        rows = (Row(_own(scenario, entry, party), _about(entry.number)) for entry in found)
        yield Figures(tuple(rows))


def _about(number: Number) -> str:
    """A number for people: what nobody knows for certain by its middle."""
    return f"{'about ' if number.uncertain() else ''}{number.middle():g}"


def _is_private(entry: Entry, party: str) -> bool:
    return any(
        entry.path == path or entry.path.startswith(f"{path}.")
        for path in (f"parties.{party}.{key}" for key in PRIVATE)
    )


def _own(scenario: Scenario, entry: Entry, party: str) -> str:
    said = path_says(scenario, entry.path).removeprefix(f"{scenario.parties[party].name}: ")
    return said[:1].upper() + said[1:]


def _gives(scenario: Scenario, game: "Game", party: str) -> Iterator[Item]:
    """Options that nobody else may put into a text unasked."""
    given = game.rules.gives[game.names.parties.index(party)]
    for i, name in enumerate(game.names.issues):
        issue = scenario.issues[name]
        options = [issue.label(game.names.options[i][o]) for o in np.flatnonzero(given[i]).tolist()]
        if options:
            yield Words(f"{issue.title}: {'; '.join(options)}")


def _consent(scenario: Scenario, party: str) -> Iterator[Item]:
    if scenario.parties[party].role == "belligerent":
        yield Words("Every deal needs yours.")
    for rule in scenario.consent:
        if party in _members(rule):
            says = rule.says or "A rule of consent"
            yield Words(f"{says} ({_clause(scenario, rule.when)})" if rule.when else says)


def _members(rule: Consent) -> set[str]:
    return set().union(*({each} if isinstance(each, str) else _members(each) for each in rule.members()))


def _clause(scenario: Scenario, clause: Mapping[str, Sequence[str]]) -> str:
    """Options that a clause names, in words."""
    said = []
    for name, options in clause.items():
        issue = scenario.issues[name]
        words = ["anything but as now"] if CHANGED in options else [issue.label(option) for option in options]
        said.append(f"{issue.title}: {joined(words, ' or ')}")
    return ", and with that ".join(said)


def _levers(scenario: Scenario, party: str) -> Iterator[Item]:
    """Means of its own, on whom; what others may do to it is theirs to know."""
    for lever in scenario.levers:
        if lever.by == party:
            yield Words(f"{lever.says} (on {scenario.parties[lever.on].name})")


def _calendar(scenario: Scenario) -> Iterator[Item]:
    calendar, done = calendar_of(scenario), 0
    unit = scenario.round
    if calendar is not None:
        yield Words(
            f"Talks begin on {spoken_day(calendar.start)}." if calendar.has_day else f"Talks begin in {scenario.date}."
        )
    for phase in scenario.phases:
        length = int(phase.rounds)
        done += length
        when = "" if calendar is None else f", over by {calendar.says(done)}"
        yield Words(f"{phase.called().capitalize()}: {length} {unit if length == 1 else plural(unit)} at most{when}.")
    leave = scenario.walk_away
    if leave is not None and leave.deadline is not None and not int(leave.announced or 0):
        name, number = scenario.parties[leave.by].name, int(leave.deadline)
        day = "" if calendar is None else f" ({calendar.says(number)})"
        yield Words(f"{name} has announced that it leaves after {number} {plural(unit)}{day}.")


def _on(calendar: Calendar) -> str:
    return f"on {spoken_day(calendar.start)}" if calendar.has_day else f"in {calendar.day_says(calendar.start)}"


def _agenda(scenario: Scenario) -> Iterator[Item]:
    """What is on the table at the start, and every option."""
    proposal = scenario.proposal
    if proposal is not None:
        terms = "; ".join(
            f"{scenario.issues[i].title}: {scenario.issues[i].label(o)}" for i, o in proposal.terms.items()
        )
        yield Words(f"On the table at the start, by {scenario.parties[proposal.by].name}: {terms}")
    rows: list[Cells | Group] = []
    for issue in scenario.issues.values():
        rows.append(Group(issue.title))
        rows += [Cells((_option(issue, option), body.says)) for option, body in issue.options.items()]
    yield Grid(("option", "what it means"), tuple(rows), is_of_words=True)


def _option(issue: Issue, option: str) -> str:
    return f"{issue.label(option)}{' (as now)' if option == issue.status_quo else ''}"
