"""Asking about a draft: from a scenario and terms to the report."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.analysis.draft.amendments import amendments
from sim.analysis.draft.asked import Draft, draft_of, hear
from sim.analysis.draft.drawn_worlds import DrawnWorlds
from sim.analysis.shares.difference import difference
from sim.analysis.shares.likelihood import agreed, share_of
from sim.analysis.validation.questions import terms_of
from sim.files.errors import BadInput, Fault
from sim.files.scenario.drafts import Terms, position_of
from sim.files.scenario.reader import Loaded
from sim.game import Game
from sim.records import Outcomes
from sim.report.ask.report import Again, AskReport, Talks
from sim.scenario import Scenario
from sim.scenario.calendar import calendar_of


@dataclass(frozen=True)
class Question:
    """What is the same whatever the draft: of which scenario, in which worlds and when it is asked."""

    loaded: Loaded
    file: str  # as it was named
    game: Game
    worlds: int
    seed: int
    fill: str | None = None  # party whose position says what a draft leaves open
    day: datetime.date | None = None
    party: str | None = None  # whose answer alone is wanted
    changes: int = 3  # issues that an amendment changes at the most


def ask_about(question: Question, terms: Terms, again: Again) -> AskReport:
    """Ask every party about a draft.

    Raises:
        BadInput: a term is about what these talks cannot settle.
    """
    game, scenario = question.game, question.loaded.scenario
    draft, after, drawn = _draft(question, terms), _rounds_before(question), DrawnWorlds(question.game)
    return AskReport(
        scenario=scenario,
        name=Path(question.file).stem,
        title=terms.title,
        game=game,
        heard=hear(game, draft, question.worlds, question.seed, after, drawn),
        amendments=amendments(
            game, draft.package, draft.named, question.worlds, question.seed, after, question.changes, drawn
        ),
        file=question.file,
        again=again,
        overrides=question.loaded.overridden,
        day=question.day,
        party=question.party,
    )


def _draft(question: Question, terms: Terms) -> Draft:
    game, scenario = question.game, question.loaded.scenario
    wrong = [
        Fault(None, f"{issue}={option}", said)
        for issue, option in terms.terms.items()
        if (said := _not_to_be_settled(game, scenario, issue, option))
    ]
    if wrong:
        raise BadInput(wrong)
    filled = position_of(scenario, question.fill) if question.fill else {}
    return draft_of(game, terms_of(game, terms.terms), terms_of(game, filled) if question.fill else None)


def _not_to_be_settled(game: Game, scenario: Scenario, issue: str, option: str) -> str:
    """Why no talks could settle a term, or nothing: it may be what holds."""
    i = game.names.issues.index(issue)
    holds = game.names.options[i][game.rules.start[i]]
    if game.rules.agenda[:, i].any() or option == holds:
        return ""
    return f"is no part of these talks: {scenario.issues[issue].title} stays at {holds}"


def _rounds_before(question: Question) -> int:
    """Rounds that are over on the day on which it is asked; the last one is the last in which anything is."""
    calendar = calendar_of(question.loaded.scenario)
    if question.day is None or calendar is None:
        return 0
    return min(calendar.rounds_by(question.day), question.game.total_rounds() - 1)


def proposal_of(report: AskReport, by: str | None) -> str:
    """The draft as the proposal with which talks begin, as YAML on one line.

    Raises:
        BadInput: nobody could table it.
    """
    scenario, names = report.scenario, report.game.names
    first = scenario.phases[0]
    known = scenario.proposal.by if scenario.proposal else scenario.drafter(first)
    author = by or known or next(iter(first.speakers or scenario.stakeholders()))
    package = names.package(report.heard.draft.package)
    named = [issue for issue, said in zip(names.issues, report.heard.draft.named, strict=True) if said]
    terms = {issue: package[issue] for issue in named}
    kept = scenario.proposal.locked if scenario.proposal else ()
    locked = [issue for issue in kept if issue in terms]
    said = f"by: {author}, terms: {_flow(terms)}, core: [{', '.join(named)}]"
    return f"{{{said}{f', locked: [{chr(44).join(locked)}]' if locked else ''}}}"


def _flow(terms: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{issue}: {option}' for issue, option in terms.items())}}}"


def talks_of(played: Outcomes, as_is: Outcomes, command: str) -> Talks:
    """Talks that begin with a draft beside the same as they are, run by run."""
    now, before = agreed(played), agreed(as_is)
    return Talks(share_of(now), share_of(before), difference(now, before), share_of(now & played.core_kept), command)
