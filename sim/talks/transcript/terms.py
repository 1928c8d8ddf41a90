"""The words of a scenario by place: names, titles, descriptions, and short phrases made of them."""

from collections.abc import Sequence

from sim.rules.state import ACCEPTS, BREAKS_LINE, FALLS_SHORT
from sim.scenario import Scenario
from sim.scenario.names import shortened
from sim.scenario.rounds import at_round, plural
from sim.talks.transcript.entries import Answer, Tabled

HARDLY = 0.005
"""A shortfall that two decimals would print as nothing."""


def joined(parts: Sequence[str], joint: str = ", ", last: str = " and ") -> str:
    """Words as a list in a sentence."""
    return last.join([joint.join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


class Words:
    """A scenario as the places of its arrays are called. Remembers which options it has described in full."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        parties = scenario.parties.values()
        self.full_names = [party.name for party in parties]
        self.parties = shortened(self.full_names, " (")
        self.issues = [issue.title for issue in scenario.issues.values()]
        self.options = [[option.says for option in issue.options.values()] for issue in scenario.issues.values()]
        self.labels = [[issue.label(option) for option in issue.options] for issue in scenario.issues.values()]
        self.lines = [line.says for party in parties for line in party.red_lines]
        self.owners = [name for name, party in zip(self.parties, parties, strict=True) for _ in party.red_lines]
        self._described: set[tuple[int, int]] = set()
        self._silent: set[int] = set()

    def when(self, first: int, last: int | None = None) -> str:
        """`Week 3`, or `Weeks 3-5`, of rounds that count from 0: for people the first one is the first."""
        noun = self.scenario.round.capitalize()
        return f"{noun} {first + 1}" if last is None or last == first else f"{plural(noun)} {first + 1}-{last + 1}"

    def at(self, number: int) -> str:
        """`in week 3`, or `on day 3`, of a round that counts from 0."""
        return at_round(self.scenario.round, number + 1)

    def rounds(self, n: int) -> str:
        """`52 weeks`."""
        return f"{n} {self.scenario.round if n == 1 else plural(self.scenario.round)}"

    def line(self, r: int) -> str:
        """A red line in the words of its owner."""
        return f"“{self.lines[r]}”"

    def option(self, i: int, o: int, now: int) -> str:
        """An option: described in full the first time, then by its label, or as what holds now (-1: nothing does)."""
        description = self.options[i][o]
        known = (i, o) in self._described
        self._described.add((i, o))
        if o == now:
            return "as now" if known else f"as now: {description}"
        return self.labels[i][o] if known else description

    def proposed_as_now(self, tabled: Tabled) -> list[str]:
        """Issues that the reported proposal names and leaves as they are."""
        proposal = self.scenario.proposal
        changed = {change.issue for change in tabled.from_status_quo}
        return [
            issue.title
            for i, (name, issue) in enumerate(self.scenario.issues.items())
            if proposal is not None
            and i not in changed
            and list(issue.options)[tabled.package[i]] == proposal.terms.get(name)
        ]

    def levels(self, values: Sequence[float], present: Sequence[bool] | None = None) -> str:
        """A number for each party, or for each that is at the table."""
        told = present or [True] * len(values)
        pairs = zip(self.parties, values, strict=True)
        return ", ".join(f"{name} {value:.2f}" for there, (name, value) in zip(told, pairs, strict=True) if there)

    def answer(self, answer: Answer, named: Sequence[int] = ()) -> str:
        """An answer with its reason; `named` are the red lines that the party named the last time."""
        if answer.said == ACCEPTS:
            return "yes" + (f", with {-answer.shortfall:.2f} to spare" if answer.shortfall < -HARDLY else "")
        if answer.said == BREAKS_LINE:
            return f"no, {self._named(answer.lines, named)}"
        if answer.said == FALLS_SHORT:
            wanted = f"; what would help most: {self.issues[answer.wanted]}" if answer.wanted >= 0 else ""
            return f"no, {short(answer)}{wanted}"
        return f"no, though the text gives all that it asks (bad faith): {self.objection(answer.wanted)}"

    def objection(self, issue: int) -> str:
        """What a party in bad faith says on withholding its consent."""
        return f"a new demand, on {self.issues[issue]}" if issue >= 0 else "it finds another objection"

    def nothing(self, parties: Sequence[int]) -> str:
        """That parties have nothing to table: what that means the first time, then in short."""
        known = self._silent.issuperset(parties)
        self._silent.update(parties)
        who = "it" if len(parties) == 1 else "they"
        return "nothing to table" + ("" if known else f" that {who} would accept and that could be agreed now")

    def _named(self, lines: Sequence[int], named: Sequence[int]) -> str:
        if not set(lines) & set(named):
            return f"red line{'s' * (len(lines) > 1)} {'; '.join(self.line(r) for r in lines)}"
        new = "; ".join(self.line(r) for r in lines if r not in named)
        gone = "; ".join(self.line(r) for r in named if r not in lines)
        changes = [f"now {new}" if new else "", f"no longer {gone}" if gone else ""]
        kept = f", {len(set(lines) & set(named))} as before"
        return f"red lines: {', '.join(change for change in changes if change)}{kept}"

    def brief(self, answer: Answer) -> str:
        """An answer in few words."""
        return f"{self.parties[answer.party]} {_gist(answer)}"


def short(answer: Answer) -> str:
    """How far a text falls short of what a party asks."""
    return f"{answer.shortfall:.2f} short" if answer.shortfall >= HARDLY else "just short"


def _gist(answer: Answer) -> str:
    if answer.said == ACCEPTS:
        return "yes"
    reasons = {BREAKS_LINE: "red line" + "s" * (len(answer.lines) > 1), FALLS_SHORT: short(answer)}
    return f"no ({reasons.get(answer.said, 'another objection')})"
