"""Faults of parties: priorities, red lines, linkages, no-deal values."""

from collections.abc import Collection, Mapping
from itertools import pairwise

from sim.scenario.agenda import Issue
from sim.scenario.checks.references import Agenda, Found, keys_known, list_known
from sim.scenario.party import Linkage, NoDeal, Party, Priority, RedLine
from sim.scenario.problems import Problem, Steps, listed, unknown

_EXACT = 1e-6
_MOST_LINKED = 0.25


def party_faults(party: Party, agenda: Agenda, parties: Mapping[str, Party], path: Steps, with_futures: bool) -> Found:
    """Faults of one party; `with_futures` the scenario says what going on may lead to."""
    if not party.is_neutral():
        missing = [name for name in ("priorities", "no_deal", "concession") if not getattr(party, name)]
        yield from (Problem((*path, name), _missing(party)) for name in missing)
    if party.priorities:
        yield from _priorities(party, agenda, (*path, "priorities"))
    for index, line in enumerate(party.red_lines):
        yield from _red_line(line, agenda, (*path, "red_lines", index))
    yield from _linkages(party.linkages, agenda, (*path, "linkages"))
    if party.no_deal is not None:
        yield from _no_deal(party.no_deal, agenda, (*path, "no_deal"), with_futures)
    yield from keys_known("party", party.bias, parties, (*path, "bias"))
    yield from _only_mediators(party, path)


def weightless(parties: Mapping[str, Party], overridden: Collection[str]) -> Found:
    """Weights by class of a party whose plain weights leave nothing for them, unless an override made it so."""
    for name, party in parties.items():
        path: Steps = ("parties", name, "priorities")
        weights = {issue: one.weight for issue, one in party.priorities.items() if one.weight.class_ is not None}
        if any(given.startswith(".".join(map(str, path))) for given in overridden):
            continue
        for issue, weight in weights.items():
            if not weight.value:
                yield Problem(
                    (*path, issue, "weight", "class"), "the plain weights of this party leave nothing for classes"
                )


def same_as_faults(parties: Mapping[str, Party]) -> Found:
    """Faults of `same_as`: it names another line, and one that stands for itself."""
    lines = {line.id: line for party in parties.values() for line in party.red_lines}
    for name, party in parties.items():
        for index, line in enumerate(party.red_lines):
            if line.same_as is not None:
                message = _same_as(line.id, line.same_as, lines)
                path = ("parties", name, "red_lines", index, "same_as")
                yield from [Problem(path, message)] if message else []


def _same_as(own: str, other: str, lines: Mapping[str, RedLine]) -> str:
    if other == own:
        return f"names itself (got {other})"
    if other not in lines:
        return unknown("red line", other, [line for line in lines if line != own])
    onward = lines[other].same_as
    return f"names a line that has same_as itself; write {onward} here (got {other})" if onward else ""


def _missing(party: Party) -> str:
    neutral = "; a mediator without stakes leaves out priorities, no_deal, concession and linkages together"
    return f"missing{neutral if party.role == 'mediator' else ''}"


def _priorities(party: Party, agenda: Agenda, path: Steps) -> Found:
    total = sum(priority.weight.value or 0.0 for priority in party.priorities.values())
    if abs(total - 1) > _EXACT:
        yield Problem(path, f"weights sum to {total:.7g}, not to 1")
    for name, priority in party.priorities.items():
        if name in agenda.issues:
            yield from _priority(priority, agenda.issues[name], (*path, name))
        else:
            yield agenda.unknown(name, (*path, name), on_key=True)


def _priority(priority: Priority, issue: Issue, path: Steps) -> Found:
    yield from keys_known("option", priority.values, issue.options, (*path, "values"))
    missing = [option for option in issue.options if option not in priority.values]
    if missing:
        yield Problem((*path, "values"), f"no value for {listed(missing)}")
    yield from list_known("option", priority.order, issue.options, (*path, "order"))
    if len(set(priority.order) & set(priority.values)) == len(priority.order):
        yield from _order(priority, (*path, "order"))


def _order(priority: Priority, path: Steps) -> Found:
    stated = [(option, priority.values[option].value) for option in priority.order]
    for (worse, low), (better, high) in pairwise(stated):
        if low is not None and high is not None and low >= high:
            yield Problem(path, f"puts {better} above {worse}, but their values are {high:g} and {low:g}")


def _red_line(line: RedLine, agenda: Agenda, path: Steps) -> Found:
    yield from agenda.clause(line.refuses, (*path, "refuses"))
    if agenda.matches_all(line.refuses):
        yield Problem((*path, "refuses"), "refuses every option, so that nothing could ever be agreed")


def _linkages(linkages: tuple[Linkage, ...], agenda: Agenda, path: Steps) -> Found:
    for index, linkage in enumerate(linkages):
        yield from agenda.clause(linkage.when, (*path, index, "when"))
        if len(linkage.when) == 1:
            yield Problem(
                (*path, index, "when"), "names one issue; a linkage joins two or more (else change its value)"
            )
    total = sum(max(map(abs, linkage.bonus.support())) for linkage in linkages)
    if total > _MOST_LINKED + _EXACT:
        yield Problem(path, f"bonuses reach {total:.3g} in all, whatever their signs; at most {_MOST_LINKED}")


def _no_deal(no_deal: NoDeal, agenda: Agenda, path: Steps, with_futures: bool) -> Found:
    if no_deal.base is not None and no_deal.like is not None:
        yield Problem(path, "needs exactly one of base and like")
    if no_deal.base is None and no_deal.like is None and not with_futures:
        yield Problem(path, "needs exactly one of base and like, or the scenario `futures`")
    if no_deal.plus is not None and no_deal.like is None:
        yield Problem((*path, "plus"), "is added to the value of a package; give `like` too")
    if no_deal.like is not None:
        yield from agenda.terms(no_deal.like, (*path, "like"))
        rest = [issue for issue in agenda.without_status_quo() if issue not in no_deal.like]
        if rest:
            yield Problem((*path, "like"), f"leaves out issues without a status quo: {listed(rest)}")


def _only_mediators(party: Party, path: Steps) -> Found:
    if party.role != "mediator":
        given = [name for name, value in (("patience", party.patience), ("bias", party.bias)) if value]
        yield from (Problem((*path, name), f"only a mediator has it (role is {party.role})") for name in given)
