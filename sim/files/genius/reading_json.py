"""GeniusWeb JSON to a domain.

Utility of a package (GeniusWeb, LinearAdditiveUtilitySpace): sum over issues of the weight times the utility of the value;
a value that the profile leaves out is worth 0.
"""

from pathlib import Path

from sim.files.errors import Mark
from sim.files.genius.domain import Profile, Topic, worth
from sim.files.genius.findings import Findings
from sim.files.genius.json_keys import Keys, keys_of, note_others, number_of, object_of, part_of, text_of
from sim.files.genius.json_values import place_of, read_topic, read_values, same
from sim.files.genius.weight_sums import scaled
from sim.files.yaml.nodes import Node
from sim.scenario.problems import near, seen, short, unknown

LINEAR = "LinearAdditiveUtilitySpace"
ROUNDED = 1e-6
"""How far weights may sum from 1, which GeniusWeb demands exactly: as far as rounding takes them."""
_SPACE = ("issueUtilities", "issueWeights", "domain", "name", "reservationBid")


def is_profile(root: Node) -> bool:
    """Whether a file says what a party wants rather than only what there is to settle."""
    return "issuesValues" not in keys_of(root)


def says_a_profile(root: Node) -> bool:
    """Whether a file of which nobody said so is meant as a profile, readable here or not."""
    keys = keys_of(root)
    inner = [set(keys), *(set(keys_of(part)) for part in keys.values())]
    nested = any("issuesValues" in keys_of(keys_of(part).get("domain")) for part in keys.values())
    return nested or any(near(key, (LINEAR,)) for key in keys) or any(each & set(_SPACE[:2]) for each in inner)


def issues_of(root: Node) -> dict[str, frozenset[str]]:
    """The issues that a domain or a profile names, and their values as far as they are listed."""
    found = keys_of(root).get("issuesValues")
    for part in keys_of(root).values():
        found = found or keys_of(keys_of(part).get("domain")).get("issuesValues")
    return {
        name: frozenset(str(item.value) for item in listed.value)
        if (listed := keys_of(node).get("values")) and isinstance(listed.value, list)
        else frozenset()
        for name, node in keys_of(found).items()
    }


def read_topics(root: Node, findings: Findings) -> tuple[str, tuple[Topic, ...]]:
    """Name and issues of a domain, or of the domain that a profile holds."""
    domain = _space(root, findings).get("domain") if is_profile(root) else root
    if domain is None:
        if not findings.faults:
            findings.fault(root.mark, LINEAR, "has no domain")
        return "", ()
    keys = object_of(domain, "domain", findings)
    issues = keys.get("issuesValues")
    if issues is None:
        findings.fault(domain.place, "domain", f"has no issuesValues{near('issuesValues', keys)}")
        return "", ()
    note_others(domain, "domain", ("name", "issuesValues"), findings)
    given = object_of(issues, "issuesValues", findings)
    if not given:
        findings.fault(issues.place, "issuesValues", "has no issue")
    topics = tuple(read_topic(name, node, findings) for name, node in given.items())
    return text_of(keys.get("name"), "name", findings), topics


def read_profile(root: Node, topics: tuple[Topic, ...], file: Path, findings: Findings) -> Profile | None:
    """What a party wants, over the issues of the domain; None where something is wrong with it."""
    before = len(findings.faults)
    space = _space(root, findings)
    if space:
        _own_domain(space, topics, findings)
    utilities = part_of(space, "issueUtilities", root, findings)
    weights = part_of(space, "issueWeights", root, findings)
    names = [topic.name for topic in topics]
    for name, node in utilities.items():
        if name not in names:
            findings.fault(node.key or node.mark, "issueUtilities", unknown("issue", name, names))
    for name, node in weights.items():
        if name not in names:
            said = f"issueWeights: the weight of {short(name)} belongs to no issue and is not read{near(name, names)}"
            findings.note(node.key or node.mark, said, "weight of no issue")
    if len(findings.faults) > before:
        return None
    values = tuple(read_values(topic, utilities.get(topic.name), space["issueUtilities"], findings) for topic in topics)
    shares = _weights(topics, weights, utilities, space["issueWeights"], findings)
    if len(findings.faults) > before:
        return None
    profile = Profile(text_of(space.get("name"), "name", findings) or file.stem, shares, values)
    whole = scaled(profile, space["issueWeights"].place, findings)
    return _reserving(whole, topics, space.get("reservationBid"), findings) if whole else None


def _space(root: Node, findings: Findings) -> Keys:
    """What stands in the linear additive profile of a file."""
    keys = keys_of(root)
    if LINEAR not in keys:
        known = (LINEAR, "issuesValues")
        got = next((key for key in keys if near(key, known)), next(iter(keys), ""))
        place = (keys[got].key or root.mark) if got else root.mark
        message = f"is no domain or profile of GeniusWeb that is linear additive: expected issuesValues or {LINEAR}"
        findings.fault(place, "", f"{message} (got {short(got) or 'nothing'}){near(got, known)}")
        return {}
    note_others(root, "", (LINEAR,), findings)
    note_others(keys[LINEAR], LINEAR, _SPACE, findings)
    return object_of(keys[LINEAR], LINEAR, findings)


def _own_domain(space: Keys, topics: tuple[Topic, ...], findings: Findings) -> None:
    """The domain that a profile repeats must have the same issues and values, in any order."""
    inner = Findings()
    domain = space.get("domain")
    if domain is None:
        return
    found = {topic.name: topic for topic in read_topics(Node({"issuesValues": keys_of(domain).get("issuesValues", domain)},
                                                             domain.mark, domain.key), inner)[1]}  # fmt: skip
    findings.faults += inner.faults
    if inner.faults:
        return
    wanted = {topic.name: topic for topic in topics}
    if found.keys() != wanted.keys():
        odd = next(iter([*(found.keys() - wanted.keys()), *(wanted.keys() - found.keys())]))
        findings.fault(domain.place, "domain", f"is another domain: it differs in the issue {short(odd)}")
    for name in found.keys() & wanted.keys():
        ours, theirs = ({same(wanted[name], value): value for value in each[name].values} for each in (wanted, found))
        if ours.keys() != theirs.keys():
            odd = min((ours | theirs)[value] for value in ours.keys() ^ theirs.keys())
            findings.fault(
                domain.place, "domain", f"is another domain: {short(name)} differs in the value {short(odd)}"
            )


def _weights(
    topics: tuple[Topic, ...], weights: Keys, utilities: Keys, around: Node, findings: Findings
) -> tuple[float, ...]:
    before = len(findings.faults)
    for topic in topics:
        if topic.name not in weights and topic.name in utilities:
            findings.fault(
                around.place, "issueWeights", f"has no weight of {short(topic.name)}{near(topic.name, weights)}"
            )
    found = tuple(
        number_of(weights[topic.name], f"issueWeights.{topic.name}", findings) if topic.name in weights else 0.0
        for topic in topics
    )
    if len(findings.faults) == before and abs(sum(found) - 1.0) > ROUNDED:
        findings.fault(around.place, "issueWeights", f"sum to {sum(found):.7g}; expected 1")
    return found


def _reserving(profile: Profile, topics: tuple[Topic, ...], node: Node | None, findings: Findings) -> Profile:
    """The profile with what no deal is worth to it: as much as the package that the file names, or 0."""
    if node is None or node.value is None:
        return profile
    path = "reservationBid"
    given = keys_of(node).get("issuevalues")
    if given is None:
        findings.fault(node.place, path, f"has no issuevalues{near('issuevalues', keys_of(node))}")
        return profile
    chosen: dict[str, int] = {}
    by_name = {topic.name: topic for topic in topics}
    for name, value in object_of(given, path, findings).items():
        if name not in by_name:
            findings.fault(value.key or value.mark, path, unknown("issue", name, by_name))
        elif (place := _bid_place(by_name[name], value, f"{path}.{short(name)}", findings)) is not None:
            chosen[name] = place
    return _worth_of(profile, topics, chosen, given.place, findings)


def _bid_place(topic: Topic, node: Node, path: str, findings: Findings) -> int | None:
    if not isinstance(node.value, str | int | float) or isinstance(node.value, bool):
        findings.fault(node.mark, path, f"must be a text in double quotes, or a number (got {seen(node.value)})")
        return None
    place = place_of(topic, str(node.value))
    if place is None:
        findings.fault(node.mark, path, unknown("value", str(node.value), topic.values))
    return place


def _worth_of(
    profile: Profile, topics: tuple[Topic, ...], chosen: dict[str, int], mark: Mark, findings: Findings
) -> Profile:
    if len(chosen) == len(topics):
        bid = tuple(chosen[topic.name] for topic in topics)
        return Profile(profile.name, profile.weights, profile.values, worth(profile, bid), bid)
    reserved = sum(
        weight * values[chosen[topic.name]]
        for topic, weight, values in zip(topics, profile.weights, profile.values, strict=True)
        if topic.name in chosen
    )
    findings.note(
        mark, f"reservationBid names {len(chosen)} of {len(topics)} issues; kept as what it is worth, {reserved:.4g}"
    )
    return Profile(profile.name, profile.weights, profile.values, reserved)
