"""How likely agreement is where talks go on from earlier ones, beside what else answers the same question."""

import datetime
from dataclasses import dataclass

from sim.analysis.shares.difference import Difference
from sim.analysis.shares.likelihood import Share


@dataclass(frozen=True)
class Exchange:
    """What one part of the later world does: the likelihood with it less that with the part as it was earlier."""

    part: str
    effect: Difference


@dataclass(frozen=True)
class Continuation:
    """How likely agreement is by a day, in the same runs: talks that go on, those begun anew, the earlier ones played on."""

    title: str  # of the earlier talks
    until: datetime.date
    looked_at: int
    kept: int
    day: datetime.date
    going_on: Share
    anew: Share
    earlier: Share
    memory: Difference  # going on less begun anew
    new: Difference  # going on less the earlier ones played on
    gap: Difference  # begun anew less the earlier ones played on: what is new less memory
    exchanges: tuple[Exchange, ...]
