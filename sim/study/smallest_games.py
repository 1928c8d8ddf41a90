"""The smallest games. Their arrays have the types of any other game, so playing them compiles every function."""

from dataclasses import replace
from typing import Any

from sim.compiling import compile_scenario
from sim.evidence import Fact, Stance
from sim.game import Earlier, Game
from sim.scenario import Scenario

_PARTY: dict[str, Any] = {
    "role": "belligerent",
    "priorities": {"land": {"weight": 1.0, "values": {"war": 0.0, "peace": 1.0}}},
    "no_deal": {"base": 0.5},
    "concession": {"exponent": 1.0, "deadline": 1.0},
}
SMALLEST: dict[str, Any] = {
    "title": "Smallest",
    "summary": "The smallest game.",
    "issues": {"land": {"title": "Land", "status_quo": "war", "options": {"war": "War", "peace": "Peace"}}},
    "parties": {"a": {"name": "A", **_PARTY}, "b": {"name": "B", **_PARTY}},
    "phases": [{"id": "talks", "rounds": 1}],
}
_TWO = [{"id": "first", "rounds": 1, "agenda": ["land"]}, {"id": "second", "rounds": 1}]
_NEVER = {"id": "never", "says": "No peace", "refuses": {"land": "peace"}, "firmness": 1.0, "yield": 0}
_FIRM = {**SMALLEST["parties"]["a"], "red_lines": [_NEVER]}

STANCE = Stance.model_validate(
    {
        "id": "asked", "date": "2000-01-01", "party": "a", "proposal": {"land": "peace"}, "about": "land",
        "answer": "reject", "claims": ["nobody.c1"],
    }
)  # fmt: skip
"""An answer that is asked of both of them."""

FACT = Fact.model_validate({"id": "f", "date": "2000-01-01", "about": "peace", "signed": True, "claims": ["nobody.c1"]})
"""A fact that can be asked of both of them."""


def smallest_game() -> Game:
    """Two parties, one issue of two options: peace is in the zone, of the first of two phases too."""
    return _game(SMALLEST["parties"])


def barred_game() -> Game:
    """The same with a red line against peace, so that there is no zone."""
    return _game({**SMALLEST["parties"], "a": _FIRM})


def continued_game() -> Game:
    """The first of them once more, after a round of it."""
    return replace(smallest_game(), earlier=Earlier(smallest_game(), 1))


def _game(parties: dict[str, Any]) -> Game:
    return compile_scenario(Scenario.model_validate({**SMALLEST, "parties": parties, "phases": _TWO}))
