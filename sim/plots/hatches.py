"""How the parts of a whole look: by colour first, then by hatch, so that they are told apart in black and white too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.plots.page import BLUE, GREEN, GREY, ORANGE, PALE, PURPLE, SKY, VERMILLION

PALE_BLUE = "#A9D5F0"
"""An agreement of any kind, where those that keep core terms are blue."""


@dataclass(frozen=True)
class Pattern:
    """How a part of a bar looks, and what it stands for."""

    words: str
    colour: str
    hatch: str = ""

    def style(self) -> dict[str, Any]:
        """As arguments of a bar or a patch."""
        return {"facecolor": self.colour, "hatch": self.hatch, "edgecolor": GREY, "linewidth": 0.6}


KEPT = Pattern("agreement, core terms kept", BLUE)
WHOLE = Pattern("agreement; no core terms are named", PALE_BLUE)
AMENDED = Pattern("agreement, amended", SKY, "//")
ENDS = {
    "agreement": Pattern("agreement", PALE_BLUE),
    "ratification_failed": Pattern("failed at home", ORANGE, "xx"),
    "interim_only": Pattern("interim deal only", GREEN, "\\\\"),  # set apart from an amended agreement beside it
    "refused": Pattern("refused in a vote", PURPLE, "++"),
    "walked_away": Pattern("mediator walked away", VERMILLION, ".."),
    "deadline": Pattern("time ran out", "white"),
    "running": Pattern("not over", PALE, "oo"),
}

WAYS = {"kept": KEPT, "amended": AMENDED} | ENDS
"""Ways to end in the order in which they are stacked, agreements at the bottom."""

_SHADES = ("#004488", "#EECC66", "#BB5566", "#44AA99")
"""Colours that the colour-blind tell apart, and that are as far apart in grey (after Tol 2021), dark beside light."""

_HATCHES = ("", "////", "....", "xxx", "---", "ooo", "\\\\\\\\", "+++")


def patterns_for(words: Sequence[str]) -> list[Pattern]:
    """Fills for parts without a look of their own: a colour each as far as these go, then the same with hatches."""
    shades, hatches = len(_SHADES), len(_HATCHES)
    return [Pattern(word, _SHADES[k % shades], _HATCHES[k // shades % hatches]) for k, word in enumerate(words)]
