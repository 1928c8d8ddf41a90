"""Where three ways of saying what blocks disagree: named in refusals, what removal gives, minimal sets that open a zone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.analysis.blockers.minimal_sets import MinimalSets
from sim.analysis.blockers.refusals import Blocker
from sim.analysis.blockers.removed_lines import Removal

OFTEN = 0.10
"""Share of failing runs from which a line counts as named often in their last refusals."""

SELDOM = 0.05
"""The same, below which it counts as hardly named."""

MOST = 3
"""Lines of which one kind of disagreement is told."""

FindingKind = Literal[
    "named_in_vain",  # named often at the end; removal gives nothing
    "gives_unnamed",  # removal gives something; hardly named at the end
    "complements",  # in every minimal set, each of which has others too; removal alone gives nothing
    "opens_in_vain",  # a minimal set by itself; removal gives nothing
    "substitutes",  # several lines of which any one would open a zone in the stated world
    "gives_in_no_set",  # removal gives something; in no minimal set
    "ceiling_only",  # removal gives more runs with a zone and no more agreement
    "costs",  # removal makes agreement less likely
]


EXPLAINED: tuple[FindingKind, ...] = ("named_in_vain", "opens_in_vain", "substitutes")
"""What also says that a line lifts the ceiling in vain, or costs."""


@dataclass(frozen=True)
class Blocking:
    """A red line by the three measures; the third is in the sets."""

    named: Blocker
    alone: Removal

    @property
    def id(self) -> str:
        """Id of the red line."""
        return self.named.id


@dataclass(frozen=True)
class Finding:
    """A disagreement, and the lines that it is about, those first that it is most about."""

    kind: FindingKind
    lines: tuple[str, ...]


def ranked(lines: Sequence[Blocking]) -> tuple[Blocking, ...]:
    """Those whose removal gives most first, then those that are named most at the end, then ever."""
    return tuple(
        sorted(lines, key=lambda one: (-one.alone.agreement.estimate, -one.named.at_the_end, -one.named.at_all))
    )


def disagreements(lines: Sequence[Blocking], sets: Sequence[MinimalSets]) -> tuple[Finding, ...]:
    """Everything on which the three measures disagree; of a line the same thing is told once."""
    found = list(_of_names(lines))
    in_vain = {line for finding in found if finding.kind == "named_in_vain" for line in finding.lines}
    found += (one for one in _of_sets(lines, sets) if one.kind != "opens_in_vain" or not in_vain.issuperset(one.lines))
    told = {line for finding in found if finding.kind in EXPLAINED for line in finding.lines}
    found += _of_ceiling([one for one in lines if one.id not in told])
    return tuple(finding for finding in found if finding.lines)


def _first(lines: Sequence[Blocking]) -> tuple[str, ...]:
    return tuple(one.id for one in lines[:MOST])


def _of_names(lines: Sequence[Blocking]) -> Iterator[Finding]:
    by_name = sorted(lines, key=lambda one: -one.named.at_the_end)
    often = [one for one in by_name if one.named.at_the_end >= OFTEN]
    for line in often[:MOST]:
        yield Finding("named_in_vain", () if line.alone.gives() else (line.id,))
    unnamed = [one for one in ranked(lines) if one.alone.gives() and one.named.at_the_end < SELDOM]
    for line in unnamed[:MOST]:
        yield Finding("gives_unnamed", (line.id,))


def _of_sets(lines: Sequence[Blocking], sets: Sequence[MinimalSets]) -> Iterator[Finding]:
    idle = {one.id for one in lines if not one.alone.gives()}
    for choice in dict.fromkeys(stage.alone() for stage in sets):
        if len(choice) > 1:
            yield Finding("substitutes", tuple(one.id for one in ranked(lines) if one.id in choice))
        else:
            yield Finding("opens_in_vain", tuple(line for line in choice if line in idle))
    single = {line for stage in sets for line in stage.alone()}
    every = [line for stage in sets for line in sorted(stage.in_every()) if line not in single]
    yield Finding("complements", tuple(dict.fromkeys(line for line in every if line in idle)))
    inside = {line for stage in sets for each in stage.sets for line in each.lines}
    outside = [one for one in ranked(lines) if one.alone.gives() and one.id not in inside]
    yield Finding("gives_in_no_set", _first(outside) if inside else ())


def _of_ceiling(lines: Sequence[Blocking]) -> Iterator[Finding]:
    by_ceiling = sorted(lines, key=lambda one: -one.alone.ceiling.estimate)
    only = [one for one in by_ceiling if one.alone.lifts_ceiling() and not one.alone.gives()]
    yield Finding("ceiling_only", _first(only))
    yield Finding("costs", _first([one for one in reversed(ranked(lines)) if one.alone.costs()]))
