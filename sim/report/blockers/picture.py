"""What blocks, as a picture."""

from sim.analysis.blockers.disagreement import Blocking
from sim.plots import Figure, Sheet, WhiskerRow, whiskers
from sim.report.blockers.report import BlockersReport
from sim.report.wording.figures import line_says, part

MOST = 12
AXIS = "Change of the likelihood without the line, in points"
FOOT = (
    "Each line is taken as never real, and the same runs are played again; whiskers: 95 % intervals, sampling error only. "
    "Filled: clear of chance, though many lines are tried. On the right: failing runs in whose last refusals it is named."
)


def blockers_picture(report: BlockersReport, sheet: Sheet | None = None) -> Figure | None:
    """The red lines whose removal gives most, on a sheet; None where no line may bind."""
    shown, base = report.lines[:MOST], report.base
    if not shown:
        return None
    which = f"; the {len(shown)} of {len(report.lines)} that give most" if len(report.lines) > len(shown) else ""
    subtitle = f"What it gives if a red line is never real ({base.summary.runs:,} runs, seed {base.seed}{which})"
    rows = [_row(report, line) for line in shown]
    return whiskers(rows, AXIS, FOOT, base.scenario.title, subtitle, sheet=sheet or Sheet())


def _row(report: BlockersReport, line: Blocking) -> WhiskerRow:
    change, says = line.alone.agreement, line_says(report.base.scenario, line.id)
    is_clear = line.alone.gives() or line.alone.costs()
    return WhiskerRow(
        says, change.estimate, change.low, change.high, is_clear, part(line.named.at_the_end, report.failed())
    )
