"""Drafts: the terms that a user asks parties about, from words on the command line, a file, or something by its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.files.errors import BadInput, Fault, bad_file, bad_option
from sim.files.scenario.reader import Loaded
from sim.files.text_files import unreadable
from sim.files.yaml.nodes import Node, to_plain
from sim.files.yaml.reading import read_yaml
from sim.scenario import Scenario
from sim.scenario.agenda import Issue
from sim.scenario.problems import listed, near, seen, suggestion, unknown

TERMS, TITLE = "terms", "title"
ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Terms:
    """What a draft names, and what it is called."""

    title: str
    terms: dict[str, str]  # issue: option

    def __str__(self) -> str:
        return self.title


def terms_of_words(scenario: Scenario, words: Sequence[str]) -> dict[str, str]:
    """Terms from `issue=option`.

    Raises:
        BadInput: all that is wrong with them.
    """
    faults: list[Fault] = []
    found: dict[str, str] = {}
    for word in words:
        issue, sign, option = (part.strip() for part in word.partition("="))
        wrong = _wrong(scenario.issues, issue, option) if sign and issue else _no_term(scenario, issue)
        wrong = wrong or ("its issue stands there twice" if issue in found else "")
        if wrong:
            faults.append(Fault(None, word, wrong))
        found[issue] = option
    if faults:
        raise BadInput(faults)
    return found


def terms_named(loaded: Loaded, option: str, given: str) -> Terms:
    """Terms of a file, of the scenario's proposals, of a reported answer, or a party's position.

    Raises:
        BadInput: nothing has that name, or what is wrong with the file.
    """
    path = Path(given)
    if path.suffix in ENDINGS or not unreadable(path):
        return _of_file(loaded.scenario, path)
    known = known_terms(loaded)
    if given not in known:
        if given and (reason := unreadable(path, missing="")):
            raise bad_file(path, reason)
        raise bad_option(
            option,
            f"no file, documented proposal, reported answer or party has this name (got {given or 'empty text'})"
            f"{suggestion(given, list(known))}",
        )
    wrong = [
        Fault(None, f"{option} {given}", message)
        for issue, chosen in known[given].items()
        if (message := _wrong(loaded.scenario.issues, issue, chosen))
    ]
    if wrong:
        raise BadInput(wrong)
    return Terms(given, dict(known[given]))


def known_terms(loaded: Loaded) -> dict[str, Mapping[str, str]]:
    """What has a name and says terms: the position of each party, reported answers, proposals of the scenario."""
    scenario = loaded.scenario
    positions = {name: position_of(scenario, name) for name, party in scenario.parties.items() if party.position}
    answers = {stance.id: stance.proposal for stance in loaded.evidence.stances}
    tabled = {each.id: each.terms for each in scenario.proposals}
    own = {"proposal": scenario.proposal.terms} if scenario.proposal else {}
    return {**positions, **answers, **tabled, **own}


def position_of(scenario: Scenario, party: str) -> dict[str, str]:
    """What a party has put forward, by issue."""
    return {issue: stand.option for issue, stand in scenario.parties[party].position.items()}


def _of_file(scenario: Scenario, path: Path) -> Terms:
    """A draft of a YAML file: issues and options at its top, or under `terms` beside a `title`."""
    root = read_yaml(path)
    top, title, faults = _children(root), path.stem, list[Fault]()
    if TERMS in top and TERMS not in scenario.issues and isinstance(top[TERMS].value, dict):
        strange = [(key, node) for key, node in top.items() if key not in (TERMS, TITLE)]
        faults += [Fault(node.key, key, f"unknown key of a draft{near(key, (TERMS, TITLE))}") for key, node in strange]
        if TITLE in top:
            named = top[TITLE]
            title = str(named.value)
            faults += (
                []
                if isinstance(named.value, str)
                else [Fault(named.place, TITLE, f"must be text (got {_said(named)})")]
            )
        top = _children(top[TERMS])
    faults += [fault for issue, node in top.items() if (fault := _fault(scenario.issues, issue, node))]
    faults += [] if top else [Fault(root.mark, "", "names no issue")]
    if faults:
        raise BadInput(faults)
    return Terms(title, {issue: str(node.value) for issue, node in top.items()})


def _children(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _fault(issues: Mapping[str, Issue], issue: str, node: Node) -> Fault | None:
    """What is wrong with a term of a file, at its place."""
    if issue not in issues:
        return Fault(node.key, "", unknown("issue", issue, issues))
    if not isinstance(node.value, str):
        return Fault(node.place, issue, f"must be an option (got {_said(node)})")
    wrong = _wrong(issues, issue, node.value)
    return Fault(node.mark, issue, wrong) if wrong else None


def _said(node: Node) -> str:
    return seen(to_plain(node))


def _wrong(issues: Mapping[str, Issue], issue: str, option: str) -> str:
    """What is wrong with a term, or nothing."""
    if issue not in issues:
        return unknown("issue", issue, issues)
    return "" if option in issues[issue].options else unknown("option", option, issues[issue].options)


def _no_term(scenario: Scenario, issue: str) -> str:
    """What to say of a word that is no term."""
    if issue not in scenario.issues:
        return f"must be ISSUE=OPTION{near(issue, scenario.issues)}"
    return (
        f"must be ISSUE=OPTION; there is {listed([f'{issue}={option}' for option in scenario.issues[issue].options])}"
    )
