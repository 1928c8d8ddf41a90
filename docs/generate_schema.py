"""Write docs/schema.md, the reference of scenario files, from the models that read them.

Run `python docs/generate_schema.py` after a change of the models; a test fails while the page is out of date.
"""

import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.evidence import Article, Claim, Control, Fact, OlderOption, Span, Stance, Text
from sim.scenario import Scenario
from sim.scenario.blocks import Sourced
from sim.scenario.coding import Coding
from sim.scenario.numbers import Beta, LogNormal, Normal, Number
from sim.scenario.quantities import Dated

PAGE = Path(__file__).with_name("schema.md")
INTRODUCTION = Path(__file__).with_name("schema_introduction.md")
HIDDEN = ("evidence", "assumed", "convention")
"""Keys of every sourced block; said once, in the introduction."""

WORDS = {
    "title": "what it is called in pages and pictures",
    "name": "what it is called in pages and pictures",
    "id": "its name on paths; only letters, digits, `_` and `-`",
    "says": "the same in plain words, for pages and transcripts",
    "by": "the party that does it",
    "on": "the party that it is done to",
    "party": "whose step or answer it is",
    "all_of": "parties or rules that must all accept",
    "any_of": "parties or rules of which one must accept",
    "at_least": "how many of `of` must accept",
    "of": "parties or rules to count",
    "rounds": "how long it may take; the phase ends sooner when it is settled",
    "when": "the packages that it is about",
    "refuses": "the packages that it refuses",
    "terms": "issue: option; only options that are proposed",
    "favours": "the party that positive momentum is good for",
}
"""Descriptions of keys whose models give none; a model's own words come first."""

WORDS_IN = {
    ("Scenario", "title"): "first line of every page",
    ("Scenario", "issues"): "what there is to settle, by name",
    ("Scenario", "parties"): "who negotiates, by name; 2 to 16",
    ("Scenario", "phases"): "stretches of talks, in this order",
    ("Scenario", "proposal"): "a documented proposal that is tabled",
    ("Scenario", "levers"): "means of one party against, or for, another",
    ("Scenario", "events"): "what happens at a round, whatever the talks do",
    ("Scenario", "momentum"): "fortunes: whom time favours",
    ("Scenario", "walk_away"): "a mediator's departure",
    ("Scenario", "ratification"): "domestic steps after signature",
    ("Scenario", "lasting"): "how likely a signed deal is to last",
    ("Party", "confident"): "the other type that it may be",
    ("Stand", "option"): "what it has put forward",
    ("DatedProposal", "round"): "when it is tabled",
    ("Party", "role"): "belligerents must consent to every deal; only mediators have patience and bias",
    ("Party", "priorities"): "what it cares about, by issue; an issue left out has weight 0",
    ("Party", "no_deal"): "what it has without agreement",
    ("Party", "concession"): "how it comes down",
    ("Party", "red_lines"): "what it refuses",
    ("Party", "linkages"): "bonuses for combinations, at most 0.25 in all",
    ("Linkage", "when"): "the combination; two issues or more",
    ("Linkage", "bonus"): "what the combination adds to the party's value",
    ("Phase", "agenda"): "issues that may be settled in it",
    ("Phase", "protocol"): "how packages are tabled and answered",
    ("Trigger", "round"): "at this round",
    ("Until", "round"): "the first round in which it no longer holds",
    ("Event", "round"): "when it happens",
    ("Event", "momentum"): "shift of momentum",
    ("Momentum", "start"): "momentum in round 0",
    ("WalkAway", "by"): "the mediator that leaves",
    ("WalkAway", "protocol"): "how the others go on",
    ("Ratification", "passes"): "probability that it passes",
    ("Lasting", "base"): "probability that a bare deal lasts",
    ("Lasting", "clauses"): "what raises or lowers it",
    ("Holds", "adds"): "what it adds to the probability",
    ("Article", "title"): "of the article, in our words",
    ("Article", "date"): "a day, or `{from: ..., to: ...}`",
    ("Article", "claims"): "what it says, one proposition each",
    ("Article", "outlet"): "who published it, where that is known",
    ("Claim", "text"): "the proposition, in our words",
    ("Stance", "date"): "a day, or `{from: ..., to: ...}`",
    ("Stance", "about"): "the proposal in words",
    ("Stance", "answer"): "what the party is reported to have answered",
    ("Stance", "claims"): "claims that report it",
    ("Stance", "note"): "what a reader should know besides",
    ("Fact", "date"): "a day, or `{from: ..., to: ...}`; a run is looked at on its last day",
    ("Fact", "about"): "what happened, in words",
    ("Fact", "claims"): "claims that report it",
    ("Fact", "note"): "what a reader should know besides",
    ("Control", "date"): "a day, or `{from: ..., to: ...}`",
    ("Control", "about"): "the package in words",
    ("Control", "claims"): "claims from which the refusal follows",
    ("Control", "note"): "what a reader should know besides",
    ("Article", "id"): "the name of its file, without `.yaml`",
}

NOTHING = "-"
PLAIN = {
    str: "text", bool: "`true`, `false`", int: "whole number", float: "number", Span: "date or range", Any: "anything",
}  # fmt: skip

Block = type[BaseModel]


def options(shape: Any) -> list[Any]:
    """The members of a union, without None; other types alone."""
    if get_origin(shape) is Annotated:
        return options(get_args(shape)[0])
    if get_origin(shape) in (Union, types.UnionType):
        return [one for part in get_args(shape) for one in options(part) if one is not type(None)]
    return [shape]


def is_block(shape: Any) -> bool:
    """Whether a type is a block with keys of its own, and no number or date."""
    return isinstance(shape, type) and issubclass(shape, BaseModel) and not issubclass(shape, Number | Span)


def is_clause(shape: Any) -> bool:
    """Whether a type maps issues to one or more options."""
    return get_origin(shape) is dict and get_origin(options(get_args(shape)[1])[0]) is tuple


def told(shape: Any) -> str:
    """A type in words."""
    return " or ".join(dict.fromkeys(_told(one) for one in options(shape)))


def _told(shape: Any) -> str:
    if isinstance(shape, type) and issubclass(shape, Number):
        return f"[{shape.__name__}](#numbers), {shape.lowest:g} to {shape.highest:g}"
    if is_block(shape):
        plain = "text or " if getattr(shape, "plain_key", None) else ""
        return f"{plain}[{shape.__name__}](#{shape.__name__.lower()})"
    return _told_many(shape) or PLAIN[shape]


def _told_many(shape: Any) -> str:
    origin, parts = get_origin(shape), get_args(shape)
    if is_clause(shape):
        return "[clause](#clauses)"
    if origin is dict:
        return f"names to {told(parts[1])}"
    if origin is tuple:
        return f"list of {told(parts[0])}"
    return ", ".join(f"`{_written(word)}`" for word in parts) if origin is Literal else ""


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def limits(field: FieldInfo) -> str:
    """Least number of entries, pattern or bounds of a key, in words."""
    said = []
    for limit in field.metadata:
        least, most = getattr(limit, "min_length", None), getattr(limit, "max_length", None)
        said += [f"at least {least}"] if least and least > 1 else []
        said += [f"at most {most}"] if most else []
        said += [f"above {limit.gt:g}"] if getattr(limit, "gt", None) is not None else []
        said += [f"below {limit.lt:g}"] if getattr(limit, "lt", None) is not None else []
    return f" ({', '.join(said)})" if said else ""


def description(block: Block, key: str, field: FieldInfo) -> str:
    """What a key means; KeyError where neither the model nor this page says."""
    own = WORDS_IN.get((block.__name__, key))
    return field.description or own or WORDS[key]


def default(field: FieldInfo) -> str:
    """What counts where a key is left out."""
    if field.is_required():
        return "required"
    stated = re.search(r"(\S+) where left out", field.description or "")
    if stated:
        return f"`{stated[1]}`"
    value = field.default
    return NOTHING if value is None or value in ((), {}) else f"`{_written(value)}`"


def keys(block: Block) -> Iterator[tuple[str, FieldInfo]]:
    """The keys of a block as files write them."""
    for name, field in block.model_fields.items():
        if name not in HIDDEN or not issubclass(block, Sourced):
            yield field.alias or name, field


def table(block: Block) -> list[str]:
    """The keys of a block as a table."""
    rows = ["| key | type | default | meaning |", "|---|---|---|---|"]
    for key, field in keys(block):
        said = re.sub(r"[;,] \S+ where left out", "", description(block, key, field)).replace("|", "\\|")
        dated = key == "round" and issubclass(block, Dated) and field.is_required()
        given = "this or `date`" if dated else default(field)
        rows.append(f"| `{key}` | {told(field.annotation)}{limits(field)} | {given} | {said} |")
    return rows


def blocks(block: Block, place: str, found: dict[Block, list[str]]) -> dict[Block, list[str]]:
    """Every block below one, in the order of the keys, with the places where it may stand."""
    new = block not in found
    found.setdefault(block, []).append(place)
    for key, field in keys(block) if new else ():
        for shape in options(field.annotation):
            inner, step = (shape, "") if is_block(shape) else _inner(shape)
            for part in options(inner):
                if is_block(part) and part is not block:
                    blocks(part, f"{place}.{key}{step}".lstrip("."), found)
    return found


def _inner(shape: Any) -> tuple[Any, str]:
    if get_origin(shape) is dict:
        inner, step = _inner(get_args(shape)[1])
        return (inner, f".<name>{step}") if step else (get_args(shape)[1], ".<name>")
    if get_origin(shape) is tuple:
        return get_args(shape)[0], ".<id>"
    return None, ""


def section(block: Block, places: list[str]) -> list[str]:
    """One block: where it stands, what it is, its keys."""
    where = ", ".join(f"`{place}`" for place in places if place) or "the top of a file"
    said = (block.__doc__ or "").strip()
    source = " Takes `evidence` or `assumed`." if issubclass(block, Sourced) else ""
    return [f"### {block.__name__}", "", f"At {where}. {said}{source}", "", *table(block), ""]


def kinds() -> list[type[Number]]:
    """Every kind of number, plain ones first."""
    found: list[type[Number]] = []
    waiting: list[type[Number]] = [Number]
    while waiting:
        kind = waiting.pop(0)
        found.append(kind)
        waiting += kind.__subclasses__()
    return found[1:]


def numbers() -> list[str]:
    """The kinds of numbers, and the distributions with their bounds."""
    rows = ["| kind | from | to | may be uncertain | meaning |", "|---|---|---|---|---|"]
    for kind in kinds():
        said = (kind.__doc__ or "").strip().replace("|", "\\|")
        sure = "no" if kind.certain else "yes"
        rows.append(f"| {kind.__name__} | {kind.lowest:g} | {kind.highest:g} | {sure} | {said} |")
    rows += ["", "Parameters of the distributions that are given by name:", ""]
    rows += ["| form | parameters | meaning |", "|---|---|---|"]
    for name, form in (("beta", Beta), ("normal", Normal), ("lognormal", LogNormal)):
        parameters = ", ".join(f"`{key}`{limits(field)}" for key, field in keys(form))
        rows.append(f"| `{name}` | {parameters} | {(form.__doc__ or '').strip()} |")
    return rows


def seeds() -> list[str]:
    """The blocks of seed files."""
    lines: list[str] = []
    for block, where in (
        (Article, "the top of `seeds/<id>.yaml`"),
        (Claim, "`claims` of an article"),
        (Stance, "`stances` of `seeds/stances.yaml`"),
        (Control, "`controls` of `seeds/controls.yaml`"),
        (Fact, "`facts` of `seeds/record.yaml`"),
        (Text, "`tabled`, `added` and `dropped` of a fact"),
        (OlderOption, "`older` of `seeds/record.yaml`, below issue and option"),
        (Coding, "the top of `seeds/codings/<name>.yaml`"),
    ):
        lines += [f"### {block.__name__}", "", f"At {where}. {(block.__doc__ or '').strip()}", "", *table(block), ""]
    return lines


def page() -> str:
    """The whole reference."""
    found = blocks(Scenario, "", {})
    body = [line for block, places in found.items() for line in section(block, places)]
    marks = {"NUMBERS": numbers(), "BLOCKS": body, "SEEDS": seeds()}
    text = INTRODUCTION.read_text(encoding="utf-8")
    for mark, lines in marks.items():
        text = text.replace(f"<!-- {mark} -->", "\n".join(lines).strip())
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
