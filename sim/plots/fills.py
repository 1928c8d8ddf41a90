"""How the parts of a whole look: by colour and by hatch, so that they are told apart in black and white too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.plots.page import BLUE, GREEN, GREY, ORANGE, PALE, PURPLE, SKY, VERMILLION


@dataclass(frozen=True)
class Fill:
    """How a part of a bar looks, and what it stands for."""

    words: str
    colour: str
    hatch: str = ""

    def style(self) -> dict[str, Any]:
        """As arguments of a bar or a patch."""
        return {"facecolor": self.colour, "hatch": self.hatch, "edgecolor": GREY, "linewidth": 0.6}


KEPT = Fill("agreement, core terms kept", BLUE)
WHOLE = Fill("agreement; no core terms are named", GREEN, "\\\\")
AMENDED = Fill("agreement, amended", SKY, "//")
ENDS = {
    "agreement": Fill("agreement", BLUE),
    "ratification_failed": Fill("failed at home", ORANGE, "xx"),
    "interim_only": Fill("interim deal only", SKY, "//"),
    "refused": Fill("refused in a vote", PURPLE, "\\\\"),
    "walked_away": Fill("mediator walked away", VERMILLION, ".."),
    "deadline": Fill("time ran out", "white"),
    "running": Fill("not over", PALE, "++"),
}

WAYS = {
    "kept": KEPT,
    "amended": AMENDED,
    "agreement": ENDS["agreement"],
    "ratification_failed": ENDS["ratification_failed"],
    "interim_only": Fill("interim deal only", GREEN, "\\\\"),  # set apart from an amended agreement beside it
    "refused": Fill("refused in a vote", PURPLE, "++"),
    "walked_away": ENDS["walked_away"],
    "deadline": ENDS["deadline"],
    "running": Fill("not over", PALE, "oo"),
}
"""Ways to end in the order in which they are stacked, agreements at the bottom."""

_SHADES = ("#0072B2", "#E69F00", "#009E73", "#F0E442", "#56B4E9", "#CC79A7", "#D55E00", "#BFBFBF")
_HATCHES = ("", "//", "..", "xx", "\\\\", "++", "--", "oo")


def plain_fills(words: Sequence[str]) -> list[Fill]:
    """Fills for parts without a look of their own; the second time round, colours meet other hatches."""
    shades, hatches = len(_SHADES), len(_HATCHES)
    return [Fill(word, _SHADES[k % shades], _HATCHES[(k + k // shades) % hatches]) for k, word in enumerate(words)]
