"""The parties as mesa agents: they carry out the compiled rules on the board that they share and decide nothing."""

from typing import TYPE_CHECKING

import mesa

from sim.rules.rounds.steps import take_step
from sim.rules.state import DRAFT, PUT, RESPOND, SPEAK, VOTE

if TYPE_CHECKING:
    from sim.talks.model import Negotiation


BRINGING = (PUT, SPEAK, DRAFT)
BY_A_PARTY = (*BRINGING, RESPOND, VOTE)


class Party(mesa.Agent):
    """A party at the table; `index` is its place in the arrays."""

    model: "Negotiation"

    def __init__(self, model: "Negotiation", index: int) -> None:
        super().__init__(model)
        self.index = index
        self.name = model.game.names.parties[index]
        self.board = model.board

    def act(self, step: int) -> None:
        """Take the step that is due: bring a package, answer the text, or vote."""
        board, state, witness = self.board, self.board.state, self.model.witness
        take_step(board.g, board.w, board.s)
        if step in BRINGING and not state.came_off[0]:
            witness.passed(self.index)
        elif step in BRINGING:
            witness.tabled(self.index, documented=step == PUT)
        elif self.is_present:
            witness.answered(self.index, self.fallback if step == VOTE else self.aspiration)

    @property
    def no_deal(self) -> float:
        """What it expects from going on without agreement."""
        return float(self.board.state.no_deal[self.index])

    @property
    def fallback(self) -> float:
        """What it falls back on in this phase."""
        return float(self.board.state.fallback[self.index])

    @property
    def aspiration(self) -> float:
        """The least that it accepts now."""
        return float(self.board.state.aspiration[self.index])

    @property
    def value_of_text(self) -> float | None:
        """What the text on the table is worth to it; nothing is on the table before the first offer of a phase."""
        state = self.board.state
        return self.board.value(self.index, state.text) if state.has_text[0] else None

    @property
    def pressure(self) -> float:
        """Pressure on it by the levers that are pulled."""
        return float(self.board.state.pressure[self.index])

    @property
    def refusals(self) -> int:
        """Packages that it has refused so far."""
        return int(self.board.state.refusals[self.index])

    @property
    def is_present(self) -> bool:
        """Whether it is still at the table."""
        return bool(self.board.state.present[self.index])
