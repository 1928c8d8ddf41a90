"""Reported answers to documented proposals beside what the model's parties would say in the stated world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.draws import stated_world
from sim.evidence import Stance
from sim.game import Flags, Game, Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import matches, package_worth
from sim.rules.rounds.clock import advance
from sim.rules.rounds.no_deal import last_bargaining_phase, set_fallbacks
from sim.rules.rounds.proceedings import reset
from sim.rules.state import State, fresh

TAKES = frozenset({"accept", "open", "proposes"})


@dataclass(frozen=True)
class StanceCheck:
    """One stance beside the model's answer."""

    stance: Stance
    takes: bool  # the model's answer
    margin: float  # value of the package less what the party falls back on
    broken: tuple[str, ...]  # red lines of the party that the package breaks

    def agrees(self) -> bool:
        """Whether the model answers as reported."""
        return self.takes == (self.stance.answer in TAKES)


def package_of(game: Game, proposal: dict[str, str]) -> Ints:
    """The proposal as a package [I], the rest at status quo; KeyError where an issue or option is unknown."""
    x = np.maximum(game.rules.status_quo, 0)
    for issue, option in proposal.items():
        if issue not in game.names.issues:
            raise KeyError(f"{issue} is not on the agenda")
        i = game.names.issues.index(issue)
        if option not in game.names.options[i]:
            raise KeyError(f"{issue} has no option {option}")
        x[i] = game.names.options[i].index(option)
    return x


def named_by(game: Game, proposal: Mapping[str, str]) -> Flags:
    """Issues [I] that a proposal names."""
    return np.array([issue in proposal for issue in game.names.issues])


@inlined
def speaks_to(g: Rulebook, r: int, named: Flags) -> bool:
    """Whether red line r is about nothing but the issues of a proposal: silence on an issue is no term about it."""
    for i in range(named.shape[0]):
        if g.names[r, i] and not named[i]:
            return False
    return True


@dataclass(frozen=True)
class _Seat:
    """The stated world at round 0 of the last phase, for asking parties what they would take."""

    g: Rulebook
    w: World
    s: State
    state: State


@compiled
def open_seat(g: Rulebook, w: World, s: State) -> None:
    """Round 0 of the last phase of bargaining in a world, every line of every party in force if it is real."""
    reset(g, w, s)
    s.phase[0] = last_bargaining_phase(g)
    s.applies[:] = True
    advance(g, w, s)
    set_fallbacks(g, w, s)


def _take_seat(game: Game) -> _Seat:
    state = fresh(game.rules)
    g, s = rulebook_handle(game.rules), state_handle(state)
    w = world_handle(stated_world(game).at(0))
    open_seat(g, w, s)
    return _Seat(g, w, s, state)


def _check(game: Game, seat: _Seat, stance: Stance) -> StanceCheck:
    p, x = game.names.parties.index(stance.party), package_of(game, stance.proposal)
    named = named_by(game, stance.proposal)
    binding = np.flatnonzero((game.rules.line_owner == p) & seat.state.binding).tolist()
    lines = [r for r in binding if speaks_to(game.rules, r, named)]
    broken = tuple(game.names.lines[r] for r in lines if matches(game.rules.masks[r], x))
    worth, fallback = float(package_worth(seat.g, seat.w, seat.s, p, x)), float(seat.state.fallback[p])
    return StanceCheck(stance, not broken and bool(reaches(worth, fallback)), worth - fallback, broken)


def check_stances(game: Game, stances: Sequence[Stance]) -> tuple[StanceCheck, ...]:
    """Every stance whose party is in the game, beside the model's stance answer."""
    seat = _take_seat(game)
    return tuple(_check(game, seat, stance) for stance in stances if stance.party in game.names.parties)
