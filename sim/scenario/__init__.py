"""Scenarios: frozen pydantic models of what a scenario file says."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from sim.scenario import dated_rounds
from sim.scenario.agenda import CHANGED, Choice, Clause, Issue, Option, Scale, Terms
from sim.scenario.blocks import Block, Sourced
from sim.scenario.classes import with_classes
from sim.scenario.kept_draws import KeptDraws
from sim.scenario.mechanisms import MECHANISMS, Mechanism
from sim.scenario.names import spoken, told_apart
from sim.scenario.numbers import Number
from sim.scenario.party import EveryParty, Linkage, Party, Priority, RedLine
from sim.scenario.process import (
    Consent,
    Continues,
    DatedExclusion,
    DatedProposal,
    Event,
    Exclusion,
    Future,
    Lever,
    Momentum,
    OutsideView,
    Phase,
    Proposal,
    Ratification,
    WalkAway,
)
from sim.scenario.quantities import Share, Worth

__all__ = [
    "CHANGED", "Block", "Clause", "Consent", "Continues", "DatedExclusion", "DatedProposal", "Event", "EveryParty",
    "Exclusion", "Future", "Issue", "KeptDraws", "Lever", "Linkage", "Mechanism", "Momentum", "Number", "Option",
    "OutsideView", "Party", "Phase", "Priority", "Proposal", "Ratification", "RedLine", "Scale", "Scenario", "Share",
    "Sourced", "Terms", "WalkAway", "Worth",
]  # fmt: skip


class Scenario(Sourced):
    """A negotiation: its agenda, its parties and how the talks go."""

    title: str
    summary: str = Field(description="one paragraph: what it plays and which reports that comes from")
    plays: tuple[str, ...] = Field((), description="claims that it plays, each as `article.claim`")
    date: str | None = Field(
        None,
        pattern=r"^\d{4}-\d{2}(-\d{2})?$",
        description="the date that its numbers are for; `sim check` warns of claims written later",
    )
    known_by: str | None = Field(
        None,
        pattern=r"^\d{4}-\d{2}(-\d{2})?$",
        description="the last day of which claims may be used, where talks that begin on `date` are told from a later day",
    )
    round: str = Field("week", description="how long a round is, as a noun")
    continues: Continues | None = Field(None, description="talks that it goes on from; left out: it begins anew")
    classes: dict[str, Worth] = Field(
        {}, description="what each class of numbers is worth: points of a weight, the number itself elsewhere"
    )
    issues: dict[str, Issue] = Field(min_length=1)
    parties: dict[str, Party] = Field(min_length=2)
    every_party: EveryParty | None = Field(None, description="what holds for every party that says nothing else")
    phases: tuple[Phase, ...] = Field(min_length=1)
    proposal: Proposal | None = None
    proposals: tuple[DatedProposal, ...] = Field((), description="documented proposals tabled in later rounds")
    consent: tuple[Consent, ...] = Field((), description="besides every belligerent")
    off_the_table: tuple[DatedExclusion, ...] = Field(
        (), description="combinations of options that make no sense, or not yet"
    )
    levers: tuple[Lever, ...] = ()
    events: tuple[Event, ...] = ()
    momentum: Momentum | None = None
    futures: tuple[Future, ...] = Field((), description="what going on without a deal may lead to: two to four of them")
    hope: Share | None = Field(None, description="chance that talks after an opening phase succeed, as parties see it")
    gives: dict[str, Choice] = Field(
        {},
        description="issue, or issue.option: who may put it into a text unasked; with this, rules of consent name givers too",
    )
    mechanisms: dict[str, Literal["on", "off"]] = Field(
        {}, description=f"{', '.join(MECHANISMS)}: whether that part of the model plays; `off` leaves its keys unread"
    )
    walk_away: WalkAway | None = None
    outside_view: tuple[OutsideView, ...] = Field(
        (), description="what others say or have counted about such talks: told beside the headline, never played"
    )
    ratification: tuple[Ratification, ...] = ()
    draws: KeptDraws | None = Field(
        None, description="only these runs of a seed are played; all of any seed where left out"
    )

    def stakeholders(self) -> dict[str, Party]:
        """The parties that want anything: all but neutral mediators."""
        return {name: party for name, party in self.parties.items() if not party.is_neutral()}

    def phase_called(self, phase: str) -> str:
        """What a phase is called on pages, by its id."""
        return next((each.called() for each in self.phases if each.id == phase), spoken(phase))

    def has_core(self) -> bool:
        """Whether the proposal names core terms, so that an agreement keeps or amends them."""
        return self.proposal is not None and bool(self.proposal.core)

    def tells_lasting(self) -> bool:
        """Whether it says how far a belligerent trusts a deal, so that the chance of its lasting can be told."""
        trusts = any(party.role == "belligerent" and party.trust is not None for party in self.parties.values())
        return trusts and self.mechanisms.get("trust") != "off"

    def beginning_lines(self) -> dict[str, Event]:
        """Red lines without firmness at the start that an event gives some, and the first event that does."""
        bare = [
            line.id for party in self.parties.values() for line in party.red_lines if line.firmness.support()[1] == 0.0
        ]
        in_order = sorted(self.events, key=lambda event: int(event.round), reverse=True)
        raised = {
            line: event for event in in_order for line, shift in event.firmness.items() if shift.support()[1] > 0.0
        }
        return {line: raised[line] for line in bare if line in raised}

    def drafter(self, phase: Phase) -> str | None:
        """Who drafts in a phase with a single text: whom it names, or the only party whose role is to mediate."""
        mediators = [name for name, party in self.parties.items() if party.role == "mediator"]
        return phase.mediator or (mediators[0] if len(mediators) == 1 else None)

    @model_validator(mode="before")
    @classmethod
    def _told_apart(cls, data: object) -> object:
        """Put ids beside names that could be taken for one another, once and for all who read them."""
        return told_apart(data) if isinstance(data, Mapping) else data

    @model_validator(mode="before")
    @classmethod
    def _rounds_filled_in(cls, data: object) -> object:
        """What has a date gets its round beside it: what reads a round need not know."""
        return dated_rounds.with_rounds(data) if isinstance(data, Mapping) else data

    @model_validator(mode="before")
    @classmethod
    def _classes_filled_in(cls, data: object) -> object:
        """Fill in what a class is worth wherever a number names it, once and for all who read numbers."""
        return with_classes(data, cls) if isinstance(data, Mapping) else data

    @model_validator(mode="after")
    def _sizes(self) -> Self:
        if self.known_by is not None and self.date is not None and self.known_by < self.date:
            raise ValueError(f"has known_by {self.known_by}, before its date {self.date}; leave known_by out")
        if len(self.parties) > 16:
            raise ValueError(f"has {len(self.parties)} parties; at most 16")
        return self

    @field_validator("date", "known_by")
    @classmethod
    def _on_the_calendar(cls, day: str | None) -> str | None:
        if day is not None:
            whole = day if len(day) > len("2025-04") else f"{day}-01"
            if dated_rounds.day_of(whole) is None:
                raise ValueError(f"is no date (got {day})")
        return day
