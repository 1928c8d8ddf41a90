"""The rules of one negotiation, compiled: they read rulebook and world and write to the state; none draws a number."""
