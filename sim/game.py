"""The game as read-only arrays, and the worlds it is played in. THE page of shapes, units and dtypes.

Axes: P parties, I issues, O options (padded to the largest issue), R red lines, L linkages, G consent rules,
K = R + L + G patterns in that order, H phases, T rounds in all, V levers, E events, C ratification clauses,
U futures, D documented proposals, Q stages of what parties put forward, B texts of earlier talks, n worlds. Values, no-deal
values, pressure and probabilities are plain numbers on the scale 0 to 1; time is in rounds; -1 stands for "none" in integer
arrays.

A *pattern* is a conjunction over issues: `masks[k, i]` has bit o set if option o of issue i matches, and every bit
where the pattern does not name the issue.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Masks = NDArray[np.uint64]

ALTERNATING, SINGLE_TEXT, PUT_TO = 0, 1, 2
PROTOCOLS = ("alternating", "single_text", "put_to")

NEVER, AT_ROUND, AFTER_REFUSALS, WHEN_EXPOSED = 0, 1, 2, 3

FOR_GOOD = 2**31
"""Round in which what has no end ends."""

NO_LIMIT = 1e9
"""Patience of a party that has none to lose, in rounds; the round of what never comes."""

SLIPS = 3
"""How often the date of a threat may slip before the threat lapses."""


class Rulebook(NamedTuple):
    """What is the same in every world of a game. All arrays are read-only."""

    options: Ints  # [I] number of options
    status_quo: Ints  # [I] option, -1 where the game has none
    start: Ints  # [I] option that holds at the start: locked, else status quo, else 0
    locked: Flags  # [I] off the agenda at `start`
    issue_order: Ints  # [I] issues in the order that sums and ties follow
    party_order: Ints  # [P] parties in the order that ties follow
    masks: Masks  # [K, I] option bits
    names: Flags  # [K, I] pattern names issue
    joint: Ints  # patterns that name several issues
    single: Ints  # [K] the issue that a pattern names, -1 where it names none or several
    touches: Flags  # [K] the pattern names some issue
    naming: Ints  # [K, *] issues that the pattern names, -1 padded
    line_owner: Ints  # [R] party
    line_declared: Flags  # [R] known before it is cited
    line_latent: Flags  # [R] has no firmness until an event gives it some: then it begins
    link_owner: Ints  # [L] party
    group_members: Flags  # [G, P]
    group_needed: Ints  # [G] how many members must accept
    group_whole: Flags  # [G] all of its members must accept
    group_given: Flags  # [G] only for packages that differ from status quo where its pattern matches them
    group_until: Ints  # [G] round from which it is no longer in force, FOR_GOOD
    lifting: Ints  # rules that end: what they keep off the table then comes on it
    phase_groups: Flags  # [H, G] rules in force
    protocol: Ints  # [H] ALTERNATING, SINGLE_TEXT or PUT_TO
    rounds: Ints  # [H]
    agenda: Flags  # [H, I] locked issues are never on it
    speaks: Flags  # [H, P]
    mediator: Ints  # [H] who drafts, -1
    revisions: Ints  # [H] issues that a draft may change in a round
    alternates: Flags  # [H] one party consulted a round
    put_to: Flags  # [H, P]
    lasts: Ints  # [H, I] rounds until what the phase settles lapses, -1
    provisional: Flags  # [H] what the phase settles is a framework, not in force
    belligerent: Flags  # [P]
    has_say: Flags  # [P] its consent may count in the last phase of bargaining, or it votes later
    stage: Ints  # [T + 1] stage of every round: it changes when somebody's position does
    position: Ints  # [Q, P, I] option that the party then has put forward, its own proposals included, -1
    has_position: Flags  # [P] in every stage, or in none
    adversary: Flags  # [P, P] the second party is a belligerent with a position, and the first another belligerent
    guarded: Flags  # [I, O] the scenario names who may put the option into a text
    gives: Flags  # [P, I, O] the party is one of them
    guards: bool  # whether any option is guarded
    bridges: Flags  # [H, P] drafts in the phase or is neutral: may put in what anybody at the table may
    proposal: Ints  # [D, I] option that the proposal names, -1
    states: Flags  # [D, I] the proposal names the issue
    proposal_phase: Ints  # [D, I] first phase that has the issue on its agenda, where the proposal names it, -1
    proposal_round: Ints  # [D] round in which it is tabled, -1: the first one of a phase that takes it up
    author: Ints  # [D] party that tables it
    core: Ints  # [I] option that the core terms name, -1
    lever_by: Ints  # [V] party
    lever_on: Ints  # [V] party
    lever_trigger: Ints  # [V] NEVER, AT_ROUND, AFTER_REFUSALS or WHEN_EXPOSED
    lever_at: Ints  # [V] round or number of refusals
    lever_threat: Ints  # [V] round from which it is threatened, -1
    lever_staked: Flags  # [V] whether it is carried out is drawn, and parties reckon with that
    lever_until: Ints  # [V] round in which it ends, FOR_GOOD
    lever_slips: Ints  # [V] rounds by which its date slips, 0: it lapses at once
    lever_sets: Ints  # [V, I] new status-quo option, -1
    event_at: Ints  # [E] round
    exposed_after: Ints  # [P] withheld consents
    horizon: int  # rounds that parties look ahead
    ceasefire: Masks  # [I] options that mean a ceasefire is in force
    can_cease: bool  # whether any do
    stops_war: Flags  # [I] issues that those options are of
    pauses: Flags  # [H] phases that may settle on a ceasefire
    leaver: int  # party with an announced departure, -1
    announced: int  # round
    deadline: int  # round at which it leaves, -1 if only patience decides
    leave_staked: bool  # whether it leaves is drawn, and parties reckon with that
    leave_slips: int  # rounds by which the date slips, 0: the threat lapses at once
    goes_on: bool  # talks go on after a departure
    ratifying: Masks  # [C, I] packages that a ratification clause is about
    ratifier: Ints  # [C] party that ratifies
    peace: Masks  # [I] options that end the war for good
    future: Ints  # [U, I] option that a future names, -1: the status quo


SCALARS = frozenset({
    "start", "drift", "ceasefire_drift", "sharpness", "hope", "leave_chance", "leave_round", "leave_lapse",
    "rounds_before", "clock_before", "fought_before", "stalled_before", "shortfall_before", "best_before",
})  # fmt: skip
"""Fields of `World` that are single numbers."""


class World(NamedTuple):
    """One realisation of every uncertain number: `Worlds` without its first axis."""

    value: Floats
    estimate: Floats
    bonus: Floats
    base: Floats
    reading: Floats
    momentum_effect: Floats
    cost: Floats
    exponent: Floats
    deadline: Floats
    opening: Floats
    reciprocity: Floats
    optimism: Floats
    confident: Flags
    doubt: Floats
    rearm: Floats
    protection: Floats
    good_faith: Flags
    patience: Floats
    bias: Floats
    firmness: Floats
    yielding: Floats
    z: Floats
    shift: Floats
    tilt: Floats
    pressure: Floats
    lever_chance: Floats
    lever_round: Floats
    lever_lapse: Floats
    event_momentum: Floats
    event_firmness: Floats
    leans: Floats
    odds: Floats
    start: float
    drift: float
    ceasefire_drift: float
    steps: Floats
    turn: Floats
    passes: Floats
    luck: Floats
    sharpness: float
    hope: float
    leave_chance: float
    leave_round: float
    leave_lapse: float
    rounds_before: float
    clock_before: float
    fought_before: float
    stalled_before: float
    shortfall_before: float
    best_before: float
    present_before: Flags
    pulled_before: Flags
    status_quo_before: Ints
    package_before: Ints
    settled_before: Flags
    lapses_before: Ints
    heard_before: Ints
    strength_before: Floats
    text_before: Ints
    offers_before: Ints
    gifts_before: Ints
    tabled_before: Ints
    refusals_before: Ints
    withheld_before: Ints
    exposed_before: Flags
    demand_before: Ints
    raised_before: Flags


class Worlds(NamedTuple):
    """n realisations. All arrays are read-only and C-ordered."""

    value: Floats  # [n, P, I, O] weight times option value: face value, before protections
    estimate: Floats  # [n, P, P, I, O] the same of the second party as the first one reads it; itself on the diagonal
    bonus: Floats  # [n, L]
    base: Floats  # [n, P] no-deal value at the start
    reading: Floats  # [n, P, P] error of the first party about the second one's no-deal value
    momentum_effect: Floats  # [n, P] change of the no-deal value when momentum goes from 0 to 1
    cost: Floats  # [n, P] of a round of fighting
    exponent: Floats  # [n, P] concession exponent
    deadline: Floats  # [n, P] own deadline in rounds
    opening: Floats  # [n, P] how far towards its best a party opens where its position says nothing
    reciprocity: Floats  # [n, P] how far it comes down for what its adversary offers; 0 where it has none
    optimism: Floats  # [n, P] on the axis of momentum
    confident: Flags  # [n, P] of the type that thinks it is winning
    doubt: Floats  # [n, P] odds, as the party sees it, that a deal without protections collapses
    rearm: Floats  # [n, P] how far a pause moves the fortunes of war against it
    protection: Floats  # [n, P, I, O] share of the doubt that the option takes away
    good_faith: Flags  # [n, P]
    patience: Floats  # [n, P] rounds, NO_LIMIT where a party never leaves
    bias: Floats  # [n, P, P] how much the first party, drafting, counts the second one's shortfall
    firmness: Floats  # [n, R]
    yielding: Floats  # [n, R]
    z: Floats  # [n, R] in (0, 1): the line is real where it is below firmness less yield times pressure
    shift: Floats  # [n, V, P] of no-deal values by a pulled lever
    tilt: Floats  # [n, V] of the fortunes of war by it
    pressure: Floats  # [n, V] on the party that the lever is on
    lever_chance: Floats  # [n, V] that a threat is carried out, as parties reckon with it; 0 where they do not
    lever_round: Floats  # [n, V] round in which it is pulled by schedule, NO_LIMIT where it is not
    lever_lapse: Floats  # [n, V] round in which its threat is over, carried out or not
    event_momentum: Floats  # [n, E]
    event_firmness: Floats  # [n, E, R]
    leans: Floats  # [n, U] 1 for a future that favours the same party as momentum, -1 for one against it
    odds: Floats  # [n, U] logarithm, at even fortunes
    start: Floats  # [n] momentum in round 0
    drift: Floats  # [n] of momentum, a round of fighting
    ceasefire_drift: Floats  # [n] of momentum, a round of ceasefire
    steps: Floats  # [n, T] noise of momentum
    turn: Floats  # [n, P] speakers table in ascending order of it
    passes: Floats  # [n, C] probability of ratification
    luck: Floats  # [n, C] in (0, 1): ratified where it is below `passes`
    sharpness: Floats  # [n] how far fortunes decide which future comes
    hope: Floats  # [n] chance that talks after an opening phase succeed
    leave_chance: Floats  # [n] that the announced departure comes, as parties reckon with it
    leave_round: Floats  # [n] round in which it comes, NO_LIMIT where it does not
    leave_lapse: Floats  # [n] round in which the threat of it is over
    # What earlier talks had reached, of which these are the continuation; rounds as these count them.
    rounds_before: (
        Floats  # [n] rounds that earlier talks went on for; where it is 0 nothing below is read, and may be empty
    )
    clock_before: Floats  # [n] rounds that concession clocks had run
    fought_before: Floats  # [n] rounds fought
    stalled_before: Floats  # [n] rounds since a text last came closer to consent
    shortfall_before: Floats  # [n] worst required shortfall of the best text
    best_before: Floats  # [n] that shortfall when it last fell enough
    present_before: Flags  # [n, P]
    pulled_before: Flags  # [n, V]
    status_quo_before: Ints  # [n, I]
    package_before: Ints  # [n, I] what held
    settled_before: Flags  # [n, I]
    lapses_before: Ints  # [n, I] round, -1
    heard_before: Ints  # [n, R] as in `State`
    strength_before: Floats  # [n, R] strength when it was cited
    text_before: Ints  # [n, I] package on the table, -1 where there was none
    offers_before: Ints  # [n, P, I] last offer, -1 where there was none
    gifts_before: Ints  # [n, P, P, I] the best text of the second party to the first, -1 where there was none
    tabled_before: Ints  # [n, P, B, I] each text that the party has tabled, -1 where there are no more
    refusals_before: Ints  # [n, P]
    withheld_before: Ints  # [n, P]
    exposed_before: Flags  # [n, P]
    demand_before: Ints  # [n, P] issue, -1
    raised_before: Flags  # [n, P, I]

    def at(self, k: int) -> World:
        """World k."""
        pairs = zip(self._fields, self, strict=True)
        fields: Any = (float(field[k]) if name in SCALARS else field[k] for name, field in pairs)
        return World(*fields)

    def part(self, runs: slice) -> "Worlds":
        """Some of the worlds."""
        fields: Any = (field[runs] for field in self)
        return Worlds(*fields)


@dataclass(frozen=True)
class Uncertain:
    """A number that is drawn anew in each run, and where it goes."""

    path: str
    field: str  # of Numbers
    index: tuple[int, ...]
    form: str  # triangular, beta, normal, lognormal or uniform
    parameters: tuple[float, ...]
    lowest: float
    highest: float


class Numbers(NamedTuple):
    """The stated numbers, before any draw. Shapes as in `Worlds`, without the first axis."""

    weight: Floats  # [P, I]
    option_value: Floats  # [P, I, O]
    weights_sd: Floats  # [P]
    values_sd: Floats  # [P]
    insight: Floats  # [P]
    good_faith: Floats  # [P] probability
    bonus: Floats
    base: Floats  # where a package anchors it: what is added to the value of that
    momentum_effect: Floats
    cost: Floats
    exponent: Floats
    deadline: Floats
    opening: Floats
    reciprocity: Floats
    optimism: Floats
    confident: Floats  # [P] probability of the type
    confidence: Floats  # [P] optimism of it
    trust: Floats  # [P] chance that a deal without protections lasts
    rearm: Floats
    protection: Floats
    loss_aversion: Floats  # [P]
    patience: Floats
    bias: Floats
    firmness: Floats
    yielding: Floats
    shift: Floats
    tilt: Floats
    pressure: Floats
    lever_chance: Floats
    event_momentum: Floats
    event_firmness: Floats
    leans: Floats
    odds: Floats
    momentum: Floats  # [5] start, drift, sd of the noise, drift under a ceasefire, sharpness
    hope: Floats  # [1]
    leave_chance: Floats  # [1]
    passes: Floats


@dataclass(frozen=True)
class Names:
    """Ids, in the order of the arrays."""

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]
    lines: tuple[str, ...]
    linkages: tuple[str, ...]
    phases: tuple[str, ...]
    levers: tuple[str, ...]
    events: tuple[str, ...]
    futures: tuple[str, ...]
    proposals: tuple[str, ...]
    ratification: tuple[str, ...]

    def package(self, x: Ints) -> dict[str, str]:
        """A package in words."""
        return {issue: options[o] for issue, options, o in zip(self.issues, self.options, x.tolist(), strict=True)}


@dataclass(frozen=True)
class Kept:
    """The runs of a seed that are played, where not every run counts."""

    seed: int
    runs: Ints  # [n] rising: run j of a study has the draws of runs[j]


@dataclass(frozen=True)
class Game:
    """A scenario, compiled: arrays of its rules, its stated numbers and which of them are uncertain."""

    names: Names
    rules: Rulebook
    numbers: Numbers
    uncertain: tuple[Uncertain, ...]
    anchors: dict[int, tuple[int, ...]]  # party: package whose value is its no-deal value at the start
    ascending: dict[tuple[int, int], tuple[int, ...]]  # (party, issue): options from worst to best, where stated
    same_as: Ints  # [R] line whose draw it shares, itself if none
    kept: Kept | None = None  # None: every run, of any seed
    earlier: "Earlier | None" = None  # the talks that it continues

    def total_rounds(self) -> int:
        """T, over all phases."""
        return int(self.rules.rounds.sum())

    def rounds_before(self) -> int:
        """Rounds of the talks that it continues, and of those that they continue."""
        return 0 if self.earlier is None else self.earlier.rounds + self.earlier.game.rounds_before()


@dataclass(frozen=True)
class Earlier:
    """Talks that others continue, and after how many of their rounds."""

    game: Game
    rounds: int
    fortunes: bool = True  # both have fortunes, on the same axis


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The array, C-ordered and read-only, as compiled code expects it."""
    out = np.ascontiguousarray(array)
    if out is array and array.flags.writeable:
        out = array.copy()
    out.flags.writeable = False
    return out
