"""Seed files: the articles with their claims, and the recorded stances."""

from collections.abc import Iterator
from pathlib import Path

from sim.evidence import Article, Evidence, Stances
from sim.files.errors import BadInput, Fault
from sim.files.nodes import Node, read_yaml, to_plain
from sim.files.trees import dotted, marked
from sim.scenario.parse import parse_article, parse_stances
from sim.scenario.problems import Problem, repeated, unknown

SEEDS = "seeds"
STANCES = "stances"


def seeds_folder(scenario: Path) -> Path | None:
    """The folder `seeds` in the nearest folder above a scenario file that has one."""
    folders = (folder / SEEDS for folder in scenario.absolute().parents)
    return next((folder for folder in folders if folder.is_dir()), None)


def read_seeds(folder: Path) -> tuple[Evidence, tuple[Path, ...]]:
    """Everything in the seed files of a folder, and which files they are.

    Raises:
        BadInput: faults of all the files at once.
    """
    files = tuple(sorted(folder.glob("*.yaml")))
    faults: list[Fault] = []
    articles: list[Article] = []
    stances = Stances(stances=())
    for file in files:
        try:
            read = read_stances(file) if file.stem == STANCES else _article(file)
        except BadInput as bad:
            faults += bad.faults
            continue
        if isinstance(read, Article):
            articles.append(read)
        else:
            stances = read
    evidence = Evidence(articles=tuple(articles), stances=stances.stances)
    if not faults:
        faults = _unknown_claims(folder / f"{STANCES}.yaml", evidence)
    if faults:
        raise BadInput(faults)
    return evidence, files


def read_stances(file: Path) -> Stances:
    """A list of recorded answers, in the format of `stances.yaml`; whether its claims exist is not looked at.

    Raises:
        BadInput: faults of the file, all at once.
    """
    root = read_yaml(file)
    stances = parse_stances(to_plain(root))
    faults = stances if isinstance(stances, list) else list(_twice("stances", [one.id for one in stances.stances]))
    if faults or isinstance(stances, list):
        raise BadInput(located(root, faults))
    return stances


def located_in(file: Path, problems: list[Problem]) -> list[Fault]:
    """Problems at their places in a file."""
    return located(read_yaml(file), problems) if problems else []


def located(root: Node, problems: list[Problem]) -> list[Fault]:
    """Problems at their places in a tree."""
    return [
        Fault(marked(root, problem.path, problem.on_key), dotted(root, problem.path), problem.message)
        for problem in problems
    ]


def _article(file: Path) -> Article:
    root = read_yaml(file)
    article = parse_article(to_plain(root))
    faults = article if isinstance(article, list) else list(_article_problems(article, file.stem))
    if faults or isinstance(article, list):
        raise BadInput(located(root, faults))
    return article


def _article_problems(article: Article, stem: str) -> Iterator[Problem]:
    if article.id != stem:
        yield Problem(("id",), f"must be the name of its file, {stem} (got {article.id})")
    yield from _twice("claims", [claim.id for claim in article.claims])


def _unknown_claims(file: Path, evidence: Evidence) -> list[Fault]:
    claims = evidence.claims()
    found = [
        Problem(("stances", index, "claims", place), unknown("claim", claim, claims))
        for index, stance in enumerate(evidence.stances)
        for place, claim in enumerate(stance.claims)
        if claim not in claims
    ]
    return located_in(file, found)


def _twice(key: str, ids: list[str]) -> Iterator[Problem]:
    for index in repeated(ids):
        yield Problem((key, index, "id"), f"stands there twice (got {ids[index]})")
