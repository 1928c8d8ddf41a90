"""What lies beside a domain that came without profiles: those of its profiles that are taken, and notes on all the rest.

A party fewer changes every answer, so what may be a profile is read or refused; only what cannot be one is passed over.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.files.errors import BadInput, Mark
from sim.files.genius import reading_json, reading_xml
from sim.files.genius.findings import Findings
from sim.files.genius.unread import ROOTS
from sim.files.genius.xml_tree import Element
from sim.files.regular_files import Unreadable, opened
from sim.files.text_files import LARGEST
from sim.files.yaml.nodes import Node
from sim.scenario.problems import listed

Tree = Element | Node
_TRACES = re.compile(rb"UtilitySpace|issueUtilit|issueWeight|utility_space|<\s*objective|<\s*weight|evaluation\s*=")
"""What a profile that cannot be read still shows of being one."""


def profiles_beside(path: Path, root: Tree, read: Callable[[Path, Findings], Tree], findings: Findings) -> list[Path]:
    """Files of the same ending next to a domain that are profiles of it, or may be; all others are noted."""
    entries = [entry for entry in _entries(path.parent) if entry.name != path.name]
    like = [entry for entry in entries if _has_form(entry, path)]
    trees = {file: _tree(file, read) for file in like}
    domains = [issues_of(tree) for tree in trees.values() if tree is not None and is_domain(tree)]
    found = []
    for file, tree in trees.items():
        reason = _why_not(file, tree, issues_of(root), domains)
        if reason:
            findings.note(Mark(str(file)), f"lies beside {path.name} and {reason}; it is not read")
        else:
            found.append(file)
    findings.passed_over += [
        f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries if entry not in like
    ]
    return found


def is_domain(tree: Tree) -> bool:
    """Whether a file says what there is to settle and nothing of what a party wants."""
    if isinstance(tree, Element):
        return tree.tag in ROOTS and not reading_xml.is_profile(tree)
    return not reading_json.is_profile(tree)


def issues_of(tree: Tree) -> dict[str, frozenset[str]]:
    """Issues that a file names, with the values that it lists."""
    return reading_xml.issues_of(tree) if isinstance(tree, Element) else reading_json.issues_of(tree)


def folders_told(path: Path) -> str:
    """The folders beside a domain, where profiles may lie that were not looked for."""
    folders = [f"{entry.name}/" for entry in _entries(path.parent) if entry.is_dir() and entry.name[0] != "."]
    return f"; not looked into: {listed(folders[:5])}" if folders else ""


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where the system does not let us look."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _has_form(entry: Path, path: Path) -> bool:
    is_hidden = entry.name.startswith(".")
    return not is_hidden and entry.suffix.lower() == path.suffix.lower() and not entry.is_dir()


def _tree(file: Path, read: Callable[[Path, Findings], Tree]) -> Tree | None:
    try:
        return read(file, Findings())
    except BadInput:
        return None


def _why_not(
    file: Path, tree: Tree | None, ours: dict[str, frozenset[str]], others: Sequence[dict[str, frozenset[str]]]
) -> str:
    """Why a file is no profile of the domain, or nothing where it may be one."""
    if tree is None:
        return "" if _may_be_profile(file) else "is no profile"
    if is_domain(tree) or not _says_a_profile(tree):
        return "is no profile"
    theirs = issues_of(tree)
    is_foreign = theirs != ours and (theirs in others or not (theirs.keys() & ours.keys()))
    return "is a profile of another domain" if theirs and is_foreign else ""


def _says_a_profile(tree: Tree) -> bool:
    return reading_xml.says_a_profile(tree) if isinstance(tree, Element) else reading_json.says_a_profile(tree)


def _may_be_profile(file: Path) -> bool:
    """Whether a file that cannot be read shows traces of a profile, or shows nothing at all."""
    try:
        with opened(file, sys.maxsize) as stream:
            begins = stream.read(LARGEST)
    except Unreadable:
        return file.is_file()
    return not begins.strip() or bool(_TRACES.search(begins.replace(b"\0", b"")))
