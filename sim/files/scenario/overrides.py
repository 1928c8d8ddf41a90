"""Overrides: `PATH=VALUE` on the command line, laid over a scenario file."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sim.files.errors import OVERRIDE, BadInput, Fault, Mark
from sim.files.scenario.class_numbers import opened_class
from sim.files.scenario.distributions import other_form
from sim.files.scenario.weight_shares import shared
from sim.files.yaml.dotted_paths import NoSuchPathError, Way, displaced, nearest, put, split, without
from sim.files.yaml.nodes import Node, parse_yaml
from sim.scenario import Scenario, shape

DRAFTING = ("mediator", "revisions", "consults")
"""Keys of a phase that go with a single text."""

CONTINUES = "continues"
OF_THE_EARLIER = (
    "overrides reach this scenario, not the talks that it continues; "
    "change those in a file of their own, and name it here"
)


@dataclass(frozen=True)
class Override:
    """One override as given; `origin` is where, unless it is an option as typed."""

    path: str
    text: str
    origin: Mark | None = None
    head: Mark | None = None  # where its path stands, if elsewhere: at the top of a table

    @property
    def mark(self) -> Mark:
        """Its place in messages."""
        return self.origin or Mark(f"{OVERRIDE}{self.path}={self.text}")

    def fault(self, message: str) -> Fault:
        """What is wrong with its path rather than with its value, told where the path stands."""
        return Fault(self.head, self.path, message) if self.head else Fault(self.mark, "", message)


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


def overridden(root: Node, overrides: Sequence[Override], before: Collection[str] = ()) -> tuple[Node, list[Fault]]:
    """The tree with the overrides set, and the other weights of a party rescaled where one was.

    `before` are paths that were overridden already: weights among them stay as they are.
    Faults are paths that lead nowhere, values that are no YAML, and weights that leave nothing to share.
    """
    faults: list[Fault] = []
    changed = root
    for one in overrides:
        if split(one.path)[0] == CONTINUES:
            faults.append(one.fault(OF_THE_EARLIER))
            continue
        changed = opened_class(changed, split(one.path))
        misfit = other_form(changed, one.path, [other.path for other in overrides])
        if misfit:
            faults.append(one.fault(misfit))
            continue
        try:
            value = parse_yaml(one.text, one.mark, fixed=True)
            changed = _without_drafting(put(changed, split(one.path), value, Scenario), split(one.path), value)
        except NoSuchPathError as lost:
            faults.append(one.fault(str(lost)))
        except BadInput as bad:
            faults += bad.faults
    for party, ours in _weights(overrides).items():
        others = [issue for owner, issue in map(_weighed, before) if owner == party]
        reason, changed = shared(root, changed, party, [*ours, *others])
        if reason:
            faults += [Fault(one.mark, "", reason) for one in ours.values()]
            changed = _as_before(root, changed, ("parties", party, "priorities"))
    return changed, faults


def _as_before(root: Node, changed: Node, way: Way) -> Node:
    """What overrides made of a part taken back, so that the rest can be checked."""
    before, found = nearest(root, way)
    return put(changed, way, before, Scenario) if found else changed


def replaced(root: Node, path: str) -> tuple[str, ...]:
    """Parts of a tree whose place an override of a path takes, as dotted paths: they no longer count then."""
    way = split(path)
    for k, step in enumerate(way):
        block, found = nearest(root, way[:k])
        keys = block.value if found and isinstance(block.value, dict) else {}
        gone = [key for key in keys if key in displaced({str(step)} - keys.keys(), shape.at(Scenario, way[:k]))]
        if gone:
            return tuple(".".join([*map(str, way[:k]), key]) for key in gone)
    return ()


def _without_drafting(root: Node, way: Way, value: Node) -> Node:
    """Where a phase gets another protocol than a single text, what it says of drafting goes with the old one."""
    if len(way) == 3 and (way[0], way[2]) == ("phases", "protocol") and value.value != "single_text":
        phase, _ = nearest(root, way[:2])
        for key in DRAFTING:
            if isinstance(phase.value, dict) and key in phase.value:
                root = without(root, (*way[:2], key))
    return root


def _weights(overrides: Sequence[Override]) -> dict[str, dict[str, Override]]:
    found: dict[str, dict[str, Override]] = defaultdict(dict)
    for one in overrides:
        party, issue = _weighed(one.path)
        if party:
            found[party][issue] = one
    return found


def _weighed(path: str) -> tuple[str, str]:
    """Party and issue whose weight a path names; empty texts where it names none."""
    way = split(path)
    is_weight = len(way) in (5, 6) and way[0] == "parties" and way[2] == "priorities" and way[4:] in _WEIGHT
    return (way[1], way[3]) if is_weight else ("", "")


_WEIGHT = (("weight",), ("weight", "value"))
