"""The exact answers once more, by writing out every package as a row and looking at all of them: for small games only.

What the rules say of a round (who binds, what no deal is worth, what holds) is taken from `sim.rules`; what follows from it
is worked out here from the definitions in docs/model.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings

from sim.analysis.feasibility.trajectory import begin_quietly, board, set_out
from sim.compiling import compile_scenario
from sim.game import AFTER_REFUSALS, NO_LIMIT, PUT_TO, WHEN_EXPOSED, Flags, Floats, Game, Ints, Masks, World, frozen
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.rounds.clock import advance, note_ceasefire, note_lines
from sim.rules.rounds.no_deal import set_fallbacks
from sim.rules.rounds.step_actions import look_ahead, reset
from sim.rules.state import fresh
from sim.scenario import Scenario

EPS = 1e-9

briefly = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
at_length = settings(briefly, max_examples=30)


def game_of(plain: dict[str, Any]) -> Game:
    return compile_scenario(Scenario.model_validate(plain))


def closed(game: Game, rise: float) -> Game:
    """The game with all red lines firm and no deal worth more, so that most have no zone."""
    numbers = game.numbers
    firm, base = np.ones_like(numbers.firmness), numbers.base + rise
    return replace(game, numbers=numbers._replace(firmness=frozen(firm), base=frozen(base)))


@dataclass(frozen=True)
class Moment:
    """What stands between the parties in one round. N packages, in the order of their numbers."""

    packages: Ints  # [N, I]
    value: Floats  # [N, P] worth, protections included
    threshold: Floats  # [P]
    breaks: Flags  # [N, R] binding lines that a package breaks
    owner: Ints  # [R]
    present: Flags  # [P]
    needs: Flags  # [N, G] consent rules that a package falls under
    members: Flags  # [G, P]
    enough: Ints  # [G]
    voters: Flags  # [P] parties that are asked later
    moves: Flags  # [N] differs from what holds
    firmness: Floats  # [R]

    def agreed(self, accepts: Flags) -> Flags:
        """Which packages [N] are a deal where those in `accepts` [N, P] say yes."""
        yes = accepts[:, None, :] & self.members
        return (
            ((yes.sum(axis=2) >= self.enough) | ~self.needs).all(axis=1) & accepts[:, self.voters].all(1) & self.moves
        )

    def clean(self, dropped: tuple[int, ...] = ()) -> Flags:
        """Who could accept a package [N, P] as far as lines go, with some lines dropped."""
        stands = self.breaks.copy()
        stands[:, list(dropped)] = False
        clean = np.repeat(self.present[None], len(stands), axis=0)
        for r in range(stands.shape[1]):
            clean[:, self.owner[r]] &= ~stands[:, r]
        return clean

    def zone(self, dropped: tuple[int, ...] = (), cut: float | Floats = 0.0) -> Flags:
        """Which packages [N] are in the zone."""
        return self.agreed(self.clean(dropped) & (self.value >= self.threshold - cut - EPS))

    def least_cut(self, dropped: tuple[int, ...], bends: list[int]) -> float:
        """The least by which the thresholds of some parties must fall for there to be a zone."""
        short = np.maximum(self.threshold - self.value, 0.0)
        short[short <= EPS] = 0.0
        rigid = [p for p in range(len(self.threshold)) if p not in bends]
        clean, least = self.clean(dropped), np.inf
        clean[:, rigid] &= short[:, rigid] == 0.0
        for cuts in (np.zeros(len(short)), *short[:, bends].T):
            found = self.agreed(clean & ((short <= cuts[:, None]) | ~np.isin(np.arange(short.shape[1]), bends)))
            least = min(least, cuts[found].min(initial=np.inf))
        return float(least)


def matching(masks: Masks, packages: Ints) -> Flags:
    """Which packages [N, I] match which patterns [K, I], as [N, K]."""
    bits = np.right_shift(masks[None], packages[:, None, :].astype(np.uint64)) & np.uint64(1)
    return np.asarray((bits == 1).all(axis=2))


def in_force(game: Game, phase: int | None) -> tuple[Flags, Flags]:
    """Consent rules that count [G], and parties that are asked later [P]; None for the whole deal.

    What another phase excludes for good counts for the whole deal if only that phase settles the issues it names.
    """
    rules = game.rules
    bargained = [h for h in range(len(rules.protocol)) if rules.protocol[h] != PUT_TO]
    last = bargained[-1] if phase is None else phase
    force, voters = rules.phase_groups[last].copy(), np.zeros(len(game.names.parties), bool)
    if phase is None:
        named = rules.names[len(rules.masks) - len(force) :]
        for h in bargained:
            for k in np.flatnonzero(rules.phase_groups[h] & (rules.group_needed > rules.group_members.sum(axis=1))):
                others = [rules.agenda[other] for other in bargained if other != h]
                force[k] |= h != last and not any((named[k] & agenda).any() for agenda in others)
        for h in range(last + 1, len(rules.protocol)):
            voters |= rules.put_to[h] & (rules.protocol[h] == PUT_TO)
    return force, voters


class Table:
    """A game in one world, walked round by round whatever is said."""

    def __init__(self, game: Game, world: World) -> None:
        self.game, self.world, self.board, self.state = game, world, board(game), fresh(game.rules)
        self.handles = rulebook_handle(game.rules), world_handle(world), state_handle(self.state)

    def moment(self, phase: int | None) -> Moment:
        """This round, for a phase or for the whole deal."""
        rules, s, w = self.game.rules, self.state, self.world
        issues, parties = range(len(rules.options)), range(len(self.game.names.parties))
        free = rules.agenda.any(axis=0) if phase is None else rules.agenda[phase]
        choices = [range(rules.options[i]) if free[i] else [s.package[i]] for i in issues]
        x = np.array(list(product(*choices)), np.int64)
        lines, first = len(rules.line_owner), len(rules.masks) - len(rules.group_needed)
        value = np.stack([s.worth[p, list(issues), x].sum(axis=1) for p in parties], axis=1)
        linked = matching(rules.masks[lines:first], x)
        for link, owner in enumerate(rules.link_owner):
            value[:, owner] += linked[:, link] * w.bonus[link]
        force, voters = in_force(self.game, phase)
        return Moment(
            packages=x,
            value=value,
            threshold=(s.no_deal if phase is None else s.fallback).copy(),
            breaks=matching(rules.masks[:lines], x) & s.binding,
            owner=rules.line_owner,
            present=s.present.copy(),
            needs=matching(s.patterns[first:], x) & force & (s.today[0] < rules.group_until),
            members=rules.group_members,
            enough=rules.group_needed,
            voters=voters,
            moves=(x != s.package).any(axis=1) | (rules.status_quo < 0).any(),
            firmness=s.firmness.copy(),
        )

    def start(self, first_phase: bool = False) -> Moment:
        """Round 0."""
        g, w, s = self.handles
        if not first_phase:
            begin_quietly(g, w, s, self.board, False, False)
            advance(g, w, s)
            return self.moment(None)
        return next(self.opening_phase(False, False))

    def opening_phase(self, levers_pulled: bool, mediator_gone: bool) -> Iterator[Moment]:
        """The rounds of the first phase, if nothing is settled in them."""
        g, w, s = self.handles
        reset(g, w, s)
        look_ahead(g, w, s)
        set_out(g, w, s, levers_pulled, mediator_gone)
        self.state.phase[0] = 0
        note_lines(g, s)
        for _ in range(min(int(self.game.rules.rounds[0]), self.rounds())):
            advance(g, w, s)
            set_fallbacks(g, w, s)
            yield self.moment(0)
            self.state.fighting[0] += 1
            self.state.round[0] += 1

    def rounds(self) -> int:
        """Rounds until the talks are over, whatever is said in them."""
        rules = self.game.rules
        ends = self.world.leave_round if rules.leaver >= 0 and not rules.goes_on else NO_LIMIT
        return int(min(rules.rounds.sum(), ends))

    def whole_deal(
        self, levers_pulled: bool = False, mediator_gone: bool = False, truce: int | None = None
    ) -> Iterator[Moment]:
        """All rounds, about the whole deal; the first phase settles on a truce in round `truce`."""
        g, w, s = self.handles
        begin_quietly(g, w, s, self.board, levers_pulled, mediator_gone)
        for t in range(self.rounds()):
            advance(g, w, s)
            yield self.moment(None)
            if t == truce:
                self.stop_the_war()
            self.state.fighting[0] += 0 if self.state.ceasefire[0] else 1
            self.state.round[0] += 1

    def stop_the_war(self) -> None:
        """The first phase settles on the truce, and on nothing else."""
        state, lasts = self.state, self.game.rules.lasts[0]
        truce = self.board.truce[state.round[0]]
        for i in np.flatnonzero(truce >= 0):
            state.package[i], state.settled[i] = truce[i], True
            state.lapses_at[i] = state.round[0] + lasts[i] if lasts[i] > 0 else -1
        note_ceasefire(self.handles[0], self.handles[2])

    def truces(self, levers_pulled: bool, mediator_gone: bool) -> list[int | None]:
        """Rounds in which the first phase may settle on a truce, and None: it may not; empty where it settles on nothing."""
        if self.board.last == 0:
            return [None]
        settles = [moment.zone().any() for moment in self.opening_phase(levers_pulled, mediator_gone)]
        on_truce = [t for t in np.flatnonzero(settles).tolist() if self.board.pauses > 0]
        return [None, *on_truce] if any(settles) else []

    def zone(self) -> Flags:
        """Which packages [N] are in the zone in any round on any path."""
        rules, w = self.game.rules, self.world
        waits = bool(np.isin(rules.lever_trigger, (AFTER_REFUSALS, WHEN_EXPOSED)).any())
        impatient = bool(rules.goes_on and (w.patience < NO_LIMIT).any())
        found = np.zeros(np.prod(rules.options[rules.agenda.any(axis=0)]), bool)
        for path in product((False, True)[: 1 + waits], (False, True)[: 1 + impatient]):
            for truce in self.truces(*path):
                for moment in self.whole_deal(*path, truce):
                    found |= moment.zone()
        return found


def frontier(value: Floats) -> set[tuple[float, ...]]:
    """Values [N, P] that no others dominate, at nine decimals, each once."""
    rows = np.unique(np.round(value, 9), axis=0)
    return {tuple(row) for row in rows if not ((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any()}


def openings(moment: Moment, most: int, bends: list[int]) -> dict[tuple[int, ...], float]:
    """Sets of lines with the least cut that each needs, where no smaller set does with as small a cut."""
    lines = np.flatnonzero(moment.breaks.any(axis=0)).tolist()
    found: dict[tuple[int, ...], float] = {}
    for size in range(most + 1):
        for chosen in combinations(lines, size):
            cut = moment.least_cut(chosen, bends)
            if cut < np.inf and not any(
                set(known) < set(chosen) and less <= cut + EPS for known, less in found.items()
            ):
                found[chosen] = cut
    return found
