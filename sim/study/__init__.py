"""A study: a scenario played many times, at one design point or many, by workers near or far, and stored as it comes in."""

from sim.processes import cores
from sim.study.plan import CHUNK, SWEEP_CHUNK, ZONE_CHUNK, Engine, Plan, join, play, play_chunk, table_of

__all__ = [
    "CHUNK",
    "SWEEP_CHUNK",
    "ZONE_CHUNK",
    "Engine",
    "Plan",
    "cores",
    "join",
    "play",
    "play_chunk",
    "table_of",
]
