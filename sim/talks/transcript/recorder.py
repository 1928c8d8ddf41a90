"""Takes a transcript by comparing the state before and after each step; the rules have decided everything in it."""

from dataclasses import dataclass, field

import numpy as np

from sim.game import Floats, Game, Ints, World
from sim.records import End, room
from sim.rules.rounds.ending import write_down
from sim.rules.state import NOT_ASKED, OBJECTS
from sim.talks.observer import Observer
from sim.talks.runs import negotiate
from sim.talks.table import Table
from sim.talks.transcript import clock
from sim.talks.transcript.entries import (
    Answer,
    Change,
    Ending,
    Incident,
    Package,
    Pass,
    Round,
    Tabled,
    Transcript,
    Turn,
)


@dataclass
class _Talk:
    """A text on the table in this round."""

    author: int
    tabled: Tabled | None = None
    answers: list[Answer] = field(default_factory=list)


def _plain(x: Ints) -> Package:
    return tuple(x.tolist())


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


class Recorder(Observer):
    """Writes everything down as it happens."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.rounds: list[Round] = []
        self.clock = clock.ClockReader(table)
        self.posture = self._posture
        self._cited, self._wanted = table.state.cited.copy(), table.state.wanted.copy()
        self._text: tuple[int, Package] | None = None
        self._own: dict[int, Package] = {}
        self._talk: _Talk | None = None
        self._phase = -1
        self._start_round()

    def _start_round(self) -> None:
        self._turns: list[Turn] = []
        self._passed: list[Pass] = []
        self._before: tuple[Incident, ...] = ()
        self._settling: tuple[Incident, ...] = ()

    @property
    def _posture(self) -> tuple[int, ...]:
        state = self.table.state
        return tuple(np.flatnonzero(state.applies & ~state.binding & ~self.clock.bent).tolist())

    def opened(self) -> None:
        """A round has begun."""
        state = self.table.state
        if state.phase[0] != self._phase:
            text = self._text if state.has_text[0] else None
            own = {} if text is None else dict.fromkeys(range(len(state.present)), text[1])
            self._phase, self._text, self._own, self._talk = int(state.phase[0]), text, own, None
        if not self.rounds:
            self.posture = self._posture
        self._number, self._before = int(state.round[0]), self.clock.opened()
        self._levels = _numbers(state.aspiration), _numbers(state.fallback), _numbers(state.no_deal)
        self._present = tuple(state.present.tolist())

    def passed(self, party: int) -> None:
        """A party had nothing to table."""
        self._passed.append(Pass(party, len(self._turns)))

    def tabled(self, author: int, documented: bool) -> None:
        """A package came on the table."""
        state, package = self.table.state, _plain(self.table.state.text)
        by, text = self._text or (-1, None)
        self._talk = _Talk(
            author,
            Tabled(
                package=package,
                documented=documented,
                values=tuple(self.table.worth(p, state.text) for p in range(len(state.present))),
                aspiration=float(state.aspiration[author]),
                from_status_quo=self._changes(author, self._holding, package),
                from_text=None if text is None else self._changes(author, text, package),
                text_by=by,
                from_own=self._changes(author, self._own[author], package) if author in self._own else None,
            ),
        )
        self._text, self._own[author] = (author, package), package

    def answered(self, party: int, threshold: float) -> None:
        """A party answered."""
        state = self.table.state
        named = np.flatnonzero(state.cited > self._cited)
        wanted = np.flatnonzero(state.wanted > self._wanted)
        self._cited, self._wanted = state.cited.copy(), state.wanted.copy()
        answer = Answer(
            party=party,
            said=int(state.answers[party]),
            value=self.table.worth(party, state.text),
            threshold=threshold,
            lines=tuple(named.tolist()),
            wanted=int(wanted[0]) if len(wanted) else self._demand(party),
        )
        if self._talk is None:
            self._talk = _Talk(-1 if self._text is None else self._text[0])
        self._talk.answers.append(answer)

    def _demand(self, party: int) -> int:
        state = self.table.state
        return int(state.demand[party]) if state.answers[party] == OBJECTS else -1

    def decided(self, author: int, agreed: bool) -> None:
        """All who are asked have answered."""
        state = self.table.state
        withheld = not agreed and self.clock.withheld_by(author)
        unasked = [
            p for p in range(len(state.present)) if state.present[p] and p != author and state.answers[p] == NOT_ASKED
        ]
        self._end_turn(tuple(unasked), complete=True, agreed=agreed, withheld=withheld)
        if agreed:
            self._settling = self.clock.settled()

    def voted(self) -> None:
        """All to whom a settled text was put have voted."""
        state = self.table.state
        self._text = None
        self._end_turn((), complete=True, agreed=bool(state.end[0] != End.REFUSED), withheld=False)
        self._settling = self.clock.settled()

    def closed(self) -> None:
        """The round is over."""
        if self._talk is not None and self._talk.answers:
            self._end_turn((), complete=False, agreed=False, withheld=False)
        aspiration, fallback, no_deal = self._levels
        self.rounds.append(
            Round(
                number=self._number,
                phase=self._phase,
                before=self._before,
                turns=tuple(self._turns),
                passed=tuple(self._passed),
                after=self._settling + self.clock.closed(),
                present=self._present,
                aspiration=aspiration,
                fallback=fallback,
                no_deal=no_deal,
            )
        )
        self._start_round()

    def _end_turn(self, unasked: tuple[int, ...], complete: bool, agreed: bool, withheld: bool) -> None:
        talk = self._talk or _Talk(-1 if self._text is None else self._text[0])
        answers = tuple(talk.answers)
        declined = complete and not agreed and bool(self.table.state.declined[0])
        demand = int(self.table.state.demand[talk.author]) if withheld else -1
        self._turns.append(
            Turn(talk.author, talk.tabled, answers, unasked, complete, agreed, withheld, declined, demand)
        )
        self._talk = None

    @property
    def _holding(self) -> Package:
        """What holds now; -1 for an issue on the agenda of which nothing does."""
        state, rules = self.table.state, self.table.game.rules
        open_ = ~state.settled & (state.status_quo < 0) & rules.agenda[state.phase[0]]
        return _plain(np.where(open_, -1, state.package))

    def _changes(self, author: int, old: Package, new: Package) -> tuple[Change, ...]:
        worth = self.table.state.worth[author]
        pairs = enumerate(zip(old, new, strict=True))
        return tuple(
            Change(i, a, b, float(worth[i, b] - (worth[i, a] if a >= 0 else 0.0))) for i, (a, b) in pairs if a != b
        )

    def transcript(self, run: int | None) -> Transcript:
        """All that has been written down, after the end."""
        faith = tuple(self.table.world.good_faith.tolist())
        return Transcript(run, faith, self.posture, tuple(self.rounds), _ending(self.table))


def _ending(table: Table) -> Ending:
    out = room(table.game, 1)
    write_down(table.g, table.w, table.s, out, 0)
    return Ending(
        end=End(out.end[0]),
        round=int(out.round[0]),
        phase=int(out.phase[0]),
        package=_plain(out.package[0]),
        status_quo=_plain(table.state.status_quo),
        settled=tuple(out.settled[0].tolist()),
        values=_numbers(out.worth[0]),
        no_deal=_numbers(out.no_deal[0]),
        core_kept=bool(out.core_kept[0]),
        holds=float(out.holds[0]),
        cited=_plain(out.cited[0]),
        wanted=_plain(out.wanted[0]),
    )


def watch(game: Game, world: World, run: int | None = None) -> Transcript:
    """Play one negotiation to its end and take its transcript; `run` is the number to print on it."""
    observer = negotiate(game, world, Recorder).observer
    assert isinstance(observer, Recorder)
    return observer.transcript(run)
