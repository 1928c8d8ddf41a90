"""The formulas of the model on plain numbers: one function, one definition."""

import numpy as np

from sim.rules.compiled import inlined

TOLERANCE = 1e-9


@inlined
def reaches(value: float, threshold: float) -> bool:
    """Whether a value meets a threshold; the only way in which the two are compared."""
    return value >= threshold - TOLERANCE


@inlined
def clip(x: float, low: float, high: float) -> float:
    """x, kept within [low, high]."""
    return min(max(x, low), high)


@inlined
def next_momentum(momentum: float, drift: float, step: float) -> float:
    """Momentum a round later: a clipped random walk on [-1, 1]."""
    return clip(momentum + drift + step, -1.0, 1.0)


@inlined
def no_deal_value(
    base: float, effect: float, momentum: float, outlook: float, cost: float, fighting: float, levers: float
) -> float:
    """What a party expects from going on without agreement (Fearon 1995: war as the outside option).

    `outlook` is the drift of momentum over the rounds that parties look ahead, `fighting` the rounds fought so far and
    `levers` the sum of the shifts by the levers that are pulled.
    """
    return clip(base + effect * clip(momentum + outlook, -1.0, 1.0) - cost * fighting + levers, 0.0, 1.0)


@inlined
def pause_loss(effect: float, rounds: float, drift: float, ceasefire_drift: float) -> float:
    """What a party forgoes while the fighting stands still for some rounds: nothing, unless it is advancing."""
    return max(0.0, effect * rounds * (drift - ceasefire_drift))


@inlined
def line_strength(firmness: float, yielding: float, pressure: float) -> float:
    """Probability that a red line binds under pressure."""
    return firmness - yielding * pressure


@inlined
def binds(z: float, strength: float) -> bool:
    """Whether a line binds in the world whose draw for it is z."""
    return z < strength


@inlined
def belief_once_cited(strength: float, strength_when_cited: float) -> float:
    """Belief in a line that its owner has named: it fades as the line weakens after that."""
    if strength_when_cited <= 0.0:
        return 0.0
    return clip(strength / strength_when_cited, 0.0, 1.0)


@inlined
def weight_of_future(odds: float, leans: float, sharpness: float, fortunes: float) -> float:
    """Odds of one future of several, where the fortunes of war stand: a multinomial logit on their common axis."""
    return np.exp(odds + leans * sharpness * fortunes)


@inlined
def time_share(elapsed: float, deadline: float, exponent: float) -> float:
    """How far the clock has brought a party down: from 0 to 1 at its deadline (Faratin et al. 1998, polynomial family).

    Exponent below 1 Boulware, 1 linear, above 1 conceder.
    """
    share = min(1.0, elapsed / deadline) if deadline > 0.0 else 1.0
    return share ** (1.0 / exponent)


@inlined
def response(given: float, hoped: float, goal: float) -> float:
    """How far an adversary has come, as a share of the way from its position to what the party asks, both by its worth."""
    return 1.0 if goal <= hoped else clip((given - hoped) / (goal - hoped), 0.0, 1.0)


@inlined
def aspiration_level(fallback: float, goal: float, time: float, reciprocity: float, answered: float) -> float:
    """Least that a party accepts now: it comes down with time and, by its reciprocity, for what it has been given.

    Time- and behaviour-dependent tactics (Faratin, Sierra & Jennings 1998), from `goal` at 0 to `fallback` at 1.
    """
    return fallback + (goal - fallback) * (1.0 - ((1.0 - reciprocity) * time + reciprocity * answered))


@inlined
def chance_of_lasting(doubt: float, protected: float) -> float:
    """Chance that a deal lasts: `doubt` are the odds of collapse without protections, of which these take a share."""
    return 1.0 / (1.0 + doubt * (1.0 - protected))
