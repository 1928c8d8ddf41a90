"""What blocks, as a picture."""

from sim.plots import Figure, LineRow, Sheet, removed_lines
from sim.report.blockers.report import BlockersReport
from sim.report.wording.figures import line_says, part

MOST = 12


def blockers_picture(report: BlockersReport, sheet: Sheet | None = None) -> Figure | None:
    """The red lines whose removal gives most, on a sheet; None where no line may bind."""
    shown = report.lines[:MOST]
    if not shown:
        return None
    base, failed = report.base, report.failed()
    rows = [
        LineRow(
            line_says(base.scenario, line.id),
            line.alone.agreement,
            line.alone.gives() or line.alone.costs(),
            part(line.named.at_the_end, failed),
        )
        for line in shown
    ]
    which = f"; the {len(shown)} of {len(report.lines)} that give most" if len(report.lines) > len(shown) else ""
    subtitle = f"What it gives if a red line is never real ({base.summary.runs:,} runs, seed {base.seed}{which})"
    return removed_lines(rows, base.scenario.title, subtitle, sheet=sheet or Sheet())
