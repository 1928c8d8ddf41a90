"""Scenario -> Game: the only crossing from words to numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np

from sim.draws import quantile
from sim.game import (
    AFTER_REFUSALS,
    AT_ROUND,
    NEVER,
    NO_LIMIT,
    PROTOCOLS,
    WHEN_EXPOSED,
    Flags,
    Game,
    Ints,
    Masks,
    Names,
    Numbers,
    Rulebook,
    Uncertain,
    frozen,
)
from sim.scenario import CHANGED, Clause, Consent, Exclusion, Lever, Number, Phase, Scenario, Terms

EVERY_OPTION = np.uint64(2**64 - 1)
DEFAULT_HORIZON = 8
DEFAULT_CORRELATION = 0.3
DEFAULT_REVISIONS = 2
DEFAULT_EXPOSED_AFTER = 3


@dataclass(frozen=True)
class Group:
    """A consent rule in its simplest form: at least `needed` of `members`, for packages that match `when`."""

    members: frozenset[str]
    needed: int
    when: Clause | None = None
    as_change: bool = True  # with `when`: only where the package differs there from the status quo


@dataclass
class Ledger:
    """Collects stated numbers into arrays, and which of them are uncertain."""

    uncertain: list[Uncertain] = field(default_factory=list)

    def put(self, array: Any, name: str, index: Sequence[int], number: Number | None, path: str) -> None:  # noqa: ANN401
        """Write the number, or the median of its distribution, where it is given at all."""
        if number is None:
            return
        if number.value is not None:
            array[tuple(index)] = number.value
            return
        form = number.forms()[0]
        low, high = number.support()
        drawn = Uncertain(path, name, tuple(index), form, _parameters(number, form), low, high)
        self.uncertain.append(drawn)
        array[tuple(index)] = quantile(drawn, np.full(1, 0.5))[0]


def _parameters(number: Number, form: str) -> tuple[float, ...]:
    given = getattr(number, form)
    return given if isinstance(given, tuple) else tuple(given.model_dump().values())


@dataclass(frozen=True)
class Index:
    """Positions of ids in the arrays."""

    names: Names
    status_quo: Ints

    def issue(self, name: str) -> int:
        """Position of an issue."""
        return self.names.issues.index(name)

    def option(self, issue: str, name: str) -> int:
        """Position of an option within its issue."""
        return self.names.options[self.issue(issue)].index(name)

    def party(self, name: str) -> int:
        """Position of a party."""
        return self.names.parties.index(name)

    def mask(self, clause: Clause | None) -> Masks:
        """Option bits [I] of a clause; every bit where it names no issue."""
        bits = np.full(len(self.names.issues), EVERY_OPTION)
        for issue, options in (clause or {}).items():
            i = self.issue(issue)
            if options == (CHANGED,):
                chosen = [o for o in range(len(self.names.options[i])) if o != self.status_quo[i]]
            else:
                chosen = [self.option(issue, option) for option in options]
            bits[i] = np.uint64(sum(1 << o for o in chosen))
        return bits

    def named(self, clause: Clause | None) -> Flags:
        """Which issues [I] a clause names."""
        return np.array([issue in (clause or {}) for issue in self.names.issues])

    def package(self, terms: Terms, rest: Ints) -> Ints:
        """Package [I] with these terms and the rest as given."""
        x = rest.copy()
        for issue, option in terms.items():
            x[self.issue(issue)] = self.option(issue, option)
        return x

    def parties(self, names: Iterable[str]) -> Flags:
        """Which parties [P] are named."""
        chosen = set(names)
        return np.array([party in chosen for party in self.names.parties])

    def issues(self, names: Iterable[str]) -> Flags:
        """Which issues [I] are named."""
        chosen = set(names)
        return np.array([issue in chosen for issue in self.names.issues])


def _names(scenario: Scenario) -> Names:
    return Names(
        issues=tuple(scenario.issues),
        options=tuple(tuple(issue.options) for issue in scenario.issues.values()),
        parties=tuple(scenario.parties),
        lines=tuple(line.id for party in scenario.parties.values() for line in party.red_lines),
        linkages=tuple(link.id for party in scenario.parties.values() for link in party.linkages),
        phases=tuple(phase.id for phase in scenario.phases),
        levers=tuple(lever.id for lever in scenario.levers),
        events=tuple(event.id for event in scenario.events),
        ratification=tuple(clause.id for clause in scenario.ratification),
    )


def _status_quo(scenario: Scenario) -> Ints:
    issues = scenario.issues.values()
    return np.array(
        [-1 if issue.status_quo is None else list(issue.options).index(issue.status_quo) for issue in issues], np.int64
    )


def _in_simplest_form(rule: str | Consent) -> list[frozenset[str]]:
    """A nested rule as sets of parties of each of which at least one must accept (conjunctive normal form)."""
    if isinstance(rule, str):
        return [frozenset([rule])]
    members = [_in_simplest_form(member) for member in rule.members()]
    spare = len(members) - rule.needed()
    clauses = {frozenset().union(*choice) for chosen in combinations(members, spare + 1) for choice in product(*chosen)}
    return [clause for clause in clauses if not any(other < clause for other in clauses)]


def groups_of(rule: Consent) -> list[Group]:
    """A consent rule as groups that must all be satisfied."""
    if all(isinstance(member, str) for member in rule.members()):
        names = [member for member in rule.members() if isinstance(member, str)]
        return [Group(frozenset(names), rule.needed(), rule.when)]
    return [Group(clause, 1, rule.when) for clause in sorted(_in_simplest_form(rule), key=sorted)]


def _excluded(exclusions: Sequence[Exclusion]) -> list[Group]:
    """What is off the table needs a consent that nobody can give."""
    return [Group(frozenset(), 1, exclusion.when, as_change=False) for exclusion in exclusions]


def _consent(scenario: Scenario) -> tuple[list[Group], Flags]:
    """All groups, and in which phase [H, G] each is in force."""
    belligerents = frozenset(name for name, party in scenario.parties.items() if party.role == "belligerent")
    general = [Group(belligerents, len(belligerents))] if belligerents else []
    general += [group for rule in scenario.consent for group in groups_of(rule)]
    always = _excluded(scenario.off_the_table)
    groups, own = [*general, *always], []
    for phase in scenario.phases:
        before = len(groups)
        groups += [group for rule in phase.consent or () for group in groups_of(rule)]
        groups += _excluded(phase.off_the_table)
        own.append(range(before, len(groups)))
    force = np.zeros((len(own), len(groups)), bool)
    for h, phase in enumerate(scenario.phases):
        force[h, : len(general)] = phase.consent is None
        force[h, len(general) : len(general) + len(always)] = True
        force[h, own[h]] = True
    return groups, force


def _touching(names: Flags) -> Ints:
    """Patterns that name each issue [I, *], -1 padded."""
    lists = [np.flatnonzero(names[:, i]) for i in range(names.shape[1])]
    table = np.full((len(lists), max((len(found) for found in lists), default=0) + 1), -1, np.int64)
    for i, found in enumerate(lists):
        table[i, : len(found)] = found
    return table


def _stack(rows: Sequence[Any], width: int, dtype: Any) -> Any:  # noqa: ANN401
    return np.array(rows, dtype) if len(rows) else np.zeros((0, width), dtype)


def _trigger(lever: Lever) -> tuple[int, int]:
    if lever.when is None:
        return NEVER, 0
    if lever.when.round is not None:
        return AT_ROUND, int(lever.when.round)
    if lever.when.refusals is not None:
        return AFTER_REFUSALS, int(lever.when.refusals)
    return WHEN_EXPOSED, 0


def _proposal_phases(scenario: Scenario, agenda: Flags, proposed: Ints) -> Ints:
    """First phase [I] with the issue on its agenda, where a term is proposed."""
    first = np.where(agenda.any(axis=0), agenda.argmax(axis=0), -1)
    return np.where(proposed >= 0, first, -1).astype(np.int64)


def _speakers(phase: Phase, scenario: Scenario) -> Iterable[str]:
    return phase.speakers or scenario.parties


def _rules(scenario: Scenario, at: Index) -> Rulebook:
    names, status_quo = at.names, at.status_quo
    issues, width = len(names.issues), len(names.issues)
    parties = scenario.parties
    lines = [(p, line) for p, party in enumerate(parties.values()) for line in party.red_lines]
    links = [(p, link) for p, party in enumerate(parties.values()) for link in party.linkages]
    groups, force = _consent(scenario)
    clauses: list[Clause | None] = [line.refuses for _, line in lines]
    clauses += [link.when for _, link in links] + [group.when for group in groups]
    named = _stack([at.named(clause) for clause in clauses], width, bool)
    proposal, phases = scenario.proposal, scenario.phases
    proposed = np.full(issues, -1, np.int64) if proposal is None else at.package(proposal.terms, np.full(issues, -1))
    locked = at.issues(proposal.locked if proposal else ())
    start = np.where(locked, proposed, np.maximum(status_quo, 0))
    on_agenda = [at.issues(names.issues if phase.agenda == "all" else phase.agenda) for phase in phases]
    agenda = np.array(on_agenda) & ~locked
    triggers = np.array([_trigger(lever) for lever in scenario.levers], np.int64).reshape(-1, 2)
    none = np.full(issues, -1, np.int64)
    leave, momentum = scenario.walk_away, scenario.momentum
    arrays: dict[str, Any] = dict(  # noqa: C408  (reads as the rulebook does)
        options=np.array([len(options) for options in names.options], np.int64),
        status_quo=status_quo,
        start=start.astype(np.int64),
        locked=locked,
        issue_order=np.arange(issues),
        party_order=np.arange(len(parties)),
        masks=_stack([at.mask(clause) for clause in clauses], width, np.uint64),
        names=named,
        touches=np.asarray(named.any(axis=1)),
        joint=np.flatnonzero(named.sum(axis=1) > 1),
        single=np.where(named.sum(axis=1) == 1, named.argmax(axis=1), -1),
        touching=_touching(named & (named.sum(axis=1, keepdims=True) > 1)),
        line_owner=np.array([p for p, _ in lines], np.int64),
        line_declared=np.array([line.declared for _, line in lines], bool),
        link_owner=np.array([p for p, _ in links], np.int64),
        group_members=_stack([at.parties(group.members) for group in groups], len(parties), bool),
        group_needed=np.array([group.needed for group in groups], np.int64),
        group_whole=np.array([group.needed == len(group.members) for group in groups], bool),
        group_given=np.array([group.when is not None and group.as_change for group in groups], bool),
        phase_groups=force,
        protocol=np.array([PROTOCOLS.index(phase.protocol) for phase in phases], np.int64),
        rounds=np.array([int(phase.rounds) for phase in phases], np.int64),
        agenda=agenda,
        speaks=np.array([at.parties(_speakers(phase, scenario)) for phase in phases]),
        mediator=np.array([-1 if phase.mediator is None else at.party(phase.mediator) for phase in phases], np.int64),
        revisions=np.array([int(phase.revisions or DEFAULT_REVISIONS) for phase in phases], np.int64),
        alternates=np.array([phase.consults == "alternate" for phase in phases]),
        put_to=np.array([at.parties(phase.put_to) for phase in phases]),
        lasts=np.array([[int(phase.lasts.get(i, -1)) for i in names.issues] for phase in phases], np.int64),
        proposal=proposed,
        proposal_phase=_proposal_phases(scenario, agenda, proposed),
        author=-1 if proposal is None else at.party(proposal.by),
        core=at.issues(proposal.core if proposal else ()),
        lever_by=np.array([at.party(lever.by) for lever in scenario.levers], np.int64),
        lever_on=np.array([at.party(lever.on) for lever in scenario.levers], np.int64),
        lever_trigger=triggers[:, 0],
        lever_at=triggers[:, 1],
        lever_sets=_stack([at.package(lever.status_quo, none) for lever in scenario.levers], width, np.int64),
        event_at=np.array([int(event.round) for event in scenario.events], np.int64),
        exposed_after=np.array([int(p.exposed_after or DEFAULT_EXPOSED_AFTER) for p in parties.values()], np.int64),
        horizon=int(momentum.horizon) if momentum and momentum.horizon else DEFAULT_HORIZON,
        ceasefire=at.mask(momentum.ceasefire if momentum else None),
        can_cease=momentum is not None and momentum.ceasefire is not None,
        pauses=agenda @ at.named(momentum.ceasefire if momentum else None),
        leaver=-1 if leave is None else at.party(leave.by),
        announced=int(leave.announced) if leave and leave.announced else 0,
        deadline=int(leave.deadline) if leave and leave.deadline else -1,
        goes_on=leave is not None and leave.then == "go_on",
        ratifying=_stack([at.mask(clause.when) for clause in scenario.ratification], width, np.uint64),
        ratifier=np.array([at.party(clause.party) for clause in scenario.ratification], np.int64),
        holding=_stack([at.mask(clause.when) for clause in _holds(scenario)], width, np.uint64),
    )
    fields: dict[str, Any] = {k: frozen(v) if isinstance(v, np.ndarray) else v for k, v in arrays.items()}
    return Rulebook(**fields)


def _holds(scenario: Scenario) -> Sequence[Any]:
    return scenario.lasting.clauses if scenario.lasting else ()


def _party_numbers(scenario: Scenario, at: Index, numbers: Numbers, ledger: Ledger) -> None:
    for p, (name, party) in enumerate(scenario.parties.items()):
        path = f"parties.{name}"
        for issue, priority in party.priorities.items():
            i = at.issue(issue)
            ledger.put(numbers.weight, "weight", (p, i), priority.weight, "")
            for option, value in priority.values.items():
                ledger.put(numbers.option_value, "option_value", (p, i, at.option(issue, option)), value, "")
        for field_name, number, label in (
            ("weights_sd", party.weights_sd, "weights_sd"),
            ("values_sd", party.values_sd, "values_sd"),
            ("insight", party.insight, "insight"),
            ("good_faith", party.good_faith, "good_faith"),
            ("base", party.no_deal.base, "no_deal.base"),
            ("momentum_effect", party.no_deal.momentum, "no_deal.momentum"),
            ("cost", party.no_deal.cost, "no_deal.cost"),
            ("exponent", party.concession.exponent, "concession.exponent"),
            ("deadline", party.concession.deadline, "concession.deadline"),
            ("heed", party.heed, "heed"),
            ("patience", party.patience, "patience"),
        ):
            ledger.put(getattr(numbers, field_name), field_name, (p,), number, f"{path}.{label}")
        for other, factor in party.bias.items():
            ledger.put(numbers.bias, "bias", (p, at.party(other)), factor, f"{path}.bias.{other}")
        for line in party.red_lines:
            r = at.names.lines.index(line.id)
            where = f"{path}.red_lines.{line.id}"
            ledger.put(numbers.firmness, "firmness", (r,), line.firmness, f"{where}.firmness")
            ledger.put(numbers.yielding, "yielding", (r,), line.yield_, f"{where}.yield")
        for link in party.linkages:
            k = at.names.linkages.index(link.id)
            ledger.put(numbers.bonus, "bonus", (k,), link.bonus, f"{path}.linkages.{link.id}.bonus")


def _process_numbers(scenario: Scenario, at: Index, numbers: Numbers, ledger: Ledger) -> None:
    for v, lever in enumerate(scenario.levers):
        path = f"levers.{lever.id}"
        ledger.put(numbers.pressure, "pressure", (v,), lever.pressure, f"{path}.pressure")
        for party, shift in lever.no_deal.items():
            ledger.put(numbers.shift, "shift", (v, at.party(party)), shift, f"{path}.no_deal.{party}")
    for e, event in enumerate(scenario.events):
        path = f"events.{event.id}"
        ledger.put(numbers.event_momentum, "event_momentum", (e,), event.momentum, f"{path}.momentum")
        for line, shift in event.firmness.items():
            r = at.names.lines.index(line)
            ledger.put(numbers.event_firmness, "event_firmness", (e, r), shift, f"{path}.firmness.{line}")
    if scenario.momentum is not None:
        walk = scenario.momentum
        for k, (label, number) in enumerate(
            (("start", walk.start), ("drift", walk.drift), ("sd", walk.sd), ("ceasefire_drift", walk.ceasefire_drift))
        ):
            ledger.put(numbers.momentum, "momentum", (k,), number, f"momentum.{label}")
    for c, clause in enumerate(scenario.ratification):
        ledger.put(numbers.passes, "passes", (c,), clause.passes, f"ratification.{clause.id}.passes")
    if scenario.lasting is not None:
        ledger.put(numbers.holds_base, "holds_base", (0,), scenario.lasting.base, "lasting.base")
        for n, holds in enumerate(scenario.lasting.clauses):
            ledger.put(numbers.holds_adds, "holds_adds", (n,), holds.adds, f"lasting.clauses.{holds.id}.adds")
    ledger.put(numbers.correlation, "correlation", (0,), scenario.firmness_correlation, "firmness_correlation")


def _blank_numbers(scenario: Scenario, names: Names) -> Numbers:
    parties, issues = len(names.parties), len(names.issues)
    lines, levers, events = len(names.lines), len(names.levers), len(names.events)
    widest = max(len(options) for options in names.options)
    return Numbers(
        weight=np.zeros((parties, issues)),
        option_value=np.zeros((parties, issues, widest)),
        weights_sd=np.zeros(parties),
        values_sd=np.zeros(parties),
        insight=np.ones(parties),
        good_faith=np.ones(parties),
        bonus=np.zeros(len(names.linkages)),
        base=np.zeros(parties),
        momentum_effect=np.zeros(parties),
        cost=np.zeros(parties),
        exponent=np.ones(parties),
        deadline=np.ones(parties),
        heed=np.zeros(parties),
        patience=np.full(parties, NO_LIMIT),
        bias=np.ones((parties, parties)),
        firmness=np.zeros(lines),
        yielding=np.zeros(lines),
        shift=np.zeros((levers, parties)),
        pressure=np.zeros(levers),
        event_momentum=np.zeros(events),
        event_firmness=np.zeros((events, lines)),
        momentum=np.zeros(4),
        passes=np.zeros(len(names.ratification)),
        holds_base=np.ones(1),
        holds_adds=np.zeros(len(_holds(scenario))),
        correlation=np.full(1, DEFAULT_CORRELATION),
    )


def compile_scenario(scenario: Scenario) -> Game:
    """The game that a checked scenario describes."""
    names, status_quo = _names(scenario), _status_quo(scenario)
    at, ledger = Index(names, status_quo), Ledger()
    numbers = _blank_numbers(scenario, names)
    _party_numbers(scenario, at, numbers, ledger)
    _process_numbers(scenario, at, numbers, ledger)
    parties = list(scenario.parties.values())
    anchors = {
        p: tuple(at.package(party.no_deal.like, np.maximum(status_quo, 0)).tolist())
        for p, party in enumerate(parties)
        if party.no_deal.like is not None
    }
    ascending = {
        (p, at.issue(issue)): tuple(at.option(issue, option) for option in priority.order)
        for p, party in enumerate(parties)
        for issue, priority in party.priorities.items()
        if priority.order
    }
    lines = [line for party in parties for line in party.red_lines]
    same_as = [names.lines.index(line.same_as or line.id) for line in lines]
    stated = Numbers(*(frozen(array) for array in numbers))
    return Game(
        names, _rules(scenario, at), stated, tuple(ledger.uncertain), anchors, ascending, np.array(same_as, np.int64)
    )
