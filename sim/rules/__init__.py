"""The rules of one negotiation, compiled. Every rule is a pure function of numbers or of (rulebook, world, state)."""
