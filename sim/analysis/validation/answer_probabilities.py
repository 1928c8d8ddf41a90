"""Reported answers to documented proposals, asked of the model's parties in many worlds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import Share, wilson
from sim.analysis.validation.questions import Questions, questions_of
from sim.analysis.validation.stances import TAKES, Tally, ask_all, blank_tally, speaks_to
from sim.draws import Uniforms
from sim.earlier import worlds_of
from sim.evidence import Stance
from sim.game import Flags, Game, Worlds
from sim.rules.packages import matches
from sim.rules.state import fresh

CHUNK = 500  # worlds that are held at a time

RULES = ("model", "lines", "values")
"""What may answer: the model; its red lines alone, which take what breaks none; its values alone, whatever lines say."""


@dataclass(frozen=True)
class Answer:
    """What the model's party says of a package in n worlds. Shares are of all n worlds."""

    worlds: int
    taken: dict[str, int]  # by rule, see `RULES`: worlds in which it takes the package
    margin: float  # mean worth of the package less what it is held against
    against: str  # what that is in most worlds: no_deal, stalemate or opening
    lines: dict[str, float]  # red line of the party that the package falls under: share in which it stands against it
    dearest: (
        str | None
    )  # issue whose terms cost the party most where no line stands and the package is worth too little

    def takes(self) -> float:
        """Share in which the model takes the package."""
        return self.taken["model"] / self.worlds

    def share(self) -> Share:
        """The same with its interval."""
        return wilson(self.taken["model"], self.worlds)

    def short(self) -> float:
        """Share in which no line stands against the package and it is worth too little."""
        return (self.taken["lines"] - self.taken["model"]) / self.worlds


@dataclass(frozen=True)
class Reply:
    """One stance beside what the model's party says in worlds of its date."""

    stance: Stance
    answer: Answer

    def reported_takes(self) -> bool:
        """Whether the reported answer is to take it; `open` counts, as the softest."""
        return self.stance.answer in TAKES

    def probability(self, rule: str = "model") -> Share:
        """Share of worlds in which a rule answers as reported."""
        taken, worlds = self.answer.taken[rule], self.answer.worlds
        return wilson(taken if self.reported_takes() else worlds - taken, worlds)

    def score(self, rule: str = "model") -> float:
        """(1 - probability of the reported answer) squared: 0 is best and 1 worst."""
        return (1.0 - self.probability(rule).estimate) ** 2

    def is_hit(self, rule: str = "model") -> bool:
        """Whether the reported answer is at least as probable as the other."""
        return self.probability(rule).estimate >= 0.5


def ask(game: Game, stances: Sequence[Stance], worlds: int, seed: int) -> tuple[Reply, ...]:
    """Ask stances in worlds 0 to `worlds` - 1 of a seed, the same as those of the runs.

    KeyError or ValueError where a stance does not fit the game: `sim.scenario.checks.whole.inquiry_faults` tells why.
    """
    answers = put(game, questions_of(game, stances), worlds, seed)
    return tuple(Reply(stance, answer) for stance, answer in zip(stances, answers, strict=True))


def put(game: Game, questions: Questions, worlds: int, seed: int) -> tuple[Answer, ...]:
    """What parties answer to J questions in worlds 0 to `worlds` - 1 of a seed."""
    return put_after(game, questions, worlds, seed, 0)[0]


def put_after(
    game: Game, questions: Questions, worlds: int, seed: int, after: int, draw: Callable[[Uniforms], Worlds] | None = None
) -> tuple[tuple[Answer, ...], Flags]:  # fmt: skip
    """The same once `after` rounds have passed without a deal, and in which worlds each is taken [worlds, J].

    `draw` gives the worlds of some runs, where they are at hand.
    """
    asked = len(questions.party)
    tally, state = blank_tally(game, asked), fresh(game.rules)
    takes = np.zeros((worlds, asked), np.bool_)
    for first in range(0, worlds, CHUNK):
        luck = Uniforms(seed, first, min(CHUNK, worlds - first))
        part = draw(luck) if draw else worlds_of(game, luck)
        ask_all(game.rules, part, state, questions, tally, takes[first : first + CHUNK], after)
    return tuple(_answer(game, questions, tally, j, worlds) for j in range(asked)), takes


def _answer(game: Game, questions: Questions, tally: Tally, j: int, worlds: int) -> Answer:
    dearest = int(np.argmax(tally.cost[j]))
    lines = {game.names.lines[r]: float(tally.breaks[j, r] / worlds) for r in _own_lines(game, questions, tally, j)}
    taken = (tally.takes[j], tally.unbarred[j], tally.enough[j])
    stalled = bool(2 * tally.stalled[j] > worlds)
    return Answer(
        worlds,
        dict(zip(RULES, map(int, taken), strict=True)),
        float(tally.margin[j] / worlds),
        "opening" if questions.opens[j] else "stalemate" if stalled else "no_deal",
        dict(sorted(lines.items(), key=lambda item: -item[1])),
        game.names.issues[dearest] if tally.cost[j, dearest] > 0.0 else None,
    )


def _own_lines(game: Game, questions: Questions, tally: Tally, j: int) -> list[int]:
    """Lines of the party about what the proposal names that it falls under, real or not; of a whole text those that stood."""
    if questions.whole[j]:
        return np.flatnonzero(tally.breaks[j]).tolist()
    rules, terms = game.rules, questions.terms[j]
    own = np.flatnonzero(rules.line_owner == questions.party[j]).tolist()
    return [r for r in own if speaks_to(rules, r, terms) and matches(rules.masks[r], np.maximum(terms, 0))]
