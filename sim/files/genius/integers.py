"""Issues of GENIUS 10 with whole numbers, as lists of their values.

A number n is worth `offset + slope * (n - lowerbound)`, cut to 0 to 1 and not divided by the largest (EvaluatorInteger of
GENIUS 10). Older forms, with `<range>` or with parameters instead of offset and slope, count otherwise and are refused.
"""

import math
import re

from sim.files.genius.domain import Topic
from sim.files.genius.findings import Findings
from sim.files.genius.number_text import float_in
from sim.files.genius.xml_tree import Element
from sim.scenario.agenda import MOST_OPTIONS
from sim.scenario.problems import short

BOUNDS, LINE = ("lowerbound", "upperbound"), ("ftype", "offset", "slope")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def is_whole(issue: Element) -> bool:
    """Whether an issue takes whole numbers by all that it says of its type."""
    kinds = [issue.attributes[key] for key in ("type", "etype", "vtype") if issue.attributes.get(key)]
    return issue.tag == "issue" and bool(kinds) and set(kinds) == {"integer"}


def whole_numbers(issue: Element, name: str, findings: Findings) -> tuple[str, ...]:
    """Every number from the lower to the upper bound of an issue; none where something is wrong with them."""
    given = [issue.attributes.get(key, "") for key in BOUNDS]
    for key, text in zip(BOUNDS, given, strict=True):
        if not _WHOLE.fullmatch(text):
            said = f"{key} must be a whole number, as GENIUS 10 writes it in <issue> (got {short(text) or 'none'})"
            findings.fault(issue.mark, name, f"{said}; or list the values as items")
            return ()
    low, high = map(int, given)
    if not 2 <= high - low + 1 <= MOST_OPTIONS:
        said = f"has {max(high - low + 1, 0)} values from lowerbound to upperbound; expected 2 to {MOST_OPTIONS}"
        findings.fault(issue.mark, name, said)
        return ()
    return tuple(map(str, range(low, high + 1)))


def on_a_line(issue: Element, topic: Topic, findings: Findings) -> tuple[float, ...]:
    """What each number is worth to a party, whose profile must have the bounds of the domain."""
    numbers = whole_numbers(issue, topic.name, findings)
    if numbers and numbers != topic.values:
        findings.fault(issue.mark, topic.name, f"has other bounds than the domain (got {numbers[0]} to {numbers[-1]})")
    lines = issue.named("evaluator")
    if len(lines) != 1 or lines[0].attributes.get("ftype", "linear") != "linear":
        mark = lines[-1].mark if lines else issue.mark
        findings.fault(mark, topic.name, 'expected one <evaluator ftype="linear" offset="..." slope="...">')
        return ()
    offset, slope = (float_in(lines[0].attributes.get(key, "")) for key in ("offset", "slope"))
    if offset is None or slope is None or not math.isfinite(offset + slope):
        findings.fault(lines[0].mark, topic.name, "expected numbers as offset and slope, as GENIUS 10 writes them")
        return ()
    return tuple(min(max(offset + slope * k, 0.0), 1.0) for k in range(len(topic.values)))
