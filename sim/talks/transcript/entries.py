"""What happened in one negotiation, as small frozen records. `sim.talks.transcript.page` puts it in words.

Parties, issues, options, lines, levers and the rest are numbers: their places in the scenario, as in `sim.game`.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.game import Floats, Ints
from sim.records import End
from sim.rules.state import OBJECTS
from sim.talks.transcript.reasons import Gift, Given, Outlook

Package = tuple[int, ...]
Gist = tuple[int, tuple[int, ...], int]


@dataclass(frozen=True)
class Change:
    """One issue on which a package differs from another."""

    issue: int
    old: int  # -1 where nothing holds, nor ever did
    new: int
    gain: float  # what the change by itself is worth to the author, without linkages
    towards: tuple[int, ...] = ()  # parties to whose position it comes nearer, by their own worth
    back: bool = False  # it goes back towards the author's position for no reason: a reversal


@dataclass(frozen=True)
class Answer:
    """A party's answer to a text."""

    party: int
    said: int  # ACCEPTS, BREAKS_LINE, FALLS_SHORT or OBJECTS of `sim.rules.state`
    value: float
    threshold: float  # what the text had to reach
    lines: tuple[int, ...]  # red lines that it names
    wanted: int  # issue that would help it most, or a new demand in bad faith, -1
    protected: float = 0.0  # what protections add to the value
    without: float | None = None  # what it falls back on, where its scenario says of what that is made

    @property
    def shortfall(self) -> float:
        """How far the text is from what the party asks; negative where it is worth more."""
        return self.threshold - self.value

    @property
    def gist(self) -> Gist:
        """What it says, numbers apart: its kind, the lines that it names, and a demand raised in bad faith."""
        return self.said, self.lines, self.wanted if self.said == OBJECTS else -1


@dataclass(frozen=True)
class Tabled:
    """A package that came on the table."""

    package: Package
    documented: bool  # the proposal that the scenario reports
    values: tuple[float, ...]  # to each party
    aspiration: float  # of its author
    from_status_quo: tuple[Change, ...]
    from_text: tuple[Change, ...] | None  # against the text before it, None where there was none in this phase
    text_by: int  # whose text that was, -1
    from_own: tuple[Change, ...] | None  # against its author's last offer, None where it is the first of this phase
    stated: tuple[int, ...] = ()  # issues of which a documented proposal reports the term
    filled: tuple[int, ...] = ()  # issues filled in from its author's position
    from_position: tuple[Change, ...] | None = (
        None  # against the position as this phase can settle it; None without one
    )
    given: tuple[Given, ...] = ()  # what its author has been given; for a mediator's draft, what each side has
    gifts: tuple[Gift, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A text and the answers that it got in one round; a shuttling mediator needs several rounds for one text."""

    author: int  # -1 where a settled text is put to a vote
    tabled: Tabled | None  # None where it lay on the table already
    answers: tuple[Answer, ...]
    unasked: tuple[int, ...]  # parties at the table whose consent the text did not need
    complete: bool  # all who are asked have answered
    agreed: bool
    withheld: bool  # its author took it back in bad faith
    declined: bool = False  # its author does not sign its own proposal
    demand: int = -1  # issue that it raises in bad faith on taking it back


class IncidentKind(StrEnum):
    """What an incident is; in brackets what `subject`, `before` and `after` stand for."""

    PHASE = "phase opens"  # [phase]
    EVENT = "event"  # [event]
    POSITION = "position changed"  # [party, round; issue and option by turns]
    ON_TABLE = "comes on the table"  # [-, place among the exclusions that end]
    MOMENTUM = "momentum"  # [-, momentum when last told, now]
    LEVER = "lever pulled"  # [lever, pressure on its target, shift of the target's no-deal value; tilt of fortunes]
    WITHDRAWN = "lever withdrawn"  # [lever]
    ANNOUNCED = "departure announced"  # [party, round of it, chance that parties give it where that is stated]
    STAYED = "departure did not come"  # [party, round to which it slips or -1]
    PAUSE = "cost of a pause"  # [party, what it would forgo in a pause]
    HOPE = "hope of later talks"  # [party, what it would give for them]
    THREATENED = "lever threatened"  # [lever, round in which it is to be pulled or -1, chance that parties give it]
    NOT_PULLED = "threat not carried out"  # [lever, round to which it slips or -1]
    NO_DEAL = "no-deal value moves"  # [party, value when last told, now; what each part adds]
    RECKONED = "threat reckoned with"  # [party, no-deal value without the threat, with it]
    DEPARTED = "departed"  # [party, 1 if announced and 0 if out of patience]
    LAPSED = "lapsed"  # [issue, option before, option after]
    LINE_GONE = "line gives way"  # [line]
    LINE_BACK = "line holds again"  # [line]
    LINE_BEGUN = "line begins"  # [line, 1 if it is real]
    CEASEFIRE = "ceasefire"  # [-, 1 if it was in force, 1 if it is]
    EXPOSED = "bad faith exposed"  # [party]
    SETTLED = "phase settled"  # [phase]
    REOPENED = "framework reopened"  # [issue, option of the framework, option now]
    RATIFIED = "ratified"  # [clause, chance of passing]
    NOT_RATIFIED = "not ratified"  # [clause, chance of passing]


@dataclass(frozen=True)
class Incident:
    """Something that happened beside offers and answers."""

    kind: IncidentKind
    subject: int = -1
    before: float = 0.0
    after: float = 0.0
    parts: tuple[float, ...] = ()


@dataclass(frozen=True)
class Pass:
    """A speaker with nothing to table, when its turn came."""

    party: int
    after: int  # turns of the round that came before


@dataclass(frozen=True)
class Round:
    """One round: what it brought, what was said, what that set off."""

    number: int
    phase: int
    before: tuple[Incident, ...]
    turns: tuple[Turn, ...]
    passed: tuple[Pass, ...]
    after: tuple[Incident, ...]
    present: tuple[bool, ...]  # parties at the table when it opened
    aspiration: tuple[float, ...]
    fallback: tuple[float, ...]
    no_deal: tuple[float, ...]
    outlook: tuple[Outlook, ...] = ()  # what the no-deal values are made of, where the scenario says


@dataclass(frozen=True)
class Ending:
    """How it ended."""

    end: End
    round: int
    phase: int
    package: Package  # what holds
    status_quo: Package
    settled: tuple[bool, ...]
    values: tuple[float, ...]
    no_deal: tuple[float, ...]
    core_kept: bool
    holds: float
    cited: tuple[int, ...]  # refusals that named each line
    wanted: tuple[int, ...]  # refusals that each issue would have helped most
    worth: tuple[float, ...] = ()  # value with protections: what is compared with the no-deal value
    terms: tuple[float | None, ...] = ()  # 0 the other side's position, 1 the party's own
    holding: tuple[float | None, ...] = ()  # chance of still holding after a year, as each belligerent sees it
    reversals: int = 0
    overlooked: bool = False  # some position or earlier text would pass at the end


@dataclass(frozen=True)
class Transcript:
    """One negotiation from its first round to its end."""

    run: int | None
    good_faith: tuple[bool, ...]
    posture: tuple[int, ...]  # red lines that are not real though they apply
    rounds: tuple[Round, ...]
    ending: Ending
    confident: tuple[
        bool | None, ...
    ] = ()  # whether a party thinks that it is winning; None where no other type is stated
    positions: tuple[Package, ...] = ()  # what each party has put forward at the start, -1 where it is silent

    @property
    def has_positions(self) -> bool:
        """Whether any party has put something forward."""
        return any(option >= 0 for position in self.positions for option in position)

    def offers(self) -> list[tuple[int, int, Tabled]]:
        """Every package tabled: round, author, package."""
        return [(r.number, t.author, t.tabled) for r in self.rounds for t in r.turns if t.tabled is not None]


@dataclass(frozen=True)
class Dance:
    """The negotiation dance as arrays, for a picture: n offers, m rounds, P parties."""

    round: Ints  # [n] in which a package was tabled
    author: Ints  # [n]
    value: Floats  # [n, P] of the package
    accepted: bool  # the last package was agreed, and not as an interim deal
    rounds: Ints  # [m]
    aspiration: Floats  # [m, P]
    fallback: Floats  # [m, P]


def dance_of(transcript: Transcript) -> Dance:
    """The offers, aspirations and no-deal values of a negotiation."""
    offers, rounds, parties = transcript.offers(), transcript.rounds, len(transcript.good_faith)
    return Dance(
        round=np.array([number for number, _, _ in offers], np.int64),
        author=np.array([author for _, author, _ in offers], np.int64),
        value=np.array([tabled.values for _, _, tabled in offers], float).reshape(-1, parties),
        accepted=transcript.ending.end in (End.AGREEMENT, End.RATIFICATION_FAILED),
        rounds=np.array([played.number for played in rounds], np.int64),
        aspiration=np.array([played.aspiration for played in rounds], float).reshape(-1, parties),
        fallback=np.array([played.fallback for played in rounds], float).reshape(-1, parties),
    )
