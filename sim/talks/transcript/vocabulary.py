"""The words of a scenario by place: names, titles, descriptions, and short phrases made of them."""

from collections.abc import Sequence

from sim.rules.state import ACCEPTS, BREAKS_LINE, FALLS_SHORT
from sim.scenario import Scenario
from sim.scenario.calendar import calendar_of
from sim.scenario.names import shortened
from sim.scenario.round_words import at_round, plural
from sim.talks.transcript.entries import Answer, Tabled
from sim.talks.transcript.reasons import Given

HARDLY = 0.005
"""A shortfall that two decimals would print as nothing."""

WORTH_REPEATING = 0.05
"""Change of a shortfall since it was told last for which an answer that is otherwise the same is told again."""

WORTH_SAYING = 0.015
"""What protections must add for a page to say so."""


class Words:
    """A scenario as the places of its arrays are called. Remembers which options it has described in full."""

    def __init__(self, scenario: Scenario, brief: bool = False) -> None:
        """`brief`: positions are told by label first, so labels do from then on, and what has been said is not repeated."""
        self.scenario = scenario
        self.is_brief = brief
        self._calendar = calendar_of(scenario)
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
        self._short: dict[tuple[int, int], float] = {}
        self._helps: dict[int, int] = {}
        self._met: dict[tuple[int, int], float] = {}

    def when(self, first: int, last: int | None = None) -> str:
        """`Week 3`, or `Weeks 3-5`, of rounds that count from 0, with the day on which the last of them is over."""
        noun, last = self.scenario.round.capitalize(), first if last is None else last
        numbers = f"{noun} {first + 1}" if last == first else f"{plural(noun)} {first + 1}-{last + 1}"
        return f"{numbers}{self._day(last)}"

    def at(self, number: int) -> str:
        """`in week 3`, or `on day 3`, of a round that counts from 0, with the day on which it is over."""
        return f"{at_round(self.scenario.round, number + 1)}{self._day(number)}"

    def named(self, number: int) -> str:
        """`week 3` with the day on which it is over."""
        return f"{self.scenario.round} {number + 1}{self._day(number)}"

    def _day(self, number: int) -> str:
        return "" if self._calendar is None else f" (to {self._calendar.says(number + 1)})"

    def rounds(self, n: int) -> str:
        """`52 weeks`."""
        return f"{n} {self.scenario.round if n == 1 else plural(self.scenario.round)}"

    def line(self, r: int) -> str:
        """A red line in the words of its owner."""
        return f"“{self.lines[r]}”"

    def option(self, i: int, o: int, now: int) -> str:
        """An option: described in full the first time, then by its label, or as what holds now (-1: nothing does)."""
        description = (self.labels if self.is_brief else self.options)[i][o]
        known = (i, o) in self._described
        self._described.add((i, o))
        if o == now:
            return "as now" if known or self.is_brief else f"as now: {description}"
        return self.labels[i][o] if known else description

    def proposed_as_now(self, tabled: Tabled) -> list[str]:
        """Issues that the reported proposal names and leaves as they are."""
        changed = {change.issue for change in tabled.from_status_quo}
        return [self.issues[i] for i in tabled.stated if i not in changed]

    def levels(self, values: Sequence[float], present: Sequence[bool] | None = None) -> str:
        """A number for each party, or for each that is at the table."""
        told = present or [True] * len(values)
        pairs = zip(self.parties, values, strict=True)
        return ", ".join(f"{name} {value:z.2f}" for there, (name, value) in zip(told, pairs, strict=True) if there)

    def known(self, values: Sequence[float | None]) -> str:
        """A number for each party that has one."""
        return self.levels([0.0 if v is None else v for v in values], [v is not None for v in values])

    def answer(self, answer: Answer, named: Sequence[int] = ()) -> str:
        """An answer with its reason; `named` are the red lines that the party named the last time."""
        if answer.said == ACCEPTS:
            spare = f", with {-answer.shortfall:.2f} to spare" if answer.shortfall < -HARDLY else ""
            return f"yes{spare}{_against(answer)}"
        if answer.said == BREAKS_LINE:
            return f"no, {self._named(answer.lines, named)}"
        if answer.said == FALLS_SHORT:
            return f"no, {short(answer)}{_against(answer)}{self._wanted(answer)}"
        return f"no, though the text gives all that it asks (bad faith): {self.objection(answer.wanted)}"

    def _wanted(self, answer: Answer) -> str:
        """What would help a party most; where pages are brief, only when that is another issue than the last time."""
        same = self.is_brief and self._helps.get(answer.party) == answer.wanted
        self._helps[answer.party] = answer.wanted
        return f"; what would help most: {self.issues[answer.wanted]}" if answer.wanted >= 0 and not same else ""

    def objection(self, issue: int) -> str:
        """What a party in bad faith says on withholding its consent."""
        return f"a new demand, on {self.issues[issue]}" if issue >= 0 else "it finds another objection"

    def met(self, given: Given, by_author: bool) -> str:
        """How far an adversary has come, where that has changed since it was last told; 0 need not be told."""
        before = self._met.get((given.to, given.by), 0.0)
        if abs(given.share - before) < HARDLY:
            return ""
        self._met[given.to, given.by] = given.share
        if given.share < HARDLY:
            return ""
        other = self.parties[given.by]
        if given.asked <= given.hoped:
            asks = f"asks no more than {other}'s position gives"
            return asks if by_author else f"{self.parties[given.to]} {asks}"
        return f"{given.share:.0%} met by {other}" if by_author else f"{self.parties[given.to]} {given.share:.0%} met"

    def has_moved(self, author: int, answer: Answer) -> bool:
        """Whether a text that falls short is less far from a party, or farther, than when that was told last."""
        before = self._short.get((author, answer.party))
        moved = before is None or abs(answer.shortfall - before) >= WORTH_REPEATING
        if moved:
            self._short[author, answer.party] = answer.shortfall
        return moved and answer.said == FALLS_SHORT

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

    def refusal(self, answer: Answer) -> str:
        """A refusal in fewer words still."""
        return f"{self.parties[answer.party]} ({_reason(answer)})"


def short(answer: Answer) -> str:
    """How far a text falls short of what a party asks."""
    return f"{answer.shortfall:.2f} short" if answer.shortfall >= HARDLY else "just short"


def _against(answer: Answer) -> str:
    """What a text is worth to a party against what that has without it, where the scenario says of what it is made."""
    if answer.without is None:
        return ""
    protected = f"; protections add {answer.protected:.2f}" if answer.protected >= WORTH_SAYING else ""
    return f" ({answer.value:z.2f} against {answer.without:z.2f}{protected})"


def _gist(answer: Answer) -> str:
    if answer.said == ACCEPTS:
        return "yes"
    return f"no ({_reason(answer)})"


def _reason(answer: Answer) -> str:
    reasons = {BREAKS_LINE: "red line" + "s" * (len(answer.lines) > 1), FALLS_SHORT: short(answer)}
    return reasons.get(answer.said, "another objection")
