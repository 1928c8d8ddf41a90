"""A small war over land, whose futures, premium and stalemate are sums by hand."""

from collections.abc import Mapping
from typing import Any

from sim.compiling import compile_scenario
from sim.game import Game
from sim.scenario import Scenario

Patch = Mapping[str, Any]
FUTURES: list[Patch] = [
    {"id": "advance", "says": "Land falls", "package": {"land": "ceded"}, "leans": 1},
    {"id": "stalemate", "says": "The war goes on", "leans": 0},
]
EVEN: Patch = {"favours": "foe", "start": 0, "drift": 0, "sd": 0, "sharpness": 1}
FORTUNES: Patch = {
    **EVEN,
    "ceasefire": {"truce": ["pause", "peace"]},
    "peace": {"truce": "peace"},
}
ISSUES: Patch = {
    "truce": {"title": "Truce", "status_quo": "war", "options": {"war": "War", "pause": "Pause", "peace": "Peace"}},
    "land": {"title": "Land", "status_quo": "held", "options": {"held": "Held", "ceded": "Ceded"}},
    "aid": {"title": "Aid", "status_quo": "none", "options": {"none": "None", "some": "Some"}},
}  # fmt: skip


def likes(truce: list[float], land: list[float], aid: list[float]) -> Patch:
    """Priorities of weights 0.2, 0.5 and 0.3."""
    told = zip(ISSUES, (0.2, 0.5, 0.3), (truce, land, aid), strict=True)
    return {
        issue: {"weight": weight, "values": dict(zip(ISSUES[issue]["options"], values, strict=True))}
        for issue, weight, values in told
    }


def described(*, home: Patch | None = None, foe: Patch | None = None, **changed: Any) -> dict[str, Any]:
    """Home holds the land: the present state is worth 0.5 to either, an advance 0 to Home and 1 to its foe.

    Going on is therefore worth 0.25 to Home and 0.75 to the foe at even fortunes.
    """
    side = {"role": "belligerent", "no_deal": {"cost": 0}, "concession": {"deadline": 4}}
    parties = {
        "home": {"name": "Home", **side, "priorities": likes([0, 0.5, 1], [1, 0], [0, 1]), **(home or {})},
        "foe": {"name": "Foe", **side, "priorities": likes([1, 0.5, 0], [0, 1], [1, 0]), **(foe or {})},
    }
    plain = {
        "title": "War", "summary": "A war over land.", "assumed": "a made-up game for tests", "issues": ISSUES,
        "parties": parties, "phases": [{"id": "talks", "rounds": 4}], "futures": FUTURES, "momentum": FORTUNES,
    }  # fmt: skip
    return {**plain, **changed}


def war(**changed: Any) -> Game:
    """The game of it; see `described`."""
    return compile_scenario(Scenario.model_validate(described(**changed)))
