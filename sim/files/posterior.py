"""Posterior files: the draws of a scenario that fit a record, for studies that play no others."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.analysis.influence import number_of
from sim.files.errors import BadInput, Fault, Mark, bad_file, bad_option
from sim.files.regular_files import Unreadable, read_regular
from sim.files.result.manifest import digest
from sim.files.result.plain_json import LARGEST, NotPlain, decoded
from sim.files.scenario.reader import Loaded
from sim.files.yaml.nodes import from_plain
from sim.scenario.parsing.parse import parse
from sim.scenario.provenance import numbers

KIND = "posterior"
"""What the file says that it is."""

DRAWS = "draws"
"""Key of a scenario that says which runs are played."""

_DRAWS = ("seed", "of", "runs", "fit")
"""Keys of what a scenario keeps."""


@dataclass(frozen=True)
class Posterior:
    """What a study needs of a posterior file, and what tells whether it is of the same scenario."""

    file: Path
    draws: dict[str, Any]  # as the key `draws` of a scenario
    scenario: str
    scenario_hash: str
    moved: tuple[str, ...]  # paths of numbers that the record moves
    overrides: tuple[str, ...] = ()  # what was set when it was made, each as `path=value`


def posterior_text(data: dict[str, Any]) -> str:
    """What is written of a posterior."""
    return json.dumps({"kind": KIND, **data}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_posterior(path: Path) -> Posterior:
    """A posterior file, as `sim calibrate --save` writes it.

    Raises:
        BadInput: it cannot be read, or is none.
    """
    try:
        held = decoded(read_regular(path, LARGEST))
    except (Unreadable, NotPlain) as error:
        raise bad_file(path, str(error)) from None
    if not isinstance(held, dict) or held.get("kind") != KIND:
        raise bad_file(path, "is no posterior; sim calibrate SCENARIO --save FILE.json writes one")
    draws = held.get("draws")
    if not isinstance(draws, dict) or sorted(draws) != sorted(_DRAWS):
        raise bad_file(path, f"draws: must have {', '.join(_DRAWS)} and nothing else")
    moved = held.get("moved")
    paths = [one.get("path") for one in moved if isinstance(one, dict)] if isinstance(moved, list) else []
    named = str(held.get("scenario", "")), str(held.get("scenario_hash", ""))
    was_set = held.get("overrides")
    changes = tuple(f"{key}={value}" for key, value in was_set.items()) if isinstance(was_set, dict) else ()
    return Posterior(path, draws, *named, tuple(str(each) for each in paths), changes)


def conditioned(loaded: Loaded, posterior: Posterior) -> Loaded:
    """A scenario of which only the draws of a posterior are played.

    Raises:
        BadInput: the file keeps no runs that can be played, or the scenario keeps some of its own.
    """
    if loaded.scenario.draws is not None:
        raise bad_option("--posterior", "the scenario keeps some draws already (`draws`); name one that keeps all")
    assert isinstance(loaded.root.value, dict)
    plain = {**loaded.plain, DRAWS: posterior.draws}
    scenario = parse(plain)
    if isinstance(scenario, list):
        raise BadInput(
            [Fault(Mark(str(posterior.file)), ".".join(map(str, one.path)), one.message) for one in scenario]
        )
    root = replace(
        loaded.root, value={**loaded.root.value, DRAWS: from_plain(posterior.draws, Mark(str(posterior.file)))}
    )
    kept = loaded.scenario.model_copy(update={DRAWS: scenario.draws})
    return replace(loaded, scenario=kept, root=root, plain=plain)


def strangeness(loaded: Loaded, posterior: Posterior) -> str:
    """What to say where a posterior is of another scenario than is played with it; nothing where it is of the same.

    Raises:
        BadInput: the scenario has none of the numbers that the record moved.
    """
    if digest(loaded.plain) == posterior.scenario_hash:
        return ""
    known = {entry.path for entry in numbers(loaded.scenario)}
    shared = sum(number_of(path) in known for path in posterior.moved)
    if posterior.moved and not shared:
        raise bad_option(
            "--posterior",
            f"{posterior.file} is about {posterior.scenario}, and {loaded.scenario.title} has none of the numbers that its "
            "record moves",
        )
    changed = f" with {', '.join(posterior.overrides)}" if posterior.overrides else ""
    return (
        f"{posterior.file} was made of {posterior.scenario}{changed}, which differs from \u201c{loaded.scenario.title}\u201d "
        f"as it is played: the same runs are played, it has {shared} of the {len(posterior.moved)} numbers that the record "
        "moved, and what it states otherwise stays so"
    )
