"""Who may put an option into a text unasked: whose it is to give."""

import numpy as np

from sim.compiling.index import Index
from sim.game import Flags
from sim.scenario import CHANGED, Consent, Scenario


def _guard(scenario: Scenario, at: Index, issue: str, options: tuple[str, ...], parties: tuple[str, ...],
           guarded: Flags, gives: Flags) -> None:  # fmt: skip
    """Note in `guarded` and `gives` that options of an issue are for some parties to give."""
    i = at.issue(issue)
    for option in options:
        o = at.option(issue, option)
        guarded[i, o] = True
        for party in parties:
            gives[at.party(party), i, o] = True


def _options(scenario: Scenario, issue: str, named: tuple[str, ...]) -> tuple[str, ...]:
    body = scenario.issues[issue]
    return tuple(o for o in body.options if o != body.status_quo) if named == (CHANGED,) else named


def _named_by(rule: Consent) -> tuple[str, ...]:
    """Parties that a plain rule of consent over one issue names for its options."""
    plain = all(isinstance(member, str) for member in rule.members())
    return tuple(m for m in rule.members() if isinstance(m, str)) if plain and len(rule.when or {}) == 1 else ()


def givers_of(scenario: Scenario, at: Index) -> tuple[Flags, Flags]:
    """Options [I, O] of which the scenario says whose they are to give, and whose [P, I, O]."""
    widest = max(len(issue.options) for issue in scenario.issues.values())
    guarded = np.zeros((len(scenario.issues), widest), bool)
    gives = np.zeros((len(scenario.parties), *guarded.shape), bool)
    if not scenario.gives:
        return guarded, gives
    for rule in scenario.consent:
        for issue, named in (rule.when or {}).items() if _named_by(rule) else ():
            _guard(scenario, at, issue, _options(scenario, issue, named), _named_by(rule), guarded, gives)
    for key, parties in scenario.gives.items():
        issue, _, option = key.partition(".")
        _guard(
            scenario, at, issue, (option,) if option else _options(scenario, issue, (CHANGED,)), parties, guarded, gives
        )
    return guarded, gives
