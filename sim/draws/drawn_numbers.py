"""Everything that is drawn and has a path, each as a score in (0, 1) and in its own units: what a record can move."""

import numpy as np
from scipy.special import ndtri

from sim.draws.independent_draws import influences
from sim.draws.quantiles import quantile
from sim.draws.streams import Uniforms
from sim.draws.worlds import drawn_values, party_path
from sim.game import Floats, Game

REAL, WEIGHT = ".real", ".weight"
"""Ends of the paths of what is so or not so in a run, and of weights."""


def drawn_scores(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    """The score [n] of everything that is drawn, by path.

    Of a number and a weight it is the uniform draw; of what is so or not, under `.real`, 1 or 0; of an option's value the
    value itself, as draws of these are put in their order.
    """
    uniforms = uniforms.among(game.kept)
    found = {
        path: (draw > 0.0).astype(float) if path.endswith(REAL) else draw
        for path, draw in influences(game, uniforms).items()
    }
    return found | _option_values(game, uniforms)


def _option_values(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    names, numbers = game.names, game.numbers
    found = {}
    for p in np.flatnonzero(numbers.values_sd > 0.0).tolist():
        path = party_path(game, p)
        values = drawn_values(game, uniforms, p, path)
        for i in np.flatnonzero(numbers.weight[p]).tolist():
            for o, option in enumerate(names.options[i]):
                found[f"{path}.priorities.{names.issues[i]}.values.{option}"] = values[i, o]
    return found


def in_own_units(game: Game, path: str, score: Floats) -> Floats:
    """What is drawn at scores [n] as `drawn_scores` gives them: a number or a weight as such, anything else as it is."""
    number = next((one for one in game.uncertain if one.path == path), None)
    if number is not None:
        return quantile(number, score)
    if not path.endswith(WEIGHT):
        return score
    _, party, _, issue, _ = path.split(".")
    p, i = game.names.parties.index(party), game.names.issues.index(issue)
    return np.asarray(game.numbers.weight[p, i] * np.exp(game.numbers.weights_sd[p] * ndtri(score)))
