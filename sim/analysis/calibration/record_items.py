"""Recorded answers and facts as items that every draw is held against, and which of them hang together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.validation.backtest import Variants
from sim.evidence import Fact, Stance
from sim.game import Ints

Subject = tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One recorded answer or fact, and the terms by which a world is asked about it."""

    recorded: Stance | Fact
    variants: Variants  # shares add up to 1
    rounds: int = 0  # of a fact: rounds that are over by its day

    @property
    def id(self) -> str:
        """The name that the record gives it."""
        return self.recorded.id


def subjects(recorded: Stance | Fact) -> frozenset[Subject]:
    """What an item is about: whether anything is signed, a party at the table, a lever, or a party's word on a term."""
    if isinstance(recorded, Stance):
        return frozenset((recorded.party, issue, option) for issue, option in recorded.proposal.items())
    text = recorded.text()
    if text is not None:
        return frozenset((text.by, issue, option) for issue, option in text.terms.items())
    if recorded.signed is not None:
        return frozenset({("signed",)})
    named = recorded.mediates or recorded.pulled or {}
    return frozenset((recorded.kind(), name) for name in named)


def groups(items: Sequence[Item]) -> Ints:
    """The group [J] of each item: those that share a subject hang together, and what hangs together with one of them too."""
    group = np.arange(len(items))
    owner: dict[Subject, int] = {}
    for j, item in enumerate(items):
        for subject in subjects(item.recorded):
            other = group[owner.setdefault(subject, j)]
            group[group == max(other, group[j])] = min(other, group[j])
    return np.unique(group, return_inverse=True)[1].astype(np.int64)
