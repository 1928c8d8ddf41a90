"""How likely an agreement is by the end of each round, in one design point."""

from functools import partial

from sim.analysis.shares.design_points import summary_of
from sim.plots import likelihood_by_round
from sim.report.pictures.picture import Picture, share_data
from sim.report.sweep.view import Sweep
from sim.scenario.calendar import end_says


def draw_weeks(point: Sweep) -> Picture:
    """How likely an agreement is by the end of each round, in the one design point of a sweep."""
    summary = summary_of(point.rows, point.game().total_rounds(), indicative=False)
    curve = summary.curve
    until = end_says(point.scenario, int(curve.rounds[-1]))
    data = {
        **({"until": until} if until else {}),
        "rounds": curve.rounds.tolist(), "runs": summary.runs, "ceiling": share_data(summary.ceiling),
        "likelihood": curve.estimate.tolist(), "low": curve.low.tolist(), "high": curve.high.tolist(),
    }  # fmt: skip
    return Picture(partial(likelihood_by_round, summary, point.title(), point.scenario.round, until), data)
