"""YAML files: read, and the trees of those without a fault kept for the next time."""

from collections.abc import Sequence
from pathlib import Path

from sim.files.errors import BadInput, Fault, Mark
from sim.files.text_files import read_text
from sim.files.yaml.kept_trees import keep, kept
from sim.files.yaml.nodes import Node, parse_yaml


def read_yaml(path: Path, within: Sequence[Path] = ()) -> Node:
    """The tree of a YAML file, whose top is a mapping; it lies in one of the folders `within` if there are any.

    Raises:
        BadInput: the file cannot be read or is no such file; all its faults at once.
    """
    text, mark = read_text(path, within=within), Mark(str(path))
    node = kept(text, mark)
    if node is None:
        node = parse_yaml(text, mark)
        keep(text, node)
    if not isinstance(node.value, dict):
        raise BadInput([Fault(node.mark, "", "must hold keys and values at its top")])
    return node
