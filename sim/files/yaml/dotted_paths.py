"""Ways through a tree of nodes: finding, setting and dropping what a dotted path names."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from sim.files.errors import Mark
from sim.files.yaml.nodes import Node
from sim.scenario import shape
from sim.scenario.classes import CLASS
from sim.scenario.numbers import FORMS
from sim.scenario.problems import Steps, near, suggestion
from sim.scenario.quantities import Worth

Way = tuple[str, ...]

EXCLUSIVE = (
    ("evidence", "assumed"),
    ("convention", "assumed"),
    ("range", "assumed"),
    ("base", "like"),
    ("base", "plus"),
)
"""Keys of blocks of which a new one takes the place of the other."""

DATED = (("round", "date"), ("value", "date"))
"""The same where a round may be given as a date."""


MOST = 24
"""Names that a message lists where a path leads to none of them: more than a party has red lines."""


class NoSuchPathError(Exception):
    """A dotted path leads nowhere; says at which step, and what is near."""


def split(dotted: str) -> Way:
    """The steps of a dotted path."""
    return tuple(dotted.split("."))


def child(node: Node, step: str | int) -> Node | None:
    """What stands under a key, at a position of a list, or in a list under that id."""
    if isinstance(node.value, dict):
        return node.value.get(str(step))
    if isinstance(node.value, list):
        index = position(node.value, step)
        return None if index is None else node.value[index]
    return None


def position(items: list[Node], step: str | int) -> int | None:
    """Where a list holds the item of an id, or of a number where that item has no id."""
    if isinstance(step, int):
        return step if step < len(items) else None
    for index, item in enumerate(items):
        if name_of(item, index) == step:
            return index
    return None


def name_of(item: Node, index: int) -> str:
    """An item's step on a dotted path."""
    own = item.value.get("id") if isinstance(item.value, dict) else None
    return own.value if own is not None and isinstance(own.value, str) else str(index)


def nearest(root: Node, steps: Steps) -> tuple[Node, bool]:
    """The node at the end of a way or the last one on it, and whether the way was walked to its end."""
    node = root
    for step in steps:
        below = child(node, step)
        if below is None:
            return node, False
        node = below
    return node, True


def places_of(root: Node, marks: Collection[Mark | None], steps: Steps = ()) -> Iterator[Steps]:
    """Ways to what stands, or whose key stands, at one of some places."""
    if steps and (root.mark in marks or root.key in marks):
        yield steps
        return
    parts = root.value.items() if isinstance(root.value, dict) else ()
    items = enumerate(root.value) if isinstance(root.value, list) else ()
    for step, part in (*parts, *items):
        yield from places_of(part, marks, (*steps, step))


def dotted(root: Node, steps: Steps) -> str:
    """A way as a dotted path, with list items by id."""
    node: Node | None = root
    names = []
    for step in steps:
        inside = node.value if node is not None else None
        node = child(node, step) if node is not None else None
        names.append(name_of(node, step) if node and isinstance(step, int) and isinstance(inside, list) else str(step))
    return ".".join(names)


def without(node: Node, path: Way) -> Node:
    """The tree without what the path names; of a list of words, a word names itself.

    Raises:
        NoSuchPathError: there is nothing at the path.
    """
    if isinstance(node.value, dict) and path[0] in node.value:
        inner = {path[0]: without(node.value[path[0]], path[1:])} if path[1:] else {}
        kept = {key: inner.get(key, part) for key, part in node.value.items() if key != path[0] or inner}
        return replace(node, value=kept)
    if isinstance(node.value, list):
        return _without_item(node, node.value, path)
    raise NoSuchPathError(_lost(node, path[0], ()))


def _without_item(node: Node, items: list[Node], path: Way) -> Node:
    words = [item.value for item in items]
    is_word = not path[1:] and path[0] in words
    index = words.index(path[0]) if is_word else position(items, path[0])
    if index is None:
        raise NoSuchPathError(_lost(node, path[0], ()))
    inner = [without(items[index], path[1:])] if path[1:] else []
    return replace(node, value=[*items[:index], *inner, *items[index + 1 :]])


def put(node: Node, path: Way, value: Node, expected: shape.Shape) -> Node:
    """The tree with a value in place of what the path names; optional keys of the models need not be there.

    Raises:
        NoSuchPathError: the path leads nowhere, and the models know no such place.
    """
    if not path:
        return value if value.key else replace(value, key=value.mark)
    step, below = path[0], shape.below(expected, path[0])
    if isinstance(node.value, list):
        return _put_item(node, node.value, path, value, below)
    plain = shape.plain_key(expected)
    whole = opened(node, plain) if plain else node
    keys = whole.value if isinstance(whole.value, dict) else {}
    if step not in keys and not _may_be_new(expected, below):
        raise NoSuchPathError(_lost(node, step, shape.names(expected)))
    fresh = Node({}, value.mark, value.mark)
    inner = put(keys.get(step, fresh), path[1:], value, below)
    gone = displaced([step], expected) if shape.is_block(expected) else set()
    kept = {key: part for key, part in keys.items() if key not in gone and not _goes_with(expected, key, step)}
    return replace(node, value={**kept, step: inner})


def _put_item(node: Node, items: list[Node], path: Way, value: Node, below: shape.Shape) -> Node:
    index = position(items, path[0])
    if index is None:
        raise NoSuchPathError(_lost(node, path[0], ()))
    changed = put(items[index], path[1:], value, below)
    return replace(node, value=[*items[:index], changed, *items[index + 1 :]])


def _may_be_new(expected: shape.Shape, below: shape.Shape) -> bool:
    """A known key of a block, or a name in a mapping of words or numbers; a new party, issue or class takes a file."""
    if below is None or below is Worth or tuple in shape.takes(expected):
        return False
    return shape.is_block(expected) or shape.plain_key(below) is not None or not shape.is_block(below)


def opened(node: Node, key: str) -> Node:
    """A block of which one value was written alone, with the key of that value."""
    return node if isinstance(node.value, dict) else replace(node, value={key: node})


def displaced(new: Collection[str], expected: shape.Shape) -> set[str]:
    """Keys of a block whose place new ones take."""
    exclusive = [*EXCLUSIVE, *DATED] if shape.is_dated(expected) else EXCLUSIVE
    pairs = (*exclusive, *((second, first) for first, second in exclusive))
    return {other for own, other in pairs if own in new and other not in new}


def _goes_with(expected: shape.Shape, key: str, step: str) -> bool:
    """Whether a key goes as one form of a number, or its class, is set: another form, or the range of a convention."""
    return shape.is_number(expected) and key != step and step in (*FORMS, CLASS) and key in (*FORMS, CLASS, "range")


def _lost(node: Node, step: str, fields: list[str] | tuple[str, ...]) -> str:
    here = _names(node)
    return f"no such path{near(step, [*fields, *here]) if fields else suggestion(step, here, MOST)}"


def _names(node: Node) -> list[str]:
    if isinstance(node.value, dict):
        return list(node.value)
    if isinstance(node.value, list):
        words = [item.value for item in node.value if isinstance(item.value, str)]
        return words or [name_of(item, index) for index, item in enumerate(node.value)]
    return []


def marked(root: Node, steps: Steps, on_key: bool) -> Mark:
    """Where to point for a problem: the key where it is the key that is wrong."""
    node, whole = nearest(root, steps)
    return node.key if whole and on_key and node.key else node.place
