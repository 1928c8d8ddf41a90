"""What a scenario itself states where a sweep varies it."""

from typing import Any

from sim.scenario import Scenario
from sim.scenario.numbers import FORMS, Number


def stated(scenario: Scenario, path: str) -> float | None:
    """The number of a scenario at a path, of an uncertain one the middle; none where there is no such number."""
    node: Any = scenario.model_dump(mode="python", by_alias=True)
    for step in path.split("."):
        node = _below(node, step)
    if isinstance(node, dict):
        return _middle(node)
    return float(node) if isinstance(node, int | float) and not isinstance(node, bool) else None


def _below(node: Any, step: str) -> Any:
    """What stands under a key, or in a list under that id; none where nothing does."""
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list | tuple):
        return next((item for item in node if isinstance(item, dict) and item.get("id") == step), None)
    return None


def _middle(number: dict[str, Any]) -> float | None:
    """The value of a number as its model writes it, else the middle that its distribution names."""
    stands = {form: number[form] for form in FORMS if number.get(form) is not None}
    return Number.model_validate(stands).middle() if stands else None
