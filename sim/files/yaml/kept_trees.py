"""Trees of YAML files that were read before: scanning the files of a scenario takes longer than all else that reading does.

They are kept as JSON under the hash of the text and of the code that reads it, in a folder of the user's own. Only trees of
texts without a fault are kept, so whoever finds one need not look for any.
"""

import hashlib
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from sim.caches import private_folder
from sim.files.errors import Mark
from sim.files.yaml.nodes import Node

SHORTEST = 1000
"""Letters of a text that is worth keeping."""

MOST = 400
"""Trees that are kept; beyond that all are dropped, as nobody knows which are still read."""


def kept(text: str, mark: Mark) -> Node | None:
    """The tree of a text, its places in `mark.file`; None where it is not kept."""
    if len(text) < SHORTEST:
        return None
    with suppress(OSError, ValueError, TypeError, IndexError):
        return _node(json.loads(_file(text).read_text(encoding="utf-8")), mark.file)
    return None


def keep(text: str, root: Node) -> None:
    """Keep the tree of a text, if there is a place for it."""
    if len(text) < SHORTEST:
        return
    with suppress(OSError):
        file = _file(text)
        before = list(file.parent.glob("*.json"))
        if len(before) >= MOST:
            for old in before:
                old.unlink(missing_ok=True)
        part = file.with_suffix(f".{id(root):x}.part")
        part.write_text(json.dumps(_plain(root), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        part.replace(file)


def _file(text: str) -> Path:
    return _folder() / f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


@cache
def _folder() -> Path:
    """The folder of trees that this code reads: other code may find other faults."""
    import ruamel.yaml

    told = hashlib.sha256(str(ruamel.yaml.__version__).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        told.update(source.read_bytes())
    return private_folder(f"trees-{told.hexdigest()[:16]}")


def _plain(node: Node) -> list[Any]:
    value: Any = node.value
    if isinstance(value, dict):
        value = {key: _plain(part) for key, part in value.items()}
    elif isinstance(value, list):
        value = [_plain(part) for part in value]
    key = [node.key.line, node.key.column] if node.key else []
    return [value, node.mark.line, node.mark.column, *key]


def _node(plain: list[Any], file: str) -> Node:
    value, line, column, *key = plain
    if isinstance(value, dict):
        value = {name: _node(part, file) for name, part in value.items()}
    elif isinstance(value, list):
        value = [_node(part, file) for part in value]
    return Node(value, Mark(file, line, column), Mark(file, *key) if key else None)
