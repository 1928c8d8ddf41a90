"""The formulas of the model on plain numbers: one function, one definition."""

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
def heeded(value: float, after: float, heed: float) -> float:
    """A deadline or no-deal value, moved by heed towards what it is after a walk-away, never above it."""
    return value + heed * min(0.0, after - value)


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
def aspiration_level(fallback: float, goal: float, elapsed: float, deadline: float, exponent: float) -> float:
    """Least that a party accepts now: a time-dependent tactic (Faratin, Sierra & Jennings 1998, polynomial family).

    Falls from `goal` at elapsed 0 to `fallback` at its deadline; exponent below 1 Boulware, 1 linear, above 1 conceder.
    """
    share = min(1.0, elapsed / deadline) if deadline > 0.0 else 1.0
    return fallback + (goal - fallback) * (1.0 - share ** (1.0 / exponent))


@inlined
def more_lasting(holds: float, adds: float) -> float:
    """Probability that a deal lasts with one feature more: `adds` is the share of the doubt that it takes away.

    Where it is negative, it is the share of the probability that the feature takes away.
    """
    return holds + adds * (1.0 - holds) if adds >= 0.0 else holds * (1.0 + adds)
