"""One world of many, in compiled code."""

from sim.game import World, Worlds
from sim.rules.compiled import compiled


@compiled
def world_at(w: Worlds, k: int) -> World:
    """World k: the fields of `World` in their order."""
    return World(
        w.value[k], w.estimate[k], w.bonus[k], w.base[k], w.reading[k], w.momentum_effect[k], w.cost[k],
        w.exponent[k], w.deadline[k], w.heed[k], w.good_faith[k], w.patience[k], w.bias[k], w.firmness[k],
        w.yielding[k], w.z[k], w.shift[k], w.pressure[k], w.event_momentum[k], w.event_firmness[k], w.start[k],
        w.drift[k], w.ceasefire_drift[k], w.steps[k], w.turn[k], w.passes[k], w.luck[k], w.holds_base[k],
        w.holds_adds[k],
    )  # fmt: skip
