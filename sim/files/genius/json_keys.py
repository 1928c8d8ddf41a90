"""Parts of a JSON tree as a reader asks for them; what is not there or of another kind is a fault at its place."""

from decimal import Decimal

from sim.files.genius.findings import Findings
from sim.files.genius.number_text import decimal_in
from sim.files.yaml.nodes import Node
from sim.scenario.problems import near, short

Keys = dict[str, Node]
LARGEST_POWER = 15
"""Power of ten of the largest number of a range; the smallest above 0 has it with a minus."""


def keys_of(node: Node | None) -> Keys:
    """The members of an object; none for anything else."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def object_of(node: Node, path: str, findings: Findings) -> Keys:
    """The members of what must be an object."""
    if not isinstance(node.value, dict):
        findings.fault(node.mark, path, "must be an object in braces")
    return keys_of(node)


def text_of(node: Node | None, path: str, findings: Findings) -> str:
    """A name; empty where there is none."""
    if node is None or node.value is None:
        return ""
    if not isinstance(node.value, str):
        findings.fault(node.mark, path, "must be a text in double quotes")
        return ""
    return findings.name(node.value, node.mark, path)


def note_others(node: Node, path: str, known: tuple[str, ...], findings: Findings) -> None:
    """Notes on members that nothing reads."""
    for key, part in keys_of(node).items():
        if key not in known:
            findings.note(part.key or part.mark, f"{path}.{short(key)} is not read{near(key, known)}")


def decimal_of(node: Node | None, around: Node, path: str, findings: Findings) -> Decimal | None:
    """A number, which GeniusWeb also writes as text."""
    value = decimal_in(str(node.value)) if node is not None else None
    if value is None or (value and abs(value.adjusted()) > LARGEST_POWER):
        said = f"must be a number, with at most {LARGEST_POWER} places before or after the point"
        findings.fault(node.mark if node else around.place, path, said)
        return None
    return value


def number_of(node: Node, path: str, findings: Findings) -> float:
    """A number from 0 to 1."""
    is_number = isinstance(node.value, int | float | str) and not isinstance(node.value, bool)
    return findings.number(str(node.value) if is_number else "something else", node.mark, path, 1.0)


def part_of(space: Keys, key: str, root: Node, findings: Findings) -> Keys:
    """The members of a part of a profile that must be there."""
    if key not in space:
        if space:
            findings.fault(root.mark, "", f"has no {key}{near(key, space)}")
        return {}
    return object_of(space[key], key, findings)
