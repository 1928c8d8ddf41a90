"""What each package that was tabled in one run was worth to each party."""

from functools import partial

import numpy as np

from sim.plots import dance
from sim.report.pictures.picture import Picture
from sim.report.sweep.view import Sweep


def draw_dance(point: Sweep, run: int) -> Picture:
    """What each package that was tabled in one run was worth to each party, played again from its luck."""
    from sim.draws import Uniforms
    from sim.earlier import worlds_of
    from sim.talks.transcript.entries import dance_of
    from sim.talks.transcript.recorder import watch  # loads compiled code and mesa

    game = point.game()
    transcript = watch(game, worlds_of(game, Uniforms(point.seed, run, 1)).at(0), run)
    steps, ids = dance_of(transcript), game.names.parties
    names = [point.scenario.parties[party].name for party in ids]
    data = {
        "run": run, "accepted": steps.accepted,
        "tabled": [
            {"round": int(number), "by": ids[by], "value": dict(zip(ids, values, strict=True))}
            for number, by, values in zip(steps.round, steps.author, np.asarray(steps.value).tolist(), strict=True)
        ],
    }  # fmt: skip
    return Picture(partial(dance, steps, names, point.setting(), point.scenario.round, run), data)
