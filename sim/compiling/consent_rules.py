"""Rules of consent in their simplest form, and what is off the table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from sim.game import FOR_GOOD, Flags
from sim.scenario import Clause, Consent, DatedExclusion, Exclusion, Phase, Scenario


@dataclass(frozen=True)
class Group:
    """A consent rule in its simplest form: at least `needed` of `members`, for packages that match `when`."""

    members: frozenset[str]
    needed: int
    when: Clause | None = None
    as_change: bool = True  # with `when`: only where the package differs there from the status quo
    until: int = FOR_GOOD  # round from which it is no longer in force


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
    """Groups that nobody can satisfy, for what is off the table."""
    return [Group(frozenset(), 1, each.when, as_change=False, until=end_of(each)) for each in exclusions]


def end_of(exclusion: Exclusion) -> int:
    """Round in which what an exclusion names comes on the table."""
    until = exclusion.until if isinstance(exclusion, DatedExclusion) else None
    return FOR_GOOD if until is None else int(until.round)


def _rules_of(phase: Phase, general: Sequence[Group]) -> list[Group]:
    """The groups that a phase has to itself: its own rules, or the scenario's less those over whose head it settles."""
    own = [group for rule in phase.consent or () for group in groups_of(rule)]
    absent = frozenset(phase.over_the_head_of)
    if not absent:
        return own
    rules = [(group, group.members - absent) for group in (general if phase.consent is None else own)]
    return [replace(group, members=rest, needed=min(group.needed, len(rest))) for group, rest in rules if rest]


def consent_of(scenario: Scenario) -> tuple[list[Group], Flags]:
    """All groups, and in which phase [H, G] each is in force."""
    belligerents = frozenset(name for name, party in scenario.parties.items() if party.role == "belligerent")
    general = [Group(belligerents, len(belligerents))] if belligerents else []
    general += [group for rule in scenario.consent for group in groups_of(rule)]
    always = _excluded(scenario.off_the_table)
    groups, own = [*general, *always], []
    for phase in scenario.phases:
        before = len(groups)
        groups += [*_rules_of(phase, general), *_excluded(phase.off_the_table)]
        own.append(range(before, len(groups)))
    force = np.zeros((len(own), len(groups)), bool)
    for h, phase in enumerate(scenario.phases):
        force[h, : len(general)] = phase.consent is None and not phase.over_the_head_of
        force[h, len(general) : len(general) + len(always)] = True
        force[h, own[h]] = True
    return groups, force
