"""One negotiation in one world as a mesa model: a step is a round. `sim.batch` plays the same rules over many runs."""

from typing import Any

import mesa

from sim.game import ALTERNATING, SINGLE_TEXT, Game, World
from sim.records import End
from sim.rules.settling import refuse_vote, settle
from sim.rules.state import ACCEPTS
from sim.rules.talk import begin, close_round, decide, is_asked, next_consulted, open_round, tabled_proposal
from sim.talks.agents import Mediator, Party
from sim.talks.board import board
from sim.talks.witness import Witness

MODEL_REPORTERS = {name: name for name in ("round", "phase", "protocol", "momentum", "ceasefire", "offers", "end")}
AGENT_REPORTERS = {
    name: name
    for name in ("name", "no_deal", "fallback", "aspiration", "value_of_text", "pressure", "refusals", "is_present")
}


class Negotiation(mesa.Model):
    """One negotiation. The order of calls is that of `sim.batch.negotiate`, and so is the outcome, exactly."""

    def __init__(self, game: Game, world: World, witness: type[Witness] = Witness, collect: bool = True) -> None:
        super().__init__(rng=0)  # mesa wants a generator; no rule draws a number
        self.game = game
        self.board = board(game, world)
        self.author = -1
        drafting = set(game.rules.mediator.tolist())
        self.parties: list[Party] = [
            (Mediator if p in drafting else Party)(self, p) for p in range(len(game.names.parties))
        ]
        self.datacollector = self._collector() if collect else None
        begin(self.board.g, self.board.w, self.board.s)
        self.witness = witness(self.board)

    def step(self) -> None:
        """Play one round."""
        b, state = self.board, self.board.state
        open_round(b.g, b.w, b.s)
        self.witness.opened()
        if self.is_running:
            self._talk()
        if self.datacollector is not None:
            self.datacollector.collect(self)
        if self.is_running:
            close_round(b.g, b.w, b.s)
        self.witness.closed()
        self.running = state.end[0] == End.RUNNING

    def run(self) -> None:
        """Play to the end."""
        while self.running:
            self.step()

    def forget(self) -> None:
        """Let go of this model: mesa 3.3 counts agents in a dict that keeps every model alive; newer ones do not."""
        counters: dict[Any, Any] | None = getattr(mesa.Agent, "_ids", None)
        if isinstance(counters, dict):
            counters.pop(self, None)

    def _talk(self) -> None:
        state = self.board.state
        if self.round == state.phase_start[0]:
            self.author = -1
        if state.protocol[0] == ALTERNATING:
            self._play_alternating()
        elif state.protocol[0] == SINGLE_TEXT:
            self.author = self._play_single_text(self.author)
        else:
            self._play_vote()

    def _play_turn(self, author: int) -> bool:
        """Everybody asked answers the text at once; whether it is agreed."""
        b, state = self.board, self.board.state
        for q in b.game.rules.party_order.tolist():
            if is_asked(b.g, b.s, author, q):
                self.parties[q].answer(float(state.aspiration[q]))
        return self._decide(author)

    def _decide(self, author: int) -> bool:
        b = self.board
        agreed = bool(decide(b.g, b.w, b.s, author))
        if agreed:
            settle(b.g, b.w, b.s)
        self.witness.decided(author, agreed)
        return agreed

    def _play_alternating(self) -> None:
        """A round of offers and counter-offers."""
        rules, state = self.game.rules, self.board.state
        opened = -1
        if tabled_proposal(self.board.g, self.board.s):
            opened = rules.author
            self.parties[opened].put_forward(documented=True)
            if self._play_turn(opened):
                return
        for p in state.sequence.tolist():
            has_turn = p != opened and rules.speaks[state.phase[0], p] and state.present[p]
            if has_turn and self.parties[p].table() and self._play_turn(p):
                return

    def _play_single_text(self, author: int) -> int:
        """A round of a mediator's single text; returns the author of the text on the table."""
        b, rules, h = self.board, self.game.rules, int(self.board.state.phase[0])
        if author < 0:
            author = self._bring_text(int(rules.mediator[h]))
            if author < 0:
                return -1
        if not rules.alternates[h]:
            self._play_turn(author)
            return -1
        q = int(next_consulted(b.g, b.s, author))
        if q >= 0:
            self.parties[q].answer(float(b.state.aspiration[q]))
        if next_consulted(b.g, b.s, author) >= 0:
            return author
        self._decide(author)
        return -1

    def _bring_text(self, mediator: int) -> int:
        """The documented proposal where it is due, else a draft; returns its author, -1 where there is none."""
        if tabled_proposal(self.board.g, self.board.s):
            author = self.game.rules.author
            self.parties[author].put_forward(documented=True)
            return author
        drafter = self.parties[mediator]
        assert isinstance(drafter, Mediator)
        return mediator if drafter.draft() else -1

    def _play_vote(self) -> None:
        """A settled text is put to named parties, yes or no: each takes it if it beats what it falls back on."""
        b, state = self.board, self.board.state
        state.text[:] = state.package
        for q in b.game.rules.party_order.tolist():
            asked = b.game.rules.put_to[state.phase[0], q]
            if asked and (not state.present[q] or self.parties[q].answer(float(state.fallback[q])) != ACCEPTS):
                refuse_vote(b.g, b.s)
        if self.is_running:
            settle(b.g, b.w, b.s)
        self.witness.voted()

    def _collector(self) -> mesa.DataCollector:
        return mesa.DataCollector(model_reporters=dict(MODEL_REPORTERS), agent_reporters=dict(AGENT_REPORTERS))

    @property
    def is_running(self) -> bool:
        """Whether the talks go on, in the middle of a round too."""
        return bool(self.board.state.end[0] == End.RUNNING)

    @property
    def round(self) -> int:
        """The round that is played, from 0."""
        return int(self.board.state.round[0])

    @property
    def phase(self) -> str:
        """The phase that is played."""
        return str(self.game.names.phases[self.board.state.phase[0]])

    @property
    def protocol(self) -> int:
        """The protocol in force."""
        return int(self.board.state.protocol[0])

    @property
    def momentum(self) -> float:
        """The battlefield, from -1 to 1."""
        return float(self.board.state.momentum[0])

    @property
    def ceasefire(self) -> bool:
        """Whether a ceasefire is in force."""
        return bool(self.board.state.ceasefire[0])

    @property
    def offers(self) -> int:
        """Packages tabled so far."""
        return int(self.board.state.offers[0])

    @property
    def end(self) -> str:
        """How it ended, or `RUNNING`."""
        return str(End(self.board.state.end[0]).name)
