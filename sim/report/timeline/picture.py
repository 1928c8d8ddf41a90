"""Positions over time as a picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sim.plots import Figure, Sheet, Stretch, TimelineRow, positions_over_time
from sim.report.wording.figures import counted
from sim.scenario.timeline import Held, Said, Timeline

EARLIEST = timedelta(days=180)
"""Claims about days so long before the first date are not drawn: they would leave no room for the others."""


def timeline_picture(timeline: Timeline, sheet: Sheet | None = None) -> Figure | None:
    """A row for each party and issue that a position or a claim is about; None where there is none.

    Raises:
        TooSmallError: the rows do not fit the sheet.
    """
    dates = [day_of(world.date) for world in timeline.worlds]
    drawn = [one for one in timeline.said if day_of(one.on.last) >= dates[0] - EARLIEST]
    rows = list(_rows(timeline, drawn, dates))
    if not rows:
        return None
    shown = sum(count for row in rows for _, count in row.said)
    return positions_over_time(rows, dates, _title(timeline), _subtitle(timeline, shown), sheet=sheet or Sheet())


def day_of(text: str) -> date:
    """A day; of a month or a year that is known alone its middle."""
    return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))


def _title(timeline: Timeline) -> str:
    party, issue = timeline.chosen.party, timeline.chosen.issue
    what = f": {timeline.title_of(issue)}" if issue else ""
    return f"Positions over time{f' of {timeline.name_of(party)}' if party else ''}{what}"


def _subtitle(timeline: Timeline, shown: int) -> str:
    left = len(timeline.said) - shown
    more = f"; others about no issue here, or no day near: {left}" if left else ""
    return f"What was put forward, and {counted(shown, 'claim')} about it{more}"


def _rows(timeline: Timeline, said: Sequence[Said], dates: Sequence[date]) -> Iterator[TimelineRow]:
    agenda = timeline.agenda()
    issues = agenda if timeline.chosen.issue is None else [timeline.chosen.issue]
    held = {(one.party, one.issue): one for one in timeline.held}
    counts: dict[tuple[str, str], Counter[date]] = {}
    for one in said:
        counts.setdefault((one.claim.who, one.claim.issue), Counter())[day_of(one.on.last)] += 1
    is_one = len(issues) == 1
    for party in timeline.parties():
        for issue in issues:
            place = party, issue
            if place in held or place in counts:
                name, title = timeline.name_of(party), timeline.title_of(issue)
                stretches = tuple(_stretches(timeline, held[place], dates)) if place in held else ()
                days = tuple(sorted(counts.get(place, Counter()).items()))
                yield TimelineRow("" if is_one else name, name if is_one else title, stretches, days)


def _stretches(timeline: Timeline, held: Held, dates: Sequence[date]) -> Iterator[Stretch]:
    """From each date at which the position is another up to the next such date."""
    changes = held.changes()
    for k, end in zip(changes, [*changes[1:], None], strict=True):
        stand = held.stands[k]
        if stand is not None:
            label = timeline.label_of(held.issue, stand.option)
            yield Stretch(dates[k], None if end is None else dates[end], label, k > 0)
