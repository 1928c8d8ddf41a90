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
        w.rounds_before[k], w.clock_before[k], w.fought_before[k], w.stalled_before[k], w.shortfall_before[k],
        w.best_before[k], w.present_before[k], w.pulled_before[k], w.status_quo_before[k],
        w.package_before[k], w.settled_before[k], w.lapses_before[k], w.heard_before[k], w.strength_before[k],
        w.text_before[k], w.offers_before[k], w.gifts_before[k], w.tabled_before[k], w.refusals_before[k],
        w.withheld_before[k], w.exposed_before[k], w.demand_before[k], w.raised_before[k],
    )  # fmt: skip
