"""What a sweep comes to, in plain words, and the likelihood by days that were asked for."""

from collections.abc import Iterator

import numpy as np

from sim.report.run.dates import last_round, within
from sim.report.sweep.report import MOST_POINTS, SweepReport
from sim.report.wording.figures import percent
from sim.report.wording.fractions import roughly
from sim.report.wording.layout import in_parts, letter, wrap

HEAD = "In plain words, if the assumptions hold (a run is one negotiation played, a design point one setting)"


def headline(report: SweepReport) -> Iterator[str]:
    """The block of the page; nothing where only one point is in, or some are not."""
    said = plain_words(report)
    if said:
        yield HEAD
        yield from wrap(" ".join(said), hang="")


def plain_words(report: SweepReport) -> list[str]:
    """Where agreement is likeliest and where it is least likely, over all that was varied."""
    known = report.figures.likelihood.estimate
    if len(report.design) < 2 or np.isnan(known).any():
        return []
    low, high = int(np.argmin(known)), int(np.argmax(known))
    by_when = within(report.scenario, last_round(report.scenario))
    if known[low] == known[high]:
        return [f"Agreement {by_when} is {roughly(report.figures.likelihood.share(low))} at every design point."]
    ends = (f"{roughly(report.figures.likelihood.share(k))} where {_setting(report, k)}" for k in (low, high))
    return [f"Agreement {by_when} ranges from {' to '.join(ends)}."]


def _setting(report: SweepReport, point: int) -> str:
    """What is set at a design point, by the letters of what varies."""
    words = [report.words[path][value] for path, value in report.design.overrides(point)]
    return ", ".join(f"{letter(k)} is {word}" for k, word in enumerate(words))


def by_days_told(report: SweepReport) -> Iterator[str]:
    """The likelihood by days that were asked for, at each design point that is listed."""
    if not report.by_days or len(report.design) > MOST_POINTS:
        return
    yield "Likelihood of agreement by a day"
    heads = [*(letter(k) for k in range(len(report.design.paths))), *(f"by\n{day}" for day in report.by_days)]
    yield from in_parts(
        heads,
        [
            [
                *(report.words[path][value] for path, value in report.design.overrides(k)),
                *("no runs" if not found.rows[k] else percent(found.share(k)) for found in report.by_days.values()),
            ]
            for k in range(len(report.design))
        ],
    )
