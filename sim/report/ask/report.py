"""A draft asked of parties, with what a reader needs beside the answers."""

import datetime
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.analysis.draft.amendments import Amendment, Amendments
from sim.analysis.draft.asked import Heard
from sim.analysis.shares.difference import Difference, difference
from sim.analysis.shares.likelihood import Share, wilson
from sim.game import Game
from sim.scenario import CHANGED, Scenario


@dataclass(frozen=True)
class Again:
    """How a draft was asked about on the command line, so that it can be asked about again with a change."""

    draft: str | None = None  # --draft
    words: dict[str, str] = field(default_factory=dict)  # issue=option
    options: tuple[str, ...] = ()  # the rest that changes answers, as typed

    def command(self, scenario: str, changes: Mapping[str, str]) -> str:
        """The command that asks about the draft with some changes."""
        words = [f"{issue}={option}" for issue, option in {**self.words, **changes}.items()]
        draft = ["--draft", self.draft] if self.draft else []
        return shlex.join(["sim", "ask", scenario, *draft, *words, *self.options])


@dataclass(frozen=True)
class Talks:
    """What talks come to that begin with the draft, beside the same talks as the scenario has them."""

    agreed: Share
    as_is: Share
    apart: Difference
    keeping: Share  # agree and keep every term that the draft names
    command: str  # plays them, with all their files


@dataclass(frozen=True)
class AskReport:
    """The answers to a draft."""

    scenario: Scenario
    name: str
    title: str  # of the draft
    game: Game
    heard: Heard
    amendments: Amendments
    file: str  # of the scenario, as it was named
    again: Again
    overrides: dict[str, str]
    day: datetime.date | None = None  # on which it is asked; None: at the outset
    party: str | None = None  # whose answer alone was asked for
    against: "AskReport | None" = None
    talks: Talks | None = None

    def asked(self) -> list[str]:
        """The parties whose answers are told: those that want something, or the one that was named."""
        wants = [name for name in self.scenario.parties if not self.scenario.parties[name].is_neutral()]
        return [self.party] if self.party else wants

    def called(self, party: str) -> str:
        """What a party is called."""
        return self.scenario.parties[party].name

    def share(self, party: str) -> Share:
        """How often a party takes the draft."""
        return self.heard.answers[party].share()

    def settled(self) -> Share:
        """How often all whose consent the draft needs take it."""
        return wilson(int(self.heard.settled.sum()), len(self.heard.settled))

    def command(self, amendment: Amendment) -> str:
        """The command that asks about the draft as it is amended."""
        return self.again.command(self.file, amendment.changes)

    def more_takes(self, other: "AskReport", party: str) -> Difference:
        """By how much more often a party takes this draft than another one, in the same worlds."""
        p = self.game.names.parties.index(party)
        return difference(np.asarray(self.heard.takes[:, p]), np.asarray(other.heard.takes[:, p]))

    def more_settled(self, other: "AskReport") -> Difference:
        """The same of all whose consent each needs."""
        return difference(self.heard.settled, other.heard.settled)

    def off_the_table(self) -> list[str]:
        """Why nobody could settle the draft: the combinations in it that are never on the table, in words."""
        found = []
        terms = self.game.names.package(self.heard.draft.package)
        for exclusion in self.scenario.off_the_table:
            wanted = exclusion.when.items()
            if all(terms[issue] in self._options(issue, options) for issue, options in wanted):
                until = exclusion.until
                named = ", ".join(self.scenario.issues[issue].title for issue in exclusion.when)
                told = f"{exclusion.says.removesuffix('.')} (it hangs on {named})"
                found += [told] if until is None or self.heard.after < int(until.round) else []
        return found

    def _options(self, issue: str, options: tuple[str, ...]) -> list[str]:
        known = self.scenario.issues[issue]
        changed = [each for each in known.options if each != known.status_quo]
        return changed if options == (CHANGED,) else list(options)
