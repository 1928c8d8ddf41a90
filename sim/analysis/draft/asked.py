"""A draft asked of every party: what each says, whose consent it needs, whether it would last and pass at home."""

from dataclasses import dataclass

import numpy as np

from sim.analysis.draft.candidates import Candidates, candidates
from sim.analysis.draft.drawn_worlds import CHUNK, DrawnWorlds
from sim.analysis.draft.judging import coalitions, judged
from sim.analysis.validation.answer_probabilities import Answer, put_after
from sim.analysis.validation.questions import Questions, opening_rounds
from sim.analysis.validation.stances import ask_all, blank_tally
from sim.draws import STATED, Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game, Ints
from sim.rules.formulas import chance_of_lasting
from sim.rules.packages import matches
from sim.rules.state import fresh


@dataclass(frozen=True)
class Draft:
    """A package that parties are asked about, and on which issues it says something."""

    package: Ints  # [I]
    named: Flags  # [I]


@dataclass(frozen=True)
class Heard:
    """What n worlds say of a draft."""

    draft: Draft
    worlds: int
    seed: int
    after: int  # rounds that have passed without a deal
    answers: dict[str, Answer]  # by party
    stated: dict[str, bool]  # by party: whether it takes it in the stated world
    opens: int  # rounds after which the draft lapses, so that it opens talks; 0: it does not
    takes: Flags  # [n, P]
    settled: Flags  # [n] all whose consent it needs take it
    terms: dict[
        str, dict[str, float]
    ]  # by issue that it changes, then party: mean worth that the party would lose without
    coalitions: tuple[tuple[str, ...], ...]  # the least sets of parties that could settle it, as stated
    lasts: float  # mean chance that it lasts a year, as the belligerent sees it that trusts it least
    passes: dict[str, float]  # by step of ratification that comes before it: mean chance that it passes

    def passes_all(self) -> float:
        """Mean chance that it passes all steps at home; they are drawn apart."""
        return float(np.prod(list(self.passes.values()))) if self.passes else 1.0


def draft_of(game: Game, terms: Ints, fill: Ints | None = None) -> Draft:
    """A draft from what it names [I], -1 elsewhere; the rest as `fill` [I] has it, and where that is silent as it is now."""
    named = np.where((terms < 0) & ~game.rules.locked, -1 if fill is None else fill, terms)
    return Draft(np.where(named >= 0, named, game.rules.start), named >= 0)


def hear(
    game: Game, draft: Draft, worlds: int, seed: int, after: int = 0, drawn: DrawnWorlds | None = None
) -> Heard:  # fmt: skip
    """Ask every party about a draft in worlds 0 to `worlds` - 1 of a seed, once `after` rounds have passed."""
    names, x, draw = game.names, draft.package, drawn or DrawnWorlds(game)
    asked = _questions(game, draft)
    answers, takes = put_after(game, asked, worlds, seed, after, draw)
    near = candidates(game, x, draft.named, 1)
    verdicts = judged(game, near, Uniforms(seed, 0, worlds), after, draw)
    lasts, passes = _afterwards(game, x, worlds, seed, draw)
    return Heard(
        draft,
        worlds,
        seed,
        after,
        dict(zip(names.parties, answers, strict=True)),
        dict(zip(names.parties, _stated(game, asked, after), strict=True)),
        int(asked.opens[0]),
        takes,
        verdicts.settled,
        _worth_of_terms(game, near, verdicts.worth / worlds),
        _least_coalitions(game, *coalitions(game, near, after)),
        lasts,
        passes,
    )


def _questions(game: Game, draft: Draft) -> Questions:
    """The draft put to every party, as a whole text."""
    parties = len(game.names.parties)
    opens = opening_rounds(game.rules, np.where(draft.named, draft.package, -1)[None])
    terms = np.repeat(draft.package[None], parties, axis=0)
    every = np.ones(parties, bool)
    return Questions(np.arange(parties), terms, ~every, every, np.repeat(opens, parties))


def _stated(game: Game, asked: Questions, after: int) -> list[bool]:
    parties = len(asked.party)
    takes = np.zeros((1, parties), bool)
    ask_all(game.rules, worlds_of(game, STATED), fresh(game.rules), asked, blank_tally(game, parties), takes, after)
    return [bool(one) for one in takes[0]]


def _worth_of_terms(game: Game, near: Candidates, worth: Floats) -> dict[str, dict[str, float]]:
    """What each term of a draft adds for each party to the worth of the whole, beside what holds now on that issue.

    Of the draft and what is one change away, `worth` [N, P] is the mean.
    """
    names, start = game.names, game.rules.start
    found = {}
    for n in range(1, len(near.package)):
        ((i, o),) = near.changes(n).items()
        if o == start[i]:
            lost = (worth[0] - worth[n]).tolist()
            found[names.issues[i]] = dict(zip(names.parties, lost, strict=True))
    return found


def _least_coalitions(game: Game, members: Flags, may: Flags) -> tuple[tuple[str, ...], ...]:
    """Those sets of parties that could settle the draft and hold no other that could."""
    sets = {frozenset(np.flatnonzero(members[c]).tolist()) for c in np.flatnonzero(may[0])}
    least = [one for one in sets if not any(other < one for other in sets)]
    return tuple(tuple(game.names.parties[p] for p in sorted(one)) for one in sorted(least, key=sorted))


def _afterwards(game: Game, x: Ints, worlds: int, seed: int, draw: DrawnWorlds) -> tuple[float, dict[str, float]]:
    """Mean chance that a package lasts, and that it passes each step at home that comes before it."""
    rules, lasts, passes = game.rules, [], []
    clauses = [c for c in range(len(rules.ratifying)) if matches(rules.ratifying[c], x)]
    for first in range(0, worlds, CHUNK):
        part = draw(Uniforms(seed, first, min(CHUNK, worlds - first)))
        protected = np.take_along_axis(part.protection, x[None, None, :, None], axis=3)[..., 0].sum(axis=2)
        lasts.append(_chance(part.doubt, protected)[:, rules.belligerent].min(axis=1, initial=1.0))
        passes.append(part.passes[:, clauses])
    means = np.concatenate(passes).mean(axis=0).tolist()
    steps = {game.names.ratification[c]: mean for c, mean in zip(clauses, means, strict=True)}
    return float(np.concatenate(lasts).mean()), steps


def _chance(doubt: Floats, protected: Floats) -> Floats:
    """The rule of `chance_of_lasting`, on arrays."""
    return np.asarray(chance_of_lasting.py_func(doubt, protected))  # type: ignore[attr-defined]
