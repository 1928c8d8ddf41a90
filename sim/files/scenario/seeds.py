"""Seed files: articles with their claims, recorded stances, negative controls, and the record of what happened."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from sim.evidence import Article, Claim, Controls, Evidence, Fact, Facts, Inquiry, Stances
from sim.files.errors import BadInput, Fault, bad_file
from sim.files.text_files import elsewhere
from sim.files.yaml.dotted_paths import dotted, marked
from sim.files.yaml.nodes import Node, to_plain
from sim.files.yaml.reading import read_yaml
from sim.scenario.parsing.parse import parse_article, parse_controls, parse_record, parse_stances
from sim.scenario.problems import Problem, repeated, unknown

STANCES, CONTROLS, RECORD, FACTS = "stances", "controls", "record", "facts"

M = TypeVar("M", Article, Stances, Controls, Facts)


def read_seeds(folder: Path, within: Sequence[Path] = ()) -> tuple[Evidence, tuple[Path, ...]]:
    """Everything in the seed files of a folder, and which files they are, all within those folders if any.

    Raises:
        BadInput: faults of all the files at once.
    """
    outside = elsewhere(folder, within)
    if outside:
        raise bad_file(folder, outside)
    files = tuple(sorted(folder.glob("*.yaml")))
    faults: list[Fault] = []
    articles: list[Article] = []
    stances, controls, record = Stances(stances=()), Controls(controls=()), Facts(facts=())
    for file in files:
        try:
            read = _read(file, within)
        except BadInput as bad:
            faults += bad.faults
            continue
        if isinstance(read, Article):
            articles.append(read)
        elif isinstance(read, Stances):
            stances = read
        elif isinstance(read, Facts):
            record = read
        else:
            controls = read
    evidence = Evidence(articles=tuple(articles), stances=stances.stances, controls=controls.controls, record=record)
    if not faults:
        for key, name, listed in (
            (STANCES, STANCES, evidence.stances),
            (CONTROLS, CONTROLS, evidence.controls),
            (RECORD, FACTS, evidence.record.facts),
        ):
            found = _unknown_claims(name, listed, evidence.claims())
            faults += located_in(folder / f"{key}.yaml", found, within)
    if faults:
        raise BadInput(faults)
    return evidence, files


def _read(file: Path, within: Sequence[Path]) -> Article | Stances | Controls | Facts:
    if file.stem == STANCES:
        return read_stances(file, within)
    if file.stem == RECORD:
        return read_record(file, within)
    if file.stem == CONTROLS:
        return read_controls(file, within)
    return _parsed(file, within, parse_article, lambda read: _article_problems(read, file.stem))


def read_stances(file: Path, within: Sequence[Path] = ()) -> Stances:
    """A list of recorded answers, in the format of `stances.yaml`; whether its claims exist is not looked at.

    Raises:
        BadInput: faults of the file, all at once.
    """
    return _parsed(file, within, parse_stances, lambda read: _twice(STANCES, read.stances))


def read_controls(file: Path, within: Sequence[Path] = ()) -> Controls:
    """A list of negative controls, in the format of `controls.yaml`; otherwise as `read_stances`."""
    return _parsed(file, within, parse_controls, lambda read: _twice(CONTROLS, read.controls))


def read_record(file: Path, within: Sequence[Path] = ()) -> Facts:
    """Dated facts, in the format of `record.yaml`; otherwise as `read_stances`."""
    return _parsed(file, within, parse_record, lambda read: _twice(FACTS, read.facts))


def _parsed(
    file: Path,
    within: Sequence[Path],
    parse: Callable[[object], M | list[Problem]],
    problems: Callable[[M], Iterable[Problem]],
) -> M:
    """A file as its model, which has those problems."""
    root = read_yaml(file, within)
    read = parse(to_plain(root))
    found = read if isinstance(read, list) else list(problems(read))
    if found or isinstance(read, list):
        raise BadInput(located(root, found))
    return read


def located_in(file: Path, problems: list[Problem], within: Sequence[Path] = ()) -> list[Fault]:
    """Problems at their places in a file."""
    return located(read_yaml(file, within), problems) if problems else []


def located(root: Node, problems: list[Problem]) -> list[Fault]:
    """Problems at their places in a tree."""
    return [
        Fault(marked(root, problem.path, problem.on_key), dotted(root, problem.path), problem.message)
        for problem in problems
    ]


def _article_problems(article: Article, stem: str) -> Iterator[Problem]:
    if article.id != stem:
        yield Problem(("id",), f"must be the name of its file, {stem} (got {article.id})")
    yield from _twice("claims", article.claims)


def check_claims(file: Path, key: str, listed: Iterable[Inquiry], evidence: Evidence) -> None:
    """A list of one's own may cite other sources; what it cites of a source that is known must be there.

    Raises:
        BadInput: claims that such a source does not have.
    """
    known = {article.id for article in evidence.articles}
    faults = _unknown_claims(key, listed, evidence.claims(), known)
    if faults:
        raise BadInput(located_in(file, faults))


def _unknown_claims(
    key: str, listed: Iterable[Inquiry | Fact], claims: Collection[str], sources: Collection[str] | None = None
) -> list[Problem]:
    """Claims that are not there; with `sources`, only of these."""
    return [
        Problem((key, index, "claims", place), unknown("claim", claim, claims))
        for index, inquiry in enumerate(listed)
        for place, claim in enumerate(inquiry.claims)
        if claim not in claims and (sources is None or claim.partition(".")[0] in sources)
    ]


def _twice(key: str, listed: Sequence[Claim | Inquiry | Fact]) -> Iterator[Problem]:
    ids = [one.id for one in listed]
    for index in repeated(ids):
        yield Problem((key, index, "id"), f"stands there twice (got {ids[index]})")
