"""What the likelihood hangs on, as pictures."""

from sim.analysis.sensitivity.given_data import Estimate
from sim.plots import Figure
from sim.plots.tornado import OF_INTERACTIONS, Bar, tornado
from sim.report.sensitivity.assumptions import AssumptionReport
from sim.report.wording.figures import counted, percent

MOST_BARS = 15


def tornado_picture(report: AssumptionReport) -> Figure | None:
    """The assumptions that stand out, the strongest on top; None where none does."""
    rows = report.judged.agreement[:MOST_BARS]
    if not rows:
        return None
    bars = [
        Bar(f"{report.says(one.path)} ({report.kind(one.path)})", _ends(one.fifths[0]), _ends(one.fifths[-1]))
        for one in rows
    ]
    by = f" by {report.by}" if report.by else ""
    subtitle = (
        f"Agreement{by}: {percent(report.over_all)} over {counted(len(report.sample.coding), 'run')} of "
        f"{counted(report.sample.codings, 'coding')}"
    )
    return tornado(bars, report.scenario.title, subtitle, middle=report.over_all.estimate)


def interaction_picture(report: AssumptionReport) -> Figure | None:
    """The part of the variance that each of the leading assumptions explains alone, and with others; None without any."""
    rows = [(one, report.totals[one.path]) for one in report.judged.agreement if one.path in report.totals]
    if not rows:
        return None
    bars = [
        Bar(f"{report.says(one.path)} ({report.kind(one.path)})", _ends(one.first_order), _ends(total))
        for one, total in rows
    ]
    return tornado(bars, report.scenario.title, "What assumptions do alone and together", OF_INTERACTIONS)


def _ends(one: Estimate) -> tuple[float, float, float]:
    return one.estimate, one.low, one.high
