"""Takes a transcript by comparing the state before and after each step; the rules have decided everything in it."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.game import Game, World
from sim.records import End, room
from sim.rules.rounds.ending import write_down
from sim.rules.state import NOT_ASKED, OBJECTS
from sim.talks.observer import Observer
from sim.talks.runs import negotiate
from sim.talks.shared_state import Table
from sim.talks.transcript import entries
from sim.talks.transcript.moves import changes, gifts, given_to, reported
from sim.talks.transcript.outlooks import holding, outlooks, says_why
from sim.talks.transcript.state_changes import StateChanges


@dataclass
class _Talk:
    """A text on the table in this round."""

    author: int
    tabled: entries.Tabled | None = None
    answers: list[entries.Answer] = field(default_factory=list)


def _plain(array: Any) -> tuple[Any, ...]:
    return tuple(array.tolist())


class Recorder(Observer):
    """Writes everything down as it happens."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.rounds: list[entries.Round] = []
        self.changes = StateChanges(table)
        self.posture = self._posture
        self._cited, self._wanted = table.state.cited.copy(), table.state.wanted.copy()
        self._text: tuple[int, entries.Package] | None = None
        self._own: dict[int, entries.Package] = {}
        self._given: set[tuple[int, int]] = set()
        self._reversals = 0
        self._says_why = says_why(table)
        self._talk: _Talk | None = None
        self._phase = -1
        self._start_round()

    def _start_round(self) -> None:
        self._turns: list[entries.Turn] = []
        self._passed: list[entries.Pass] = []
        self._before: tuple[entries.Incident, ...] = ()
        self._settling: tuple[entries.Incident, ...] = ()

    @property
    def _posture(self) -> tuple[int, ...]:
        state = self.table.state
        begun = (state.firmness > 0.0) | ~self.table.game.rules.line_latent
        return _plain(np.flatnonzero(state.applies & begun & ~state.binding & ~self.changes.bent))

    def opened(self) -> None:
        """A round has begun."""
        state = self.table.state
        if state.phase[0] != self._phase:
            text = self._text if state.has_text[0] else None
            own = {} if text is None else dict.fromkeys(range(len(state.present)), text[1])
            self._phase, self._text, self._own, self._talk = int(state.phase[0]), text, own, None
        if not self.rounds:
            self.posture = self._posture
        self._number, self._before = int(state.round[0]), self.changes.opened()
        self._levels = _plain(state.aspiration), _plain(state.fallback), _plain(state.no_deal)
        self._outlook = outlooks(self.table)
        self._present = _plain(state.present)

    def passed(self, party: int) -> None:
        """A party had nothing to table."""
        self._passed.append(entries.Pass(party, len(self._turns)))

    def tabled(self, author: int, documented: bool) -> None:
        """A package came on the table."""
        table, state, package = self.table, self.table.state, _plain(self.table.state.text)
        by, text = self._text or (-1, None)
        own, went_back = self._own.get(author), bool(state.reversals[0] > self._reversals)
        self._reversals = int(state.reversals[0])
        stated, filled = reported(table, int(state.tabling[0])) if documented else ((), ())
        stand = _plain(state.stand[author]) if table.game.rules.has_position[author] else None
        self._talk = _Talk(
            author,
            entries.Tabled(
                package=package,
                documented=documented,
                values=tuple(table.worth(p, state.text) for p in range(len(state.present))),
                aspiration=float(state.aspiration[author]),
                from_status_quo=changes(table, author, self._holding, package),
                from_text=None if text is None else changes(table, author, text, package),
                text_by=by,
                from_own=None if own is None else changes(table, author, own, package, went_back),
                stated=stated,
                filled=filled,
                from_position=None if stand is None else changes(table, author, stand, package),
                given=given_to(table, author),
                gifts=gifts(table, state.text, self._given),
            ),
        )
        self._text, self._own[author] = (author, package), package

    def answered(self, party: int, threshold: float) -> None:
        """A party answered."""
        state = self.table.state
        named = np.flatnonzero(state.cited > self._cited)
        wanted = np.flatnonzero(state.wanted > self._wanted)
        self._cited, self._wanted = state.cited.copy(), state.wanted.copy()
        answer = entries.Answer(
            party=party,
            said=int(state.answers[party]),
            value=self.table.worth(party, state.text),
            threshold=threshold,
            lines=_plain(named),
            wanted=int(wanted[0]) if len(wanted) else self._demand(party),
            protected=self.table.protected(party, state.text),
            without=float(state.fallback[party]) if self._says_why else None,
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
        withheld = not agreed and self.changes.withheld_by(author)
        unasked = [
            p for p in range(len(state.present)) if state.present[p] and p != author and state.answers[p] == NOT_ASKED
        ]
        self._end_turn(tuple(unasked), complete=True, agreed=agreed, withheld=withheld)
        if agreed:
            self._settling = self.changes.settled()

    def voted(self) -> None:
        """All to whom a settled text was put have voted."""
        state = self.table.state
        self._text = None
        self._end_turn((), complete=True, agreed=bool(state.end[0] != End.REFUSED), withheld=False)
        self._settling = self.changes.settled()

    def closed(self) -> None:
        """The round is over."""
        if self._talk is not None and self._talk.answers:
            self._end_turn((), complete=False, agreed=False, withheld=False)
        aspiration, fallback, no_deal = self._levels
        self.rounds.append(
            entries.Round(
                number=self._number,
                phase=self._phase,
                before=self._before,
                turns=tuple(self._turns),
                passed=tuple(self._passed),
                after=self._settling + self.changes.closed(),
                present=self._present,
                aspiration=aspiration,
                fallback=fallback,
                no_deal=no_deal,
                outlook=self._outlook,
            )
        )
        self._start_round()

    def _end_turn(self, unasked: tuple[int, ...], complete: bool, agreed: bool, withheld: bool) -> None:
        talk = self._talk or _Talk(-1 if self._text is None else self._text[0])
        answers = tuple(talk.answers)
        declined = complete and not agreed and bool(self.table.state.declined[0])
        demand = int(self.table.state.demand[talk.author]) if withheld else -1
        self._turns.append(
            entries.Turn(talk.author, talk.tabled, answers, unasked, complete, agreed, withheld, declined, demand)
        )
        self._talk = None

    @property
    def _holding(self) -> entries.Package:
        """What holds now; -1 for an issue on the agenda of which nothing does."""
        state, rules = self.table.state, self.table.game.rules
        open_ = ~state.settled & (state.status_quo < 0) & rules.agenda[state.phase[0]]
        return _plain(np.where(open_, -1, state.package))

    def transcript(self, run: int | None) -> entries.Transcript:
        """All that has been written down, after the end."""
        game, world = self.table.game, self.table.world
        stated = zip(world.confident.tolist(), game.numbers.confident > 0.0, strict=True)
        return entries.Transcript(
            run=run,
            good_faith=tuple(world.good_faith.tolist()),
            posture=self.posture,
            rounds=tuple(self.rounds),
            ending=_ending(self.table),
            confident=tuple(type_ if has_types else None for type_, has_types in stated),
            positions=tuple(_plain(position) for position in game.rules.position[0]),
        )


def _ending(table: Table) -> entries.Ending:
    out = room(table.game, 1)
    write_down(table.g, table.w, table.s, out, 0)
    return entries.Ending(
        end=End(out.end[0]),
        round=int(out.round[0]),
        phase=int(out.phase[0]),
        package=_plain(out.package[0]),
        status_quo=_plain(table.state.status_quo),
        settled=_plain(out.settled[0]),
        values=_plain(out.value[0]),
        no_deal=_plain(out.no_deal[0]),
        core_kept=bool(out.core_kept[0]),
        holds=float(out.holds[0]),
        cited=_plain(out.cited[0]),
        wanted=_plain(out.wanted[0]),
        worth=_plain(out.worth[0]),
        terms=tuple(None if math.isnan(each) else each for each in out.terms[0].tolist()),
        holding=holding(table),
        reversals=int(out.reversals[0]),
        overlooked=bool(out.overlooked[0]),
    )


def watch(game: Game, world: World, run: int | None = None) -> entries.Transcript:
    """Play one negotiation to its end and take its transcript; `run` is the number to print on it."""
    observer = negotiate(game, world, Recorder).observer
    assert isinstance(observer, Recorder)
    return observer.transcript(run)
