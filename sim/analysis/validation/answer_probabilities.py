"""Reported answers to documented proposals, asked of the model's parties in many worlds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import Share, wilson
from sim.analysis.validation.stances import TAKES, Questions, Tally, ask_all, blank_tally, questions_of, speaks_to
from sim.draws import Uniforms, realise
from sim.evidence import Stance
from sim.game import Game
from sim.rules.packages import matches
from sim.rules.state import fresh

CHUNK = 500  # worlds that are held at a time

RULES = ("model", "lines", "values")
"""What may answer: the model; its red lines alone, which take what breaks none; its values alone, whatever lines say."""


@dataclass(frozen=True)
class Reply:
    """One stance beside what the model's party says in n worlds of its date. Shares are of all n worlds."""

    stance: Stance
    worlds: int
    taken: dict[str, int]  # by rule, see `RULES`: worlds in which it takes the package
    margin: float  # mean worth of the package less what it is held against
    stalled: bool  # that is the stalemate in most worlds, not the no-deal value
    lines: dict[str, float]  # red line of the party that the package falls under: share in which it stands against it
    dearest: (
        str | None
    )  # issue whose terms cost the party most where no line stands and the package is worth too little

    def reported_takes(self) -> bool:
        """Whether the reported answer is to take it; `open` counts, as the softest."""
        return self.stance.answer in TAKES

    def takes(self) -> float:
        """Share in which the model takes the package."""
        return self.taken["model"] / self.worlds

    def short(self) -> float:
        """Share in which no line stands against the package and it is worth too little."""
        return (self.taken["lines"] - self.taken["model"]) / self.worlds

    def probability(self, rule: str = "model") -> Share:
        """Share of worlds in which a rule answers as reported."""
        taken = self.taken[rule]
        return wilson(taken if self.reported_takes() else self.worlds - taken, self.worlds)

    def score(self, rule: str = "model") -> float:
        """(1 - probability of the reported answer) squared: 0 is best and 1 worst."""
        return (1.0 - self.probability(rule).estimate) ** 2

    def is_hit(self, rule: str = "model") -> bool:
        """Whether the reported answer is at least as probable as the other."""
        return self.probability(rule).estimate >= 0.5


def ask(game: Game, stances: Sequence[Stance], worlds: int, seed: int) -> tuple[Reply, ...]:
    """Ask stances in worlds 0 to `worlds` - 1 of a seed, the same as those of the runs.

    KeyError or ValueError where a stance does not fit the game: `sim.scenario.checks.whole.stance_faults` tells why.
    """
    questions = questions_of(game, stances)
    tally, state = blank_tally(game, len(stances)), fresh(game.rules)
    for first in range(0, worlds, CHUNK):
        part = realise(game, Uniforms(seed, first, min(CHUNK, worlds - first)))
        ask_all(game.rules, part, state, questions, tally)
    return tuple(_reply(game, stance, questions, tally, j, worlds) for j, stance in enumerate(stances))


def _reply(game: Game, stance: Stance, questions: Questions, tally: Tally, j: int, worlds: int) -> Reply:
    dearest = int(np.argmax(tally.cost[j]))
    lines = {game.names.lines[r]: float(tally.breaks[j, r] / worlds) for r in _own_lines(game, questions, j)}
    taken = (tally.takes[j], tally.unbarred[j], tally.enough[j])
    return Reply(
        stance,
        worlds,
        dict(zip(RULES, map(int, taken), strict=True)),
        float(tally.margin[j] / worlds),
        bool(2 * tally.stalled[j] > worlds),
        dict(sorted(lines.items(), key=lambda item: -item[1])),
        game.names.issues[dearest] if tally.cost[j, dearest] > 0.0 else None,
    )


def _own_lines(game: Game, questions: Questions, j: int) -> list[int]:
    """Lines of the party about what the proposal names that it falls under, real or not."""
    rules, terms = game.rules, questions.terms[j]
    own = np.flatnonzero(rules.line_owner == questions.party[j]).tolist()
    return [r for r in own if speaks_to(rules, r, terms) and matches(rules.masks[r], np.maximum(terms, 0))]
