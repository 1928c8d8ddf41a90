"""The parties as mesa agents: they carry out the compiled rules on the table that they share and decide nothing."""

import mesa

from sim.rules.rounds.protocols import take_step
from sim.rules.state import DRAFT, PUT, RESPOND, SPEAK, VOTE
from sim.talks.observer import Observer
from sim.talks.shared_state import Table

BRINGING = (PUT, SPEAK, DRAFT)
BY_A_PARTY = (*BRINGING, RESPOND, VOTE)


class Party(mesa.Agent):
    """A party at the table; `index` is its place in the arrays."""

    def __init__(self, model: mesa.Model, table: Table, index: int) -> None:
        super().__init__(model)
        self.table, self.index = table, index
        self.name = table.game.names.parties[index]

    def act(self, step: int, observer: Observer) -> None:
        """Take the step that is due: bring a package, answer the text, or vote; the observer is told of it."""
        table, state = self.table, self.table.state
        take_step(table.g, table.w, table.s)
        if step in BRINGING and not state.came_off[0]:
            observer.passed(self.index)
        elif step in BRINGING:
            observer.tabled(self.index, documented=step == PUT)
        elif self.is_present:
            observer.answered(self.index, self.fallback if step == VOTE else table.asks(self.index, state.text))

    @property
    def no_deal(self) -> float:
        """What it expects from going on without agreement."""
        return float(self.table.state.no_deal[self.index])

    @property
    def fallback(self) -> float:
        """What it falls back on in this phase."""
        return float(self.table.state.fallback[self.index])

    @property
    def aspiration(self) -> float:
        """The least that it accepts now; of what it put forward itself, less may do."""
        return float(self.table.state.aspiration[self.index])

    @property
    def value_of_text(self) -> float | None:
        """What the text on the table is worth to it; nothing is on the table before the first offer of a phase."""
        state = self.table.state
        return self.table.worth(self.index, state.text) if state.has_text[0] else None

    @property
    def pressure(self) -> float:
        """Pressure on it by the levers that are pulled."""
        return float(self.table.state.pressure[self.index])

    @property
    def refusals(self) -> int:
        """Packages that it has refused so far."""
        return int(self.table.state.refusals[self.index])

    @property
    def is_present(self) -> bool:
        """Whether it is still at the table."""
        return bool(self.table.state.present[self.index])
