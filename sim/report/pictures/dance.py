"""What each package that was tabled in one run was worth to each party."""

from dataclasses import replace
from functools import partial

import numpy as np

from sim.plots import dance
from sim.records import End
from sim.report.pictures.picture import Picture
from sim.report.sweep.result import Sweep


def draw_dance(point: Sweep, run: int) -> Picture:
    """What each package that was tabled in one run was worth to each party, played again from its luck."""
    from sim.draws import Uniforms, realise
    from sim.talks.transcript.recorder import watch  # loads compiled code and mesa
    from sim.talks.transcript.records import dance as dance_of

    game = point.game()
    transcript = watch(game, realise(game, Uniforms(point.seed, run, 1)).at(0), run)
    signed = transcript.ending.end in (End.AGREEMENT, End.RATIFICATION_FAILED)  # an interim deal is not the end
    steps = replace(dance_of(transcript), accepted=signed)
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
    return Picture(partial(dance, steps, names, point.setting(), point.scenario.round, run), data)
