"""A domain as a scenario file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.files.errors import bad_option
from sim.files.genius.domain import Domain, Profile
from sim.files.genius.labels import ids_of
from sim.files.genius.yaml_text import yaml_text
from sim.files.text_files import LARGEST
from sim.scenario.parsing.parse import parse
from sim.scenario.problems import listed

ROUNDS = 40
ASSUMED = (
    f"tactics: concession exponent 1 (linear), own deadline {ROUNDS} rounds",
    f"length of the talks: {ROUNDS} rounds of alternating offers",
)
"""What the files do not say and a scenario needs."""

_TACTICS = "the domain leaves tactics to the players; linear is the plainest"
_LENGTH = "the domain has no rounds; long enough for all to come down"


def scenario_text(domain: Domain, platform: str, files: Sequence[Path]) -> str:
    """YAML of the scenario; `files` are those of the profiles, named as the source of each party's numbers.

    Raises:
        BadInput: it would be larger than a scenario file may be.
    """
    names = [file.name for file in files]
    data = _scenario(domain, platform, names)
    assert not isinstance(parse(data), list)
    text = yaml_text(data, f"Written by sim import from {listed(names)}.")
    if len(text.encode()) > LARGEST:
        raise bad_option("", f"the scenario would be larger than {LARGEST // 1024} kB")
    return text


def _scenario(domain: Domain, platform: str, files: Sequence[str]) -> dict[str, Any]:
    issues = ids_of([topic.name for topic in domain.topics])
    options = [ids_of(topic.values) for topic in domain.topics]
    parties = ids_of([profile.name for profile in domain.profiles])
    return {
        "title": domain.name,
        "summary": f"A domain of {platform}: {len(parties)} parties, {len(issues)} issues, {domain.packages} packages.",
        "round": "round",
        "issues": {
            issue: {"title": topic.name, "options": dict(zip(ids, topic.values, strict=True))}
            for issue, ids, topic in zip(issues, options, domain.topics, strict=True)
        },
        "parties": {
            party: _party(profile, issues, options, f"as in the {platform} profile {file}")
            for party, profile, file in zip(parties, domain.profiles, files, strict=True)
        },
        "consent": [{"says": "A deal needs everybody", "all_of": list(parties)}],
        "phases": [{"id": "talks", "rounds": {"value": ROUNDS, "assumed": _LENGTH}, "protocol": "alternating"}],
    }


def _party(profile: Profile, issues: Sequence[str], options: Sequence[tuple[str, ...]], source: str) -> dict[str, Any]:
    cares = [i for i, weight in enumerate(profile.weights) if weight > 0.0 or any(profile.values[i])]
    no_deal: dict[str, Any] = {"base": profile.reserved}
    if profile.bid is not None:
        no_deal = {"like": {issue: options[i][profile.bid[i]] for i, issue in enumerate(issues)}}
    return {
        "name": profile.name,
        "role": "stakeholder",
        "assumed": source,
        "priorities": {
            issues[i]: {
                "weight": profile.weights[i],
                "values": dict(zip(options[i], profile.values[i], strict=True)),
            }
            for i in cares
        },
        "no_deal": no_deal,
        "concession": {
            "exponent": {"value": 1, "assumed": _TACTICS},
            "deadline": {"value": ROUNDS, "assumed": _TACTICS},
        },
    }
