"""The scenario that another one continues: found, read as a whole, and put into the tree of the later one."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.files.errors import BadInput, Fault
from sim.files.scenario.catalogue import ENDINGS, by_name, names
from sim.files.text_files import elsewhere, similar, unreadable
from sim.files.yaml.nodes import Node, from_plain
from sim.scenario.problems import near

CONTINUES, SCENARIO, EARLIER = "continues", "scenario", "earlier"
DEEPEST = 4
"""Scenarios of which each continues the next."""

Read = Callable[[Path], tuple[dict[str, Any], tuple[Path, ...]]]
"""Reads a scenario: its plain data and the files that it is from."""


def with_earlier(
    tree: Node, within: Sequence[Path], above: Sequence[str], read: Read
) -> tuple[Node, tuple[Path, ...], list[Fault]]:
    """The tree with the scenario that it continues, if any, the files of that, and what is wrong with it.

    `above`: real paths of the scenarios that lead here, which it may not continue. Faults of the earlier scenario are told at
    their own places.
    """
    block = _keys(tree).get(CONTINUES)
    named = None if block is None else _keys(block).get(SCENARIO)
    if block is None or named is None or not isinstance(named.value, str) or not named.value:
        return tree, (), []  # the models say what is wrong
    if EARLIER in _keys(block):
        place = _keys(block)[EARLIER].place
        return tree, (), [Fault(place, f"{CONTINUES}.{EARLIER}", "is filled in by the program; leave it out")]
    path, reason = _found(named.value, Path(named.mark.file), within)
    reason = reason or _circle(path, above)
    if reason:
        return tree, (), [Fault(named.mark, f"{CONTINUES}.{SCENARIO}", f"{reason} (got {named.value})")]
    try:
        plain, files = read(path)
    except BadInput as bad:
        return tree, (), list(bad.faults)
    filled = replace(block, value={**_keys(block), EARLIER: from_plain(plain, named.mark)})
    return replace(tree, value={**_keys(tree), CONTINUES: filled}), files, []


def _found(name: str, user: Path, within: Sequence[Path]) -> tuple[Path, str]:
    """The file that is meant, by its path from the file that names it or by the name of a scenario; or why there is none."""
    given = Path(name)
    if given.is_absolute():
        return given, "must be a path relative to this file, or the name of a scenario"
    path = Path(os.path.normpath(user.parent / given))
    known = None if path.exists() else by_name(given)
    path = known.absolute() if known is not None else path
    if outside := elsewhere(path, within):
        return path, outside
    if known is None and not path.exists() and given.suffix not in ENDINGS:
        return path, f"no scenario of this name{near(name, names())}"
    reason = unreadable(path)
    return path, f"{reason}{similar(path)}" if reason else ""


def _circle(path: Path, above: Sequence[str]) -> str:
    """Why a scenario may not continue this one: it leads there itself, or too many lead there."""
    real = os.path.realpath(path)
    if real in above:
        chain = [*above[above.index(real) :], real]
        return f"continues itself in a circle: {' -> '.join(Path(file).name for file in chain)}"
    return f"is one too many: a chain has at most {DEEPEST} scenarios" if len(above) >= DEEPEST else ""


def _keys(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}
