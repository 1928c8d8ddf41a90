"""Negative controls asked of the model: packages that their party would not sign as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.validation.answer_probabilities import Answer, put
from sim.analysis.validation.questions import questions
from sim.evidence import Control
from sim.game import Game

SELDOM = 0.2
"""A control is turned down where it is taken in less than this share of worlds."""


@dataclass(frozen=True)
class Controlled:
    """One control beside what the model's party says of it in worlds of its date."""

    control: Control
    answer: Answer

    def is_turned_down(self) -> bool:
        """Whether the model takes it seldom."""
        return self.answer.takes() < SELDOM


def ask_controls(game: Game, controls: Sequence[Control], worlds: int, seed: int) -> tuple[Controlled, ...]:
    """Put controls as stances are put, in the same worlds. Nobody has answered them, so they have no score.

    KeyError or ValueError where a control does not fit the game: `sim.scenario.checks.whole.inquiry_faults` tells why.
    """
    answers = put(game, questions(game, controls, own=[False] * len(controls)), worlds, seed)
    return tuple(Controlled(control, answer) for control, answer in zip(controls, answers, strict=True))
