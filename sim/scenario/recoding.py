"""A scenario as it would be coded without one article, or with one party's classes a step higher or lower.

Without an article, a number that names a class and rests on claims of that article alone takes the class that the codebook
gives where no report speaks (`UNREPORTED`). A number that other articles support as well stays, and so does what names no
class: orders of options, positions, dates and figures. They are counted, not guessed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.scenario import Scenario
from sim.scenario.classes import CLASS
from sim.scenario.conventions import Data, middle_of, put
from sim.scenario.numbers import FORMS
from sim.scenario.problems import Steps, at
from sim.scenario.provenance import Entry, numbers

UNREPORTED = {
    "weight": "marginal",
    "firmness": "drawn_by_no_report",
    "yield": "not_pressed",
    "exponent": "some_of_both",
    "patience": "no_word_either_way",
}
"""Last step of a path: the class of the codebook for what no report speaks of."""

Field = Literal["weight", "firmness"]
FIELDS: tuple[Field, ...] = ("weight", "firmness")
"""Numbers that are coded again for a whole party."""


@dataclass(frozen=True)
class Recoding:
    """Numbers of a scenario that take another class."""

    kind: Literal["article", "party"]
    name: str  # of the article, or of the party
    classes: tuple[tuple[Steps, str], ...]  # place of a number: its other class
    field: Field | None = None
    up: bool = False
    stay: int = 0  # numbers that rest on the article alone and have no class to fall to

    def of(self, plain: Data) -> Data:
        """The plain data with these classes."""
        for place, name in self.classes:
            block = {key: part for key, part in at(plain, place).items() if key not in FORMS}
            plain = put(plain, place, {**block, CLASS: name})
        return plain


def recodings(scenario: Scenario, overridden: Collection[str] = ()) -> list[Recoding]:
    """Each article left out that any number rests on alone, then each party's weights and firmness a class up and down."""
    entries = [entry for entry in numbers(scenario, overridden) if not entry.is_class]
    articles = dict.fromkeys(article_of(claim) for entry in entries for claim in entry.claims)
    found = [_without(scenario, entries, article) for article in articles]
    for party in scenario.parties:
        found += [_moved(scenario, entries, party, field, up) for field in FIELDS for up in (True, False)]
    return [one for one in found if one.classes or one.stay]


def article_of(claim: str) -> str:
    """The article that a claim stands in."""
    return claim.rpartition(".")[0]


def _field(entry: Entry) -> str:
    return entry.path.rpartition(".")[2]


def _without(scenario: Scenario, entries: Sequence[Entry], article: str) -> Recoding:
    alone = [entry for entry in entries if entry.claims and {article_of(claim) for claim in entry.claims} == {article}]
    falls, stay = [], 0
    for entry in alone:
        name = UNREPORTED.get(_field(entry))
        if entry.number.class_ is None or name not in scenario.classes:
            stay += 1
        elif entry.number.class_ != name:
            falls.append((entry.place, name))
    return Recoding("article", article, tuple((place, name) for place, name in falls if name), stay=stay)


def _moved(scenario: Scenario, entries: Sequence[Entry], party: str, field: Field, up: bool) -> Recoding:
    """Every number of a party and a field in the next class of that field, where there is one."""
    known = dict.fromkeys(
        entry.number.class_ for entry in entries if _field(entry) == field and entry.number.class_ is not None
    )
    worth = {name: middle_of(scenario.classes[name]) or 0.0 for name in known}
    moved = []
    for entry in entries:
        name = entry.number.class_
        if name is None or _field(entry) != field or not entry.path.startswith(f"parties.{party}."):
            continue
        beyond = {other: at for other, at in worth.items() if (at > worth[name] if up else at < worth[name])}
        if beyond:
            moved.append((entry.place, (min if up else max)(beyond, key=lambda other: beyond[other])))
    return Recoding("party", party, tuple(moved), field, up)
