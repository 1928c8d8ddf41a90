"""Somebody who looks on and says nothing: the places of a negotiation at which a transcript is taken."""

from sim.talks.shared_state import Table


class Observer:
    """Is told what has just happened, and forgets it; `sim.talks.transcript.recorder` writes it down."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def opened(self) -> None:
        """A round has begun; levers, events, lapses and departures of its clock are done."""

    def passed(self, party: int) -> None:
        """A party whose turn it was had nothing to table."""

    def tabled(self, author: int, documented: bool) -> None:
        """A package came on the table; the documented proposal, or what its author found."""

    def answered(self, party: int, threshold: float) -> None:
        """A party answered the text, which had to reach a threshold."""

    def decided(self, author: int, agreed: bool) -> None:
        """All who are asked have answered; a text that is agreed is settled."""

    def voted(self) -> None:
        """All to whom a settled text was put have voted."""

    def closed(self) -> None:
        """The round is over; what its talks set off is done."""
