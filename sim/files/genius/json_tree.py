"""JSON text (RFC 8259) to a tree of values that know their places."""

import json
import re
from pathlib import Path
from typing import NoReturn

from sim.files.errors import BadInput, Fault, Mark
from sim.files.genius.findings import Findings
from sim.files.text_files import read_text
from sim.files.yaml.nodes import DEEPEST, Node, to_plain
from sim.scenario.problems import short

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.+-])")
_WORD = re.compile(r"[\w.+-]+")
_WORDS = {"true": True, "false": False, "null": None}


def read_json(path: Path, findings: Findings) -> Node:
    """The tree of a JSON file, whose top is an object. A key that says the same twice is read once, and noted.

    Raises:
        BadInput: the file cannot be read or is no JSON; at the first place where it is not.
    """
    parser = _Parser(read_text(path), str(path), findings)
    node = parser.document()
    if not isinstance(node.value, dict):
        raise BadInput([Fault(node.mark, "", "must be an object in braces at its top")])
    return node


class _Parser:
    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self.text, self.file, self.findings, self.at = text, file, findings, 0

    def document(self) -> Node:
        node = self.value(None, 0)
        if self.peek():
            self.refuse("expected the end of the file")
        return node

    def value(self, key: Mark | None, depth: int) -> Node:
        if depth > DEEPEST:
            self.refuse(f"nested deeper than {DEEPEST} levels", "")
        letter, mark = self.peek(), self.mark(self.at)
        if letter == "{":
            return Node(self.members(depth), mark, key)
        if letter == "[":
            return Node(self.items(depth), mark, key)
        if letter == '"':
            return Node(self.string(), mark, key)
        return Node(self.plain(), mark, key)

    def members(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        self.at += 1
        while self.peek() != "}":
            if nodes:
                self.take(",", "a comma or a closing brace")
            if self.peek() != '"':
                self.refuse("expected a key in double quotes")
            mark = self.mark(self.at)
            name = self.string()
            self.take(":", "a colon")
            node = self.value(mark, depth + 1)
            first = nodes.setdefault(name, node)
            if first is not node:
                self.again(name, first, node)
        self.at += 1
        return nodes

    def again(self, name: str, first: Node, node: Node) -> None:
        """A key that stands there again must say the same."""
        assert first.key and node.key
        if to_plain(first) == to_plain(node):
            self.findings.note(
                node.key, f"the key {short(name)} stands there twice and is read once", "stands there twice"
            )
            return
        said = (
            f"the key {short(name)} stands there twice, first in line {first.key.line}, and says something else there"
        )
        raise BadInput([Fault(node.key, "", said)])

    def items(self, depth: int) -> list[Node]:
        nodes: list[Node] = []
        self.at += 1
        while self.peek() != "]":
            if nodes:
                self.take(",", "a comma or a closing bracket")
            nodes.append(self.value(None, depth + 1))
        self.at += 1
        return nodes

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            self.refuse("a text that is never closed in its line, or has an unknown escape", "")
        self.at = found.end()
        return str(json.loads(found[0]))

    def plain(self) -> int | float | bool | None:
        number = _NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            word = number[0]
            return int(word) if word.lstrip("-").isdigit() and len(word) < 20 else float(word)
        word = found[0] if (found := _WORD.match(self.text, self.at)) else ""
        if word not in _WORDS:
            self.refuse("expected a value")
        self.at += len(word)
        return _WORDS[word]

    def peek(self) -> str:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def take(self, letter: str, wanted: str) -> None:
        if self.peek() != letter:
            self.refuse(f"expected {wanted}")
        self.at += 1

    def refuse(self, wanted: str, got: str | None = None) -> NoReturn:
        found = _WORD.match(self.text, self.at)
        here = (found[0] if found else self.text[self.at : self.at + 1]) or "the end of the file"
        said = f" (got {short(here)})" if got is None else got
        raise BadInput([Fault(self.mark(self.at), "", f"is not JSON: {wanted}{said}")])

    def mark(self, at: int) -> Mark:
        return Mark(self.file, self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at))
