"""Everything that one study of one scenario says, gathered from its runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.assumptions import AssumptionRange, over_assumptions
from sim.analysis.blockers.refusals import Blocker, blockers, last_refusals
from sim.analysis.feasibility.reasons import is_indicative
from sim.analysis.influence import Influence, influences
from sim.analysis.shares.likelihood import Curve, Share, agreed, by_round, curve_of, share_of
from sim.analysis.terms import Terms, terms_of, whose_positions
from sim.game import Flags, Floats, Game
from sim.records import End, Runs, Why


@dataclass(frozen=True)
class Settlement:
    """What agreements settle: per issue the share of each option among them."""

    shares: dict[str, dict[str, float]]  # issue: option: share
    value: dict[str, float]  # party: mean face value of the agreed package
    worth: dict[str, float]  # party: mean worth of it, protections included: what is compared with no-deal values
    no_deal: dict[str, float]  # party: mean no-deal value when it was signed
    median_round: float  # rounds that had passed when half of them were signed
    agreements: int
    terms: dict[str, Terms]  # party: by worth
    face_terms: dict[str, Terms]  # party: the same by face value
    stands: dict[
        str, dict[str, float]
    ]  # issue: party: share of agreements that settle it as the party's position has it

    def gains(self) -> dict[str, float]:
        """What each party gains by agreeing: the mean worth of the package less its no-deal value at that time."""
        return {party: worth - self.no_deal[party] for party, worth in self.worth.items()}


@dataclass(frozen=True)
class Summary:
    """The figures of one study of one scenario."""

    runs: int
    likelihood: Share
    core: Share  # agreements that keep the core terms of the proposal
    amended: Share  # other agreements
    holds: float  # share of runs with an agreement that still holds after a year
    reversals: int  # issues on which offers went back without a reason, in all runs
    reversing: Share  # runs with any
    curve: Curve
    ends: dict[str, Share]  # every way to end that occurred
    reasons: dict[str, Share]  # every reason of failure that occurred, as a share of all runs
    indicative: bool  # levers depend on the talks: the split between reasons is indicative
    ceiling: Share  # runs with a zone of possible agreement
    lines: tuple[Blocker, ...]
    issues: tuple[Blocker, ...]
    settlement: Settlement | None  # none without agreements
    influences: tuple[Influence, ...]
    departures: Share  # runs in which a mediator left
    phases: dict[str, Curve]  # every phase but the last: runs in which it has settled by the end of each round
    reopened: Share | None  # of the packages signed, those that change terms of a framework agreed before
    assumptions: AssumptionRange | None = None  # the likelihood where assumptions are least and most favourable
    after_departure: Share | None = (
        None  # of the agreements, those signed after a mediator left; none where none agreed
    )

    def agreements(self) -> int:
        """How many runs agreed."""
        return self.likelihood.hits

    def failing(self) -> int:
        """How many runs did not."""
        return self.runs - self.agreements()


def _settlement(game: Game, runs: Runs) -> Settlement | None:
    chosen = agreed(runs.outcomes)
    if not chosen.any():
        return None
    names, packages = game.names, runs.outcomes.package[chosen]
    shares = {
        issue: {option: float((packages[:, i] == o).mean()) for o, option in enumerate(names.options[i])}
        for i, issue in enumerate(names.issues)
    }

    def means(per_party: Floats) -> dict[str, float]:
        return dict(zip(names.parties, per_party[chosen].mean(axis=0).tolist(), strict=True))

    return Settlement(
        shares=shares,
        value=means(runs.outcomes.value),
        worth=means(runs.outcomes.worth),
        no_deal=means(runs.outcomes.no_deal),
        median_round=float(np.median(runs.outcomes.round[chosen])) + 1.0,
        agreements=int(chosen.sum()),
        terms=terms_of(names.parties, runs.outcomes.terms[chosen]),
        face_terms=terms_of(names.parties, runs.outcomes.face_terms[chosen]),
        stands=whose_positions(game, packages),
    )


def _phases(game: Game, runs: Runs) -> dict[str, Curve]:
    """Of every phase but the last the share of runs in which it has settled by the end of each round."""
    when, rounds = runs.outcomes.settled_at, game.total_rounds()
    return {
        name: curve_of(when[when[:, h] >= 0, h], len(runs), rounds) for h, name in enumerate(game.names.phases[:-1])
    }


def _after_departure(runs: Runs, hit: Flags) -> Share | None:
    """Of the agreements those signed in the round in which a mediator left, or later: it leaves before anybody speaks."""
    left, signed = runs.outcomes.left[hit], runs.outcomes.round[hit]
    return share_of((left >= 0) & (left <= signed)) if hit.any() else None


def summarise(game: Game, runs: Runs) -> Summary:
    """The figures of some runs of a game."""
    outcomes, hit = runs.outcomes, agreed(runs.outcomes)
    failed, signed = ~hit, outcomes.reopened >= 0
    ends = {end.name.lower(): share_of(outcomes.end == end) for end in End if (outcomes.end == end).any()}
    until = last_refusals(outcomes.cited_last, outcomes.wanted_last)
    why = {why.name.lower(): share_of(runs.why == why) for why in Why if (runs.why[failed] == why).any()}
    return Summary(
        runs=len(runs),
        likelihood=share_of(hit),
        core=share_of(hit & outcomes.core_kept),
        amended=share_of(hit & ~outcomes.core_kept),
        holds=float((hit * outcomes.holds).mean()),
        reversals=int(outcomes.reversals.sum()),
        reversing=share_of(outcomes.reversals > 0),
        curve=by_round(outcomes, game.total_rounds()),
        ends=ends,
        reasons=why,
        indicative=is_indicative(game),
        ceiling=share_of(runs.zone),
        lines=blockers(game.names.lines, outcomes.cited_last, until, failed),
        issues=blockers(game.names.issues, outcomes.wanted_last, until, failed),
        settlement=_settlement(game, runs),
        influences=influences(runs.draws, hit),
        departures=share_of(outcomes.left >= 0),
        phases=_phases(game, runs),
        reopened=share_of(outcomes.reopened[signed] > 0) if game.rules.provisional.any() else None,
        assumptions=over_assumptions(runs.draws, hit),
        after_departure=_after_departure(runs, hit),
    )


Typical = dict[str, dict[str, dict[int, float]]]
"""issue: option: position of each scenario in which it is the most frequent one: its share of the agreements."""


def typical(settlements: Sequence[Settlement | None]) -> Typical:
    """The most frequent option of each issue in each scenario that has agreements; of equal ones the first stated."""
    found: Typical = {}
    for k, settlement in enumerate(settlements):
        for issue, shares in (settlement.shares if settlement else {}).items():
            option = max(shares, key=lambda name: shares[name])
            found.setdefault(issue, {}).setdefault(option, {})[k] = shares[option]
    return found
