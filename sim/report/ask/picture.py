"""The answers to a draft, as a picture."""

from sim.analysis.shares.likelihood import Share
from sim.plots import Figure, Sheet, WhiskerRow, whiskers
from sim.report.ask.report import AskReport
from sim.report.wording.figures import percent

AXIS = "Worlds in which it is taken"
FOOT = "Each answer is exact in each drawn world; whiskers: 95 % intervals, sampling error of worlds only."
ALL = "All whose consent it needs"


def ask_picture(report: AskReport, sheet: Sheet | None = None) -> Figure:
    """How often each party takes the draft, and how often all do whose consent it needs, on a sheet."""
    rows = [_row(report.called(party), report.share(party)) for party in report.asked()]
    rows += [] if report.party else [_row(ALL, report.settled())]
    subtitle = f"Who would sign: {report.title} ({report.heard.worlds:,} worlds, seed {report.heard.seed})"
    return whiskers(rows, AXIS, FOOT, report.scenario.title, subtitle, are_shares=True, sheet=sheet or Sheet())


def _row(label: str, share: Share) -> WhiskerRow:
    return WhiskerRow(label, share.estimate, share.low, share.high, beside=percent(share))
