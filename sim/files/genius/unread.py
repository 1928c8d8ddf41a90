"""What a file of GENIUS says that a scenario has no place for."""

from sim.files.genius.findings import Findings
from sim.files.genius.integers import BOUNDS, LINE, is_whole
from sim.files.genius.number_text import float_in
from sim.files.genius.xml_tree import Element
from sim.scenario.problems import short

ROOTS = ("negotiation_template", "utility_space")
_READ = {"objective", "issue", "item", "weight", "reservation", "utility_space", "evaluator"}
_PLACES = {
    "utility_space": ("negotiation_template",),
    "objective": ("utility_space",),
    "issue": ("objective",),
    "item": ("issue",),
    "weight": ("objective",),
    "reservation": ("utility_space", "objective"),
}
_PLAIN = {"index", "name", "value", "description", "type", "etype", "vtype", "number_of_issues", "evaluation"}


def note_unread(root: Element, findings: Findings) -> None:
    """Notes on everything in a file that a scenario has no place for."""
    _note_misplaced(root, findings)
    for element in root.all():
        if element.tag == "discount_factor":
            if float_in(element.attributes.get("value", "")) != 1.0:
                said = element.attributes.get("value", "")
                findings.note(element.mark, f"discount factor {short(said)}: a scenario has no discounting")
        elif element.tag == "agent":
            if any(element.attributes.values()):
                findings.note(element.mark, "<agent>: which program plays is not read")
        elif element.tag not in (*_READ, *ROOTS):
            findings.note(element.mark, f"<{short(element.tag)}> is not read")
        else:
            _note_attributes(element, findings)


def _note_misplaced(element: Element, findings: Findings) -> None:
    for child in element.children:
        is_stray = child.tag == "evaluator" and not is_whole(element)
        if is_stray or element.tag not in _PLACES.get(child.tag, (element.tag,)):
            findings.note(child.mark, f"<{child.tag}> in <{short(element.tag)}> is not read")
        _note_misplaced(child, findings)


def _note_attributes(element: Element, findings: Findings) -> None:
    for name, said in element.attributes.items():
        costs_nothing = name == "cost" and float_in(said) == 0.0
        known = BOUNDS if is_whole(element) else LINE if element.tag == "evaluator" else ()
        ignored = element.tag == "negotiation_template" or costs_nothing or name in known
        if name == "description" and said.strip():
            kind, words = f"description of <{element.tag}> is not read", short(said.strip())
            findings.note(element.mark, f"{kind} ({words})", kind, words)
        elif name not in _PLAIN and not ignored:
            words = f"{short(name)}={short(said)}"
            findings.note(element.mark, f"{words} of <{element.tag}> is not read", f"{name} of {element.tag}", words)
