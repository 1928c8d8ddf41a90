"""Scenarios of version 0.1 for this one: what goes, what takes its place, and what is left to their authors.

A file is changed in its text, so that it stays as it was written; the scenario in an old result is changed as plain data.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.compiling.stated_numbers import Ledger
from sim.files.errors import BadInput, Fault, Mark
from sim.files.scenario.layers import WITHOUT, layered
from sim.files.scenario.projects import project_of
from sim.files.text_files import read_text
from sim.files.yaml.edits import Add, Drop, Edit, NoPlaceError, Way, edited
from sim.files.yaml.nodes import parse_yaml, to_plain
from sim.files.yaml.reading import read_yaml
from sim.scenario.quantities import Share

HEED, LASTING, CORRELATION, CARRIED_OUT = "heed", "lasting", "firmness_correlation", "carried_out"
EVEN = 0.5
"""Chance of a threat where nothing says how far anybody heeded it."""

NOTE = "lasting, of 0.1, stood here: say how far each party trusts a deal (trust) and what makes it last (protections)"


@dataclass(frozen=True)
class Change:
    """One change, in words, and what its author should look at."""

    edit: Edit
    path: str
    says: str
    look: str = ""


@dataclass(frozen=True)
class Migrated:
    """A file for this version."""

    text: str
    changes: tuple[Change, ...]
    others: tuple[str, ...]  # files that it uses and that need the same


def is_gone(path: str) -> bool:
    """Whether a dotted path of version 0.1 leads to what this version does not have."""
    first, *rest = path.split(".")
    return first in (LASTING, CORRELATION) or (first == "parties" and rest[1:2] == [HEED])


def migrated_file(path: Path) -> Migrated:
    """A scenario file, or a part of one, for this version; without changes where it needs none.

    Raises:
        BadInput: it cannot be read, or its layout leaves no place for a change.
    """
    own, text = to_plain(read_yaml(path)), read_text(path)
    whole, files = _whole(path, own)
    found = tuple(changes(own, whole))
    others = tuple(str(file) for file in files if file.resolve() != path.resolve() and _is_old(file))
    try:
        new = edited(text, [change.edit for change in found])
        if to_plain(parse_yaml(new, Mark(str(path)))) != migrated(own, whole):
            raise NoPlaceError("its layout is unusual")
    except (NoPlaceError, BadInput) as error:
        said = f"cannot be rewritten in place ({error}); by hand: {'; '.join(each.path for each in found)}"
        raise BadInput([Fault(Mark(str(path)), "", said)]) from None
    return Migrated(new, found, others)


def _whole(path: Path, own: Any) -> tuple[Any, Sequence[Path]]:
    """The data of a file with all that it uses; its own where that cannot be laid together."""
    try:
        tree, files = layered(path, project_of(path).within)
    except BadInput:
        return own, ()
    return to_plain(tree), files


def _is_old(path: Path) -> bool:
    return any(changes(own := to_plain(read_yaml(path)), own))


def migrated(own: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> Any:
    """Plain data of version 0.1 for this one. `whole`: with all that it uses, where it is a part."""
    new = deepcopy(own)
    for change in reversed(list(changes(own, own if whole is None else whole))):
        _apply(new, change.edit)
    return new


def _apply(data: Any, edit: Edit) -> None:
    way = edit.at if isinstance(edit, Drop) else edit.after
    for step in way[:-1]:
        data = data[step]
    if isinstance(edit, Drop):
        del data[way[-1]]
    elif edit.key:
        data[edit.key] = to_plain(parse_yaml(edit.text, Mark(edit.key), fixed=True))
    else:
        data.insert(int(way[-1]) + 1, edit.text)


def changes(own: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[Change]:
    """What version 0.1 said in a file and this one does not know, or asks for beside it, part by part."""
    heeds = _heeds(whole)
    yield from _heed(own)
    if LASTING in own:
        yield Change(
            Drop((LASTING,), NOTE),
            LASTING,
            "dropped; a comment stands in its place",
            "how far does each party trust a deal (trust), does a pause move fortunes against it (rearm), and which options "
            "make the deal last (protections)? Without them every deal lasts",
        )
    if CORRELATION in own:
        yield Change(Drop((CORRELATION,)), CORRELATION, "dropped; each red line is real or not by its own firmness")
    yield from _levers(own, whole, heeds)
    yield from _departure(own, whole, heeds)
    yield from _without(own, heeds)


def _heed(own: Mapping[str, Any]) -> Iterator[Change]:
    """Drop it from every party, and with it blocks that said nothing else."""
    parties = _dict(own, "parties")
    having = [name for name, party in parties.items() if isinstance(party, dict) and HEED in party]
    bare = [name for name in having if len(parties[name]) == 1]
    says = f"dropped; a threat now states the chance that it is carried out ({CARRIED_OUT}), and all reckon with that"
    if bare and len(bare) == len(parties) < len(own):
        yield Change(Drop(("parties",)), "parties", f"{HEED} {says}")
        return
    for name in having:
        way: Way = ("parties", name) if name in bare else ("parties", name, HEED)
        yield Change(Drop(way), f"parties.{name}.{HEED}", says)


def _levers(own: Mapping[str, Any], whole: Mapping[str, Any], heeds: Mapping[str, float]) -> Iterator[Change]:
    known = {lever.get("id"): lever for lever in _dicts(whole, "levers")}
    for k, lever in enumerate(_list(own, "levers")):
        if not isinstance(lever, dict) or "threatened" not in lever:
            continue
        entire = {**known.get(lever.get("id"), {}), **lever}
        if CARRIED_OUT in entire:
            continue
        chance, source = _chance(heeds.get(str(entire.get("on"))))
        yield Change(
            Add(("levers", k, "threatened"), CARRIED_OUT, _number(chance, source)),
            f"levers.{lever.get('id', k)}.{CARRIED_OUT}",
            f"added: {chance:g}, {source}",
            _sure("it was pulled", "round" in str(entire.get("when")), "pulled on its date"),
        )


def _departure(own: Mapping[str, Any], whole: Mapping[str, Any], heeds: Mapping[str, float]) -> Iterator[Change]:
    leave = _dict(own, "walk_away")
    if "deadline" not in leave or not heeds or CARRIED_OUT in {**_dict(whole, "walk_away"), **leave}:
        return
    chance, source = _chance(float(np.median(list(heeds.values()))))
    yield Change(
        Add(("walk_away", "deadline"), CARRIED_OUT, _number(chance, source)),
        f"walk_away.{CARRIED_OUT}",
        f"added: {chance:g}, {source} (the median of all parties)",
        _sure("it left", True, "gone on its date"),
    )


def _sure(was: str, dated: bool, now: str) -> str:
    """What the chance of a threat changes besides how far it is reckoned with."""
    if not dated:
        return "is the chance with which parties reckon that it comes"
    return (
        f"in 0.1 {was} for sure; now with this chance. Say 1 if it is {now} for sure, and `slips` if the date may move"
    )


def _without(own: Mapping[str, Any], heeds: Mapping[str, float]) -> Iterator[Change]:
    """Paths to drop from files below: those that are gone go, and a threat goes with its chance."""
    listed = _list(own, WITHOUT)
    gone = [k for k, path in enumerate(listed) if is_gone(str(path))]
    if gone and len(gone) == len(listed):
        yield Change(Drop((WITHOUT,)), WITHOUT, "dropped; what it named is gone")
        return
    for k, path in enumerate(map(str, listed)):
        if k in gone:
            yield Change(Drop((WITHOUT, k)), f"{WITHOUT}.{k}", f"dropped; {path} is gone")
            continue
        first, _, last = path.rpartition(".")
        beside = f"{first}.{CARRIED_OUT}"
        is_threat = last == "threatened" or (path == "walk_away.deadline" and heeds)
        if is_threat and beside not in listed:
            yield Change(Add((WITHOUT, k), "", beside), f"{WITHOUT}.{k}", f"{beside} added: it goes with {path}")


def _chance(heed: float | None) -> tuple[float, str]:
    if heed is None:
        return EVEN, f"even, as no {HEED} was stated"
    return float(f"{heed:.3g}"), f"taken over from {HEED}"


def _number(chance: float, source: str) -> str:
    return f'{{value: {chance:g}, assumed: "{source}"}}'


def _heeds(whole: Mapping[str, Any]) -> dict[str, float]:
    """The median of the heed of each party that states one."""
    found = {}
    for name, party in _dict(whole, "parties").items():
        if isinstance(party, dict) and HEED in party:
            try:
                number = Share.model_validate(party[HEED])
            except ValueError:
                continue
            median = np.zeros(1)
            Ledger().put(median, "", (0,), number, "")
            found[name] = float(median[0])
    return found


def _dict(data: Any, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, dict) else {}


def _list(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, list) else []


def _dicts(data: Any, key: str) -> list[dict[str, Any]]:
    return [each for each in _list(data, key) if isinstance(each, dict)]
