"""A party: what it wants, what it refuses, what it has without a deal, and how it bargains."""

from typing import Literal

from pydantic import Field

from sim.scenario.agenda import Clause, Terms
from sim.scenario.blocks import OneText, Sourced
from sim.scenario.quantities import (
    Capability,
    Chance,
    Exponent,
    Factor,
    FixedShare,
    Length,
    Multiple,
    Rounds,
    Share,
    Signed,
    Spread,
)

Role = Literal["belligerent", "mediator", "stakeholder"]


class Priority(Sourced):
    """A party's weight for an issue and its value for each option (Keeney & Raiffa 1976)."""

    weight: FixedShare = Field(description="share of the party's total concern; a party's weights sum to 1")
    values: dict[str, FixedShare] = Field(description="option: value from 0 (worst) to 1 (best)")
    order: tuple[str, ...] = Field(
        (), description="options from worst to best where the evidence states a strict order"
    )
    spacing: str | None = Field(
        None,
        description="why values between the ends stand where they do: they count as assumed, the ends keep the source",
    )


class RedLine(Sourced):
    """A condition on a package that the party refuses, whatever else is in it."""

    id: str
    says: str = Field(description="the line in plain words")
    refuses: Clause
    firmness: Share = Field(description="probability that the line is real rather than posture")
    yield_: Share = Field(alias="yield", description="how much of its firmness full pressure takes away")
    declared: bool = Field(True, description="whether the others know of it before it is cited")
    same_as: str | None = Field(None, description="id of a line that is real in the same runs as this one")


class Linkage(Sourced):
    """A bonus or malus when options of two or more issues come together."""

    id: str
    says: str
    when: Clause
    bonus: Signed


class NoDeal(Sourced):
    """What the party expects from going on without agreement (Fearon 1995)."""

    base: Share | None = Field(None, description="its value at the start")
    like: Terms | None = Field(None, description="instead: the value of this package, the rest at status quo")
    plus: Signed | None = Field(None, description="with `like`: what going on is worth beside that package")
    momentum: Signed | None = Field(None, description="change when momentum goes from 0 to 1")
    cost: Share | None = Field(None, description="what each round costs it that goes on without a pause")


class Stand(OneText, Sourced):
    """What a party has put forward on one issue: the option, or a mapping with its claims as well."""

    plain_key = "option"
    wanted = "an option, or a mapping with `option` and `evidence`"

    option: str


class Protection(Sourced):
    """How far the options of one issue protect the party from a deal that does not last."""

    adds: dict[str, Share] = Field(description="option: share of the odds of collapse that it takes away")


class Confident(Sourced):
    """The other type that the party may be: one that thinks it is winning. It would sign what it asks for."""

    share: Share = Field(description="probability that the party is of this type")
    optimism: Signed = Field(description="its optimism then, further on its own side of that axis")


class Concession(Sourced):
    """How it comes down from what it asks first (Faratin, Sierra & Jennings 1998)."""

    exponent: Exponent | None = Field(
        None, description="below 1 Boulware, 1 linear, above 1 conceder; 1 where left out"
    )
    deadline: Rounds = Field(description="rounds after which it asks no more than its fallback")


class EveryParty(Sourced):
    """What holds for every party that says nothing else."""

    weights_sd: Spread | None = Field(None, description="uncertainty of weights: sd of their logarithms")
    values_sd: Spread | None = Field(None, description="uncertainty of option values: their sd")
    insight: FixedShare | None = Field(None, description="how well a party reads the others; 1 where left out")
    opening: Share | None = Field(None, description="as `opening` of a party")
    reciprocity: Share | None = Field(None, description="as `reciprocity` of a party")
    loss_aversion: Multiple | None = Field(None, description="as `loss_aversion`, of every belligerent")


class Party(Sourced):
    """A negotiating actor."""

    name: str
    role: Role
    priorities: dict[str, Priority] = Field({}, description="issue: what it wants; a neutral mediator wants nothing")
    no_deal: NoDeal | None = Field(None, description="what it has without a deal; a neutral mediator leaves it out")
    concession: Concession | None = Field(None, description="how it comes down; a neutral mediator leaves it out")
    red_lines: tuple[RedLine, ...] = ()
    linkages: tuple[Linkage, ...] = ()
    weights_sd: Spread | None = Field(None, description="uncertainty of its weights: sd of their logarithms")
    values_sd: Spread | None = Field(None, description="uncertainty of its option values: their sd")
    position: dict[str, Stand] = Field({}, description="issue: what it has put forward; its talks start there")
    opening: Share | None = Field(
        None, description="how far towards its best it opens where its position says nothing; 0 where left out"
    )
    reciprocity: Share | None = Field(
        None,
        description="how far it comes down for what its adversary offers, and not with time; 0 where left out",
    )
    optimism: Signed | None = Field(
        None,
        description="how far it sees fortunes from where all see them; plus is towards the party that `momentum` favours",
    )
    confident: Confident | None = None
    trust: Chance | None = Field(None, description="chance, as it sees it, that a deal without protections lasts")
    rearm: Share | None = Field(None, description="how far a pause moves fortunes against it")
    protections: dict[str, Protection] = Field({}, description="issue: what of it makes a deal last, as it sees it")
    loss_aversion: Multiple | None = Field(
        None, description="how much heavier a belligerent weighs what is worse than the status quo; 1 where left out"
    )
    insight: Share | None = Field(None, description="how well it reads the others; 1 where left out")
    good_faith: Share | None = Field(None, description="probability that it means to agree at all; 1 where left out")
    exposed_after: Length | None = Field(
        None, description="withheld consents after which bad faith shows; 3 where left out"
    )
    patience: Rounds | None = Field(None, description="a mediator's: rounds without progress before it leaves")
    bias: dict[str, Factor] = Field(
        {}, description="a mediator's: how much each party's shortfall counts; 1 where left out"
    )
    capability: Capability | None = Field(
        None,
        description="what it could bring to bear, beside the others; 1 where left out; only `sim baseline` reads it",
    )

    def is_neutral(self) -> bool:
        """Whether it is a mediator without stakes of its own: it takes whatever the others can agree on."""
        return self.role == "mediator" and not (self.priorities or self.no_deal or self.concession or self.linkages)
