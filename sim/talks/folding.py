"""What is new in a negotiation and what only repeats itself."""

from dataclasses import dataclass, field

from sim.talks.transcript import Answer, Gist, Round, Transcript, Turn


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
    def only_answers(self) -> bool:
        """Whether a text went round in it and none was tabled."""
        return all(turn.tabled is None for played in self.rounds for turn in played.turns)


@dataclass
class _Memory:
    answers: dict[tuple[int, int], Gist] = field(default_factory=dict)
    passed: tuple[int, ...] = ()
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
        memory.passed = played.passed
        if quiet and stretches and stretches[-1].is_quiet and _alike(stretches[-1].rounds[-1], played):
            rounds = (*stretches.pop().rounds, played)
        else:
            rounds = (played,)
        stretches.append(Stretch(rounds, heard, quiet))
    return stretches


def _is_quiet(played: Round, heard: tuple[Heard, ...], memory: _Memory) -> bool:
    return (
        not played.before
        and not played.after
        and played.passed == memory.passed
        and all(each.is_repeat for each in heard)
    )


def _alike(one: Round, other: Round) -> bool:
    """Whether both are rounds of offers, or both of a text that goes round."""
    return all(turn.tabled is None for turn in one.turns) == all(turn.tabled is None for turn in other.turns)
