"""Files of a domain and its profiles, of GENIUS or of GeniusWeb, whichever they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sim.files.errors import BadInput, Fault, Mark, bad_file
from sim.files.genius import reading_json, reading_xml
from sim.files.genius.domain import Domain, Profile, Topic
from sim.files.genius.encodings import read_xml_text
from sim.files.genius.findings import Findings
from sim.files.genius.json_tree import read_json
from sim.files.genius.profile_folder import folders_told, profiles_beside
from sim.files.genius.unread import ROOTS, note_unread
from sim.files.genius.xml_tree import Element, read_xml
from sim.files.yaml.nodes import Node
from sim.scenario.problems import listed, repeated

Platform = Literal["GENIUS", "GeniusWeb"]
FEWEST, MOST = 2, 16


@dataclass(frozen=True)
class Read:
    """A domain, which platform it is of, the files of its profiles in their order, what was not carried over, and the names
    beside it of what was not even looked at.
    """

    domain: Domain
    platform: Platform
    files: tuple[Path, ...]
    notes: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


def read_domain(path: Path, profiles: Sequence[Path] = ()) -> Read:
    """A domain with its profiles.

    The first file may be a profile itself, since a profile names the issues too. Without profiles those beside a domain
    are taken, in the order of their names.

    Raises:
        BadInput: faults of all the files at once.
    """
    findings = Findings()
    root = _tree(path, findings)
    findings.settle()
    name, topics = _topics(root, findings)
    findings.settle()
    chosen = [path, *profiles] if _is_profile(root) else list(profiles)
    given = chosen or profiles_beside(path, root, _tree, findings)
    _check_number(path, given, is_beside=not chosen)
    found = [_profile(file, root, topics, findings) for file in given]
    if not chosen:
        findings.faults = _with_remedy(findings.faults, path)
    if isinstance(root, Element) and not _is_profile(root):
        note_unread(root, findings)
    findings.settle()
    named = tuple(profile for profile in found if profile is not None)
    domain = Domain(name or path.stem, topics, _apart(named, given))
    platform: Platform = "GENIUS" if isinstance(root, Element) else "GeniusWeb"
    return Read(domain, platform, tuple(given), tuple(findings.told()), tuple(findings.passed_over))


def _tree(path: Path, findings: Findings) -> Element | Node:
    text = read_xml_text(path, findings)
    first = text.lstrip()[:1]
    if first == "<":
        return read_xml(text, path, findings)
    if first in ("{", "["):
        return read_json(path, findings)
    raise BadInput([Fault(Mark(str(path), 1, 1), "", f"is neither XML nor JSON (it begins with {first or 'nothing'})")])


def _is_profile(root: Element | Node) -> bool:
    return reading_xml.is_profile(root) if isinstance(root, Element) else reading_json.is_profile(root)


def _topics(root: Element | Node, findings: Findings) -> tuple[str, tuple[Topic, ...]]:
    if isinstance(root, Element):
        return reading_xml.read_topics(root, findings)
    return reading_json.read_topics(root, findings)


def _with_remedy(faults: Sequence[Fault], path: Path) -> list[Fault]:
    """Faults of files that nobody named; the first of each file says how to leave it out."""
    remedy = f"; it lies beside {path.name}: name the profiles, to leave it out"
    told, found = {str(path)}, []
    for fault in BadInput(faults).faults:
        file = fault.mark.file if fault.mark else str(path)
        found.append(fault if file in told else replace(fault, message=fault.message + remedy))
        told.add(file)
    return found


def _check_number(path: Path, given: Sequence[Path], is_beside: bool) -> None:
    names = [file.name for file in given]
    if len(given) < FEWEST:
        said = f"needs the profiles of at least {FEWEST} parties (got {listed(names) or 'none'}); name their files too"
        raise bad_file(path, said + (folders_told(path) if is_beside else ""))
    if len(given) > MOST:
        found = f"has {len(given)} profiles {'beside it' if is_beside else 'named'}; at most {MOST} can play"
        said = f"{found}: name those that do, as in sim import {path.name} {' '.join(names[:FEWEST])} (got {listed(names)})"
        raise bad_file(path, said)


def _profile(file: Path, root: Element | Node, topics: tuple[Topic, ...], findings: Findings) -> Profile | None:
    try:
        tree = _tree(file, findings)
    except BadInput as bad:
        findings.faults += bad.faults
        return None
    if isinstance(tree, Element) != isinstance(root, Element):
        wanted = "XML, as the domain is" if isinstance(root, Element) else "JSON, as the domain is"
        findings.fault(Mark(str(file), 1, 1), "", f"must be {wanted}")
        return None
    if not _is_profile(tree) and not (isinstance(tree, Element) and tree.tag not in ROOTS):
        findings.fault(tree.mark, "", "is a domain, not a profile: it says nothing of what a party wants")
        return None
    if isinstance(tree, Element):
        note_unread(tree, findings)
        return reading_xml.read_profile(tree, topics, file, findings)
    return reading_json.read_profile(tree, topics, file, findings)


def _apart(profiles: Sequence[Profile], files: Sequence[Path]) -> tuple[Profile, ...]:
    """Profiles of one name are told apart by their files, and those of one file by a number."""
    names = [profile.name for profile in profiles]
    again = {names[index] for index in repeated(names)}
    names = [file.stem if name in again else name for name, file in zip(names, files, strict=True)]
    for index in repeated(names):
        names[index] = f"{names[index]} ({index + 1})"
    return tuple(replace(profile, name=name) for profile, name in zip(profiles, names, strict=True))
