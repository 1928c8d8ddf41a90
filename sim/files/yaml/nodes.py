"""YAML text to a tree of values that know their places; everything that scenario files may not hold is refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from sim.files.errors import BadInput, Fault, Mark
from sim.files.yaml.lookalikes import BREAKS, Odd, again, in_plain, named
from sim.files.yaml.scalars import Scalar, resolved
from sim.files.yaml.syntax import directives, odd_letter, plain_words, where

DEEPEST = 40
LOOK_BACK = 4
"""Events before a fault of syntax whose words are looked at once more."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file, where it stands, and where its key stands if it has one."""

    value: "Scalar | dict[str, Node] | list[Node]"
    mark: Mark
    key: Mark | None = None

    @property
    def place(self) -> Mark:
        """Where to point at it: a block, or a value left empty, by its key; any other value by itself."""
        return self.key if self.key and isinstance(self.value, dict | list | None) else self.mark


class Torn(BadInput):
    """Faults of a text of which a tree could be built all the same."""

    def __init__(self, faults: Iterable[Fault], root: Node, lost: Sequence[Node]) -> None:
        super().__init__(faults)
        self.root = root
        self.lost = tuple(lost)  # what a second key of one name held


def to_plain(node: Node) -> Any:
    """The values alone, ready for JSON."""
    if isinstance(node.value, dict):
        return {key: to_plain(part) for key, part in node.value.items()}
    return [to_plain(part) for part in node.value] if isinstance(node.value, list) else node.value


def from_plain(data: Any, mark: Mark) -> Node:
    """A tree of plain data, as of a manifest; every place in it is `mark`."""
    if isinstance(data, dict):
        return Node({key: from_plain(part, mark) for key, part in data.items()}, mark, mark)
    return Node([from_plain(part, mark) for part in data] if isinstance(data, list) else data, mark)


@lru_cache(maxsize=128)
def parse_yaml(text: str, mark: Mark, fixed: bool = False) -> Node:
    """The tree of YAML text; every place is in `mark.file`, or is `mark` itself where `fixed`.

    Raises:
        BadInput: what is wrong with it; a `Torn` where a tree can be had all the same.

    Trees are kept, since scenarios share files and scanning them takes most of the time of reading; nobody changes a tree.
    """
    builder = _Builder(mark, fixed)
    root = builder.build(text)
    if root is None or builder.odd:
        raise BadInput(builder.faults)
    if builder.faults:
        raise Torn(builder.faults, root, builder.lost)
    return root


def _bad(mark: Mark, message: str) -> BadInput:
    return BadInput([Fault(mark, "", message)])


@dataclass
class _Builder:
    """Builds one tree and gathers what is wrong on the way."""

    mark: Mark
    fixed: bool
    text: str = ""
    faults: list[Fault] = field(default_factory=list)
    odd: list[tuple[Odd, tuple[str, ...]]] = field(default_factory=list)
    lost: list[Node] = field(default_factory=list)

    def build(self, text: str) -> Node | None:
        self.text = text
        if self.strange(text):
            return None
        events = iter(self.events(text))
        first = next(events, None)
        root = self.node(first, events, ()) if first else None
        if root is None and not self.faults and not self.odd:
            self.fault(self.mark, (), "is empty")
        self.tell_odd()
        return root

    def strange(self, text: str) -> bool:
        """Whether something keeps the text from the parser, which would be less clear about it."""
        for line, words in directives(text):
            if words.split("#")[0].split() != ["%YAML", "1.2"]:
                self.fault(self.at(line, 0), (), f"has a directive; files are YAML 1.2 (got {words.strip()})")
        stray, broken = _CONTROL.search(text), BREAKS.search(text)
        if stray:
            self.fault(self.place(stray.start()), (), f"holds the control character U+{ord(stray[0]):04X}")
        if broken:
            said = f"has {named(broken[0])} where a plain end of line is expected"
            self.fault(self.place(broken.start()), (), said)
        return bool(self.faults)

    def events(self, text: str) -> list[Event]:
        """Events of the document's values; empty where the text is no YAML or may not be built."""
        found: list[Event] = []
        try:
            for event in self.checked(YAML(typ="safe", pure=True).parse(text)):
                found.append(event)
            return found
        except BadInput as bad:
            self.faults += bad.faults
        except MarkedYAMLError as error:
            odd = odd_letter(error, text, found[-1].start_mark.index if found else 0) or self.before(found)
            if odd:
                self.odd = [(one, ()) for one in (odd, *again(text, odd))]
            else:
                self.fault(self.at(*where(error)), (), plain_words(error))
        except Exception:  # the parser's own slips on text that no test of ours foresaw
            self.fault(self.mark, (), "is not YAML")
        return []

    def checked(self, events: Iterator[Event]) -> Iterator[Event]:
        """Only the events of values, while there is one document that is not too deep."""
        depth = documents = 0
        for event in events:
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            documents += isinstance(event, DocumentStartEvent)
            if depth > DEEPEST:
                raise _bad(self.of(event), f"is nested deeper than {DEEPEST} levels")
            if documents > 1:
                raise _bad(self.of(event), "holds a second document; a file is one document")
            if isinstance(event, ScalarEvent | CollectionStartEvent | CollectionEndEvent | AliasEvent):
                yield event

    def node(
        self,
        event: Event,
        events: Iterator[Event],
        path: tuple[str, ...],
        key: Mark | None = None,
        is_key: bool = False,
    ) -> Node:
        mark = self.of(event)
        self.refuse_extras(event, mark, path)
        if isinstance(event, ScalarEvent):
            self.look(event, path, is_key, starts_line=key is None or key.line != mark.line)
            return Node(self.scalar(event, mark, path), mark, key)
        if isinstance(event, MappingStartEvent):
            return Node(self.mapping(events, path), mark, key)
        if isinstance(event, CollectionStartEvent):
            return Node(self.items(events, path), mark, key)
        return Node(None, mark, key)

    def items(self, events: Iterator[Event], path: tuple[str, ...]) -> list[Node]:
        nodes: list[Node] = []
        for event in events:
            if isinstance(event, CollectionEndEvent):
                break
            nodes.append(self.node(event, events, (*path, str(len(nodes)))))
        return nodes

    def mapping(self, events: Iterator[Event], path: tuple[str, ...]) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for event in events:
            if isinstance(event, CollectionEndEvent):
                break
            key = self.key(event, events, path)
            mark = self.of(event)
            node = self.node(next(events), events, (*path, key), mark)
            if key in nodes:
                first = "" if self.fixed else f", first in line {(nodes[key].key or mark).line}"
                self.fault(mark, (*path, key), f"stands there twice{first}")
                self.lost.append(node)
            nodes.setdefault(key, node)
        return nodes

    def key(self, event: Event, events: Iterator[Event], path: tuple[str, ...]) -> str:
        node = self.node(event, events, path, is_key=True)
        if not isinstance(node.value, str):
            word = event.value if isinstance(event, ScalarEvent) else ""
            hint = f"; put it in quotes (got {word})" if word else ""
            self.fault(self.of(event), path, f"a key must be text{hint}")
        return node.value if isinstance(node.value, str) else f"{event.start_mark.index}"

    def before(self, found: list[Event]) -> Odd | None:
        """What only looks plain in the last words that the parser took: it may stumble over a letter some words later."""
        words = (event for event in reversed(found[-LOOK_BACK:]) if isinstance(event, ScalarEvent))
        return next(filter(None, (self.odd_in(word, False, True) for word in words)), None)

    def odd_in(self, event: ScalarEvent, is_key: bool, starts_line: bool) -> Odd | None:
        """The first letter of a plain word that only looks plain."""
        raw = self.text[event.start_mark.index : event.end_mark.index]
        if raw.isascii() or not event.implicit[0]:
            return None
        return in_plain(raw, event.start_mark.index, is_key, starts_line)

    def look(self, event: ScalarEvent, path: tuple[str, ...], is_key: bool, starts_line: bool) -> None:
        """Remember what in a plain word only looks plain."""
        odd = self.odd_in(event, is_key, starts_line)
        if odd:
            self.odd.append((odd, path))

    def tell_odd(self) -> None:
        """One fault for each kind of odd letter, at its first place."""
        for kind in dict.fromkeys((odd.letter, odd.wanted) for odd, _ in self.odd):
            (first, path), *more = [each for each in self.odd if (each[0].letter, each[0].wanted) == kind]
            next_one = f"; {len(more)} more, the next in line {self.place(more[0][0].at).line}" if more else ""
            self.fault(self.place(first.at), path, f"{first}{next_one}")

    def place(self, at: int) -> Mark:
        """Where an offset of the text lies."""
        before = _BREAK.split(self.text[:at])
        return self.at(len(before) - 1, len(before[-1]))

    def scalar(self, event: ScalarEvent, mark: Mark, path: tuple[str, ...]) -> Scalar:
        if not event.implicit[0]:
            if _CONTROL.search(event.value):
                self.fault(mark, path, "holds a control character")
            return str(event.value)
        try:
            return resolved(event.value)
        except ValueError as error:
            self.fault(mark, path, str(error))
            return None

    def refuse_extras(self, event: Event, mark: Mark, path: tuple[str, ...]) -> None:
        if isinstance(event, AliasEvent):
            self.fault(mark, path, f"is an alias; write the value out (got *{event.anchor})")
        elif isinstance(event, NodeEvent) and event.anchor:
            self.fault(mark, path, f"has an anchor; anchors and aliases are not used here (got &{event.anchor})")
        tag = getattr(event, "tag", None)
        if tag:
            self.fault(mark, path, f"has a tag; tags are not used here (got {tag})")

    def of(self, event: Event) -> Mark:
        return self.at(event.start_mark.line, event.start_mark.column)

    def at(self, line: int, column: int) -> Mark:
        return self.mark if self.fixed else Mark(self.mark.file, line + 1, column + 1)

    def fault(self, mark: Mark, path: tuple[str, ...], message: str) -> None:
        self.faults.append(Fault(mark, ".".join(path), message))
