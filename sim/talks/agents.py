"""The parties as mesa agents: they carry out the compiled rules on the board that they share and decide nothing."""

from typing import TYPE_CHECKING

import mesa

from sim.rules.propose import draft, propose
from sim.rules.respond import answer
from sim.rules.talk import table

if TYPE_CHECKING:
    from sim.talks.model import Negotiation


class Party(mesa.Agent):
    """A party at the table; `index` is its place in the arrays."""

    model: "Negotiation"

    def __init__(self, model: "Negotiation", index: int) -> None:
        super().__init__(model)
        self.index = index
        self.name = model.game.names.parties[index]
        self.board = model.board

    def table(self) -> bool:
        """Table the best package for the others that it could accept itself; false where it has none."""
        board = self.board
        if not propose(board.g, board.w, board.s, self.index):
            self.model.witness.passed(self.index)
            return False
        self.put_forward()
        return True

    def put_forward(self, documented: bool = False) -> None:
        """Table the package that has been found, or the documented proposal."""
        table(self.board.g, self.board.s, self.index)
        self.model.witness.tabled(self.index, documented)

    def answer(self, threshold: float) -> int:
        """Answer the text on the table, which must reach a threshold: its aspiration, or in a vote its fallback."""
        board = self.board
        said = int(answer(board.g, board.w, board.s, self.index, board.state.text, threshold))
        self.model.witness.answered(self.index, threshold)
        return said

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


class Mediator(Party):
    """A party that may draft a single text for the others."""

    def draft(self) -> bool:
        """Revise the text on the table, or start from what holds now, and table it; false where it has no draft."""
        board, state = self.board, self.board.state
        text = state.text if state.has_text[0] else state.package
        if not draft(board.g, board.w, board.s, self.index, text):
            self.model.witness.passed(self.index)
            return False
        self.put_forward()
        return True
