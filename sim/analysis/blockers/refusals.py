"""What stands in the way in runs that fail: red lines named in refusals, and issues whose terms fall short."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.likelihood import agreed
from sim.game import Flags, Ints
from sim.records import Outcomes


@dataclass(frozen=True)
class Blocker:
    """A red line or an issue, and the share of failing runs in which refusals name it."""

    id: str
    at_the_end: float  # in the last round in which anything was refused
    at_all: float
    failing: int  # runs that fail


def blockers(ids: Sequence[str], last: Ints, until: Ints, failed: Flags) -> tuple[Blocker, ...]:
    """Blockers of failing runs [n], those that still stand at the end first.

    `last` [n, len(ids)]: last round in which a refusal named each, -1; `until` [n]: last round with any refusal.
    """
    rows, ends = last[failed], until[failed]
    if not len(rows) or not len(ids):
        return ()
    at_all = (rows >= 0).mean(axis=0)
    at_the_end = ((rows == ends[:, None]) & (rows >= 0)).mean(axis=0)
    found = [
        Blocker(name, float(end), float(ever), len(rows))
        for name, end, ever in zip(ids, at_the_end, at_all, strict=True)
    ]
    return tuple(sorted((b for b in found if b.at_all > 0), key=lambda b: (-b.at_the_end, -b.at_all)))


def last_refusals(cited_last: Ints, wanted_last: Ints) -> Ints:
    """Last round [n] in which a refusal named anything, -1."""
    sides = [side.max(axis=1) for side in (cited_last, wanted_last) if side.shape[1]]
    return np.maximum.reduce(sides) if sides else np.full(len(cited_last), -1)


def named(ids: Sequence[str], outcomes: Outcomes) -> tuple[Blocker, ...]:
    """Every red line, in its own order, with the shares of failing runs that name it; 0 where no run fails."""
    failed, until = ~agreed(outcomes), last_refusals(outcomes.cited_last, outcomes.wanted_last)
    found = {one.id: one for one in blockers(ids, outcomes.cited_last, until, failed)}
    return tuple(found.get(name, Blocker(name, 0.0, 0.0, int(failed.sum()))) for name in ids)


def foremost(ids: Sequence[str], counts: Ints) -> list[str]:
    """For each run the id named most often in its refusals, or nothing. `counts` [n, len(ids)]."""
    if not len(ids):
        return [""] * len(counts)
    return [ids[k] if row[k] > 0 else "" for row, k in zip(counts, np.argmax(counts, axis=1), strict=True)]
