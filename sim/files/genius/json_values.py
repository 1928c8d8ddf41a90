"""Issues of GeniusWeb with their values, and what each value is worth: lists, and numbers in a range."""

from decimal import Decimal

from sim.files.genius.domain import Topic
from sim.files.genius.findings import Findings
from sim.files.genius.json_keys import Keys, decimal_of, keys_of, number_of, object_of, text_of
from sim.files.genius.number_text import decimal_in
from sim.files.yaml.nodes import Node
from sim.scenario.agenda import MOST_OPTIONS
from sim.scenario.problems import near, short, unknown

DISCRETE, NUMBERS = ("discreteutils", "DiscreteValueSetUtilities"), ("numberutils", "NumberValueSetUtilities")


def read_topic(name: str, node: Node, findings: Findings) -> Topic:
    """An issue with its values."""
    findings.name(name, node.key or node.mark, "issuesValues")
    keys = object_of(node, name, findings)
    if "range" in keys:
        return Topic(name, _range(name, keys["range"], findings), in_range=True)
    values = keys.get("values")
    if values is None or not isinstance(values.value, list):
        findings.fault(node.place, name, f"expected `values` with a list, or a `range`{near('values', keys)}")
        return Topic(name, ())
    texts = [text_of(item, name, findings) for item in values.value]
    return Topic(name, findings.values(texts, [item.mark for item in values.value], values.place, name))


def _range(name: str, node: Node, findings: Findings) -> tuple[str, ...]:
    """Every number of a range, from low to high by steps, written plainly."""
    keys = object_of(node, f"{name}.range", findings)
    low, high, step = (
        decimal_of(keys.get(key), node, f"{name}.range.{key}", findings) for key in ("low", "high", "step")
    )
    if low is None or high is None or step is None:
        return ()
    if step <= 0 or high < low:
        findings.fault(node.place, f"{name}.range", "must rise from low to high by a step above 0")
        return ()
    count = int((high - low) / step) + 1 if (high - low) / step < 10**6 else 10**6
    if not 2 <= count <= MOST_OPTIONS:
        said = "more than 999999" if count == 10**6 else count
        findings.fault(node.place, f"{name}.range", f"has {said} values; expected 2 to {MOST_OPTIONS}")
        return ()
    return tuple(f"{low + k * step:f}" for k in range(count))


def same(topic: Topic, value: str) -> str | Decimal:
    """What a value of an issue is compared by: in a range, where 1 is 1.0, by its number, else by its text."""
    number = decimal_in(value) if topic.in_range else None
    return value if number is None else number


def place_of(topic: Topic, value: str) -> int | None:
    """Position of a value in its issue; none where the issue lacks it."""
    keys = [same(topic, each) for each in topic.values]
    wanted = same(topic, value)
    return keys.index(wanted) if wanted in keys else None


def read_values(topic: Topic, node: Node | None, around: Node, findings: Findings) -> tuple[float, ...]:
    """Utilities of the values of an issue."""
    if node is None:
        findings.note(
            around.place, f"{topic.name}: no utilities; all its values are taken as worth 0", "no utilities", topic.name
        )
        return (0.0,) * len(topic.values)
    keys = object_of(node, topic.name, findings)
    discrete = next((keys[key] for key in DISCRETE if key in keys), None)
    numbers = next((keys[key] for key in NUMBERS if key in keys), None)
    if discrete is not None:
        table = keys_of(discrete).get("valueUtilities")
        if table is None:
            findings.fault(discrete.place, topic.name, "has no valueUtilities")
            return ()
        return _discrete(topic, object_of(table, topic.name, findings), table, findings)
    if numbers is not None:
        return _linear(topic, numbers, findings)
    got = next(iter(keys), "")
    said = f"expected {DISCRETE[0]} or {NUMBERS[0]} (got {short(got) or 'nothing'})"
    findings.fault(node.place, topic.name, f"{said}{near(got, (DISCRETE[0], NUMBERS[0]))}")
    return ()


def _discrete(topic: Topic, table: Keys, around: Node, findings: Findings) -> tuple[float, ...]:
    found: dict[int, float] = {}
    for value, node in table.items():
        place = place_of(topic, value)
        if place is None:
            findings.fault(node.key or node.mark, topic.name, unknown("value", value, topic.values))
            continue
        worth = number_of(node, f"{topic.name}.{short(value)}", findings)
        if place not in found:
            found[place] = worth
        elif found[place] == worth:
            findings.twice(node.key or node.mark, topic.name, value)
        else:
            said = f"stands there twice, with another utility before (got {worth:g})"
            findings.fault(node.key or node.mark, f"{topic.name}.{short(value)}", said)
    left_out = [value for place, value in enumerate(topic.values) if place not in found]
    if left_out:
        said = ", ".join(map(short, left_out))
        findings.note(around.place, f"{topic.name}: no utility of {said}; worth 0, as in GeniusWeb", "no utility")
    return tuple(found.get(place, 0.0) for place in range(len(topic.values)))


def _linear(topic: Topic, node: Node, findings: Findings) -> tuple[float, ...]:
    """Between the utilities of the lowest and the highest number in a straight line."""
    keys = object_of(node, topic.name, findings)
    names = ("lowValue", "lowUtility", "highValue", "highUtility")
    low, low_worth, high, high_worth = (
        decimal_of(keys.get(key), node, f"{topic.name}.{key}", findings) for key in names
    )
    numbers = [decimal_of(Node(value, node.mark), node, topic.name, findings) for value in topic.values]
    if low is None or high is None or low_worth is None or high_worth is None or None in numbers:
        return ()
    if high <= low:
        findings.fault(node.place, topic.name, "lowValue must be below highValue")
        return ()
    found = [low_worth + (high_worth - low_worth) * (x - low) / (high - low) for x in numbers if x is not None]
    if not all(0 <= value <= 1 for value in found):
        findings.fault(node.place, topic.name, "gives utilities that are not between 0 and 1")
    return tuple(map(float, found))
