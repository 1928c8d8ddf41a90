"""A negotiation scenario simulator: agents with red lines, offers and counter-offers, honest likelihoods.

From Python: `from sim import load`, then `load("freeze_lines").run(2000)`. What this offers is imported once it is asked for,
so `import sim` costs next to nothing.
"""

__version__ = "0.2.0"

TYPE_CHECKING = False  # as in `typing`, which takes longer to import than all of this
if TYPE_CHECKING:
    from sim.api.errors import SimError, SimWarning
    from sim.api.loaded import LoadedScenario, load
    from sim.api.results.sweep import open_result

__all__ = ["LoadedScenario", "SimError", "SimWarning", "__version__", "load", "open_result"]

_HOMES = {
    "LoadedScenario": "loaded",
    "SimError": "errors",
    "SimWarning": "errors",
    "load": "loaded",
    "open_result": "results.sweep",
}
"""Module of `sim.api` that has a name."""


def __getattr__(name: str) -> object:
    """What is offered, imported once it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.api.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """What is offered, whether it was asked for or not."""
    return sorted({*globals(), *__all__})
