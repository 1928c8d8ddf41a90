"""What agreements settle along a parameter."""

from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.design_points import Groups, Shares, shares
from sim.analysis.shares.likelihood import FEW, agreed
from sim.game import Floats, Ints
from sim.records import Rows

LITTLE = 0.1
"""A change of some option's share that is worth a picture."""


@dataclass(frozen=True)
class Settled:
    """The options of one issue, O of them, as shares of the agreements in G groups."""

    options: tuple[str, ...]
    shares: tuple[Shares, ...]  # [O], each [G]

    def agreements(self) -> Ints:
        """How many there are [G]."""
        return self.shares[0].rows

    def estimate(self) -> Floats:
        """Shares [O, G], nan without agreements."""
        return np.array([share.estimate for share in self.shares])

    def change(self) -> float:
        """How much the share of some option differs between groups with enough agreements to tell."""
        enough = self.estimate()[:, self.agreements() >= FEW]
        return float(np.ptp(enough, axis=1).max()) if enough.shape[1] > 1 else 0.0


def settled(rows: Rows, groups: Groups, issue: int, options: tuple[str, ...]) -> Settled:
    """What agreements settle of one issue, which has that position among the issues of the game."""
    hit = agreed(rows)
    of_agreements, chosen = groups.only(hit), rows.package[hit, issue]
    return Settled(options, tuple(shares(of_agreements, chosen == o) for o in range(len(options))))
