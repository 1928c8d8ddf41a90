"""A scenario as two coders have it, with what a reader needs beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.shares.difference import Difference, difference
from sim.analysis.shares.likelihood import Share, share_of
from sim.files.scenario.codings import Coded
from sim.game import Flags
from sim.report.coding.agreement import AgreementRow, agreement_rows


@dataclass(frozen=True)
class CoderPlay:
    """How likely agreement is by the second coder, by draws from both, and with parts of the second alone."""

    first: Share
    second: Share
    both: Share
    second_from_first: Difference
    both_from_first: Difference
    hanging: Share  # runs in which the coder decides whether they agree
    parts: Mapping[str, Difference]  # party: with its numbers alone, from the first


@dataclass(frozen=True)
class CodingReport:
    """What a second coder makes of a scenario; `play` where it was played."""

    name: str
    coded: Coded
    rows: tuple[AgreementRow, ...]
    overrides: Mapping[str, str]
    play: CoderPlay | None = None
    seed: int = 0


def coding_report(name: str, coded: Coded, play: CoderPlay | None = None, seed: int = 0) -> CodingReport:
    """The report of a coding, and of its runs if it was played."""
    return CodingReport(
        name, coded, tuple(agreement_rows(coded.units, coded.first)), coded.loaded.overridden, play, seed
    )


def coder_play(first: Flags, second: Flags, both: Flags, parts: Mapping[str, Flags]) -> CoderPlay:
    """What runs [n] by either coder, by both and with parts of the second come to: which of them agree."""
    return CoderPlay(
        share_of(first),
        share_of(second),
        share_of(both),
        difference(second, first),
        difference(both, first),
        share_of(np.asarray(first != second)),
        {name: difference(agreed, first) for name, agreed in parts.items()},
    )
