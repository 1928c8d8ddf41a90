"""Overrides: `PATH=VALUE` on the command line, laid over a scenario file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim.files.errors import BadInput, Fault, Mark
from sim.files.nodes import Node, parse_yaml
from sim.files.trees import NoSuchPathError, nearest, put, split
from sim.scenario import Scenario

_EXACT = 1e-6


@dataclass(frozen=True)
class Override:
    """One override as given."""

    path: str
    text: str

    @property
    def mark(self) -> Mark:
        """Its place in messages: the option as typed."""
        return Mark(f"--set {self.path}={self.text}")


def read_overrides(given: Sequence[tuple[str, str] | str]) -> list[Override]:
    """Overrides from `PATH=VALUE` or from pairs; of several for one path the last counts.

    Raises:
        BadInput: a text without path or value.
    """
    faults, found = [], {}
    for one in given:
        path, sign, text = (one[0], "=", one[1]) if isinstance(one, tuple) else one.partition("=")
        if not path.strip() or not sign or not text.strip():
            faults.append(Fault(Mark(f"--set {path}{sign}{text}"), "", "must be PATH=VALUE"))
        found[path.strip()] = Override(path.strip(), text.strip())
    if faults:
        raise BadInput(faults)
    return list(found.values())


def overridden(root: Node, overrides: Sequence[Override]) -> tuple[Node, list[Fault]]:
    """The tree with the overrides set, and the other weights of a party rescaled where one was.

    Faults are paths that lead nowhere, values that are no YAML, and weights that leave nothing to share.
    """
    faults: list[Fault] = []
    changed = root
    for one in overrides:
        try:
            value = parse_yaml(one.text, one.mark, fixed=True)
            changed = put(changed, split(one.path), value, Scenario)
        except NoSuchPathError as lost:
            faults.append(Fault(one.mark, "", str(lost)))
        except BadInput as bad:
            faults += bad.faults
    for party, ours in _weights(overrides).items():
        reason, changed = _shared(root, changed, party, list(ours))
        faults += [Fault(one.mark, "", reason) for one in ours.values() if reason]
    return changed, faults


def _weights(overrides: Sequence[Override]) -> dict[str, dict[str, Override]]:
    """Overridden weights, by party and issue."""
    found: dict[str, dict[str, Override]] = defaultdict(dict)
    for one in overrides:
        way = split(one.path)
        if len(way) in (5, 6) and way[0] == "parties" and way[2] == "priorities" and way[4:] in _WEIGHT:
            found[way[1]][way[3]] = one
    return found


_WEIGHT = (("weight",), ("weight", "value"))


def _shared(before: Node, after: Node, party: str, ours: list[str]) -> tuple[str, Node]:
    """The other weights of a party, in their old proportions, share what the overridden ones leave.

    Weights that are no numbers, or did not sum to 1 before, are left for the checks to find.
    """
    old, new = _party_weights(before, party), _party_weights(after, party)
    if old is None or new is None or abs(sum(old.values()) - 1) > _EXACT:
        return "", after
    others = {issue: weight for issue, weight in new.items() if issue not in ours}
    left = 1 - sum(weight for issue, weight in new.items() if issue in ours)
    if left < -_EXACT:
        return f"the weights that are set sum to {1 - left:.7g}, more than 1", after
    total = sum(others.values())
    if total <= 0:
        return ("no other weight can take up the rest" if left > _EXACT else ""), after
    for issue, weight in others.items():
        after = _rescaled(after, party, issue, weight * max(left, 0.0) / total)
    return "", after


def _party_weights(root: Node, party: str) -> dict[str, float] | None:
    priorities, found = nearest(root, ("parties", party, "priorities"))
    weights: dict[str, float] = {}
    for issue in priorities.value if found and isinstance(priorities.value, dict) else ():
        value = _number_at(root, party, issue).value
        if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
            return None
        weights[issue] = value
    return weights or None


def _number_at(root: Node, party: str, issue: str) -> Node:
    steps = ("parties", party, "priorities", issue, "weight")
    node, _ = nearest(root, (*steps, "value"))
    return node


def _rescaled(root: Node, party: str, issue: str, weight: float) -> Node:
    path = ("parties", party, "priorities", issue, "weight")
    node, _ = nearest(root, path)
    inner: Mapping[str, Node] | None = node.value if isinstance(node.value, dict) else None
    value = Node(weight, node.mark)
    return put(root, path, replace(node, value={**inner, "value": value} if inner else weight), Scenario)
