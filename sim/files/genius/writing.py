"""A domain as files of GENIUS (XML) or GeniusWeb (JSON): one for the domain, one for each party."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from sim.files.genius.domain import Domain, Profile, Topic
from sim.files.genius.labels import ids_of

_FILE = re.compile(r"\w[\w .()-]*")


def genius_files(domain: Domain) -> dict[str, str]:
    """Names and texts of GENIUS XML files, the domain first.

    GENIUS divides evaluations by the largest of an issue, so the largest value goes into the weight: weights then sum to
    less than 1 where no package is worth 1, and every utility stays what it is.
    """
    stems = _stems(domain)
    return {f"{stems[0]}.xml": _xml_domain(domain)} | {
        f"{stem}.xml": _xml_profile(domain, profile) for stem, profile in zip(stems[1:], domain.profiles, strict=True)
    }


def geniusweb_files(domain: Domain) -> dict[str, str]:
    """Names and texts of GeniusWeb JSON files, the domain first."""
    stems = _stems(domain)
    values = {each.name: {"values": list(each.values)} for each in domain.topics}
    body = {"name": domain.name, "issuesValues": values}
    return {f"{stems[0]}.json": _json(body)} | {
        f"{stem}.json": _json(_json_profile(domain, profile, body))
        for stem, profile in zip(stems[1:], domain.profiles, strict=True)
    }


def _stems(domain: Domain) -> list[str]:
    """Names of files without their ending: of the domain, then of each party by its name, all different in any case."""
    names = [profile.name for profile in domain.profiles]
    usable = all(_FILE.fullmatch(name) and not name.endswith((" ", ".")) for name in names)
    stems = names if usable and len({name.lower() for name in names}) == len(names) else list(ids_of(names))
    for k, stem in enumerate(stems):
        earlier = {other.lower() for other in stems[:k]}
        while stems[k].lower() in earlier:
            stems[k] = f"{stem}_{k + 1}"
    first = "domain"
    while first in {stem.lower() for stem in stems}:
        first += "_"
    return [first, *stems]


def _xml_domain(domain: Domain) -> str:
    issues = [line for k, topic in enumerate(domain.topics, 1) for line in _xml_issue(k, topic)]
    space = f'  <utility_space number_of_issues="{len(domain.topics)}">'
    lines = ["<negotiation_template>", space, *_objective(domain.name, issues, "    "), "  </utility_space>"]
    return "\n".join([*lines, "</negotiation_template>", ""])


def _xml_profile(domain: Domain, profile: Profile) -> str:
    body = [
        line
        for k, (topic, values) in enumerate(zip(domain.topics, profile.values, strict=True), 1)
        for line in _xml_issue(k, topic, values)
    ]
    for k, (weight, values) in enumerate(zip(profile.weights, profile.values, strict=True), 1):
        body.append(f'<weight index="{k}" value="{weight * max(values)!r}"/>')
    reserved = f'  <reservation value="{profile.reserved!r}"/>'
    return "\n".join(["<utility_space>", *_objective(domain.name, body, "  "), reserved, "</utility_space>", ""])


def _objective(name: str, body: Sequence[str], indent: str) -> Iterator[str]:
    yield f'{indent}<objective index="0" name={_attribute(name)} description="" type="objective" etype="objective">'
    yield from (f"{indent}  {line}" for line in body)
    yield f"{indent}</objective>"


def _xml_issue(index: int, topic: Topic, values: Sequence[float] | None = None) -> Iterator[str]:
    name = _attribute(topic.name)
    yield f'<issue index="{index}" name={name} type="discrete" etype="discrete" vtype="discrete">'
    largest = max(values or (0.0,)) or 1.0
    for k, value in enumerate(topic.values):
        worth = f' evaluation="{values[k] / largest!r}"' if values is not None else ""
        yield f'  <item index="{k + 1}" value={_attribute(value)}{worth}/>'
    yield "</issue>"


def _attribute(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def _json(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _json_profile(domain: Domain, profile: Profile, body: dict[str, Any]) -> dict[str, Any]:
    space: dict[str, Any] = {
        "issueUtilities": {
            topic.name: {"discreteutils": {"valueUtilities": dict(zip(topic.values, values, strict=True))}}
            for topic, values in zip(domain.topics, profile.values, strict=True)
        },
        "issueWeights": {
            topic.name: weight for topic, weight in zip(domain.topics, _exact(profile.weights), strict=True)
        },
        "domain": body,
        "name": profile.name,
    }
    if profile.bid is not None:
        chosen = {topic.name: topic.values[o] for topic, o in zip(domain.topics, profile.bid, strict=True)}
        space["reservationBid"] = {"issuevalues": chosen}
    return {"LinearAdditiveUtilitySpace": space}


def _exact(weights: Sequence[float]) -> list[float]:
    """Weights whose decimals sum to exactly 1, as GeniusWeb demands.

    They have fifteen digits, which a float holds; the largest one takes the rest.
    """
    rounded = [Decimal(repr(weight)).quantize(Decimal("1e-15")) for weight in weights]
    largest = rounded.index(max(rounded))
    rounded[largest] += 1 - sum(rounded)
    return [float(weight) for weight in rounded]
