"""One negotiation in one world as a mesa model: a step is a round. `sim.batch` plays the same rules over many runs."""

from typing import Any

import mesa

from sim.game import Game, World
from sim.records import End
from sim.rules.rounds.protocols import is_over, next_step, take_step
from sim.rules.rounds.step_actions import begin
from sim.rules.state import CLOSE, COUNT, DECIDE, OPEN
from sim.talks.agents import BY_A_PARTY, Party
from sim.talks.observer import Observer
from sim.talks.shared_state import table

MODEL_REPORTERS = {name: name for name in ("round", "phase", "protocol", "momentum", "ceasefire", "offers", "end")}
AGENT_REPORTERS = {
    name: name
    for name in ("name", "no_deal", "fallback", "aspiration", "value_of_text", "pressure", "refusals", "is_present")
}


class Negotiation(mesa.Model):
    """One negotiation. Its steps are those of `sim.batch.negotiate`, and so is the outcome, exactly."""

    def __init__(self, game: Game, world: World, observer: type[Observer] = Observer, collect: bool = True) -> None:
        super().__init__(rng=0)  # mesa wants a generator; no rule draws a number
        self.game = game
        self.table = table(game, world)
        self.parties = [Party(self, self.table, p) for p in range(len(game.names.parties))]
        self.datacollector = mesa.DataCollector(dict(MODEL_REPORTERS), dict(AGENT_REPORTERS)) if collect else None
        begin(self.table.g, self.table.w, self.table.s)
        self.observer = observer(self.table)

    def step(self) -> None:
        """Play one round: step by step from its opening to its close, or to where the talks end within it."""
        due = self._play_step()
        while due != CLOSE and not is_over(self.table.s):
            due = self._play_step()
        if due != CLOSE:
            self._collect()
        self.observer.closed()
        self.running = self.is_running

    def _play_step(self) -> int:
        """Play the step that is due, and say which it was."""
        b = self.table
        due = int(next_step(b.g, b.s))
        if due in BY_A_PARTY:
            self.parties[b.state.actor[0]].act(due, self.observer)
            return due
        if due == CLOSE:
            self._collect()
        take_step(b.g, b.w, b.s)
        if due == OPEN:
            self.observer.opened()
        elif due == DECIDE:
            self.observer.decided(int(b.state.author[0]), bool(b.state.came_off[0]))
        elif due == COUNT:
            self.observer.voted()
        return due

    def _collect(self) -> None:
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def run(self) -> None:
        """Play to the end."""
        while self.running:
            self.step()

    def forget(self) -> None:
        """Let go of this model: mesa 3.3 counts agents in a dict that keeps every model alive; newer ones do not."""
        counters: dict[Any, Any] | None = getattr(mesa.Agent, "_ids", None)
        if isinstance(counters, dict):
            counters.pop(self, None)

    @property
    def is_running(self) -> bool:
        """Whether the talks go on, in the middle of a round too."""
        return bool(self.table.state.end[0] == End.RUNNING)

    @property
    def round(self) -> int:
        """The round that is played, from 0."""
        return int(self.table.state.round[0])

    @property
    def phase(self) -> str:
        """The phase that is played."""
        return str(self.game.names.phases[self.table.state.phase[0]])

    @property
    def protocol(self) -> int:
        """The protocol in force."""
        return int(self.table.state.protocol[0])

    @property
    def momentum(self) -> float:
        """Momentum, from -1 to 1."""
        return float(self.table.state.momentum[0])

    @property
    def ceasefire(self) -> bool:
        """Whether a ceasefire is in force."""
        return bool(self.table.state.ceasefire[0])

    @property
    def offers(self) -> int:
        """Packages tabled so far."""
        return int(self.table.state.offers[0])

    @property
    def end(self) -> str:
        """How it ended, or `RUNNING`."""
        return str(End(self.table.state.end[0]).name)
