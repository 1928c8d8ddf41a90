"""How well probabilities predict reported answers (Brier 1950)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.validation.answer_probabilities import Reply


@dataclass(frozen=True)
class Verdict:
    """The score of a list of stances beside that of somebody who knows only how many of them are takes."""

    stances: int
    hits: int  # the reported answer had a probability of one half or more
    brier: float  # mean of (1 - probability of the reported answer) squared
    base_rate: float  # share of stances that are takes
    base: float  # what it scores to give every one of them that probability

    def skill(self) -> float | None:
        """1 - brier / base: 1 is perfect, 0 no better than the base rate; None where the base rate tells all."""
        return 1.0 - self.brier / self.base if self.base > 0.0 else None


def judge(replies: Sequence[Reply], rule: str = "model") -> Verdict:
    """The Brier score of some stances, at least one, over the answer that was given (half of Brier's own sum over both).

    Who answers is the model, or a part of it alone: see `answer_probabilities.RULES`.

    The base rate is taken from the very list that it is scored on, so it knows more than anybody could have known.
    """
    takes = np.array([reply.reported_takes() for reply in replies])
    rate = float(takes.mean())
    return Verdict(
        len(replies),
        sum(reply.is_hit(rule) for reply in replies),
        float(np.mean([reply.score(rule) for reply in replies])),
        rate,
        float(np.mean((rate - takes) ** 2)),
    )
