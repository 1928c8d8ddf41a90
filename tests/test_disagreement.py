"""Where three ways of saying what blocks disagree: each kind of disagreement on lines made up for it."""

import pytest

from sim.analysis.blockers.disagreement import Blocking, disagreements, ranked
from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.refusals import Blocker
from sim.analysis.blockers.removed_lines import Failures, Removal
from sim.analysis.exact.relaxations import Softening
from sim.analysis.shares.difference import matched

NOBODY = Failures(0, None, 0.0)


def line(name: str, named: float, gives: int = 0, lifts: int | None = None) -> Blocking:
    """A line that the last refusals of a share of failing runs name; gone, it gives and lifts so many of 100 runs."""
    gained, lost = max(gives, 0), max(-gives, 0)
    more = gives if lifts is None else lifts
    alone = Removal(
        (name,), matched(gained, lost, 100), matched(max(more, 0), max(-more, 0), 100), NOBODY, NOBODY, None, None
    )
    return Blocking(Blocker(name, named, named, 100), alone)


def opened_by(*sets: str) -> MinimalSets:
    """A stage without a zone that each of some sets of lines would open; a letter is a line."""
    softenings = tuple(Softening(tuple(each), float(len(each)), 0.0, None, 0.0, 0) for each in sets)
    return MinimalSets(None, softenings, 4, True, None)


CASES = {
    "all agree": ([line("a", 0.9, 40), line("b", 0.0)], [opened_by("a")], []),
    "named in vain": ([line("a", 0.9)], [], [("named_in_vain", "a")]),
    "gives unnamed": ([line("a", 0.01, 40)], [opened_by("a")], [("gives_unnamed", "a")]),
    "complements": ([line("a", 0.06), line("b", 0.07)], [opened_by("ab")], [("complements", "ab")]),
    "opens in vain": ([line("a", 0.06)], [opened_by("a")], [("opens_in_vain", "a")]),
    "told once": ([line("a", 0.9)], [opened_by("a")], [("named_in_vain", "a")]),
    "substitutes": ([line("a", 0.2, 20), line("b", 0.2, 40)], [opened_by("a", "b")], [("substitutes", "ba")]),
    "gives in no set": (
        [line("a", 0.2, 20), line("b", 0.2, 40)], [opened_by("a")], [("gives_in_no_set", "b")],
    ),
    "no zone is asked for": ([line("a", 0.2, 20)], [], []),
    "ceiling only": ([line("a", 0.06, 0, 30), line("b", 0.06, 0, 60)], [], [("ceiling_only", "ba")]),
    "a ceiling that lifts agreement too": ([line("a", 0.2, 20, 60)], [], []),
    "the ceiling of a line named in vain": ([line("a", 0.9, 0, 60)], [], [("named_in_vain", "a")]),
    "costs": ([line("a", 0.06, -30), line("b", 0.06, -60)], [], [("costs", "ba")]),
    "too few to speak of": ([line("a", 0.06, -1, 2)], [], []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_kind_is_told_where_it_is(name: str) -> None:
    lines, sets, expected = CASES[name]
    assert [(one.kind, "".join(one.lines)) for one in disagreements(lines, sets)] == expected


def test_of_more_than_three_lines_three_are_told() -> None:
    lines = [line(name, 0.06, 0, 30 + k) for k, name in enumerate("abcd")]
    (told,) = disagreements(lines, [])
    assert (told.kind, told.lines) == ("ceiling_only", ("d", "c", "b"))


def test_lines_are_ranked_by_what_they_give_then_by_how_often_they_are_named() -> None:
    lines = [line("a", 0.1), line("b", 0.9), line("c", 0.0, 5)]
    assert [one.id for one in ranked(lines)] == ["c", "b", "a"]
