"""Overrides: `PATH=VALUE` on the command line, laid over a scenario file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sim.files.errors import OVERRIDE, BadInput, Fault, Mark
from sim.files.nodes import Node, parse_yaml
from sim.files.trees import NoSuchPathError, put, split
from sim.files.weights import shared
from sim.scenario import Scenario


@dataclass(frozen=True)
class Override:
    """One override as given."""

    path: str
    text: str

    @property
    def mark(self) -> Mark:
        """Its place in messages: the option as typed."""
        return Mark(f"{OVERRIDE}{self.path}={self.text}")


def read_overrides(given: Sequence[tuple[str, str] | str]) -> list[Override]:
    """Overrides from `PATH=VALUE` or from pairs; of several for one path the last counts.

    Raises:
        BadInput: a text without path or value.
    """
    faults, found = [], {}
    for one in given:
        path, sign, text = (one[0], "=", one[1]) if isinstance(one, tuple) else one.partition("=")
        if not path.strip() or not sign or not text.strip():
            faults.append(Fault(Mark(f"{OVERRIDE}{path}{sign}{text}"), "", "must be PATH=VALUE"))
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
        reason, changed = shared(root, changed, party, list(ours))
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
