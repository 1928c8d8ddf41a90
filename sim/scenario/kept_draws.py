"""Draws that are kept: the runs of a seed that a study plays, where not every run counts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from sim.scenario.blocks import Block

MOST_KEPT = 1_000_000
MOST_RUNS = 10_000_000
"""Of more than these no draws are made, as all between two that are kept have to be passed over."""
RUNS = r"^\d+(-\d+)?( \d+(-\d+)?)*$"
"""How runs are written: each, or the first and last of some that follow each other."""


class KeptDraws(Block):
    """Only these runs of a seed are played: run j of the study has the draws of the j-th of them."""

    seed: int = Field(strict=True, ge=0, lt=2**63, description="the seed; no other can be asked for")
    of: int = Field(strict=True, ge=1, le=MOST_RUNS, description="how many of its runs were looked at, from run 0 on")
    runs: str = Field(
        pattern=RUNS,
        description="those that are kept, rising: `0 3 7-9`; written by the program",
    )
    fit: str = Field(description="what they fit, in a few words")

    @model_validator(mode="after")
    def _rising(self) -> Self:
        count, latest = 0, -1
        for low, high in _spans(self.runs):
            if not latest < low <= high < self.of:
                raise ValueError(f"has runs that do not rise from 0 to {self.of - 1} (at {low})")
            count, latest = count + high - low + 1, high
            if count > MOST_KEPT:
                raise ValueError(f"keeps more than {MOST_KEPT:,} runs")
        return self

    def numbers(self) -> list[int]:
        """The runs that are kept."""
        return [run for low, high in _spans(self.runs) for run in range(low, high + 1)]


def _spans(runs: str) -> Iterator[tuple[int, int]]:
    for span in runs.split():
        low, _, high = span.partition("-")
        yield int(low), int(high or low)


def in_spans(runs: Sequence[int]) -> str:
    """Rising runs as `KeptDraws.runs` has them."""
    starts = [run for k, run in enumerate(runs) if k == 0 or runs[k - 1] != run - 1]
    ends = [low for low, high in pairwise([*runs, -2]) if high != low + 1]
    return " ".join(f"{low}-{high}" if high > low else str(low) for low, high in zip(starts, ends, strict=True))
