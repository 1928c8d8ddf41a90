"""A study: a scenario played many times, at one design point or many, by workers near or far, and stored as it comes in."""

from typing import TYPE_CHECKING, Any

from sim.processes import cores
from sim.study.plan import CHUNK, SWEEP_CHUNK, ZONE_CHUNK, Engine, Plan, join, play, play_chunk, table_of

if TYPE_CHECKING:
    from sim.study.notebook import Swept, sweep

__all__ = [
    "CHUNK",
    "SWEEP_CHUNK",
    "ZONE_CHUNK",
    "Engine",
    "Plan",
    "Swept",
    "cores",
    "join",
    "play",
    "play_chunk",
    "sweep",
    "table_of",
]


def __getattr__(name: str) -> Any:
    """What notebooks use is imported once it is asked for: single scenarios and workers do without."""
    if name in ("Swept", "sweep"):
        from sim.study import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
