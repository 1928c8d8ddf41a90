"""A party's weights where some of them are set anew: the others share what is left, in their old proportions."""

from collections.abc import Mapping

from sim.files.yaml.dotted_paths import nearest, put
from sim.files.yaml.nodes import Node, to_plain
from sim.scenario import Scenario
from sim.scenario.classes import CLASSES, shares_by_class

_EXACT = 1e-6


def shared(before: Node, after: Node, party: str, ours: list[str]) -> tuple[str, Node]:
    """The other weights of a party, in their old proportions, share what the overridden ones leave.

    Weights by class do so by themselves, as they divide what plain ones leave; only their old size counts here.
    Weights that are no numbers, or did not sum to 1 before, are left for the checks to find.
    """
    old, new = _party_weights(before, party), _party_weights(after, party)
    if old is None or new is None or abs(sum(old.values()) - 1) > _EXACT:
        return "", after
    by_class = _by_class(after, party)
    set_now = [issue for issue in ours if issue in new and issue not in by_class]
    others = {issue: old.get(issue, 0.0) if issue in by_class else new[issue] for issue in new if issue not in set_now}
    left = 1 - sum(new[issue] for issue in set_now)
    if left < -_EXACT:
        return f"the weights that are set sum to {1 - left:.7g}, more than 1", after
    total = sum(others.values())
    if total <= 0:
        return ("no other weight can take up the rest" if left > _EXACT and not by_class else ""), after
    for issue, weight in others.items():
        if set_now and issue not in by_class:
            after = _rescaled(after, party, issue, weight * max(left, 0.0) / total)
    return "", after


def priorities_of(root: Node, party: str) -> dict[str, Node]:
    """A party's priorities by issue; none where the tree has no such party."""
    priorities, found = nearest(root, ("parties", party, "priorities"))
    return priorities.value if found and isinstance(priorities.value, dict) else {}


def _party_weights(root: Node, party: str) -> dict[str, float] | None:
    weights: dict[str, float] = {}
    by_class = _by_class(root, party)
    for issue in priorities_of(root, party):
        value = by_class.get(issue, _number_at(root, party, issue).value)
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            return None
        weights[issue] = value
    return weights or None


def _by_class(root: Node, party: str) -> dict[str, float]:
    """Weights of a party that name a class, by issue; none of a class that is not there."""
    priorities = priorities_of(root, party)
    classes, found = nearest(root, (CLASSES,))
    plain = {issue: to_plain(body) for issue, body in priorities.items()}
    return shares_by_class(plain, to_plain(classes)) if found else {}


def _number_at(root: Node, party: str, issue: str) -> Node:
    steps = ("parties", party, "priorities", issue, "weight")
    node, _ = nearest(root, (*steps, "value"))
    return node


def _rescaled(root: Node, party: str, issue: str, weight: float) -> Node:
    path = ("parties", party, "priorities", issue, "weight")
    node, _ = nearest(root, path)
    inner: Mapping[str, Node] | None = node.value if isinstance(node.value, dict) else None
    return put(root, (*path, "value") if inner else path, Node(weight, node.mark), Scenario)
