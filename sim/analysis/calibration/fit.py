"""How draws fit a record: what each of them shows of every item, by the same rules as in a backtest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.record_items import Item
from sim.analysis.threads import threads_for_now
from sim.analysis.validation.backtest import with_terms
from sim.analysis.validation.questions import Questions, questions_of
from sim.analysis.validation.recorded_facts import Checks, checks_of, look, whole_facts
from sim.analysis.validation.stances import TAKES, ask_all, blank_tally
from sim.draws import Uniforms, realise
from sim.evidence import Fact, Stance
from sim.game import Flags, Floats, Game, Ints, Worlds
from sim.rules.state import fresh

CHUNK = 250  # draws that are held as worlds at a time, by each thread


@dataclass(frozen=True)
class Fit:
    """N draws held against J items."""

    met: NDArray[np.float32]  # [N, J] share of the terms put under which the draw shows the item as it was recorded
    agreed: Ints  # [N] round in which the run agrees, -1 where it does not


@dataclass(frozen=True)
class _Put:
    """Items as a game is asked about them, each of their terms on its own: answers first, then facts."""

    game: Game
    items: Sequence[Item]

    @cached_property
    def answers(self) -> list[tuple[int, Stance]]:
        """Each answer to one variant of its terms, with the position of its item."""
        return [
            (j, item.recorded.model_copy(update={"proposal": terms}))
            for j, item in enumerate(self.items)
            if isinstance(item.recorded, Stance)
            for _, terms in item.variants
        ]

    @cached_property
    def facts(self) -> list[tuple[int, Fact]]:
        """The same of facts."""
        return [
            (j, with_terms(item.recorded, terms))
            for j, item in enumerate(self.items)
            if isinstance(item.recorded, Fact)
            for _, terms in item.variants
        ]

    @cached_property
    def questions(self) -> Questions:
        return questions_of(self.game, [stance for _, stance in self.answers])

    @cached_property
    def checks(self) -> tuple[Checks, Ints]:
        return checks_of(self.game, [(fact, self.items[j].rounds) for j, fact in self.facts])

    @cached_property
    def mix(self) -> Floats:
        """The share [variants, J] that each variant has of its item."""
        of = [j for j, _ in (*self.answers, *self.facts)]
        shares = {j: iter([share for share, _ in item.variants]) for j, item in enumerate(self.items)}
        mix = np.zeros((len(of), len(self.items)))
        for row, j in enumerate(of):
            mix[row, j] = next(shares[j])
        return mix

    def ask(self, luck: Uniforms) -> Fit:
        """Some draws held against them."""
        worlds = realise(self.game, luck)
        checks, fact = self.checks
        met, agreed = look(self.game, worlds, checks)
        answered = self._answers(worlds) if self.answers else np.zeros((luck.n, 0), np.bool_)
        shown = np.concatenate([answered, whole_facts(met, fact, len(self.facts))], axis=1)
        return Fit((shown @ self.mix).astype(np.float32), agreed)

    def _answers(self, worlds: Worlds) -> Flags:
        n, asked = len(worlds.start), len(self.answers)
        takes = np.zeros((n, asked), np.bool_)
        tally = blank_tally(self.game, asked)
        ask_all(self.game.rules, worlds, fresh(self.game.rules), self.questions, tally, takes, 0)
        return np.asarray(takes == np.array([stance.answer in TAKES for _, stance in self.answers]))


def fit_of(
    game: Game, items: Sequence[Item], draws: int, seed: int, threads: int = 1, count: Callable[[int], None] = lambda _: None
) -> Fit:  # fmt: skip
    """Draws 0 to `draws` - 1 of a seed held against some items, one or more; `count` is told of each few that are done.

    KeyError or ValueError where an item does not fit the game.
    """
    put, parts = _Put(game, items), []
    _ = put.questions, put.checks, put.mix
    chunks = [Uniforms(seed, first, min(CHUNK, draws - first)) for first in range(0, draws, CHUNK)]
    with threads_for_now(threads) as crew:
        for part in crew.map(put.ask, chunks):
            parts.append(part)
            count(len(part.agreed))
    return Fit(np.concatenate([part.met for part in parts]), np.concatenate([part.agreed for part in parts]))
