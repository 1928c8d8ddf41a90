"""Pictures of one design point, and of one of its runs."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.shares.design_points import PointSummary, summary_of
from sim.analysis.shares.likelihood import Share
from sim.plots import dance, likelihood_by_round, where_runs_end
from sim.records import End
from sim.report.pictures.picture import Drawn
from sim.report.sweep.subject import Sweep

if TYPE_CHECKING:
    from sim.game import Game


def draw_weeks(point: Sweep, game: "Game") -> Drawn:
    """How likely an agreement is by the end of each round, in the one design point of a sweep."""
    summary = summary_of(point.rows, game.total_rounds(), indicative=False)
    curve = summary.curve
    data = {
        "rounds": curve.rounds.tolist(), "runs": summary.runs, "ceiling": share_data(summary.ceiling),
        "likelihood": curve.estimate.tolist(), "low": curve.low.tolist(), "high": curve.high.tolist(),
    }  # fmt: skip
    return Drawn("weeks", partial(likelihood_by_round, summary, point.title(), point.scenario.round), data)


def draw_one_end(point: Sweep, game: "Game") -> Drawn:
    """Where the runs of the one design point of a sweep end, and why those without agreement failed."""
    from sim.analysis.feasibility.reasons import is_indicative  # loads compiled code

    summary = summary_of(point.rows, game.total_rounds(), is_indicative(game))
    draw = partial(where_runs_end, summary, point.title(), point.scenario.has_core())
    return Drawn("ends", draw, _ends_data(summary))


def draw_dance(point: Sweep, game: "Game", run: int) -> Drawn:
    """What each package that was tabled in one run was worth to each party, played again from its luck."""
    from sim.draws import Uniforms, realise
    from sim.talks.transcript.recorder import watch  # loads compiled code and mesa
    from sim.talks.transcript.records import dance as danced

    transcript = watch(game, realise(game, Uniforms(point.seed, run, 1)).at(0), run)
    signed = transcript.ending.end in (End.AGREEMENT, End.RATIFICATION_FAILED)  # an interim deal is not the end
    steps = replace(danced(transcript), accepted=signed)
    names = [point.scenario.parties[party].name for party in game.names.parties]
    data = {
        "run": run,
        "accepted": signed,
        "tabled": [
            {
                "round": int(round_),
                "by": game.names.parties[by],
                "value": dict(zip(game.names.parties, values, strict=True)),
            }
            for round_, by, values in zip(steps.round, steps.author, np.asarray(steps.value).tolist(), strict=True)
        ],
    }
    return Drawn("dance", partial(dance, steps, names, point.setting(), point.scenario.round, run), data)


def share_data(share: Share) -> dict[str, float]:
    """A share as data."""
    return {"estimate": share.estimate, "low": share.low, "high": share.high, "hits": share.hits, "n": share.n}


def _ends_data(summary: PointSummary) -> dict[str, Any]:
    return {
        "runs": summary.runs,
        "core": share_data(summary.core),
        "ends": {end: share_data(share) for end, share in summary.ends.items()},
        "reasons": {why: share_data(share) for why, share in summary.reasons.items()},
    }
