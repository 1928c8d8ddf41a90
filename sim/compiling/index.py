"""Ids and their positions: from words to numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.compiling.documented import tabled
from sim.game import Flags, Ints, Masks, Names
from sim.scenario import CHANGED, Clause, Scenario, Terms

EVERY_OPTION = np.uint64(2**64 - 1)


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


def names_of(scenario: Scenario) -> Names:
    """Ids of a scenario, in the order of the arrays."""
    return Names(
        issues=tuple(scenario.issues),
        options=tuple(tuple(issue.options) for issue in scenario.issues.values()),
        parties=tuple(scenario.parties),
        lines=tuple(line.id for party in scenario.parties.values() for line in party.red_lines),
        linkages=tuple(link.id for party in scenario.parties.values() for link in party.linkages),
        phases=tuple(phase.id for phase in scenario.phases),
        levers=tuple(lever.id for lever in scenario.levers),
        events=tuple(event.id for event in scenario.events),
        futures=tuple(future.id for future in scenario.futures),
        proposals=tuple(each.id for each in tabled(scenario)),
        ratification=tuple(clause.id for clause in scenario.ratification),
    )


def status_quo_of(scenario: Scenario) -> Ints:
    """Option [I] that holds while nothing is agreed, -1 where the issue has none."""
    issues = scenario.issues.values()
    return np.array(
        [-1 if issue.status_quo is None else list(issue.options).index(issue.status_quo) for issue in issues], np.int64
    )
