"""A scenario file and the files that it uses, as layers of one tree."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.files.errors import BadInput, Fault, Mark
from sim.files.scenario.overlay import merged
from sim.files.scenario.weight_shares import priorities_of, shared
from sim.files.text_files import elsewhere, similar, unreadable
from sim.files.yaml.dotted_paths import NoSuchPathError, split, without
from sim.files.yaml.nodes import Node, Torn
from sim.files.yaml.reading import read_yaml
from sim.scenario import Scenario

USES, WITHOUT = "uses", "without"
_DEEPEST = 20


def layered(path: Path, within: Sequence[Path]) -> tuple[Node, tuple[Path, ...]]:
    """The merged tree of a file and all that it uses, and the files read, the used ones first.

    A file is laid once, where it is first used; `without` drops parts of what lies below its file. What is used must lie
    in one of the folders `within`; the file itself may lie anywhere.

    Raises:
        BadInput: faults of all these files at once; a `Torn` where none of them keeps the rest from being looked at.
    """
    pile = _Pile(within)
    pile.lay(path.absolute(), ())
    if pile.tree is None or len(pile.faults) > len(pile.torn):
        raise BadInput(pile.faults)
    if pile.torn:
        raise Torn(pile.torn, pile.tree, pile.lost)
    return pile.tree, tuple(pile.read)


@dataclass
class _Pile:
    within: Sequence[Path]
    tree: Node | None = None
    read: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    torn: list[Fault] = field(default_factory=list)
    lost: list[Node] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def lay(self, path: Path, above: tuple[str, ...]) -> None:
        real = os.path.realpath(path)
        self.seen.add(real)
        try:
            node = read_yaml(path, self.within if above else ())
        except BadInput as bad:
            self.faults += bad.faults
            if not isinstance(bad, Torn) or not isinstance(bad.root.value, dict):
                return
            self.torn += bad.faults
            self.lost += bad.lost
            node = bad.root
        for index, entry in enumerate(self.entries(node, USES)):
            reason = self.use(entry, path, (*above, real))
            if reason:
                self.fault(entry.mark, f"{USES}.{index}", reason)
        before = self.tree
        self.drop(node)
        own = {key: part for key, part in _keys(node).items() if key not in (USES, WITHOUT)}
        node = replace(node, value=own)
        if self.tree is None or before is None:
            self.tree = node
        else:
            self.tree = merged(self.tree, node, Scenario)
            self.share_weights(before, node)
        self.read.append(path)

    def use(self, entry: Node, user: Path, above: tuple[str, ...]) -> str:
        """Lays a used file first; says what keeps it from being used."""
        name = str(entry.value)
        if not name or Path(name).is_absolute():
            return f"must be a path relative to this file (got {name or 'empty text'})"
        path = Path(os.path.normpath(user.parent / name))
        if outside := elsewhere(path, self.within):
            return f"{outside} (got {name})"
        if reason := unreadable(path):
            return f"{reason} (got {name}){similar(path)}"
        real = os.path.realpath(path)
        if real in above:
            chain = [*above[above.index(real) :], real]
            return f"uses itself in a circle: {' -> '.join(Path(file).name for file in chain)}"
        if len(above) > _DEEPEST:
            return f"lies more than {_DEEPEST} files deep"
        if real not in self.seen:
            self.lay(path, above)
        return ""

    def drop(self, node: Node) -> None:
        for index, entry in enumerate(self.entries(node, WITHOUT)):
            way = split(str(entry.value))
            try:
                if self.tree is None:
                    raise NoSuchPathError("there is nothing to drop from: this file uses no other")
                self.tree = without(self.tree, way)
            except NoSuchPathError as lost:
                self.fault(entry.mark, f"{WITHOUT}.{index}", f"{lost} (got {entry.value})")

    def share_weights(self, before: Node, new: Node) -> None:
        """Where a file sets some of a party's weights, the others share what is left."""
        assert self.tree is not None
        parties = _keys(new).get("parties", Node({}, new.mark))
        for party, body in _keys(parties).items():
            ours = [issue for issue, part in priorities_of(new, party).items() if "weight" in _keys(part)]
            if ours and set(ours) != set(priorities_of(self.tree, party)):
                reason, self.tree = shared(before, self.tree, party, ours)
                if reason:
                    self.fault(body.mark, f"parties.{party}.priorities", reason)

    def entries(self, node: Node, key: str) -> list[Node]:
        """The texts listed under a key of the file."""
        listed = _keys(node).get(key)
        if listed is None:
            return []
        items = listed.value if isinstance(listed.value, list) else None
        if items is None or not all(isinstance(item.value, str) for item in items):
            self.fault(listed.place, key, "must be a list of texts")
            return []
        return items

    def fault(self, mark: Mark, path: str, message: str) -> None:
        self.faults.append(Fault(mark, path, message))


def _keys(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}
