"""`--where`: the outcome that regions are looked for, such as `agreement < 0.1`."""

import re
from dataclasses import dataclass

from sim.scenario.problems import near, short

OUTCOMES = {"agreement": "agreement", "zone": "a deal exists at all"}
"""What a region may be asked about, and in words."""

_FORM = re.compile(r"\s*([A-Za-z_]+)\s*(<=|>=|<|>)\s*(\d+(?:\.\d*)?|\.\d+)\s*(%?)\s*")


@dataclass(frozen=True)
class Condition:
    """A share of runs with an outcome that regions are to be below, or above."""

    outcome: str
    below: bool
    share: float

    def __str__(self) -> str:
        return f"{self.outcome} {'<' if self.below else '>'} {self.share:g}"

    def wanted(self) -> float:
        """The share of runs of a region that must be hits; where it is to be below, a hit is a run without the outcome."""
        return 1.0 - self.share if self.below else self.share


def condition(text: str) -> Condition:
    """A condition from text.

    Raises:
        ValueError: what is wrong with it.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f'must be such as "agreement < 0.1" or "agreement > 50 %" (got {short(text) or "empty text"})')
    outcome, sign, number, percent = match.groups()
    if outcome not in OUTCOMES:
        raise ValueError(f"must be about {' or '.join(OUTCOMES)} (got {outcome}){near(outcome, OUTCOMES)}")
    share = float(number) / (100.0 if percent else 1.0)
    if not 0.0 < share < 1.0:
        raise ValueError(f"needs a share between 0 and 1 (got {share:g})")
    return Condition(outcome, sign.startswith("<"), share)
