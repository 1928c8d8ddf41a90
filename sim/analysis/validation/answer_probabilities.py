"""Reported answers to documented proposals, asked of the model's parties in many worlds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.analysis.shares.likelihood import Share, wilson
from sim.analysis.validation.stances import TAKES, named_by, open_seat, package_of, speaks_to
from sim.draws import Uniforms, realise
from sim.evidence import Stance
from sim.game import Flags, Floats, Game, Ints, Rulebook, World, Worlds
from sim.rules.compiled import compiled
from sim.rules.formulas import reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.packages import matches, package_worth
from sim.rules.state import State, fresh
from sim.rules.worlds import world_at

CHUNK = 500  # worlds that are held at a time


class Questions(NamedTuple):
    """J stances as arrays. Axes as in `sim.game`."""

    party: Ints  # [J] who is asked
    package: Ints  # [J, I] about what
    named: Flags  # [J, I] issues that the proposal names


class Tally(NamedTuple):
    """What J stances come to, added up over worlds; compiled code fills it."""

    takes: Ints  # [J] worlds in which the party would take the package
    short: Ints  # [J] worlds in which no line stands against it and it is worth less than the fallback
    breaks: Ints  # [J, R] worlds in which the package breaks the line of the party
    margin: Floats  # [J] value less fallback
    cost: Floats  # [J, I] over the worlds counted in `short`: what the terms on an issue take from what holds now


def _blank(game: Game, stances: int) -> Tally:
    lines, issues = len(game.names.lines), len(game.names.issues)
    return Tally(
        np.zeros(stances, np.int64),
        np.zeros(stances, np.int64),
        np.zeros((stances, lines), np.int64),
        np.zeros(stances),
        np.zeros((stances, issues)),
    )


@compiled
def ask_one(g: Rulebook, w: World, s: State, asked: Questions, j: int, tally: Tally) -> None:
    """Add what the party of stance j says in this world to its tally."""
    p, x = asked.party[j], asked.package[j]
    worth, broken = package_worth(g, w, s, p, x), 0
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and s.binding[r] and speaks_to(g, r, asked.named[j]) and matches(g.masks[r], x):
            tally.breaks[j, r] += 1
            broken += 1
    tally.margin[j] += worth - s.fallback[p]
    if broken == 0 and reaches(worth, s.fallback[p]):
        tally.takes[j] += 1
    elif broken == 0:
        tally.short[j] += 1
        for i in range(g.options.shape[0]):
            tally.cost[j, i] += s.worth[p, i, max(g.status_quo[i], 0)] - s.worth[p, i, x[i]]


@compiled
def ask_all(rules: Rulebook, worlds: Worlds, state: State, questions: Questions, tally: Tally) -> None:
    """Ask every stance in every world. Good faith plays no part: a stance says what a party would take."""
    g, s = rulebook_handle(rules), state_handle(state)
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        open_seat(g, w, s)
        for j in range(questions.party.shape[0]):
            ask_one(g, w, s, questions, j, tally)


@dataclass(frozen=True)
class Reply:
    """One stance beside what the model's party says in n worlds of its date. Shares are of all n worlds."""

    stance: Stance
    worlds: int
    takes: int  # worlds in which the party would take the package
    margin: float  # mean value of the package less what the party falls back on
    lines: dict[str, float]  # red line of the party that the package falls under: share in which it stands against it
    short: float  # share in which no line does and the package is worth too little
    dearest: str | None  # issue whose terms cost the party most there; None where none is worse than what holds now

    def reported_takes(self) -> bool:
        """Whether the reported answer is to take it; `open` counts, as the softest."""
        return self.stance.answer in TAKES

    def probability(self) -> Share:
        """Share of worlds in which the model answers as reported."""
        return wilson(self.takes if self.reported_takes() else self.worlds - self.takes, self.worlds)

    def score(self) -> float:
        """(1 - probability of the reported answer) squared: 0 is best and 1 worst."""
        return (1.0 - self.probability().estimate) ** 2

    def is_hit(self) -> bool:
        """Whether the reported answer is at least as probable as the other."""
        return self.probability().estimate >= 0.5


def ask(game: Game, stances: Sequence[Stance], worlds: int, seed: int) -> tuple[Reply, ...]:
    """Ask stances in worlds 0 to `worlds` - 1 of a seed, the same as those of the runs.

    KeyError or ValueError where a stance does not fit the game: `sim.scenario.checks.whole.stance_faults` tells why.
    """
    party = np.array([game.names.parties.index(stance.party) for stance in stances], np.int64)
    package = np.array([package_of(game, stance.proposal) for stance in stances], np.int64)
    named = np.array([named_by(game, stance.proposal) for stance in stances], bool)
    shape = len(stances), len(game.names.issues)
    questions = Questions(party, package.reshape(shape), named.reshape(shape))
    tally, state = _blank(game, len(stances)), fresh(game.rules)
    for first in range(0, worlds, CHUNK):
        part = realise(game, Uniforms(seed, first, min(CHUNK, worlds - first)))
        ask_all(game.rules, part, state, questions, tally)
    return tuple(_reply(game, stance, questions, tally, j, worlds) for j, stance in enumerate(stances))


def _reply(game: Game, stance: Stance, questions: Questions, tally: Tally, j: int, worlds: int) -> Reply:
    rules, p = game.rules, questions.party[j]
    open_to = [r for r in np.flatnonzero(rules.line_owner == p) if not (rules.names[r] & ~questions.named[j]).any()]
    own = [r for r in open_to if matches(rules.masks[r], questions.package[j])]
    lines = {game.names.lines[r]: float(tally.breaks[j, r] / worlds) for r in own}
    dearest = int(np.argmax(tally.cost[j]))
    return Reply(
        stance,
        worlds,
        int(tally.takes[j]),
        float(tally.margin[j] / worlds),
        dict(sorted(lines.items(), key=lambda item: -item[1])),
        float(tally.short[j] / worlds),
        game.names.issues[dearest] if tally.cost[j, dearest] > 0.0 else None,
    )
