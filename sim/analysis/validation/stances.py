"""Reported answers to documented proposals beside what the model's parties would say: the rule, and the stated world."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.analysis.validation.questions import Questions, questions_of
from sim.draws import STATED
from sim.earlier import worlds_of
from sim.evidence import Stance
from sim.game import Flags, Floats, Game, Ints, Rulebook, World, Worlds
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import matches, package_worth
from sim.rules.rounds.clock import advance
from sim.rules.rounds.no_deal import hope_of_more, last_bargaining_phase, loss_by_pause, set_fallbacks
from sim.rules.rounds.step_actions import note_later_goals, reset
from sim.rules.state import State, fresh

TAKES = frozenset({"accept", "open", "proposes"})


class Tally(NamedTuple):
    """What J questions come to, added up over worlds; compiled code fills it."""

    takes: Ints  # [J] worlds in which the party would take the package
    unbarred: Ints  # [J] worlds in which no line stands against it
    enough: Ints  # [J] worlds in which it is worth enough
    breaks: Ints  # [J, R] worlds in which the package breaks the line of the party
    stalled: Ints  # [J] worlds in which it is held against the stalemate, not the no-deal value
    margin: Floats  # [J] worth less what it is held against
    cost: (
        Floats  # [J, I] over the worlds where no line stands against it and it is worth too little: what an issue costs
    )


def blank_tally(game: Game, stances: int) -> Tally:
    """Room for the answers to some stances."""
    lines, issues = len(game.names.lines), len(game.names.issues)
    return Tally(
        np.zeros(stances, np.int64),
        np.zeros(stances, np.int64),
        np.zeros(stances, np.int64),
        np.zeros((stances, lines), np.int64),
        np.zeros(stances, np.int64),
        np.zeros(stances),
        np.zeros((stances, issues)),
    )


@compiled
def open_seat(g: Rulebook, w: World, s: State, ahead: bool, after: int) -> None:
    """The last phase of bargaining in a world, every line of every party in force if it is real.

    `ahead`: something is asked that opens talks, so parties must know what they would ask in these. `after`: rounds that
    have passed, in which nothing was agreed and nobody did anything but by schedule.
    """
    reset(g, w, s)
    if ahead and w.hope > 0.0:
        note_later_goals(g, w, s)
    s.phase[0] = last_bargaining_phase(g)
    s.applies[:] = True
    advance(g, w, s)
    for _ in range(after):
        s.fighting[0] += not s.ceasefire[0]
        s.round[0] += 1
        advance(g, w, s)
    set_fallbacks(g, w, s)


@inlined
def put_question(g: Rulebook, s: State, asked: Questions, j: int) -> None:
    """The package of question j, in `found`: what the proposal names, and the rest as it is.

    What its own author leaves open is as that party's position has it, as where it tables the proposal itself. What only
    opens talks settles nothing else.
    """
    own = asked.own[j] and asked.opens[j] == 0
    for i in range(g.options.shape[0]):
        s.found[i] = s.package[i]
        if asked.terms[j, i] >= 0:
            s.found[i] = asked.terms[j, i]
        elif own and g.position[0, asked.party[j], i] >= 0 and not g.locked[i]:
            s.found[i] = g.position[0, asked.party[j], i]


@inlined
def speaks_to(g: Rulebook, r: int, terms: Ints) -> bool:
    """Whether red line r is about nothing but the issues of a proposal: silence on an issue is no term about it."""
    for i in range(terms.shape[0]):
        if g.names[r, i] and terms[i] < 0:
            return False
    return True


@inlined
def leaves_war(g: Rulebook, s: State, x: Ints) -> bool:
    """Whether what going on may lead to is still to come with package x: it brings no peace, or none that is not there.

    Where a game knows no futures or no ceasefire, every package takes the place of going on.
    """
    if g.future.shape[0] == 0 or not g.can_cease:
        return False
    return not matches(g.peace, x) or matches(g.peace, s.package)


@compiled
def before_talks(g: Rulebook, w: World, s: State, p: int, x: Ints, rounds: float) -> float:
    """What package x must be worth to p where it lapses after some rounds: the fallback of an opening phase.

    That is what holds, and what p forgoes while the fighting stands still, less what the talks may bring that it opens.
    """
    least = package_worth(g, w, s, p, s.package)
    if g.can_cease and matches(g.ceasefire, x) and not matches(g.ceasefire, s.package):
        least += loss_by_pause(g, w, s, p, rounds)
    return least - hope_of_more(g, w, s, p) if w.hope > 0.0 else least


@inlined
def held_against(g: Rulebook, w: World, s: State, p: int, x: Ints, opens: int) -> float:
    """What package x must be worth to p for p to take it.

    Who takes a term that leaves the war going on, or only stops it for a while, gives up nothing that the war may bring:
    it is held against the stalemate, the present state as levers have made it. A peace has to beat the no-deal value.
    Where it is known when a proposal lapses, it is the opening of talks.
    """
    if opens > 0:
        return before_talks(g, w, s, p, x, float(opens))
    return package_worth(g, w, s, p, s.package) if leaves_war(g, s, x) else s.fallback[p]


@compiled
def ask_one(g: Rulebook, w: World, s: State, asked: Questions, j: int, tally: Tally) -> bool:
    """Whether the party of question j takes the package in this world; what it says is added to its tally."""
    p, x, broken = asked.party[j], s.found, 0
    put_question(g, s, asked, j)
    for r in range(g.line_owner.shape[0]):
        counts = g.line_owner[r] == p and s.binding[r] and (asked.whole[j] or speaks_to(g, r, asked.terms[j]))
        if counts and matches(g.masks[r], x):
            tally.breaks[j, r] += 1
            broken += 1
    worth, least = package_worth(g, w, s, p, x), held_against(g, w, s, p, x, asked.opens[j])
    enough = reaches(worth, least)
    tally.stalled[j] += asked.opens[j] == 0 and leaves_war(g, s, x)
    tally.margin[j] += worth - least
    tally.unbarred[j] += broken == 0
    tally.enough[j] += enough
    tally.takes[j] += broken == 0 and enough
    if broken == 0 and not enough:
        for i in range(g.options.shape[0]):
            tally.cost[j, i] += s.worth[p, i, s.package[i]] - s.worth[p, i, x[i]]
    return bool(broken == 0 and enough)


@compiled
def ask_all(
    rules: Rulebook, worlds: Worlds, state: State, questions: Questions, tally: Tally, takes: Flags, after: int
) -> None:  # fmt: skip
    """Ask every question in every world once `after` rounds have passed, and note who takes what [n, J].

    Good faith plays no part: an answer says what a party would take.
    """
    g, s, ahead = rulebook_handle(rules), state_handle(state), questions.opens.sum() > 0
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        open_seat(g, w, s, ahead, after)
        for j in range(questions.party.shape[0]):
            takes[k, j] = ask_one(g, w, s, questions, j, tally)


@dataclass(frozen=True)
class StanceCheck:
    """One stance beside the model's answer in the stated world."""

    stance: Stance
    takes: bool  # the model's answer
    margin: float  # worth of the package less what it is held against
    stalled: bool  # that is the stalemate, not the no-deal value
    opens: bool  # that is the fallback of an opening of talks
    broken: tuple[str, ...]  # red lines of the party that the package breaks

    def agrees(self) -> bool:
        """Whether the model answers as reported."""
        return self.takes == (self.stance.answer in TAKES)


def check_stances(game: Game, stances: Sequence[Stance]) -> tuple[StanceCheck, ...]:
    """Every stance whose party is in the game, beside the model's answer in the stated world."""
    asked = [stance for stance in stances if stance.party in game.names.parties]
    put, tally, takes = questions_of(game, asked), blank_tally(game, len(asked)), np.zeros((1, len(asked)), np.bool_)
    ask_all(game.rules, worlds_of(game, STATED), fresh(game.rules), put, tally, takes, 0)
    return tuple(
        StanceCheck(
            stance,
            bool(takes[0, j]),
            float(tally.margin[j]),
            bool(tally.stalled[j]),
            bool(put.opens[j]),
            tuple(game.names.lines[r] for r in np.flatnonzero(tally.breaks[j])),
        )
        for j, stance in enumerate(asked)
    )
