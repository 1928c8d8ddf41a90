"""Seed files: articles with their claims, recorded stances, negative controls, and the record of what happened."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from sim.evidence import Article, Controls, Evidence, Fact, Facts, Inquiry, Stances
from sim.files.errors import BadInput, Fault, bad_file
from sim.files.text_files import elsewhere
from sim.files.yaml.dotted_paths import dotted, marked
from sim.files.yaml.nodes import Node, read_yaml, to_plain
from sim.scenario.parsing.parse import parse_article, parse_controls, parse_record, parse_stances
from sim.scenario.problems import Problem, repeated, unknown

STANCES, CONTROLS, RECORD, FACTS = "stances", "controls", "record", "facts"


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
    return read_controls(file, within) if file.stem == CONTROLS else _article(file, within)


def read_stances(file: Path, within: Sequence[Path] = ()) -> Stances:
    """A list of recorded answers, in the format of `stances.yaml`; whether its claims exist is not looked at.

    Raises:
        BadInput: faults of the file, all at once.
    """
    root = read_yaml(file, within)
    stances = parse_stances(to_plain(root))
    faults = stances if isinstance(stances, list) else list(_twice(STANCES, [one.id for one in stances.stances]))
    if faults or isinstance(stances, list):
        raise BadInput(located(root, faults))
    return stances


def read_controls(file: Path, within: Sequence[Path] = ()) -> Controls:
    """A list of negative controls, in the format of `controls.yaml`; whether its claims exist is not looked at.

    Raises:
        BadInput: faults of the file, all at once.
    """
    root = read_yaml(file, within)
    controls = parse_controls(to_plain(root))
    faults = controls if isinstance(controls, list) else list(_twice(CONTROLS, [one.id for one in controls.controls]))
    if faults or isinstance(controls, list):
        raise BadInput(located(root, faults))
    return controls


def read_record(file: Path, within: Sequence[Path] = ()) -> Facts:
    """Dated facts, in the format of `record.yaml`; whether their claims exist is not looked at.

    Raises:
        BadInput: faults of the file, all at once.
    """
    root = read_yaml(file, within)
    record = parse_record(to_plain(root))
    faults = record if isinstance(record, list) else list(_twice(FACTS, [one.id for one in record.facts]))
    if faults or isinstance(record, list):
        raise BadInput(located(root, faults))
    return record


def located_in(file: Path, problems: list[Problem], within: Sequence[Path] = ()) -> list[Fault]:
    """Problems at their places in a file."""
    return located(read_yaml(file, within), problems) if problems else []


def located(root: Node, problems: list[Problem]) -> list[Fault]:
    """Problems at their places in a tree."""
    return [
        Fault(marked(root, problem.path, problem.on_key), dotted(root, problem.path), problem.message)
        for problem in problems
    ]


def _article(file: Path, within: Sequence[Path]) -> Article:
    root = read_yaml(file, within)
    article = parse_article(to_plain(root))
    faults = article if isinstance(article, list) else list(_article_problems(article, file.stem))
    if faults or isinstance(article, list):
        raise BadInput(located(root, faults))
    return article


def _article_problems(article: Article, stem: str) -> Iterator[Problem]:
    if article.id != stem:
        yield Problem(("id",), f"must be the name of its file, {stem} (got {article.id})")
    yield from _twice("claims", [claim.id for claim in article.claims])


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


def _twice(key: str, ids: list[str]) -> Iterator[Problem]:
    for index in repeated(ids):
        yield Problem((key, index, "id"), f"stands there twice (got {ids[index]})")
