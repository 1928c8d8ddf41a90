"""Memory between dates: the worlds of talks that go on from earlier ones start where these had come to."""

from sim.earlier.worlds import worlds_of

__all__ = ["worlds_of"]
