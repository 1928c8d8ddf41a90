"""What agreements settle along a parameter."""

from dataclasses import dataclass

import numpy as np

from sim.analysis.comparison import FEW
from sim.analysis.points import Groups, agreed
from sim.game import Floats, Ints
from sim.records import Rows

LITTLE = 0.1
"""A change of some option's share that is worth a picture."""


@dataclass(frozen=True)
class Settled:
    """The options of one issue, O of them, as shares of the agreements in G groups."""

    options: tuple[str, ...]
    share: Floats  # [O, G] nan without agreements
    agreements: Ints  # [G]

    def change(self) -> float:
        """How much the share of some option differs between groups with enough agreements to tell."""
        enough = self.share[:, self.agreements >= FEW]
        return float(np.ptp(enough, axis=1).max()) if enough.shape[1] > 1 else 0.0


def settled(rows: Rows, groups: Groups, issue: int, options: tuple[str, ...]) -> Settled:
    """What agreements settle of one issue, which has that position among the issues of the game."""
    hit = agreed(rows)
    group, option = groups.of_row[hit], rows.package[hit, issue]
    counts = np.bincount(option * groups.count + group, minlength=len(options) * groups.count)
    agreements = np.bincount(group, minlength=groups.count).astype(np.int64)
    with np.errstate(invalid="ignore"):
        share = counts.reshape(len(options), groups.count) / agreements
    return Settled(options, share, agreements)
