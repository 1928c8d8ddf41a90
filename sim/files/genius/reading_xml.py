"""GENIUS XML to a domain.

Utility of a package (GENIUS 10, linear additive): sum over issues of the weight times the evaluation of the value, divided by
the largest evaluation that the profile gives in that issue.
"""

from pathlib import Path

from sim.files.genius.domain import Profile, Topic
from sim.files.genius.findings import Findings
from sim.files.genius.integers import is_whole, on_a_line, whole_numbers
from sim.files.genius.unread import ROOTS
from sim.files.genius.weight_sums import scaled
from sim.files.genius.xml_tree import Element
from sim.scenario.problems import listed, near, short, unknown

_NOT_LINEAR = ("ufun", "rules", "hyperRectangle", "constraint")


def is_profile(root: Element) -> bool:
    """Whether a file says what a party wants: it weighs issues, evaluates values, or has some utility that is not linear."""
    says = any(element.tag == "weight" or "evaluation" in element.attributes for element in root.all())
    return says or _not_linear(root) is not None


def says_a_profile(root: Element) -> bool:
    """Whether a file of which nobody said so is meant as a profile, readable here or not."""
    return is_profile(root) and (root.tag in ROOTS or bool(near(root.tag, ROOTS)))


def issues_of(root: Element) -> dict[str, frozenset[str]]:
    """The issues that a domain or a profile names, and the values that are listed for them."""
    return {
        issue.attributes.get("name", ""): frozenset(item.attributes.get("value", "") for item in issue.named("item"))
        for issue in root.all()
        if issue.tag == "issue"
    }


def read_topics(root: Element, findings: Findings) -> tuple[str, tuple[Topic, ...]]:
    """Name and issues of a domain, or of a profile; the name is empty where the file gives none."""
    objective = _objective(root, findings)
    if objective is None:
        return "", ()
    for issue in objective.named("issue"):
        _check_kind(issue, findings)
    topics, places = [], []
    for issue in objective.named("issue"):
        topics.append(_topic(issue, findings))
        places.append(issue.mark)
    names = [topic.name for topic in topics]
    for index, name in enumerate(names):
        if name in names[:index]:
            findings.fault(places[index], "issue", f"another issue has the same name (got {short(name)})")
    if not topics and not findings.faults:
        findings.fault(objective.mark, "objective", "has no issue")
    name = objective.attributes.get("name", "").strip()
    if name in ("", "root"):
        return "", tuple(topics)
    return findings.name(name, objective.mark, "objective"), tuple(topics)


def read_profile(root: Element, topics: tuple[Topic, ...], file: Path, findings: Findings) -> Profile | None:
    """What a party wants, over the issues of the domain; None where something is wrong with it."""
    before = len(findings.faults)
    objective = _objective(root, findings)
    if objective is None:
        return None
    issues = {issue.attributes.get("name", ""): issue for issue in objective.named("issue")}
    for name, issue in issues.items():
        if name not in [topic.name for topic in topics]:
            findings.fault(issue.mark, "issue", unknown("issue", name, [topic.name for topic in topics]))
    for topic in topics:
        if topic.name not in issues:
            findings.fault(objective.mark, "objective", f"lacks an issue of the domain; expected {short(topic.name)}")
    if len(findings.faults) > before:
        return None
    values = [_values(issues[topic.name], topic, findings) for topic in topics]
    weights = _weights(objective, [issues[topic.name] for topic in topics], findings)
    reserved = _reserved(_space(root, findings) or root, objective, findings)
    if len(findings.faults) > before:
        return None
    return scaled(Profile(file.stem, weights, tuple(values), reserved), objective.mark, findings, is_cut=True)


def _objective(root: Element, findings: Findings) -> Element | None:
    """The one objective of a file, which holds its issues."""
    if root.tag not in ROOTS:
        wanted = " or ".join(f"<{tag}>" for tag in ROOTS)
        findings.fault(root.mark, "", f"is no domain or profile of GENIUS: expected {wanted} (got <{short(root.tag)}>)")
        return None
    strange = _not_linear(root)
    if strange is not None:
        got = f"<{strange.tag}>" if strange.tag in _NOT_LINEAR else f"type {short(strange.attributes['type'])}"
        said = f"is not linear additive; only linear additive profiles are read (got {got})"
        findings.fault(strange.mark, "utility_space", said)
        return None
    space = _space(root, findings)
    objective = _only(space, "objective", findings) if space else None
    for inner in objective.named("objective") if objective else ():
        findings.fault(
            inner.mark, "objective", "stands in another objective; expected issues directly in one objective"
        )
    return objective


def _not_linear(root: Element) -> Element | None:
    """The first element, if any, by which utilities are not linear additive."""
    for element in root.all():
        kind = element.attributes.get("type", "linear").lower() if element.tag == "utility_space" else "linear"
        if element.tag in _NOT_LINEAR or "linear" not in kind or "non" in kind:
            return element
    return None


def _space(root: Element, findings: Findings) -> Element | None:
    return root if root.tag == "utility_space" else _only(root, "utility_space", findings)


def _only(parent: Element, tag: str, findings: Findings) -> Element | None:
    found = parent.named(tag)
    if not found:
        findings.fault(parent.mark, parent.tag, f"has no <{tag}>")
    for other in found[1:]:
        findings.fault(other.mark, tag, f"stands there twice; expected one <{tag}> in <{parent.tag}>")
    return found[0] if found else None


def _check_kind(issue: Element, findings: Findings) -> None:
    kinds = [issue.attributes[key] for key in ("type", "etype", "vtype") if issue.attributes.get(key)]
    other = next((kind for kind in kinds if kind != "discrete"), None)
    name = issue.attributes.get("name", "issue")
    if other is not None and not is_whole(issue) and name not in findings.not_discrete:
        findings.not_discrete.add(name)
        findings.fault(
            issue.mark, name,
            f"only issues with discrete values are read, and whole numbers (got {short(other)}); list its values as items",
        )  # fmt: skip


def _topic(issue: Element, findings: Findings) -> Topic:
    name = findings.name(issue.attributes.get("name", ""), issue.mark, "issue")
    if is_whole(issue):
        return Topic(name, whole_numbers(issue, name, findings))
    items = issue.named("item")
    values = [findings.name(item.attributes.get("value", ""), item.mark, f"{name}.item") for item in items]
    if name in findings.not_discrete:
        return Topic(name, tuple(values))
    return Topic(name, findings.values(values, [item.mark for item in items], issue.mark, name))


def _values(issue: Element, topic: Topic, findings: Findings) -> tuple[float, ...]:
    """Evaluations by the largest of the issue; a value that the profile leaves out, or evaluates as null, is worth 0."""
    found: dict[str, float | None] = {}
    _check_kind(issue, findings)
    if is_whole(issue):
        return on_a_line(issue, topic, findings)
    for item in issue.named("item"):
        value, said = item.attributes.get("value", ""), item.attributes.get("evaluation", "null")
        path = f"{topic.name}.{short(value)}.evaluation"
        if value not in topic.values:
            findings.fault(item.mark, topic.name, unknown("value", value, topic.values))
            continue
        worth = None if said == "null" else findings.number(said, item.mark, path)
        if value not in found:
            found[value] = worth
        elif found[value] == worth:
            findings.twice(item.mark, topic.name, value)
        else:
            findings.fault(item.mark, path, f"stands there twice, with another evaluation before (got {short(said)})")
    left_out = [value for value in topic.values if found.get(value) is None]
    if left_out:
        said = f"{topic.name}: no evaluation of {', '.join(map(short, left_out))}; taken as worth 0"
        findings.note(issue.mark, said, "no evaluation")
    worths = [found.get(value) or 0.0 for value in topic.values]
    largest = max(worths, default=0.0)
    return tuple(worth / largest if largest else 0.0 for worth in worths)


def _weights(objective: Element, issues: list[Element], findings: Findings) -> tuple[float, ...]:
    """Weights in the order of the issues; they are told apart by `index`."""
    indices = [issue.attributes.get("index", "") for issue in issues]
    found: dict[str, float] = {}
    strays = []
    for weight in objective.named("weight"):
        index = weight.attributes.get("index", "")
        if index not in indices:
            said = f"the weight of index {short(index) or 'none'} belongs to no issue and is not read"
            findings.note(weight.mark, said, "weight of no issue")
            strays.append(index)
            continue
        value = findings.number(weight.attributes.get("value", ""), weight.mark, f"weight.{index}")
        if found.setdefault(index, value) != value:
            findings.fault(weight.mark, "weight", f"another weight has the same index (got {index})")
    for position, (issue, index) in enumerate(zip(issues, indices, strict=True)):
        if index in indices[:position]:
            findings.fault(issue.mark, "issue", f"another issue has the same index (got {index or 'none'})")
        elif index not in found:
            said = f"has no weight; expected <weight index={index!r}>"
            got = f" (got one of index {listed(strays)}, which no issue has)" if strays else ""
            findings.fault(issue.mark, issue.attributes.get("name", ""), said + got)
    return tuple(found.get(index, 0.0) for index in indices)


def _reserved(space: Element, objective: Element, findings: Findings) -> float:
    given = [*space.named("reservation"), *objective.named("reservation")]
    if not given:
        return 0.0
    for other in given[1:]:
        findings.fault(other.mark, "reservation", "stands there twice")
    return findings.number(given[0].attributes.get("value", ""), given[0].mark, "reservation", 1.0)
