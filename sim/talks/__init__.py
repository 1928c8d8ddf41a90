"""One negotiation to watch, turn by turn: the rules of `sim.rules` on mesa, and what was said."""
