"""How the talks go: phases, consent, levers, events, the walk-away, what follows a signature, what others say of it."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.agenda import Clause, Terms
from sim.scenario.blocks import Block, Sourced
from sim.scenario.names import spoken
from sim.scenario.party import Stand
from sim.scenario.quantities import Count, Dated, Day, Factor, Length, LogOdds, Moment, Share, Signed

Protocol = Literal["alternating", "single_text", "put_to"]


class Consent(Sourced):
    """Who must accept: one of `all_of`, `any_of` or `at_least` ... `of`; nested where a quota needs it."""

    all_of: tuple["str | Consent", ...] = ()
    any_of: tuple["str | Consent", ...] = ()
    at_least: Length | None = None
    of: tuple["str | Consent", ...] = ()
    when: Clause | None = Field(None, description="only for packages that match and differ here from status quo")
    says: str | None = None
    id: str | None = Field(None, description="a name by which another file may change or drop it")

    @model_validator(mode="after")
    def _one_form(self) -> "Consent":
        if bool(self.all_of) + bool(self.any_of) + bool(self.of) != 1 or bool(self.of) != (self.at_least is not None):
            raise ValueError("needs exactly one of all_of, any_of, or at_least with of")
        if self.at_least is not None and int(self.at_least) > len(self.of):
            raise ValueError(f"asks for {int(self.at_least)} of only {len(self.of)}")
        return self

    def members(self) -> tuple["str | Consent", ...]:
        """The parties or rules that it chooses from."""
        return self.all_of or self.any_of or self.of

    def needed(self) -> int:
        """How many of its members must accept."""
        if self.at_least is not None:
            return int(self.at_least)
        return len(self.all_of) or 1


class Until(Dated):
    """When something ends: from that round on it no longer holds."""

    round: Count
    date: Day = None


class Exclusion(Block):
    """A combination of options that makes no sense and is never on the table."""

    says: str
    when: Clause
    id: str | None = Field(None, description="a name by which another file may change or drop it")


class DatedExclusion(Exclusion):
    """An exclusion that may end: what it names then comes on the table."""

    until: Until | None = Field(None, description="when it comes on the table; left out: never")


class Phase(Sourced):
    """One stretch of talks with its own agenda and protocol."""

    id: str
    label: str | None = Field(None, description="a few words for pages; without it, its id with blanks for underscores")
    rounds: Length
    agenda: Literal["all"] | tuple[str, ...] = "all"
    protocol: Protocol = "alternating"
    speakers: tuple[str, ...] = Field((), description="who tables packages, where it is not every party")
    consent: tuple[Consent, ...] | None = Field(None, description="replaces the scenario's rules in this phase")
    mediator: str | None = Field(None, description="single_text: who drafts; without it the only mediator")
    revisions: Length | None = Field(None, description="single_text: issues changed a round at most; 2 where left out")
    consults: Literal["all", "alternate"] = Field("all", description="single_text: all parties at once, or one a round")
    put_to: tuple[str, ...] = Field((), description="put_to: who answers yes or no")
    off_the_table: tuple[Exclusion, ...] = Field((), description="what this phase cannot settle either")
    over_the_head_of: tuple[str, ...] = Field((), description="parties whose consent this phase does not ask for")
    provisional: bool = Field(
        False,
        description="settles a framework that binds nobody until the next phase, with its details, is settled too",
    )
    lasts: dict[str, Length] = Field({}, description="issue: rounds after which what was settled lapses")

    def called(self) -> str:
        """What it is called on pages."""
        return self.label or spoken(self.id)


class DatedProposal(Dated):
    """A documented proposal that its author tables in a given round; what it does not name is as its position has it."""

    id: str
    by: str
    round: Count
    date: Day = None
    terms: Terms


class Proposal(Sourced):
    """A documented proposal, tabled in the first round of a phase that has its terms on the agenda."""

    by: str
    terms: Terms
    core: tuple[str, ...] = Field((), description="issues that define `keeping the core terms`")
    locked: tuple[str, ...] = Field((), description="issues that leave the agenda at the proposed option")


class Trigger(Dated):
    """When a lever is pulled."""

    round: Count | None = None
    date: Day = None
    refusals: Length | None = Field(None, description="after so many refusals by the party it is on")
    exposed: Literal[True] | None = Field(None, description="once the bad faith of the party it is on shows")

    @model_validator(mode="after")
    def _one(self) -> "Trigger":
        if len([x for x in (self.round, self.refusals, self.exposed) if x is not None]) != 1:
            raise ValueError("needs exactly one of round (or date), refusals, exposed")
        return self


class Lever(Sourced):
    """A means of one party against, or for, another."""

    id: str
    says: str
    by: str
    on: str
    when: Trigger | None = Field(None, description="left out: within reach but not used")
    until: Until | None = Field(None, description="when it ends, or is no longer within reach; left out: never")
    threatened: Moment | None = Field(
        None, description="round from which it is threatened; until it is pulled, parties reckon with `carried_out`"
    )
    carried_out: Share | None = Field(
        None, description="probability that the threat is carried out on its date, and on each to which it slips"
    )
    slips: Length | None = Field(
        None, description="rounds by which the date slips, three times at most; left out: it lapses at once"
    )
    pressure: Share | None = Field(None, description="pressure on the red lines of the party it is on")
    no_deal: dict[str, Signed] = Field({}, description="party: shift of its no-deal value; assurances are positive")
    tilt: Signed | None = Field(None, description="how far it moves fortunes, on the axis of `momentum`")
    status_quo: dict[str, str] = Field({}, description="issue: what holds from then on while nothing is agreed")


class Future(Sourced):
    """What going on without a deal may lead to: a package that each party values by its own priorities (Fearon 1995)."""

    id: str
    says: str
    package: dict[str, str] = Field({}, description="issue: option; the rest is as now")
    leans: Signed = Field(
        description="1 where it comes when fortunes favour the party that `momentum` does, -1 when they are against it"
    )
    odds: LogOdds | None = Field(
        None, description="logarithm of its odds at even fortunes, beside those of the others; 0 where left out"
    )


class Event(Dated):
    """Something that happens at a round, whatever the talks do."""

    id: str
    says: str
    round: Count
    date: Day = None
    momentum: Signed | None = None
    firmness: dict[str, Signed] = Field({}, description="red line id: shift of its firmness")
    positions: dict[str, dict[str, Stand]] = Field(
        {}, description="party: issue: what it puts forward from then on, where that changes"
    )


class Momentum(Sourced):
    """Fortunes as a clipped random walk; positive favours one party."""

    favours: str
    start: Signed
    drift: Signed = Field(description="expected change a round without a pause")
    sd: Share = Field(description="standard deviation of the change a round")
    ceasefire_drift: Signed | None = Field(None, description="change a round in a pause: who grows stronger in it")
    horizon: Count | None = Field(None, description="rounds that parties look ahead; 8 where left out")
    ceasefire: Clause | None = Field(None, description="the options that mean a pause is in force, such as a truce")
    peace: Clause | None = Field(None, description="those of them that end it for good; all where left out")
    sharpness: Factor | None = Field(None, description="how far fortunes decide which future comes; 1 where left out")


class WalkAway(Sourced):
    """A mediator's announced departure."""

    by: str
    deadline: Moment | None = Field(None, description="round at which it leaves; left out: only its patience decides")
    announced: Moment | None = Field(None, description="round at which it says so; 0 where left out")
    carried_out: Share | None = Field(
        None, description="probability that it leaves on that date, and on each to which the date slips; left out: 1"
    )
    slips: Length | None = Field(
        None, description="rounds by which the date slips, three times at most; left out: the threat lapses at once"
    )
    then: Literal["end", "go_on"] = Field("end", description="whether the others go on without it")
    protocol: Literal["alternating"] = "alternating"


class Ratification(Sourced):
    """A domestic step after signature (Putnam 1988)."""

    id: str
    says: str
    party: str
    when: Clause
    passes: Share


class Continues(Block):
    """The talks that a scenario goes on from: they are played on the same draws up to a day, and it starts where they are."""

    scenario: str = Field(min_length=1, description="the earlier scenario: a file relative to this one, or a name")
    until: str | None = Field(
        None, description="day up to which it is played, YYYY-MM-DD; left out: this scenario's `date`"
    )
    earlier: dict[str, Any] = Field({}, description="the earlier scenario as it was read; the program fills it in")


class OutsideView(Sourced):
    """What others say, or have counted, about talks like these: a base rate, a forecast. No number of the model."""

    id: str
    says: str = Field(min_length=3, description="one sentence with its figure, and who gives it")
    until: str | None = Field(
        None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="the last date of a scenario that it is told beside; left out: beside any",
    )

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if not self.evidence:
            raise ValueError("needs `evidence`: an outside view is what others say, so a claim must give it")
        return self
