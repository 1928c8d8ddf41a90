"""One world of many, in compiled code."""

from sim.game import World, Worlds
from sim.rules.compiled import compiled


@compiled
def world_at(w: Worlds, k: int) -> World:
    """World k: the fields of `World` in their order."""
    return World(
        w.value[k], w.estimate[k], w.bonus[k], w.base[k], w.reading[k], w.momentum_effect[k], w.cost[k],
        w.exponent[k], w.deadline[k], w.opening[k], w.reciprocity[k], w.optimism[k], w.confident[k], w.doubt[k],
        w.rearm[k], w.protection[k], w.good_faith[k], w.patience[k], w.bias[k], w.firmness[k], w.yielding[k], w.z[k],
        w.shift[k], w.tilt[k], w.pressure[k], w.lever_chance[k], w.lever_round[k], w.lever_lapse[k],
        w.event_momentum[k], w.event_firmness[k], w.leans[k], w.odds[k], w.start[k], w.drift[k], w.ceasefire_drift[k],
        w.steps[k], w.turn[k], w.passes[k], w.luck[k], w.sharpness[k], w.hope[k], w.leave_chance[k], w.leave_round[k],
        w.leave_lapse[k],
    )  # fmt: skip
