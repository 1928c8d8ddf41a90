"""What is new in a negotiation and what only repeats itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from sim.talks.transcript.entries import Answer, Gist, Pass, Round, Transcript, Turn

RoundForm = Literal["silence", "answers", "offers"]
"""What is done in a round: nothing, a text goes round and none is tabled, or packages are tabled."""


def form(played: Round) -> RoundForm:
    """What is done in a round."""
    if not played.turns:
        return "silence"
    return "answers" if all(turn.tabled is None for turn in played.turns) else "offers"


@dataclass(frozen=True)
class Heard:
    """A turn, and what it only repeats."""

    turn: Turn
    same_offer: bool  # its author's last package again
    news: tuple[Answer, ...]  # answers that this author did not have from that party the last time
    old: tuple[Answer, ...]
    lines: dict[int, tuple[int, ...]]  # red lines that a party named to this author the last time
    same_fate: bool  # taken back by its author, or not, as the last time

    @property
    def is_repeat(self) -> bool:
        """Whether nothing in it is new."""
        return self.same_offer and not self.news and self.same_fate and not self.turn.agreed


@dataclass(frozen=True)
class Stretch:
    """One round, or a run of rounds in which nothing new happens."""

    rounds: tuple[Round, ...]
    heard: tuple[Heard, ...]  # of the last of them
    is_quiet: bool

    @property
    def form(self) -> RoundForm:
        """What was done in each of its rounds."""
        return form(self.rounds[0])


@dataclass
class _Memory:
    answers: dict[tuple[int, int], Gist] = field(default_factory=dict)
    passed: frozenset[int] = frozenset()
    fates: dict[int, bool] = field(default_factory=dict)

    def hear(self, turn: Turn) -> Heard:
        """Tell what is new in a turn, and remember it."""
        news = [a for a in turn.answers if self.answers.get((turn.author, a.party)) != a.gist]
        lines = {a.party: self.answers.get((turn.author, a.party), (0, (), -1))[1] for a in turn.answers}
        for answer in turn.answers:
            self.answers[turn.author, answer.party] = answer.gist
        same = turn.tabled is None or turn.tabled.from_own == ()
        old = tuple(answer for answer in turn.answers if answer not in news)
        fate = self.fates.get(turn.author, False) == turn.withheld or not turn.complete
        if turn.complete:
            self.fates[turn.author] = turn.withheld
        return Heard(turn, same, tuple(news), old, lines, fate)


def folded(transcript: Transcript) -> list[Stretch]:
    """The rounds in order; neighbours in which nothing new happens as one stretch."""
    memory, stretches, phase = _Memory(), list[Stretch](), -1
    for played in transcript.rounds:
        if played.phase != phase:
            memory, phase = _Memory(), played.phase
        heard = tuple(memory.hear(turn) for turn in played.turns)
        quiet = _is_quiet(played, heard, memory)
        memory.passed = _silent(played)
        if quiet and stretches and stretches[-1].is_quiet and stretches[-1].form == form(played):
            rounds = (*stretches.pop().rounds, played)
        else:
            rounds = (played,)
        stretches.append(Stretch(rounds, heard, quiet))
    return stretches


def _is_quiet(played: Round, heard: tuple[Heard, ...], memory: _Memory) -> bool:
    return (
        not played.before
        and not played.after
        and _silent(played) == memory.passed
        and all(each.is_repeat for each in heard)
    )


def _silent(played: Round) -> frozenset[int]:
    return frozenset(each.party for each in played.passed)


def in_order(heard: tuple[Heard, ...], passed: tuple[Pass, ...]) -> Iterator[list[Heard | Pass]]:
    """The turns of a round as they came: each with something new by itself, neighbours that only repeat together, and
    neighbours with nothing to table together.
    """
    places: list[tuple[float, Heard | Pass]] = [(float(k), each) for k, each in enumerate(heard)]
    places += [(each.after - 0.5, each) for each in passed]
    said = [each for _, each in sorted(places, key=lambda place: place[0])]
    for _, group in groupby(enumerate(said), key=lambda each: _kind(*each)):
        yield [each for _, each in group]


def _kind(index: int, each: Heard | Pass) -> int:
    """Equal for neighbours that are told together."""
    if isinstance(each, Pass):
        return -1
    return -2 if each.is_repeat else index
