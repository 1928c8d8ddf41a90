"""Overrides of one parameter of a distribution: that distribution must stand there, or be given whole."""

from collections.abc import Collection

from sim.files.yaml.dotted_paths import nearest, split
from sim.files.yaml.nodes import Node
from sim.scenario import Scenario, shape
from sim.scenario.classes import CLASS
from sim.scenario.numbers import FORMS
from sim.scenario.problems import listed


def other_form(root: Node, path: str, paths: Collection[str]) -> str:
    """What keeps a path such as `...exponent.normal.sd` from being set, or nothing; `paths` are all that are set.

    Says what stands there, what the distribution would need, and which path was probably meant.
    """
    way = split(path)
    if len(way) < 3:
        return ""
    base, form, parameter = way[:-2], way[-2], way[-1]
    number = shape.at(Scenario, base)
    needed = shape.names(shape.below(number, form)) if shape.is_number(number) and form in FORMS else []
    node, found = nearest(root, base)
    if not found or parameter not in needed:
        return ""
    place = ".".join(base)
    given = {parameter for parameter in needed if f"{place}.{form}.{parameter}" in paths}
    if place in paths or f"{place}.{form}" in paths or given >= set(needed):
        return ""
    stands, its = _standing(node)
    if stands == form:
        return ""
    meant = f"; did you mean {place}.{stands}.{parameter}?" if parameter in its else ""
    return f"{_says(stands, its, node)} stands there, and a {form} needs {listed(needed)}{meant}"


def _standing(number: Node) -> tuple[str, list[str]]:
    """The form of a number as the file has it, and the names of its parameters."""
    keys = number.value if isinstance(number.value, dict) else {}
    form = next((key for key in keys if key in FORMS), "value")
    below = keys[form].value if form in keys else None
    return form, list(below) if isinstance(below, dict) else []


def _says(form: str, parameters: list[str], number: Node) -> str:
    if isinstance(number.value, dict) and CLASS in number.value:
        return f"class {number.value[CLASS].value}"
    if form == "value":
        plain = number.value["value"] if isinstance(number.value, dict) and "value" in number.value else number
        return f"a plain number ({plain.value})"
    return f"a {form} ({listed(parameters)})" if parameters else f"a {form}"
