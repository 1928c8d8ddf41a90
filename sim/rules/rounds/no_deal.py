"""What going on without agreement is worth to each party, and what a phase therefore has to beat."""

from sim.game import PUT_TO, Ints, Rulebook, World
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import clip, no_deal_value, pause_loss, weight_of_future
from sim.rules.packages import copy, package_value, package_worth
from sim.rules.state import State


@compiled
def see_prospects(g: Rulebook, w: World, s: State, status_quo: Ints) -> None:
    """Value every future under a status quo: where a future says nothing, that goes on."""
    for u in range(g.future.shape[0]):
        for i in range(g.options.shape[0]):
            s.found[i] = g.future[u, i] if g.future[u, i] >= 0 else max(status_quo[i], 0)
        for p in range(g.party_order.shape[0]):
            s.prospects[p, u] = package_value(g, w, p, s.found)


@compiled
def lottery(w: World, s: State, p: int, fortunes: float) -> float:
    """What the futures are worth to p in the mean, where it places the fortunes of war (war as a lottery; Fearon 1995)."""
    total, weights = 0.0, 0.0
    for u in range(w.odds.shape[0]):
        weight = weight_of_future(w.odds[u], w.leans[u], w.sharpness, fortunes)
        total += weight * s.prospects[p, u]
        weights += weight
    return total / weights


@inlined
def outlook(g: Rulebook, w: World, momentum: float) -> float:
    """Where momentum is heading over the rounds that parties look ahead."""
    return clip(momentum + g.horizon * w.drift, -1.0, 1.0)


@compiled
def going_on(g: Rulebook, w: World, s: State, p: int, shifts: float, tilts: float) -> float:
    """What going on is worth to p now, given the sums of what levers shift and tilt.

    A costly lottery over the futures; without futures the value at the start, moved by momentum, costs and levers.
    """
    if g.future.shape[0] == 0:
        ahead = g.horizon * w.drift
        return no_deal_value(w.base[p], w.momentum_effect[p], s.momentum[0], ahead, w.cost[p], s.fighting[0], shifts)
    fortunes = outlook(g, w, s.momentum[0]) + tilts + w.optimism[p]
    return lottery(w, s, p, fortunes) - w.cost[p] * (s.fighting[0] + g.horizon) + shifts


@compiled
def lost_by(g: Rulebook, w: World, s: State, p: int, fortunes: float, move: float) -> float:
    """What p loses where the fortunes of war move by so much; nothing where it gains."""
    if g.future.shape[0] == 0:
        return max(0.0, -w.momentum_effect[p] * move)
    return max(0.0, lottery(w, s, p, fortunes) - lottery(w, s, p, fortunes + move))


@compiled
def weigh_protections(g: Rulebook, w: World, s: State) -> None:
    """Set, once a run at its start, the premium on deals that may not last, and what protections take off it.

    A deal that collapses leaves a party the war after a pause in which its foe has rearmed (commitment problem: Fearon 1995,
    Powell 2006). With odds of collapse that protections lower one by one this is a premium on its no-deal value, and a bonus
    for each protection.
    """
    for p in range(g.party_order.shape[0]):
        fortunes = outlook(g, w, w.start) + w.optimism[p]
        gap = max(lost_by(g, w, s, p, fortunes, w.rearm[p]), lost_by(g, w, s, p, fortunes, -w.rearm[p]))
        s.premium[p] = w.doubt[p] * gap
        for i in range(g.options.shape[0]):
            for o in range(g.options[i]):
                s.worth[p, i, o] = w.value[p, i, o] + s.premium[p] * w.protection[p, i, o]


@inlined
def is_threatened(g: Rulebook, w: World, s: State) -> bool:
    """Whether a walk-away has been announced and is still to come."""
    return g.deadline >= 0 and s.present[g.leaver] and g.announced <= s.round[0] < w.leave_lapse


@inlined
def hangs_over(g: Rulebook, w: World, s: State, lever: int) -> bool:
    """Whether a lever is threatened: announced, within its owner's reach, neither pulled yet nor past its last date."""
    reach = not s.pulled[lever] and not s.withdrawn[lever] and s.present[g.lever_by[lever]]
    return reach and g.lever_threat[lever] >= 0 and g.lever_threat[lever] <= s.round[0] < w.lever_lapse[lever]


@inlined
def note_threats(g: Rulebook, w: World, s: State) -> int:
    """List the threats that parties reckon with; how many there are."""
    count = 0
    for lever in range(g.lever_by.shape[0]):
        if w.lever_chance[lever] > 0.0 and hangs_over(g, w, s, lever):
            s.hanging[count] = lever
            count += 1
    if w.leave_chance > 0.0 and is_threatened(g, w, s):
        s.hanging[count] = g.lever_by.shape[0]
        count += 1
    return count


@inlined
def departs(g: Rulebook, s: State, threats: int, carried: int) -> bool:
    """Whether the departure, the last threat listed, is among those that are carried out (bits of `carried`)."""
    last = threats - 1
    return threats > 0 and s.hanging[last] == g.lever_by.shape[0] and (carried >> last) & 1 == 1


@inlined
def chance_of(g: Rulebook, w: World, s: State, threats: int, carried: int) -> float:
    """The chance that of the threats just these are carried out, each by its own."""
    chance = 1.0
    for k in range(threats):
        q = w.leave_chance if s.hanging[k] == g.lever_by.shape[0] else w.lever_chance[s.hanging[k]]
        chance *= q if (carried >> k) & 1 == 1 else 1.0 - q
    return chance


@inlined
def goes(g: Rulebook, lever: int, departed: bool) -> bool:
    """Whether a lever no longer counts, as a mediator that departs takes it away."""
    return departed and g.lever_by[lever] == g.leaver


@inlined
def comes(g: Rulebook, s: State, carried: int, k: int, departed: bool) -> bool:
    """Whether threat k is a lever that is carried out, and still counts."""
    lever = s.hanging[k]
    return lever < g.lever_by.shape[0] and (carried >> k) & 1 == 1 and not goes(g, lever, departed)


@compiled
def foresee(g: Rulebook, w: World, s: State, threats: int, carried: int) -> bool:
    """Value the futures under the status quo that these threats would make; false where it stays as it is."""
    departed, changes = departs(g, s, threats, carried), False
    copy(s.status_quo, s.x)
    for k in range(threats):
        if comes(g, s, carried, k, departed):
            for i in range(g.options.shape[0]):
                option = g.lever_sets[s.hanging[k], i]
                if option >= 0 and not g.locked[i]:
                    changes = changes or s.x[i] != option
                    s.x[i] = option
    if changes:
        see_prospects(g, w, s, s.x)
    return changes


@compiled
def once_carried_out(
    g: Rulebook, w: World, s: State, p: int, threats: int, carried: int, shifts: float, tilts: float
) -> float:
    """What going on is worth to p where just these threats are carried out."""
    departed = departs(g, s, threats, carried)
    for k in range(threats):
        if comes(g, s, carried, k, departed):
            shifts, tilts = shifts + w.shift[s.hanging[k], p], tilts + w.tilt[s.hanging[k]]
    for lever in range(g.lever_by.shape[0]):
        if s.pulled[lever] and goes(g, lever, departed):
            shifts, tilts = shifts - w.shift[lever, p], tilts - w.tilt[lever]
    return going_on(g, w, s, p, shifts, tilts)


@inlined
def sum_of_shifts(w: World, s: State, p: int) -> float:
    """How far the pulled levers shift what going on is worth to p."""
    total = 0.0
    for lever in range(s.pulled.shape[0]):
        if s.pulled[lever]:
            total += w.shift[lever, p]
    return total


@inlined
def sum_of_tilts(w: World, s: State) -> float:
    """How far the pulled levers tilt the fortunes of war."""
    total = 0.0
    for lever in range(s.pulled.shape[0]):
        if s.pulled[lever]:
            total += w.tilt[lever]
    return total


@compiled
def reckon(g: Rulebook, w: World, s: State, threats: int) -> None:
    """Set no-deal values to their mean over the threats that are carried out or not."""
    tilts = sum_of_tilts(w, s)
    s.no_deal[:] = 0.0
    for carried in range(1 << threats):
        chance, changed = chance_of(g, w, s, threats, carried), foresee(g, w, s, threats, carried)
        for p in range(g.party_order.shape[0]):
            shifts = sum_of_shifts(w, s, p)
            s.no_deal[p] += chance * once_carried_out(g, w, s, p, threats, carried, shifts, tilts)
        if changed:
            see_prospects(g, w, s, s.status_quo)
    for p in range(g.party_order.shape[0]):
        s.no_deal[p] += s.premium[p]


@compiled
def set_no_deal_values(g: Rulebook, w: World, s: State) -> None:
    """Set the no-deal values of the round: what going on is worth, and the premium on deals that may not last."""
    tilts = sum_of_tilts(w, s)
    for p in range(g.party_order.shape[0]):
        s.fortunes[p] = outlook(g, w, s.momentum[0]) + tilts + w.optimism[p]
        s.untouched[p] = going_on(g, w, s, p, sum_of_shifts(w, s, p), tilts) + s.premium[p]
        s.no_deal[p] = s.untouched[p]
    threats = note_threats(g, w, s)
    if threats > 0:
        reckon(g, w, s, threats)


@inlined
def last_bargaining_phase(g: Rulebook) -> int:
    """The phase after which nothing is left to bargain for: the last one that is not a yes-or-no vote."""
    last = 0
    for h in range(g.protocol.shape[0]):
        if g.protocol[h] != PUT_TO:
            last = h
    return last


@inlined
def loss_by_pause(g: Rulebook, w: World, s: State, p: int, rounds: float) -> float:
    """What p forgoes while the fighting stands still for some rounds: nothing, unless it is advancing."""
    if g.future.shape[0] == 0:
        return pause_loss(w.momentum_effect[p], rounds, w.drift, w.ceasefire_drift)
    return lost_by(g, w, s, p, s.fortunes[p], rounds * (w.ceasefire_drift - w.drift))


@inlined
def hope_of_more(g: Rulebook, w: World, s: State, p: int) -> float:
    """What an opening phase opens to p: half of what it then asks above going on, by the chance that this succeeds."""
    return w.hope * max(0.0, s.later_goal[p] - s.no_deal[p]) / 2.0 if g.has_say[p] else 0.0


@compiled
def set_fallbacks(g: Rulebook, w: World, s: State) -> None:
    """Set what each party falls back on: its no-deal value, or the interim state in an earlier phase that is to bind."""
    h = s.phase[0]
    if h >= last_bargaining_phase(g) or g.provisional[h]:
        copy(s.no_deal, s.fallback)
        return
    for p in range(g.party_order.shape[0]):
        s.fallback[p] = package_worth(g, w, s, p, s.package)
        if g.pauses[h]:
            s.fallback[p] += loss_by_pause(g, w, s, p, g.rounds[h])
        if w.hope > 0.0:
            s.fallback[p] -= hope_of_more(g, w, s, p)
