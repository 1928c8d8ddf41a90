"""What an older world says of answers and facts that were recorded later, beside naive rivals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.validation.answer_probabilities import Answer, ask
from sim.analysis.validation.recorded_facts import shows
from sim.analysis.validation.reliability import Reliability, reliability
from sim.analysis.validation.scores import Estimate, Score, others_rate, own_rates, score, skill
from sim.analysis.validation.stances import TAKES
from sim.evidence import Fact, Stance
from sim.game import Flags, Floats, Game

Variants = Sequence[tuple[float, dict[str, str]]]
"""Terms that are asked in place of recorded ones, with shares that add up to 1."""

MODEL = "model"
RIVALS = ("base_rate", "coded_lines", "refuses_all", "own_rate")
"""Without the model: the share of takes among the other answers; takes all but what a coded line of the party forbids,
however firm; refuses all; the party's own share of takes among the answers known before."""
PARTS = ("lines", "values")
"""What a part of the model says alone, see `answer_probabilities.RULES`."""


@dataclass(frozen=True)
class Foretold:
    """One recorded answer, and what the model's party says to the terms that stand for it."""

    stance: Stance
    parts: tuple[tuple[float, Answer], ...]  # shares add up to 1

    def took(self) -> bool:
        """Whether the reported answer is to take it."""
        return self.stance.answer in TAKES

    def takes(self, rule: str = MODEL) -> float:
        """How probable the model, or a part of it, holds that the party takes it."""
        return sum(share * answer.taken[rule] / answer.worlds for share, answer in self.parts)

    def allowed(self) -> float:
        """Share of the terms under which no coded line of the party falls, however firm it is."""
        return sum(share for share, answer in self.parts if not answer.lines)


@dataclass(frozen=True)
class Shown:
    """One recorded fact, and the share of runs that show it."""

    fact: Fact
    rounds: int  # rounds that are over by its day
    probability: float


def foretell(game: Game, asked: Sequence[tuple[Stance, Variants]], worlds: int, seed: int) -> tuple[Foretold, ...]:
    """Answers in worlds 0 to `worlds` - 1 of a seed; errors as for `answer_probabilities.ask`."""
    flat = [stance.model_copy(update={"proposal": terms}) for stance, variants in asked for _, terms in variants]
    replies = iter(ask(game, flat, worlds, seed))
    return tuple(
        Foretold(stance, tuple((share, next(replies).answer) for share, _ in variants)) for stance, variants in asked
    )


def show(game: Game, asked: Sequence[tuple[Fact, int, Variants]], runs: int, seed: int) -> tuple[Shown, ...]:
    """Facts, each with the rounds over by its day, in runs 0 to `runs` - 1 of a seed; errors as for `checks_of`."""
    flat = [(with_terms(fact, terms), rounds) for fact, rounds, variants in asked for _, terms in variants]
    shares = iter(shows(game, flat, runs, seed).mean(axis=0))
    return tuple(
        Shown(fact, rounds, sum(share * float(next(shares)) for share, _ in variants))
        for fact, rounds, variants in asked
    )


def with_terms(fact: Fact, terms: dict[str, str]) -> Fact:
    """A fact about somebody's text, with other terms of it; any other fact as it is."""
    text = fact.text()
    return fact if text is None else fact.model_copy(update={fact.kind(): text.model_copy(update={"terms": terms})})


@dataclass(frozen=True)
class Judged:
    """The scores of one list of answers, of the model and beside it."""

    model: Score
    rivals: dict[str, Score]
    parts: dict[str, Score]
    skill: Estimate | None  # against the base rate of the others
    reliability: Reliability


def judge(told: Sequence[Foretold], known: Sequence[Stance], worlds: int, seed: int) -> Judged:
    """The scores of some answers, one or more; `known` are those known before."""
    took = np.array([one.took() for one in told])
    model = _of(told, MODEL)
    rivals = rival_forecasts(told, known)
    return Judged(
        score(model, took, worlds, seed),
        {name: score(rivals[name], took, worlds, seed) for name in RIVALS},
        {rule: score(_of(told, rule), took, worlds, seed) for rule in PARTS},
        skill(model, rivals["base_rate"], took, seed),
        reliability(model, took, seed),
    )


def judge_facts(shown: Sequence[Shown], runs: int, seed: int) -> Score:
    """The score of some facts, one or more; all of them are so."""
    return score(np.array([one.probability for one in shown]), np.ones(len(shown), bool), runs, seed)


def rival_forecasts(told: Sequence[Foretold], known: Sequence[Stance]) -> dict[str, Floats]:
    """What each of `RIVALS` gives to a take, answer by answer."""
    took: Flags = np.array([one.took() for one in told])
    before = [(stance.party, stance.answer in TAKES) for stance in known]
    return {
        "base_rate": others_rate(took),
        "coded_lines": np.array([one.allowed() for one in told]),
        "refuses_all": np.zeros(len(told)),
        "own_rate": own_rates([one.stance.party for one in told], before),
    }


def _of(told: Sequence[Foretold], rule: str) -> Floats:
    return np.array([one.takes(rule) for one in told])
