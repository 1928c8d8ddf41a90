"""How the same runs end without some red lines, and what blocks in their place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.blockers.refusals import blockers, last_refusals
from sim.analysis.shares.difference import Difference, difference
from sim.analysis.shares.likelihood import agreed
from sim.game import PUT_TO, Flags, Game
from sim.records import Runs, Why

CLEAR = 1.5
"""Half-widths of its interval by which a difference must differ from 0 to be spoken of: many lines are tried at once, and at
1.5 (z = 2.9) one in some three hundred is so by chance."""


@dataclass(frozen=True)
class Behind:
    """What becomes of the failing runs in whose last refusals a red line was named, once it is never real."""

    ended_on_it: int  # runs
    fail_without: float  # share of them that fail all the same
    line: str | None  # the line that the last refusals of those then name most
    line_share: float
    why: str | None  # their most frequent reason of failure
    why_share: float


@dataclass(frozen=True)
class Failures:
    """Some runs that fail, and why most of them do."""

    runs: int
    why: str | None  # their most frequent reason of failure
    why_share: float


@dataclass(frozen=True)
class Rise:
    """A reason of failure that clearly becomes more frequent, as shares of all runs."""

    why: str
    before: float
    after: float


@dataclass(frozen=True)
class Removal:
    """What it gives that some red lines are never real: paired run by run with the scenario as it is."""

    lines: tuple[str, ...]
    agreement: Difference
    ceiling: Difference  # of runs in which some package finds the consent it needs
    lost: Failures  # runs that agree with the lines and fail without
    failing: Failures  # all runs that fail without the lines
    instead: Rise | None  # the reason of failure that becomes more frequent by most, where any clearly does
    behind: Behind | None  # for a single line that the last refusals of some failing run name

    def gives(self) -> bool:
        """Whether agreement clearly becomes likelier."""
        return _clear(self.agreement) > 0

    def costs(self) -> bool:
        """Whether agreement clearly becomes less likely."""
        return _clear(self.agreement) < 0

    def lifts_ceiling(self) -> bool:
        """Whether more runs clearly have a zone."""
        return _clear(self.ceiling) > 0


def _clear(found: Difference) -> int:
    """The sign of a difference that is clear of 0, else 0."""
    middle, half = (found.high + found.low) / 2, CLEAR * (found.high - found.low) / 2
    return 1 if middle > half else -1 if middle < -half else 0


def removal(game: Game, lines: Sequence[str], before: Runs, after: Runs) -> Removal:
    """Compare runs of a scenario with the same runs without some red lines."""
    return Removal(
        tuple(lines),
        difference(agreed(after.outcomes), agreed(before.outcomes)),
        difference(after.zone, before.zone),
        _failures(after, agreed(before.outcomes) & ~agreed(after.outcomes)),
        _failures(after, ~agreed(after.outcomes)),
        risen(before, after),
        behind(game, lines[0], before, after) if len(lines) == 1 else None,
    )


def _failures(runs: Runs, failed: Flags) -> Failures:
    return Failures(int(failed.sum()), *_foremost_why(runs, failed))


def risen(before: Runs, after: Runs) -> Rise | None:
    """The reason of failure that becomes more frequent by most, where any clearly does."""
    rises = [
        (difference(after.why == why, before.why == why), why) for why in Why if why not in (Why.AGREED, Why.UNKNOWN)
    ]
    most, why = max(rises, key=lambda one: one[0].estimate)
    if _clear(most) <= 0:
        return None
    return Rise(why.name.lower(), float((before.why == why).mean()), float((after.why == why).mean()))


def _foremost_why(runs: Runs, failed: Flags) -> tuple[str | None, float]:
    """The most frequent reason why some runs fail, and its share among them."""
    found = Counter(runs.why[failed].tolist()).most_common(1)
    return (Why(found[0][0]).name.lower(), found[0][1] / int(failed.sum())) if found else (None, 0.0)


def ends_on(game: Game, line: str, runs: Runs) -> Flags:
    """Failing runs [n] whose last refusals name a line."""
    out, r = runs.outcomes, game.names.lines.index(line)
    until = last_refusals(out.cited_last, out.wanted_last)
    return np.asarray(~agreed(out) & (out.cited_last[:, r] >= 0) & (out.cited_last[:, r] == until))


def behind(game: Game, line: str, before: Runs, after: Runs) -> Behind | None:
    """What stands behind a line; nothing where no failing run ends on it."""
    ended = ends_on(game, line, before)
    if not ended.any():
        return None
    still = ended & ~agreed(after.outcomes)
    out = after.outcomes
    named = blockers(game.names.lines, out.cited_last, last_refusals(out.cited_last, out.wanted_last), still)
    first = next((one for one in named if one.at_the_end > 0.0), None)
    why, why_share = _foremost_why(after, still)
    return Behind(
        ended_on_it=int(ended.sum()),
        fail_without=float(still.sum() / ended.sum()),
        line=first.id if first else None,
        line_share=first.at_the_end if first else 0.0,
        why=why,
        why_share=why_share,
    )


def demands(game: Game, runs: Runs) -> dict[str, float]:
    """What each party still asked above its no-deal value when runs failed, on average; nothing where none did.

    Only runs count that ended where parties fall back on that value: before, they fall back on what holds in the phase.
    """
    last, phase = np.flatnonzero(game.rules.protocol != PUT_TO)[-1], runs.outcomes.phase
    failed = ~agreed(runs.outcomes) & ((phase >= last) | game.rules.provisional[phase])
    if not failed.any():
        return {}
    above = (runs.outcomes.aspiration - runs.outcomes.no_deal)[failed].mean(axis=0)
    return dict(zip(game.names.parties, above.tolist(), strict=True))
