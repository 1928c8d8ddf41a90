"""Which minimal sets of red lines would open a zone in the stated world, and which lines are in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.exact.answer import Answer, Stage
from sim.analysis.exact.relaxations import Opening, Softening


@dataclass(frozen=True)
class Membership:
    """The minimal sets that a red line is in."""

    sets: int
    smallest: int  # lines of the smallest of them; 0 where it is in none
    firmness: float  # to be given up with that one


@dataclass(frozen=True)
class MinimalSets:
    """The minimal sets of red lines that would open a zone where a stage of the stated world has none."""

    phase: str | None  # None for the whole deal
    sets: tuple[Softening, ...]  # smallest first, then by the firmness given up
    most: int  # lines of a set at most
    is_whole: bool  # False where there were too many to keep
    cut: (
        float | None
    )  # of what parties fall back on: the least that opens it with no line given up; None where none would

    def membership(self, line: str) -> Membership:
        """The sets that a line is in."""
        found = [each for each in self.sets if line in each.lines]
        return Membership(len(found), len(found[0].lines), found[0].firmness) if found else Membership(0, 0, 0.0)

    def in_every(self) -> frozenset[str]:
        """Lines that are in every set."""
        return frozenset.intersection(*(frozenset(each.lines) for each in self.sets)) if self.sets else frozenset()

    def alone(self) -> tuple[str, ...]:
        """Lines of which each would do by itself."""
        return tuple(each.lines[0] for each in self.sets if len(each.lines) == 1)


def minimal_sets(answer: Answer) -> tuple[MinimalSets, ...]:
    """The sets of every stage that has no zone."""
    return tuple(_of(stage, stage.opening) for stage in answer.stages if stage.opening is not None)


def _of(stage: Stage, opening: Opening) -> MinimalSets:
    cuts = [each.cut for each in opening.softenings if not each.lines]
    return MinimalSets(
        stage.phase, _enough(opening.softenings), opening.most, opening.is_whole, min(cuts, default=None)
    )


def _enough(found: Sequence[Softening]) -> tuple[Softening, ...]:
    """Those that open a zone with no cut besides."""
    enough = [each for each in found if each.cut == 0.0 and each.lines]
    return tuple(sorted(enough, key=lambda each: (len(each.lines), each.firmness, each.lines)))
