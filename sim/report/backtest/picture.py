"""The reliability curve of a backtest as a picture."""

from sim.analysis.validation.reliability import BAND
from sim.plots import Figure, Sheet, reliability_diagram
from sim.report.backtest.asked import Backtest


def backtest_picture(report: Backtest, sheet: Sheet | None = None) -> Figure | None:
    """What came about over what was foretold of later answers, on a sheet; None where there are none."""
    if report.judged is None:
        return None
    brier, n = report.judged.model.brier, report.judged.model.count
    subtitle = f"{n} answers after {report.known_by}, Brier {brier.estimate:.2f} ({brier.low:.2f} to {brier.high:.2f})"
    return reliability_diagram(
        report.judged.reliability, BAND, "What was foretold, and what came about", subtitle, sheet=sheet or Sheet()
    )
